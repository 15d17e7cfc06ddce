"""What was seen of the page, before figures are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FetchedFile:
    """A file of the site, and its size on the wire."""

    path: str
    sent_bytes: int

    @property
    def is_heavy(self) -> bool:
        """Weights and the runtime, whose size is not the page's doing."""
        return self.path.endswith(("/weights.bin", ".wasm"))


@dataclass(frozen=True, kw_only=True)
class FirstVisit:
    """Times count from the beginning of the navigation, with nothing in the cache."""

    interactive_ms: float
    """The camera can be turned on."""
    model_ms: float
    """The model runs."""
    first_result_ms: float
    files: tuple[FetchedFile, ...]
    """All that was fetched until then."""


@dataclass(frozen=True, kw_only=True)
class Heap:
    """Bytes held after a garbage collection."""

    place: str
    before_bytes: int
    after_bytes: int

    def drift_bytes(self, frames: int) -> float:
        """Per 1,000 frames; fewer count as so many, for what they leave is mostly chance."""
        return (self.after_bytes - self.before_bytes) / max(1.0, frames / 1000)


@dataclass(frozen=True, kw_only=True)
class LongTask:
    """Something that kept the main thread for more than 50 ms."""

    at_ms: float
    """After the first frame that counts."""
    duration_ms: float


@dataclass(frozen=True, kw_only=True)
class Live:
    """The live view with the fake camera."""

    seconds: float
    """From the first to the last of the camera's frames that count."""
    presented: int
    """Frames that the camera brought to the screen, whether the page looked at them or not."""
    answered: int
    """Different ones among them that got a result."""
    page_drops: int
    """Those that did not, by the page's own count."""
    backend: str
    charts: bool
    """They could be seen, at the beginning and at the end."""
    samples_ms: Mapping[str, tuple[float, ...]]
    """For each frame that was answered: "latency" from the screen to the result, "worker" from the
    question to it, and the worker's own stages."""
    tensors_before: int
    tensors_after: int
    heaps: tuple[Heap, ...]
    long_tasks: tuple[LongTask, ...]

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds if self.seconds else 0.0

    @property
    def dropped_ratio(self) -> float:
        return 1 - min(1.0, self.answered / self.presented) if self.presented else 1.0


@dataclass(frozen=True, kw_only=True)
class PageResult:
    """One run."""

    first: FirstVisit
    live: Live
    answers_ms: tuple[float, ...]
    """From a click to the next paint while a clip was read; 16 stands for that or less."""
