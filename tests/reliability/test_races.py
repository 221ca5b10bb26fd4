"""An answer against its expiry, to the millisecond: one of them counts, and the ledger proves which."""

import asyncio
import itertools
import os
import random
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playing import ANSWER, LIGHT, Play
from rebuilt_case import rebuilt
from scenes import scene
from sqlalchemy import func, select, update
from variants import mostly_thorough

from bot.app import new_id
from complaints.model import events as e
from complaints.model.people import Home
from complaints.usecases import timers as expiring
from complaints.usecases.company import answers as answering
from complaints.usecases.resident import filing
from demo.sample_city import MORNING, open_at
from storage.db.engine import open_engine
from storage.db.unit_of_work import Conflict
from storage.maintenance.audit import verify
from storage.messaging.outbox import OUTBOX
from storage.repositories import ledger, people, timers
from storage.repositories.timers import TIMER
from storage.work import Store

RACES = int(os.environ.get("RACES", "30"))  # `make check` runs more of them, `make races` ten thousand
SEED = int(os.environ.get("RACES_SEED", "20261118"))
ON_POSTGRESQL = 6  # one race of so many is run there as well
MILLISECOND = timedelta(milliseconds=1)
ORDERS = (
    "the answer comes first",
    "the expiry comes first",
    "both at once, the answer is faster",
    "both at once, the expiry is faster",
    "both at once",
)


@dataclass(frozen=True)
class Race:
    """`late`: by how many milliseconds after the due time the answer was given, by its legal instant."""

    late: int
    order: str

    def may_end(self) -> set[str]:
        """Whoever was in time by the law and by the database has won."""
        if self.late > 0 or self.order in (ORDERS[1], ORDERS[3]):
            return {"expired"}
        return {"met", "expired"} if self.order == ORDERS[4] else {"met"}


class Course:
    """Where a case is raced for, by an answer in one store and by time in another."""

    def __init__(self, answers, strikes, manager, filer):
        self.answers = answers
        self.strikes = strikes
        self.manager = manager
        self.filer = filer
        self.conflicts = Counter()

    async def laid(self, at):
        """A new case, and when its answer is due; its nudges have no part in the race."""
        async with self.answers.work(at) as work:
            draft = filing.Draft(
                text=LIGHT, matter="lighting_out", kind="repair", danger=False, contact="phone",
                home=Home(project="jchy", building="3栋", room="1201"), building="3栋",
            )  # fmt: skip
            case = await filing.file(work, self.filer, draft)
            nudges = (TIMER.c.complaint == case.id, TIMER.c.point.startswith("nudge"))
            work.queue_write(update(TIMER).where(*nudges).values(state="void"))
            await work.commit()
        return case.id, case.clock("respond").due

    async def run(self, race, case, due, beat):
        """Both runners, until each has had its say; `beat` is the delay of the heart."""
        read = {name: asyncio.Event() for name in ("answer", "expiry")}
        done = {name: asyncio.Event() for name in ("answer", "expiry")}
        faster = {ORDERS[2]: "answer", ORDERS[3]: "expiry"}.get(race.order)
        slower = {"answer": "expiry", "expiry": "answer"}.get(faster)

        async def gate(name):
            read[name].set()
            await (read[slower] if name == faster else done[faster]).wait()

        async def runs(name, once):
            while True:
                try:
                    await once(gate if faster else None)
                except Conflict:
                    self.conflicts[race.order, name] += 1
                    continue
                done[name].set()
                return

        runners = {
            "answer": lambda: runs("answer", lambda g: self._answer(case, due + race.late * MILLISECOND, g)),
            "expiry": lambda: runs("expiry", lambda g: self._strike(case, due + beat, g)),
        }
        if race.order == ORDERS[1]:
            runners = dict(reversed(runners.items()))
        if race.order in ORDERS[:2]:
            for run in runners.values():
                await run()
        else:
            await asyncio.gather(*(run() for run in runners.values()))

    async def _answer(self, case, at, gate):
        async with self.answers.work(at) as work:
            await answering.answer(work, self.manager, case, answering.Said(text=ANSWER))
            if gate:
                await gate("answer")
            await work.commit()

    async def _strike(self, case, at, gate):
        """As the sweep does: what is due is looked up, and dealt with in a work of its own."""
        async with self.strikes.work(at) as reading:
            due = await timers.due_of(reading, case, at)
        for timer in due:
            async with self.strikes.work(at) as work:
                await expiring.fire(work, timer)
                if gate:
                    await gate("expiry")
                await work.commit()

    async def outcome(self, case, due):
        """What the ledger says, and nothing else: the stage was met, or it expired and the answer was late."""
        async with self.answers.work(due + timedelta(seconds=1)) as work:
            history = await ledger.history(work, case)
            made = await rebuilt(work, case)
            assert made == await work.complaint(case)
            assert not await timers.due_of(work, case, work.now)
        events = [recorded.event for recorded in history]
        expired = [event for event in events if isinstance(event, e.Expired)]
        answers = [recorded for recorded in history if isinstance(recorded.event, e.Answered)]
        late = [event for event in events if isinstance(event, e.Progressed) and event.late]
        if expired:
            assert (len(expired), answers, len(late)) == (1, [], 1)
            assert (made.clock("respond").state, made.handler) == ("expired", "company")
            return "expired"
        assert (len(answers), late) == (1, [])
        assert answers[0].at <= due
        assert not answers[0].event.late
        assert (made.clock("respond").state, made.handler) == ("met", "manager")
        return "met"


async def laid_course(city, answers=None, strikes=None):
    play = Play(city)
    manager, wang = await play.staff("经理甲"), await play.resident()
    async with city.app.store.work(city.clock.now()) as work:
        actors = [await people.actor(work, await people.by_user(work, who.id)) for who in (manager, wang)]
    return Course(answers or city.app.store, strikes or city.app.store, *actors)


async def run_races(course, how_many, seed=SEED):
    """So many races, every order and instant in turn; how often each ended how."""
    print(f"RACES_SEED={seed}")
    chance = random.Random(seed)
    kinds = itertools.cycle([Race(late, order) for order in ORDERS for late in (-1, 0, 1)])
    ended = Counter()
    for n, race in zip(range(how_many), kinds, strict=False):
        case, due = await course.laid(MORNING + timedelta(seconds=n, milliseconds=chance.randrange(1000)))
        await course.run(race, case, due, beat=timedelta(milliseconds=chance.choice((0, 0, 1, 2, 250))))
        outcome = await course.outcome(case, due)
        assert outcome in race.may_end(), f"{race}: {outcome}"
        ended[outcome] += 1
    print(dict(ended), dict(course.conflicts))
    return ended


async def assert_proven(course, ended, how_many):
    """Whoever was told of an expiry was told of one that the ledger has; and no chain is broken."""
    assert sum(ended.values()) == how_many
    assert min(ended["met"], ended["expired"]) > 0
    verdict = await verify(course.answers.engine)
    assert verdict.breaks == ()
    async with course.answers.work(MORNING) as work:
        row = await work.first(select(func.count().label("many")).where(OUTBOX.c.kind == "manager.expired"))
    assert row.many == ended["expired"]
    for order, slower in ((ORDERS[2], "expiry"), (ORDERS[3], "answer")):  # each such race had its conflict
        assert course.conflicts[order, slower] == sum(n % 15 // 3 == ORDERS.index(order) for n in range(how_many))


@pytest.fixture(autouse=True)
def unlimited(monkeypatch):
    """One household files them all."""
    monkeypatch.setattr(filing, "A_DAY", 10**9)


async def test_an_answer_and_its_expiry_have_exactly_one_outcome(city):
    course = await laid_course(city)
    await assert_proven(course, await run_races(course, RACES), RACES)


@pytest.mark.thorough
async def test_in_two_replicas_an_answer_and_its_expiry_have_exactly_one_outcome(postgres):
    many = max(30, RACES // ON_POSTGRESQL)
    async with open_at(postgres) as city:
        own = city.app.store
        other = Store(open_engine(postgres), own.rules, new_id)
        course = await laid_course(city, strikes=other)
        await assert_proven(course, await run_races(course, many), many)
        await other.engine.dispose()


# --- over the wire, where the messenger counts in whole seconds ---------------------------------------------------


@scene
async def nearly_due(play, filed):
    """A minute before the case runs out of time."""
    await play.at(13, 59)
    return filed


@pytest.mark.parametrize(
    ("late", "answer_first"),
    mostly_thorough([(0, True), (1, False), (0, False), (1, True), (-1, True), (-1, False)], played=2),
)
async def test_over_the_wire_an_answer_is_in_time_to_the_second(city, play, nearly_due, late, answer_first):
    """Where it arrives before the beat; what was struck before it arrived stays expired."""
    manager, *_, wang = nearly_due
    due = (await play.case()).clock("respond").due
    city.clock.move_to(due + timedelta(seconds=late))
    if not answer_first:
        await city.app.tick()
    manager.account.says(ANSWER, reply_to=manager.card)
    await city.settle()
    city.clock.move_to(due + timedelta(seconds=5))
    await city.settle()
    met = late <= 0 if answer_first else late < 0
    events = await play.events()
    assert (events.count("Answered"), events.count("Expired")) == ((1, 0) if met else (0, 1))
    assert wang.has(ANSWER)
    assert manager.has("响应超时") is not met
    assert (await verify(city.app.store.engine)).breaks == ()
