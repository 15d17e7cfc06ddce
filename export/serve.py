"""A plain static file server, by default for this machine alone: no special headers, any path."""

from __future__ import annotations

import contextlib
import mimetypes
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from export.byte_range import byte_range
from face_detect.command import MachineError

# A system's own table may lack these, and a module script of another type does not start.
_TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
_CHUNK = 1 << 16
_HERE = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One answer, and when it began, as `time.time()`."""

    url: str
    bytes: int
    """Of the body, as it went out."""
    at_s: float


@contextlib.contextmanager
def serve(
    mounts: Mapping[str, Path],
    port: int = 0,
    *,
    host: str = _HERE,
    packed: bool = False,
    on_sent: Callable[[Sent], None] = lambda sent: None,
) -> Iterator[str]:
    """Serve each folder under its URL prefix while the block runs; yields the server's address.

    `packed` sends a file's `.br` sibling to whoever takes it, as hosts do; `on_sent` hears of each
    answer, in one of the server's threads.
    """
    with _listening(mounts, port, host) as server:
        server.packed, server.on_sent = packed, on_sent
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://{host}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    mounts: Mapping[str, Path]
    packed = False
    on_sent: Callable[[Sent], None]

    def __init__(self, port: int, host: str) -> None:
        self._open: set[socket.socket] = set()
        super().__init__((host, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Ends what browsers keep open too: nobody is answered after the block."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up half-way is no news."""


def _listening(mounts: Mapping[str, Path], port: int, host: str) -> _Server:
    try:
        server = _Server(port, host)
    except OSError as error:
        where = f"port {port}" if host == _HERE else f"port {port} of {host}"
        raise MachineError(f"{where} cannot be served: {error.strerror}") from error
    server.mounts = {prefix.strip("/"): folder.resolve() for prefix, folder in mounts.items()}
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else a small file waits 40 ms for the acknowledgement of its own headers.
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        path = find(self.server.mounts, self.path)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        stored = self._stored(path)
        size = stored.stat().st_size
        part = byte_range(self.headers["Range"], size)
        self._head(path, stored, part, size)
        if self.command == "GET":
            whole = range(size) if part is None else part
            self.server.on_sent(Sent(url=self.path, bytes=len(whole), at_s=time.time()))
            self._send(stored, whole)

    def _stored(self, path: Path) -> Path:
        """The file itself, or its packed sibling where that may be sent."""
        sibling = path.with_name(f"{path.name}.br")
        takes = "br" in self.headers.get("Accept-Encoding", "") and "Range" not in self.headers
        return sibling if self.server.packed and takes and sibling.is_file() else path

    def _head(self, path: Path, stored: Path, part: range | None, size: int) -> None:
        self.send_response(_status(part))
        self.send_header("Content-Type", content_type(path))
        if stored != path:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(size if part is None else len(part)))
        # Without it Chromium does not seek in a clip.
        self.send_header("Accept-Ranges", "bytes")
        if part is not None:
            span = f"{part.start}-{part.stop - 1}" if part else "*"
            self.send_header("Content-Range", f"bytes {span}/{size}")
        self.end_headers()

    def _send(self, path: Path, part: range) -> None:
        with path.open("rb") as file:
            file.seek(part.start)
            for start in range(0, len(part), _CHUNK):
                self.wfile.write(file.read(min(_CHUNK, len(part) - start)))

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet: whoever looks has the browser's own network panel."""


def _status(part: range | None) -> HTTPStatus:
    if part is None:
        return HTTPStatus.OK
    return HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE


def content_type(path: Path) -> str:
    """The MIME type that a file is sent with."""
    guessed, _ = mimetypes.guess_type(path.name)
    return _TYPES.get(path.suffix) or guessed or "application/octet-stream"


def find(mounts: Mapping[str, Path], url: str) -> Path | None:
    """The file for a URL, from the longest prefix that fits; never one outside its folder."""
    wanted = unquote(urlsplit(url).path).strip("/")
    for prefix in sorted(mounts, key=len, reverse=True):
        if prefix and wanted != prefix and not wanted.startswith(f"{prefix}/"):
            continue
        folder = mounts[prefix]
        path = (folder / wanted[len(prefix) :].strip("/")).resolve()
        if path.is_dir():
            path = path / "index.html"
        return path if path.is_relative_to(folder) and path.is_file() else None
    return None
