"""Answers to a table's other questions, as they follow from what a net answers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from train.calibration import Probabilities
from train.contract import Head
from train.data.task import UNUSED, Question, Task


def derived(
    heads: Sequence[Head], answers: Sequence[Probabilities], task: Task
) -> Iterator[tuple[Head, Probabilities]]:
    """Each head of the table that the net lacks but directly decides, with its probabilities.

    Of one that follows from the net's heads, these are taken as independent: 18 classes out of
    mask, gender and age group. One from which a head of the net follows gets the sums over that
    head's labels: mask out of the 18 classes. A head whose labels are not the table's decides
    nothing: its columns mean something else.
    """
    own = {
        head.name: each
        for head, each in zip(heads, answers, strict=True)
        if head.name in task.table and head.labels == task.table[head.name].labels
    }
    answered = {head.name for head in heads}
    for question in task.table.values():
        if question.name in answered:
            continue
        found = _following(question, own, task)
        if found is None:
            sums = (_summed(question, task.table[name], own[name]) for name in own)
            found = next((each for each in sums if each is not None), None)
        if found is not None:
            yield Head(name=question.name, labels=question.labels), found


def _following(
    question: Question, own: Mapping[str, Probabilities], task: Task
) -> Probabilities | None:
    sources = next((each for each in question.source_sets if own.keys() >= set(each)), None)
    if sources is None:
        return None
    rules = [rule for rule in question.rules if rule.sources == sources]
    found = np.zeros((len(own[sources[0]]), len(question.labels)))
    for chosen in itertools.product(*(enumerate(task.table[name].labels) for name in sources)):
        labels = [label for _, label in chosen]
        rule = next(rule for rule in rules if rule.covers(labels))
        if rule.label != UNUSED:
            columns = [own[name][:, i] for name, (i, _) in zip(sources, chosen, strict=True)]
            found[:, question.labels.index(rule.label)] += np.prod(columns, axis=0)
    whole: Probabilities = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12)
    return whole


def _summed(question: Question, child: Question, answers: Probabilities) -> Probabilities | None:
    """None unless each of the child's labels comes with one of the question's."""
    found = np.zeros((len(answers), len(question.labels)))
    for column, label in enumerate(child.labels):
        fitting = {
            own
            for rule in child.rules
            if rule.label == label and question.name in rule.sources
            for own in question.labels
            if rule.values[rule.sources.index(question.name)].has(own)
        }
        if len(fitting) != 1:
            return None
        found[:, question.labels.index(fitting.pop())] += answers[:, column]
    return found
