"""A dataset in AI-Hub's layout, of any size, for tests of what size does."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.made.entry import entry_of, missing_entry
from benchmarks.made.made_options import MadeOptions
from benchmarks.made.make_pool import Pool, make_pool
from benchmarks.made.plan import Planned, plan, portion_of
from benchmarks.made.to_photo import LARGE_PX, LEAST_BYTES, MOST_BYTES, named
from benchmarks.made.write_zips import Zips
from face_detect.command import MachineError
from face_detect.swap import refuse_strangers, staged

MARK = ".made-aihub.json"
"""Hidden, so that a reader takes it for no list."""
_PEOPLE_IN_A_ZIP = 500
"""AI-Hub packs each emotion into several zips."""
_ENTRY_BYTES = 1_000
"""What zips need for a picture beside its bytes."""
_SPARE_BYTES = 50_000_000


@dataclass(frozen=True, kw_only=True)
class MadeSet:
    """What was written, and what a reader must find."""

    pictures: int
    entries: int
    """In the lists."""
    records: int
    """Pictures that the reader gives by the annotators' majority; some of them cannot be decoded,
    show no face, or are not where their box is."""
    wrong: dict[str, int]
    """How many of each kind."""
    bytes: int
    distinct: int
    """Pictures with one face that differ in more than their name."""
    faces: int
    """Real faces that they were drawn from."""


def make_aihub(
    out: Path,
    options: MadeOptions,
    on_step: Callable[[str, float], None] = lambda part, done: None,
) -> MadeSet:
    """Write one portion of the set to the folder `out`, whole or not at all.

    `on_step` hears how many "distinct_pictures" and then "pictures" are done.
    """
    indices = portion_of(options.pictures, options.portion, options.portions)
    refuse_strangers(out.resolve(), _is_ours)
    out.resolve().parent.mkdir(parents=True, exist_ok=True)
    _check_room(out, len(indices) * _least_bytes(options))
    with staged(out, _is_ours) as folder:
        # Beside what is made, so that it goes with it.
        pool = make_pool(options.pool or folder.parent / "pool", options, on_step)
        _check_room(out, _needed(pool, options, indices))
        made = _write(folder, pool, options, indices, on_step)
        mark = {"options": _plain(options), "made": asdict(made)}
        (folder / MARK).write_text(json.dumps(mark, indent=1, ensure_ascii=False), encoding="utf-8")
    return made


def _write(
    folder: Path,
    pool: Pool,
    options: MadeOptions,
    indices: range,
    on_step: Callable[[str, float], None],
) -> MadeSet:
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number, some in _volumes(_planned(options, indices)):
        with Zips(folder, _numbered(options, number)) as zips:
            for planned in some:
                _add(zips, planned, pool, options.seed, counts)
                wrong.update([planned.wrong] if planned.wrong else [])
                on_step("pictures", counts["pictures"])
    return MadeSet(
        pictures=counts["pictures"],
        entries=counts["entries"],
        records=counts["pictures"] - wrong["no label"] - wrong["annotators disagree"],
        wrong=dict(sorted(wrong.items())),
        bytes=counts["bytes"],
        distinct=pool.distinct,
        faces=pool.faces,
    )


def _add(zips: Zips, planned: Planned, pool: Pool, seed: int, counts: Counter[str]) -> None:
    base = pool.base_of(planned)
    jpeg = named(pool.read(base), planned.name)
    if planned.wrong == "truncated":
        share = np.random.default_rng((seed, 6, planned.index)).uniform(0.02, 0.98)
        jpeg = jpeg[: int(len(jpeg) * share)]
    zips.add_picture(planned, jpeg)
    counts.update(pictures=1, bytes=len(jpeg))
    if planned.wrong != "no label":
        zips.add_entry(planned, entry_of(planned, base.box, seed))
        counts.update(entries=1)
    if planned.wrong == "picture missing":
        zips.add_entry(planned, missing_entry(planned, base.box, seed))
        counts.update(entries=1)


def _volumes(some: Iterator[Planned]) -> Iterator[tuple[int, Iterator[Planned]]]:
    """So many people at a time: the list of what a zip holds is in memory until it is closed."""
    first = None
    for volume, planned in groupby(some, lambda each: each.subject // _PEOPLE_IN_A_ZIP):
        first = volume if first is None else first
        yield volume - first + 1, planned


def _planned(options: MadeOptions, indices: range) -> Iterator[Planned]:
    return plan(options.pictures, options.seed, options.wrong, indices)


def _numbered(options: MadeOptions, number: int) -> str:
    """Zips of two portions have two names."""
    return f"{options.portion:02}_{number:02}" if options.portions > 1 else f"{number:02}"


def _needed(pool: Pool, options: MadeOptions, indices: range) -> int:
    pictures = sum(pool.base_of(planned).bytes for planned in _planned(options, indices))
    return pictures + len(indices) * _ENTRY_BYTES + _SPARE_BYTES


def _least_bytes(options: MadeOptions) -> int:
    """Of a picture, before any is drawn."""
    small = options.megapixels is not None and options.megapixels * 1e6 < LARGE_PX
    return 0 if small else (LEAST_BYTES + MOST_BYTES) // 2


def _check_room(out: Path, needed: int) -> None:
    free = shutil.disk_usage(out.resolve().parent).free
    if needed > free:
        raise MachineError(
            f"{out}: needs {needed / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free; make it in"
            f" portions, such as --portion 1/{-(-2 * needed // max(free, 1))}, and delete each"
            " before the next"
        )


def _is_ours(folder: Path) -> bool:
    return (folder / MARK).is_file()


def _plain(options: MadeOptions) -> dict[str, object]:
    """Without what changes nothing in the pictures."""
    kept = asdict(options)
    del kept["pool"], kept["workers"]
    return kept | {"faces": str(options.faces) if options.faces else None}
