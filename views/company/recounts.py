"""Notices of a deadline that a notice of working days has moved."""

from collections.abc import Iterator

from complaints.case_view import CaseView
from complaints.model.events import Recomputed
from complaints.notifications import notices
from complaints.policy.pack_schema import RecipientRole
from views.company.card import with_card
from views.framework import office_buttons, parts
from views.framework.formats import moment_from
from views.framework.notice_views import notice
from views.framework.screen import Lines, Screen
from views.framework.translator import Translator
from views.resident.card import follow_buttons


def _moved(t: Translator, view: CaseView, *readers: RecipientRole) -> Iterator[str]:
    """Each deadline that concerns the recipient: as it was told, as it is now, why, and the clause."""
    event = view.of(Recomputed)
    for count in notices.moved(event, view.pack, *readers):
        stage = t.of(view.pack.stage(count.stage).name)
        yield t(
            "{stage}: was due {was}, now {due}",
            stage=stage,
            was=moment_from(t, count.was, view.now),
            due=moment_from(t, count.due, view.now),
        )
        yield parts.clause(t, view, count.stage)
    source = event.source
    yield t("The holiday notice has come out: {source}", source=source) if source else t("The holiday notice is out.")
    if any(count.provisional for count in event.counts):
        yield t("It is still provisional: part of the notice is missing here.")


@notice("resident.recomputed")
def resident(t: Translator, view: CaseView) -> Screen:
    out = Lines()(parts.title(t("Your case's deadline has moved")), parts.about(t, view))
    return Screen(str(out(*_moved(t, view, RecipientRole.HOUSEHOLDS))), follow_buttons(t, view))


@notice("manager.recomputed")
def manager(t: Translator, view: CaseView) -> Screen:
    """To the handler, and to the company's head where the deadline is the head's."""
    lines = _moved(t, view, RecipientRole.HANDLER, RecipientRole.COMPANY_HEAD)
    return with_card(t, view, t("The deadline of a case has moved"), *lines)


@notice("bureau.recomputed")
def bureau(t: Translator, view: CaseView) -> Screen:
    """To the section head, of the bureau's own promises."""
    out = parts.head(t, view, t("The deadline of a case has moved"))(*_moved(t, view, RecipientRole.SECTION_HEAD))
    return Screen(str(out), office_buttons.act_buttons(t, view))
