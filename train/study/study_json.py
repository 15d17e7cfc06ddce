"""A study's findings as plain data, for other programs."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from train.code_version import code_version, command_line, package_versions
from train.study.findings import ArmFindings, Findings
from train.study.run_study import Ran
from train.study.study import CHOSEN_BY, METRICS


def study_json(findings: Findings, folder: Path) -> dict[str, Any]:
    """Every figure; paths are relative to the study's folder.

    "code" is what wrote this, "codes" are those that the runs were begun with.
    """
    study, best = findings.study, findings.best
    data = study.arms[0].plan.data
    return {
        "name": study.name,
        "data": data.name,
        "command": command_line().replace(str(data), data.name),
        "code": code_version(),
        "codes": list(findings.codes),
        "packages": package_versions(),
        "seconds": _seconds(findings),
        "design": study.design,
        "seeds": list(study.seeds),
        "chosen_by": CHOSEN_BY,
        "labels": list(findings.data.labels),
        "pictures": {part: each["count"] for part, each in findings.data.pictures.items()},
        "left_out": [
            {key: value for key, value in vars(each).items() if key != "kept"}
            for each in findings.data.left_out
        ],
        "reference": findings.reference,
        "best": best.arm.name if best else None,
        "arms": [_arm(found, folder) for found in findings.arms],
        "pairs": [dataclasses.asdict(pair) for pair in findings.pairs],
    }


def _seconds(findings: Findings) -> int:
    """Of all epochs, whenever they were run, by the clock: other work beside them counts, too."""
    rows = [row for arm in findings.arms for run in arm.runs for row in run.rows]
    return round(sum(row.get("seconds", 0.0) for row in rows))


def _arm(found: ArmFindings, folder: Path) -> dict[str, Any]:
    best = found.best_run
    return {
        "name": found.arm.name,
        "values": dict(found.arm.values),
        "net": found.arm.plan.net,
        "size": found.arm.plan.size,
        "channels": found.arm.plan.channels,
        "parameters": found.cost.parameters,
        "multiply_adds": found.cost.multiply_adds,
        "weight_bytes": found.cost.weight_bytes,
        "epoch_s": found.epoch_s,
        "kept_epoch": found.kept_epoch,
        "model": _relative(best.model, folder) if best else None,
        **_of_model(best),
        "valid": {key: vars(each) for key, each in found.valid.items()},
        "test": {key: vars(each) for key, each in found.test.items()},
        "skew": dataclasses.asdict(found.skew) if found.skew else None,
        "versus": dataclasses.asdict(found.versus) if found.versus else None,
        "runs": [_run(run, folder) for run in found.runs],
    }


def _of_model(best: Ran | None) -> dict[str, Any]:
    """Of the one run whose model is named beside it; "valid" and "test" are of all seeds."""
    figures = best.answers.figures() if best and best.answers else None
    return {
        "seed": best.job.seed if best else None,
        **{key: getattr(figures, key) if figures else None for key in METRICS},
    }


def _run(run: Ran, folder: Path) -> dict[str, Any]:
    figures = run.answers.figures() if run.answers else None
    test = run.judged if run.judged and run.job.plan.judged == "test" else None
    return {
        "seed": run.job.seed,
        "state": run.state,
        "note": run.note,
        "learned": run.learned,
        "epochs": len(run.rows),
        "best_epoch": run.best.get("epoch"),
        "valid_loss": run.best.get("valid_loss"),
        "valid": {key: getattr(figures, key) for key in METRICS} if figures else None,
        "test": {key: test[key] for key in METRICS} if test else None,
        "record": _relative(run.folder, folder),
        "model": _relative(run.model, folder),
    }


def _relative(path: Path | None, folder: Path) -> str | None:
    return path.relative_to(folder).as_posix() if path else None
