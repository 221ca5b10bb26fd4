"""Which lines do several readers share?"""

from collections.abc import Iterable
from html import escape

from complaints.case_view import Dossier
from complaints.model.complaint import Clock, Complaint, Handler
from complaints.model.people import District, Saying, masked
from views.framework import terms
from views.framework.callbacks import case as case_data
from views.framework.formats import moment, span
from views.framework.screen import Button, Lines
from views.framework.translator import Html, Translator, escaped

LONG_QUOTE = 160  # characters of somebody's words that a card shows unfolded
FOLD_AFTER = 3  # lines


def title(mark: str) -> Html:
    """The first line of a notice: what it is about, in bold."""
    return Html(f"<b>{escaped(mark)}</b>")


def head(t: Translator, d: Dossier, mark: str) -> Lines:
    """How a notice to an office begins: what it is about, the number, where and what."""
    return Lines()(title(mark), t("Number {number}", number=number(d.case)), about(t, d))


def joined(separator: str, texts: Iterable[str]) -> Html:
    """Texts in one line, each escaped once."""
    return Html(separator.join(escaped(text) for text in texts))


def person(t: Translator, which: str, name: str) -> Html:
    """A role with a name, or the role alone where no name is known."""
    return t("{role} {name}", role=terms.role(t, which), name=name) if name else escaped(terms.role(t, which))


def number(c: Complaint) -> Html:
    return Html(f"<code>{c.number}</code>")


def place(d: Dossier, *, room: bool = False) -> str:
    """Community, building, and the room where the reader may know it."""
    home = d.first
    known = room and home is not None and home.contact != "anonymous"
    parts = [d.project.name, d.case.building, home.room if known and home is not None else ""]
    return " ".join(part for part in parts if part)


def erased(t: Translator, d: Dossier) -> str:
    """Where words, photos or a way to reach somebody are missing because they were deleted."""
    return t("A resident has asked to have their personal data deleted.") if d.case.erased else ""


def phone_button(t: Translator, d: Dossier) -> Button | None:
    """「显示电话」, where any household may be called."""
    return tap(d, t.p("button", "Show phone"), "phone") if d.may_call else None


def speaker(t: Translator, d: Dossier) -> str:
    """Which household the event speaks of, where there are several; an anonymous one stays so."""
    found = d.speaker
    if found is None or len(d.case.households) < 2:
        return ""
    if found.contact == "anonymous":
        return t("From: a household that stays anonymous")
    return t("From: {home}", home=f"{found.building} {found.room}".strip() or "—")


def about(t: Translator, d: Dossier, *, room: bool = False) -> Html:
    """Where and what, in one line."""
    return t(
        "{place} · {matter} ({kind})",
        place=place(d, room=room),
        matter=t.of(d.matter.label),
        kind=terms.kind(t, d.case.kind),
    )


def telephone(t: Translator, number: str, hours: str = "") -> str:
    """A number of the notice board, with the hours in which somebody answers, where they are known."""
    if number and hours:
        return t("{phone} ({hours})", phone=number, hours=hours)
    return number or "—"


def rescue(t: Translator, district: District | None) -> list[Html]:
    """The lines to call where somebody is trapped in a lift, or gas leaks, as far as the registry has them."""
    lift, gas = (district.lift_rescue, district.gas_rescue) if district else ("", "")
    found = [
        t("Trapped in a lift: {phone}", phone=lift) if lift else None,
        t("Gas emergency: {phone}", phone=gas) if gas else None,
    ]
    return [line for line in found if line is not None]


def handler(t: Translator, d: Dossier) -> Html:
    """Who must act now: role and masked name."""
    if d.case.handler is Handler.BUREAU:
        return t("{district} housing bureau", district=d.district.name)
    if d.case.handler is Handler.DEPARTMENT:
        return escaped(t.of(d.department_label))
    which = "company_head" if d.case.handler is Handler.COMPANY else "manager"
    if d.case.assignee is not None and d.case.handler is Handler.COMPANY:
        which = "company_head" if d.head and d.case.assignee == d.head.person else "assignee"
    return person(t, which, masked(d.handler_name))


def quote(words: str) -> str:
    """What somebody said, escaped; long words are folded, and a tap unfolds them."""
    kind = "blockquote expandable" if len(words) > LONG_QUOTE or words.count("\n") > FOLD_AFTER else "blockquote"
    return f"<{kind}>{escape(words, quote=False)}</blockquote>" if words else ""


def files(t: Translator, said: Saying | None) -> str:
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


def deadline(t: Translator, d: Dossier, clock: Clock) -> Lines:
    """Due time, time left or overdue, and the clause where a document gives the length."""
    stage = d.stage(clock)
    out = Lines()
    if d.now <= clock.due:
        out(
            t(
                "{stage} due {due}, {left} left",
                stage=t.of(stage.name),
                due=moment(t, clock.due),
                left=span(t, clock.due - d.now),
            )
        )
    else:
        out(
            t(
                "{stage} was due {due}, overdue by {by}",
                stage=t.of(stage.name),
                due=moment(t, clock.due),
                by=span(t, d.now - clock.due),
            )
        )
    return out(*basis(t, d, clock))


def basis(t: Translator, d: Dossier, clock: Clock) -> tuple[str, str]:
    """What stands below a deadline wherever it is told: that a notice may still move it, and the clause."""
    may_move = t("Provisional: the coming holiday notice may move it.") if clock.provisional else ""
    return may_move, clause(t, d, clock.stage)


def clause(t: Translator, d: Dossier, stage: str) -> str:
    """The clause a deadline rests on; empty for lengths that no document sets."""
    if not d.pack.has(stage):
        return ""
    found = d.pack.stage(stage).clause
    return t("Basis: {clause}", clause=str(found)) if str(found) and not found.ours else ""


def tap(d: Dossier, label: str, verb: str, arg: str = "") -> Button:
    return Button(label, case_data(verb, d.case.id, d.case.round, arg))
