"""The list of overdue cases goes to its end: whoever has waited longest stands first, however many there are."""

from dataclasses import replace
from datetime import timedelta

import pytest
from scenes import scene

from storage.repositories import cases

MANY = 20


async def multiply(play, many):
    """So many cases, each copy an hour longer overdue than the one before; returns their numbers, the oldest first."""
    made = await play.case()
    copies = []
    for n in range(1, many):
        clocks = tuple(replace(c, due=c.due - timedelta(hours=n)) for c in made.clocks)
        copies.append(replace(made, id=made.id + n, number=f"{int(made.number) + n}", clocks=clocks, version=0))
    async with play.city.app.store.work(play.clock.now()) as work:
        for copied in copies:
            cases.add(work, copied)
        await work.commit()
    return [one.number for one in [*reversed(copies), made]]


@scene
async def overdue(play):
    """An officer, the bureau's group, and a case whose manager has let the time pass."""
    officer = await play.staff("经办员甲")
    await play.staff("经理甲", "负责人甲")
    group = await play.city.bound_group("武侯区住建工作群", officer.account)
    await play.files(await play.resident())
    await play.at(15)
    return officer, group


def listed(shown):
    return [line.split()[0] for line in shown.text.splitlines()[1:]]


async def test_a_page_says_where_it_stands_and_the_last_one_is_reached(play, overdue):
    officer, _ = overdue
    numbers = [f"…{number[-10:]}" for number in await multiply(play, MANY)]
    await officer.says("/overdue")
    assert officer.answer.text.splitlines()[0] == "共20件超时，第1～8件，最久的在前："
    seen = listed(officer.answer)
    assert "上一页" not in officer.answer.labels
    await officer.taps("下一页")
    seen += listed(officer.answer)
    await officer.taps("下一页")
    assert officer.answer.text.splitlines()[0] == "共20件超时，第17～20件，最久的在前："
    assert "下一页" not in officer.answer.labels
    seen += listed(officer.answer)
    assert len(set(seen)) == MANY
    assert [number[-4:] for number in seen] == [number[-4:] for number in numbers]
    await officer.taps("上一页")
    assert "第9～16件" in officer.answer.text


async def test_a_list_that_has_become_shorter_shows_its_last_page(play, overdue):
    officer, _ = overdue
    await multiply(play, MANY)
    await officer.says("/overdue")
    await officer.presses(officer.answer, "m:overdue:7")
    assert "第17～20件" in officer.answer.text


async def test_the_morning_report_names_eight_and_leads_to_all(play, overdue):
    officer, group = overdue
    await multiply(play, MANY)
    await play.at(8, 30, day=19)
    report = group.last
    assert "共20件超时，第1～8件" in report.text
    await officer.taps("全部超时", to=group)
    assert "早上好" in group.finds("早上好").text  # the report stays
    assert "第1～8件" in group.last.text
    await officer.taps("下一页", to=group)
    assert "第9～16件" in group.last.text


async def test_more_than_a_few_hundred_are_counted_and_none_is_left_out(play, overdue):
    officer, group = overdue
    await multiply(play, 600)
    await officer.says("/overdue", to=group)
    assert "共600件超时，第1～8件" in group.last.text
    await officer.says("/today", to=group)
    assert "未结：600" in group.last.text
    assert "600件" in group.last.text or "600" in group.last.text.splitlines()[-1]
    async with play.city.app.store.work(play.clock.now()) as work:
        assert len(await cases.within(work, "district", ["510107"])) == 600


@pytest.mark.parametrize("asked", ["m:overdue:1", "m:overdue:all"])
async def test_nobody_else_turns_the_pages(play, overdue, asked):
    await multiply(play, MANY)
    wang = await play.resident("李先生")
    await wang.says("/help")
    await wang.presses(wang.answer, asked)
    assert "超时，第" not in wang.answer.text
