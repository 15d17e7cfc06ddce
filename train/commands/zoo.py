"""`python -m train zoo`: which backbone, on one's own data."""

from __future__ import annotations

import argparse
import re
import typing
from typing import TYPE_CHECKING

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.ablate import add_study_arguments, print_findings, studied
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.fit import ROOT, model_at
from train.commands.net_arguments import by_net, for_net, net
from train.commands.option_arguments import add_option_arguments, options_from, value_of
from train.commands.whole_numbers import whole_numbers
from train.nets import NETS
from train.options import FOR_HEADS, Augment, FitOptions, options_of

if TYPE_CHECKING:
    from train.study.study import Study

EPOCHS, SIZE = 10, 48
RECIPE = {"optimizer": "adamw", "rate": 0.002, "weight_decay": 0.03}
"""Gentler than the one of `fit`, at whose rate nets without norms break."""
_NOT_ASKED = ("seed", "freeze", "distil", "distil_temperature", *FOR_HEADS, *RECIPE)
EXAMPLE = f"""examples:
  python -m train zoo fer2013.zip
  python -m train zoo fer2013.zip --nets slim,slim:width=0.5,resnet18 --seeds 0,1,2
  python -m train zoo mine/ --nets slim,efficientnet-b0 --size efficientnet-b0=64 \\
      --weights slim=emotion-slim --weights efficientnet-b0=emotion-b0 --freeze 4
  python -m train zoo mine/ --nets dense,slim --optimizer slim=sgd --rate slim=0.1 \\
      --weight-decay slim=0.0005

Every net gets the same pictures, recipe and budget ({EPOCHS} epochs, none of them saved by
stopping early), unless one is given its own; the report tells which. A net that would halve the
input to nothing gets the next larger one. Nets are:
  {", ".join(sorted(NETS)[:12])},
  {", ".join(sorted(NETS)[12:])}

The report is DIR/report.html: scores, loss, skew, size, cost and curves of every net; for programs
DIR/study.json. Every model lies in DIR/models/ as fit makes it: make export ARGS='--model
DIR/models/NAME'. python -m benchmarks study DIR goes on with load times and milliseconds in a
browser; make zoo does both.

A net whose loss becomes no number, that did not learn in this recipe, or that memory is too small
for, is shown as such, and the others go on. Interrupted or killed, the same command goes on: no
finished net is lost or run again, and the unfinished one goes on from its last whole epoch. With
further --nets or --seeds, only what is new is run. What changes the recipe, the data or what is
judged (--test, too) makes other runs of all nets, and so does another spelling of a path in
--weights of that one.
"""


def add(commands: Commands) -> None:
    """`python -m train zoo`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "which backbone: nets side by side, with one budget"
    zoo = commands.add_parser("zoo", help=summary, epilog=EXAMPLE, formatter_class=raw)
    add_data_arguments(zoo)
    _add_nets(zoo.add_argument_group("the nets"))
    _add_use(zoo.add_argument_group("their use"))
    fitting = zoo.add_argument_group("fitting, alike for all unless a net is named")
    _add_recipe(fitting)
    add_option_arguments(fitting, FitOptions, usual={"epochs": EPOCHS}, without=_NOT_ASKED)
    add_option_arguments(zoo.add_argument_group("augmentation"), Augment)
    add_study_arguments(zoo)
    zoo.set_defaults(run=_zoo)


def _add_nets(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--nets",
        type=_nets,
        metavar="NET,NET,...",
        help="by name, with options such as slim:dropout=0.3,depth=3 (ten that a CPU can train"
        " in hours, the quick ones first: dense to tuned-cnn)",
    )
    group.add_argument(
        "--size",
        action="append",
        default=[],
        type=for_net(arguments.whole(1)),
        metavar="[NET=]N",
        help=f"side of the input, for all or for one net ({SIZE})",
    )
    group.add_argument("--channels", choices=("grey", "rgb"), default="grey", help="(grey)")
    group.add_argument(
        "--weights",
        action="append",
        default=[],
        type=for_net(str),
        metavar="NET=MODEL",
        help="begin that net with these weights: a model's folder, its name in models/, or a file",
    )
    group.add_argument(
        "--freeze",
        action="append",
        default=[],
        type=for_net(arguments.whole(0)),
        metavar="[NET=]N",
        help="leave so many first stages of nets with --weights as they are (0)",
    )
    group.add_argument(
        "--seeds",
        type=whole_numbers(0),
        default=(0,),
        metavar="N,N,...",
        help="run every net with each; verdicts on a choice need several (0)",
    )


def _add_recipe(group: argparse._ArgumentGroup) -> None:
    for field, kind, option in options_of(FitOptions):
        if field.name in RECIPE:
            choices = ", ".join(typing.get_args(kind))
            text = f"{option.text}: {choices}" if choices else option.text
            group.add_argument(
                f"--{field.name.replace('_', '-')}",
                action="append",
                default=[],
                type=for_net(value_of(kind, option)),
                metavar="[NET=]X",
                help=f"{text} ({RECIPE[field.name]})",
            )


def _add_use(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--head", default="emotion", help="which of the data's labels (emotion)")
    group.add_argument(
        "--valid",
        type=arguments.real(0, 0.9),
        default=0.1,
        help="share of train that is held back, to compare the nets on (0.1)",
    )
    group.add_argument(
        "--most",
        default="",
        metavar="N|LABEL=N,...",
        help="learn from so many pictures of each label at most, or of some labels (all)",
    )
    group.add_argument(
        "--test", action="store_true", help="judge every run on the test part, too, once"
    )


def _nets(text: str) -> tuple[str, ...]:
    """Commas part nets; those before an option of the same net do not."""
    return tuple(net(part) for part in re.split(r",(?![a-z_]+=)", text))


def _zoo(chosen: argparse.Namespace) -> None:
    from train.check_plan import check_plan

    for arm in _study(chosen).arms:
        check_plan(arm.plan)
    fetch_data(chosen)
    study = _study(chosen)
    folder = chosen.out or ROOT / "studies" / study.name
    print_findings(studied(study, folder, chosen.accelerator), folder)


def _study(chosen: argparse.Namespace) -> Study:
    from train.plan import Plan
    from train.study.zoo_study import USUAL, zoo_study

    weights = by_net("weights", chosen.weights, "")
    if weights.usual:
        raise InputError(f"--weights {weights.usual}: which net's? write NET=MODEL")
    plan = Plan(
        data=chosen.data,
        name="zoo",
        channels=chosen.channels,
        head=chosen.head,
        framing=chosen.framing,
        reading=reading_of(chosen),
        valid_share=chosen.valid,
        most=chosen.most,
        options=options_from(
            chosen, FitOptions, without=_NOT_ASKED, augment=options_from(chosen, Augment)
        ),
    )
    return zoo_study(
        plan,
        chosen.nets or USUAL,
        seeds=chosen.seeds,
        size=by_net("size", chosen.size, SIZE),
        weights={net: model_at(model) for net, model in weights.own.items()},
        freeze=by_net("freeze", chosen.freeze, 0),
        recipe={name: by_net(name, getattr(chosen, name), usual) for name, usual in RECIPE.items()},
        test=chosen.test,
    )
