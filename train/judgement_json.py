"""A judgement as plain data, for other programs."""

from __future__ import annotations

import dataclasses
from typing import Any

from train.assess import Assessment
from train.calibration import Calibration
from train.gaps import gaps
from train.judge import HeadJudgement, Judgement
from train.skew import Skew
from train.stability import Stability

FIRST = ("accuracy", "macro_f1", "macro_recall", "recall")


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """Every figure; those of a model's only head stand at the top, too."""
    heads = {item.assessment.head.name: _head(item) for item in judgement.heads}
    first = next(iter(heads.values()), {}) if len(judgement.contract.heads) == 1 else {}
    return {
        "model": judgement.contract.name,
        "data": judgement.data,
        "part": judgement.part,
        "framing": judgement.framing,
        "pictures": judgement.pictures,
        "problems": judgement.problems,
        **{key: first[key] for key in FIRST if key in first},
        "heads": heads,
        "derived": {item.assessment.head.name: _head(item) for item in judgement.derived},
        "stability": {item.head.name: _stability(item) for item in judgement.stabilities},
    }


def _head(item: HeadJudgement) -> dict[str, Any]:
    found: Assessment = item.assessment
    return {
        **dataclasses.asdict(found.figures),
        "labels": list(found.head.labels),
        "accuracy_interval": list(found.interval),
        "unlabelled": item.unlabelled,
        "faces_found": found.skew.pictures,
        "calibration": {
            "temperature": found.head.temperature,
            "before": _calibration(found.before),
            "after": _calibration(found.after),
        },
        "skew": _skew(found.skew),
        "uncertain": {
            "below": found.head.uncertain_below,
            "share": found.uncertain,
            "unfamiliar": found.unfamiliar,
            "rest": {
                key: getattr(found.certain, key) for key in ("pictures", "accuracy", "macro_f1")
            },
        },
        "risk_coverage": dataclasses.asdict(found.selective),
        "slices": [dataclasses.asdict(part) for part in found.slices],
        "gaps": [dataclasses.asdict(gap) for gap in gaps(found.slices)],
        "worst": [
            {key: getattr(one, key) for key in ("name", "truth", "said", "confidence")}
            for one in item.gallery.worst
        ],
    }


def _calibration(found: Calibration) -> dict[str, Any]:
    return {"ece": found.ece, "bins": [dataclasses.asdict(bin_) for bin_ in found.bins]}


def _skew(found: Skew) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "moved": found.moved,
        "labels": {
            item.label: {
                "true_share": item.true_share,
                "predicted_share": item.predicted_share,
                "ratio": item.ratio,
                "ratio_interval": item.ratio_interval,
                "p": item.p,
                "verdict": item.verdict,
            }
            for item in found.labels
        },
    }


def _stability(found: Stability) -> dict[str, Any]:
    return {
        "whole": dataclasses.asdict(found.whole),
        "slices": [dataclasses.asdict(part) for part in found.slices],
        "gaps": [dataclasses.asdict(gap) for gap in gaps(found.slices)],
        "said": dict(found.said),
    }
