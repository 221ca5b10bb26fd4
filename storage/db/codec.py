"""Frozen dataclasses as JSON and back, and old forms of events brought up to today's."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter

from complaints.model.complaint import Complaint
from complaints.model.events import EVENTS, Event

# One adapter a class, made once: building them is what costs.
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def dump(value: object) -> Any:
    return _adapter(type(value)).dump_python(value, mode="json")


def load_complaint(body: object) -> Complaint:
    found: Complaint = _adapter(Complaint).validate_python(body)
    return found


# What an event that was recorded in an older form says today: by the kind that the ledger has, today's kind and body.
Upcaster = Callable[[Any], tuple[str, object]]
UPCASTERS: Mapping[str, Upcaster] = {}


def load_event(kind: str, body: object, upcasters: Mapping[str, Upcaster] = UPCASTERS) -> Event:
    """The event of the ledger, whichever version recorded it. The ledger itself stays as it was written."""
    seen: set[str] = set()
    while (upcast := upcasters.get(kind)) is not None and kind not in seen:
        seen.add(kind)
        kind, body = upcast(body)
    found: Event = _adapter(EVENTS[kind]).validate_python(body)
    return found
