"""A notice of working days comes in whole or not at all, and every mistake is named by line and column."""

from datetime import UTC, date, datetime, timedelta

import pytest

from complaints.time.workdays import Workdays
from storage.registry import calendar

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
SOURCE = "国办发明电〔2026〕号"


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        file = tmp_path / "2027.csv"
        file.write_bytes(text.encode(encoding))
        return file

    return write


def said(file):
    return [str(problem) for problem in calendar.read(file).problems]


@pytest.mark.parametrize(
    ("kind", "means"), [("holiday", "holiday"), ("休", "holiday"), ("workday", "workday"), ("班", "workday")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_day_is_read_in_either_language_and_encoding(written, kind, means, encoding):
    [day] = calendar.read(written(f"date,kind,source\n2027-01-04,{kind},{SOURCE}\n", encoding)).days
    assert (day.date, day.kind, day.source) == (date(2027, 1, 4), means, SOURCE)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "2027.csv:1: should name the columns: date, kind, source"),
        ("date,kind,source\n", "2027.csv: has no days"),
        ("date,kind\n2027-01-04,休\n", "2027.csv:1 source: this column is missing"),
        ("date,kind,source\n4/1/2027,休,x\n", "2027.csv:2 date: should be a date like 2027-01-31, the year first"),
        ("date,kind,source\n2027-01-04,休,x\n2027/1/4,休,x\n", "2027.csv:3 date: this day stands in line 2 too"),
        ("date,kind,source\n2027-02-29,休,x\n", "2027.csv:2 date: should be a date like 2027-01-31"),
        ("date,kind,source\n2027-W01-1,休,x\n", "2027.csv:2 date: should be a date like 2027-01-31"),
        ("date,kind,source\n2003-01-01,休,x\n", "2027.csv:2 date: should be from 2004 to 2100"),
        ("date,kind,source\n2101-01-01,休,x\n", "2027.csv:2 date: should be from 2004 to 2100"),
        ("date,kind,source\n2027-01-04,off,x\n", "2027.csv:2 kind: should be one of holiday, 休, workday, 班"),
        ("date,kind,source\n\n2027-01-04,,x\n", "2027.csv:3 kind: is missing"),
        ("date,kind,source\n2027-01-04,休,\n", "2027.csv:2 source: is missing"),
        ("date,kind,source\n2027-01-04,休,x\n2027-01-04,班,x\n", "2027.csv:3 date: this day stands in line 2 too"),
        ("date,kind,source\n2027-01-04,休,x,y\n", "2027.csv:2: has more values than the 3 columns"),
        ('date,kind,source\n2027-01-04,休,"x\ty"\n', "should be on one line"),
    ],
)
def test_a_mistake_is_named_by_line_and_column_and_nothing_is_read(written, text, problem):
    file = written(text)
    assert problem in "\n".join(said(file))
    assert calendar.read(file).days == ()


def test_all_mistakes_are_named_at_once(written):
    problems = said(written("date,kind,source\n2027-01-32,休,x\n2027-01-04,休,x\nyesterday,foo,\n"))
    assert [p.partition(": ")[0] for p in problems] == [
        *("2027.csv:2 date", "2027.csv:4 date", "2027.csv:4 kind", "2027.csv:4 source"),
    ]


def test_a_missing_file_is_told(tmp_path):
    assert said(tmp_path / "nowhere.csv") == ["nowhere.csv: is missing"]


async def loaded(engine, written, *lines):
    await calendar.load(engine, calendar.read(written("\n".join(["date,kind,source", *lines]))).days, NOW)


async def test_what_was_loaded_is_the_overlay(engine, written):
    await loaded(engine, written, f"2027-01-04,休,{SOURCE}", f"2027-01-09,班,{SOURCE}")
    _, found = await calendar.newer(engine, None)
    assert found.overlay == {date(2027, 1, 4): False, date(2027, 1, 9): True}
    assert found.sources[date(2027, 1, 9)] == SOURCE
    assert found.noticed == frozenset()


async def test_a_whole_notice_settles_its_year(engine, written):
    days = ("01-01", "02-05", "02-08", "04-05", "06-09", "09-15", "10-01")
    await loaded(engine, written, *(f"2027-{day},休,{SOURCE}" for day in days))
    _, found = await calendar.newer(engine, None)
    assert found.noticed == {2027}
    assert not found.is_provisional(date(2026, 12, 31))


async def test_a_document_loaded_again_replaces_what_it_said_and_leaves_the_others(engine, written):
    await loaded(engine, written, "2027-01-04,休,one", "2027-01-05,休,one", "2027-01-06,休,two")
    await loaded(engine, written, "2027-01-04,班,one", "2027-01-06,班,one")
    _, found = await calendar.newer(engine, None)
    assert found.overlay == {date(2027, 1, 4): True, date(2027, 1, 6): True}


async def test_only_a_change_is_news(engine, written):
    version, _ = await calendar.newer(engine, None)
    assert await calendar.newer(engine, version) is None
    await loaded(engine, written, "2027-01-04,休,one")
    version, _ = await calendar.newer(engine, version)
    await calendar.load(engine, calendar.read(written("date,kind,source\n2027-01-04,班,one\n")).days,
                         NOW + timedelta(seconds=1))  # fmt: skip
    assert await calendar.newer(engine, version) is not None


async def test_asking_for_the_calendar_makes_no_database(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'none.db'}"
    assert await calendar.known(url) == Workdays()
    assert not (tmp_path / "none.db").exists()


async def test_a_command_goes_by_what_the_database_holds(tmp_path, engine, written):
    await loaded(engine, written, "2027-01-04,休,one")
    assert (await calendar.known(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")).overlay == {date(2027, 1, 4): False}
