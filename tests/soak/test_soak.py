"""The short form of the soak; and the verdict itself finds what was lost, came twice or went to nobody."""

import os
from datetime import timedelta
from importlib import import_module
from inspect import iscoroutinefunction

import postgresql
import pytest
from crowd import word
from playing import Play
from replicas import CRASH_POINTS
from soak import poison, soak
from sqlalchemy import delete, insert, update
from verdict import MARK, Seen, classify_error

from demo.sample_city import MORNING, TOKEN, database
from storage.messaging.outbox import OUTBOX
from storage.repositories.timers import TIMER
from storage.tables import DIALOGUE, OUTAGE

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
    seen.shown.append((1, "已登记。编号 5101079999"))
    assert "receipts" in await judged()


@pytest.mark.parametrize(("minutes", "found"), [(4, []), (6, ["blame"])])
async def test_whoever_is_blamed_for_an_outage_is_found_by_the_record_and_in_truth(told, minutes, found):
    """Of the four hours of a manager, 2 % are 4.8 minutes."""
    judged, seen = told
    began, ended = MORNING + timedelta(hours=1), MORNING + timedelta(hours=1, minutes=minutes)
    seen.downs.append((began, ended))
    assert await judged() == found
    seen.downs.clear()
    assert await judged(insert(OUTAGE).values(began=began, ended=ended)) == found


@pytest.mark.thorough
async def test_two_outages_of_a_window_count_together_and_what_they_share_once(told):
    judged, seen = told
    for minute in (0, 1, 2):
        since = MORNING + timedelta(hours=1, minutes=minute)
        seen.downs.append((since, since + timedelta(minutes=1.5)))
    assert await judged() == []
    seen.downs.append((MORNING + timedelta(hours=2), MORNING + timedelta(hours=2, minutes=2)))
    assert await judged() == ["blame"]


async def test_a_message_that_ended_nowhere_is_found(told):
    judged, seen = told
    heard = {"chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "message_id": 9, "text": f"灯不亮，{word(1)}"}
    seen.issued[4711] = {"update_id": 4711, "message": heard}
    assert await judged() == ["ended"]
    standing = {"waiting": [{"first": 9, "text": heard["text"]}]}
    assert await judged(insert(DIALOGUE).values(key="1:5:5", data=standing)) == []


@pytest.mark.thorough
async def test_the_newest_form_of_an_edited_message_is_looked_for(told):
    judged, seen = told
    heard = {"chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "message_id": 9, "text": word(1)}
    seen.issued[4711] = {"update_id": 4711, "message": heard}
    seen.issued[4712] = {"update_id": 4712, "edited_message": {**heard, "text": word(2)}}
    assert await judged() == ["ended"]
    assert await judged(insert(DIALOGUE).values(key="1:5:5", data={"draft": {"text": word(2)}})) == []


@pytest.mark.thorough
@pytest.mark.parametrize("of", [0, 1])
async def test_a_photo_of_an_album_that_ended_nowhere_is_found(told, of):
    judged, seen = told
    for n in (0, 1):
        photo = [{"file_id": f"photo{n}"}]
        heard = {"chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "message_id": n, "photo": photo}
        seen.issued[4711 + n] = {"update_id": 4711 + n, "message": {**heard, "media_group_id": "1"}}
    kept = {"waiting": [{"first": 0, "media": [{"kind": "photo", "file_id": f"photo{of}"}]}]}
    assert await judged(insert(DIALOGUE).values(key="1:5:5", data=kept)) == ["ended"]


@pytest.mark.parametrize("point", CRASH_POINTS)
def test_every_point_at_which_an_instance_may_die_is_there(point):
    module, owner, name, when = CRASH_POINTS[point]
    holder = getattr(import_module(module), owner) if owner else import_module(module)
    assert iscoroutinefunction(getattr(holder, name))
    assert when in ("before", "after")
