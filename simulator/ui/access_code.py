"""The code in the page's address, without which nobody but this machine is served."""

import ipaddress
import socket
from collections.abc import Awaitable, Callable
from secrets import compare_digest, token_urlsafe
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ANYWHERE = ("", "0.0.0.0", "::")
COOKIE = "mashang_demo"
NOWHERE = "192.0.2.1", 9  # an address for documents: nothing is sent, only the way there is looked up
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class AccessCode:
    """Made anew with each start; whoever opens the address has it as a cookie from then on."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._code = token_urlsafe(16)
        machine = socket.gethostname().lower()
        self._names = LOOPBACK | {host.lower(), machine, f"{machine}.local"}

    def address(self, port: int) -> str:
        """What others open: where the page listens everywhere, by this machine's own address."""
        host = own_address() if self._host in ANYWHERE else self._host
        return f"{url(host, port)}/?code={self._code}"

    @web.middleware
    async def required(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._is_ours(request.host):
            raise web.HTTPForbidden(text=REFUSED)
        if request.path == "/" and self._is_right(request.query.get("code", "")):
            opened = web.HTTPSeeOther("/")  # the code stays in no address bar and no history
            opened.set_cookie(COOKIE, self._code, httponly=True, samesite="Lax")
            raise opened
        if not self._is_right(request.cookies.get(COOKIE, "")):
            raise web.HTTPForbidden(text=REFUSED)
        return await handler(request)

    def _is_right(self, given: str) -> bool:
        return compare_digest(given.encode(), self._code.encode())

    def _is_ours(self, asked: str) -> bool:
        """A number or this machine's own name: no stranger's name may point here."""
        try:
            name = urlsplit(f"//{asked}").hostname or ""
            return name in self._names or bool(ipaddress.ip_address(name))
        except ValueError:
            return False


REFUSED = "open the page by the address that the command has printed"


def url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_address() -> str:
    """By which others in the network reach this machine; its name where it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
