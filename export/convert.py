"""One model down the road from its own weights to TF.js graphs of every weight type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from export.compress import brotli_bytes
from export.source import Source
from export.stages import Clock
from face_detect.command import InputError


@dataclass(frozen=True, kw_only=True)
class Converted:
    """What lies in `folder`: `model.onnx`, `saved_model/` and one graph folder a variant."""

    folder: Path
    road: str
    """How the SavedModel came about, and why not on the shorter road."""
    raw_bytes: Mapping[str, int]
    brotli_bytes: Mapping[str, int]
    """Of each variant, as far as compression at speed tells."""
    operators_before: Mapping[str, int]
    operators_after: Mapping[str, int]

    @property
    def onnx(self) -> Path:
        return self.folder / "model.onnx"

    @property
    def saved_model(self) -> Path:
        return self.folder / "saved_model"

    def smallest_first(self) -> list[str]:
        return sorted(self.brotli_bytes, key=lambda variant: self.brotli_bytes[variant])


def convert(source: Source, converter: str, folder: Path, clock: Clock) -> Converted:
    """Run the converters; TensorFlow is imported here and not before, for it takes seconds."""
    name = source.contract.name
    folder.mkdir(parents=True)
    with clock.stage("onnx", name) as mark:
        source.write_onnx(folder / "model.onnx")
        mark.bytes = (folder / "model.onnx").stat().st_size
    with clock.stage("tensorflow", name) as mark:
        from export.to_tf import CONVERTERS

        if converter not in CONVERTERS:
            raise InputError(f"the converter {converter!r} is not to be had here")
        road = CONVERTERS[converter]().convert(folder / "model.onnx", folder / "saved_model")
        mark.bytes = _size(folder / "saved_model")
    with clock.stage("graph", name):
        from export.cleanup import cleanup
        from export.to_tfjs import to_tfjs

        raw = to_tfjs(folder / "saved_model")
        before = dict(raw.operator_counts())
        graph = cleanup(raw)
    with clock.stage("narrow", name) as mark:
        from export.variants import VARIANTS, write_variant

        sizes = {variant: write_variant(graph, variant, folder / variant) for variant in VARIANTS}
        packed = {variant: packed_size(folder / variant) for variant in VARIANTS}
        mark.bytes = min(packed.values())
    return Converted(
        folder=folder,
        road=road,
        raw_bytes=sizes,
        brotli_bytes=packed,
        operators_before=before,
        operators_after=dict(graph.operator_counts()),
    )


def packed_size(graph: Path) -> int:
    """A graph's download, as brotli at a speed that suits a comparison."""
    return sum(len(brotli_bytes(path.read_bytes(), 5)) for path in sorted(graph.iterdir()))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
