"""The model card: what the weights are, what they earned, and where they fail."""

from __future__ import annotations

from train.contract import Contract
from train.evaluate import Evaluation


def card(
    contract: Contract, evaluation: Evaluation, *, data: str, licence: str, made_by: str
) -> str:
    """A card in Markdown."""
    rows = "\n".join(
        f"| {label} | {evaluation.support[label]} | {evaluation.recall[label]:.1%} |"
        for label in evaluation.recall
    )
    size, channels = contract.input.size, contract.input.channels
    return f"""# {contract.name}

Net: `{contract.net}`, for {size}×{size} {channels} crops.

- **Data:** {data}
- **Licence of the data:** {licence}
- **Made by:** `{made_by}` (seed {contract.origin.seed}, code {contract.origin.code})

## What it earned

{evaluation.pictures} held-out pictures, once: accuracy {evaluation.accuracy:.1%},
macro F1 {evaluation.macro_f1:.1%}, macro recall {evaluation.macro_recall:.1%}.

| label | pictures | recall |
| --- | --- | --- |
{rows}

## Use and limits

For showing how an expression classifier behaves in a browser, and for comparing takes of one person
under one light. The labels are what crowd workers saw in a picture, not what a person felt. Do not
judge people by it: not in hiring, policing, schooling or care. Classes with few pictures are weak,
and how it treats groups of people differently has not been measured.
"""
