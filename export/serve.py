"""A plain static file server on this machine alone: no special headers, any sub-path."""

from __future__ import annotations

import contextlib
import mimetypes
import shutil
import threading
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from face_detect.command import MachineError

# A system's own table may lack these, and a module script of another type does not start.
_TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
}


@contextlib.contextmanager
def serve(mounts: Mapping[str, Path], port: int = 0) -> Iterator[str]:
    """Serve each folder under its URL prefix while the block runs; yields the server's address."""
    with _listening(mounts, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    mounts: Mapping[str, Path]

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up half-way is no news."""


def _listening(mounts: Mapping[str, Path], port: int) -> _Server:
    try:
        server = _Server(("127.0.0.1", port), _Handler)
    except OSError as error:
        raise MachineError(f"port {port} cannot be served: {error.strerror}") from error
    server.mounts = {prefix.strip("/"): folder.resolve() for prefix, folder in mounts.items()}
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        path = find(self.server.mounts, self.path)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content_type(path))
        self.send_header("Content-Length", str(path.stat().st_size))
        self.end_headers()
        if self.command == "GET":
            with path.open("rb") as file:
                shutil.copyfileobj(file, self.wfile)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet: whoever looks has the browser's own network panel."""


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
