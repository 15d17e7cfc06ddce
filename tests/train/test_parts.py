from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.data import Record
from train.options import FitOptions
from train.parts import divide, read_parts

OPTIONS = FitOptions(epochs=4)


def records(count: int) -> list[Record]:
    return [
        Record(name=str(i), labels={"emotion": "rare" if i % 10 == 0 else "usual"}, read=bytes)
        for i in range(count)
    ]


def test_the_parts_share_nothing_and_together_are_all() -> None:
    parts = divide(records(103), 4, "emotion")
    names = [record.name for part in parts for record in part]
    assert sorted(names) == sorted(str(i) for i in range(103))


def test_every_part_has_its_share_of_every_label() -> None:
    for part in divide(records(80), 4, "emotion"):
        assert Counter(record.labels["emotion"] for record in part) == {"rare": 2, "usual": 18}


def test_a_number_means_that_many_equal_parts() -> None:
    assert read_parts("3", OPTIONS) == [OPTIONS] * 3


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "parts.toml"
    file.write_text("[[part]]\nepochs = 2\n[[part]]\nrate = 1\nmomentum = 0.5\nbatch = 32\n")
    first, second = read_parts(str(file), OPTIONS)
    assert first == FitOptions(epochs=2)
    assert second == FitOptions(epochs=4, rate=1.0, momentum=0.5, batch=32)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[part]]\nseed = 3", "part 1: 'seed' cannot change; epochs, batch, rate, momentum can"),
        ("[[part]]\n[[part]]\nepochs = 0", "part 2: epochs is 0, not from 1 to"),
        ("[[part]]\nrate = 'high'", "part 1: rate is 'high', not float"),
        ("part = 3", r"holds no \[\[part\]\] tables"),
        ("[[part", "is not TOML"),
    ],
)
def test_a_file_that_means_nothing_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "parts.toml"
    file.write_text(text)
    with pytest.raises(InputError, match=complaint):
        read_parts(str(file), OPTIONS)


def test_neither_a_number_nor_a_file_is_refused() -> None:
    with pytest.raises(InputError, match="many: is neither a number of parts nor a file"):
        read_parts("many", OPTIONS)
