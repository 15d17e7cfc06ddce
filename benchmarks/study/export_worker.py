"""One model's export in a process of its own: nothing of TensorFlow stays while we measure, and a
net that takes all memory takes nothing else along.

python -m benchmarks.study.export_worker MODEL OUT KEY
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from pathlib import Path

from benchmarks.study.arm_export import ArmExport, Refusal, shipped_of, write_export
from export.build_once import WebBuildError
from face_detect.command import FacecastError, MachineError, exit_code_of

_QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_USE_LEGACY_KERAS": "1",
}
_SERVED_ELSEWHERE = ("lib", "models")
"""Several times a site's size, and nobody asks for them here."""


def export_and_note(model: Path, out: Path, key: str) -> None:
    """`out` holds the site, and the note beside it what became of it; that is written last. What
    is the machine's fault leaves no note: another time it may go well."""
    note = note_of(out)
    note.unlink(missing_ok=True)  # first, so that none ever tells of a site that is gone
    shutil.rmtree(out, ignore_errors=True)
    write_export(note, _tried(model, out, key))


def note_of(out: Path) -> Path:
    """Where it is noted what became of an export to this folder."""
    return out.with_name(f"{out.name}.json")


def _tried(model: Path, out: Path, key: str) -> ArmExport:
    try:
        from export.options import Options
        from export.pipeline import export
        from export.progress import progress

        with progress(1) as watch:
            report = export(Options(models=(model,), out=out), watch)
    except ImportError as error:
        raise MachineError(f"{error}; is all of facecast installed?") from error
    except (MachineError, WebBuildError, OSError, MemoryError):
        raise
    except Exception as error:
        # Whatever it is, the other arms are still to be exported, and this one is told with it.
        return ArmExport(key=key, refusal=_refusal(error))
    for name in _SERVED_ELSEWHERE:
        shutil.rmtree(out / name)
    return ArmExport(key=key, shipped=shipped_of(report, report["models"][0]["name"]))


def _refusal(error: Exception) -> Refusal:
    text = str(error) if isinstance(error, FacecastError) else (str(error).splitlines() or [""])[0]
    return Refusal(
        error=type(error).__name__,
        # The file is one of the export's own, gone by now.
        message=re.sub(r"^\S*/model\.onnx: ", "", text),
        operators=tuple(getattr(error, "operators", ())),
    )


def main() -> None:
    """Entry point of the process."""
    model, out, key = sys.argv[1:]
    os.environ.update(_QUIET)
    warnings.simplefilter("ignore")
    sys.exit(exit_code_of(lambda: export_and_note(Path(model), Path(out), key)))


if __name__ == "__main__":
    main()
