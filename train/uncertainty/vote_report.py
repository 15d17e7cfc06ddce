"""What votes are worth in files: JSON for programs, HTML for people."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from train.judged_part import Part
from train.judgement_notes import PART_NOTES, share
from train.study.render import environment
from train.study.write_report import write
from train.uncertainty.draw_votes import draw_votes
from train.uncertainty.vote import Voted

VOTES, REPORT = "votes.json", "report.html"
TITLES = ("net", "asked", "accuracy (95%)", "macro F1", "ECE")


@dataclass(frozen=True, kw_only=True)
class Votes:
    """A comparison, and what it was made on."""

    data: str
    part: Part
    head: str
    seed: int
    without: tuple[str, ...]
    """Nets that have no dropout, so that all of their passes are alike."""
    rows: tuple[Voted, ...]


def write_votes(votes: Votes, folder: Path) -> None:
    """Each file whole or not at all."""
    plain = json.dumps(dataclasses.asdict(votes), indent=1, ensure_ascii=False)
    write(folder / VOTES, f"{plain}\n".encode())
    write(folder / REPORT, _render(votes).encode())


def cells(row: Voted) -> tuple[str, ...]:
    """A row as tables show it."""
    low, high = row.interval
    return (
        " + ".join(row.who),
        asked(row),
        f"{share(row.figures.accuracy)} ({share(low)}–{share(high)})",
        share(row.figures.macro_f1),
        share(row.ece),
    )


def asked(row: Voted) -> str:
    """In words."""
    if row.passes:
        return "1 pass" if row.passes == 1 else f"{row.passes} passes"
    return "single" if len(row.who) == 1 else "one of each"


def notes(votes: Votes) -> Sequence[str]:
    """What has to be known beside the table."""
    pictures = votes.rows[0].figures.pictures
    found = [
        f"{votes.data}, {PART_NOTES[votes.part]}: {pictures} pictures. Passes have dropout on"
        f" (seed {votes.seed}); votes are means of calibrated probabilities."
    ]
    if votes.without:
        found.append(f"Without dropout, so that all passes are alike: {', '.join(votes.without)}.")
    return found


def _render(votes: Votes) -> str:
    template = environment(Path(__file__).parent).get_template("votes.html.j2")
    return template.render(
        votes=votes,
        titles=TITLES,
        rows=[cells(row) for row in votes.rows],
        notes=notes(votes),
        curves=draw_votes(votes.rows),
    )
