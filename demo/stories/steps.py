"""What people do in the stories, each in the time that it takes: file a case, answer, resolve it; let a night pass."""

from collections.abc import Callable
from datetime import datetime, timedelta

from demo.sample_city import SampleCity
from simulator.people.accounts import Account
from simulator.world.messages import Shown
from storage.db.civil_time import CIVIL


async def do(city: SampleCity, *acts: Callable[[], object]) -> None:
    """One act after another, each to its end."""
    for act in acts:
        act()
        await city.settle()


async def files(city: SampleCity, who: Account, matter: str, words: str = "", danger: str = "没有") -> None:
    """Say it, tap it, send it; the words may be there already."""
    if words:
        await do(city, lambda: who.says(words))
    await do(city, lambda: who.taps(matter))
    if "有危险" in who.last.labels:
        await do(city, lambda: who.taps(danger))
    if "不一样，继续" in who.last.labels:
        await do(city, lambda: who.taps("不一样，继续"))
    if "提交" in who.last.labels:
        await do(city, lambda: who.taps("提交"))


def card(who: Account) -> Shown:
    """The newest message of a case that the recipient can answer."""
    return next(shown for shown in reversed(who.sees) if shown.from_bot and "编号" in shown.text)


async def resolves(city: SampleCity, who: Account, words: str, **work: float) -> None:
    """The result, after so many hours or days of work."""
    if work:
        await city.pass_by(**work)
    await do(city, lambda: who.taps("提交办结"), lambda: who.says(words), lambda: who.taps("提交"))


async def next_morning(city: SampleCity, days: int = 1) -> None:
    """09:30 of the next working day, stopping at nothing: scenes begin quietly."""
    local = city.clock.now().astimezone(CIVIL)
    day = local.date() + timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    await city.pass_to(datetime(day.year, day.month, day.day, 9, 30, tzinfo=CIVIL))
