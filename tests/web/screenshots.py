"""Pictures of every view of the built site: `make screenshots`, or with `--help` of this module.

The face is NASA's portrait of Eileen Collins, which is in the public domain; Chromium's fake camera
and the clips show it moving.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.film import camera_flags, write_camera, write_clip
from export.browser import FLAGS
from export.chromium import find_chromium
from export.serve import serve
from face_detect.command import InputError, exit_code_of
from face_detect.crop import Pixels
from face_detect.media import read_picture

FACE = Path(__file__).parent / "astronaut.jpg"
SIZES = {390: 844, 820: 1180, 1440: 900}
LANGUAGES = {"en": "en-GB", "ko": "ko-KR"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FRAMES = 90
WAIT_MS = 120_000


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the views are given to read."""

    picture: Path
    clip: Path
    take: Path
    camera: Path


def views() -> Iterator[Pixels]:
    """The portrait, its camera swaying."""
    picture = cv2.resize(read_picture(FACE), (960, 960), interpolation=cv2.INTER_CUBIC)
    for number in range(FRAMES):
        part = number / FRAMES * 2 * math.pi
        left, top = round(90 + 50 * math.sin(part)), round(40 + 25 * math.cos(part))
        yield np.ascontiguousarray(picture[top : top + 480, left : left + 640]).astype(np.uint8)


def material(folder: Path) -> Material:
    frames = list(views())
    camera, clip, take = (folder / name for name in ("face.y4m", "reference.webm", "take.webm"))
    write_camera(camera, frames)
    write_clip(clip, frames)
    dimmed = [cv2.convertScaleAbs(frame, alpha=0.8).astype(np.uint8) for frame in frames]
    write_clip(take, [*dimmed[8:], *dimmed[:8]])
    return Material(picture=FACE, clip=clip, take=take, camera=camera)


def live(page: Page, _material: Material) -> None:
    page.click("#live-on")
    page.wait_for_selector(".verdict:not(.quiet)", timeout=WAIT_MS)
    page.wait_for_timeout(6000)


def files(page: Page, material: Material) -> None:
    page.set_input_files("#files-input", [material.clip, material.picture])
    page.wait_for_selector(".files-controls", timeout=WAIT_MS)
    page.wait_for_selector(".files-reading", state="hidden", timeout=WAIT_MS)
    page.wait_for_selector(".verdict:not(.quiet)", timeout=WAIT_MS)


def compare(page: Page, material: Material) -> None:
    page.set_input_files("#compare-reference-file", material.clip)
    page.wait_for_selector("#compare-record:enabled", timeout=WAIT_MS)
    page.set_input_files("#compare-take-file", material.take)
    page.wait_for_selector("#compare-score", timeout=WAIT_MS)


def about(page: Page, _material: Material) -> None:
    page.wait_for_selector("main table", timeout=WAIT_MS)


VIEWS: dict[str, Callable[[Page, Material], None]] = {
    "live": live,
    "files": files,
    "compare": compare,
    "about": about,
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    views: tuple[str, ...]
    whole: bool
    """The whole length of a page, not only what fits the window."""
    out: Path


def shoot(browser: Browser, address: str, material: Material, wanted: Wanted) -> None:
    for name, (width, height), scheme, language in itertools.product(
        wanted.views, SIZES.items(), SCHEMES, LANGUAGES
    ):
        with browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=LANGUAGES[language],
        ) as context:
            page = context.new_page()
            page.goto(f"{address}#{name}")
            VIEWS[name](page, material)
            path = wanted.out / f"{name}-{width}-{scheme}-{language}.png"
            page.screenshot(path=path, full_page=wanted.whole)
            sys.stdout.write(f"{path}\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.web.screenshots", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("dist/site"), help="(dist/site)")
    parser.add_argument("--out", type=Path, default=Path("dist/screenshots"), metavar="DIR")
    parser.add_argument("--view", action="append", choices=VIEWS, help="again for more (all)")
    parser.add_argument("--whole", action="store_true", help="pages from top to bottom")
    given = parser.parse_args()
    if not (given.site / "index.html").is_file():
        raise InputError(f"{given.site}: is no site; make export builds one")
    wanted = Wanted(views=tuple(given.view or VIEWS), whole=given.whole, out=given.out)
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serve({"": given.site}) as address:
        found = material(Path(folder))
        flags = [*FLAGS, *camera_flags(found.camera)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
            shoot(browser, f"{address}/", found, wanted)
            browser.close()


if __name__ == "__main__":
    sys.exit(exit_code_of(main))
