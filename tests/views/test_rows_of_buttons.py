"""No screen of anybody has more than four rows of buttons, or more than three in a row; a reminder carries one."""

from datetime import date
from itertools import chain

import pytest
from test_notices_golden import samples

from complaints.model.people import Appointment, Role
from views.company import card, duties
from views.framework.menus import Menu
from views.framework.screen import MOST_IN_ROW, MOST_ROWS, Button, laid
from views.framework.translator import LANGUAGES, translator

ONE = ("manager.nudge", "department.nudge", "bureau.nudge", "manager.urged", "manager.supplemented", "manager.joined")


def fits(buttons):
    return len(buttons) <= MOST_ROWS and all(0 < len(row) <= MOST_IN_ROW for row in buttons)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_fits(language):
    assert [x.title for x in samples().values() if not fits(x.screen(language).buttons)] == []


@pytest.mark.parametrize("opened", [None, *Menu])
def test_the_card_of_every_sample_fits_and_every_menu_leads_back(opened):
    t = translator("zh")
    for sample in samples().values():
        first, buttons = card.card(t, sample.view).buttons, card.card(t, sample.view, opened).buttons
        assert fits(buttons), sample.title
        if buttons != first:
            assert buttons[-1][-1].label == "返回"


def test_no_button_of_a_card_stands_in_two_places():
    t = translator("zh")
    for sample in samples().values():
        first = set(chain(*card.card(t, sample.view).buttons))
        for menu in (Menu.CONTACT, Menu.MORE):
            opened = set(chain(*card.card(t, sample.view, menu).buttons))
            assert opened == first or not opened & first, sample.title


@pytest.mark.parametrize("kind", ONE)
def test_what_reminds_or_adds_carries_one_button(kind):
    found = [sample.screen("zh") for sample in samples().values() if sample.kind == kind]
    assert found
    assert all(len(list(chain(*screen.buttons))) <= 1 for screen in found)


@pytest.mark.parametrize("count", range(1, MOST_ROWS * MOST_IN_ROW))
def test_any_number_of_choices_is_laid_in_four_rows_with_the_way_back_last(count):
    choices = [Button(f"no. {n}") for n in range(count)]
    there = laid(choices, Button("back"))
    assert fits(there)
    assert [button.label for button in chain(*there)] == [*(b.label for b in choices), "back"]


SINCE = date(2026, 1, 1)
PEOPLE = [
    Appointment(name=f"经理{n:02}", phone="", role=Role.PROJECT_MANAGER, scope="jchy", since=SINCE, person=n)
    for n in range(40)
]


@pytest.mark.parametrize("page", [0, 3, 4, 9])
@pytest.mark.parametrize(
    "shown",
    [
        lambda t, page: duties.away(t, [("经理甲", date(2026, 11, 18), date(2026, 11, 20))], PEOPLE, page),
        lambda t, page: duties.rota(t, "锦城花园", [], PEOPLE, page, several=True),
        lambda t, page: duties.which_project(t, [(f"p{n}", f"锦城花园{n}期") for n in range(40)], page),
        lambda t, page: duties.duties(t, [(a, "锦城花园", str(a.person)) for a in PEOPLE], "", page, at_home=True),
    ],
)
def test_however_many_there_are_they_stand_in_four_rows_and_the_next_are_a_tap_away(shown, page):
    screen = shown(translator("zh"), page)
    assert fits(screen.buttons)
    assert "更多 ▸" in [button.label for button in chain(*screen.buttons)]
