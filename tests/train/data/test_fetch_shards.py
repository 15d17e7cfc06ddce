from __future__ import annotations

import argparse
import dataclasses
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from face_detect.command import InputError, MachineError
from tests.train.prepare.conftest import SMALL, crops, run
from train.commands.data_arguments import data_at, fetch_data
from train.data.fetch_shards import CACHE, fetch_shards
from train.data.open_dataset import open_dataset
from train.data.shard_index import INDEX
from train.lock import lock

__all__ = ["crops", "run"]
URL = "memory://store/faces"


@pytest.fixture
def shards(crops: Path, run: object, tmp_path: Path) -> Path:
    assert callable(run)
    run(crops, options=dataclasses.replace(SMALL, shard_mb=0))
    return tmp_path / "out"


@pytest.fixture
def store(shards: Path) -> Iterator[fsspec.AbstractFileSystem]:
    """The shards in a store that fsspec reads."""
    memory = fsspec.filesystem("memory")
    for path in shards.iterdir():
        if path.is_file():
            memory.pipe_file(f"/store/faces/{path.name}", path.read_bytes())
    yield memory
    memory.store.clear()


def tars(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.tar"))


@pytest.mark.usefixtures("store")
def test_behind_a_url_lie_the_very_faces(
    shards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    chosen = argparse.Namespace(data=data_at(URL))
    fetch_data(chosen)
    own, fetched = open_dataset(shards), open_dataset(chosen.data)
    assert [(r.name, r.read()) for r in fetched.records] == [
        (r.name, r.read()) for r in own.records
    ]


def test_what_was_fetched_is_not_asked_for_again(
    store: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    first = fetch_shards(URL, tmp_path / "cache")
    for path in store.glob("/store/faces/*.tar"):
        store.rm(path)
    assert fetch_shards(URL, tmp_path / "cache") == first


@pytest.mark.usefixtures("store")
def test_what_somebody_removed_from_the_cache_is_fetched_again(tmp_path: Path) -> None:
    folder = fetch_shards(URL, tmp_path / "cache")
    first, *_ = tars(folder)
    first.unlink()
    assert fetch_shards(URL, tmp_path / "cache") == folder
    assert first.exists()


def test_what_was_interrupted_goes_on_behind_the_files_that_are_whole(
    store: fsspec.AbstractFileSystem, shards: Path, tmp_path: Path
) -> None:
    *_, last = tars(shards)
    assert len(tars(shards)) > 1
    store.rm(f"/store/faces/{last.name}")
    with pytest.raises(InputError, match=f"{URL}/{last.name}: is missing"):
        fetch_shards(URL, tmp_path / "cache")
    (folder,) = (tmp_path / "cache").iterdir()
    whole = {path: path.stat().st_mtime_ns for path in tars(folder)}
    assert len(whole) == len(tars(shards)) - 1
    assert not (folder / INDEX).exists()
    store.pipe_file(f"/store/faces/{last.name}", last.read_bytes())
    assert fetch_shards(URL, tmp_path / "cache") == folder
    assert {path: path.stat().st_mtime_ns for path in whole} == whole


def test_what_was_damaged_on_the_way_is_not_kept(
    store: fsspec.AbstractFileSystem, shards: Path, tmp_path: Path
) -> None:
    first, *_ = tars(shards)
    store.pipe_file(f"/store/faces/{first.name}", bytes(first.stat().st_size))
    with pytest.raises(InputError, match=f"{first.name}: is damaged: its SHA-256"):
        fetch_shards(URL, tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob(f"*{first.name}*"))


def test_other_shards_at_the_same_url_are_others_in_the_cache(
    store: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    first = fetch_shards(URL, tmp_path / "cache")
    index = store.cat_file(f"/store/faces/{INDEX}")
    store.pipe_file(f"/store/faces/{INDEX}", index + b"\n")
    assert fetch_shards(URL, tmp_path / "cache") != first


def test_a_name_that_leads_out_of_the_folder_is_refused(
    store: fsspec.AbstractFileSystem, shards: Path, tmp_path: Path
) -> None:
    first, *_ = tars(shards)
    index = store.cat_file(f"/store/faces/{INDEX}").replace(first.name.encode(), b"../a.tar")
    store.pipe_file(f"/store/faces/{INDEX}", index)
    with pytest.raises(InputError, match=r"names '\.\./a\.tar', which is no file beside it"):
        fetch_shards(URL, tmp_path / "cache")


def test_where_no_index_lies_the_way_to_shards_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"memory://none: has no index\.json, .* train prepare"):
        fetch_shards("memory://none", tmp_path / "cache")


def test_a_service_whose_package_is_missing_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sftp://host/faces: cannot be read yet: .*paramiko"):
        fetch_shards("sftp://host/faces", tmp_path / "cache")


def test_a_disk_that_is_too_small_is_told_before_anything_comes(
    store: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=100)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(MachineError, match=r"GB are free; make room, or name another .*CACHE=DIR"):
        fetch_shards(URL, tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob("*.tar"))


@pytest.mark.usefixtures("store")
def test_while_another_process_fetches_it_is_waited_for(tmp_path: Path) -> None:
    folder = fetch_shards(URL, tmp_path / "cache")
    (folder / INDEX).unlink()
    held = lock(folder)
    assert held is not None
    waiting = threading.Thread(target=fetch_shards, args=(URL, tmp_path / "cache"))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    assert not (folder / INDEX).exists()
    held.close()
    waiting.join(30)
    assert (folder / INDEX).exists()


def test_the_cache_lies_where_caches_are(
    store: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CACHE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert os.path.commonpath([fetch_shards(URL), tmp_path / "caches/facecast"]) == str(
        tmp_path / "caches/facecast"
    )
