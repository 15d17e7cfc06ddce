"""`python -m train fit`: fit a net to labelled faces."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from face_detect import arguments
from face_detect.command import InputError, MachineError
from face_detect.swap import refuse_strangers
from train.commands import Commands
from train.commands.cluster_arguments import add_cluster_arguments, asks_for_ray
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.option_arguments import add_option_arguments, options_from
from train.nets import NETS
from train.options import Augment, FitOptions

if TYPE_CHECKING:
    from lightning_fabric import Fabric

    from train.data.task import Task
    from train.plan import Plan
    from train.run import Outcome
    from train.watch import Watch

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """examples:
  python -m train fit fer2013.zip --name emotion --precision bf16-mixed
  python -m train fit fer2013.zip --name b0 --net efficientnet-b0 --optimizer adamw --rate 0.002 \\
      --weight-decay 0.03 --patience 5
  python -m train fit fer2013.zip --name pupil --teacher models/big --distil 0.7
  python -m train fit mine/ --name mine --from models/emotion-b0 --freeze 4
  python -m train fit fer2013.zip fairface.zip mask.zip --name attributes \\
      --task docs/tasks/attributes.csv --teacher emotion-slim --distil 0.5
  python -m train fit shards --name korean --devices 8 --engine ray --address auto

DATA is any dataset that `python -m train explore` can read, with parts train and test. A share of
train is held back to choose the best epoch and to calibrate; test is used once, at the end.
Photos go through the face detector; faces already cut out go through the same resize as in the
browser.

With --task several DATA teach one net with several heads. TABLE is a CSV file with a rule a line:

  head,label,from,is
  gender,female,gender,female
  age group,<30,age,0..29 | 20-29
  mask,worn,mask,with_mask
  class,"worn, <30",mask + age group,worn + <30

HEAD has LABEL where FROM is one of IS: | is or, .. is from year to year, + takes several together,
and - for a label leaves its pictures out. Labels come in the order of the rows; a head's own stand
for themselves, and heads that nothing follows from are those of the net (--head a,b takes others).
Each picture teaches the heads that it knows, and only those. --balance-heads and --balance plan how
often each kind of picture and each combination of its labels comes. A gap or a circle in the table
is named with its line.

The model goes to models/NAME/ (weights, contract, card, curves), its record to a new folder
runs/NAME-001/ (configuration, log, curves, checkpoint). Started again, a run that was interrupted
goes on from where it was, or from five minutes before, and ends as if it had not been.

With --engine ray the processes are those of a cluster's nodes, with a GPU each, or a CPU. All nodes
read DATA and write models/ and runs/ by the same paths.
"""


def add(commands: Commands) -> None:
    """`python -m train fit`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "labelled faces in, models/NAME/ out"
    fit = commands.add_parser("fit", help=summary, epilog=EXAMPLE, formatter_class=raw)
    fit.add_argument(
        "--name",
        required=True,
        type=arguments.name,
        help="the model's name: models/NAME/ is written",
    )
    fit.add_argument("--out", type=Path, metavar="DIR", help="its folder (models/NAME)")
    _add_net(fit.add_argument_group("the net"))
    fit.add_argument("--runs", type=Path, metavar="DIR", help="where the run's record goes (runs)")
    add_data_arguments(fit, several=True)
    _add_use(fit.add_argument_group("its use"))
    add_option_arguments(fit.add_argument_group("fitting"), FitOptions)
    add_option_arguments(fit.add_argument_group("augmentation"), Augment)
    machine = fit.add_argument_group("the machine")
    machine.add_argument(
        "--accelerator", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="(auto)"
    )
    machine.add_argument(
        "--devices",
        type=arguments.whole(1),
        default=1,
        help="processes (1; torchrun says itself how many)",
    )
    add_cluster_arguments(machine)
    fit.set_defaults(run=_fit)


def _add_net(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--net",
        default="slim",
        metavar="NET",
        help=f"one of {', '.join(sorted(NETS))}, with options such as slim:dropout=0.3,"
        "activation=gelu (slim, the page's own)",
    )
    group.add_argument("--size", type=arguments.whole(1), default=48, help="side of its input (48)")
    group.add_argument("--channels", choices=("grey", "rgb"), default="grey", help="(grey)")
    group.add_argument("--from", dest="weights", metavar="MODEL", help="begin with these weights")
    group.add_argument(
        "--teacher",
        action="append",
        default=[],
        metavar="MODEL",
        help="learn from this model's answers, too; more than one: from their mean",
    )


def _add_use(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--head",
        help="which of the data's labels (emotion); of a table's, one or more: mask,gender",
    )
    group.add_argument("--task", type=Path, metavar="TABLE", help="what is asked: heads and labels")
    group.add_argument(
        "--valid",
        type=arguments.real(0, 0.9),
        default=0.1,
        help="share of train that is held back (0.1); with --from, and no --split-seed, what that"
        " model's fit held back, if its folder tells and it is not too little",
    )
    group.add_argument(
        "--split-seed",
        type=arguments.whole(0),
        help="what draws it: the same for nets that are to be compared, or to teach one another"
        " (--seed)",
    )
    group.add_argument(
        "--most",
        default="",
        metavar="N|LABEL=N,...",
        help="learn from so many pictures of each label at most, or of some labels (all)",
    )
    group.add_argument(
        "--parts",
        metavar="N|FILE",
        help="train on N parts one after another, for data that does not fit into memory; a TOML"
        " file with a [[part]] table each may change epochs, batch, rate and momentum",
    )
    group.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        help="keep the cut faces there instead of in memory; later runs find them (memory)",
    )
    group.add_argument("--data-name", help="what the card calls the data (its file name)")
    group.add_argument("--data-licence", default="not stated", help="for the card")


def _fit(chosen: argparse.Namespace) -> None:
    from train.check_plan import check_plan
    from train.checkpoint import is_model

    plan = _plan(chosen)
    check_plan(plan)
    refuse_strangers(_folder(chosen), is_model)
    if asks_for_ray(chosen):
        from train.commands.fit_on_cluster import fit_on_cluster

        fetch_data(chosen)
        places = [_runs(chosen), _folder(chosen).parent]
        with _told_with_bar() as watch:
            lines = fit_on_cluster(chosen, _learn_on_node, places, watch)
    else:
        fabric = fabric_for(chosen.accelerator, plan, devices=chosen.devices)
        fetch_data(chosen)
        with _told_with_bar(quiet=not fabric.is_global_zero) as watch:
            lines = _learn(chosen, _plan(chosen), fabric, watch)
    for line in lines:
        print(line)


@contextlib.contextmanager
def _told_with_bar(quiet: bool = False) -> Iterator[Watch]:
    from train.watch import Watch

    console = Console(stderr=True, quiet=quiet, highlight=False)
    columns = (TextColumn("working"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        try:
            yield Watch(
                say=console.print,
                on_step=lambda done, total: bar.update(task, completed=done, total=total),
            )
        except KeyboardInterrupt:
            console.print("the same command goes on from where it was, or from five minutes before")
            raise


def _learn(chosen: argparse.Namespace, plan: Plan, fabric: Fabric, watch: Watch) -> list[str]:
    """What one process does, and what the first one has to tell in the end."""
    from train.checkpoint import is_model
    from train.run import run
    from train.store.stored_source import StoredSource

    folder = _folder(chosen)
    if is_model(folder):
        watch.say(f"{folder}: will be replaced at the end")
    outcome = run(
        plan,
        _runs(chosen),
        fabric,
        watch,
        source=StoredSource(chosen.store, fabric) if chosen.store else None,
        keep=lambda outcome: _keep(outcome, folder, chosen),
    )
    if not fabric.is_global_zero:
        return []
    return [
        f"{folder}: {name and f'{name}: '}accuracy {figures.accuracy:.1%},"
        f" macro F1 {figures.macro_f1:.1%}, macro recall {figures.macro_recall:.1%}"
        f" on {figures.pictures} pictures"
        for name, figures in (outcome.heads or {"": outcome.evaluation}).items()
    ]


def _learn_on_node(chosen: argparse.Namespace, watch: Watch) -> list[str]:
    """What one process of a cluster does."""
    plan = _plan(chosen)
    return _learn(chosen, plan, fabric_for(chosen.accelerator, plan), watch)


def _folder(chosen: argparse.Namespace) -> Path:
    return Path(chosen.out or ROOT / "models" / chosen.name)


def _runs(chosen: argparse.Namespace) -> Path:
    return Path(chosen.runs or ROOT / "runs")


def fabric_for(accelerator: str, plan: Plan, devices: int = 1) -> Fabric:
    """Where a run goes, in the precision that its plan wants."""
    from lightning_fabric import Fabric

    from train.placed import Placed

    nodes, placed = 1, None
    if "TORCHELASTIC_RUN_ID" in os.environ:  # torchrun or Ray has started the processes already
        devices = int(os.environ["LOCAL_WORLD_SIZE"])
        nodes = max(1, int(os.environ["WORLD_SIZE"]) // devices)
        placed = Placed()
    try:
        fabric = Fabric(
            accelerator=accelerator,
            devices=devices,
            num_nodes=nodes,
            precision=plan.options.precision,
            plugins=placed,
        )
    except Exception as error:  # Fabric has a dozen ways to say that a device is not there
        raise MachineError(f"--accelerator {accelerator}: {error}") from error
    fabric.launch()
    return fabric


def _keep(outcome: Outcome, folder: Path, chosen: argparse.Namespace) -> None:
    from train.code_version import command_line
    from train.keep_model import keep_model

    made_by = command_line()
    for path in chosen.data:
        made_by = made_by.replace(str(path), path.name)
    keep_model(
        outcome,
        folder,
        data=chosen.data_name or " + ".join(path.name for path in chosen.data),
        licence=chosen.data_licence,
        made_by=made_by,
    )


def _plan(chosen: argparse.Namespace) -> Plan:
    from train.parts import read_parts
    from train.plan import Plan

    options = options_from(chosen, FitOptions, augment=options_from(chosen, Augment))
    task = _task(chosen)
    weights = model_at(chosen.weights) if chosen.weights else None
    return Plan(
        data=chosen.data[0],
        more=tuple(chosen.data[1:]),
        task=task,
        name=chosen.name,
        net=chosen.net,
        size=chosen.size,
        channels=chosen.channels,
        head=task.heads[0] if task else chosen.head or "emotion",
        framing=chosen.framing,
        reading=reading_of(chosen),
        valid_share=chosen.valid,
        split_seed=chosen.split_seed,
        parted_as=weights if chosen.split_seed is None else None,
        most=chosen.most,
        weights=weights,
        teachers=tuple(model_at(wanted) for wanted in chosen.teacher),
        options=options,
        parts=tuple(read_parts(chosen.parts, options)) if chosen.parts else (),
    )


def _task(chosen: argparse.Namespace) -> Task | None:
    from train.data.read_task import read_task

    if chosen.task is None:
        return None
    if chosen.labels:
        raise InputError("--labels: the table of --task says already what labels become")
    task = read_task(chosen.task)
    return task.only([head.strip() for head in chosen.head.split(",")]) if chosen.head else task


def model_at(wanted: str) -> Path:
    """A file of weights, a model's folder, or its name in models/."""
    from train.find_model import find_model

    return Path(wanted) if Path(wanted).is_file() else find_model(wanted, ROOT / "models")
