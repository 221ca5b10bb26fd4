"""The demo's process: it ends when it is told to, also while it begins, and says who can reach it."""

import asyncio

import pytest

from demo.controller import DemoController
from demo.page import _serve


async def test_told_to_stop_while_its_city_is_laid_out_it_ends_at_once(monkeypatch, tmp_path):
    stop = asyncio.Event()

    async def endless(self, city, language):
        stop.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(DemoController, "restart", endless)
    await asyncio.wait_for(_serve("127.0.0.1", 0, "zh", tmp_path, stop), 10)


@pytest.mark.parametrize(("host", "warns"), [("127.0.0.1", False), ("127.0.0.2", True)])
async def test_a_page_that_others_can_reach_says_so(monkeypatch, tmp_path, capsys, host, warns):
    stop = asyncio.Event()

    async def laid_out(self, city, language):
        stop.set()

    monkeypatch.setattr(DemoController, "restart", laid_out)
    await asyncio.wait_for(_serve(host, 0, "zh", tmp_path, stop), 10)
    printed = capsys.readouterr()
    assert ("/?code=" in printed.out) is warns
    assert ("can be reached from other machines" in printed.err) is warns
