"""A task's table, read from a small CSV file and checked for gaps and circles.

    head,label,from,is
    mask,worn,mask,with_mask | mask1
    age group,<30,age,0..29 | 20-29
    class,"worn, <30",mask + age group,worn + <30

A row says that HEAD has LABEL where FROM is one of IS. A head's own labels stand for themselves.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

from face_detect.command import InputError
from train.data.table import Row, Table, parse_table, read_named
from train.data.task import UNUSED, Question, Rule, Task
from train.data.values import read_values

COLUMNS = ("head", "label", "from", "is")
_AND = " + "


def read_task(path: Path) -> Task:
    """The table in a file."""
    return parse_task(read_named(path), str(path))


def parse_task(content: bytes, name: str) -> Task:
    """A table's text; complaints name the file and the line."""
    table = parse_table(content, name)
    if not is_task(table):
        raise InputError(f"{name}: needs the columns {','.join(COLUMNS)} in its first line")
    rules = [_rule(row) for row in table.rows]
    if not rules:
        raise InputError(f"{name}: has no rows below its header")
    heads = dict.fromkeys(rule.head for rule in rules)
    questions = _in_order({head: _question(head, rules) for head in heads})
    for question in questions.values():
        _check(question, questions)
    followed = {source for rule in rules for source in rule.sources if source != rule.head}
    return Task(
        name=Path(name).name,
        text=content.decode("utf-8-sig"),
        table=questions,
        heads=tuple(head for head in heads if head not in followed),
    )


def is_task(table: Table) -> bool:
    """Whether a CSV file is such a table."""
    return table.columns == COLUMNS


def _rule(row: Row) -> Rule:
    empty = [column for column in COLUMNS if not row[column]]
    if empty:
        raise InputError(f"{row.where}: has a gap; {' and '.join(empty)} is empty")
    sources = tuple(part.strip() for part in row["from"].split(_AND))
    values = tuple(read_values(part, row.where) for part in row["is"].split(_AND))
    if "" in sources or len(set(sources)) < len(sources):
        raise InputError(f"{row.where}: from {row['from']!r} names no source, or one twice")
    if len(values) != len(sources):
        raise InputError(
            f"{row.where}: has {len(sources)} sources in from, and {len(values)} labels in is"
        )
    return Rule(
        where=row.where, head=row["head"], label=row["label"], sources=sources, values=values
    )


def _question(head: str, rules: Sequence[Rule]) -> Question:
    own = tuple(rule for rule in rules if rule.head == head)
    labels = tuple(dict.fromkeys(rule.label for rule in own if rule.label != UNUSED))
    if len(labels) < 2:
        raise InputError(f"{own[0].where}: head {head!r} needs at least two labels, not {labels}")
    return Question(name=head, labels=labels, rules=own)


def _in_order(questions: Mapping[str, Question]) -> dict[str, Question]:
    """Each after those that it follows from."""
    ordered: dict[str, Question] = {}

    def visit(name: str, way: tuple[str, ...], where: str) -> None:
        if name in way:
            circle = " → ".join((*way[way.index(name) :], name))
            raise InputError(f"{where}: the table goes in a circle, {circle}")
        if name in ordered or name not in questions:
            return
        for rule in questions[name].rules:
            for source in rule.sources:
                if source != name:
                    visit(source, (*way, name), rule.where)
        ordered[name] = questions[name]

    for name in questions:
        visit(name, (), questions[name].where)
    return ordered


def _check(question: Question, questions: Mapping[str, Question]) -> None:
    _check_own(question)
    for rule, other in itertools.combinations(question.rules, 2):
        if rule.sources == other.sources and rule.label != other.label:
            _check_apart(rule, other)
    for sources in question.source_sets:
        rules = [rule for rule in question.rules if rule.sources == sources]
        if question.name not in sources and all(source in questions for source in sources):
            _check_whole(rules, [questions[source].labels for source in sources])
        if len(sources) == 1:
            _check_years(rules)


def _check_own(question: Question) -> None:
    """A head's own labels stand for themselves: no row gives one of them another name."""
    written = {label.casefold(): label for label in reversed(question.labels)}
    for rule in question.rules:
        first = written.get(rule.label.casefold(), rule.label)
        if first != rule.label:
            raise InputError(f"{rule.where}: {rule.label!r} is {first!r} above it in another case")
        if rule.sources != (question.name,):
            continue
        words = (*rule.values[0].words, *question.labels)
        own = {question.spelled(word) or rule.label for word in words if rule.covers((word,))}
        if taken := sorted(own - {rule.label}):
            raise InputError(
                f"{rule.where}: {taken[0]!r} is a label of {question.name!r} itself, and"
                f" cannot be {rule.label!r}"
            )


def _check_apart(first: Rule, second: Rule) -> None:
    """Two rows of different labels are about nothing alike."""
    shared = []
    for mine, theirs in zip(first.values, second.values, strict=True):
        words = [word for word in mine.words if theirs.has(word)]
        words += [word for word in theirs.words if mine.has(word)]
        words += [
            str(max(a[0], b[0]))
            for a, b in itertools.product(mine.years, theirs.years)
            if max(a[0], b[0]) <= min(a[1], b[1])
        ]
        shared.append(words)
    if all(shared):
        both = _AND.join(words[0] for words in shared)
        raise InputError(
            f"{second.where}: {both!r} is {second.label!r}, and above it is {first.label!r}"
        )


def _check_whole(rules: Sequence[Rule], labels: Sequence[Sequence[str]]) -> None:
    for combination in itertools.product(*labels):
        if not any(rule.covers(combination) for rule in rules):
            raise InputError(
                f"{rules[0].where}: no row of {rules[0].head!r} from here on covers"
                f" {_AND.join(combination)!r}"
            )


def _check_years(rules: Sequence[Rule]) -> None:
    """Numbers between two rows' belong to a row, too."""
    spans = sorted((years, rule.where) for rule in rules for years in rule.values[0].years)
    reached, _ = spans[0] if spans else ((0, 0.0), "")
    for (low, high), where in spans[1:]:
        if low > reached[1] + 1:
            raise InputError(
                f"{where}: no row of {rules[0].head!r} covers {reached[1] + 1:g}, though some cover"
                f" {reached[1]:g} and {low}"
            )
        reached = (reached[0], max(reached[1], high))
