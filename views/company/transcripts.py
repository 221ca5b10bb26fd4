"""Screens of voice messages that are written down, and what their speakers read of it."""

from complaints.case_view import CaseView
from complaints.model.events import Transcribed, TranscriptCorrected
from views.company.card import with_card
from views.framework import parts, told, ways_out
from views.framework.callbacks import form
from views.framework.notice_views import notice
from views.framework.parts import act_button
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator


def ask(t: Translator, view: CaseView, voice: int, count: int, draft: int | None) -> Screen:
    """Which one, in the words of who has spoken; a program's draft is theirs to check."""
    out = Lines()(t("Please listen to the voice message and write down what the resident says, as they say it."))
    out(t.n("{count} voice message waits.", "{count} voice messages wait, the oldest first.", count))
    words = view.said(draft)
    taps: list[Button] = []
    if words:
        out(t("A program has heard this, nobody has checked it:"), parts.quote(words))
        taps = [Button(t.p("button", "That is right"), form("as_drafted", str(voice), view.case.id))]
    return Screen(str(out(parts.about(t, view))), rows([*taps, *ways_out.both(t, view)]))


def written(t: Translator, view: CaseView, left: int) -> Screen:
    out = Lines()(t("Written down."), told.line(t, view), parts.about(t, view))
    return Screen(str(out), rows([act_button(t, view, "transcribe") if left else None]))


def ask_correction(t: Translator, view: CaseView) -> Screen:
    return Screen(t("What did you say? Please write it as it should stand."), rows(ways_out.both(t, view)))


def corrected(t: Translator, view: CaseView) -> Screen:
    return Screen(str(Lines()(t("Corrected, thank you."), told.line(t, view, masked=True), parts.about(t, view))))


@notice("resident.transcribed")
def transcribed(t: Translator, view: CaseView) -> Screen:
    """Shown back to who has spoken: it is what the case goes on with."""
    event = view.of(Transcribed)
    out = Lines()(parts.title(t("Your voice message was written down like this:")), parts.quote(view.event_words))
    out(parts.about(t, view), t("If something is wrong, tap “Change it”."))
    return Screen(str(out), rows([act_button(t, view, "correct", str(event.of)), act_button(t, view, "card")]))


@notice("manager.transcript_corrected")
def transcript_corrected(t: Translator, view: CaseView) -> Screen:
    said = view.event_words if view.of(TranscriptCorrected) else ""
    return with_card(t, view, t("The resident has corrected what the voice message says"), parts.quote(said))
