"""What earlier versions have written is read by this one: databases, backups, events, dialogues and buttons."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from complaints.model.events import COMPANY_EVENTS, EVENTS, Event
from storage.db.codec import UPCASTERS, dump, load_event

RELEASED = Path(__file__).parent / "released"
VERSIONS = sorted(folder.name for folder in RELEASED.iterdir())
RECORDED = [
    (version, kind, body)
    for version in VERSIONS
    for kind, body in json.loads((RELEASED / version / "events.json").read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("version", "kind", "body"), RECORDED, ids=lambda part: part if isinstance(part, str) else "")
def test_every_event_of_the_ledger_is_read_and_written_as_it_was(version, kind, body):
    known = COMPANY_EVENTS.get(kind)  # no case is loaded from these, so `load_event` has none of them
    event = TypeAdapter(known).validate_python(body) if known else load_event(kind, body)
    if kind not in UPCASTERS:
        assert (event.name, recorded(dump(event), body)) == (kind, body)


def recorded(today, then):
    """Of what an event says today, what it could say then."""
    match today, then:
        case dict(), dict():
            return {name: recorded(today[name], value) for name, value in then.items()}
        case list(), list() if len(today) == len(then):
            return [recorded(*both) for both in zip(today, then, strict=True)]
        case _:
            return today


def test_an_old_form_of_an_event_is_brought_up_to_todays():
    chain = {"Urgent": lambda body: ("Pressed", {"by": body["who"]}), "Pressed": lambda body: ("Accepted", body)}
    assert load_event("Urgent", {"who": 7}, chain) == EVENTS["Accepted"](by=7)


def test_an_old_form_may_bear_todays_name():
    assert load_event("Accepted", {"who": 7}, {"Accepted": lambda body: ("Accepted", {"by": body["who"]})}).by == 7


def test_an_event_without_a_name_of_its_own_cannot_be_made():
    with pytest.raises(TypeError, match="name"):
        type("Nameless", (Event,), {})


def test_no_two_events_have_one_name():
    with pytest.raises(ValueError, match="Accepted"):
        type("Approved", (Event,), {}, name="Accepted")
