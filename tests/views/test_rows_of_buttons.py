"""No screen of anybody has more than four rows of buttons, or more than three in a row; a reminder carries one."""

from itertools import chain

import pytest
from test_notices_golden import samples

from views.company import card
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
