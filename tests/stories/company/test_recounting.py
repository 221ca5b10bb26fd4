"""A deadline that rests on days which nobody has announced: it says so, and moves once when the notice is loaded."""

import asyncio
from dataclasses import replace
from datetime import date, datetime

import pytest
from scenes import scene
from sqlalchemy import select
from typer.testing import CliRunner

from cli.__main__ import app
from demo.sample_city import CIVIL
from scheduler.calendar import PAUSE, Calendar
from storage.registry import calendar
from storage.registry.calendar import Day
from storage.repositories.timers import TIMER

SOURCE = "国办发明电〔2026〕号"
ANSWER = "电工已到现场查看，是灯泡坏了，今天17:00前更换。"
STATUTORY = ("2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01")


def days(*holidays, source=SOURCE):
    return tuple(Day(date=date.fromisoformat(day), kind="holiday", source=source) for day in holidays)


WHOLE = days(*STATUTORY)
LONGER = (*WHOLE, *days("2027-01-04"))  # the Monday after New Year is exchanged


@scene
async def answered(play):
    """A general problem, answered on the last morning of 2026."""
    await play.at(10, 0, 31, 12)
    manager, head = await play.staff("经理甲", "负责人甲")
    wang = await play.resident()
    await play.files(wang)
    await manager.taps("一般问题，2个工作日内办结")
    await manager.says(ANSWER)
    return manager, head, wang


async def load(play, notice):
    """What `mashang calendar load` does beside the running bot; less than a minute later it has noticed."""
    await calendar.load(play.city.app.store.engine, notice, play.clock.now())
    play.clock.wait(PAUSE)
    await play.city.settle()


@pytest.mark.covered
async def test_what_rests_on_an_unknown_year_is_told_as_provisional(play, answered):
    _, _, wang = answered
    clock = (await play.case()).clock("resolve_general")
    assert (clock.due, clock.provisional) == (datetime(2027, 1, 5, 18, tzinfo=CIVIL), True)
    assert "暂定：放假通知出来后，可能会变" in wang.finds("一般问题，2027年1月5日(周二) 18:00前办结").text
    await wang.taps("时限怎么算的")
    assert "从2026年12月31日(周四) 10:00开始" in wang.answer.text
    assert "· 不计入（非工作日）：1月1日(周五)放假、1月2日(周六)、1月3日(周日)" in wang.answer.text
    assert "· 到下班时截止：2027年1月5日(周二) 18:00" in wang.answer.text
    assert "暂定" in wang.answer.text


@pytest.mark.covered
async def test_a_notice_that_moves_it_is_told_once_to_the_handler_and_the_household(play, answered):
    manager, head, wang = answered
    heard = len(head.hears)
    await load(play, LONGER)
    clock = (await play.case()).clock("resolve_general")
    assert (clock.due, clock.provisional) == (datetime(2027, 1, 6, 18, tzinfo=CIVIL), False)
    told = wang.finds("办理期限有变").text
    assert "一般问题办结：原定2027年1月5日(周二) 18:00，现改为2027年1月6日(周三) 18:00" in told
    assert SOURCE in told
    assert "成住建发〔2023〕62号 一(三)（文件原文：“原则上”）" in told
    assert "原定2027年1月5日(周二) 18:00，现改为2027年1月6日(周三) 18:00" in manager.finds("办理期限有变").text
    assert len(head.hears) == heard
    await load(play, LONGER)
    play.clock.wait(3600)
    await play.city.settle()
    assert (wang.count("办理期限有变"), manager.count("办理期限有变")) == (1, 1)


async def test_a_notice_that_leaves_it_takes_only_the_mark_away(play, answered):
    manager, _, wang = answered
    assert "暂定" in wang.finds("●").text
    await load(play, WHOLE)
    clock = (await play.case()).clock("resolve_general")
    assert (clock.due, clock.provisional) == (datetime(2027, 1, 5, 18, tzinfo=CIVIL), False)
    assert not wang.has("办理期限有变")
    assert not manager.has("办理期限有变")
    assert "暂定" not in wang.finds("●").text
    assert (await play.events()).count("Recomputed") == 1


@pytest.mark.covered
async def test_the_company_head_is_told_while_the_company_handles_and_the_bureau_of_its_own_promise(play):
    await play.at(10, 0, 31, 12)
    manager, head, officer = await play.staff("经理甲", "负责人甲", "经办员甲")
    wang = await play.resident()
    await play.files(wang)
    await play.at(15, 0, 31, 12)
    await load(play, days(*STATUTORY, "2026-12-31", "2027-01-04"))
    assert "企业响应：原定12月31日(周四) 18:00，现改为12月31日(周四) 22:00" in head.finds("办理期限有变").text
    assert "企业响应：原定" in wang.finds("办理期限有变").text
    assert (
        "介入督办：原定2027年1月4日(周一) 18:00，现改为2027年1月5日(周二) 18:00" in officer.finds("办理期限有变").text
    )
    assert not manager.has("办理期限有变")


async def test_several_clocks_of_a_case_move_in_one_message(play, answered):
    manager, _, wang = answered
    await play.files(wang, "单元门坏了", "unit_door")
    await manager.says(ANSWER, reply_to=manager.card)
    await load(play, LONGER)
    assert sorted(shown.text.count("现改为") for shown in manager.hears if "办理期限有变" in shown.text) == [1, 2]
    assert wang.count("办理期限有变") == 2  # one a case


async def test_a_deadline_never_moves_into_the_past(play, answered):
    _, _, wang = answered
    await play.city.pass_to(datetime(2027, 1, 5, 12, tzinfo=CIVIL))
    worked = Day(date=date(2027, 1, 2), kind="workday", source=SOURCE)
    await load(play, (*WHOLE, worked, replace(worked, date=date(2027, 1, 3))))
    clock = (await play.case()).clock("resolve_general")
    assert (clock.due, clock.provisional) == (datetime(2027, 1, 5, 18, tzinfo=CIVIL), False)
    assert not wang.has("办理期限有变")
    await wang.taps("时限怎么算的")
    assert "· 到下班时截止：2027年1月3日(周日) 18:00\n· 仍按原先告知的：2027年1月5日(周二) 18:00" in wang.answer.text


async def test_the_operators_command_reaches_the_running_bot(play, answered, tmp_path, monkeypatch):
    *_, wang = answered
    file = tmp_path / "2027.csv"
    lines = [f"{day.date},休,{SOURCE}\n" for day in LONGER]
    file.write_text("date,kind,source\n" + "".join(lines), encoding="utf-8")
    monkeypatch.setenv("MASHANG_DATABASE_URL", str(play.city.app.store.engine.url))
    result = await asyncio.to_thread(CliRunner().invoke, app, ["calendar", "load", str(file)])
    assert result.exit_code == 0
    play.clock.wait(60)
    await play.city.settle()
    assert wang.count("办理期限有变") == 1


async def test_a_restart_counts_anew_what_was_loaded_meanwhile(play, answered):
    """A notice loaded while the bot stood still, or whose recount a kill cut off."""
    await calendar.load(play.city.app.store.engine, LONGER, play.clock.now())
    again = Calendar(play.city.app.store, play.clock, lambda: None)
    await again.read()
    assert await again.step()
    assert (await play.case()).clock("resolve_general").due == datetime(2027, 1, 6, 18, tzinfo=CIVIL)


@pytest.mark.covered
async def test_nudges_and_expiry_come_by_the_new_time(play, answered):
    manager, _, _ = answered
    await load(play, LONGER)
    async with play.city.app.store.work(play.clock.now()) as work:
        rows = await work.rows(select(TIMER).where(TIMER.c.stage == "resolve_general", TIMER.c.state == "waiting"))
    assert {r.point for r in rows} == {"nudge1", "nudge2", "nudge3", "expiry1"}
    await play.city.pass_to(datetime(2027, 1, 5, 18, tzinfo=CIVIL))
    assert (await play.case()).handler == "manager"
    await play.city.pass_to(datetime(2027, 1, 6, 18, tzinfo=CIVIL))
    assert (await play.case()).handler == "company"
    assert manager.count("最后一次提醒") == 1


@pytest.mark.covered
async def test_what_has_been_said_is_not_said_again(play, answered):
    manager, *_ = answered
    await play.city.pass_to(datetime(2027, 1, 3, 12, tzinfo=CIVIL))
    assert manager.count("第1次提醒") == 1
    await load(play, LONGER)
    await play.city.pass_to(datetime(2027, 1, 6, 17, tzinfo=CIVIL))
    assert [manager.count(words) for words in ("第1次提醒", "第2次提醒", "最后一次提醒")] == [1, 1, 1]
