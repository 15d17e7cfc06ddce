"""The model card: what the weights are, what they earned, and where they fail."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from train.assess import Assessment
from train.contract import Contract
from train.evaluate import Evaluation
from train.slices import FACE_SIZE
from train.stability import BLUR_SIDES, CHANGES, SHIFT_SIDES, Stability, StableSlice


def card(
    contract: Contract,
    evaluation: Evaluation,
    *,
    data: str,
    licence: str,
    made_by: str,
    assessment: Assessment | None = None,
    stability: Stability | None = None,
    stability_data: str = "",
) -> str:
    """A card in Markdown; calibration, skew and stability where they were measured."""
    size, channels = contract.input.size, contract.input.channels
    parts = [
        f"# {contract.name}",
        f"Net: `{contract.net}`, for {size}×{size} {channels} crops.",
        f"- **Data:** {data}\n"
        f"- **Licence of the data:** {licence}\n"
        f"- **Made by:** `{made_by}` (seed {contract.origin.seed}, code {contract.origin.code})",
        "## What it earned",
        *_figures(evaluation),
    ]
    if assessment is not None:
        parts += _assessment(assessment)
    if stability is not None:
        parts += _stability(stability, stability_data)
    parts += ["## Use and limits", _USE, _LIMITS_KNOWN if stability else _LIMITS_UNKNOWN]
    return "\n\n".join(parts) + "\n"


_USE = """\
For showing how an expression classifier behaves in a browser, and for comparing takes of one person
under one light. The labels are what crowd workers saw in a picture, not what a person felt. Do not
judge people by it: not in hiring, policing, schooling or care."""
_LIMITS_KNOWN = """\
Classes with few pictures are weak. Stability is not accuracy: how often it is right about groups of
people has not been measured, for want of pictures with both kinds of labels."""
_LIMITS_UNKNOWN = """\
Classes with few pictures are weak, and how it treats groups of people differently has not been
measured."""


def _figures(found: Evaluation) -> Iterator[str]:
    yield (
        f"{found.pictures} held-out pictures, once: accuracy {found.accuracy:.1%},\n"
        f"macro F1 {found.macro_f1:.1%}, macro recall {found.macro_recall:.1%}."
    )
    yield _table(
        ("label", "pictures", "recall", "precision", "F1"),
        [
            (
                label,
                str(found.support[label]),
                *(f"{values[label]:.1%}" for values in (found.recall, found.precision, found.f1)),
            )
            for label in found.recall
        ],
    )


def _assessment(found: Assessment) -> Iterator[str]:
    yield "### Calibration"
    yield (
        f"Expected calibration error {found.after.ece:.1%} with the contract's temperature of"
        f" {found.head.temperature:g}, {found.before.ece:.1%} without.\n"
        f'Shown as "uncertain": {found.uncertain:.1%}; of the rest, accuracy'
        f" {found.certain.accuracy:.1%} and macro F1 {found.certain.macro_f1:.1%}."
    )
    yield "### Prediction skew"
    yield found.skew.verdict
    yield _table(
        ("label", "true", "said", ""),
        [
            (item.label, f"{item.true_share:.1%}", f"{item.predicted_share:.1%}", item.verdict)
            for item in found.skew.labels
        ],
    )


def _stability(found: Stability, data: str) -> Iterator[str]:
    yield "### How stable answers are"
    yield (
        f"On {found.whole.pictures} pictures of {data} without labels for this head: how often the"
        f" answer stays when the\npicture is mirrored, blurred (standard deviation"
        f" {BLUR_SIDES:.0%} of its side) or shifted by {SHIFT_SIDES:.0%} of its side;\n"
        'through all of them, with its 95% interval; and the share of "uncertain". All but the\n'
        "first figure are of the faces that were found."
    )
    yield _stability_table("", [found.whole])
    for attribute, parts in groupby(found.slices, lambda part: part.attribute):
        if attribute != FACE_SIZE:
            yield _stability_table(attribute, list(parts))


def _stability_table(attribute: str, parts: list[StableSlice]) -> str:
    rows = [
        (
            part.value,
            str(part.pictures),
            f"{part.found:.1%}",
            *(f"{part.agreement[name]:.1%}" for name in CHANGES),
            f"{part.steady:.1%} ({part.low:.0%}–{part.high:.0%})",
            f"{part.uncertain:.1%}",
        )
        for part in parts
    ]
    return _table((attribute, "pictures", "found", *CHANGES, "all", "uncertain"), rows)


def _table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [titles, ("---",) * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
