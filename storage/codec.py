"""How do frozen dataclasses become JSON, and come back whole?"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from complaints.complaint import Complaint
from complaints.events import EVENTS, Event


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(value: Any) -> Any:
    return _adapter(type(value)).dump_python(value, mode="json")


def load_complaint(body: Any) -> Complaint:
    found: Complaint = _adapter(Complaint).validate_python(body)
    return found


def load_event(kind: str, body: Any) -> Event:
    found: Event = _adapter(EVENTS[kind]).validate_python(body)
    return found
