from __future__ import annotations

import contextlib
import urllib.error
import urllib.request
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from export.serve import Sent, content_type, find, serve
from face_detect.command import MachineError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<p>page")
    (folder / "assets" / "a b.js").write_text("1")
    (tmp_path / "secret").write_text("no")
    return folder.resolve()


def ask(url: str, part: str) -> HTTPResponse:
    request = urllib.request.Request(url, headers={"Range": part})
    answer: HTTPResponse = urllib.request.urlopen(request)
    return answer


def test_a_site_works_under_a_sub_path(site: Path) -> None:
    with (
        serve({"/some/where": site}) as address,
        urllib.request.urlopen(f"{address}/some/where/") as answer,
    ):
        assert answer.read() == b"<p>page"


def test_a_module_is_sent_as_javascript(site: Path) -> None:
    with (
        serve({"/": site}) as address,
        urllib.request.urlopen(f"{address}/assets/a%20b.js?x=1") as answer,
    ):
        assert answer.headers["Content-Type"] == "text/javascript"


def test_no_special_header_is_sent(site: Path) -> None:
    with serve({"/": site}) as address, urllib.request.urlopen(address) as answer:
        assert set(answer.headers) == {
            "Server",
            "Date",
            "Content-Type",
            "Content-Length",
            "Accept-Ranges",
        }


@pytest.mark.parametrize(
    ("name", "type_"),
    [("sw.js", "text/javascript"), ("site.webmanifest", "application/manifest+json")],
)
def test_an_installable_page_has_its_types(name: str, type_: str) -> None:
    assert content_type(Path(name)) == type_


def test_a_part_of_a_file_is_sent_alone(site: Path) -> None:
    (site / "clip.mp4").write_bytes(b"0123456789")
    with serve({"/": site}) as address, ask(f"{address}/clip.mp4", "bytes=2-4") as answer:
        assert (answer.status, answer.read()) == (206, b"234")
        assert answer.headers["Content-Range"] == "bytes 2-4/10"


def test_a_part_beyond_the_end_is_refused(site: Path) -> None:
    (site / "clip.mp4").write_bytes(b"0123456789")
    with (
        serve({"/": site}) as address,
        pytest.raises(urllib.error.HTTPError, match="416") as caught,
    ):
        ask(f"{address}/clip.mp4", "bytes=10-")
    assert caught.value.headers["Content-Range"] == "bytes */10"
    caught.value.close()


@pytest.mark.parametrize("url", ["/../secret", "/%2e%2e/secret", "/assets", "/nothing"])
def test_nothing_else_is_found(site: Path, url: str) -> None:
    assert find({"": site}, url) is None


def test_the_longest_prefix_wins(site: Path, tmp_path: Path) -> None:
    assert find({"": tmp_path.resolve(), "site": site}, "/site/") == site / "index.html"


def test_a_prefix_is_a_whole_name(site: Path) -> None:
    assert find({"site": site}, "/sitemap/index.html") is None


def test_a_missing_file_is_404(site: Path) -> None:
    with (
        serve({"/": site}) as address,
        pytest.raises(urllib.error.HTTPError, match="404") as caught,
    ):
        urllib.request.urlopen(f"{address}/nothing")
    caught.value.close()


def test_an_open_connection_ends_with_the_server(site: Path) -> None:
    with serve({"/": site}) as address:
        connection = HTTPConnection(urlsplit(address).netloc)
        connection.request("GET", "/")
        connection.getresponse().read()
    with contextlib.closing(connection), pytest.raises(ConnectionError):
        connection.request("GET", "/")
        connection.getresponse()


def test_a_taken_port_is_the_machines_fault(site: Path) -> None:
    with serve({"/": site}) as address:
        port = int(address.rsplit(":", 1)[1])
        with pytest.raises(MachineError, match=f"port {port}"), serve({"/": site}, port):
            pass


@pytest.mark.parametrize(
    ("packed", "headers", "encoding"),
    [
        (True, {"Accept-Encoding": "gzip, br"}, "br"),
        (True, {"Accept-Encoding": "gzip"}, None),
        (True, {"Accept-Encoding": "br", "Range": "bytes=0-3"}, None),
        (False, {"Accept-Encoding": "br"}, None),
    ],
)
def test_a_packed_sibling_goes_out_whole_to_those_who_take_it(
    site: Path, packed: bool, headers: dict[str, str], encoding: str | None
) -> None:
    (site / "assets" / "a b.js.br").write_bytes(b"packed")
    heard: list[Sent] = []
    with serve({"/": site}, packed=packed, on_sent=heard.append) as address:
        asked = urllib.request.Request(f"{address}/assets/a%20b.js", headers=headers)
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["Content-Encoding"] == encoding
            assert answer.headers["Content-Type"] == "text/javascript"
            body = answer.read()
    assert body == (b"packed" if encoding else b"1")
    assert [sent.bytes for sent in heard] == [len(body)]
