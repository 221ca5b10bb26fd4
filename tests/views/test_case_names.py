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


async def test_what_was_filed_in_the_same_minute_is_counted(filed):
    later = replace(filed, filed_at=filed.filed_at + timedelta(minutes=1))
    assert case_names.lines(translator("zh"), [(c, "灯") for c in (filed, later, filed)]) == [
        "灯 · 3栋 · 11月18日10:00 (1)",
        "灯 · 3栋 · 11月18日10:01",
        "灯 · 3栋 · 11月18日10:00 (2)",
    ]


async def test_a_button_says_when_only_where_two_would_be_alike(filed):
    elsewhere, nowhere = replace(filed, building="5栋"), replace(filed, building="")
    later = replace(filed, filed_at=filed.filed_at + timedelta(minutes=1))
    t = translator("zh")
    assert case_names.labels(t, [(c, "灯") for c in (filed, elsewhere, nowhere)]) == ["灯 · 3栋", "灯 · 5栋", "灯"]
    assert case_names.labels(t, [(c, "灯") for c in (filed, later, elsewhere)]) == [
        "灯 · 3栋 · 11月18日10:00",
        "灯 · 3栋 · 11月18日10:01",
        "灯 · 5栋",
    ]
