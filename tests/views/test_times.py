"""Deadlines and dates as people read them: with the year where it isn't this one, and never an empty one."""

from datetime import UTC, datetime

import pytest
from sample_cases import SampleCase

from views.framework.formats import moment_from
from views.framework.translator import translator
from views.officer import lists

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "read"),
    [
        (datetime(2026, 12, 3, 10, tzinfo=UTC), "12月3日(周四) 18:00"),
        (datetime(2027, 2, 26, 10, tzinfo=UTC), "2027年2月26日(周五) 18:00"),
        (datetime(2026, 12, 31, 15, tzinfo=UTC), "12月31日(周四) 23:00"),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), "2027年1月1日(周五) 01:00"),  # the year in China, not in UTC
        (datetime(2025, 12, 31, 10, tzinfo=UTC), "2025年12月31日(周三) 18:00"),
    ],
)
def test_another_year_is_named(at, read):
    assert moment_from(translator("zh"), at, NOW) == read


async def test_a_case_without_a_deadline_says_so_in_the_list():
    case = SampleCase()
    await case.filed()
    screen = lists.todo(translator("zh"), [(case.case, "公共照明不亮")], 0, 5, [""])
    assert "公共照明不亮 · 3栋 · 11月18日10:00：没有时限" in screen.text
    assert "—" not in screen.text
