"""python-telegram-bot's HTTP client, made with aiohttp.

For it any 429 means "not sent", however it says how long to wait.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, FormData, TCPConnector, encode_basic_auth
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

log = structlog.get_logger("telegram_request")
TOO_MANY = 429
USUAL = 5  # seconds to wait where the answer names no time
LONGEST = 24 * 3600  # seconds; more than a day is no time that anybody means
IN_WORDS = re.compile(r"retry after (\d{1,9})", re.IGNORECASE)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BaseRequest.USER_AGENT}
KEPT_ALIVE = 50.0  # seconds for which an unused connection stays open
CONNECTING = 5.0  # seconds
PROXY_FAILED = (ProxyConnectionError, ProxyError, ProxyTimeoutError)


class TelegramRequest(BaseRequest):
    """Raises RetryAfter itself: python-telegram-bot does so only where the parameters hold a usable number.

    `before_call` is called when a call is about to leave, and may refuse it; `after_call` with what that has returned
    and the headers of the answer. `timeout` (in seconds) is for sending, and again for the answer.
    """

    def __init__(
        self,
        *,
        connections: int,
        timeout: float,
        proxy: str | None = None,
        before_call: Callable[[], float],
        after_call: Callable[[float, Any], None],
    ) -> None:
        self._connections = connections
        self._timeout = timeout
        self._proxy = proxy
        self._before_call = before_call
        self._after_call = after_call
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._timeout

    async def initialize(self) -> None:
        if self._session is None:
            how: dict[str, Any] = {"limit": self._connections, "keepalive_timeout": KEPT_ALIVE}
            how["ssl"] = httpx.create_ssl_context()  # whose authorities come with it: a bare machine has none
            connector = ProxyConnector.from_url(self._proxy, **how) if self._proxy else TCPConnector(**how)
            self._session = ClientSession(connector=connector)

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The other timeouts than `read_timeout` are always the same."""
        reading = self._timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        limits = ClientTimeout(total=None, connect=CONNECTING, sock_connect=CONNECTING, sock_read=reading)
        try:
            status, body = await self._call(method, url, request_data, limits)
        except TimeoutError as error:
            raise TimedOut from error
        except (ClientError, *PROXY_FAILED, OSError) as error:  # whose words may hold the address, and that the token
            raise NetworkError(type(error).__name__) from error
        if status == TOO_MANY:
            raise RetryAfter(seconds_to_wait(body))
        return status, body

    async def _call(
        self, method: str, url: str, request_data: RequestData | None, limits: ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("not initialized")
        asked_at = self._before_call()
        headers, body = _encoded(request_data)
        answer: ClientResponse
        how: dict[str, Any] = {"data": body, "timeout": limits}
        if self._proxy is None:
            server = urlsplit(url)
            how["proxy"], login = environment_proxy(server.scheme, server.hostname or "")
            if server.scheme == "https":  # through a tunnel, which only the proxy hears asked for
                how["proxy_headers"] = login
            else:
                headers = headers | login
        async with self._session.request(method, url, headers=headers, **how) as answer:
            content = await answer.read()
            self._after_call(asked_at, answer.headers)
            return answer.status, content


@lru_cache
def environment_proxy(scheme: str, host: str) -> tuple[str | None, dict[str, str]]:
    """The proxy by which the environment has this host asked, looked at once, and the headers that log in there.

    From `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; only proxies that are asked in plain HTTP. aiohttp would look for
    them, and for a `.netrc` (which isn't read here), in a thread at each call.
    """
    found = urlsplit(getproxies().get(scheme, ""))
    if not found.hostname or proxy_bypass(host):
        return None, {}
    if found.scheme != "http":
        log.warning("the environment's proxy isn't used: it must begin with http://; see MASHANG_PROXY")
        return None, {}
    bare = found._replace(netloc=found.netloc.rpartition("@")[2]).geturl()
    if not found.username:
        return bare, {}
    return bare, {"Proxy-Authorization": encode_basic_auth(unquote(found.username), unquote(found.password or ""))}


def _encoded(request_data: RequestData | None) -> tuple[dict[str, str], Any]:
    """Headers and body: a plain form, or one with files."""
    if request_data is None:
        return {"User-Agent": BaseRequest.USER_AGENT}, None
    files = request_data.multipart_data
    if not files:
        return FORM, urlencode(request_data.json_parameters).encode()
    form = FormData(quote_fields=False)  # a name in Chinese as it is
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in files.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"User-Agent": BaseRequest.USER_AGENT}, form


def seconds_to_wait(body: bytes) -> int:
    """The number in the parameters, else in the words, else the usual one."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    given = answer if isinstance(answer, dict) else {}
    parameters = given.get("parameters")
    named = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if not isinstance(named, bool) and isinstance(named, int | float) and 0 < named < float("inf"):
        return min(LONGEST, max(1, round(named + 0.5) if isinstance(named, float) else named))
    said = IN_WORDS.search(given["description"] if isinstance(given.get("description"), str) else _words(body))
    return min(LONGEST, max(1, int(said[1]))) if said else USUAL


def _words(body: bytes) -> str:
    return body[:2000].decode("utf-8", "replace")
