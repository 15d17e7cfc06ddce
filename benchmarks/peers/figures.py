"""Ratios by their names, out of what everybody took for the same frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.names import figure_name, ours
from benchmarks.outcome import Outcome
from benchmarks.peers.agreement import boxes_agree, outputs_apart
from benchmarks.peers.contestants import DETECT, SKIPPING
from benchmarks.peers.names import FACE_API, HUMAN, LITERT, ORT
from benchmarks.peers.turns import Turns
from benchmarks.report.report import Pairs
from benchmarks.shots import Shot, found_by_part

SAME_OUTPUT = 1e-3
"""Runtimes that are further apart do not run the same net."""
SAME_BOX_IOU = 0.9
SAME_FRAMES = 0.95
"""Who finds a face in fewer of the other's frames is quick by not finding it."""
MAIN_NET = "emotion-b0"
_PEERS = {FACE_API: "faceapi", HUMAN: "human", ORT: "ort", LITERT: "litert"}


def frame_pairs(models: Sequence[str], turns: Turns) -> Iterator[Pairs]:
    """Detector or tracker and classifier, against the same of others."""
    for model in models:
        for mine, name in (
            (ours(model), f"frame_{figure_name(model)}"),
            (f"{ours(model)} {SKIPPING}", f"frame_{figure_name(model)}_skipping"),
        ):
            for theirs in (FACE_API, HUMAN):
                if theirs in turns.outcomes:
                    yield _pairs(f"{name}_vs_{_PEERS[theirs]}", turns, mine, theirs)


def detect_pairs(turns: Turns) -> Iterator[Pairs]:
    """The detector alone, against face-api's own."""
    theirs = f"{FACE_API} {DETECT}"
    if theirs in turns.outcomes:
        name = f"{DETECT.replace(' ', '_')}_vs_{_PEERS[FACE_API]}"
        yield _pairs(name, turns, f"ours {DETECT}", theirs)


def net_pairs(model: str, turns: Turns) -> Iterator[Pairs]:
    """One net on our runtime, against others that give the same outputs."""
    # The figures that have a bound are the main net's.
    name = "classify" if model == MAIN_NET else f"classify_{figure_name(model)}"
    apart = different_outputs(model, turns)
    for theirs in (ORT, LITERT):
        if theirs in apart and apart[theirs] <= SAME_OUTPUT:
            yield _pairs(f"{name}_vs_{_PEERS[theirs]}", turns, ours(model), theirs)


def different_boxes(turns: Turns) -> Iterator[str]:
    """Why the two detectors cannot be compared, if they find different boxes."""
    theirs = f"{FACE_API} {DETECT}"
    if theirs not in turns.outcomes:
        return
    both = zip(turns.outcomes[f"ours {DETECT}"], turns.outcomes[theirs], strict=True)
    pairs = [(mine, other) for mine, other in both if mine.box and other.box]
    overlap = boxes_agree(pairs)["iou_median"] if pairs else 0.0
    if overlap < SAME_BOX_IOU:
        yield f"our boxes at {DETECT} are not face-api's (median IoU {overlap:.2f})"
    found = sum(other.box is not None for other in turns.outcomes[theirs])
    if len(pairs) < SAME_FRAMES * found:
        share = len(pairs) / found
        yield f"ours at {DETECT} finds a face in {share:.0%} of face-api's frames, under 95%"


def different_outputs(model: str, turns: Turns) -> dict[str, float]:
    """By runtime, how far from ours its outputs are, relative to the largest."""
    mine = turns.outcomes[ours(model)]
    others = (name for name in turns.outcomes if name != ours(model))
    return {name: outputs_apart(mine, turns.outcomes[name]) for name in others}


def faces_found(
    models: Sequence[str], shots: Sequence[Shot], outcomes: Mapping[str, Sequence[Outcome]]
) -> dict[str, float]:
    """Ours for each that face-api finds: of the model and the part of the film with the fewest."""
    theirs = _found(shots, outcomes[FACE_API]) if FACE_API in outcomes else {}
    ratios = [
        _found(shots, outcomes[ours(model)])[part] / count
        for model in models
        for part, count in theirs.items()
        if count
    ]
    return {"faces_found_vs_faceapi": min(ratios)} if ratios else {}


def reused_ratios(
    models: Sequence[str], outcomes: Mapping[str, Sequence[Outcome]]
) -> Iterator[tuple[str, float]]:
    """By figure: in which share of its frames the classifier rested."""
    for model in models:
        own = outcomes[f"{ours(model)} {SKIPPING}"]
        share = sum(outcome.reused > 0 for outcome in own) / len(own)
        yield f"frame_{figure_name(model)}_skipping_reused_ratio", share


def never_reused(outcomes: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    """Whose times say nothing of skipping, for he never skipped anything."""
    for name, own in outcomes.items():
        if name.endswith(SKIPPING) and not any(outcome.reused for outcome in own):
            yield f"{name} classified each of {len(own)} frames anew"


def backends_apart(told: Iterable[Mapping[str, Mapping[str, object]]]) -> Iterator[str]:
    """Ours on different backends, of which the report could name only one."""
    backends = {
        said["backend"] for each in told for name, said in each.items() if name.startswith("ours")
    }
    if len(backends) > 1:
        yield f"ours ran on different backends: {', '.join(sorted(map(str, backends)))}"


def found_nothing(
    shots: Sequence[Shot], outcomes: Mapping[str, Sequence[Outcome]]
) -> Iterator[str]:
    """Whose times say nothing, for he never found the face."""
    for name, own in outcomes.items():
        if not any(_found(shots, own).values()):
            yield f"{name} found the face in none of {len(shots)} frames"


def _found(shots: Sequence[Shot], outcomes: Sequence[Outcome]) -> dict[str, int]:
    return found_by_part(shots, [outcome.box for outcome in outcomes])


def _pairs(name: str, turns: Turns, mine: str, theirs: str) -> Pairs:
    return Pairs(name=name, ours=turns.times_ms(mine), theirs=turns.times_ms(theirs))
