"""The short form of the soak; and the verdict itself finds what was lost, came twice or went to nobody."""

import os
from importlib import import_module
from inspect import iscoroutinefunction

import postgresql
import pytest
from playing import Play
from replicas import CRASH_POINTS
from soak import poison, soak
from sqlalchemy import delete, update
from verdict import MARK, Seen, classify_error

from demo.sample_city import TOKEN, database
from storage.messaging.outbox import OUTBOX
from storage.repositories.timers import TIMER

SEED = int(os.environ.get("SOAK_SEED", "20261121"))
KILLS = int(os.environ.get("SOAK_KILLS", "45"))


def but_repeats(verdict):
    """On a machine that is busy with other tests more than one call may be under way at a kill; all are marked."""
    return [fault for fault in verdict.faults if not fault.startswith("repeats:")]


@pytest.mark.thorough
async def test_killed_again_and_again_on_sqlite_nothing_is_lost(tmp_path):
    verdict = await soak(tmp_path, database(tmp_path), SEED, kills=KILLS, mess=True)
    assert but_repeats(verdict) == [], f"SOAK_SEED={SEED}: {verdict}"
    assert verdict.counts["kills"] >= KILLS


@pytest.mark.thorough
async def test_killed_again_and_again_on_postgresql_with_two_replicas_nothing_is_lost(tmp_path):
    await postgresql.must_answer()
    async with postgresql.fresh("soak") as url:
        verdict = await soak(tmp_path, url, SEED, replicas=2, kills=KILLS)
    assert but_repeats(verdict) == [], f"SOAK_SEED={SEED}: {verdict}"
    assert verdict.counts["kills"] >= KILLS


@pytest.mark.thorough
async def test_poisoned_updates_become_dead_letters_and_the_next_good_one_is_answered(tmp_path):
    verdict = await poison(tmp_path, database(tmp_path), SEED, 60)
    assert verdict.faults == [], f"SOAK_SEED={SEED}: {verdict}"
    assert verdict.counts["set aside"] > 0


# --- the verdict -------------------------------------------------------------------------------------------------


@pytest.fixture
async def told(city):
    """A case that has expired, and all that was shown of it; the verdict of it after whatever the test changes."""
    play = Play(city)
    seen = Seen(bot=int(TOKEN.partition(":")[0]), username="mashang_demo_bot")

    async def note(phase, call):
        if phase == "done" and call.method == "sendMessage":
            seen.shown.append((call.message.chat.id, call.message.text.strip()))

    city.sim.hook = note
    _, _, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    await play.group(officer)
    await play.files(await play.resident())
    await play.at(14)

    async def judged(*statements):
        async with city.app.store.work(city.clock.now()) as work:
            for statement in statements:
                work.queue_write(statement)
            await work.commit()
        seen.confirmed = list(city.sim.updates_confirmed)
        return [
            fault.partition(":")[0] for fault in (await classify_error(city.app.store, seen, city.clock.now())).faults
        ]

    return judged, seen


async def test_where_nothing_is_wrong_it_finds_nothing(told):
    judged, seen = told
    assert seen.shown
    assert await judged() == []


async def test_a_message_that_nobody_saw_is_found(told):
    judged, seen = told
    seen.shown.pop()
    assert await judged() == ["messages"]


async def test_a_message_seen_twice_is_found_unless_it_says_so(told):
    judged, seen = told
    chat, text = seen.shown[-1]
    seen.shown.append((chat, MARK + text))
    assert await judged() == []
    seen.shown.append((chat, text))
    assert await judged() == ["messages"]


@pytest.mark.thorough
async def test_messages_out_of_order_are_found(told):
    judged, seen = told
    seen.shown.reverse()
    assert "order" in await judged()


@pytest.mark.thorough
async def test_a_confirmed_update_that_isn_t_stored_is_found(told, city):
    judged, seen = told
    city.sim.updates.confirmed.append(4711)
    seen.issued[4711] = {"update_id": 4711, "message": {"chat": {"id": 1, "type": "private"}, "text": "x"}}
    assert await judged() == ["stored"]


@pytest.mark.thorough
async def test_a_deadline_that_passed_without_an_outcome_is_found(told):
    judged, _ = told
    struck = update(TIMER).where(TIMER.c.point == "expiry1", TIMER.c.state == "done")
    assert "deadlines" in await judged(struck.values(state="waiting"))


@pytest.mark.thorough
async def test_whoever_was_not_told_is_found(told):
    judged, _ = told
    assert "audience" in await judged(delete(OUTBOX).where(OUTBOX.c.kind == "bureau.expired"))


@pytest.mark.thorough
async def test_a_receipt_without_a_complaint_is_found(told):
    judged, seen = told
    seen.shown.append((1, "已登记，投诉编号 5101079999"))
    assert "receipts" in await judged()


@pytest.mark.parametrize("point", CRASH_POINTS)
def test_every_point_at_which_an_instance_may_die_is_there(point):
    module, owner, name, when = CRASH_POINTS[point]
    holder = getattr(import_module(module), owner) if owner else import_module(module)
    assert iscoroutinefunction(getattr(holder, name))
    assert when in ("before", "after")
