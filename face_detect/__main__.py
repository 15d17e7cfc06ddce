"""`python -m face_detect`: cut the faces out of pictures and videos."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import cv2
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from face_detect import arguments
from face_detect.build import build_detector
from face_detect.command import InputError, exit_code_of
from face_detect.crop import MOST_SCALE, CropRule
from face_detect.extract import Extraction, Plan, extract, is_extraction
from face_detect.media import find_media
from face_detect.swap import staged
from face_detect.tiny_weights import DEFAULT_WEIGHTS

EXAMPLE = """example:
  python -m face_detect photos/ talk.mp4 --every 10 --out faces
  looks at every picture below photos/ and at every tenth frame of talk.mp4,
  and writes faces/boxes.json and faces/crops/*.png"""


def main() -> None:
    chosen = _parser().parse_args()
    sys.exit(exit_code_of(lambda: _run(chosen)))


def _run(chosen: argparse.Namespace) -> None:
    _hush_opencv()
    sources = _sources(chosen.paths, chosen.out.resolve())
    plan = Plan(
        detector=build_detector(chosen.detector, weights=chosen.weights, size=chosen.size),
        rule=CropRule(
            scale=chosen.scale,
            shift_x=chosen.shift_x,
            shift_y=chosen.shift_y,
            edge=chosen.edge,
        ),
        crop_size=chosen.crop_size,
        every=chosen.every,
    )
    with staged(chosen.out, is_extraction) as folder:
        extraction = _extract(sources, plan, folder)
        if not extraction.found:
            first = extraction.failures[0]
            raise InputError(
                f"none of {len(sources)} file(s) could be read; {first.source}: {first.reason}"
            )
    _print_summary(extraction, chosen.out)


def _hush_opencv() -> None:
    """OpenCV's own complaints would tear the progress bar; ours name the file."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET


def _sources(paths: list[Path], out: Path) -> list[Path]:
    """Every file that is named or lies in a named folder; never what an earlier run wrote."""
    earlier = out if is_extraction(out) else None
    sources: list[Path] = []
    for path in paths:
        if path.is_dir():
            sources += [each for each in find_media(path) if earlier not in each.resolve().parents]
        else:
            sources.append(path)
    if not sources:
        raise InputError(f"{paths[0]}: holds no picture and no video")
    return list(dict.fromkeys(sources))


def _extract(sources: list[Path], plan: Plan, folder: Path) -> Extraction:
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=len(sources))
        done = {source: i for i, source in enumerate(sources)}

        def show(source: Path, extraction: Extraction) -> None:
            faces = f"{extraction.face_count} faces"
            bar.update(task, completed=done[source], description=f"{source.name[:40]}: {faces}")

        extraction = extract(sources, plan, folder, show)
        bar.update(task, completed=len(sources), description=f"{extraction.face_count} faces")
    return extraction


def _print_summary(extraction: Extraction, out: Path) -> None:
    for failure in extraction.failures:
        print(f"skipped {failure.source}: {failure.reason}", file=sys.stderr)
    looked_at = len(extraction.found)
    print(
        f"{extraction.face_count} faces in {looked_at} pictures and frames, "
        f"{len(extraction.failures)} files skipped: {out / 'boxes.json'}"
    )


def _parser() -> argparse.ArgumentParser:
    rule = CropRule()
    parser = argparse.ArgumentParser(
        prog="python -m face_detect",
        description="Find faces in pictures, folders of pictures and videos, and cut them out.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("paths", nargs="+", type=Path, metavar="PATH", help="picture, video or folder of them")
    add("--out", type=Path, required=True, metavar="DIR", help="folder to write, or write anew")
    add("--detector", choices=("tiny", "haar"), default="tiny", help="default: tiny")
    add("--weights", type=Path, default=DEFAULT_WEIGHTS, metavar="DIR",
        help="face-api's model folder; default: the one that `make setup` fetches")  # fmt: skip
    add("--size", type=int, default=416, metavar="PX",
        help="tiny: side of the net's input, a multiple of 32; default: 416")  # fmt: skip
    add(
        "--crop-size", type=arguments.whole(1, 4096), default=112, metavar="PX", help="default: 112"
    )
    add("--scale", type=arguments.real(0.1, MOST_SCALE), default=rule.scale, metavar="X",
        help=f"side of the crop, in box sides; default: {rule.scale}")  # fmt: skip
    add("--shift-x", type=arguments.real(-100, 100), default=rule.shift_x, metavar="X",
        help=f"crop to the right, in box sides; default: {rule.shift_x}")  # fmt: skip
    add("--shift-y", type=arguments.real(-100, 100), default=rule.shift_y, metavar="X",
        help=f"crop downwards, in box sides; default: {rule.shift_y}")  # fmt: skip
    add("--edge", choices=("replicate", "black"), default=rule.edge,
        help=f"what lies beyond the picture; default: {rule.edge}")  # fmt: skip
    add("--every", type=arguments.whole(1, sys.maxsize), default=1, metavar="N",
        help="of a video, look at each Nth frame; default: 1")  # fmt: skip
    return parser


if __name__ == "__main__":
    main()
