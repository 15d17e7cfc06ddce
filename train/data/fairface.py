"""FairFace: `fairface_label_*.csv` names each picture's age, gender and race."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from face_detect.command import InputError
from train.data.dataset import Dataset, Problem
from train.data.file import File, file_on_disk
from train.data.files import Files
from train.data.reading import Reading
from train.data.record import Record
from train.data.splits import split_name
from train.data.table import Row, parse_table

AGES = ("0-2", "3-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "more than 70")
RACES = (
    "Black",
    "East Asian",
    "Indian",
    "Latino_Hispanic",
    "Middle Eastern",
    "Southeast Asian",
    "White",
)
MASKS = ("none", "worn", "wrong")
"""Of tables that `train masks` wrote."""
_KNOWN = {"age": AGES, "gender": ("male", "female"), "race": RACES, "mask": MASKS}
_COLUMNS = {"file", "age", "gender", "race"}


def knows_fairface(files: Files) -> bool:
    """Whether its tables lie among the files, or beside them and name one of them."""
    if _tables(files.all):
        return True
    names = {name for name, _ in _named(files)}
    return any(row["file"] in names for table in _beside(files) for row in _rows(table))


def read_fairface(files: Files, reading: Reading) -> Dataset:
    """Every picture that the tables name; age, gender and race are its labels, and mask where a
    table has that column. Pictures made of one and the same `face` are of one person."""
    tables = _tables(files.all) or _beside(files)
    if not tables:
        raise files.refusal("has no fairface_label_*.csv in it or beside it")
    pictures = _by_name(files)
    records: dict[str, Record] = {}
    named: set[str] = set()
    problems = list(files.problems)
    for row in (row for table in tables for row in _rows(table)):
        complaint = _complaint(row, pictures, records)
        named.add(row["file"])
        if complaint:
            problems.append(Problem(name=row.where, kind=complaint, detail=row["file"]))
        else:
            records[row["file"]] = _record(row, pictures[row["file"]])
    problems += [
        Problem(name=picture.name, kind="no label", detail="is in no table")
        for name, picture in pictures.items()
        if name not in named
    ]
    return files.dataset(
        "fairface",
        sorted(records.values(), key=lambda record: record.name),
        problems,
        # One of its editions is cut out as nets see faces, the other has wide margins; faces that
        # masks were drawn on are cut out.
        framing="crop" if any(record.subject for record in records.values()) else None,
        otherwise=f"{tables[0].name} names no picture that is there",
    )


def _record(row: Row, picture: File) -> Record:
    return Record(
        name=picture.name,
        labels=_labels(row),
        read=picture.read,
        split=split_name(row["file"].split("/")[0]),
        subject=row.fields.get("face") or None,
    )


def _labels(row: Row) -> dict[str, str]:
    """In the dataset's own words, but for the gender, which all readers write alike."""
    labels = {"age": row["age"], "gender": row["gender"].lower(), "race": row["race"]}
    return labels | ({"mask": row["mask"]} if row.fields.get("mask") else {})


def _complaint(row: Row, pictures: dict[str, File], records: dict[str, Record]) -> str:
    if row["file"] not in pictures:
        return "picture missing"
    if row["file"] in records:
        return "named twice in the table"
    unknown = any(label not in _KNOWN[head] for head, label in _labels(row).items())
    return "label unknown" if unknown else ""


def _by_name(files: Files) -> dict[str, File]:
    """Pictures as the tables name them, by folder and name: "val/1.jpg"."""
    pictures: dict[str, File] = {}
    for name, picture in _named(files):
        first = pictures.setdefault(name, picture)
        # Both of FairFace's sets, cut with other margins, have the same names.
        if first is not picture:
            both = f"{first.name} and {picture.name}"
            raise files.refusal(f"holds each picture twice, such as {both}; give one of the sets")
    return pictures


def _named(files: Files) -> Iterator[tuple[str, File]]:
    """The folder may be the one that was given."""
    root = files.path.resolve()
    given = root.name if root.is_dir() else root.stem
    for picture in files.pictures():
        folder = picture.parents[-1] if picture.parents else given
        yield f"{folder}/{picture.base}", picture


def _tables(found: Iterable[File]) -> list[File]:
    return [
        file for file in found if file.suffix == ".csv" and file.base.startswith("fairface_label")
    ]


def _beside(files: Files) -> list[File]:
    around = files.path.resolve().parent
    return _tables(file_on_disk(path, path.name) for path in sorted(around.glob("*.csv")))


def _rows(table: File) -> tuple[Row, ...]:
    parsed = parse_table(table.read(), table.name)
    if not set(parsed.columns) >= _COLUMNS:
        raise InputError(f"{table.name}: needs the columns {', '.join(sorted(_COLUMNS))}")
    return parsed.rows
