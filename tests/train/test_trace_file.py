from __future__ import annotations

import csv
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from face_detect.box import Box
from face_detect.command import InputError
from train.leading import leading
from train.plot_trace import gaps
from train.trace_file import Moment, Trace, TracedHead, read_trace, write_csv, write_json


def seen(index: int, time_s: float, happy: float) -> Moment:
    return Moment(
        index=index,
        time_s=time_s,
        box=Box(x=1.5, y=-2, width=30, height=40, score=0.75),
        probabilities=((happy, 1 - happy), (0.1, 0.2, 0.7)),
        uncertain=(happy < 0.6, False),
    )


@pytest.fixture
def made() -> Trace:
    heads = (
        TracedHead(name="emotion", labels=("happy", "sad.")),
        TracedHead(name="나이 v1.0", labels=("a", "b", "c")),
    )
    moments = (
        seen(0, 0.0, 0.9),
        Moment(index=1, time_s=0.5),
        seen(2, 1.0, 1 / 3),
        seen(3, 2.0, 0.2),
        Moment(index=4, time_s=3.0),
    )
    return Trace(model="made", smooth=False, heads=heads, moments=moments)


@pytest.mark.parametrize(("write", "name"), [(write_csv, "t.csv"), (write_json, "t.json")])
def test_a_trace_is_read_back_to_the_last_digit(
    made: Trace, tmp_path: Path, write: Callable[[Trace, Path], None], name: str
) -> None:
    write(made, tmp_path / name)
    found = read_trace(tmp_path / name)
    assert found == made


@pytest.mark.parametrize(("write", "name"), [(write_csv, "t.csv"), (write_json, "t.json")])
def test_what_is_unfamiliar_is_read_back_and_otherwise_not_in_the_file(
    made: Trace, tmp_path: Path, write: Callable[[Trace, Path], None], name: str
) -> None:
    write(made, tmp_path / name)
    assert "unfamiliar" not in (tmp_path / name).read_text(encoding="utf-8")
    flagged = [
        dataclasses.replace(moment, unfamiliar=(moment.index == 2, False)) if moment.box else moment
        for moment in made.moments
    ]
    telling = dataclasses.replace(made, moments=tuple(flagged))
    write(telling, tmp_path / name)
    assert read_trace(tmp_path / name) == telling


def test_of_two_heads_one_alone_may_tell_what_is_unfamiliar(made: Trace, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    flagged = [dataclasses.replace(m, unfamiliar=(m.box is not None, False)) for m in made.moments]
    write_csv(dataclasses.replace(made, moments=tuple(flagged)), path)
    last = made.heads[1].name
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    gone = rows[0].index(f"{last}.unfamiliar")
    lines = [",".join(row[:gone] + row[gone + 1 :]) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    assert {moment.unfamiliar for moment in read_trace(path).with_face} == {(True, False)}


def test_a_csv_has_one_row_a_frame_and_names_its_columns(made: Trace, tmp_path: Path) -> None:
    write_csv(made, tmp_path / "t.csv")
    header, *rows = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("index,time_s,x,y,width,height,score,emotion.happy,emotion.sad.,")
    assert len(rows) == 5
    assert header.endswith(",model,smooth")
    assert rows[1] == "1,0.5" + "," * 13 + "made,0"


@pytest.mark.parametrize(("mark", "decimal", "between"), [("\ufeff", ".", ","), ("", ",", ";")])
def test_a_csv_that_a_spreadsheet_saved_is_read(
    made: Trace, tmp_path: Path, mark: str, decimal: str, between: str
) -> None:
    write_csv(made, tmp_path / "t.csv")
    rows = csv.reader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines())
    header, *cells = rows
    lines = [header, *([cell.replace(".", decimal) for cell in row] for row in cells)]
    text = "\r\n".join(between.join(line) for line in lines)
    (tmp_path / "t.csv").write_text(mark + text, encoding="utf-8", newline="")
    assert read_trace(tmp_path / "t.csv") == made


def test_a_csv_without_its_origin_is_read_as_of_an_unknown_model(
    made: Trace, tmp_path: Path
) -> None:
    write_csv(made, tmp_path / "t.csv")
    lines = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "t.csv").write_text("\n".join(line.rsplit(",", 2)[0] for line in lines), "utf-8")
    found = read_trace(tmp_path / "t.csv")
    assert (found.model, found.smooth, found.moments) == (None, None, made.moments)


def broken(made: Trace, path: Path, change: Callable[[dict[str, object]], object]) -> Path:
    write_json(made, path)
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda d: d.update(version=9), "version is 9"),
        (lambda d: d.update(moments=[]), "no frame"),
        (lambda d: d.pop("heads"), "heads"),
        (lambda d: d["moments"].reverse(), "times do not rise"),
        (lambda d: d["moments"][1].update(time_s=0), "times do not rise"),
        (lambda d: d["moments"][0].update(time_s="0"), "'0' is not a number"),
        (lambda d: d["moments"][0].update(uncertain=[]), "whether it is uncertain"),
        (lambda d: d["moments"][0].update(uncertain="no"), "neither true nor false"),
        (lambda d: d["moments"][0].update(box=None), "only some of box"),
        (lambda d: d["moments"][0]["box"].update(x="1"), "'1' is not a number"),
        (lambda d: d["moments"][0]["box"].pop("x"), "'x' is missing"),
        (lambda d: d["heads"][0].update(labels=[1, 2]), "1 is not a text"),
        (lambda d: d["moments"][0]["probabilities"][0].pop(), "not one value for each label"),
        (lambda d: d["moments"][0].update(probabilities=[[2, -1], [0, 0, 1]]), "not from 0 to 1"),
        (lambda d: d["moments"][0].update(probabilities=[[0, 0], [0, 0, 1]]), "do not make 1"),
    ],
)
def test_a_trace_that_no_clip_gives_is_refused_by_name(
    made: Trace, tmp_path: Path, change: Callable[[dict[str, object]], object], complaint: str
) -> None:
    with pytest.raises(InputError, match=f"t.json: .*{complaint}"):
        read_trace(broken(made, tmp_path / "t.json", change))


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", "index,time_s\n0,0\n"])
def test_another_csv_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(InputError, match=r"t\.csv: is not a trace"):
        read_trace(tmp_path / "t.csv")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("index,time_s,x,y\n0,0,1,2\n")
    with pytest.raises(InputError, match="it has no column width, height, score"):
        read_trace(tmp_path / "t.csv")


def test_a_csv_that_is_unsure_in_other_words_is_refused(made: Trace, tmp_path: Path) -> None:
    write_csv(made, tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8")
    (tmp_path / "t.csv").write_text(text.replace(",0,made", ",no,made"), "utf-8")
    with pytest.raises(InputError, match="'no' is neither 0 nor 1"):
        read_trace(tmp_path / "t.csv")


def test_json_too_deep_to_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text("[" * 200_000)
    with pytest.raises(InputError, match=r"t\.json: is not a trace"):
        read_trace(tmp_path / "t.json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        read_trace(tmp_path / "none.csv")


def test_frames_without_a_face_last_until_the_next(made: Trace) -> None:
    assert list(gaps(made.moments)) == [(0.5, 1.0), (3.0, 3.0)]


def test_neighbouring_seconds_with_one_answer_are_one_span(made: Trace) -> None:
    found = [(span.start_s, span.stop_s, span.label) for span in leading(made, 0)]
    assert found == [(0, 1, "happy"), (1, 3, "sad."), (3, 4, None)]
