"""`python -m train card`: write a model's card from what it is worth."""

from __future__ import annotations

import argparse
from pathlib import Path

from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import reading_of
from train.commands.evaluate import ROOT, add_model_and_data, judged

EXAMPLE = """example:
  python -m train card emotion-b0 fer2013.zip --data-name "FER2013, Kaggle's folder edition" \\
      --data-licence "Open Database License" --made-by "python -m train fit fer2013.zip ..." \\
      --stability fairface/

Evaluates MODEL on DATA and writes MODEL's card.md anew: figures by class, calibration, skew. With
--stability it also holds how stable the answers are by each attribute of data without labels.
"""


def add(commands: Commands) -> None:
    """`python -m train card`."""
    raw = argparse.RawDescriptionHelpFormatter
    card = commands.add_parser(
        "card", help="write a model's card", epilog=EXAMPLE, formatter_class=raw
    )
    add_model_and_data(card)
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

    judgement = judged(
        chosen.model, chosen.data, framing=chosen.framing, reading=reading_of(chosen)
    )
    if not judgement.heads:
        raise InputError(f"{chosen.data}: has no label of the model's")
    stability = None
    if chosen.stability is not None:
        found = judged(chosen.model, chosen.stability, framing=chosen.stability_framing).stabilities
        if not found:
            raise InputError(f"{chosen.stability}: has labels, so stability was not measured")
        stability = found[0]
    assessment = judgement.heads[0].assessment
    text = card(
        judgement.contract,
        assessment.figures,
        data=chosen.data_name,
        licence=chosen.data_licence,
        made_by=chosen.made_by,
        note=chosen.note,
        part=judgement.part,
        assessment=assessment,
        stability=stability,
        stability_data=chosen.stability_name or (chosen.stability.name if chosen.stability else ""),
    )
    path = find_model(chosen.model, ROOT / "models") / "card.md"
    path.write_text(text, encoding="utf-8")
    print(path)
