"""How a case is called where its number needn't be read: by what it is about, where, and when it was filed."""

from collections import Counter
from collections.abc import Sequence

from complaints.case_view import CaseView
from complaints.model.complaint import Complaint
from views.framework import parts
from views.framework.formats import day_and_time
from views.framework.translator import Html, Translator

FIRST = "0001"  # the counter of a number that nobody else's filing of that minute shares


def end_of_number(c: Complaint) -> str:
    """For offices, which go by numbers: date, time and counter."""
    return c.number[-12:]


def short(t: Translator, c: Complaint, matter: str) -> str:
    """For a line of a list: 公共照明不亮 · 3栋 · 11月18日10:00."""
    return " · ".join(part for part in (matter, c.building, _filed(t, c)) if part)


def labels(t: Translator, cases: Sequence[tuple[Complaint, str]]) -> list[str]:
    """For buttons of several cases, each with its matter: what and where, and when only where two would be alike."""
    plain = [" · ".join(part for part in (matter, c.building) if part) for c, matter in cases]
    alike = Counter(plain)
    return [short(t, c, m) if alike[name] > 1 else name for name, (c, m) in zip(plain, cases, strict=True)]


def named(t: Translator, view: CaseView, *, room: bool = False) -> Html:
    """For a notice: where, what, and when it was filed."""
    return t("{about} · {filed}", about=parts.about(t, view, room=room), filed=_filed(t, view.case))


def _filed(t: Translator, c: Complaint) -> str:
    """Where several were filed in one minute, with their counters."""
    at, counter = day_and_time(t, c.filed_at), c.number[-len(FIRST) :]
    return at if counter == FIRST else f"{at} ({counter.lstrip('0')})"
