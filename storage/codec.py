"""How do frozen dataclasses become JSON, and come back whole?"""

from typing import Any

from pydantic import TypeAdapter

from complaints.complaint import Complaint
from complaints.events import EVENTS, Event

# One adapter a class, made once: building them is what costs.
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def dump(value: Any) -> Any:
    return _adapter(type(value)).dump_python(value, mode="json")


def load_complaint(body: Any) -> Complaint:
    found: Complaint = _adapter(Complaint).validate_python(body)
    return found


def load_event(kind: str, body: Any) -> Event:
    found: Event = _adapter(EVENTS[kind]).validate_python(body)
    return found
