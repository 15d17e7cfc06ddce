"""Draw the icons that an installed page is shown by: `python -m export.icons`, after a new mark."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from export.chromium import find_chromium

WEB = Path(__file__).parent.parent / "web"
# Systems cut their own shape out of the last two; of a maskable one they may leave 80 %.
ICONS = {"any-192": 192, "any-512": 512, "maskable-512": 512, "touch-180": 180}
_COLOURS = 64


def draw_icons(web: Path) -> None:
    """Write `public/icons/` from `favicon.svg`."""
    mark = (web / "favicon.svg").read_text(encoding="utf-8")
    folder = web / "public" / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page()
        for name, size in ICONS.items():
            svg = mark if name.startswith("any") else to_the_edge(mark)
            (folder / f"{name}.png").write_bytes(_draw(page, svg, size))
        browser.close()


def to_the_edge(mark: str) -> str:
    """The mark without its round corners."""
    return re.sub(r'(<rect [^>]*?) rx="[^"]*"', r"\1", mark)


def _draw(page: Page, svg: str, size: int) -> bytes:
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px}}</style>{svg}")
    image = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
    few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    draw_icons(WEB)
