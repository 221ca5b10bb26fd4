"""Deadlines agree with an oracle that shares no line with the code, and keep their order."""

import json
import os
import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import chinese_calendar
import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_periods import CN, HOURS, RESPOND, TWO_SPANS, local
from typer.testing import CliRunner
from variants import mostly_thorough

from cli.__main__ import app
from complaints.policy.pack import load_packs
from complaints.time.periods import Period, Step, Unit, What, Windows, WorkingTime, due
from complaints.time.workdays import DayKind, Workdays

CASES = 100_000
PARTS = 4  # so that two processes share the work
SEED = int(os.environ.get("ORACLE_SEED", "62"))
# A notice for 2027 as it may come, with exchanged days and one in the December before.
OVERLAY = {date(2026, 12, 27): True, date(2027, 1, 4): False, date(2027, 2, 20): True, date(2027, 2, 11): False}
WRITTEN = ("4h/8h", "10min/2wd", "{}s", "{}min", "{}h", "{}d", "{}wd", "{}cd", "{}mo")
WORLDS = [
    # the code's hours, the oracle's days, the oracle's minutes
    (HOURS, (), (("09:00", "18:00"),)),
    (TWO_SPANS, (), (("09:00", "12:00"), ("13:30", "17:30"))),
    (WorkingTime(HOURS.spans, CN, Workdays(OVERLAY)), tuple(OVERLAY.items()), (("09:00", "18:00"),)),
    (
        WorkingTime(((time(0, 1), time(7, 59)), (time(8), time(12)), (time(22), time(23, 59))), CN, Workdays()),
        (),
        (("00:01", "07:59"), ("08:00", "12:00"), ("22:00", "23:59")),
    ),
]


def length(written):
    working, slash, off = written.partition("/")
    return Windows(Period.parse(working), Period.parse(off)) if slash else Period.parse(written)


def disagreements(cases):
    """The (start, period, code's, oracle's) on which they differ; a case is a world, a naive start and a period."""
    for (hours, overlay, spans), start, written in cases:
        found = due(start.replace(tzinfo=CN), LENGTHS.setdefault(written, length(written)), hours)
        told = (found.at.astimezone(CN).replace(tzinfo=None), found.window)
        meant = oracle.due(start, written, oracle.worked_days(*overlay), oracle.business_minutes(*spans))
        if told != meant:
            yield start, written, told, meant


LENGTHS = {}


def chances(part):
    """Half of the instants are anywhere from 2004 to 2100, half in the years of the notices and about them."""
    chance = random.Random(SEED * PARTS + part)
    first, late = datetime(2004, 1, 1), datetime(2101, 1, 1)
    soon = datetime(2028, 1, 1)
    for n in range(CASES // PARTS):
        until = late if n % 2 else soon
        start = first + timedelta(seconds=chance.randrange(int((until - first).total_seconds())))
        yield chance.choice(WORLDS), start, chance.choice(WRITTEN).format(chance.choice((1, 2, 3, 7, 12, 15, 30, 90)))


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(PARTS))
def test_a_brute_force_oracle_agrees_on_a_hundred_thousand_cases(part):
    print(f"seed {SEED}, part {part}")
    assert next(disagreements(chances(part)), None) is None


def long_holidays():
    """The eve and the first day of each run of at least three days of rest, 2023-2026, and the first day back."""
    day = date(2023, 1, 1)
    rest = 0
    while day <= date(2027, 1, 10):
        works = HOURS.workdays.is_working(day)
        if works and rest >= 3:
            yield from (day - timedelta(rest + 1), day - timedelta(rest), day)
        rest = 0 if works else rest + 1
        day += timedelta(1)


EDGE_DAYS = sorted({
    *long_holidays(),
    *(day for day in chinese_calendar.constants.workdays if day.year >= 2023),  # make-up workdays
    *(date(year, 1, 31) for year in range(2004, 2101)),
    *(date(year, 2, 29) for year in range(2004, 2101, 4) if year != 2100),
    *(date(year, 2, 28) for year in range(2004, 2101)),
    *(date(year, 12, 31) for year in range(2004, 2101)),
    *(date(year, 1, 1) for year in range(2004, 2101)),
})  # fmt: skip
EDGE_TIMES = (time(0), time(8, 59, 59), time(9), time(12), time(17, 59, 59), time(18), time(23, 59, 59))
EDGE_PERIODS = ("4h/8h", "30min", "1wd", "2wd", "15wd", "5d", "7d", "10d", "90d", "3cd", "1mo", "12mo")


def edges():
    for day in EDGE_DAYS:
        for at in EDGE_TIMES:
            yield datetime.combine(day, at)


@pytest.mark.parametrize("part", mostly_thorough(range(PARTS)))
def test_it_agrees_on_every_edge(part):
    cases = [(WORLDS[0], start, written) for start in edges() for written in EDGE_PERIODS]
    assert len(cases) > 20_000
    assert next(disagreements(cases[part::PARTS]), None) is None


def test_the_eves_of_the_long_holidays_are_among_the_edges():
    eves = {
        *(date(2023, 1, 20), date(2023, 9, 28), date(2024, 2, 9)),
        *(date(2025, 4, 30), date(2026, 2, 14), date(2026, 9, 30)),
    }
    assert eves <= set(EDGE_DAYS)


@pytest.mark.parametrize("how_many", mostly_thorough([50, 300]))
def test_the_command_line_gives_the_oracles_answers(monkeypatch, tmp_path, how_many):
    """`mashang deadline --batch`, for every stage of every pack that has a length of its own."""
    monkeypatch.setenv("MASHANG_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    asked = []
    chance = random.Random(SEED)
    stages = [(p, s, s.default or s.period) for p in load_packs().values() for s in p.stages]
    known = [(p, s, lasts) for p, s, lasts in stages if not isinstance(lasts, str)]
    for start in chance.sample(list(edges()), how_many):
        for pack, stage, lasts in known:
            said = f"{lasts.working}/{lasts.off}" if isinstance(lasts, Windows) else str(lasts)
            spans = tuple((f"{begin:%H:%M}", f"{end:%H:%M}") for begin, end in pack.working_time)
            meant = oracle.due(start, said, oracle.worked_days(), oracle.business_minutes(*spans))
            asked.append(({"pack": pack.id, "stage": stage.id, "from": f"{start.isoformat()}+08:00"}, meant))
    lines = "".join(json.dumps(question) + "\n" for question, _ in asked)
    result = CliRunner().invoke(app, ["deadline", "--batch", "-"], input=lines)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(datetime.fromisoformat(a["due"]).replace(tzinfo=None), a["window"]) for a in answers] == [
        meant for _, meant in asked
    ]
    assert [{name: a[name] for name in ("pack", "stage", "from")} for a in answers] == [q for q, _ in asked]


# --- what holds of every deadline -------------------------------------------------------------------------------

INSTANTS = st.datetimes(datetime(2004, 1, 1), datetime(2100, 12, 31, 23, 59), timezones=st.just(UTC))
EVERY_LENGTH = st.builds(Period, st.integers(1, 40), st.sampled_from(Unit)) | st.just(RESPOND)
EVERY_HOURS = st.sampled_from([hours for hours, _, _ in WORLDS])


@settings(max_examples=150, deadline=None)
@given(INSTANTS, INSTANTS, EVERY_LENGTH, EVERY_HOURS)
def test_a_later_event_is_never_due_earlier_within_a_window(one, other, period, hours):
    earlier, later = (due(start, period, hours) for start in sorted((one, other)))
    assert earlier.window != later.window or earlier.at <= later.at


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.integers(0, 86400 * 3), EVERY_LENGTH, EVERY_HOURS)
def test_nor_is_it_when_the_two_are_close(one, seconds, period, hours):
    earlier, later = due(one, period, hours), due(one + timedelta(seconds=seconds), period, hours)
    assert earlier.window != later.window or earlier.at <= later.at


@settings(max_examples=150, deadline=None)
@given(INSTANTS, EVERY_LENGTH, EVERY_HOURS)
def test_every_instant_has_an_answer_after_it(start, period, hours):
    found = due(start, period, hours)
    assert found.at > start
    assert found.steps[0] == Step(What.FILED, {"at": start})
    assert (found.steps[-1].what is What.PROVISIONAL) is found.provisional


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.integers(1, 40), EVERY_HOURS)
def test_the_sum_accounts_for_every_day(start, count, hours):
    steps = due(start, Period(count, Unit.WORKING_DAYS), hours).steps
    days = [step.facts["day"] for step in steps if step.what in (What.COUNTS_DAY, What.SKIPS_DAY)]
    assert all(later - earlier == timedelta(1) for earlier, later in pairwise(days))
    assert days[0] - hours.day(start) == timedelta(1)
    counted = [step for step in steps if step.what is What.COUNTS_DAY]
    assert [step.facts["number"] for step in counted] == list(range(1, count + 1))
    assert all(DayKind(step.facts["kind"]).is_working for step in counted)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, EVERY_LENGTH, st.dictionaries(st.dates(date(2026, 12, 26), date(2101, 12, 31)), st.booleans()))
def test_no_notice_moves_what_is_certain(start, period, notice):
    found = due(start, period, HOURS)
    settled = due(start, period, WorkingTime(HOURS.spans, CN, Workdays(notice)))
    assert found.provisional or (found.at, found.window) == (settled.at, settled.window)


@pytest.mark.parametrize("written", ["9999wd", "9999d", "9999cd", "9999mo", "9999h"])
def test_the_longest_periods_of_the_last_day_have_an_answer(written):
    start = local("2100-12-31 23:59:59")
    assert due(start, Period.parse(written), HOURS).at > start
