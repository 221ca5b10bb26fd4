"""Lines that several kinds of recipients share."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape

from complaints.case_view import CaseView
from complaints.model.complaint import CaseOwner, Clock, Complaint
from complaints.model.events import Disposition, Expired, Finding, Referred
from complaints.model.people import District, Statement, anonymised
from complaints.policy.catalogue import is_unsaid
from complaints.policy.clauses import Clause
from views.framework import terms
from views.framework.act_labels import act_of, label
from views.framework.callbacks import case as case_data
from views.framework.formats import moment_from, span
from views.framework.screen import Button, Lines, Screen
from views.framework.translator import Html, Translator, escaped

LONG_QUOTE = 160  # characters of somebody's words that a card shows unfolded
FOLD_AFTER = 3  # lines


def title(mark: str) -> Html:
    """The first line of a notice: what it is about, in bold."""
    return Html(f"<b>{escaped(mark)}</b>")


def head(t: Translator, view: CaseView, mark: str) -> Lines:
    """How a notice to an office begins: what it is about, the number, where and what."""
    return Lines()(title(mark), t("Number {number}", number=number(view.case)), about(t, view))


def noted(t: Translator, view: CaseView, mark: str) -> Screen:
    """A notice to an office that asks for nothing and tells nobody's words; it arrives silently."""
    return Screen(str(head(t, view, mark)), silent=True)


def joined(separator: str, texts: Iterable[str]) -> Html:
    """Texts in one line, each escaped once."""
    return Html(separator.join(escaped(text) for text in texts))


def person(t: Translator, which: str, name: str) -> Html:
    """A role with a name, or the role alone where no name is known."""
    return t("{role} {name}", role=terms.role(t, which), name=name) if name else escaped(terms.role(t, which))


def number(c: Complaint) -> Html:
    return Html(f"<code>{c.number}</code>")


def place(view: CaseView, *, room: bool = False) -> str:
    """Community, building, and the room where the recipient may know it."""
    home = view.first
    known = room and home is not None and home.contact != "anonymous"
    parts = [view.project.name, view.case.building, home.room if known and home is not None else ""]
    return " ".join(part for part in parts if part)


def erased(t: Translator, view: CaseView) -> str:
    """Where words, photos or a way to reach somebody are missing because they were deleted."""
    return t("A resident has asked to have their personal data deleted.") if view.case.erased else ""


def phone_button(t: Translator, view: CaseView) -> Button | None:
    """「显示电话」, where any household may be called."""
    return act_button(t, view, "phone") if view.may_call else None


def speaker(t: Translator, view: CaseView) -> str:
    """Which household the event is about, where there are several; an anonymous one stays so."""
    found = view.speaker
    if found is None or len(view.case.households) < 2:
        return ""
    if found.contact == "anonymous":
        return t("From: a household that stays anonymous")
    return t("From: {home}", home=f"{found.building} {found.room}".strip() or "—")


def about(t: Translator, view: CaseView, *, room: bool = False) -> Html:
    """Where and what, in one line; of what kind it is once it has been said what it is."""
    if is_unsaid(view.case.matter):
        return t("{place} · {matter}", place=place(view, room=room), matter=t.of(view.matter.label))
    return t(
        "{place} · {matter} ({kind})",
        place=place(view, room=room),
        matter=t.of(view.matter.label),
        kind=terms.kind(t, view.case.kind),
    )


def acted(t: Translator, view: CaseView) -> Html:
    """What the bureau has decided, and to whom it refers."""
    if isinstance(view.event, Referred):
        return t("The housing bureau has referred it to: {department}", department=t.of(view.department_label))
    return t("The housing bureau has acted: {act}", act=act_of(t, view.event))


PENALTY_CLOCK = {"LeadReceived": "verify", "PenaltyOpened": "penalise", "PenaltyExtended": "penalise"}


def penalty_step(t: Translator, view: CaseView, who: str) -> Html:
    """A step towards a penalty, and whose it is (《物业服务企业投诉举报处理流程》 三(二))."""
    name = view.event.name if view.event else ""
    return {
        "LeadReceived": t("{office} has recorded a lead and looks into it", office=who),
        "LeadVerified": t("{office} has looked into the lead", office=who),
        "PenaltyOpened": t("{office} has opened proceedings", office=who),
        "PenaltyExtended": t("{office} has extended the proceedings", office=who),
    }[name]


def penalty_due(t: Translator, view: CaseView) -> list[str]:
    """By when the next step is due, where a clock runs for it."""
    stage = PENALTY_CLOCK.get(view.event.name if view.event else "", "")
    clock = view.case.clock(stage, "running") if stage else None
    return str(deadline(t, view, clock)).splitlines() if clock is not None else []


def telephone(t: Translator, number: str, hours: str = "") -> str:
    """A number of the notice board, with the hours in which somebody answers, where they are known."""
    if number and hours:
        return t("{phone} ({hours})", phone=number, hours=hours)
    return number or "—"


def rescue(t: Translator, district: District | None) -> list[Html]:
    """Whom to call in a district where somebody is trapped in a lift, or gas leaks, as far as the registry has them."""
    if district is None:
        return []
    lift, gas = district.lift_rescue, district.gas_rescue
    found = [
        t("Trapped in a lift in {district}: {phone}", district=district.name, phone=lift) if lift else None,
        t("Gas emergency in {district}: {phone}", district=district.name, phone=gas) if gas else None,
    ]
    return [line for line in found if line is not None]


def handler(t: Translator, view: CaseView, *, masked: bool = True) -> Html:
    """Who must act now: role and name, which only staff read in full."""
    if view.case.handler is CaseOwner.BUREAU:
        return t("{district} housing bureau", district=view.district.name)
    if view.case.handler is CaseOwner.DEPARTMENT:
        return escaped(t.of(view.department_label))
    name = anonymised(view.handler_name) if masked else view.handler_name
    return person(t, _handles_as(view), name)


def _handles_as(view: CaseView) -> str:
    """Whoever is named handles it as what they are, whatever the case's owner is."""
    named = view.case.assignee
    if named is None:
        return "company_head" if view.case.handler is CaseOwner.COMPANY else "manager"
    if view.head is not None and named == view.head.person:
        return "company_head"
    return "manager" if view.manager is not None and named == view.manager.person else "assignee"


def quote(words: str) -> str:
    """What somebody said, escaped; long words are folded, and a tap unfolds them."""
    kind = "blockquote expandable" if len(words) > LONG_QUOTE or words.count("\n") > FOLD_AFTER else "blockquote"
    return f"<{kind}>{escape(words, quote=False)}</blockquote>" if words else ""


def files(t: Translator, said: Statement | None) -> str:
    """How many photos, voices and other files came with the words."""
    if said is None or not said.media:
        return ""
    kinds = [m.kind for m in said.media]
    pictures = sum(k in ("photo", "video") for k in kinds)
    voices = kinds.count("voice")
    rest = len(kinds) - pictures - voices
    found = [
        t.n("{count} photo or video", "{count} photos or videos", pictures) if pictures else "",
        t.n("{count} voice message", "{count} voice messages", voices) if voices else "",
        t.n("{count} file", "{count} files", rest) if rest else "",
    ]
    return "📎 " + " · ".join(f for f in found if f)


def deadline(t: Translator, view: CaseView, clock: Clock) -> Lines:
    """Due time, time left or overdue, and the clause where a document gives the length."""
    facts = {"stage": t.of(view.stage(clock).name), "due": moment_from(t, clock.due, view.now)}
    if view.now <= clock.due:
        line = t("{stage} due {due}, {left} left", left=span(t, clock.due - view.now), **facts)
    else:
        line = t("{stage} was due {due}, overdue by {by}", by=span(t, view.now - clock.due), **facts)
    return Lines()(*promised(t, view, clock, line))


def overdue_by(t: Translator, view: CaseView, due: datetime) -> Html:
    """By how much it is overdue, and when it was due."""
    if view.now - due < timedelta(minutes=1):
        return t("Has just run out, was due {due}", due=moment_from(t, due, view.now))
    return t("Was due {due}, overdue by {by}", due=moment_from(t, due, view.now), by=span(t, view.now - due))


def promised(t: Translator, view: CaseView, clock: Clock, line: str) -> tuple[str, ...]:
    """A deadline's line between what it hangs on, which is read before it, and what it rests on."""
    return reserve(t, view, clock), line, *basis(t, view, clock)


def resolved_by(t: Translator, view: CaseView, clock: Clock) -> tuple[str, ...]:
    """By when the problem is to be solved."""
    return promised(t, view, clock, t("To be resolved by {due}", due=moment_from(t, clock.due, view.now)))


def reserve(t: Translator, view: CaseView, clock: Clock) -> str:
    """That nobody has sorted the case yet, and as what it counts until then; to a resident, who hasn't."""
    of_sort = view.stage(clock).of_sort
    if of_sort is None or not view.awaits_sorting(clock):
        return ""
    sort = terms.sort(t, Disposition(of_sort))
    if view.household is None or view.case.handler not in (CaseOwner.MANAGER, CaseOwner.COMPANY):
        return t("What sort of problem it is hasn't been said yet; until then it counts as {sort}:", sort=sort)
    return t(
        "The property service hasn't said yet what sort of problem it is; until then it counts as {sort}:", sort=sort
    )


def basis(t: Translator, view: CaseView, clock: Clock) -> tuple[str, str]:
    """What stands below a deadline wherever it is told: that a notice may still move it, and the clause."""
    may_move = t("Provisional: the coming holiday notice may move it.") if clock.provisional else ""
    return may_move, clause(t, view, clock.stage)


def clause(t: Translator, view: CaseView, stage: str) -> str:
    """The clause a deadline rests on; empty for lengths that no document sets."""
    return cited(t, view.pack.stage(stage).rests_on(view.case)) if view.pack.has(stage) else ""


def expiry_clause(t: Translator, view: CaseView, event: Expired) -> str:
    """What an expiry is told with: what the document says of it, or of the length that ran out."""
    stage = view.pack.stage(event.stage)
    return cited(t, stage.expiry_rests_on(view.case, event.point, again=event.again))


def cited(t: Translator, clause: Clause) -> str:
    """A clause as people read it, softened where the document softens; empty for what is ours."""
    if not clause.is_law:
        return ""
    if clause.analogous:
        return t("Following: {clause}", clause=str(clause))
    if clause.softened:
        return t("Basis: {clause} (“{softened}”)", clause=str(clause), softened=clause.softened)
    if clause.beside:
        return t("Basis: {clause}; counted following {law}", clause=str(clause), law=clause.beside)
    return t("Basis: {clause}", clause=str(clause))


def finding_buttons(t: Translator, view: CaseView) -> list[Button]:
    """「属实」 「部分属实」 「不属实」, for street and bureau, while nobody has confirmed one; a repair has none."""
    if view.case.kind == "repair" or view.case.finding_confirmed:
        return []
    return [tap(view, terms.finding(t, which), "finding", which.value) for which in Finding]


def proposed_finding(t: Translator, view: CaseView) -> str:
    """What the handler holds, as that."""
    which = view.case.finding
    if which is None or view.case.kind == "repair" or view.case.finding_confirmed:
        return ""
    return t("The handler holds it to be {finding}; street or bureau confirm.", finding=terms.finding(t, which))


def act_button(t: Translator, view: CaseView, button: str, arg: str = "", *, wording: str = "") -> Button:
    """The button of an act, with its label; that of an act that gives its reason carries which one it is."""
    return tap(view, label(t, arg if button == "act" else button, wording), button, arg)


def unsaid(t: Translator, view: CaseView) -> list[Button | None]:
    """「填写是什么问题」 while nobody has said it, and 「转写」 while a voice message wasn't written down."""
    return [
        act_button(t, view, "name_matter") if is_unsaid(view.case.matter) else None,
        act_button(t, view, "transcribe") if view.case.voices else None,
    ]


def correct_matter_button(t: Translator, view: CaseView) -> Button | None:
    """「改事项」, once somebody has said what it is."""
    return None if is_unsaid(view.case.matter) else act_button(t, view, "correct_matter")


def spoken(t: Translator, view: CaseView) -> list[str]:
    """What voice messages say, as it was written down; what a program has heard is marked so."""
    lines = []
    for written, found in ((True, view.case.transcripts), (False, view.case.transcript_drafts)):
        for _, words in found:
            if said := view.said(words):
                mark = (
                    t("The voice message says:") if written else t("A program has heard this, nobody has checked it:")
                )
                lines += [mark, quote(said)]
    return lines


def tap(view: CaseView, says: str, verb: str, arg: str = "") -> Button:
    return Button(says, case_data(verb, view.case.id, view.case.round, arg))
