import dataclasses

from benchmarks.report.rows import environment_rows
from benchmarks.report.validity import Validity
from tests.benchmarks.report.reports import ENVIRONMENT, a_report


def test_what_other_programs_took_is_told_in_processors_as_the_rule_has_it() -> None:
    environment = dataclasses.replace(ENVIRONMENT, cores=16)
    report = a_report(environment=environment, validity=Validity(others_share=0.0375))
    assert ("other programs", "0.60 of 16 processors") in environment_rows(report)
