"""A model's folder again, with a head that follows a face."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

from face_detect.swap import staged
from train.checkpoint import CONTRACT, is_model
from train.contract import Contract
from train.sequence.checkpoint import save_head
from train.sequence.learn_sequence import Learned
from train.sequence.render import card_text


def keep_sequence(model: Path, learned: Learned, name: str, folder: Path) -> None:
    """Copy the model's files to `folder` under a name of its own, and put the head beside them."""
    contract = Contract.read(model / CONTRACT)
    with staged(folder, is_model) as staging:
        for file in (path for path in model.iterdir() if path.is_file()):
            shutil.copy(file, staging)
        named = dataclasses.replace(
            contract, name=name, sequence=learned.head.described(learned.of)
        )
        named.write(staging / CONTRACT)
        save_head(learned.head, staging)
        card = staging / "card.md"
        if card.is_file():
            text = card.read_text("utf-8").replace(f"# {contract.name}\n", f"# {name}\n", 1)
            card.write_text(text.split("\n## Over time\n")[0] + card_text(learned), "utf-8")
