"""Shards behind a URL, fetched once into a cache that every later command finds."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec

from face_detect.command import FacecastError, InputError, MachineError
from train.aside import aside, put, replacing
from train.data.shard_index import INDEX, ShardFile, index_of, parse_index
from train.lock import lock

CACHE = "FACECAST_CACHE"
_ASK_AGAIN_S = 0.5


OnStep = Callable[[str, int, int], None]
"""What is done, and how many megabytes of how many."""


def fetch_shards(
    url: str, cache: Path | None = None, on_step: OnStep = lambda what, done, total: None
) -> Path:
    """Every file whole, checked by its SHA-256, and none twice; the index is written last.

    The folder is named after the index, so that other shards at the same URL are others here.
    """
    source, root = _source(url)
    content = _read_index(source, root, url)
    document = parse_index(content)
    if document is None:
        raise InputError(f"{url}/{INDEX}: is not what train prepare writes")
    files = index_of(document, url).files()
    for file in files:
        if Path(file.name).name != file.name:
            raise InputError(f"{url}/{INDEX}: names {file.name!r}, which is no file beside it")
    key = hashlib.sha256(content).hexdigest()[:12]
    folder = (cache or _cache()) / f"{root.rstrip('/').rpartition('/')[2] or 'shards'}-{key}"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder, url, on_step):
        _fetch_missing(source, root, url, folder, files, on_step)
        with replacing(folder / INDEX) as stream:
            stream.write(content)
    return folder


def _source(url: str) -> tuple[Any, str]:
    try:
        source, root = fsspec.core.url_to_fs(url.rstrip("/"))
    except ImportError as error:  # fsspec says what to install
        raise InputError(f"{url}: cannot be read yet: {error}") from error
    except ValueError as error:
        raise InputError(f"{url}: {error}") from error
    except Exception as error:  # some services are asked at once
        raise MachineError(f"{url}: cannot be read ({_line(error)})") from error
    return source, str(root)


def _read_index(source: Any, root: str, url: str) -> bytes:
    try:
        return bytes(source.cat_file(f"{root}/{INDEX}"))
    except FileNotFoundError as error:
        raise InputError(
            f"{url}: has no {INDEX}, so no shards that are whole; train prepare makes them, and"
            f" {INDEX} is to be copied last"
        ) from error
    except Exception as error:  # each service has kinds of its own
        raise MachineError(f"{url}: cannot be read ({_line(error)})") from error


def _cache() -> Path:
    """Where `FACECAST_CACHE` says, or where caches are."""
    own = os.environ.get(CACHE)
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "facecast"


@contextlib.contextmanager
def _alone(folder: Path, url: str, on_step: OnStep) -> Iterator[None]:
    """One process fetches; the others wait, and find what it has fetched."""
    held = lock(folder)
    while held is None:
        on_step(f"waiting for another process that fetches {url}", 0, 1)
        time.sleep(_ASK_AGAIN_S)
        held = lock(folder)
    with held:
        yield


def _fetch_missing(
    source: Any, root: str, url: str, folder: Path, files: list[ShardFile], on_step: OnStep
) -> None:
    missing = [file for file in files if not _is_there(folder / file.name, file)]
    size, free = sum(file.size for file in missing), shutil.disk_usage(folder).free
    if size > free:
        raise MachineError(
            f"{folder}: {size / 1e9:.1f} GB are to come, and {free / 1e9:.1f} GB are free; make"
            f" room, or name another place: {CACHE}=DIR"
        )
    done = 0
    for file in missing:
        on_step(f"fetching {url}, MB", done // 10**6, size // 10**6)
        _fetch(source, f"{root}/{file.name}", f"{url}/{file.name}", folder / file.name, file)
        done += file.size


def _is_there(path: Path, file: ShardFile) -> bool:
    return path.exists() and path.stat().st_size == file.size


def _fetch(source: Any, path: str, named: str, to: Path, file: ShardFile) -> None:
    """It gets its name when all of it is there and is what the index says."""
    try:
        with aside(to.with_name(f".{to.name}.new")) as stream:
            source.get_file(path, stream.name)
            with Path(stream.name).open("rb") as written:
                found = hashlib.file_digest(written, "sha256").hexdigest()
            if found != file.sha256:
                raise InputError(f"{named}: is damaged: its SHA-256 is not the one in {INDEX}")
            put(stream, to)
    except FileNotFoundError as error:
        raise InputError(f"{named}: is missing; {INDEX} names it") from error
    except FacecastError:
        raise
    except Exception as error:  # each service has kinds of its own
        raise MachineError(
            f"{named}: did not come ({_line(error)}); the same command goes on behind the files"
            " that are whole"
        ) from error


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
