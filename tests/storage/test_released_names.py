"""Every name that an earlier version has written somewhere is still known: on buttons, in the outbox, in dialogues."""

import json
import re
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import StatesGroup

from bot.delivery.rendering import RENDERERS
from complaints.model import enums, people
from complaints.model.complaint import CaseOwner, State
from complaints.model.roles import RecipientRole, Relation, Responsible
from complaints.policy.pack import load_packs
from handlers import router
from handlers.framework import states
from views.framework.callbacks import CaseTapped, FormTapped, MenuTapped
from views.notices import VIEWS

RELEASED = Path(__file__).parent / "released"
VERSIONS = sorted(folder.name for folder in RELEASED.iterdir())
NAMES = {version: json.loads((RELEASED / version / "names.json").read_text(encoding="utf-8")) for version in VERSIONS}
RENAMED = {"Handler": CaseOwner, "State": State, "Owner": Responsible, "Reader": RecipientRole, "Standing": Relation}
WITHOUT_A_VIEW = {"queue"}  # renders the notices that it tells: bot.delivery.rendering knows it by its method
BUTTON = re.compile(r'"((?:c|f|m):[^"]+)"')
DATA = {"c": CaseTapped, "f": FormTapped, "m": MenuTapped}
# What a button carries besides its name, where the router looks at that, too.
CARRIED = ("", "1", "yes", "list", "general", "satisfied", "slow", "fire", "solved", "tonight", "lead", "2026-11-20",
           "1795000000")  # fmt: skip


def filters(parent):
    """All that the routers look for in the data of buttons."""
    for one in parent.callback_query.handlers:
        if one.callback.__qualname__.startswith(("form_tap.", "case_tap.", "menu_tap.")):
            yield from (
                f.callback for f in one.filters if isinstance(f.callback, CallbackQueryFilter) and f.callback.rule
            )
    for child in parent.sub_routers:
        yield from filters(child)


@pytest.fixture(scope="module")
def rules():
    return list(filters(router.dispatcher()))


def is_routed(rules, tapped):
    return any(type(tapped) is f.callback_data and f.rule.resolve(tapped) for f in rules)


def released(*path):
    found = [(version, reduce(getitem, path, names)) for version, names in NAMES.items()]
    return [(version, name) for version, known in found for name in known]


@pytest.mark.parametrize(("version", "verb"), released("buttons", "case"))
def test_a_button_of_a_case_leads_somewhere(rules, version, verb):
    assert any(is_routed(rules, CaseTapped(verb=verb, case=1, round=1, arg=arg)) for arg in CARRIED)


@pytest.mark.parametrize(("version", "step"), released("buttons", "form"))
def test_a_button_of_a_form_leads_somewhere(rules, version, step):
    assert any(is_routed(rules, FormTapped(step=step, arg=arg)) for arg in CARRIED)


@pytest.mark.parametrize(("version", "to"), released("buttons", "menu"))
def test_a_button_of_a_menu_leads_somewhere(rules, version, to):
    assert any(is_routed(rules, MenuTapped(to=to, arg=arg)) for arg in CARRIED)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_button_on_the_telephones_leads_somewhere(rules, version):
    found = set(BUTTON.findall((RELEASED / version / "telephones.json").read_text(encoding="utf-8")))
    assert found
    lost = [data for data in found if not is_routed(rules, DATA[data[0]].unpack(data))]
    assert lost == []


@pytest.mark.parametrize(("version", "kind"), released("notices"))
def test_a_notice_of_the_outbox_is_rendered(version, kind):
    assert kind in VIEWS or kind in RENDERERS or kind in WITHOUT_A_VIEW


@pytest.mark.parametrize("version", VERSIONS)
def test_a_dialogue_goes_on_where_it_waits(version):
    groups = [group for group in vars(states).values() if isinstance(group, type) and issubclass(group, StatesGroup)]
    known = {state.state for group in groups for state in group.__all_states__}
    assert set(NAMES[version]["dialogues"]) <= known


@pytest.mark.parametrize("version", VERSIONS)
def test_the_packs_have_every_stage_for_which_a_case_may_wait(version):
    packs = load_packs()
    for pack, stages in NAMES[version]["stages"].items():
        assert set(stages) <= {stage.id for stage in packs[pack].stages}


@pytest.mark.parametrize(("version", "kind"), released("values"))
def test_every_value_is_one_still(version, kind):
    known = RENAMED.get(kind) or getattr(enums, kind, None) or getattr(people, kind)
    assert set(NAMES[version]["values"][kind]) <= {member.value for member in known}
