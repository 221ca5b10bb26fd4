"""The connections of the HTTP server: how many at a time, and for how long one may say nothing whole."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestHandler

LOOK = 1.0  # seconds between two looks at what has ended or lasts too long
FIRST = 10.0  # seconds for the first request to come, headers and all
IDLE = 150.0  # seconds between two requests; a proxy keeps its connections for shorter
ANSWER = 20.0  # seconds for the body of a request to come, and its answer to be made
BACKLOG = 16  # connections that are accepted at a time
FEWEST, MOST = 8, 100  # connections at a time


def most_connections() -> int:
    """A quarter of the files that the process may open: the rest is for the database and the messenger."""
    try:
        import resource
    except ImportError:  # on Windows, where no limit is known
        return MOST
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if allowed == resource.RLIM_INFINITY else max(FEWEST, min(MOST, allowed // 4 - BACKLOG))


@dataclass(frozen=True)
class Wait:
    """How long a connection may wait for a request, in seconds of the event loop's."""

    since: float
    at_most: float


class Connections:
    """Makes a protocol for each connection, and closes those that have waited for too long.

    Where there are too many, the one that has waited for longest goes; where all are being answered, the new one.
    """

    def __init__(self, make: Callable[[], RequestHandler], most: int | None = None) -> None:
        self._make = make
        self.most = most if most is not None else most_connections()
        self._waiting: dict[RequestHandler, Wait] = {}  # who has waited for longest comes first
        self._answering: set[RequestHandler] = set()

    def __call__(self) -> asyncio.Protocol:
        """The protocol of a connection that has just been accepted."""
        self.close_the_late()
        if len(self) >= self.most:
            if not self._waiting:
                return Refusal()
            self._close(next(iter(self._waiting)))
        made = self._make()
        self._waiting[made] = Wait(_now(), FIRST)
        return made

    def __len__(self) -> int:
        return len(self._waiting) + len(self._answering)

    async def watch(self) -> None:
        """Close again and again what has waited for too long."""
        while True:
            await asyncio.sleep(LOOK)
            self.close_the_late()

    def close_the_late(self) -> None:
        """Forget the connections that have ended, and close those that have said nothing whole in time."""
        now = _now()
        for connection, wait in list(self._waiting.items()):
            if now - wait.since > (LOOK if connection.transport is None else wait.at_most):
                self._close(connection)

    def _close(self, connection: RequestHandler) -> None:
        del self._waiting[connection]
        connection.force_close()

    @web.middleware
    async def answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A whole request has come: answer it in time."""
        connection = request.protocol
        self._waiting.pop(connection, None)
        self._answering.add(connection)
        try:
            async with asyncio.timeout(ANSWER):
                return await handler(request)
        except TimeoutError:
            return web.Response(status=408, text="the request did not come in time", headers={"Connection": "close"})
        finally:
            self._answering.discard(connection)
            if connection.transport is not None:
                self._waiting[connection] = Wait(_now(), IDLE)


class Refusal(asyncio.Protocol):
    """Closes the connection at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def _now() -> float:
    return asyncio.get_running_loop().time()
