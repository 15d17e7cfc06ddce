"""What is asked of a Firefox that does not answer; the answers of a real one are tests/web's."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from benchmarks import firefox as module
from benchmarks.firefox import Firefox, FirefoxError, _Loop

Handler = Callable[[web.WebSocketResponse], Awaitable[None]]


@pytest.fixture
def loop() -> Iterator[_Loop]:
    with contextlib.closing(_Loop()) as made:
        yield made


async def dies(socket: web.WebSocketResponse) -> None:
    await socket.receive()


async def is_silent(socket: web.WebSocketResponse) -> None:
    async for _ in socket:
        pass


@contextlib.contextmanager
def connected(loop: _Loop, handler: Handler) -> Iterator[aiohttp.ClientWebSocketResponse]:
    """A socket to a server of our own in Firefox's place."""

    async def serve(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await handler(socket)
        return socket

    async def open_socket() -> tuple[
        TestServer, aiohttp.ClientSession, aiohttp.ClientWebSocketResponse
    ]:
        app = web.Application()
        app.router.add_get("/", serve)
        server = TestServer(app)
        await server.start_server()
        session = aiohttp.ClientSession()
        return server, session, await session.ws_connect(server.make_url("/"))

    server, session, socket = loop.run(open_socket())
    yield socket
    loop.run(session.close())
    loop.run(server.close())


def test_a_firefox_that_dies_is_a_named_error(loop: _Loop) -> None:
    with connected(loop, dies) as socket, pytest.raises(FirefoxError, match="Firefox died"):
        Firefox(socket, loop, process_id=0)


def test_an_answer_that_never_comes_is_a_named_error(
    loop: _Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(loop, is_silent) as socket, monkeypatch.context() as patch:
        patch.setattr(module, "_ANSWER_S", 0.05)
        with pytest.raises(FirefoxError, match=r"no answer within 0\.05 s"):
            Firefox(socket, loop, process_id=0)


def test_work_that_takes_too_long_goes_on_no_longer(
    loop: _Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(module, "_ANSWER_S", 0.05)
    with pytest.raises(FirefoxError):
        loop.run(work())
    assert ended.wait(60)
