"""The scenarios of deadlines that end: each lets cases run out of time, and sees when that is done and told."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from importlib.resources import files as resources
from pathlib import Path

from benchmarks import backlog, city
from benchmarks.bot_api import Call
from benchmarks.figures import MS, Figure
from benchmarks.running import Running, database, now, running
from benchmarks.sizes import Size

NUMBER = re.compile(r"\d{20,}")
LONGEST = 150.0  # seconds


@asynccontextmanager
async def _running_out(
    size: Size, many: int, seconds: int, *, surveys: int = 0
) -> AsyncIterator[tuple[Running, str, datetime]]:
    """The bot with so many cases, and surveys that wait; the address of its database, and when all deadlines end."""
    async with database(size.server) as (url, folder):
        await city.prepare(url, many, now())
        await backlog.surveys(url, surveys, now())
        packs, (begin, end) = _short_of_time(folder, seconds)
        await backlog.cases(url, many, begin, packs, all_sent=not surveys)
        async with running(url, folder, packs=packs) as bot:
            yield bot, url, end


async def expiries(size: Size) -> list[Figure]:
    """So many cases whose time ends in the same second, each with its notices."""
    async with _running_out(size, size.expiries, seconds=12 + size.expiries // 40) as (bot, url, due):
        await asyncio.sleep(max(0.0, (due - now()).total_seconds()))
        cpu, began = bot.process.cpu(), time.monotonic()
        fired = 0
        while fired < size.expiries and time.monotonic() - began < 120:
            await asyncio.sleep(0.2)
            fired = await backlog.count_events(url, "Expired")
        took, cpu = time.monotonic() - began, bot.process.cpu() - cpu
    scenario = f"{size.expiries} expiries at once"
    return [
        Figure(scenario=scenario, name="expiries a second", value=fired / took, must="≥ 1000"),
        Figure(scenario=scenario, name="processor time of one", value=MS * cpu / max(1, fired), unit="ms"),
    ]


def _short_of_time(folder: Path, seconds: int) -> tuple[Path, tuple[datetime, datetime]]:
    """The packs with so many seconds for a response and no reminders; when it begins and ends."""
    packs = folder / "packs"
    packs.mkdir()
    for file in (resources("complaints") / "packs").iterdir():
        text = file.read_text("utf-8")
        if file.name == "chengdu.toml":
            text = text.replace(
                '{ working = "4h", off = "8h" }', f'{{ working = "{seconds}s", off = "{seconds}s" }}', 1
            )
            text = re.sub(r"nudges = \[\n(  .*\n)+\]\n", "", text, count=1)
        (packs / file.name).write_text(text, "utf-8")
    begin = now()
    return packs, (begin, begin + timedelta(seconds=seconds))


async def one_group(size: Size) -> list[Figure]:
    """So many deadlines of one district end in the same second: when its group has been told of the last, by number."""
    async with _running_out(size, size.crowd, seconds=12 + size.crowd // 25) as (bot, _, due):
        seen = await _told(bot, due, size.crowd)
    scenario = f"{size.crowd} deadlines of one group"
    return [
        Figure(scenario=scenario, name="the last one told after", value=max(seen), unit="s", must="≤ 60 s"),
        Figure(scenario=scenario, name="told", value=len(seen), must=str(size.crowd)),
    ]


async def escalation(size: Size) -> list[Figure]:
    """One deadline ends while so many surveys wait: how long until the group is told."""
    async with _running_out(size, 1, seconds=20, surveys=size.behind) as (bot, _, due):
        seen = await _told(bot, due, 1)
    scenario = f"an escalation behind {size.behind} surveys"
    return [Figure(scenario=scenario, name="told after", value=MS * max(seen), unit="ms", must="≤ 500 ms")]


async def _told(bot: Running, due: datetime, many: int) -> list[float]:
    """Seconds after the deadline at which each number was first seen in the district's group."""
    first: dict[str, float] = {}
    all_told = asyncio.Event()
    due_at = time.monotonic() + (due - now()).total_seconds()

    def note(call: Call) -> None:
        if call.chat == city.GROUP and call.at >= due_at:
            for number in NUMBER.findall(json.dumps(call.params, ensure_ascii=False)):
                first.setdefault(number, call.at - due_at)
        if len(first) >= many:
            all_told.set()

    bot.api.on_call = note
    await asyncio.wait_for(all_told.wait(), max(0.0, due_at - time.monotonic()) + LONGEST)
    return list(first.values())


SCENARIOS = (expiries, one_group, escalation)
