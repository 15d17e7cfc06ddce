from pathlib import Path

import pytest

from benchmarks.load.measure import LoadOptions, measure_load
from benchmarks.report.report import Report
from export.compress import compress
from tests.benchmarks.made_site import made_site

_PEER = """<!doctype html><title>peer</title><link rel="icon" href="data:,"><script>
const ready = () => {
    window.facecastProbe = { first_face_ms: 200 };
    window.facecastSamples = { worker_ms: Array(60).fill(1) };
};
fetch('weights.bin').then((answer) => answer.arrayBuffer()).then(ready);
</script>
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Of a site whose answers are late, beside a page that says it took half of that."""
    folder = tmp_path_factory.mktemp("load")
    site = made_site(folder / "site", late_ms=400)
    compress(path for path in site.folder.rglob("*") if path.is_file())
    peer = folder / "peer"
    peer.mkdir()
    (peer / "index.html").write_text(_PEER)
    (peer / "weights.bin").write_bytes(bytes(100_000))
    return measure_load(site, LoadOptions(rounds=1, peer=peer))


def test_a_site_that_was_slowed_is_measured_to_be_later(report: Report) -> None:
    """However busy the machine, it is at least as late as it was made."""
    assert report.figures["first_result_ms_vs_faceapi"] >= 2


def test_bytes_are_those_on_the_wire(report: Report, tmp_path: Path) -> None:
    first = report.facts["first_visit_bytes"]
    assert isinstance(first, dict)
    assert first["face-api"] == 100_000 + len(_PEER)
    made = made_site(tmp_path / "site").folder
    whole = sum((made / name).stat().st_size for name in ("index.html", "app.js", "worker.js"))
    assert 0 < first["ours"] < whole


def test_later_visits_come_from_what_the_first_one_kept(report: Report) -> None:
    assert report.figures["warm_visit_bytes"] == 0
    assert report.figures["offline_result_vs_cold"] > 0


def test_one_round_is_too_few(report: Report) -> None:
    assert any("1 rounds" in reason for reason in report.validity.reasons)
