"""`python -m export contract NET.onnx`: a contract for a net that was never ours."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from export.make_contract import QUESTIONS, Wishes, make_contract, parse
from export.make_heads import parse_head
from face_detect.command import InputError
from train.contract import Head


def ask_contract(arguments: Sequence[str]) -> None:
    """Write a contract; what file and flags leave open is asked, if there is a terminal."""
    given = _parser().parse_args(arguments)
    if given.labels and given.head:
        raise InputError("--labels names one head and --head each of several; leave one out")
    wishes = Wishes(
        name=given.name,
        heads=tuple(_head(text) for text in given.head or ()),
        **{key: _parsed(key, getattr(given, key)) for key in QUESTIONS},
    )
    ask = _ask if sys.stdin.isatty() else None
    contract = make_contract(given.onnx, wishes, ask)
    if given.out.exists() and not given.force:
        raise InputError(f"{given.out}: is there already; --force replaces it")
    contract.write(given.out)


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError as error:
        raise InputError("the questions were broken off; no contract was written") from error


def _head(text: str) -> Head:
    try:
        return parse_head(text)
    except ValueError as error:
        raise InputError(f"--head: {error}") from error


def _parsed(key: str, text: str | None) -> Any:
    try:
        return None if text is None else parse(key, text)
    except ValueError as error:
        raise InputError(f"--{key}: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m export contract",
        description="Write the contract of an ONNX classifier: what it takes and answers.",
        epilog="The net is given (pixel / 255 - mean) / std. Look the rest of the contract over"
        " before exporting: how the face is framed matters as much as the weights.",
    )
    parser.add_argument("onnx", type=Path, metavar="NET.onnx")
    for key, question in QUESTIONS.items():
        parser.add_argument(f"--{key}", help=question[0].lower() + question[1:])
    parser.add_argument(
        "--head",
        action="append",
        metavar="NAME=LABEL,LABEL",
        help="instead of --labels: what one output tells, or a part of it; again for the next, in"
        " the order of the outputs (semicolons between labels that hold a comma)",
    )
    parser.add_argument("--name", help="the model's name (the file's)")
    parser.add_argument("--out", type=Path, default=Path("contract.json"))
    parser.add_argument("--force", action="store_true", help="replace a contract that is there")
    return parser
