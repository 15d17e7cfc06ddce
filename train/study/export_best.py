"""The best arm's best run as a model of its own, judged on what no run has learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from face_detect.command import InputError
from train.checkpoint import load
from train.code_version import command_line
from train.copy_judged import copy_judged
from train.evaluate import NO_ANSWER, Evaluation, evaluate
from train.fit import predict
from train.judgement_notes import looked_at
from train.source import Source
from train.study.findings import Findings
from train.watch import Watch


def export_best(findings: Findings, folder: Path, source: Source, watch: Watch) -> Evaluation:
    """Copy it to `folder` under that name; contract and card tell the test part's figures."""
    best = findings.best
    run = best.best_run if best else None
    if run is None or run.model is None:
        raise InputError(f"{findings.study.name}: no run has finished, so there is no best one")
    net, contract = load(run.model)
    (head,) = contract.heads
    # Of its own plan: where the data have no parts, another share may have been held out.
    test = source.gather(run.job.plan, watch).test
    pictures = source.judged(test, contract, watch)
    said = predict(net, contract, pictures.samples).argmax(1).numpy()
    said = np.where(pictures.found, said, NO_ANSWER)
    figures = evaluate(said, pictures.samples.targets.numpy(), head.labels)
    data = run.job.plan.data
    copy_judged(
        run.model,
        folder,
        figures,
        data=data.name,
        made_by=command_line().replace(str(data), data.name),
        note=looked_at("Every run of the study") if findings.study.test else "",
    )
    return figures
