"""The contract's TypeScript type, generated from the Python classes."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import Any, Literal

from export.options import ROOT
from train.contract import OPTIONAL, VERSION, Contract

TARGET = ROOT / "web/src/core/contract.ts"
_HEAD = "// Generated from train/contract.py by `python -m export types`; do not edit.\n"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def contract_types() -> str:
    """The text of `web/src/core/contract.ts`."""
    interfaces = [_interface(kind) for kind in reversed(_reachable(Contract))]
    version = f"export const CONTRACT_VERSION = {VERSION};\n"
    return "\n".join([_HEAD, version, *interfaces])


def _reachable(kind: type) -> list[type]:
    """A dataclass and those that its fields hold, each once, users before the used."""
    found = [kind]
    for hint in typing.get_type_hints(kind).values():
        for part in _parts(hint):
            if dataclasses.is_dataclass(part):
                deeper = _reachable(typing.cast(type, part))
                found = [item for item in found if item not in deeper] + deeper
    return found


def _parts(hint: Any) -> list[Any]:
    arguments = typing.get_args(hint)
    return [hint] if not arguments else [part for item in arguments for part in _parts(item)]


def _interface(kind: type) -> str:
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(typing.cast(Any, kind))
    lines = [f"  readonly {_field(item.name, hints[item.name])};" for item in fields]
    return "\n".join([f"export interface {kind.__name__} {{", *lines, "}", ""])


def _field(name: str, hint: Any) -> str:
    if name in OPTIONAL:
        return f"{name}?: {_typescript(typing.get_args(hint)[0])}"
    return f"{name}: {_typescript(hint)}"


def _typescript(hint: Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return " | ".join(json.dumps(value) for value in arguments)
    if origin is types.UnionType:
        return " | ".join(_typescript(item) for item in arguments)
    if origin is tuple:
        inner = _typescript(arguments[0])
        return f"readonly ({inner})[]" if " " in inner else f"readonly {inner}[]"
    if origin is dict:
        return f"Readonly<Record<string, {_typescript(arguments[1])}>>"
    return _PLAIN.get(hint) or str(hint.__name__)
