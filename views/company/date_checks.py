"""A date as it was read in somebody's words, and what goes out with it, before it binds: 「发」 or 「改」."""

from datetime import datetime

from complaints.case_view import CaseView
from views.framework import parts, ways_out
from views.framework.act_labels import label
from views.framework.callbacks import form
from views.framework.formats import moment_from
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator


def _check(t: Translator, view: CaseView, line: str, until: datetime, words: str, files: int) -> Screen:
    """With the words and files that go out with it."""
    send = Button(t.p("button", "Send"), form("bind", f"{int(until.timestamp())}", view.case.id))
    change = Button(label(t, "correct"), form("rebind", about=view.case.id))
    out = Lines()(line, parts.quote(words), t.n("{count} file", "{count} files", files) if files else "")
    return Screen(str(out(parts.about(t, view))), rows([send, change, ways_out.cancel(t)]))


def commitment(t: Translator, view: CaseView, until: datetime, words: str = "", files: int = 0) -> Screen:
    line = t("Done by {until}. Send it to the resident?", until=moment_from(t, until, view.now))
    return _check(t, view, line, until, words, files)


def proposal(t: Translator, view: CaseView, until: datetime, words: str = "", files: int = 0) -> Screen:
    line = t("Proposed: done by {until}. Send it to the resident?", until=moment_from(t, until, view.now))
    return _check(t, view, line, until, words, files)


def plan(t: Translator, view: CaseView, until: datetime, words: str = "", files: int = 0) -> Screen:
    line = t("Planned: done by {until}. Send it to the resident?", until=moment_from(t, until, view.now))
    return _check(t, view, line, until, words, files)


def counter(t: Translator, view: CaseView, until: datetime, words: str = "", files: int = 0) -> Screen:
    line = t("Your date: by {until}. Send it to the handler?", until=moment_from(t, until, view.now))
    return _check(t, view, line, until, words, files)
