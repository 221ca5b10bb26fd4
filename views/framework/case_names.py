"""How a case is called where its number needn't be read: by what it is about, where, and when it was filed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from complaints.case_view import CaseView
from complaints.model.complaint import Complaint
from views.framework import parts
from views.framework.formats import day_and_time
from views.framework.translator import Html, Translator

Cases = Sequence[tuple[Complaint, str]]  # each with the name of its matter


def end_of_number(c: Complaint) -> str:
    """For offices, which go by numbers: date, time and counter."""
    return c.number[-12:]


def numbered(c: Complaint, matter: str) -> str:
    """For the buttons of a list whose lines begin with numbers."""
    return f"{matter} {end_of_number(c)}"


def lines(t: Translator, cases: Cases) -> list[str]:
    """For the lines of a list: 公共照明不亮 · 3栋 · 11月18日10:00, with the ends of alike ones' numbers."""
    dated = [f"{_plain(c, matter)} · {day_and_time(t, c.filed_at)}" for c, matter in cases]
    numbers = (c.number[-4:] for c, _ in cases)
    longer = [t("{case} (number …{end})", case=name, end=end) for name, end in zip(dated, numbers, strict=True)]
    return _told_apart(dated, longer)


def labels(t: Translator, cases: Cases) -> list[str]:
    """For buttons of several cases: what and where, and only where two would be alike the rest."""
    return _told_apart([_plain(c, matter) for c, matter in cases], lines(t, cases))


def labelled(t: Translator, cases: Cases) -> Iterator[tuple[Complaint, str]]:
    """Each case with the label of its button."""
    return zip((c for c, _ in cases), labels(t, cases), strict=True)


def named(t: Translator, view: CaseView, *, room: bool = False) -> Html:
    """For a notice: where, what, and when it was filed."""
    about = parts.about(t, view, room=room)
    return t("{about} · {filed}", about=about, filed=day_and_time(t, view.case.filed_at))


def _plain(c: Complaint, matter: str) -> str:
    return " · ".join(part for part in (matter, c.building) if part)


def _told_apart(names: Sequence[str], longer: Sequence[str]) -> list[str]:
    """The longer ones in place of those that are alike."""
    often = Counter(names)
    return [long if often[name] > 1 else name for name, long in zip(names, longer, strict=True)]
