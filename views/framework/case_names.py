"""How a case is called where its number needn't be read: by what it is about, where, and when it was filed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from complaints.case_view import CaseView
from complaints.model.complaint import Complaint
from views.framework import parts
from views.framework.formats import day_and_time
from views.framework.translator import Html, Translator

Cases = Sequence[tuple[Complaint, str]]  # each with what it is about


def end_of_number(c: Complaint) -> str:
    """For offices, which go by numbers: date, time and counter."""
    return c.number[-12:]


def lines(t: Translator, cases: Cases) -> list[str]:
    """For a list: 公共照明不亮 · 3栋 · 11月18日10:00; those of one minute are counted."""
    named = [" · ".join(part for part in (m, c.building, day_and_time(t, c.filed_at)) if part) for c, m in cases]
    return list(_counted(named))


def labels(t: Translator, cases: Cases) -> list[str]:
    """For buttons: what and where, and when only where two would be alike."""
    plain = [" · ".join(part for part in (matter, c.building) if part) for c, matter in cases]
    alike = Counter(plain)
    return [line if alike[name] > 1 else name for name, line in zip(plain, lines(t, cases), strict=True)]


def named(t: Translator, view: CaseView, *, room: bool = False) -> Html:
    """For a notice: where, what, and when it was filed."""
    return t("{about} · {filed}", about=parts.about(t, view, room=room), filed=day_and_time(t, view.case.filed_at))


def _counted(names: Sequence[str]) -> Iterator[str]:
    alike, so_far = Counter(names), Counter[str]()
    for name in names:
        so_far[name] += 1
        yield name if alike[name] == 1 else f"{name} ({so_far[name]})"
