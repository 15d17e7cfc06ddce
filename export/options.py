"""What an export is asked to do."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from export.gates import LIMITS
from face_detect.command import InputError

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
CHOICES = ("auto", *LIMITS, "all")
CONVERTERS = ("onnx2tf", "onnx-tf")
_EPILOG = """\
The road: torch → ONNX → TensorFlow → TF.js graph → Chromium. Each link is measured against the
net itself on at least 256 crops; beyond its tolerance the export stops with exit code 1 and the
old folder stays as it was.

variants
  auto    the smallest of those below that passes its gates; what you want
  f32     the weights as they are              no other label, drift at most 1e-4
  f16 u16 half the bytes                       at most 0.5% other labels
  mixed   sensitive layers wider than u8       at most 2% other labels, mean KL at most 0.01
  u8      a quarter of the bytes               at most 2% other labels, mean KL at most 0.01
  all     measure every one, keep those that pass, show the smallest

clips
  MP4 with H.264 and WebM with VP9 or AV1 play in browsers; others are refused, and so is a file
  that is damaged. The page shows each by its file's name. An export of one model keeps the clips
  of the site before unless --clips is given; one of every model has those of --clips and no others.

examples
  python -m export                                  every model in models/ into dist/
  python -m export --model emotion-slim             one model; the others in dist/ stay
  python -m export --clips scenes                   with clips to act after, as does
                                                    make export ARGS="--clips scenes"
  python -m export --onnx net.onnx --contract c.json
                                                    a classifier that was never ours
  python -m export contract net.onnx                asks what its file does not say
  python -m export serve dist/site                  look at the result
  python -m export page                             build the page alone
  python -m export types                            generate web/src/core/contract.ts again
"""


@dataclass(frozen=True, kw_only=True)
class Options:
    """One export, as asked for."""

    models: tuple[Path, ...]
    """Folders with weights and contract."""
    whole: bool = False
    """These are all models that there are: what `out` holds of others goes."""
    out: Path = Path("dist")
    variant: str = "auto"
    converter: str = "onnx2tf"
    data: tuple[Path, ...] = ()
    """Labelled pictures, by which recall is gated; some may know one head, some another."""
    clips: Path | None = None
    """A folder of reference clips for the page to offer."""
    unproven: bool = False
    compare: bool = False
    onnx: Path | None = None
    contract: Path | None = None
    web: Path = ROOT / "web"


def parse_options(arguments: Sequence[str]) -> Options:
    """Read a command line; what cannot be is an InputError or argparse's own exit."""
    given = _parser().parse_args(arguments)
    if (given.onnx is None) != (given.contract is None):
        raise InputError("--onnx and --contract go together")
    if given.onnx is not None and given.model:
        raise InputError("--onnx is a model of its own; leave --model out")
    if given.unproven and given.data:
        raise InputError("--data is measured in a browser; leave --unproven out")
    whole = not (given.model or given.onnx)
    return Options(
        models=_every_model() if whole else tuple(map(_folder, given.model or ())),
        whole=whole,
        out=given.out,
        variant=given.variant,
        converter=given.converter,
        data=tuple(given.data or ()),
        clips=given.clips,
        unproven=given.unproven,
        compare=given.compare,
        onnx=given.onnx,
        contract=given.contract,
    )


def _every_model() -> tuple[Path, ...]:
    found = tuple(path.parent for path in sorted(MODELS.glob("*/contract.json")))
    if not found:
        raise InputError(f"{MODELS}: holds no model; train one (python -m train) or name --model")
    return found


def _folder(named: Path) -> Path:
    """A path from here, or the name of a folder in the checkout's models/."""
    return named if named.is_dir() or not (MODELS / named).is_dir() else MODELS / named


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m export",
        description="Turn trained models into a static site whose nets are proven in Chromium.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--model",
        action="append",
        type=Path,
        metavar="NAME",
        help="in models/, or a path; again for more",
    )
    add("--out", type=Path, default=Path("dist"), help="changes whole or not at all (dist)")
    add("--variant", choices=CHOICES, default="auto", help="type of the weights (auto)")
    add("--converter", choices=CONVERTERS, default="onnx2tf", help="ONNX to TensorFlow (onnx2tf)")
    add(
        "--data",
        action="append",
        type=Path,
        metavar="DATA",
        help="labelled pictures: measure and gate recall; again for more, such as for other heads",
    )
    add("--clips", type=Path, metavar="DIR", help="clips to act after, for the page to offer")
    add(
        "--compare", action="store_true", help="both converters' graphs, side by side in the report"
    )
    add("--unproven", action="store_true", help="no browser: report and page say so")
    add("--onnx", type=Path, metavar="FILE", help="a net that was never ours")
    add("--contract", type=Path, metavar="FILE", help="what --onnx takes and answers")
    return parser
