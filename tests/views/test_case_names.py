"""How a case is called where its number needn't be read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sample_cases import SampleCase

from views.framework import case_names
from views.framework.translator import translator


@pytest.fixture
async def filed():
    case = SampleCase()
    await case.filed()
    return case.case


@pytest.mark.parametrize(
    ("language", "name"),
    [("zh", "公共照明不亮 · 3栋 · 11月18日10:00"), ("en", "公共照明不亮 · 3栋 · 18 Nov 10:00")],
)
async def test_a_case_is_called_by_what_where_and_when(filed, language, name):
    assert case_names.lines(translator(language), [(filed, "公共照明不亮")]) == [name]


async def test_a_case_is_called_so_in_whichever_second_of_the_minute_it_was_filed():
    case = SampleCase()
    case.work.now += timedelta(seconds=7)
    await case.filed()
    assert case_names.lines(translator("zh"), [(case.case, "灯")]) == ["灯 · 3栋 · 11月18日10:00"]


async def test_what_was_filed_in_one_minute_is_told_apart_by_the_end_of_its_number(filed):
    second = replace(filed, number=filed.number[:-4] + "0701")
    assert case_names.lines(translator("zh"), [(filed, "灯"), (second, "灯"), (second, "门")]) == [
        "灯 · 3栋 · 11月18日10:00（尾号0001）",
        "灯 · 3栋 · 11月18日10:00（尾号0701）",
        "门 · 3栋 · 11月18日10:00",
    ]


async def test_a_button_says_when_only_where_two_would_be_alike(filed):
    elsewhere, nowhere = replace(filed, building="5栋"), replace(filed, building="")
    second = replace(filed, number=filed.number[:-4] + "0002")
    later = replace(filed, filed_at=filed.filed_at + timedelta(days=1))
    t = translator("zh")
    assert case_names.labels(t, [(c, "灯") for c in (filed, elsewhere, nowhere)]) == ["灯 · 3栋", "灯 · 5栋", "灯"]
    assert case_names.labels(t, [(c, "灯") for c in (filed, second, later, elsewhere)]) == [
        "灯 · 3栋 · 11月18日10:00（尾号0001）",
        "灯 · 3栋 · 11月18日10:00（尾号0002）",
        "灯 · 3栋 · 11月19日10:00",
        "灯 · 5栋",
    ]
