"""Every arm's site in one Chromium, in turns: how soon its first answer comes, and what a frame
takes.

In a turn one arm is opened on a new page, warms up and reads a part of the film; then the next one
reads the same part. Who comes first changes from round to round. So each round starts every net
anew, and the nets of a large study need not all lie in memory at a time.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.names import ours
from benchmarks.outcome import Outcome, read_outcome
from benchmarks.pages import build_pages
from benchmarks.report.environment import Environment, models_of, this_environment
from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Validity, Watch, too_few
from benchmarks.shots import Film, is_found, sample_film
from benchmarks.site import read_site
from benchmarks.site_library import on_site
from benchmarks.stages import stage_series
from export.browser import Browser, PageError

PAGE = "/harness/frame.html"
LOAD, FRAME = "load", "frame"
LEAST_ROUNDS = 3
_EMPTY = "about:blank"


@dataclass(frozen=True, kw_only=True)
class TurnOptions:
    """How much is measured."""

    frames: int = 100
    """Of each arm, in all rounds together."""
    rounds: int = 5
    warmup: int = 10
    """Frames of each turn that come first and are not kept."""

    @property
    def each(self) -> int:
        """Frames of a turn."""
        return -(-self.frames // self.rounds)


@dataclass
class _Told:
    """What an arm did so far."""

    loads: list[Outcome] = field(default_factory=list)
    frames: list[Outcome] = field(default_factory=list)
    about: Mapping[str, Any] = field(default_factory=dict)
    fault: str | None = None
    """The page's, after which the arm takes no more turns."""


def measure_arms(
    sites: Mapping[str, Path],
    options: TurnOptions,
    on_step: Callable[[str, float], None] = lambda part, done: None,
) -> Report:
    """By the arm's name its site; `on_step` hears how many "turns" are done."""
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name:
        folder = Path(name)
        film = sample_film(folder, options.each * options.rounds)
        places = {f"/arms/{place}": site for place, site in enumerate(sites.values())}
        mounts = {"/harness": build_pages("frame"), "/data": folder, **places}
        with Browser(mounts=mounts, flags=(), page=PAGE) as browser, Watch() as watch:
            environment = this_environment(browser)
            addresses = dict(zip(sites, places, strict=True))
            arena = _Arena(browser, film, options, sites, addresses)
            told = _rounds(arena, watch, on_step)
            watch.tick()
    return Report(
        benchmark="study",
        environment=_environment(environment, sites, told),
        validity=_validity(watch, told, film),
        figures={},
        series=tuple(_series(told, options.warmup)),
        facts={
            "backends": {arm: each.about.get("backend") for arm, each in told.items()},
            "faults": {arm: each.fault for arm, each in told.items() if each.fault},
        },
    )


@dataclass(frozen=True)
class _Arena:
    browser: Browser
    film: Film
    options: TurnOptions
    sites: Mapping[str, Path]
    addresses: Mapping[str, str]

    def turn(self, arm: str, number: int, told: _Told) -> None:
        """Loads the arm anew and reads the round's part of the film."""
        self._open(self.browser.address + PAGE)
        each, before, length = self.options.each, self.options.warmup + 1, len(self.film.shots)
        begin = -(-before // length) * length + number * each
        # It warms up on what comes before, so that the tracker knows the face already.
        first, *tasks = self.film.tasks(begin - before, begin + each, "/data")
        on = on_site(self.sites[arm], None, url=self.addresses[arm])
        loaded = self.browser.call("load", {"on": on, "task": first})
        outcomes = [read_outcome(one) for one in self.browser.call("film", tasks)]
        told.about = loaded["told"]
        told.loads.append(_load(loaded["ready_ms"], loaded["first_ms"]))
        told.frames += outcomes[-each:]

    def leave(self) -> None:
        """Nothing of an arm is at work any more."""
        self._open(_EMPTY)

    def _open(self, url: str) -> None:
        self.browser.do(lambda page: page.goto(url))


def _rounds(arena: _Arena, watch: Watch, on_step: Callable[[str, float], None]) -> dict[str, _Told]:
    told = {arm: _Told() for arm in arena.sites}
    done = 0
    for number in range(arena.options.rounds):
        for arm in in_turn([*arena.sites], number):
            if told[arm].fault is None:
                _try(arena, arm, number, told[arm])
                watch.tick()
            done += 1
            on_step("turns", done)
    return told


def _try(arena: _Arena, arm: str, number: int, told: _Told) -> None:
    """A net that the page cannot run is told as such, and the others go on."""
    try:
        arena.turn(arm, number, told)
    except PageError as error:
        told.fault = str(error)
    arena.leave()


def in_turn(arms: Sequence[str], number: int) -> list[str]:
    """The order of a round: another one begins each time, and every other round goes backwards."""
    shift = number // 2 % len(arms)
    turned = [*arms[shift:], *arms[:shift]]
    return turned if number % 2 == 0 else turned[::-1]


def _load(ready_ms: float, first_ms: float) -> Outcome:
    stages = {"ready": ready_ms, "first frame": first_ms}
    return Outcome(ms=ready_ms + first_ms, stages=stages)


def _series(told: Mapping[str, _Told], warmup: int) -> Iterator[Series]:
    for arm, each in told.items():
        if each.fault is None:
            yield from stage_series(f"{arm} · {LOAD}", ours(arm), each.loads)
            yield from stage_series(f"{arm} · {FRAME}", ours(arm), each.frames, warmup)


def _validity(watch: Watch, told: Mapping[str, _Told], film: Film) -> Validity:
    going = {arm: each for arm, each in told.items() if each.fault is None}
    reasons = [
        *too_few({f"{arm} · {FRAME}": len(each.frames) for arm, each in going.items()}),
        *too_few({f"{arm} · {LOAD}": len(each.loads) for arm, each in going.items()}, LEAST_ROUNDS),
    ]
    for arm, each in going.items():
        shown = zip(film.shots, each.frames, strict=True)
        if not any(is_found(shot, outcome.box) for shot, outcome in shown):
            reasons.append(f"{arm}: the face was found in none of {len(each.frames)} frames")
    return watch.validity(reasons)


def _environment(
    found: Environment, sites: Mapping[str, Path], told: Mapping[str, _Told]
) -> Environment:
    """With every arm's model."""
    models = [models_of(read_site(site)) for site in sites.values()]
    backends = {str(each.about["backend"]) for each in told.values() if each.about}
    return dataclasses.replace(
        found,
        backend=" and ".join(sorted(backends)) or None,
        models={name: model for each in models for name, model in each.items()},
    )
