"""`python -m export`: trained models in, a proven static site out."""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from face_detect.command import exit_code_of


def main() -> None:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    command = _COMMANDS.get(arguments[0]) if arguments else None
    if command is not None:
        sys.exit(exit_code_of(lambda: command(arguments[1:])))
    sys.exit(exit_code_of(lambda: _export(arguments)))


def _export(arguments: Sequence[str]) -> None:
    from export.options import parse_options

    options = parse_options(arguments)
    _quiet()
    from export.pipeline import export
    from export.progress import progress
    from export.stages import stage_count

    models = len(options.models) + (options.onnx is not None)
    with progress(stage_count(models, bool(options.data), options.compare)) as watch:
        document = export(options, watch)
    print(_summary(document, str(options.out)))


def _types(arguments: Sequence[str]) -> None:
    from export.types import TARGET, contract_types

    TARGET.write_text(contract_types(), encoding="utf-8")
    print(f"wrote {TARGET}")


def _serve(arguments: Sequence[str]) -> None:
    from export.serve_command import serve_command

    serve_command(arguments)


def _contract(arguments: Sequence[str]) -> None:
    importlib.import_module("export.ask_contract").ask_contract(arguments)


def _page(arguments: Sequence[str]) -> None:
    from export.build_web import build_web
    from export.options import ROOT

    print(f"built {build_web(ROOT / 'web')}")


_COMMANDS: dict[str, Callable[[Sequence[str]], None]] = {
    "contract": _contract,
    "page": _page,
    "serve": _serve,
    "types": _types,
}


def _quiet() -> None:
    """TensorFlow reports on the machine at start-up; none of it is for whoever exports."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
    warnings.simplefilter("ignore")


def _summary(document: dict[str, Any], out: str) -> str:
    from export.report import human_bytes

    lines = []
    for model in document["models"]:
        size = next(v for v in model["variants"] if v["name"] == model["shipped"])
        lines.append(
            f"{model['name']}: {model['shipped']}, {human_bytes(size['bytes'])}"
            f" ({human_bytes(size['brotli_bytes'])} as brotli){_figures(model)}"
        )
        lines += _per_head(model)
        for found in model["accuracy"]:
            before, after = found["macro_before"], found["macro_after"]
            lines.append(f"  {found['head']}: macro recall {before:.2%} → {after:.2%} in Chromium")
        if unused := ", ".join(model.get("unused_data", [])):
            lines.append(f"  recall not measured on {unused}: not one label there is the model's")
        if model["refusal"]:
            lines.append(f"  runs on TF.js, not on the page's own kernels: {model['refusal']}")
        if missing := ", ".join(model["missing_backends"]):
            lines.append(f"  not measured on {missing}: not to be had on this machine")
    site, clips = document["site"], document["clips"]
    lines.append(
        f"{out}/site: {site['files']} files, {human_bytes(site['bytes'])}"
        f" ({human_bytes(site['brotli_bytes'])} as brotli), {document['seconds']:.0f} s"
    )
    if clips["offered"]:
        others = f"; other files left out: {clips['skipped']}" if clips["skipped"] else ""
        lines.append(f"{out}/site/clips: clips to act after: {clips['offered']}{others}")
    lines.append(f"{out}/lib is the same for other people's pages")
    lines.append(f"{out}/report.html says what was measured")
    return "\n".join(lines)


def _per_head(model: dict[str, Any]) -> list[str]:
    heads = _shipped_link(model).get("heads", [])
    return [f"  {head['head']}: {_moved(head)}" for head in heads if len(heads) > 1]


def _shipped_link(model: dict[str, Any]) -> dict[str, Any]:
    links: list[dict[str, Any]] = model["links"]
    return next(link for link in links if link["variant"] == model["shipped"])


def _moved(found: dict[str, Any]) -> str:
    drift, flips, kl = found["max_relative"], found["flips"], found["mean_kl"]
    return f"drift {drift:.1e}, flips {flips:.2%}, KL {kl:.1e}"


def _figures(model: dict[str, Any]) -> str:
    link = _shipped_link(model)
    where = "in Chromium" if model["proven"] else "in TensorFlow; NOT PROVEN IN A BROWSER"
    return f"; {_moved(link)} on {link['count']} crops {where}"


if __name__ == "__main__":
    main()
