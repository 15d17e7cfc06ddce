"""A trace as data and as a file: CSV for a spreadsheet, JSON for programs."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from face_detect.box import Box
from face_detect.command import InputError

VERSION = 1
_BOX = ("x", "y", "width", "height", "score")
_UNCERTAIN = "uncertain"
_SLACK = 0.01


@dataclass(frozen=True, kw_only=True)
class TracedHead:
    """One question that was asked of every frame."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One frame; without a face it has neither a box nor probabilities."""

    index: int
    time_s: float
    box: Box | None = None
    probabilities: tuple[tuple[float, ...], ...] | None = None
    """Each head's, calibrated."""
    uncertain: tuple[bool, ...] | None = None
    """Of each head, whether its best probability is below the contract's threshold."""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Every frame of a clip, in order."""

    model: str
    smooth: bool
    heads: tuple[TracedHead, ...]
    moments: tuple[Moment, ...]

    @property
    def with_face(self) -> list[Moment]:
        return [moment for moment in self.moments if moment.probabilities is not None]


def write_csv(trace: Trace, path: Path) -> None:
    """One row a frame; columns are named `head.label`, and empty where there is no face."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["index", "time_s", *_BOX, *_columns(trace.heads)])
        for moment in trace.moments:
            rows.writerow([moment.index, moment.time_s, *_cells(trace, moment)])


def write_json(trace: Trace, path: Path) -> None:
    """The whole trace, as `read_trace` takes it back."""
    document = {"version": VERSION, **asdict(trace)}
    path.write_text(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n", "utf-8")


def read_trace(path: Path) -> Trace:
    """A trace from either kind of file; every complaint names the file."""
    try:
        text = path.read_text(encoding="utf-8")
        return _from_json(text) if path.suffix.lower() == ".json" else _from_csv(text)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(
            f"{path}: is not a trace as `python -m train trace` writes it"
            f" ({type(error).__name__}: {error})"
        ) from error


def _columns(heads: tuple[TracedHead, ...]) -> Iterator[str]:
    for head in heads:
        yield from (f"{head.name}.{label}" for label in head.labels)
        yield f"{head.name}.{_UNCERTAIN}"


def _cells(trace: Trace, moment: Moment) -> Iterator[Any]:
    if moment.box is None or moment.probabilities is None or moment.uncertain is None:
        yield from [""] * (len(_BOX) + len(list(_columns(trace.heads))))
        return
    yield from (getattr(moment.box, name) for name in _BOX)
    for values, unsure in zip(moment.probabilities, moment.uncertain, strict=True):
        yield from values
        yield int(unsure)


def _from_csv(text: str) -> Trace:
    rows = csv.DictReader(text.splitlines())
    heads = _heads_of(list(rows.fieldnames or ()))
    moments = tuple(_moment_of_row(row, heads) for row in rows)
    return _checked(Trace(model="", smooth=False, heads=heads, moments=moments))


def _heads_of(columns: list[str]) -> tuple[TracedHead, ...]:
    """Each head ends with its `uncertain`; its name may hold dots of its own."""
    heads, labels = [], list[str]()
    for column in columns[2 + len(_BOX) :]:
        if column.endswith(f".{_UNCERTAIN}"):
            name = column.removesuffix(f".{_UNCERTAIN}")
            heads.append(
                TracedHead(
                    name=name, labels=tuple(label.removeprefix(f"{name}.") for label in labels)
                )
            )
            labels = []
        else:
            labels.append(column)
    return tuple(heads)


def _moment_of_row(row: Mapping[str, str], heads: tuple[TracedHead, ...]) -> Moment:
    index, time_s = int(row["index"]), float(row["time_s"])
    if not row["x"]:
        return Moment(index=index, time_s=time_s)
    return Moment(
        index=index,
        time_s=time_s,
        box=Box(**{name: float(row[name]) for name in _BOX}),
        probabilities=tuple(
            tuple(float(row[f"{head.name}.{label}"]) for label in head.labels) for head in heads
        ),
        uncertain=tuple(row[f"{head.name}.{_UNCERTAIN}"] == "1" for head in heads),
    )


def _from_json(text: str) -> Trace:
    document = json.loads(text)
    if document["version"] != VERSION:
        raise ValueError(f"version is {document['version']}, this code reads {VERSION}")
    heads = tuple(
        TracedHead(name=head["name"], labels=tuple(head["labels"])) for head in document["heads"]
    )
    moments = tuple(_moment_of_json(moment) for moment in document["moments"])
    made = Trace(model=document["model"], smooth=document["smooth"], heads=heads, moments=moments)
    return _checked(made)


def _moment_of_json(found: Mapping[str, Any]) -> Moment:
    index, time_s = int(found["index"]), float(found["time_s"])
    if found["box"] is None:
        return Moment(index=index, time_s=time_s)
    return Moment(
        index=index,
        time_s=time_s,
        box=Box(**found["box"]),
        probabilities=tuple(tuple(map(float, head)) for head in found["probabilities"]),
        uncertain=tuple(map(bool, found["uncertain"])),
    )


def _checked(trace: Trace) -> Trace:
    """Refuse what no clip gives: no frames, times that fall, or numbers that are no shares."""
    times = [moment.time_s for moment in trace.moments]
    if not times or not trace.heads:
        raise ValueError("it holds no frame, or no head")
    if not all(map(math.isfinite, times)) or times != sorted(times):
        raise ValueError("its times do not rise")
    lengths = [len(head.labels) for head in trace.heads]
    for moment in trace.with_face:
        values = moment.probabilities or ()
        if [len(head) for head in values] != lengths:
            raise ValueError(f"frame {moment.index} has not one value for each label")
        if not all(0 <= value <= 1 for head in values for value in head):
            raise ValueError(f"frame {moment.index} holds a value that is not from 0 to 1")
        if any(abs(sum(head) - 1) > _SLACK for head in values):
            raise ValueError(f"frame {moment.index} has probabilities that do not make 1")
    return trace
