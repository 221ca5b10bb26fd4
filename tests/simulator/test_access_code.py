"""A page that others can reach is served to nobody without the code in its address; on loopback it needs none."""

from urllib.parse import urlsplit

import aiohttp
import pytest

from simulator.ui import access_code
from simulator.ui.access_code import COOKIE, AccessCode
from simulator.ui.web_server import Window

BEYOND = "127.0.0.2"  # an address of this machine that isn't one of its names for itself
ASKED = ("/", "/page/app.js", "/live", "/poster/p_jchy", "/sample/none", "/media/none")


@pytest.fixture
async def opened(sim):
    """Open a page and look at it as somebody who has only its server's address."""
    windows, sessions = [], []

    async def at(host):
        window = Window(sim, None)
        address = await window.start(host)
        windows.append(window)
        parts = urlsplit(address)
        session = aiohttp.ClientSession(
            f"{parts.scheme}://{parts.netloc}", cookie_jar=aiohttp.CookieJar(unsafe=True, quote_cookie=False)
        )
        sessions.append(session)
        return address, session

    yield at
    for session in sessions:
        await session.close()
    for window in windows:
        await window.close()


async def test_a_page_on_loopback_needs_no_code(opened):
    address, web = await opened("127.0.0.1")
    assert "code" not in address
    assert (await web.get("/")).status == 200


@pytest.mark.parametrize("path", ASKED)
async def test_nothing_of_a_page_that_others_can_reach_is_served_without_its_code(opened, path):
    address, web = await opened(BEYOND)
    code = urlsplit(address).query.removeprefix("code=")
    for asked in (path, f"{path}?code=", f"{path}?code={code[:-1]}x"):
        assert (await web.get(asked)).status == 403
    assert (await web.get(path, headers={"Cookie": f"{COOKIE}=x"})).status == 403
    assert (await web.post("/upload?name=x", data=b"x")).status == 403


async def test_the_printed_address_opens_the_page_and_keeps_the_code_out_of_sight(opened):
    address, web = await opened(BEYOND)
    page = await web.get(address)
    assert (page.status, page.url.path, page.url.query_string) == (200, "/", "")
    assert (await web.get("/page/app.js")).status == 200
    cookie = (await web.get(address, allow_redirects=False)).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("name", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "["])
async def test_a_strangers_name_that_points_here_is_refused_even_with_the_code(opened, name):
    address, web = await opened(BEYOND)
    assert (await web.get(address, headers={"Host": name})).status in (400, 403)
    await web.get(address)
    assert (await web.get("/", headers={"Host": name})).status in (400, 403)


def test_a_page_that_listens_everywhere_has_an_address_that_others_can_open(monkeypatch):
    monkeypatch.setattr(access_code, "own_address", lambda: "192.168.7.5")
    for host in access_code.ANYWHERE:
        assert AccessCode(host).address(8800).startswith("http://192.168.7.5:8800/?code=")
    assert AccessCode("fd00::5").address(8800).startswith("http://[fd00::5]:8800/?code=")


def test_every_start_has_a_code_of_its_own_that_nobody_guesses():
    first, second = (AccessCode("0.0.0.0").address(1).partition("code=")[2] for _ in range(2))
    assert first != second
    assert len(first) >= 20
