"""The model card: what the weights are, what they earned, and where they fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from train.assess import Assessment
from train.contract import Contract
from train.evaluate import Evaluation
from train.gaps import gaps
from train.judge import said_name
from train.judged_part import Part
from train.judgement_notes import PART_NOTES, found_note, macro_note, share, uncertain_share
from train.nets import credit_of
from train.skew import LabelSkew
from train.slices import FACE_SIZE
from train.stability import BLUR_SIDES, CHANGES, SHIFT_SIDES, Stability, StableSlice


@dataclass(frozen=True, kw_only=True)
class Earned:
    """One of several heads' figures."""

    head: str
    figures: Evaluation
    part: Part | None = None
    data: str = ""
    """What was judged on; empty where that is all of the model's data."""
    assessment: Assessment | None = None
    stability: Stability | None = None
    cut_out: bool = False
    """Whether no face had to be found."""


def card(
    contract: Contract,
    evaluation: Evaluation,
    *,
    data: str,
    licence: str,
    made_by: str,
    part: Part | None = None,
    assessment: Assessment | None = None,
    stability: Stability | None = None,
    stability_data: str = "",
    note: str = "",
    heads: Sequence[Earned] = (),
) -> str:
    """A card in Markdown; calibration, skew and stability where they were measured.

    `note` says what the figures do not, such as how often their pictures were looked at; without
    it, that was once.
    `part` is what the figures were measured on; None is what `fit` itself held out, whatever part.
    `heads` are the figures of a model that has several, in place of the one evaluation.
    """
    size, channels = contract.input.size, contract.input.channels
    parts = [
        f"# {contract.name}",
        f"Net: `{contract.net}`, for {size}×{size} {channels} crops.",
        f"- **Data:** {data}\n"
        f"- **Licence of the data:** {licence}\n"
        f"- **Made by:** `{made_by}` (seed {contract.origin.seed}, code {contract.origin.code})"
        + _credit(contract),
        "## What it earned",
    ]
    only = Earned(
        head="", figures=evaluation, part=part, assessment=assessment, stability=stability
    )
    for earned in heads or [only]:
        parts += _earned(earned, stability_data, note)
    limits = _limits(contract, heads or [only])
    parts += ["## Use and limits", _USE_SEVERAL if heads else _USE, limits]
    return "\n\n".join(parts) + "\n"


def _earned(found: Earned, stability_data: str, note: str) -> Iterator[str]:
    """Of a head among several under its name, one step further down."""
    parts = list(_figures(found.figures, found.part, note))
    if found.assessment is not None:
        parts += _assessment(found.assessment)
    if found.stability is not None:
        parts += _stability(found.stability, stability_data)
    if not found.head:
        return iter(parts)
    title = [f"### {found.head}", *([f"On {found.data}:"] if found.data else [])]
    title += [_CUT_OUT] if found.cut_out else []
    return iter([*title, *(f"#{part}" if part.startswith("### ") else part for part in parts)])


_CUT_OUT = "Of faces that were cut out already; the page has to find a face first."
_USE = """\
For showing how an expression classifier behaves in a browser, and for comparing takes of one person
under one light. The labels are what crowd workers saw in a picture, not what a person felt. Do not
judge people by it: not in hiring, policing, schooling or care."""
_USE_SEVERAL = """\
For showing how a net with several heads behaves in a browser. The labels are what crowd workers saw
in a picture: not what a person felt, not who somebody is. Do not judge people by it: not in hiring,
policing, schooling or care."""
_LIMITS_KNOWN = """\
Classes with few pictures are weak. Stability is not accuracy: how often it is right about groups of
people has not been measured, for want of pictures with both kinds of labels."""
_LIMITS_UNKNOWN = """\
Classes with few pictures are weak, and how it treats groups of people differently has not been
measured."""
_LIMITS_TOLD = """\
Classes with few pictures are weak. How often it is right about groups of people is told above;
about groups that the data do not name it has not been measured."""
_LIMITS_SOME = """\
Classes with few pictures are weak. How often it is right about groups of people is told above for
{told}; for {others} that has not been measured, for want of pictures
with both kinds of labels, and stability is not accuracy."""


def _limits(contract: Contract, heads: Sequence[Earned]) -> str:
    """Groups by what the model itself says of people are none that anybody knows."""
    said = {said_name(head) for head in contract.heads}

    def told(earned: Earned) -> bool:
        found = gaps(earned.assessment.slices) if earned.assessment else ()
        return any(gap.attribute not in said for gap in found)

    known = [earned.head for earned in heads if told(earned)]
    others = [earned.head for earned in heads if not told(earned)]
    if known and others:
        return _LIMITS_SOME.format(told=" and ".join(known), others=" and ".join(others))
    if known:
        return _LIMITS_TOLD
    return _LIMITS_KNOWN if any(earned.stability for earned in heads) else _LIMITS_UNKNOWN


def _credit(contract: Contract) -> str:
    credit = credit_of(contract.net)
    return f"\n- **Weights by others:** {credit}" if credit else ""


def _figures(found: Evaluation, part: Part | None, note: str) -> Iterator[str]:
    yield (
        f"{_judged_on(found.pictures, part, once=not note)}: accuracy {found.accuracy:.1%},\n"
        f"macro F1 {found.macro_f1:.1%}, macro recall {found.macro_recall:.1%}. {macro_note(found)}"
    )
    if note:
        yield note
    yield _table(
        ("label", "pictures", "recall", "precision", "F1"),
        [
            (
                label,
                str(found.support[label]),
                *(share(values[label]) for values in (found.recall, found.precision, found.f1)),
            )
            for label in found.recall
        ],
    )


def _judged_on(pictures: int, part: Part | None, *, once: bool) -> str:
    """No other pictures than those of a test part are called held out."""
    if part in (None, "test", "private"):
        return f"{pictures} held-out pictures{', once' if once else ''}"
    return f"{pictures} pictures ({PART_NOTES[part]})"


def _assessment(found: Assessment) -> Iterator[str]:
    if found.missed:
        yield found_note(found)
    yield "### Calibration"
    yield (
        f"Expected calibration error {found.after.ece:.1%} with the contract's temperature of"
        f" {found.head.temperature:g}, {found.before.ece:.1%} without.\n"
        f'Shown as "uncertain": {uncertain_share(found)}; of the rest, accuracy'
        f" {found.certain.accuracy:.1%} and macro F1 {found.certain.macro_f1:.1%}."
    )
    if apart := gaps(found.slices):
        yield "### Accuracy by group"
        yield "\n".join(f"- {gap.sentence()}" for gap in apart)
    yield "### Prediction skew"
    yield found.skew.verdict
    yield _table(
        ("label", "true", "said", "ratio (95% interval)", ""),
        [
            (
                item.label,
                share(item.true_share),
                share(item.predicted_share),
                _ratio(item),
                item.verdict,
            )
            for item in found.skew.labels
        ],
    )


def _ratio(item: LabelSkew) -> str:
    if item.ratio is None:
        return "–"
    if item.ratio_interval is None:
        return f"{item.ratio:.2f}"
    low, high = item.ratio_interval
    return f"{item.ratio:.2f} ({low:.2f}–{high:.2f})"


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
    if apart := gaps(found.slices):
        yield "\n".join(f"- {gap.sentence()}" for gap in apart)
    for attribute, parts in groupby(found.slices, lambda part: part.attribute):
        if attribute != FACE_SIZE:
            yield _stability_table(attribute, list(parts))


def _stability_table(attribute: str, parts: list[StableSlice]) -> str:
    rows = [
        (
            part.value,
            str(part.pictures),
            f"{part.found:.1%}",
            *(share(part.agreement[name]) for name in CHANGES),
            _steady(part),
            share(part.uncertain),
        )
        for part in parts
    ]
    return _table((attribute, "pictures", "found", *CHANGES, "all", "uncertain"), rows)


def _steady(part: StableSlice) -> str:
    if part.steady is None:
        return "–"
    return f"{part.steady:.1%} ({part.low:.0%}–{part.high:.0%})"


def _table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [titles, ("---",) * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
