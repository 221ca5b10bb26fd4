"""The scenarios: each prepares a city, lets the bot run, and returns its figures."""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import backlog, city
from benchmarks.bot_api import Call
from benchmarks.figures import MS, Figure, median, percentile
from benchmarks.residents import Residents
from benchmarks.running import Running, database, now, running
from benchmarks.sizes import Size

RATE = 30.0  # messages a second that Telegram allows


AT_ONCE = 16


async def dialogue(size: Size) -> list[Figure]:
    """Residents file, so many at once, each in a chat of its own; beside it aiogram alone, which answers once."""
    async with database(size.server) as (url, folder):
        await city.prepare(url, size.filings, now())
        async with running(url, folder, unpaced=True) as bot:
            residents = Residents(bot.api)
            cpu, calls, began = bot.process.cpu(), len(bot.api.calls), time.monotonic()
            await _at_once(residents.file, size.filings)
            took = time.monotonic() - began
            await asyncio.sleep(1.0)  # what nobody waits for is sent as well
            steps = len(residents.steps)
            cpu, calls = bot.process.cpu() - cpu, len(bot.api.calls) - calls
            memory = bot.process.memory()
        echoes, echo_cpu = await _echo(url, folder, size.filings * 3)
    return [
        Figure(
            scenario="dialogue",
            name="steps a second, of the reference's",
            value=steps / took / echoes,
            must="≥ 0.25",
            reference=f"{steps / took:.0f} of {echoes:.0f} a second",
        ),
        Figure(
            scenario="dialogue",
            name="processor time of a step",
            value=MS * cpu / steps,
            unit="ms",
            must="≤ 6 ms",
            reference=f"{MS * echo_cpu:.2f} ms",
        ),
        Figure(scenario="dialogue", name="calls of a step", value=calls / steps, must="≤ 2"),
        Figure(scenario="dialogue", name="memory", value=memory, unit="MB"),
    ]


async def _at_once(act: Callable[[int], Awaitable[None]], many: int) -> None:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with room:
            await act(number)

    await asyncio.gather(*(one(n) for n in range(many)))


async def _echo(url: str, folder: Path, many: int) -> tuple[float, float]:
    """Answers a second of aiogram alone, and processor time of each in seconds."""
    async with running(url, folder, module="benchmarks.echo_bot") as bot:
        answered: dict[int, asyncio.Event] = {}
        bot.api.on_call = lambda call: answered[call.chat].set() if call.chat in answered else None

        async def one(number: int) -> None:
            answered[number + 1] = asyncio.Event()
            bot.api.says(number + 1, "a")
            await answered[number + 1].wait()

        await _at_once(one, AT_ONCE)
        cpu, began = bot.process.cpu(), time.monotonic()
        await _at_once(one, many)
        return many / (time.monotonic() - began), (bot.process.cpu() - cpu) / many


# --- taps -------------------------------------------------------------------------------------------------------

TAPPERS = 20


async def taps(size: Size) -> list[Figure]:
    """Residents tap for a sum, with nothing else to do."""
    async with database(size.server) as (url, folder):
        await city.prepare(url, TAPPERS, now())
        async with running(url, folder) as bot:
            found = await _tapped(bot, size.tapping, a_second=10)
    return [
        *_answers("taps, 10 a second", found, p50="≤ 25 ms", p99="≤ 120 ms"),
        Figure(scenario="taps, 10 a second", name="share of a core", value=found.cpu / size.tapping, must="≤ 0.15"),
    ]


async def taps_behind_a_queue(size: Size) -> list[Figure]:
    """The same while so many surveys wait for as many other chats."""
    async with database(size.server) as (url, folder):
        await city.prepare(url, TAPPERS, now())
        await backlog.surveys(url, size.waiting, now())
        async with running(url, folder) as bot:
            found = await _tapped(bot, size.tapping, a_second=5)
    return _answers(f"taps, {size.waiting} surveys waiting", found, p50="≤ 40 ms", p99="≤ 300 ms")


async def taps_far_away(size: Size) -> list[Figure]:
    """The same where each call takes 0.1 s."""
    async with database(size.server) as (url, folder):
        await city.prepare(url, TAPPERS, now())
        async with running(url, folder, round_trip=0.1) as bot:
            found = await _tapped(bot, size.tapping / 2, a_second=5)
    return _answers("taps, round trip 0.1 s", found, p50="≤ 130 ms", p99="")


@dataclass
class Tapped:
    waits: list[float]
    unanswered: int
    cpu: float


async def _tapped(bot: Running, seconds: float, a_second: int) -> Tapped:
    residents = Residents(bot.api)
    receipts = await asyncio.gather(*(residents.files(n) for n in range(TAPPERS)))
    await asyncio.sleep(4.0)  # for Telegram's three seconds a chat
    waits: list[float] = []

    async def one(number: int) -> None:
        waits.append(await residents.asks_for_the_sum(number, receipts[number]))

    cpu, tapping = bot.process.cpu(), []
    for n in range(int(seconds * a_second)):
        tapping.append(asyncio.create_task(one(n % TAPPERS)))
        await asyncio.sleep(1 / a_second)
    cpu = bot.process.cpu() - cpu
    await asyncio.wait(tapping, timeout=2.0)
    unanswered = [task for task in tapping if not task.done()]
    for task in unanswered:
        task.cancel()
    return Tapped(waits, len(unanswered), cpu)


def _answers(scenario: str, found: Tapped, *, p50: str, p99: str) -> list[Figure]:
    return [
        Figure(scenario=scenario, name="answer, median", value=MS * median(found.waits), unit="ms", must=p50),
        Figure(scenario=scenario, name="answer, 99 %", value=MS * percentile(found.waits, 0.99), unit="ms", must=p99),
        Figure(scenario=scenario, name="unanswered", value=found.unanswered, must="0"),
    ]


# --- sending ----------------------------------------------------------------------------------------------------


async def private_messages(size: Size) -> list[Figure]:
    """A message for each of so many chats, within Telegram's limits; and with unsteady round trips."""
    chance, found = random.Random(7), []
    for name, jitter in (("steady", lambda: 0.0), ("jitter of 40 ms", lambda: chance.uniform(0.0, 0.04))):
        async with database(size.server) as (url, folder):
            await city.prepare(url, 1, now())
            await backlog.surveys(url, size.private, now())
            async with running(url, folder, jitter=jitter) as bot:
                share, cpu = await _sent(bot, size.private)
        scenario = f"{size.private} private messages, {name}"
        found += [
            Figure(scenario=scenario, name="share of 30 a second", value=share, must="≥ 0.97"),
            Figure(scenario=scenario, name="processor time of a send", value=MS * cpu, unit="ms", must="≤ 3 ms"),
        ]
    return found


async def _sent(bot: Running, many: int) -> tuple[float, float]:
    """Share of the rate that is used from the first second on, and processor time of each in seconds."""
    all_sent = asyncio.Event()

    def sends() -> list[Call]:
        return [call for call in bot.api.calls if call.method == "sendMessage"]

    def seen(call: Call) -> None:
        if call.method == "sendMessage" and len(sends()) >= many:
            all_sent.set()

    cpu, before = bot.process.cpu(), len(sends())
    bot.api.on_call = seen
    await all_sent.wait()
    cpu = (bot.process.cpu() - cpu) / max(1, many - before)
    first, last = sends()[0].at, sends()[-1].at
    return (many - RATE) / (last - first) / RATE, cpu


async def catching_up(size: Size) -> list[Figure]:
    """So many updates that have waited at the messenger."""
    people = min(size.updates, 2000)
    async with database(size.server) as (url, folder):
        await city.prepare(url, people, now())
        await backlog.updates(url, size.updates, people, now())
        async with running(url, folder) as bot:
            began, cpu, done = time.monotonic(), bot.process.cpu(), 0
            while done < size.updates and time.monotonic() - began < 60:
                await asyncio.sleep(0.5)
                done = await backlog.count_handled(url)
            took, cpu = time.monotonic() - began, bot.process.cpu() - cpu
    scenario = f"{size.updates} updates that have waited"
    return [
        Figure(scenario=scenario, name="handled a second", value=done / took, must="≥ 150"),
        Figure(scenario=scenario, name="processor time of one", value=MS * cpu / max(1, done), unit="ms"),
    ]


async def start(size: Size) -> list[Figure]:
    """From nothing to the first poll, with so many open cases; beside it the imports alone."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(*IMPORTS)
    await process.wait()
    imports = time.monotonic() - began
    async with database(size.server) as (url, folder):
        await city.prepare(url, size.expiries, now())
        await backlog.cases(url, size.expiries, now(), None)
        async with running(url, folder) as bot:
            started = bot.started
    return [
        Figure(
            scenario=f"start with {size.expiries} open cases",
            name="times as long as the imports",
            value=started / imports,
            must="≤ 1.5",
            reference=f"{started:.1f} s, {imports:.1f} s",
        )
    ]


IMPORTS = (sys.executable, "-c", "import bot.app")
SCENARIOS = (dialogue, taps, taps_behind_a_queue, taps_far_away, private_messages, catching_up, start)
