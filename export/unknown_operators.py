"""Say no to a net whose operators cannot go to the browser, and name them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import onnx

from export.direct import TRANSLATED
from export.unsupported import UnsupportedOperatorError

_OWN_DOMAINS = ("", "ai.onnx")


def refuse_unknown_operators(onnx_file: Path, model: onnx.ModelProto) -> None:
    """Look for operators that neither onnx2tf nor `direct` knows; other domains' are unknown."""
    known = _of_onnx2tf() | TRANSLATED.keys()
    unknown = set()
    for node in model.graph.node:
        if node.domain not in _OWN_DOMAINS:
            unknown.add(f"{node.domain}.{node.op_type}")
        elif node.op_type not in known:
            unknown.add(node.op_type)
    if unknown:
        raise UnsupportedOperatorError(
            f"{onnx_file}: uses {', '.join(sorted(unknown))},"
            " which cannot be converted for the browser",
            sorted(unknown),
        )


def _of_onnx2tf() -> set[str]:
    """It has one file per operator; found without importing it, for that takes seconds."""
    found = importlib.util.find_spec("onnx2tf")
    if found is None or found.origin is None:
        return set()
    return {path.stem for path in (Path(found.origin).parent / "ops").glob("*.py")}
