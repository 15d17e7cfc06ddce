"""A model's skew, and what mended it, as one page and as plain data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from train.contract import Contract
from train.judgement_notes import PART_NOTES, share
from train.study.draw_effects import draw_effects
from train.study.findings import Findings
from train.study.overlap_lines import overlap_lines
from train.study.render import environment
from train.study.skew_on import SkewOn
from train.study.top_up_study import Effect


def render_skew(
    contract: Contract,
    skews: Sequence[SkewOn],
    effects: Sequence[Effect] = (),
    findings: Findings | None = None,
    note: str = "",
) -> str:
    """The page; `effects` and `findings` of a top-up."""
    pages = environment()
    pages.filters["percent"] = share
    return pages.get_template("skew.html.j2").render(
        model=contract.name,
        net=contract.net,
        skews=skews,
        notes=PART_NOTES,
        shared=shared_line,
        effects=[(data, rows, draw_effects(rows)) for data, rows in by_data(effects)],
        overlap=list(overlap_lines(findings.data.left_out)) if findings else [],
        top_up=_top_up(findings, note) if findings else "",
    )


def skew_json(
    contract: Contract, skews: Sequence[SkewOn], effects: Sequence[Effect] = ()
) -> dict[str, Any]:
    """Every figure."""
    return {
        "model": contract.name,
        "data": [_plain(found) for found in skews],
        "top_up": [dataclasses.asdict(effect) for effect in effects],
    }


def by_data(effects: Sequence[Effect]) -> Iterator[tuple[str, list[Effect]]]:
    """In the order in which the data were named."""
    for _, group in groupby(effects, lambda effect: effect.place):
        rows = list(group)
        yield rows[0].data, rows


def shared_line(found: SkewOn) -> str:
    """What the judged pictures share with those of the same data to learn from."""
    shared = found.shared
    if shared is None:
        return "These data have no part to learn from, so nothing can be shared with it."
    people = (
        f"{shared.people} people of the judged part are in the train part, too"
        f" ({shared.of_people} pictures there)"
        if shared.named
        else "who is in a picture is not known"
    )
    return (
        f"Of these data: {people}; {shared.copies} pictures of the train part are in the judged"
        f" one, too, {shared.exact} of them pixel for pixel."
    )


def _plain(found: SkewOn) -> dict[str, Any]:
    shared = found.shared
    return {
        "data": found.data,
        "part": found.part,
        **dataclasses.asdict(found.figures),
        "skew": dataclasses.asdict(found.skew),
        "shared": {key: value for key, value in vars(shared).items() if key != "kept"}
        if shared
        else None,
    }


def _top_up(findings: Findings, note: str) -> str:
    wanted = next(arm.plan.top_up for arm in findings.study.arms if arm.plan.top_up)
    learned = findings.data.pictures["train"]["count"]
    text = (
        f"The net fitted anew on {learned} pictures, and on these with more of"
        f" {', '.join(wanted.labels)} from {wanted.data.name}, {len(findings.study.seeds)} seeds"
        " each."
    )
    return f"{text} {note[:1].upper()}{note[1:]}." if note else text
