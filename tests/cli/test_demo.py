"""The demo's process: it ends when it is told to, also while it begins."""

import asyncio

from demo.controller import DemoController
from demo.page import _serve


async def test_told_to_stop_while_its_city_is_laid_out_it_ends_at_once(monkeypatch, tmp_path):
    stop = asyncio.Event()

    async def endless(self, city, language):
        stop.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(DemoController, "restart", endless)
    await asyncio.wait_for(_serve("127.0.0.1", 0, "zh", tmp_path, stop), 10)
