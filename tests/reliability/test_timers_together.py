"""Timers that are due at once are fired many in one transaction, and do what each alone would do."""

from dataclasses import replace

import pytest
import storms
from sqlalchemy import select
from storms import DUE
from structlog.testing import capture_logs

from complaints.usecases import timers as timer_verbs
from scheduler import due_timers
from storage.maintenance.audit import verify
from storage.tables import COMPLAINT, EVENT, OUTBOX, TIMER

CASES = 12
SAID = ("stage", "point", "due", "clock", "final", "again", "delayed", "handler", "clause", "until")


@pytest.fixture
def fired(tmp_path, monkeypatch):
    """What stands in the database after all deadlines of a city, fired so many at a time."""

    async def fire(together):
        monkeypatch.setattr(due_timers, "TOGETHER", together)
        folder = tmp_path / str(together)
        folder.mkdir()
        async with storms.city(folder, 6, 3) as city:
            await storms.files(city, CASES, 6)
            app = city.city.app
            city.clock.move_to(DUE)
            await app.receiver.step()
            rounds = 0
            while await app.due_timers.step():
                rounds += 1
                assert rounds < 50
            verdict = await verify(app.store.engine, app.store.ledger_key)
            return [*await stands(app), verdict.findings]

    return fire


async def stands(app):
    """Cases, what happened to them, what they wait for and who is told, without the ids that are made by chance."""
    async with app.store.work(app.clock.now()) as work:
        ids = {row.id: row.number for row in await work.rows(select(COMPLAINT.c.id, COMPLAINT.c.number))}
        cases = [(row.number, row.state, row.version) for row in await work.rows(select(COMPLAINT))]
        events = [
            (ids[e.complaint], e.seq, e.kind, e.at, {name: e.body.get(name) for name in SAID})
            for e in await work.rows(select(EVENT))
            if e.complaint
        ]
        timers = [(ids[t.complaint], t.stage, t.point, t.due_at, t.state) for t in await work.rows(select(TIMER))]
        told = [(ids.get(m.complaint), m.seq, m.kind, m.recipient_role) for m in await work.rows(select(OUTBOX))]
    return sorted(cases), sorted(events, key=str), sorted(timers), sorted(told, key=str)


@pytest.mark.thorough
async def test_together_they_do_what_each_alone_would_do(fired):
    alone, together = await fired(1), await fired(32)
    assert alone == together
    assert not together[-1]
    assert sum(kind == "Expired" for _, _, kind, *_ in together[1]) >= CASES


@pytest.mark.thorough
async def test_one_that_fails_keeps_no_other(fired, monkeypatch):
    fire, broken = timer_verbs.fire, []

    async def breaks(work, timer):
        broken.append(timer.complaint) if not broken else None
        if timer.complaint == broken[0]:
            raise KeyError
        await fire(work, timer)

    monkeypatch.setattr(timer_verbs, "fire", breaks)
    with capture_logs() as logs:
        _, events, *_, findings = await fired(32)
    assert len({number for number, _, kind, *_ in events if kind == "Expired"}) == CASES - 1
    assert {entry["complaint"] for entry in logs if entry["event"] == "a timer failed"} == {broken[0]}
    assert not findings


@pytest.mark.thorough
async def test_somebody_who_was_faster_keeps_no_other_either(fired, monkeypatch):
    fire, meddled = timer_verbs.fire, []

    async def slower(work, timer):
        await fire(work, timer)
        if not meddled:
            meddled.append(timer.complaint)
            async with work.store.work(work.now, 0.0) as other:
                case = await other.complaint(timer.complaint)
                other.put(replace(case, version=case.version + 1))
                await other.commit()

    monkeypatch.setattr(timer_verbs, "fire", slower)
    _, events, *_ = await fired(32)
    assert len({number for number, _, kind, *_ in events if kind == "Expired"}) == CASES
