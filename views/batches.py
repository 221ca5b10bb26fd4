"""Digests: one message in place of many notices, with every number in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from complaints.case_view import CaseView
from views.framework import parts
from views.framework.lengths import TEXT, plain, visible
from views.framework.screen import Lines, Screen
from views.framework.translator import Html, Translator, escaped


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A notice that found no place of its own: what it says in its first words, and of which case."""

    heading: str
    number: Html
    about: Html


def entry(t: Translator, view: CaseView, screen: Screen) -> Entry:
    """The first words of a notice; what a resident wrote is never among them."""
    first = plain(screen.text).partition("\n")[0]
    about = t("{place} · {matter}", place=parts.place(view), matter=t.of(view.matter.label))
    return Entry(heading=first.partition(view.case.number)[0].strip(), number=parts.number(view.case), about=about)


def bare(t: Translator, view: CaseView) -> Entry:
    """A case of which nothing can be said but that it is there."""
    return Entry(heading="", number=parts.number(view.case), about=escaped(parts.place(view)))


def together(t: Translator, entries: Sequence[Entry], *, in_group: bool) -> Screen:
    """All of them under their headings; where they are too many for one message, without places."""
    whole = _written(t, entries, in_group=in_group, briefly=False)
    if visible(whole) > TEXT:
        whole = _written(t, entries, in_group=in_group, briefly=True)
    return Screen(whole)


def _written(t: Translator, entries: Sequence[Entry], *, in_group: bool, briefly: bool) -> str:
    """Headings in the order of their first entry, which is that of urgency; `briefly` is numbers alone."""
    out = Lines()(t.n("<b>{count} message in one:</b>", "<b>{count} messages in one:</b>", len(entries)))
    if briefly:
        out.gap()(*(e.number for e in entries))
    else:
        for heading in dict.fromkeys(e.heading for e in entries):
            out.gap()(Html(f"<b>{escaped(heading)}</b>") if heading else "")
            out(*(Html(f"{e.number} {e.about}") for e in entries if e.heading == heading))
    how = t("To act on a case, write /todo to me in private.") if in_group else t("To act on a case, write /todo.")
    return str(out.gap()(how))
