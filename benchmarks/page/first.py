"""A first visit: how soon the page can be used, when the first result comes, what it takes."""

from __future__ import annotations

from pathlib import Path

from benchmarks.page.result import FetchedFile, FirstVisit
from benchmarks.page.visit import PageVisit
from export.serve import find

LONGEST_S = 120.0


def measure_first_visit(visit: PageVisit, root: str, folder: Path) -> FirstVisit:
    """Turn the camera on as soon as that can be done, and wait for the first result."""
    visit.click("#live-on")
    complaint = "no result; does the camera give frames?"
    visit.wait_for_note("first_result_ms", complaint, LONGEST_S)
    seen = visit.state()
    return FirstVisit(
        interactive_ms=seen["interactive_ms"],
        model_ms=seen["model_ms"],
        first_result_ms=seen["first_result_ms"],
        files=fetched_files(visit.requests, root, folder),
    )


def fetched_files(urls: tuple[str, ...], root: str, folder: Path) -> tuple[FetchedFile, ...]:
    """The site's files among what was asked for, each as large as a server would send it."""
    inside = folder.resolve()
    paths = [
        path
        for url in urls
        if url.startswith(root)
        and (path := find({"": inside}, f"/{url.removeprefix(root).partition('#')[0]}"))
    ]
    return tuple(
        FetchedFile(path=path.relative_to(inside).as_posix(), sent_bytes=_sent_bytes(path))
        for path in dict.fromkeys(paths)
    )


def _sent_bytes(path: Path) -> int:
    packed = path.with_name(f"{path.name}.br")
    return (packed if packed.is_file() else path).stat().st_size
