"""`python -m train skew`: which labels a model says too often, and what more pictures mend."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.ablate import add_study_arguments, print_findings, studied
from train.commands.data_arguments import add_reading_arguments, data_at, fetch_data, reading_of
from train.commands.fit import ROOT
from train.commands.watch import watch as stages
from train.commands.whole_numbers import whole_numbers
from train.outputs import check_output

if TYPE_CHECKING:
    from train.contract import Contract
    from train.data.dataset import Dataset
    from train.judged_part import Part
    from train.plan import Plan
    from train.study.findings import Findings
    from train.study.skew_on import SkewOn
    from train.study.top_up_study import Effect

EXAMPLE = """examples:
  python -m train skew emotion-slim fer2013.zip --html skew.html
  python -m train skew emotion-slim fer2013.zip other/ --json skew.json
  python -m train skew models/mine mine/ --top-up more/ --labels sad,fear \\
      --amounts 500,1000,2000 --seeds 0,1,2 --html skew.html

MODEL is a folder with weights and a contract.json, or a name in models/. It is judged on the test
part of each DATA, or what else was not learned from. A label is called over-predicted where it is
said more often than it is true, by more than chance.

With --top-up the net is fitted anew on the first DATA by MODEL's own recipe: as it was, and with so
many more pictures of each of the chosen labels. None is added that is learned from or judged on
already; what --most left out may come back. Interrupted or killed, the same command goes on, as
ablate does; its records and models lie in studies/skew-MODEL/.
"""


def add(commands: Commands) -> None:
    """`python -m train skew`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "which labels a model says too often, and what more pictures mend"
    skew = commands.add_parser("skew", help=summary, epilog=EXAMPLE, formatter_class=raw)
    skew.add_argument("model", metavar="MODEL", help="a model's folder or its name in models/")
    skew.add_argument(
        "data", nargs="+", type=data_at, metavar="DATA", help="what it is judged on, one or more"
    )
    add_reading_arguments(skew, relabel="--relabel")
    skew.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    skew.add_argument("--html", type=Path, metavar="FILE", help="write a report")
    _add_top_up(skew.add_argument_group("mending"))
    add_study_arguments(skew)
    skew.set_defaults(run=_skew)


def _add_top_up(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--top-up", type=data_at, metavar="DATA", help="where added pictures come from"
    )
    group.add_argument(
        "--labels", dest="added", type=_words, metavar="A,B", help="which labels are added"
    )
    group.add_argument(
        "--amounts",
        type=whole_numbers(1),
        default=(500, 1000, 2000),
        metavar="N,N,...",
        help="pictures of each of these labels (500,1000,2000)",
    )
    group.add_argument(
        "--seeds", type=whole_numbers(0), default=(0, 1, 2), metavar="N,N,...", help="(0,1,2)"
    )
    group.add_argument("--epochs", type=arguments.whole(1), help="of each run (the recipe's)")
    group.add_argument("--batch", type=arguments.whole(1), help="pictures a step (the recipe's)")
    group.add_argument(
        "--most",
        metavar="N|LABEL=N,...",
        help="learn from so many pictures of each label at most, or of some labels (the recipe's)",
    )


def _words(text: str) -> tuple[str, ...]:
    """Each one once."""
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _skew(chosen: argparse.Namespace) -> None:
    from train.check_plan import check_plan
    from train.checkpoint import load
    from train.find_model import find_model
    from train.study.render_skew import render_skew, skew_json

    check_output(chosen.json, (".json",), chosen.data)
    check_output(chosen.html, (".html",), chosen.data)
    if bool(chosen.top_up) != bool(chosen.added):
        raise InputError("--top-up needs --labels, and --labels needs --top-up")
    folder = find_model(chosen.model, ROOT / "models")
    _, contract = load(folder)
    _check_labels(chosen.added or (), contract)
    if chosen.top_up:
        check_plan(_plan(chosen, folder)[0])
    fetch_data(chosen)
    judged, skews = _judged(chosen, folder)
    _print(skews)
    effects: Sequence[Effect] = ()
    findings, note = None, ""
    if chosen.top_up:
        findings, effects, note = _topped_up(chosen, folder, judged)
    if chosen.json:
        text = json.dumps(skew_json(contract, skews, effects), indent=1, ensure_ascii=False)
        chosen.json.write_text(f"{text}\n", encoding="utf-8")
    if chosen.html:
        page = render_skew(contract, skews, effects, findings, note)
        chosen.html.write_text(page, encoding="utf-8")


def _check_labels(labels: Sequence[str], contract: Contract) -> None:
    (head,) = contract.heads if len(contract.heads) == 1 else (None,)
    if head is None:
        raise InputError(f"{contract.name}: has several heads; skew is told of models with one")
    for label in labels:
        if label not in head.labels:
            raise InputError(f"--labels: {label!r} is not one of {', '.join(head.labels)}")


def _judged(
    chosen: argparse.Namespace, folder: Path
) -> tuple[list[tuple[Dataset, Part]], list[SkewOn]]:
    from train.checkpoint import load
    from train.source import Source
    from train.study.skew_on import known_part, skew_on
    from train.watch import Watch

    net, contract = load(folder)
    judged, skews = [], []
    with stages("pictures") as on_step:
        watch = Watch(on_step=lambda done, total: on_step("pictures", done, total))
        for path in chosen.data:
            dataset, part, learned = _parts(path, chosen, folder, contract)
            dataset = known_part(dataset, contract, chosen.framing)
            judged.append((dataset, part))
            skews.append(
                skew_on(
                    net,
                    contract,
                    dataset,
                    part=part,
                    source=Source(),
                    watch=watch,
                    learned=learned,
                )
            )
    return judged, skews


def _parts(
    path: Path, chosen: argparse.Namespace, folder: Path, contract: Contract
) -> tuple[Dataset, Part, Dataset | None]:
    """The judged part of the data, and the part of them that one learns from."""
    from train.data.open_dataset import open_dataset
    from train.data.readable import readable
    from train.judged_part import judged_part
    from train.model_task import reading_for

    (head,) = contract.heads
    reading = dataclasses.replace(reading_of(chosen), head=head.name)
    reading = reading_for(folder, contract, reading)
    dataset, part = judged_part(path, models=[folder], reading=reading)
    names = {record.name for record in dataset.records}
    whole = readable(open_dataset(path, reading=reading))
    judged, rest = (
        tuple(
            record
            for record in whole.records
            if (record.name in names) == wanted and (wanted or record.split in (None, "train"))
        )
        for wanted in (True, False)
    )
    dataset = dataclasses.replace(whole, records=judged)
    return dataset, part, dataclasses.replace(whole, records=rest) if rest else None


def _topped_up(
    chosen: argparse.Namespace, folder: Path, judged: Sequence[tuple[Dataset, Part]]
) -> tuple[Findings, Sequence[Effect], str]:
    from train.source import SharedSource
    from train.study.top_up_study import effects, top_up_data, top_up_study
    from train.watch import Watch

    own: tuple[Dataset, Part]
    plan, note = _plan(chosen, folder)
    wanted = top_up_data(chosen.top_up, chosen.added, chosen.data[1:])
    name = f"skew-{folder.name}"
    study = top_up_study(plan, wanted, chosen.amounts, name=name, seeds=chosen.seeds)
    out = chosen.out or ROOT / "studies" / name
    if note:
        Console(stderr=True, highlight=False).print(note)
    findings = studied(study, out, chosen.accelerator)
    print_findings(findings, out)
    with stages("judging") as on_step:
        watch = Watch(on_step=lambda done, total: on_step("judging", done, total))
        # The runs' own test part: where the seed draws it, it is not the one that MODEL had.
        own = (findings.data.test, "held out by fit" if findings.data.drawn else judged[0][1])
        found = effects(findings, (own, *judged[1:]), SharedSource(), watch)
    _print_effects(found)
    return findings, found, note


def _plan(chosen: argparse.Namespace, folder: Path) -> tuple[Plan, str]:
    from train.recipe import read_recipe

    plan, note = read_recipe(folder, chosen.data[0], f"skew-{folder.name}")
    options = plan.options
    changes = {key: getattr(chosen, key) for key in ("epochs", "batch") if getattr(chosen, key)}
    plan = dataclasses.replace(
        plan,
        options=dataclasses.replace(options, **changes),
        reading=dataclasses.replace(reading_of(chosen), head=plan.head),
        framing=plan.framing if chosen.framing == "auto" else chosen.framing,
        most=plan.most if chosen.most is None else chosen.most,
    )
    return plan, note


def _print(skews: Sequence[SkewOn]) -> None:
    from train.judgement_notes import PART_NOTES
    from train.study.render_skew import shared_line
    from train.study.table import ratio

    console = Console(highlight=False, markup=False)
    for found in skews:
        console.print(
            f"\n{found.data}, {PART_NOTES[found.part]}: {found.figures.pictures} pictures"
        )
        table = Table(box=None, header_style="dim", pad_edge=False)
        for title in ("label", "true", "said", "ratio (95%)", "p", ""):
            table.add_column(title, justify="left" if title in ("label", "") else "right")
        for item in found.skew.labels:
            shares = (f"{item.true_share:.1%}", f"{item.predicted_share:.1%}")
            table.add_row(item.label, *shares, ratio(item), f"{item.p:.3f}", item.verdict)
        console.print(table)
        console.print(found.skew.verdict)
        console.print(shared_line(found))


def _print_effects(effects: Sequence[Effect]) -> None:
    from train.study.render_skew import by_data
    from train.study.table import share

    console = Console(highlight=False, markup=False)
    for data, rows in by_data(effects):
        table = Table(
            box=None, header_style="dim", pad_edge=False, title=data, title_justify="left"
        )
        labels = [f"{label}: said − true" for label in rows[0].surplus]
        for title in ("added", "macro recall", "macro F1", "answers to move", *labels):
            table.add_column(title, justify="right")
        for row in rows:
            figures = (row.figures[key] for key in ("macro_recall", "macro_f1", "moved"))
            table.add_row(str(row.amount), *map(share, figures), *map(share, row.surplus.values()))
        console.print(table)
