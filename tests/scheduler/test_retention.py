"""What is erased at which time, and that everything else stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from demo.sample_city import SampleCity
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import OUTBOX
from storage.privacy import retention
from storage.privacy.erasure import DIALOGUE, FAILED_CODE_ATTEMPT, INVITATION
from storage.registry import SAMPLE, load, read
from storage.repositories.cases import COMPLAINT, HOUSEHOLD
from storage.repositories.duties import ABSENCE, ON_CALL_SHIFT
from storage.repositories.people import APPOINTMENT, PERSON
from storage.tables import DISPLACEMENT


async def do(city: SampleCity, *statements):
    async with city.app.store.writing_now() as connection:
        for statement in statements:
            await connection.execute(statement)


async def ask(city: SampleCity, query):
    async with city.app.store.reading_now() as connection:
        return (await connection.execute(query)).all()


async def count(city: SampleCity, table, *where) -> int:
    return (await ask(city, select(func.count()).select_from(table).where(*where)))[0][0]


async def days_go_by(city: SampleCity, days: float) -> None:
    """Without the deadlines on the way."""
    city.clock.move(timedelta(days=days))
    await city.settle()


async def known(city, *people):
    """Persons whom other rows may refer to."""
    await do(city, insert(PERSON).values([{"id": number, "user": number} for number in people]))


def raw(number: int, state: str, at: datetime) -> dict:
    return {"bot": 1, "update_id": number, "sender_id": 5, "raw": b"{}", "received_at": at, "state": state,
            "attempts": 1, "not_before": 1e12, "album": "", "error": ""}  # fmt: skip


async def test_raw_updates_go_after_seven_days_in_batches_and_unhandled_ones_stay(city: SampleCity):
    old, now = city.clock.now() - timedelta(days=7, hours=1), city.clock.now()
    rows = [raw(n, "dead_letter" if n % 2 else "done", old) for n in range(450)] + [raw(500, "claimed", old)]
    await do(city, insert(INBOX).values([*rows, raw(501, "done", now)]))
    await days_go_by(city, 0.01)
    left = await ask(city, select(INBOX.c.update_id).order_by(INBOX.c.update_id))
    assert [row.update_id for row in left] == [500, 501]


async def test_what_was_said_becomes_a_digest_after_thirty_days(city: SampleCity):
    wang = await city.resident("王女士", "13900000001")
    await days_go_by(city, 29)
    wang.says("/privacy")
    await city.settle()
    await days_go_by(city, 1.1)
    kept = [row.rendered for row in await ask(city, select(OUTBOX.c.rendered).order_by(OUTBOX.c.id))]
    assert [set(k) for k in kept[:-1]] == [{"digest"}] * (len(kept) - 1)
    assert "text" in kept[-1]


async def closed_case(city: SampleCity, at: datetime):
    """A resident whose only case was closed then."""
    from demo.stories.steps import files

    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await do(city, update(COMPLAINT).values(state="closed", closed_at=at))


@pytest.mark.parametrize(("days", "number"), [(179, "13900000001"), (181, "")])
async def test_a_number_goes_as_many_days_after_the_last_case_as_the_pack_says(city: SampleCity, days, number):
    await closed_case(city, city.clock.now() - timedelta(days=days))
    await days_go_by(city, 0.01)
    assert [row.phone for row in await ask(city, select(PERSON.c.phone))] == [number]


async def test_numbers_of_open_cases_of_staff_and_of_people_without_a_case_stay(city: SampleCity):
    from demo.stories.steps import files

    await city.staff("经理甲", "13800000101")
    await city.resident("李先生", "13900000002")
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    city.clock.move(timedelta(days=200))
    await city.app.retention.step()
    assert await count(city, PERSON, PERSON.c.phone != "") == 3


async def test_drafts_codes_and_wrong_tries_go_and_fresh_ones_stay(city: SampleCity):
    now = city.clock.now()
    old = now - timedelta(days=31)
    await known(city, 1)
    codes = {"person": 1, "scope": "510107", "kind": "bind", "used": False}
    await do(
        city,
        insert(DIALOGUE).values([
            {"key": "old", "data": {}, "touched_at": old}, {"key": "new", "data": {}, "touched_at": now},
            {"key": "unknown", "data": {}, "touched_at": None},
        ]),
        insert(INVITATION).values([{**codes, "digest": "a", "made_at": old}, {**codes, "digest": "b", "made_at": now}]),
        insert(FAILED_CODE_ATTEMPT).values([{"person": 1, "at": old}, {"person": 1, "at": now}]),
    )  # fmt: skip
    await days_go_by(city, 0.01)
    assert [row.key for row in await ask(city, select(DIALOGUE.c.key).order_by(DIALOGUE.c.key))] == ["new", "unknown"]
    assert [row.digest for row in await ask(city, select(INVITATION.c.digest))] == ["b"]
    assert await count(city, FAILED_CODE_ATTEMPT) == 1


async def test_the_chat_of_a_deleted_resident_is_forgotten_once_the_last_word_is_said(city: SampleCity):
    wang = await city.resident("王女士", "13900000001")
    for says in ("/privacy delete",):
        wang.says(says)
        await city.settle()
    wang.taps("确认删除")
    await city.settle()
    assert "已删除" in wang.last.text
    await days_go_by(city, 0.1)
    async with city.app.store.reading_now() as connection:
        tables = (await connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        for (table,) in tables:
            found = (await connection.exec_driver_sql(f"SELECT * FROM {table}")).all()
            assert str(wang.user.id) not in str(found), table


async def test_what_others_have_entered_for_somebody_goes_with_the_number(city: SampleCity):
    """Phone and room of a resident who never joined."""
    from demo.stories.steps import do as acts
    from demo.stories.steps import files

    leader = await city.staff("网格长甲", "13800000113")
    await acts(
        city, lambda: leader.taps("替业主登记"), lambda: leader.says("13900000077"), lambda: leader.says("8栋 102")
    )
    await files(city, leader, "公共照明不亮", "8栋一楼的灯不亮")
    granny = PERSON.c.user < 0
    assert await ask(city, select(HOUSEHOLD.c.room)) == [("102",)]
    await do(city, update(COMPLAINT).values(state="closed", closed_at=city.clock.now() - timedelta(days=181)))
    await days_go_by(city, 0.01)
    assert await ask(city, select(PERSON.c.phone, PERSON.c.room).where(granny)) == [("", "")]
    assert await ask(city, select(HOUSEHOLD.c.room)) == [("",)]


async def test_name_and_phone_of_who_left_office_long_ago_go_and_no_load_brings_them_back(city: SampleCity):
    """Not while a case is open that they had a part in."""
    from demo.stories.steps import do as acts
    from demo.stories.steps import files

    manager = await city.staff("经理甲", "13800000101")
    await city.staff("经理乙", "13800000102")
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await acts(city, lambda: manager.says("电工已到现场查看，今天17:00前更换。", reply_to=manager.last))
    long_ago = city.clock.now().date() - timedelta(days=182)
    since = {"since": long_ago - timedelta(days=9), "until": long_ago}
    await do(city, update(APPOINTMENT).where(APPOINTMENT.c.name.in_(["经理甲", "经理乙"])).values(**since))
    await days_go_by(city, 0.01)
    gone = (
        select(APPOINTMENT.c.name, APPOINTMENT.c.phone)
        .where(APPOINTMENT.c.until == long_ago)
        .order_by(APPOINTMENT.c.id)
    )
    kept, blank = await ask(city, gone)
    assert kept == ("经理甲", "13800000101")
    assert (blank.name, blank.phone.startswith("gone-")) == ("", True)
    assert await count(city, PERSON, PERSON.c.phone == "13800000102") == 0
    registry = read(SAMPLE, ["chengdu", "pudong", "changzhi", "county"]).registry
    over = [replace(a, **since) if a.name == "经理乙" else a for a in registry.appointments]
    await load(city.app.store.engine, replace(registry, appointments=tuple(over)), city.clock.now())
    assert await count(city, APPOINTMENT, APPOINTMENT.c.name == "经理乙") == 0


async def test_absences_and_watches_go_a_month_after_their_end(city: SampleCity):
    await known(city, 1, 2)
    now = city.clock.now()
    for days in (32, 28):
        then = now - timedelta(days=days)
        duty = {"person": 1, "since": then - timedelta(days=1), "until": then}
        day = {"since": duty["since"].date(), "until": then.date()}
        await do(
            city, insert(ABSENCE).values({"person": 1, "deputy": 2, "role": "project_manager", "scope": "x", **day})
        )
        await do(city, insert(ON_CALL_SHIFT).values({"project": "jchy", **duty}))
    await days_go_by(city, 0.01)
    assert await count(city, ABSENCE) == 1
    assert await count(city, ON_CALL_SHIFT) == 1


async def test_who_lost_a_duty_to_somebody_else_is_forgotten_half_a_year_after_once_it_was_told(city: SampleCity):
    await known(city, 1, 2)
    today = city.clock.now().date()
    for days, told in ((182, True), (182, False), (178, True)):
        until = today - timedelta(days=days)
        lost = {"person": 1, "role": "project_manager", "scope": "jchy", "since": until, "until": until}
        await do(city, insert(DISPLACEMENT).values({**lost, "why": "claimed", "told": told}))
    async with city.app.store.work(city.clock.now(), city.clock.real()) as work:
        assert await retention.displacements(work, 0, 100) is None
        await work.commit()
    assert await count(city, DISPLACEMENT) == 2
    assert await count(city, DISPLACEMENT, DISPLACEMENT.c.told.is_(False)) == 1
