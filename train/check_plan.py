"""Whether a plan is sound, as far as it tells without its data."""

from __future__ import annotations

from face_detect.command import InputError
from train.contract import ContractError
from train.nets import read_net
from train.options import read_head_weights
from train.plan import Plan
from train.thinned import read_most


def check_plan(plan: Plan) -> None:
    """What can be known before anything is read."""
    try:
        read_net(plan.net)
    except ContractError as error:
        raise InputError(f"--net: {error}") from error
    read_most(plan.most)
    _check_task(plan)
    for given in (plan.weights, *plan.teachers):
        if given is not None and not given.exists():
            raise InputError(f"{given}: no such model")


def _check_task(plan: Plan) -> None:
    if plan.more and plan.task is None:
        raise InputError(f"{plan.more[0]}: several data need a table of what is asked (--task)")
    several = len(plan.heads) > 1
    for given, option in ((plan.most, "--most"), (plan.parts, "--parts")):
        if several and given:
            raise InputError(f"{option} is for a net with one head, not {', '.join(plan.heads)}")
    for name in read_head_weights(plan.options.head_weights):
        if name not in plan.heads:
            raise InputError(f"--head-weights: {name!r} is not one of {', '.join(plan.heads)}")
