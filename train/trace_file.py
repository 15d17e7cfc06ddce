"""A trace as data and as a file: CSV for a spreadsheet, JSON for programs."""

from __future__ import annotations

import csv
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from face_detect.box import Box
from face_detect.command import InputError

VERSION = 1
_FIRST = ("index", "time_s")
_BOX = ("x", "y", "width", "height", "score")
_ORIGIN = ("model", "smooth")
"""The same in every row, for a table has no other place; a head's columns all hold a dot."""
_UNCERTAIN, _UNFAMILIAR = "uncertain", "unfamiliar"
_SLACK = 0.01
DEEPEST = 20


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
    """Of each head, whether its best probability is below the contract's threshold, or the face
    unfamiliar."""
    unfamiliar: tuple[bool, ...] | None = None
    """Of each head, whether the face is; None also where the model does not tell."""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Every frame of a clip, in order."""

    model: str | None
    """None where the file does not say, and so with `smooth`."""
    smooth: bool | None
    heads: tuple[TracedHead, ...]
    moments: tuple[Moment, ...]

    @cached_property
    def tells_unfamiliar(self) -> bool:
        """Whether the model tells unfamiliar faces from others."""
        return any(moment.unfamiliar is not None for moment in self.moments)

    @property
    def with_face(self) -> list[Moment]:
        return [moment for moment in self.moments if moment.probabilities is not None]


def write_csv(trace: Trace, path: Path) -> None:
    """One row a frame; columns are named `head.label`, and empty where there is no face."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([*_FIRST, *_BOX, *_columns(trace), *_ORIGIN])
        origin = (trace.model, "" if trace.smooth is None else int(trace.smooth))
        for moment in trace.moments:
            rows.writerow([moment.index, moment.time_s, *_cells(trace, moment), *origin])


def write_json(trace: Trace, path: Path) -> None:
    """The whole trace, as `read_trace` takes it back."""
    gone = () if trace.tells_unfamiliar else (_UNFAMILIAR,)
    found = asdict(trace, dict_factory=lambda items: {k: v for k, v in items if k not in gone})
    document = {"version": VERSION, **found}
    path.write_text(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n", "utf-8")


def read_trace(path: Path) -> Trace:
    """A trace from either kind of file; every complaint names the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # Excel begins its files with a mark
        return _from_json(text) if path.suffix.lower() == ".json" else _from_csv(text)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(
            f"{path}: is not a trace as `python -m train trace` writes it ({_reason(error)})"
        ) from error


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is missing"
    return str(error)


def _columns(trace: Trace) -> Iterator[str]:
    for head in trace.heads:
        yield from (f"{head.name}.{label}" for label in head.labels)
        yield f"{head.name}.{_UNCERTAIN}"
        if trace.tells_unfamiliar:
            yield f"{head.name}.{_UNFAMILIAR}"


def _cells(trace: Trace, moment: Moment) -> Iterator[Any]:
    if moment.box is None or moment.probabilities is None or moment.uncertain is None:
        yield from [""] * (len(_BOX) + len(list(_columns(trace))))
        return
    yield from (getattr(moment.box, name) for name in _BOX)
    flags = moment.unfamiliar or (False,) * len(moment.uncertain)
    for values, unsure, odd in zip(moment.probabilities, moment.uncertain, flags, strict=True):
        yield from values
        yield int(unsure)
        if trace.tells_unfamiliar:
            yield int(odd)


def _from_csv(text: str) -> Trace:
    rows = csv.DictReader(text.splitlines(), delimiter=_delimiter(text))
    columns = list(rows.fieldnames or ())
    missing = [name for name in (*_FIRST, *_BOX) if name not in columns]
    if missing:
        raise ValueError(f"it has no column {', '.join(missing)}")
    heads = _heads_of(columns)
    cells = list(rows)
    moments = tuple(_moment_of_row(row, heads) for row in cells)
    model, smooth = (cells[0].get(name) or None for name in _ORIGIN) if cells else (None, None)
    eased = None if smooth is None else _flag(smooth)
    return _checked(Trace(model=model, smooth=eased, heads=heads, moments=moments))


def _delimiter(text: str) -> str:
    """Excel writes semicolons where numbers have a decimal comma."""
    header = text.partition("\n")[0]
    return ";" if header.startswith(f"{_FIRST[0]};") else ","


def _heads_of(columns: list[str]) -> tuple[TracedHead, ...]:
    """Each head ends with its `uncertain`, or `unfamiliar` after it; its name may hold dots."""
    heads, labels = [], list[str]()
    for column in columns[len(_FIRST) + len(_BOX) :]:
        if column.endswith(f".{_UNCERTAIN}"):
            name = column.removesuffix(f".{_UNCERTAIN}")
            heads.append(
                TracedHead(
                    name=name, labels=tuple(label.removeprefix(f"{name}.") for label in labels)
                )
            )
            labels = []
        elif labels or not heads or column != f"{heads[-1].name}.{_UNFAMILIAR}":
            labels.append(column)
    return tuple(heads)


def _moment_of_row(row: Mapping[str, str | None], heads: tuple[TracedHead, ...]) -> Moment:
    index, time_s = int(row["index"] or ""), _number(row["time_s"])
    if not row["x"]:
        return Moment(index=index, time_s=time_s)
    return Moment(
        index=index,
        time_s=time_s,
        box=Box(**{name: _number(row[name]) for name in _BOX}),
        probabilities=tuple(
            tuple(_number(row[f"{head.name}.{label}"]) for label in head.labels) for head in heads
        ),
        uncertain=tuple(_flag(row[f"{head.name}.{_UNCERTAIN}"]) for head in heads),
        unfamiliar=_unfamiliar_of_row(row, heads),
    )


def _unfamiliar_of_row(
    row: Mapping[str, str | None], heads: tuple[TracedHead, ...]
) -> tuple[bool, ...] | None:
    """A head without such a column does not tell, and calls nothing unfamiliar."""
    columns = [f"{head.name}.{_UNFAMILIAR}" for head in heads]
    if not any(column in row for column in columns):
        return None
    return tuple(column in row and _flag(row[column]) for column in columns)


def _number(cell: str | None) -> float:
    return float((cell or "").replace(",", "."))


def _flag(cell: str | None) -> bool:
    if cell not in ("0", "1"):
        raise ValueError(f"{cell!r} is neither 0 nor 1")
    return cell == "1"


def _depth(text: str) -> int:
    """How deep brackets nest; where a library raised Python's limit, depth ends the process."""
    steps = (1 if bracket in "[{" else -1 for bracket in re.findall(r"[\[\]{}]", text))
    return max(itertools.accumulate(steps), default=0)


def _from_json(text: str) -> Trace:
    if _depth(text) > DEEPEST:
        raise ValueError("it is nested too deeply")
    document = json.loads(text)
    if document["version"] != VERSION:
        raise ValueError(f"version is {document['version']}, this code reads {VERSION}")
    heads = tuple(
        TracedHead(name=_text(head["name"]), labels=tuple(map(_text, head["labels"])))
        for head in document["heads"]
    )
    moments = tuple(_moment_of_json(moment) for moment in document["moments"])
    model = None if document["model"] is None else _text(document["model"])
    smooth = None if document["smooth"] is None else _truth(document["smooth"])
    return _checked(Trace(model=model, smooth=smooth, heads=heads, moments=moments))


def _moment_of_json(found: Mapping[str, Any]) -> Moment:
    index, time_s = int(found["index"]), _real(found["time_s"])
    parts = [found[name] for name in ("box", "probabilities", "uncertain")]
    if parts == [None, None, None]:
        return Moment(index=index, time_s=time_s)
    odd = found.get(_UNFAMILIAR)
    if None in parts:
        raise ValueError(f"frame {index} has only some of box, probabilities and uncertain")
    box, probabilities, uncertain = parts
    return Moment(
        index=index,
        time_s=time_s,
        box=Box(**{name: _real(box[name]) for name in _BOX}),
        probabilities=tuple(tuple(map(_real, head)) for head in probabilities),
        uncertain=tuple(map(_truth, uncertain)),
        unfamiliar=None if odd is None else tuple(map(_truth, odd)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _real(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _checked(trace: Trace) -> Trace:
    """Refuse what no clip gives: no frames, times that fall, or numbers that are no shares."""
    times = [moment.time_s for moment in trace.moments]
    if not times or not trace.heads:
        raise ValueError("it holds no frame, or no head")
    rise = all(before < after for before, after in itertools.pairwise(times))
    if not (rise and all(map(math.isfinite, times))):
        raise ValueError("its times do not rise")
    for moment in trace.with_face:
        _check_answers(moment, trace.heads)
    return trace


def _check_answers(moment: Moment, heads: tuple[TracedHead, ...]) -> None:
    assert moment.box
    values, frame = moment.probabilities or (), f"frame {moment.index}"
    if not all(math.isfinite(getattr(moment.box, name)) for name in _BOX):
        raise ValueError(f"{frame} has a box that is not finite")
    if [len(head) for head in values] != [len(head.labels) for head in heads]:
        raise ValueError(f"{frame} has not one value for each label")
    if len(moment.uncertain or ()) != len(heads):
        raise ValueError(f"{frame} does not say of each head whether it is uncertain")
    if moment.unfamiliar is not None and len(moment.unfamiliar) != len(heads):
        raise ValueError(f"{frame} does not say of each head whether it is unfamiliar")
    if not all(0 <= value <= 1 for head in values for value in head):
        raise ValueError(f"{frame} holds a value that is not from 0 to 1")
    if any(abs(sum(head) - 1) > _SLACK for head in values):
        raise ValueError(f"{frame} has probabilities that do not make 1")
