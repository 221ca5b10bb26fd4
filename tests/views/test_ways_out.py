"""Every question has a way out: 「返回」 or 「取消」, or a button that says so in its own words."""

import inspect
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from itertools import chain
from types import UnionType
from typing import get_args, get_origin, get_type_hints

import pytest
from sample_cases import SampleCase
from test_notices_golden import samples

from complaints.model.people import Actor, File, Person
from complaints.time.on_call import OnCallShift
from views.framework.screen import MOST_IN_ROW, MOST_ROWS, Screen
from views.framework.translator import LANGUAGES, translator
from views.notices import VIEWS

MODULES = (
    "views.company.prompts", "views.company.matters", "views.company.transcripts", "views.company.date_checks",
    "views.company.duties", "views.officer.orders", "views.officer.file_on_behalf", "views.officer.group_binding",
    "views.resident.filing", "views.resident.danger", "views.resident.unsaid_matter", "views.resident.homes",
    "views.resident.privacy", "views.framework.office_buttons", "views.welcome",
)  # fmt: skip
LEAVES = {"返回", "取消", "不用了", "新问题", "都不发"}
# Buttons under what asks for nothing: an invitation to go on, which may stand for ever.
NO_QUESTIONS = {"greeting", "full", "written"}
NAMED = {"button": "refer", "count": 1, "page": 0, "closing": "solved", "kind": "repair", "following": 1}
MOST = {"presets": 5, "dates": 5, "days": 4, "likely": 3}  # of what there is at once; of the rest eight
AT = datetime(2026, 11, 18, 9, tzinfo=UTC)


@cache
def by_type():
    case = SampleCase()
    view = samples()["manager.filed"].view
    catalogue = case.work.rules.catalogue
    known = (
        view, view.case, view.project, view.district, view.company, view.matter, view.manager, case.home, case.draft(),
        catalogue, catalogue.groups[0], Actor(person=1), Screen("好"), File(kind="photo", file_id="1"),
        Person(id=1, user=-1), OnCallShift(id=1, project="1", person=1, since=AT, until=AT),
    )  # fmt: skip
    return {type(one): one for one in known} | {str: "1", int: 1, bool: True, datetime: AT, date: AT.date()}


def value(name, kind):
    """Something of that type."""
    origin, inside = get_origin(kind), get_args(kind)
    if name in NAMED:
        return NAMED[name]
    if origin in (list, Sequence):
        return [value("", inside[0])] * MOST.get(name, 8)
    if origin is tuple:
        return tuple(value("", one) for one in inside if one is not Ellipsis)
    if origin is dict:
        return defaultdict(lambda: value("", inside[1]), {str(n): value("", inside[1]) for n in range(11)})
    if isinstance(kind, UnionType):
        return value(name, inside[0])
    return by_type().get(kind) or next(iter(kind))


def screens(module):
    """Every view of the module that asks or answers in a dialogue, by its name."""
    found = {}
    for name, view in inspect.getmembers(import_module(module), inspect.isfunction):
        kinds = get_type_hints(view)
        asks = kinds.pop("return", None) is Screen and view not in VIEWS.values()
        if asks and view.__module__ == module and not name.startswith("_"):
            found[name] = (view, kinds)
    return found


def shown(view, kinds, language="zh"):
    others = {name: value(name, kind) for name, kind in kinds.items() if name != "t"}
    return view(translator(language), **others)


EVERY = [(module, name) for module in MODULES for name in screens(module)]


@pytest.mark.parametrize(("module", "name"), EVERY)
def test_who_is_asked_can_leave(module, name):
    screen = shown(*screens(module)[name])
    asks = bool(screen.buttons) or (not screen.keyboard and "请发" in screen.text)
    if asks and name not in NO_QUESTIONS:
        assert LEAVES & {button.label for button in chain(*screen.buttons)}, screen.text
        assert screen.buttons[-1][-1].label in LEAVES, screen.text


@pytest.mark.parametrize(("module", "name"), EVERY)
def test_every_question_fits_with_its_ways_out(module, name):
    for language in LANGUAGES:
        buttons = shown(*screens(module)[name], language).buttons
        assert len(buttons) <= MOST_ROWS
        assert all(len(row) <= MOST_IN_ROW for row in buttons)
