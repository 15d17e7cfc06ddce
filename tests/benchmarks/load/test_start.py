from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from benchmarks.load.face_api_page import face_api_page
from benchmarks.load.figures import quotients
from benchmarks.load.host import Host
from benchmarks.load.measure import Starts
from benchmarks.load.start import Start, first_against_steady
from benchmarks.pages import PACKAGES, build_pages
from benchmarks.samples import MODULES
from export.compress import compress
from export.serve import Sent


def start(first_result_ms: float, sent_bytes: int = 1) -> Start:
    return Start(
        interactive_ms=None,
        model_ms=None,
        first_result_ms=first_result_ms,
        bytes=sent_bytes,
        requests=1,
        files=(),
        first_inference=1.0,
    )


def test_a_round_is_compared_with_itself() -> None:
    starts = Starts(cold=[start(300), start(900)], peer=[start(600), start(600)])
    assert quotients(starts, "first_result_ms") == [0.5, 1.5]


def test_the_first_inference_is_held_against_the_last_thirty() -> None:
    assert first_against_steady([100.0, 50.0, *[10.0] * 30]) == 10


def test_what_began_to_go_out_later_does_not_count(tmp_path: Path) -> None:
    host = Host(tmp_path)
    host._sent += [Sent(url="/a", bytes=3, at_s=1.0), Sent(url="/b", bytes=5, at_s=2.5)]
    assert [sent.url for sent in host.until(2.0)] == ["/a"]
    assert host.total_bytes() == 8


def test_a_host_counts_packed_bytes(tmp_path: Path) -> None:
    text = tmp_path / "page.html"
    text.write_text("word " * 1000)
    compress([text])
    with Host(tmp_path) as host:
        asked = Request(f"{host.address}/page.html", headers={"Accept-Encoding": "br"})
        with urlopen(asked) as answer:
            assert answer.headers["Content-Encoding"] == "br"
            assert len(answer.read()) == host.total_bytes() < 100


@pytest.mark.skipif(not PACKAGES.is_dir(), reason="benchmarks/node_modules is not installed")
def test_the_face_api_page_is_whole_and_packed(tmp_path: Path) -> None:
    folder = face_api_page(build_pages("load"), MODULES, tmp_path / "page")
    sent = sum(path.stat().st_size for path in folder.rglob("*.br"))
    assert 600_000 < sent < 1_000_000
    assert (folder / "model/face_expression_model.bin.br").is_file()
