"""The shelves of the catalogue as buttons: six groups, and of each a few matters at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from complaints.policy.catalogue import Catalogue, Group, Matter
from views.framework.callbacks import form
from views.framework.pages import cut
from views.framework.screen import Button
from views.framework.translator import Html, Translator

AT_ONCE = 6  # matters of a shelf; with the ways out ten buttons


@dataclass(frozen=True)
class Steps:
    """What the buttons carry: the step that opens a shelf, that which chooses a matter, and the case that it is for."""

    opens: str
    chooses: str
    case: int = 0


def groups(t: Translator, catalogue: Catalogue, steps: Steps) -> list[list[Button]]:
    """All shelves with their pictures."""
    opens = [Button(f"{g.picture} {t.of(g.label)}", form(steps.opens, g.id, steps.case)) for g in catalogue.groups]
    return [opens[:3], opens[3:]]


def shelf(t: Translator, group: Group, matters: Sequence[Matter], page: int, steps: Steps) -> list[list[Button]]:
    """A page of the shelf, with the way to the next; its matter for what is left stands under each."""
    listed = [matter for matter in matters if matter.id != group.other]
    here, following = cut(listed, page, AT_ONCE)
    chooses = [chosen(t, matter, steps) for matter in here]
    shown = [chooses[at : at + 2] for at in range(0, len(chooses), 2)]
    if len(listed) > AT_ONCE:
        shown[-1].append(Button(t.p("button", "More ▸"), form(steps.opens, f"{group.id}-{following}", steps.case)))
    return [*shown, [chosen(t, matter, steps) for matter in matters if matter.id == group.other]]


def question(t: Translator, group: Group) -> Html:
    """What stands above a shelf."""
    return t("{picture} {group}: which of these?", picture=group.picture, group=t.of(group.label))


def chosen(t: Translator, matter: Matter, steps: Steps) -> Button:
    return Button(t.of(matter.label), form(steps.chooses, matter.id, steps.case))


def opened(catalogue: Catalogue, arg: str) -> tuple[Group, int]:
    """Which shelf a button opens, and at which page; the first one where there is no such shelf any more."""
    name, _, page = arg.partition("-")
    group = next((group for group in catalogue.groups if group.id == name), catalogue.groups[0])
    return group, int(page) if page.isdecimal() else 0
