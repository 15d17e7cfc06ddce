"""`python -m train pseudo`: learn from faces that a net labels itself, where it is sure."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from face_detect import arguments
from face_detect.command import InputError
from face_detect.swap import refuse_strangers
from train.commands import Commands
from train.commands.data_arguments import add_reading_arguments, data_at, fetch_data, reading_of
from train.commands.fit import ROOT, fabric_for
from train.commands.option_arguments import add_option_arguments, options_from
from train.options import Precision
from train.pseudo.options import EVERY_RATE, Choosing, Ending, Forgetting, Labels, Learning

if TYPE_CHECKING:
    from train.options import FitOptions
    from train.plan import Plan
    from train.pseudo.found import Found
    from train.pseudo.task import Wanted
    from train.watch import Watch

EXAMPLE = """examples:
  python -m train pseudo emotion fer2013.zip fairface.zip
  python -m train pseudo emotion fer2013.zip faces/ --forgetting sample --share 0.1 --labels soft
  python -m train pseudo emotion fer2013.zip fairface.zip --rounds 3 --patience 0 --seeds 0,1,2 \\
      --forgetting replay,sample,generated,distil,none,old
  python -m train pseudo emotion fer2013.zip faces/ --faces 500 --most 200 --epochs 1  # a look

A round: the net answers each face of UNLABELLED --passes times with dropout on; a face is taken
where the mean gives one label --sure or more and the passes agree as they do where the net is right
(--information), of each label at most its cap; the net learns on from these, at a smaller rate.
Photos go through the face detector and the model's own crop; nothing is taken that validation or
test has, too.

--cap half lets no label be more than half of what is taken, so that an easy one ("happy") does not
swallow the set: where the net is sure of that one alone, nothing is taken. Where that leaves too
few, take less sure faces (--sure 0.8), or give numbers (300, or happy=300,sad=100), or none.

--forgetting says what is learned beside them:
  replay     all of the labelled part
  sample     a share of it, the same in every round
  generated  pictures of a small net that learned to draw it (a class-conditional VAE)
  distil     no old picture: the net follows MODEL's answers to the new faces
  none       nothing, for comparison
  old        the labelled part and no new face, for comparison: what as many steps bring alone
An epoch shows as many pictures as the labelled part has, or all there are to learn from where these
are more; fewer are shown again and again. So every way takes as many steps.

Validation decides: a course of rounds stops after --patience rounds without gain in macro F1, and
its best net is kept. When all courses have ended, every round's net is asked about the test part,
by which nothing is chosen. The labelled part is parted as in MODEL's fit, so that validation has
nothing that MODEL learned from: by MODEL's held_back.txt, or by its recipe.json; if it has neither,
give that fit's --valid and --split-seed. Labels and corrections are to be those of the fit, too.
Whether the same pictures decide as then is checked, as far as MODEL's folder tells them.

DIR/report.html has curves, counts and faces, DIR/rounds.json every figure, DIR/runs/ a record of
each round with the chosen faces, DIR/models/ its net. The best of all goes to models/MODEL-pseudo,
for evaluate and make export. Interrupted or killed, the same command goes on: no finished round is
lost or run again, and an unfinished one goes on from its last whole epoch.
"""


def add(commands: Commands) -> None:
    """`python -m train pseudo`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "learn from faces without labels, where the net is sure"
    pseudo = commands.add_parser("pseudo", help=summary, epilog=EXAMPLE, formatter_class=raw)
    pseudo.add_argument("model", metavar="MODEL", help="a model's folder or its name in models/")
    pseudo.add_argument(
        "data", type=data_at, metavar="LABELLED", help="what MODEL was fitted on; as fit reads it"
    )
    pseudo.add_argument(
        "unlabelled", type=data_at, metavar="UNLABELLED", help="faces; labels, if any, are not used"
    )
    _add_choosing(pseudo.add_argument_group("which faces are taken"))
    _add_learning(pseudo.add_argument_group("how a round learns"))
    add_option_arguments(pseudo.add_argument_group("how long"), Ending)
    _add_parts(pseudo.add_argument_group("the parts"))
    add_reading_arguments(pseudo, relabel="--relabel")
    pseudo.add_argument("--out", type=Path, metavar="DIR", help="(studies/pseudo-MODEL)")
    pseudo.add_argument("--best", type=Path, metavar="DIR", help="(models/MODEL-pseudo)")
    pseudo.add_argument(
        "--accelerator", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="(auto)"
    )
    pseudo.set_defaults(run=_pseudo)


def _add_choosing(group: argparse._ArgumentGroup) -> None:
    add_option_arguments(group, Choosing)
    group.add_argument(
        "--information",
        type=arguments.real(0, 10),
        metavar="NATS",
        help="most mutual information, how far passes may disagree (what 95 of 100 right and sure"
        " answers to validation pictures stay below)",
    )
    group.add_argument(
        "--cap",
        default="half",
        metavar="half|none|N|LABEL=N,...",
        help="most faces of each label (half: of all that are taken)",
    )
    group.add_argument(
        "--faces", type=arguments.whole(1), help="look at so many pictures, drawn by --split-seed"
    )
    group.add_argument(
        "--faces-framing",
        choices=("auto", "crop", "photo"),
        default="auto",
        help="whether UNLABELLED has faces cut out or photos (auto: as the data say)",
    )


def _add_learning(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--forgetting",
        type=_ways,
        default=("replay",),
        metavar="WAY[,WAY...]",
        help=f"{', '.join(typing.get_args(Forgetting))}; several are compared (replay)",
    )
    group.add_argument(
        "--seeds", type=_seeds, default=(0,), metavar="N,N,...", help="each way once with each (0)"
    )
    group.add_argument(
        "--labels",
        dest="taught",  # `labels` is what --relabel names
        choices=typing.get_args(Labels),
        default="hard",
        help="learn the likeliest label of a face, or all of its probabilities (hard)",
    )
    add_option_arguments(group, Learning, without={"labels"})
    group.add_argument("--epochs", type=arguments.whole(1), default=5, help="of each round (5)")
    group.add_argument(
        "--rate",
        type=arguments.real(0, 100),
        help=f"highest learning rate ({EVERY_RATE:g} of the recipe's, or of the usual one)",
    )
    group.add_argument("--batch", type=arguments.whole(1), help="pictures a step (the recipe's)")
    group.add_argument(
        "--precision", choices=typing.get_args(Precision), help="(as MODEL was fitted)"
    )


def _add_parts(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--valid", type=arguments.real(0, 0.9), help="share of train that decides (the recipe's)"
    )
    group.add_argument(
        "--split-seed", type=arguments.whole(0), help="what draws it (as MODEL's fit held back)"
    )
    group.add_argument(
        "--most",
        metavar="N|LABEL=N,...",
        help="have so many labelled pictures of each label at most, or of some (the recipe's)",
    )


def _ways(text: str) -> tuple[str, ...]:
    known = typing.get_args(Forgetting)
    found = tuple(dict.fromkeys(word.strip() for word in text.split(",")))
    for way in found:
        if way not in known:
            raise argparse.ArgumentTypeError(f"{way!r} is not one of {', '.join(known)}")
    return found


def _seeds(text: str) -> tuple[int, ...]:
    parse = arguments.whole(0, 10**6)
    return tuple(dict.fromkeys(parse(word) for word in text.split(",")))


def _pseudo(chosen: argparse.Namespace) -> None:
    from train.checkpoint import is_model
    from train.find_model import find_model
    from train.pseudo.keep_best import keep_best
    from train.pseudo.run_pseudo import run_pseudo
    from train.pseudo.task import check_wanted
    from train.pseudo.write_rounds import write_rounds
    from train.watch import Watch

    model = find_model(chosen.model, ROOT / "models")
    folder = chosen.out or ROOT / "studies" / f"pseudo-{model.name}"
    best = chosen.best or ROOT / "models" / f"{model.name}-pseudo"
    refuse_strangers(best, is_model)
    if best.resolve() == model.resolve():
        raise InputError(f"--best {best}: is MODEL itself")
    check_wanted(_wanted(chosen, model, Watch()))
    fetch_data(chosen)
    with _progress() as watch:
        wanted = _wanted(chosen, model, watch)
        found = run_pseudo(
            wanted,
            folder,
            ways=chosen.forgetting,
            seeds=chosen.seeds,
            ending=options_from(chosen, Ending),
            fabric=fabric_for(chosen.accelerator, wanted.labelled),
            watch=watch,
            so_far=lambda found: write_rounds(found, folder),
        )
        write_rounds(found, folder)
    kept = keep_best(found, best)
    _print(found, folder, best if kept else None)


def _wanted(chosen: argparse.Namespace, model: Path, watch: Watch) -> Wanted:
    from train.pseudo.faces import Unlabelled
    from train.pseudo.task import Wanted

    plan = _plan(chosen, model, watch)
    learning = options_from(
        chosen, Learning, without={"labels"}, labels=chosen.taught, fit=plan.options
    )
    return Wanted(
        model=model,
        labelled=plan,
        unlabelled=Unlabelled(
            data=chosen.unlabelled,
            framing=chosen.faces_framing,
            reading=dataclasses.replace(plan.reading, format="auto", corrections=None, labels=None),
            most=chosen.faces or 0,
            seed=plan.parting_seed,
        ),
        choosing=options_from(chosen, Choosing, cap=chosen.cap, information=chosen.information),
        learning=learning,
    )


def _plan(chosen: argparse.Namespace, model: Path, watch: Watch) -> Plan:
    """As MODEL was fitted, where it tells, with what was chosen."""
    from train.checkpoint import CONTRACT
    from train.contract import Contract
    from train.recipe import RECIPE, read_recipe

    contract = Contract.read(model / CONTRACT)
    if len(contract.heads) > 1:
        raise InputError(f"{model}: has several heads; self-training is for one")
    # What a new fit would lack, teachers and first weights, no round needs: it goes on from MODEL.
    plan, _ = read_recipe(model, chosen.data, f"pseudo-{model.name}")
    if not (model / RECIPE).is_file():
        watch.say(f"{model.name} has no {RECIPE}: rounds learn with the usual options")
    known = (chosen.split_seed, plan.split_seed, contract.origin.seed, 0)
    return dataclasses.replace(
        plan,
        reading=dataclasses.replace(reading_of(chosen), head=plan.head),
        framing=plan.framing if chosen.framing == "auto" else chosen.framing,
        valid_share=plan.valid_share if chosen.valid is None else chosen.valid,
        split_seed=next(seed for seed in known if seed is not None),
        parted_as=model if chosen.split_seed is None and chosen.valid is None else None,
        most=plan.most if chosen.most is None else chosen.most,
        options=_fit_options(chosen, plan.options),
    )


def _fit_options(chosen: argparse.Namespace, usual: FitOptions) -> FitOptions:
    rate = usual.rate * EVERY_RATE if chosen.rate is None else chosen.rate
    return dataclasses.replace(
        usual,
        epochs=chosen.epochs,
        rate=rate,
        batch=chosen.batch or usual.batch,
        precision=chosen.precision or usual.precision,
        patience=0,
        distil=0.0,
        freeze=0,
    )


@contextlib.contextmanager
def _progress() -> Iterator[Watch]:
    from train.watch import Watch

    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    text = TextColumn("{task.description}", markup=False)
    with Progress(text, *columns, console=console, transient=True) as bar:
        task = bar.add_task("working", total=None)

        def say(line: str) -> None:
            console.print(line)
            bar.update(task, description=line.partition(": ")[0], completed=0, total=None)

        try:
            yield Watch(
                say=say,
                on_step=lambda done, total: bar.update(task, completed=done, total=total),
            )
        except KeyboardInterrupt:
            console.print("no finished round is lost: the same command goes on from here")
            raise


def _print(found: Found, folder: Path, best: Path | None) -> None:
    from train.pseudo.write_rounds import REPORT, ways_table

    console = Console(highlight=False, markup=False)
    table = ways_table(found)
    shown = Table(box=None, header_style="dim", pad_edge=False)
    for i, title in enumerate(table.titles):
        shown.add_column(title, justify="right" if i else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*row)
    console.print(
        "points of macro F1 over MODEL by round; the last columns are of the nets that were kept:"
    )
    console.print(shown)
    name = found.task.wanted.model.name
    console.print(
        f"{best}: the best net" if best else f"no round was better than {name}: kept none"
    )
    console.print(f"{folder / REPORT}", soft_wrap=True)
