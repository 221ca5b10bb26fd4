"""The web server of the page: its files, its live connection, and the files in the chats."""

import asyncio
import io
import json
import logging
import mimetypes
from contextlib import suppress
from importlib.resources import files
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import segno
from aiohttp import WSMsgType, web
from pydantic import ValidationError

from simulator.botapi.params import Upload
from simulator.http_server import listen
from simulator.server import Simulator
from simulator.ui.access_code import LOOPBACK, REFUSED, AccessCode
from simulator.ui.action_schema import ACT, Restart
from simulator.ui.actions import SAMPLES, Impossible, sample_names
from simulator.ui.controls import Controls
from simulator.ui.page_state import Show
from simulator.ui.uploads import LARGEST

log = logging.getLogger("simulator.ui.web_server")
WEB = files("simulator") / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "video/mp4", "application/pdf")
LONGEST_ACT = 256 * 1024
WATCH = 1.0  # seconds between two readings of the inspector while nothing happens
BREATH = 0.05  # seconds in which what happens together is gathered


class Window:
    """The page's server; every browser window sees the same."""

    def __init__(self, sim: Simulator, controls: Controls) -> None:
        self._sim = sim
        self._controls = controls
        self.show = Show(sim, controls)
        self._open: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen; port 0 takes any that is free. Returns the address, with a code where others can reach it."""
        code = None if host in LOOPBACK else AccessCode(host)
        app = web.Application(client_max_size=LARGEST, middlewares=[code.required] if code else [])
        app.router.add_routes(self._routes())
        self._runner, _, url = await listen(app, host, port)
        return code.address(self._runner.addresses[0][1]) if code else url

    def _routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/", self._page),
            web.get("/page/{name}", self._part),
            web.get("/live", self._live),
            web.get("/media/{path:.+}", self._media),
            web.get("/sample/{name}", self._sample),
            web.get("/poster/{payload}", self._poster),
            web.post("/upload", self._upload),
        ]

    async def close(self) -> None:
        """Say goodbye to every window, and listen no longer."""
        for socket in list(self._open):
            await socket.close(code=1001)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # --- files ------------------------------------------------------------------------------------------------

    async def _page(self, request: web.Request) -> web.Response:
        _check_host(request)
        return _file("index.html")

    async def _part(self, request: web.Request) -> web.Response:
        return _file(request.match_info["name"])

    async def _media(self, request: web.Request) -> web.Response:
        _check_host(request)
        stored = self._sim.world.files.at(request.match_info["path"])
        if stored is None:
            raise web.HTTPNotFound
        return _download(stored.path, stored.name, stored.data)

    async def _sample(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in sample_names():
            raise web.HTTPNotFound
        return _download(name, name, (SAMPLES / name).read_bytes())

    async def _poster(self, request: web.Request) -> web.Response:
        link = f"https://t.me/{self._sim.world.bot.username}?start={request.match_info['payload']}"
        drawn = io.BytesIO()
        segno.make(link, error="m").save(drawn, kind="svg", scale=4, border=2, dark="#111", light="#fff")
        return web.Response(body=drawn.getvalue(), content_type="image/svg+xml", headers=HEADERS)

    async def _upload(self, request: web.Request) -> web.Response:
        _check_origin(request)
        name = PurePosixPath(request.query.get("name", "")).name[:120] or "file"
        if (request.content_length or 0) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(max_size=LARGEST, actual_size=request.content_length or 0)
        data = await request.read()
        if not data or len(data) > LARGEST:
            raise web.HTTPBadRequest(text="a file has between 1 byte and 20 MB")
        return web.json_response({"token": self.show.uploads.keep(Upload(name, data))}, headers=HEADERS)

    # --- the live connection ----------------------------------------------------------------------------------

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        _check_host(request)
        _check_origin(request)
        socket = web.WebSocketResponse(heartbeat=20, max_msg_size=LONGEST_ACT, compress=True)
        await socket.prepare(request)
        self._open.add(socket)
        telling = asyncio.create_task(self._tell_to_the_end(socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(socket, message.data)
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await telling
            self._open.discard(socket)
        return socket

    async def _tell_to_the_end(self, socket: web.WebSocketResponse) -> None:
        """A window that can't be sent to is closed, so that it connects anew and misses nothing."""
        try:
            await self._tell(socket)
        except ConnectionError:
            return  # the window was closed
        except Exception:
            log.exception("a window is told no more")
            await socket.close(code=1011)

    async def _tell(self, socket: web.WebSocketResponse) -> None:
        """Everything so far, then what is new whenever there is something."""
        seen = self.show.nothing
        while True:
            told, seen = await self.show.since(seen)
            for part in told:
                await socket.send_str(json.dumps(part, ensure_ascii=False, separators=(",", ":")))
            with suppress(TimeoutError):
                await asyncio.wait_for(self.show.changed(seen), WATCH)
                await asyncio.sleep(BREATH)

    async def _hear(self, socket: web.WebSocketResponse, raw: str) -> None:
        try:
            act = ACT.validate_json(raw)
        except ValidationError:
            await socket.send_json({"type": "done", "id": _id(raw), "problem": "bad"})
            return
        problem = ""
        try:
            await (self.show.restart(act) if isinstance(act, Restart) else self.show.carry_out(act))
        except Impossible as impossible:
            problem = str(impossible)
        with suppress(ConnectionError):  # a window that has left needs no answer
            await socket.send_json({"type": "done", "id": act.id, "problem": problem})


def _id(raw: str) -> int:
    try:
        return int(json.loads(raw)["id"])
    except (ValueError, TypeError, KeyError):
        return 0


def _file(name: str) -> web.Response:
    part = WEB / name
    if "/" in name or name.startswith((".", "_")) or not part.is_file():
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return web.Response(body=part.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)


def _download(path: str, name: str, data: bytes) -> web.Response:
    """What a person has sent is shown only where it can't act: never as a page of ours."""
    kind = mimetypes.guess_type(path)[0] or ""
    headers = HEADERS | {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "max-age=3600"}
    if kind not in SHOWN_IN_PLACE:
        kind = "application/octet-stream"
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=data, content_type=kind, headers=headers)


def _check_host(request: web.Request) -> None:
    """A server on loopback is asked by names of loopback only: no stranger's name may point here."""
    bound = request.transport.get_extra_info("sockname") if request.transport else None
    if bound and bound[0] in LOOPBACK and urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        raise web.HTTPForbidden(text=REFUSED)


def _check_origin(request: web.Request) -> None:
    """Acts come from our own page, never from another that happens to be open."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text="this page doesn't belong here")
