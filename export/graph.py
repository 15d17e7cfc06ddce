"""A TF.js graph model that can be read, changed and written.

Attributes stay in the JSON form that TF.js reads (`{"list": {"i": ["1", "2"]}}`, text in base64).
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
WeightType = Literal["float32", "float16", "uint16", "uint8"]
INPUT, OUTPUT = "input", "output"


@dataclass(kw_only=True)
class Node:
    """One operation. An input is a node's name, with `:1` and so on for a later output."""

    name: str
    op: str
    inputs: list[str]
    attrs: dict[str, Any] = field(default_factory=dict)

    @property
    def channels_first(self) -> bool:
        """Whether it works on NCHW; TF.js cannot, and the clean-up leaves it alone."""
        return self.text("data_format").startswith("NC")

    def text(self, key: str, default: str = "") -> str:
        """A string attribute, such as `padding`."""
        return base64.b64decode(self.attrs[key]["s"]).decode() if key in self.attrs else default

    def texts(self, key: str) -> list[str]:
        items = self.attrs.get(key, {}).get("list", {}).get("s", [])
        return [base64.b64decode(item).decode() for item in items]

    def ints(self, key: str) -> list[int]:
        items = self.attrs.get(key, {}).get("list", {}).get("i", [])
        return [int(item) for item in items]

    def set_text(self, key: str, value: str) -> None:
        self.attrs[key] = {"s": _base64(value)}

    def set_texts(self, key: str, values: list[str]) -> None:
        self.attrs[key] = {"list": {"s": [_base64(value) for value in values]}}

    def set_ints(self, key: str, values: list[int]) -> None:
        self.attrs[key] = {"list": {"i": [str(value) for value in values]}}


@dataclass(kw_only=True)
class Graph:
    """Nodes by name in an order that computes, and the constants' values."""

    nodes: dict[str, Node]
    weights: dict[str, Array]
    input: str
    output: str
    input_shape: list[int]
    """-1 stands for any length."""

    def consumers(self, name: str) -> list[Node]:
        """The nodes that read `name`."""
        return [node for node in self.nodes.values() if name in map(source, node.inputs)]

    def constant(self, name: str) -> Array | None:
        """The value behind an input, if it is a constant."""
        return self.weights.get(name)

    def add_constant(self, name: str, value: Array) -> str:
        """Put a new constant in front of everything and return its name."""
        while name in self.nodes:
            name += "_"
        attrs = {"dtype": {"type": _TYPES[value.dtype.name]}}
        node = Node(name=name, op="Const", inputs=[], attrs=attrs)
        self.nodes = {name: node, **self.nodes}
        self.weights[name] = value
        return name

    def replace(self, old: str, new: str) -> None:
        """Everything that read `old` reads `new`."""
        for node in self.nodes.values():
            node.inputs = [new if name == old else name for name in node.inputs]
        if self.output == old:
            self.output = new

    def prune(self) -> None:
        """Keep what the output needs, in an order that depends on the graph alone."""
        ordered: dict[str, Node] = {}
        pending = [self.output]
        while pending:
            name = source(pending[-1])
            missing = [s for s in map(source, self.nodes[name].inputs) if s not in ordered]
            if missing and name not in ordered:
                pending.extend(reversed(missing))
                continue
            pending.pop()
            ordered.setdefault(name, self.nodes[name])
        ordered.setdefault(self.input, self.nodes[self.input])
        self.nodes = ordered
        self.weights = {name: self.weights[name] for name in ordered if name in self.weights}

    def operator_counts(self) -> dict[str, int]:
        """How often each operation occurs, constants and the input left out."""
        skipped = ("Const", "Placeholder")
        counts = Counter(node.op for node in self.nodes.values() if node.op not in skipped)
        return dict(sorted(counts.items()))

    @classmethod
    def read(cls, folder: Path) -> Graph:
        """Read `model.json` and its shards, expanding what was quantized."""
        document = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        nodes = {
            item["name"]: Node(
                name=item["name"],
                op=item["op"],
                inputs=[_canonical(name) for name in item.get("input", [])],
                attrs=_without_value(item.get("attr", {})),
            )
            for item in document["modelTopology"]["node"]
        }
        (given,) = document["signature"]["inputs"].values()
        (result,) = document["signature"]["outputs"].values()
        return cls(
            nodes=nodes,
            weights=dict(_read_weights(folder, document["weightsManifest"])),
            input=source(given["name"]),
            output=_canonical(result["name"]),
            input_shape=[int(dim["size"]) for dim in given["tensorShape"].get("dim", [])],
        )

    def write(self, folder: Path, types: Mapping[str, WeightType] | None = None) -> int:
        """Write `model.json` and `weights.bin`, alike for equal graphs; return their bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        entries: list[dict[str, Any]] = []
        chunks: list[bytes] = []
        for name, value in self.weights.items():
            entry, chunk = _encode(value, (types or {}).get(name, "float32"))
            entries.append({"name": name, "shape": list(value.shape), **entry})
            chunks.append(chunk)
        data = b"".join(chunks)
        (folder / "weights.bin").write_bytes(data)
        text = json.dumps(self._document(entries), sort_keys=True, separators=(",", ":"))
        (folder / "model.json").write_text(text, encoding="utf-8")
        return len(data) + len(text)

    def _document(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        shape = {"dim": [{"size": str(size)} for size in self.input_shape]}
        nodes = [
            {"name": node.name, "op": node.op, "input": node.inputs, "attr": self._attrs(node)}
            for node in self.nodes.values()
        ]
        return {
            "format": "graph-model",
            "signature": {
                "inputs": {INPUT: {"name": self.input, "dtype": "DT_FLOAT", "tensorShape": shape}},
                "outputs": {OUTPUT: {"name": self.output, "dtype": "DT_FLOAT"}},
            },
            "modelTopology": {"node": nodes, "library": {}, "versions": {}},
            "weightsManifest": [{"paths": ["weights.bin"], "weights": entries}],
        }

    def _attrs(self, node: Node) -> dict[str, Any]:
        if node.op == "Placeholder":
            dims = {"dim": [{"size": str(size)} for size in self.input_shape]}
            return {"dtype": {"type": "DT_FLOAT"}, "shape": {"shape": dims}}
        return node.attrs


_TYPES = {"float32": "DT_FLOAT", "int32": "DT_INT32", "bool": "DT_BOOL"}


def source(name: str) -> str:
    """The node that an input comes from."""
    return name.split(":")[0]


def _canonical(name: str) -> str:
    return name.removesuffix(":0")


def _without_value(attrs: dict[str, Any]) -> dict[str, Any]:
    """Constants keep their values in the weights, not in the node."""
    return {key: value for key, value in attrs.items() if key != "value"}


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _read_weights(folder: Path, manifest: list[dict[str, Any]]) -> Iterator[tuple[str, Array]]:
    for group in manifest:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        at = 0
        for entry in group["weights"]:
            packing = entry.get("quantization", {})
            stored = np.dtype(packing.get("dtype", entry["dtype"]))
            count = int(np.prod(entry["shape"], dtype=np.int64))
            raw = np.frombuffer(data, stored, count, at).reshape(entry["shape"])
            at += count * stored.itemsize
            yield entry["name"], _expand(raw, packing)


def _expand(raw: Array, packing: Mapping[str, Any]) -> Array:
    if "scale" in packing:
        wide: Array = raw.astype(np.float64) * packing["scale"] + packing["min"]
        return wide.astype(np.float32)
    return raw.astype(np.float32) if packing else np.array(raw)


def _encode(value: Array, kind: WeightType) -> tuple[dict[str, Any], bytes]:
    """A manifest entry and the bytes of one constant."""
    if kind == "float32" or value.dtype != np.float32:
        return {"dtype": value.dtype.name}, np.ascontiguousarray(value).tobytes()
    packed, numbers = _pack(value, kind)
    packing = {"dtype": kind, "original_dtype": "float32", **numbers}
    return {"dtype": "float32", "quantization": packing}, packed.tobytes()


def _pack(value: Array, kind: WeightType) -> tuple[Array, dict[str, float]]:
    """Spread the whole range over the steps: weights that were on such a grid stay exact."""
    if kind == "float16":
        return value.astype(np.float16), {}
    low, high = float(value.min()), float(value.max())
    scale = (high - low) / np.iinfo(kind).max or 1.0
    steps = np.rint((value.astype(np.float64) - low) / scale)
    return steps.astype(kind), {"scale": scale, "min": low}
