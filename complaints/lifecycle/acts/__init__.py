"""The register of acts: what anybody can do to a case. Rights, moves, buttons and notices derive from it."""

from complaints.lifecycle.acts import bureau, company, household, offices
from complaints.lifecycle.acts.act import ANY, Act, act, of
from complaints.model.events import Event
from complaints.model.roles import Relation

READING = (
    act("read", frozenset(Relation), ANY, buttons=("card", "sum")),
    act(
        "read_work", of(Relation.COMPANY, Relation.OFFICER, Relation.STREET, Relation.HANDLER), ANY,
        buttons=("work", "menu"),
    ),
    act("read_details", of(Relation.OFFICER, Relation.CITY, Relation.INSPECTOR), ANY, buttons=("details",)),
)  # fmt: skip
_EVERY = (*READING, *household.ACTS, *company.ACTS, *bureau.ACTS, *offices.ACTS)
ACTS: dict[str, Act] = {one.verb: one for one in _EVERY}
# The right that a button takes, where the button isn't called like it; several buttons can be steps of one act.
RIGHT_OF: dict[str, str] = {button: one.right for one in _EVERY for button in one.buttons}
REASONED = {one.verb: one.reason for one in _EVERY if one.reason is not None}
ACT_OF: dict[type[Event], Act] = {move.event: one for one in _EVERY for move in one.moves}
