from __future__ import annotations

import gzip
import threading
from pathlib import Path

import brotli

from export.compress import brotli_bytes, compress

_TEXT = b"the same words again and again, " * 5000


def test_both_siblings_hold_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(_TEXT)
    size = compress([tmp_path / "a.js"])
    packed = (tmp_path / "a.js.br").read_bytes()
    assert brotli.decompress(packed) == _TEXT
    assert gzip.decompress((tmp_path / "a.js.gz").read_bytes()) == _TEXT
    assert size == len(packed)


def test_gzip_carries_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(_TEXT)
    compress([tmp_path / "a.js"])
    assert (tmp_path / "a.js.gz").read_bytes()[4:8] == bytes(4)


def test_pictures_and_headers_are_left_alone(tmp_path: Path) -> None:
    for name in ("face.png", "_headers"):
        (tmp_path / name).write_bytes(_TEXT)
    assert compress(tmp_path.iterdir()) == 0
    assert len(list(tmp_path.iterdir())) == 2


def test_a_sibling_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(_TEXT)
    (tmp_path / "a.js.br").write_bytes(b"made before")
    compress([tmp_path / "a.js"])
    assert (tmp_path / "a.js.br").read_bytes() == b"made before"


def test_a_stopped_compression_ends_at_once() -> None:
    stop = threading.Event()
    stop.set()
    assert brotli_bytes(_TEXT, 11, stop) == b""
