"""`mashang demo --story`: plays a whole story in seconds and prints it as people see it."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from sqlalchemy import select

from complaints.model.events import Expired, Nudged
from demo.sample_city import SampleCity, open_city
from demo.stories import STORIES, Story
from demo.stories.steps import next_morning
from demo.story_digest import digest
from simulator.world.transcript import Entry, render
from storage.db.civil_time import CIVIL
from storage.tables import EVENT, OUTBOX

LONG_EDIT = 3  # lines of an edited card that the transcript shows


@dataclass(frozen=True)
class Punctuality:
    """How many nudges and expiries were sent, and how long after their time on the case's clock the last was."""

    count: int
    worst: timedelta


def tell(pack: str = "chengdu", *, whole: bool = False) -> int:
    """Play the story of that pack: its first scene in few lines, or else all of it, word for word.

    0 where every scene went as it should and no call was refused.
    """
    play = _play if whole else _play_first
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(STORIES[pack], Path(folder), Console(highlight=False, soft_wrap=True)))


async def _play_first(story: Story, folder: Path, console: Console) -> int:
    scene = story.scenes[0]
    async with open_city(folder) as city:
        characters = await story.gather(city)
        begun = len(city.sim.transcript())
        await scene(city, characters)
        console.print(Rule(str(scene.__doc__), style="bold"))
        console.print(digest(city.sim.transcript()[begun:], CIVIL, "马上"), markup=False)
        return 1 if city.sim.refused else 0


async def _play(story: Story, folder: Path, console: Console) -> int:
    began = time.perf_counter()
    async with open_city(folder) as city:
        said = 0
        characters = await story.gather(city)
        for number, scene in enumerate(story.scenes):
            if number:
                await next_morning(city)
            await scene(city, characters)
            console.print(Rule(f"{number + 1} · {scene.__doc__}", style="bold"))
            entries = city.sim.transcript()
            console.print(render(shortened(entries[said:]), CIVIL), markup=False)
            said = len(entries)
        await _conclude(city, console, len(story.scenes), time.perf_counter() - began)
        return 1 if city.sim.refused else 0


async def _conclude(city: SampleCity, console: Console, scenes: int, seconds: float) -> None:
    punctual = await punctuality(city)
    console.print(Rule("完", style="bold"))
    console.print(
        f"{scenes} scenes, {len(city.sim.calls)} calls, {len(city.sim.refused)} refused, "
        f"{punctual.count} nudges and expiries, the latest {punctual.worst.total_seconds():.2f} s after its time, "
        f"played in {seconds:.1f} s"
    )


def shortened(entries: list[Entry]) -> Iterator[Entry]:
    """Live cards are edited often; the transcript shows how each edit begins."""
    for entry in entries:
        lines = entry.text.splitlines()
        if entry.act == "edited" and "编号" in entry.text and len(lines) > LONG_EDIT:
            yield replace(entry, text="\n".join([*lines[:LONG_EDIT], "…"]), buttons=[])
        else:
            yield entry


async def punctuality(city: SampleCity) -> Punctuality:
    """Every nudge and expiry against its time: from the ledger when it happened, from the outbox when it was sent.

    What residents read in the morning is late from then on.
    """
    query = (
        select(EVENT.c.at, OUTBOX.c.sent_at, OUTBOX.c.made_at, OUTBOX.c.household)
        .join(OUTBOX, (OUTBOX.c.complaint == EVENT.c.complaint) & (OUTBOX.c.seq == EVENT.c.seq))
        .where(EVENT.c.kind.in_((Nudged.name, Expired.name)), OUTBOX.c.state == "sent")
    )
    async with city.app.store.work(city.clock.now()) as work:
        rows = await work.rows(query)
    late = [row.sent_at - (row.at if row.household is None else row.made_at) for row in rows]
    return Punctuality(len(late), max(late, default=timedelta()))


if __name__ == "__main__":
    sys.exit(tell())
