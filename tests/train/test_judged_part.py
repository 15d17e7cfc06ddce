from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.judged_part import HELD_BACK, HELD_OUT, data_and_name, held_out_names, judged_part

NAMES = ("happy/1.png", "happy/2.png", "sad/1.png", "sad/2.png")


def packed(folder: Path, *parts: str) -> Path:
    """A zip with two pictures of each label in every part; "" for no parts."""
    path = folder / "made.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in parts:
            for name in NAMES:
                archive.writestr(f"{part}/{name}".lstrip("/"), b"picture")
    return path


def told(folder: Path, names: Iterable[str], file: str = HELD_OUT) -> Path:
    """A model's folder, as far as it is looked at here."""
    folder.mkdir(exist_ok=True)
    (folder / file).write_text("".join(f"{name}\n" for name in names), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("parts", "asked", "expected"),
    [
        (("train", "valid", "test"), None, "test"),
        (("train", "valid"), None, "valid"),
        (("train", "valid"), "training", "train"),
        (("train", "valid"), "all", "all"),
        (("train",), None, "train"),
        (("private",), None, "private"),
        (("",), None, "all"),
        (("",), "test", "all"),
    ],
)
def test_the_part_is_named_for_what_it_is(
    tmp_path: Path, parts: tuple[str, ...], asked: str | None, expected: str
) -> None:
    dataset, part = judged_part(packed(tmp_path, *parts), asked)
    assert part == expected
    assert len(dataset.records) == len(NAMES) * (len(parts) if expected == "all" else 1)


def test_without_parts_only_what_fit_held_out_is_judged(tmp_path: Path) -> None:
    dataset, part = judged_part(packed(tmp_path, ""), models=[told(tmp_path / "a", NAMES[1:3])])
    assert part == "held out by fit"
    assert [record.name for record in dataset.records] == list(NAMES[1:3])


def test_parts_of_the_data_go_before_what_fit_held_out(tmp_path: Path) -> None:
    model = told(tmp_path / "a", ["train/happy/1.png"])
    assert judged_part(packed(tmp_path, "train", "test"), models=[model])[1] == "test"


def test_names_that_other_data_lack_do_not_choose_among_them(tmp_path: Path) -> None:
    model = told(tmp_path / "a", [NAMES[0], "else/1.png", "else/2.png"])
    dataset, part = judged_part(packed(tmp_path, ""), models=[model])
    assert (len(dataset.records), part) == (4, "all")


def test_held_out_names_are_one_a_line(tmp_path: Path) -> None:
    assert held_out_names(tmp_path) == frozenset()
    (tmp_path / "held_out.txt").write_text("sad/a b.png\nhappy/얼굴.png\n", "utf-8")
    assert held_out_names(tmp_path) == {"sad/a b.png", "happy/얼굴.png"}


def test_a_list_of_names_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "held_out.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"held_out\.txt: cannot be read"):
        held_out_names(tmp_path)


def test_of_several_data_those_are_judged_on_that_have_the_names_whatever_they_are_called(
    tmp_path: Path,
) -> None:
    others = {data_and_name("others.zip", f"happy/{i}.png") for i in range(1, 9)}
    held_out = others | {data_and_name("before.zip", name) for name in NAMES[1:3]}
    dataset, part = judged_part(packed(tmp_path, ""), models=[told(tmp_path / "a", held_out)])
    assert part == "held out by fit"
    assert [record.name for record in dataset.records] == list(NAMES[1:3])


def test_of_data_with_the_same_names_those_are_meant_that_are_called_so(tmp_path: Path) -> None:
    named = {"made.zip": NAMES[0], "another.zip": NAMES[3], "other.zip": NAMES[2]}
    held_out = [data_and_name(data, name) for data, name in named.items()]
    dataset, _ = judged_part(packed(tmp_path, ""), models=[told(tmp_path / "a", held_out)])
    assert [record.name for record in dataset.records] == [NAMES[0]]


def test_several_models_are_judged_on_what_all_that_were_fitted_to_the_data_held_out(
    tmp_path: Path,
) -> None:
    models = [
        told(tmp_path / "a", NAMES[:3]),
        told(tmp_path / "b", [data_and_name("made.zip", name) for name in NAMES[1:]]),
        told(tmp_path / "other", ["else/1.png", "else/2.png"]),
        told(tmp_path / "none", []),
    ]
    dataset, part = judged_part(packed(tmp_path, ""), models=models)
    assert part == "held out by fit"
    assert [record.name for record in dataset.records] == list(NAMES[1:3])


def test_models_that_held_out_nothing_in_common_are_not_judged_on_what_they_learned_from(
    tmp_path: Path,
) -> None:
    models = [told(tmp_path / "a", NAMES[:2]), told(tmp_path / "b", NAMES[2:])]
    with pytest.raises(InputError, match=r"made\.zip: no picture was held out in the fits of all"):
        judged_part(packed(tmp_path, ""), models=models)


OF_TRAIN = tuple(f"train/{name}" for name in NAMES)


@pytest.mark.parametrize("asked", ["valid", "val"])
def test_what_fit_held_back_is_the_valid_part_of_data_that_have_none(
    tmp_path: Path, asked: str
) -> None:
    model = told(tmp_path / "a", OF_TRAIN[1:3], HELD_BACK)
    dataset, part = judged_part(packed(tmp_path, "train", "test"), asked, models=[model])
    assert part == "held back by fit"
    assert [record.name for record in dataset.records] == list(OF_TRAIN[1:3])


def test_a_valid_part_of_their_own_goes_before_what_fit_held_back(tmp_path: Path) -> None:
    model = told(tmp_path / "a", OF_TRAIN[1:3], HELD_BACK)
    data = packed(tmp_path, "train", "valid", "test")
    dataset, part = judged_part(data, "valid", models=[model])
    assert (part, {record.split for record in dataset.records}) == ("valid", {"valid"})


def test_a_valid_part_that_a_model_is_judged_by_is_not_given_to_choose_by(tmp_path: Path) -> None:
    model = told(tmp_path / "a", OF_TRAIN[1:3], HELD_BACK)
    data = packed(tmp_path, "train", "valid")
    judged, part = judged_part(data, models=[model])
    chosen_by, _ = judged_part(data, "valid", models=[model])
    assert part == "valid"
    assert [record.name for record in chosen_by.records] == list(OF_TRAIN[1:3])
    assert not {record.name for record in judged.records} & set(OF_TRAIN[1:3])


def test_without_parts_what_fit_held_back_is_another_part_than_what_it_held_out(
    tmp_path: Path,
) -> None:
    model = told(told(tmp_path / "a", NAMES[:1]), NAMES[1:3], HELD_BACK)
    data = packed(tmp_path, "")
    parts = [judged_part(data, asked, models=[model]) for asked in (None, "valid")]
    assert [part for _, part in parts] == ["held out by fit", "held back by fit"]
    assert [len(dataset.records) for dataset, _ in parts] == [1, 2]


@pytest.mark.parametrize("names", [(), ("train/else/1.png", "train/else/2.png")])
def test_a_model_of_other_data_and_one_that_tells_nothing_have_no_valid_part(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    model = told(tmp_path / "a", names, HELD_BACK)
    with pytest.raises(InputError, match=r"made\.zip: has no split 'valid', only"):
        judged_part(packed(tmp_path, "train", "test"), "valid", models=[model])


def test_what_a_model_is_judged_by_is_never_given_to_choose_by(tmp_path: Path) -> None:
    model = told(tmp_path / "a", NAMES[:1])
    with pytest.raises(InputError, match=r"made\.zip: has no part to choose by"):
        judged_part(packed(tmp_path, ""), "valid", models=[model])


def test_the_valid_part_of_several_models_is_what_all_of_them_held_back(tmp_path: Path) -> None:
    data = packed(tmp_path, "train", "test")
    first, second, third = (
        told(tmp_path / name, held, HELD_BACK)
        for name, held in (("a", OF_TRAIN[:3]), ("b", OF_TRAIN[2:]), ("c", OF_TRAIN[:2]))
    )
    dataset, _ = judged_part(data, "valid", models=[first, second])
    assert [record.name for record in dataset.records] == [OF_TRAIN[2]]
    with pytest.raises(InputError, match=r"no picture was held back in the fits of all of .*b"):
        judged_part(data, "valid", models=[second, third])
    older = told(tmp_path / "older", [])
    with pytest.raises(InputError, match=r"older: does not tell which pictures of made\.zip"):
        judged_part(data, "valid", models=[first, older])
