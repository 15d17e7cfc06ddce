"""`python -m train card`: write a model's card from what it is worth."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import fetch_data, reading_of
from train.commands.evaluate import ROOT, add_model_and_data, judged

if TYPE_CHECKING:
    from train.card import Earned
    from train.contract import Contract
    from train.stability import Stability

EXAMPLE = """example:
  python -m train card emotion-b0 fer2013.zip --data-name "FER2013, Kaggle's folder edition" \\
      --data-licence "Open Database License" --made-by "python -m train fit fer2013.zip ..." \\
      --stability fairface/

Evaluates MODEL on DATA and writes MODEL's card.md anew: figures by class, calibration, skew. With
--stability it also holds how stable the answers are by each attribute of data without labels. Of a
model with several heads give all DATA that they are judged on: each head's figures are of the
first that has its labels.
"""


def add(commands: Commands) -> None:
    """`python -m train card`."""
    raw = argparse.RawDescriptionHelpFormatter
    card = commands.add_parser(
        "card", help="write a model's card", epilog=EXAMPLE, formatter_class=raw
    )
    add_model_and_data(card, several=True)
    card.add_argument("--data-name", required=True, help="what it was trained and judged on")
    card.add_argument("--data-licence", required=True, help="as the data's source states it")
    card.add_argument("--made-by", required=True, help="the command that makes the weights again")
    card.add_argument(
        "--note",
        default="",
        help="what the figures do not say, such as how often DATA's test part was looked at",
    )
    card.add_argument("--stability", type=Path, metavar="DATA", help="pictures without labels")
    card.add_argument(
        "--stability-framing",
        choices=("auto", "crop", "photo"),
        default="auto",
        help="of these pictures (auto)",
    )
    card.add_argument("--stability-name", help="what the card calls them (their file name)")
    card.set_defaults(run=_card)


def _card(chosen: argparse.Namespace) -> None:
    from train.card import card
    from train.find_model import find_model

    _check_data(chosen)
    fetch_data(chosen)
    stable = _stable(chosen)
    contract, earned = _earned(chosen, stable)
    first = earned[0]
    text = card(
        contract,
        first.figures,
        data=chosen.data_name,
        licence=chosen.data_licence,
        made_by=chosen.made_by,
        note=chosen.note,
        part=first.part,
        assessment=first.assessment,
        stability=first.stability,
        stability_data=chosen.stability_name or (chosen.stability.name if chosen.stability else ""),
        heads=earned if len(contract.heads) > 1 else (),
    )
    path = find_model(chosen.model, ROOT / "models") / "card.md"
    path.write_text(text, encoding="utf-8")
    print(path)


def _check_data(chosen: argparse.Namespace) -> None:
    from train.checkpoint import CONTRACT
    from train.contract import Contract
    from train.find_model import find_model

    contract = Contract.read(find_model(chosen.model, ROOT / "models") / CONTRACT)
    if len(contract.heads) == 1 and len(chosen.data) > 1:
        raise InputError(f"{chosen.data[1]}: a model with one head is judged on one of the data")


def _stable(chosen: argparse.Namespace) -> dict[str, Stability]:
    """Of each head that the data for it have no labels of."""
    if chosen.stability is None:
        return {}
    found = judged(chosen.model, chosen.stability, framing=chosen.stability_framing).stabilities
    if not found:
        raise InputError(f"{chosen.stability}: has labels, so stability was not measured")
    return {each.head.name: each for each in found}


def _earned(
    chosen: argparse.Namespace, stable: dict[str, Stability]
) -> tuple[Contract, list[Earned]]:
    """Each head's figures on the first data that have its labels, in the heads' order."""
    from train.card import Earned

    found: dict[str, Earned] = {}
    for data in chosen.data:
        judgement = judged(chosen.model, data, framing=chosen.framing, reading=reading_of(chosen))
        heads = {item.assessment.head.name: item.assessment for item in judgement.heads}
        if not heads:
            raise InputError(f"{data}: has no label of the model's")
        for name in heads.keys() - found.keys():
            found[name] = Earned(
                head=name,
                figures=heads[name].figures,
                part=judgement.part,
                data=data.name,
                assessment=heads[name],
                stability=stable.get(name),
                cut_out=judgement.framing == "crop",
            )
    contract = judgement.contract
    missing = [head.name for head in contract.heads if head.name not in found]
    if missing:
        raise InputError(f"no data have labels of {' and '.join(missing)}; give some that do")
    return contract, [found[head.name] for head in contract.heads]
