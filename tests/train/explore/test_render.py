from __future__ import annotations

import csv
import dataclasses
import io
import re

import numpy as np

from tests.train.explore.made import dataset_of, drawn, record_of
from train.data.dataset import Dataset, Problem
from train.data.record import Record
from train.explore.corrections_text import conflict_lines, odd_lines, suspect_lines
from train.explore.explore import ExploreOptions, explore
from train.explore.render import render
from train.explore.suspects import Suspect


def page_of(dataset: Dataset, most: int = 100) -> str:
    return render(explore(dataset, ExploreOptions(most=most)))


def labelled(*labels: str) -> Dataset:
    records = [record_of(drawn(i), f"{i}.png", label) for i, label in enumerate(labels)]
    return dataset_of(*records)


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = page_of(labelled("sad", "happy", "sad"))
    assert "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)=\"(?!data:)", page)
    assert "data:image/jpeg;base64," in page


def test_names_and_labels_are_text_whatever_they_hold() -> None:
    evil = record_of(drawn(0), "<script>alert(1)</script>.png", "<b>슬픔</b>")
    page = page_of(dataset_of(evil))
    assert "<script>" not in page
    assert "&lt;b&gt;슬픔&lt;/b&gt;" in page


def test_what_was_left_out_is_named_and_counted() -> None:
    lost = tuple(Problem(name=f"{i}.jpg", kind="file missing") for i in range(9))
    page = page_of(dataclasses.replace(labelled("sad"), problems=lost))
    assert "file missing" in page
    assert "0.jpg" in page
    assert '<td class="n">9</td>' in page


def test_a_sample_is_said_to_be_one() -> None:
    dataset = labelled("sad", "happy", "sad")
    assert "3 pictures. 2 of them, drawn at random" in page_of(dataset, most=2)
    assert "drawn at random" not in page_of(dataset)


def test_pictures_without_labels_have_a_page() -> None:
    assert "no label" not in page_of(dataset_of(record_of(drawn(0)), record_of(drawn(1))))


def test_a_page_is_made_even_when_no_picture_can_be_read() -> None:
    broken = Record(name="broken.png", labels={"emotion": "sad"}, read=bytes)
    assert "broken.png" in page_of(dataset_of(broken))


def test_copies_in_conflict_give_a_line_for_each_that_is_outvoted() -> None:
    names = {"a.png": "sad", "b, with comma.png": "happy", "c.png": "sad"}
    records = [record_of(drawn(0), name, label) for name, label in names.items()]
    lines = conflict_lines(explore(dataset_of(*records), ExploreOptions()))
    assert list(csv.reader(io.StringIO(lines))) == [
        ["name", "emotion"],
        ["b, with comma.png", "sad"],
    ]


def test_labels_in_doubt_give_the_better_label() -> None:
    found = explore(labelled("sad", "happy"), ExploreOptions())
    doubt = Suspect(place=0, record=found.looks.records[0], label="sad", better="happy", doubt=1.0)
    lines = suspect_lines(dataclasses.replace(found, suspects=(doubt,)))
    assert lines == "name,emotion\n0.png,happy\n"


def test_a_black_picture_is_to_be_dropped() -> None:
    black = record_of(np.zeros((48, 48, 3), np.uint8), "black.png", "sad")
    found = explore(dataset_of(black, record_of(drawn(0), label="sad")), ExploreOptions())
    assert odd_lines(found) == "name,emotion\nblack.png,drop\n"
