"""`report.json` and `report.html`: what an export measured, and where its seconds went."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import jinja2
import numpy as np

from export.compare_graphs import GraphFigures
from export.drift import Outputs
from export.exported import Exported
from export.gates import Gate
from export.manifest import NAME as MANIFEST
from export.options import Options
from export.parity import Link
from export.prove_detector import DetectorProof
from export.stages import DESCRIPTIONS, StageRecord
from train.contract import Contract
from train.inputs import probabilities

VERSION = 1
SCHEMA = Path(__file__).with_name("report.schema.json")
_TEMPLATE = Path(__file__).with_name("report.html.j2")
STYLE = Path(__file__).with_name("report.css")
Report = dict[str, Any]


def evidence(
    options: Options, done: Sequence[Exported], detector: DetectorProof, kept: Sequence[str]
) -> Report:
    """What was found out about the nets."""
    return {
        "version": VERSION,
        "converter": options.converter,
        "wanted": options.variant,
        "proven": not options.unproven,
        "models": [_model(item) for item in done] + _kept_models(options.out, kept),
        "detector": _detector(detector),
    }


def report(
    found: Report, stages: Sequence[StageRecord], site: Path, skipped_clips: int = 0
) -> Report:
    """The evidence, where and in what time it was gathered, and the site that came of it; all of it
    plain data, as `report.schema.json` describes it."""
    offered = json.loads((site / MANIFEST).read_text(encoding="utf-8"))["clips"]
    return {
        **found,
        "machine": _machine(),
        "seconds": sum(stage.seconds for stage in stages),
        "stages": [dataclasses.asdict(stage) for stage in stages],
        "site": _site(site),
        "clips": {"offered": len(offered), "skipped": skipped_clips},
    }


def write_report(document: Report, folder: Path) -> None:
    """Write both forms; the page needs no network and no other file."""
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.html").write_text(render(document), encoding="utf-8")


def render(document: Report, style_file: str | None = None) -> str:
    """The report as one page of HTML; its style is part of it, or beside it where a site's policy
    wants that."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["size"] = human_bytes
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    style = STYLE.read_text(encoding="utf-8")
    return template.render(
        report=document, descriptions=DESCRIPTIONS, style=style, style_file=style_file
    )


def human_bytes(count: int) -> str:
    """4_213_000 as 4.21 MB."""
    for unit, scale in (("MB", 1e6), ("KB", 1e3)):
        if count >= scale:
            return f"{count / scale:.3g} {unit}"
    return f"{count} B"


def _machine() -> dict[str, Any]:
    return {
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "cores": os.cpu_count() or 1,
    }


def _model(item: Exported) -> dict[str, Any]:
    contract, proof = item.source.contract, item.proof
    return {
        "name": item.name,
        "net": contract.net,
        "road": item.converted.road,
        "input": f"{contract.input.size} × {contract.input.size} {contract.input.channels}",
        "heads": {head.name: list(head.labels) for head in contract.heads},
        "shipped": proof.shipped,
        "proven": proof.proven,
        "crops": len(item.known.crops),
        "links": [_link(link) for link in item.links],
        "gates": [_gate(gate) for gate in item.gates],
        "missing_backends": list(proof.missing_backends),
        "refusal": proof.refusal,
        "variants": _variants(item),
        "operators": _operators(item.converted.operators_before, item.converted.operators_after),
        "converters": [_converter(found) for found in item.converters],
        "accuracy": [
            {
                **dataclasses.asdict(found),
                "macro_before": found.macro_before,
                "macro_after": found.macro_after,
            }
            for found in proof.accuracy
        ],
        "unused_data": list(item.unused_data),
        "worst": _worst(item),
    }


def _link(link: Link) -> dict[str, Any]:
    figures = dataclasses.asdict(link.drift)
    del figures["worst"]
    return {
        "name": link.name,
        "variant": link.variant,
        "backend": link.backend,
        "seconds": link.seconds,
        "ms": link.ms,
        **figures,
    }


def _gate(gate: Gate) -> dict[str, Any]:
    return {**dataclasses.asdict(gate), "passed": gate.passed}


def _variants(item: Exported) -> list[dict[str, Any]]:
    return [
        {
            "name": variant,
            "bytes": item.converted.raw_bytes[variant],
            "brotli_bytes": item.converted.brotli_bytes[variant],
            "outcome": _outcome(item, variant),
        }
        for variant in item.converted.raw_bytes
    ]


def _outcome(item: Exported, variant: str) -> str:
    if variant == item.proof.shipped:
        return "shipped"
    if item.proof.link_of(variant) is None:
        return "not measured"
    return "passed" if variant in item.proof.passed else "failed"


def _converter(found: GraphFigures) -> dict[str, Any]:
    return {
        "converter": found.converter,
        "operators": _operators(found.operators_before, found.operators_after),
        "bytes": found.bytes,
        "ms_before": found.ms_before,
        "ms_after": found.ms_after,
        "max_relative": found.max_relative,
    }


def _operators(before: Mapping[str, int], after: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"name": name, "before": before.get(name, 0), "after": after.get(name, 0)}
        for name in sorted({*before, *after})
    ]


def _worst(item: Exported) -> list[dict[str, Any]]:
    """The crops that the shipped weights moved most, with the answers before and after."""
    outputs = item.proof.outputs
    if outputs is None:
        return []
    contract = item.source.contract
    return [
        {
            "index": index,
            "png": _png(item.known.crops[index]),
            "before": _answer(item.known.reference[index], contract),
            "after": _answer(outputs[index], contract),
        }
        for index in item.proof.shipped_link().drift.worst
    ]


def _answer(outputs: Outputs, contract: Contract) -> str:
    found = probabilities(outputs[None], contract)
    return ", ".join(
        f"{head.labels[int(p[0].argmax())]} {p[0].max():.1%}"
        for head, p in zip(contract.heads, found, strict=True)
    )


def _png(crop: np.ndarray) -> str:
    _, data = cv2.imencode(".png", crop[..., ::-1])
    return "data:image/png;base64," + base64.b64encode(data.tobytes()).decode()


def _detector(detector: DetectorProof) -> dict[str, Any]:
    return {
        "variant": detector.variant,
        "proven": detector.proven,
        "brotli_bytes": detector.brotli_bytes,
        "operators": dict(detector.operators),
        "gates": [_gate(gate) for gate in detector.gates],
        "ms": dict(detector.ms),
    }


def _site(site: Path) -> dict[str, int]:
    files = [path for path in site.rglob("*") if path.is_file()]
    plain = [path for path in files if path.suffix not in (".br", ".gz")]
    packed = [path.with_name(path.name + ".br") for path in plain]
    sizes = [
        (small if small.is_file() else path).stat().st_size
        for path, small in zip(plain, packed, strict=True)
    ]
    return {
        "files": len(plain),
        "bytes": sum(path.stat().st_size for path in plain),
        "brotli_bytes": sum(sizes),
    }


def _kept_models(out: Path, kept: Sequence[str]) -> list[dict[str, Any]]:
    """What the export before found out about the models that this one left alone."""
    if not kept:
        return []
    before = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return [model for model in before["models"] if model["name"] in kept]
