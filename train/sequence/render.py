"""What a head is worth, in rows for a terminal, for a card and for a page, and as plain data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from train.contract import Contract
from train.sequence.compare import CLIP_S, HEAD, Finding, Row
from train.sequence.learn_sequence import Learned
from train.sequence.steadiness import SETTLED_S
from train.study.render import environment

TITLES = ("answers", "switch", "way", "flicker", "delay", "right", "uncertain", "apart")
_PLACES = (
    "a second",
    "",
    "",
    "changes/s",
    "answers (ms)",
    "of all answers",
    "of all answers",
    "from the mean",
)


def cells(row: Row) -> tuple[str, ...]:
    """One line of the table."""
    figures = row.figures
    return (
        f"{row.rate_hz}/s",
        switch_text(row.onset_s),
        row.way,
        f"{figures.flicker_per_s:.2f}",
        f"{figures.delay_answers:.1f} ({figures.delay_ms:.0f} ms)",
        f"{figures.accuracy:.1%}",
        f"{figures.uncertain:.1%}",
        f"{figures.apart:.3f}",
    )


def switch_text(onset_s: float) -> str:
    """How a switch comes."""
    return f"up to {onset_s:g} s" if onset_s else "at once"


def sentences(learned: Learned) -> Iterator[str]:
    """What the figures are of, and what they say."""
    yield (
        f"{learned.clips} made sequences of {CLIP_S} s of every kind, out of {learned.judged_on}"
        f" stills; the head learned from {learned.learned_from} others. Flicker: changes of the"
        f" answer from {SETTLED_S:g} s after a switch on; delay: until the first right answer;"
        " uncertain: below the contract's threshold, which is that of single stills (what the"
        " page shows as unfamiliar comes on top); apart: how far probabilities are from their"
        " mean while the truth stays."
    )
    for found in learned.findings:
        yield _sentence(found)


def _sentence(found: Finding) -> str:
    kind = f"{found.rate_hz} answers a second, switches {switch_text(found.onset_s)}"
    own = f"{found.flicker_per_s:.2f} changes a second after {found.delay_ms:.0f} ms"
    flicker, delay = found.smoothed_flicker_per_s, found.smoothed_delay_ms
    as_quick = (
        f"smoothing as quick has {flicker:.2f}"
        if flicker is not None
        else "no smoothing is as quick"
    )
    as_calm = f"smoothing as calm takes {delay:.0f} ms" if delay is not None else "none is as calm"
    return f"{kind}: {own}; {as_quick}, {as_calm}."


def card_text(learned: Learned) -> str:
    """A section for the model's card, in Markdown."""
    rows = [cells(row) for row in learned.rows]
    lines = [TITLES, ("---",) * len(TITLES), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    said = "\n".join(f"- {sentence}" for sentence in sentences(learned))
    return f"\n## Over time\n\n{table}\n\n{said}\n"


def sequence_json(contract: Contract, learned: Learned) -> dict[str, Any]:
    """Every figure."""
    return {
        "model": contract.name,
        "head": learned.of.name,
        "options": dataclasses.asdict(learned.options),
        "learned_from": learned.learned_from,
        "judged_on": learned.judged_on,
        "clips": learned.clips,
        "rows": [dataclasses.asdict(row) for row in learned.rows],
        "findings": [dataclasses.asdict(found) for found in learned.findings],
    }


def render_sequence(contract: Contract, learned: Learned) -> str:
    """The page."""
    return (
        environment()
        .get_template("sequence.html.j2")
        .render(
            model=contract.name,
            titles=list(zip(TITLES, _PLACES, strict=True)),
            rows=[(cells(row), row.way == HEAD) for row in learned.rows],
            sentences=list(sentences(learned)),
        )
    )
