"""What do the bureau's groups and officers read? A group never reads a resident's words, name, phone or room."""

from complaints.case_view import Dossier
from complaints.model.complaint import Handler
from complaints.model.events import Expired, Nudged, Signed, Supervised
from complaints.model.people import masked
from views.company.contacts import street_buttons
from views.framework import office_buttons, parts, terms
from views.framework.formats import moment, span
from views.framework.parts import tap
from views.framework.screen import Lines, Screen, rows
from views.framework.translator import Translator
from views.resident.notices import bureau_act

PRESETS = ("2h", "today", "1wd", "other")


def filed(t: Translator, d: Dossier) -> Screen:
    """One quiet line (抄告)."""
    clock = d.case.clock("respond") or d.main_clock
    due = moment(t, clock.due) if clock else "—"
    mark = t("Copy · dangerous") if d.case.danger else t("Copy")
    text = t(
        "{mark} {number} {place} · {matter}, response due {due}",
        mark=mark,
        number=parts.number(d.case),
        place=parts.place(d),
        matter=t.of(d.matter.label),
        due=due,
    )
    return Screen(text, silent=not d.case.danger)


def _who_failed(t: Translator, d: Dossier, event: Expired) -> str:
    stage = d.pack.stage(event.stage)
    if (
        stage.owner in ("manager", "handler", "bureau_and_company")
        and d.case.assignee is None
        and (event.to_company or d.case.handler == "manager")
    ):
        name = d.manager.name if d.manager else ""
        return parts.person(t, "manager", name)
    if stage.owner == "section_head":
        return t("{district} housing bureau", district=d.district.name)
    if stage.owner == "street":
        return terms.role(t, "street")
    if d.case.handler in (Handler.DEPARTMENT, Handler.BUREAU):
        return parts.handler(t, d)
    return parts.person(t, "company_head", d.head.name if d.head else "")


def expired(t: Translator, d: Dossier) -> Screen:
    """A loud card: what, where, who failed, by how much, clause, who handles it now, how often this quarter."""
    event = d.of(Expired)
    return Screen(str(_expired(t, d, event)), office_buttons.act_buttons(t, d))


def _expired(t: Translator, d: Dossier, event: Expired) -> Lines:
    stage = d.pack.stage(event.stage)
    mark = t("Overdue · {stage}", stage=t.of(stage.name)) if event.final else t("Danger not confirmed")
    out = parts.head(t, d, mark)
    out(_blame(t, d, event))
    out(
        t("Was due {due}, overdue by {by}", due=moment(t, event.due), by=span(t, d.now - event.due))
        if event.final
        else ""
    )
    out(parts.clause(t, d, event.stage))
    out(t("Now with: {handler}", handler=_open_handler(t, d)))
    if d.project.phone:
        out(t("Project's work phone: {phone}", phone=d.project.phone))
    out(
        t.n(
            "{count} case of this project overdue this quarter",
            "{count} cases of this project overdue this quarter",
            d.overdue_this_quarter,
        )
    )
    return out


def _blame(t: Translator, d: Dossier, event: Expired) -> str:
    """Nobody's who couldn't be reminded, or heard, in time: an outage of ours is said instead."""
    if event.delayed:
        return t("Time ran out while our own system was down. It is counted against nobody.")
    who = _who_failed(t, d, event)
    own = d.pack.stage(event.stage).owner not in ("section_head", "street")
    if own and d.case.handler in (Handler.MANAGER, Handler.COMPANY):
        return t("{company} · {who} did not act", company=d.company.name, who=who)
    return t("{who} did not act", who=who)


def _open_handler(t: Translator, d: Dossier) -> str:
    """Staff are named in full among staff."""
    if d.case.handler in (Handler.BUREAU, Handler.DEPARTMENT):
        return parts.handler(t, d)
    which = "company_head" if d.case.handler is Handler.COMPANY else "manager"
    return parts.person(t, which, d.handler_name)


def expired_private(t: Translator, d: Dossier) -> Screen:
    """The same to the section head, duty officer or street in private (62号 三(一))."""
    event = d.of(Expired)
    out = _expired(t, d, event)(t("You get this because you are first responsible for your district."))
    return Screen(str(out), office_buttons.act_buttons(t, d))


def expired_street(t: Translator, d: Dossier) -> Screen:
    """To the street office, which has no button here: it goes there."""
    out = _expired(t, d, d.of(Expired))(t("Please help on site. You get this as street officer."))
    return Screen(str(out), street_buttons(t, d))


def expired_city(t: Translator, d: Dossier) -> Screen:
    """To the city's group, which urges the district to take the case itself (62号 三(二))."""
    out = _expired(t, d, d.of(Expired))
    return Screen(str(out(t("Please urge the {district} bureau to take the case itself.", district=d.district.name))))


def nudge(t: Translator, d: Dossier) -> Screen:
    event = d.of(Nudged)
    stage = d.pack.stage(event.stage)
    out = parts.head(t, d, t("Reminder: {stage}", stage=t.of(stage.name)))
    out(t("Due {due}, {left} left", due=moment(t, event.due), left=span(t, event.due - d.now)))
    return Screen(str(out), office_buttons.act_buttons(t, d))


def withdrawn(t: Translator, d: Dossier) -> Screen:
    return Screen(str(parts.head(t, d, t("Withdrawn by the resident"))), silent=True)


def resolved(t: Translator, d: Dossier) -> Screen:
    return Screen(str(parts.head(t, d, t("Resolved, waiting for the rating"))), silent=True)


def reopened(t: Translator, d: Dossier) -> Screen:
    out = parts.head(t, d, t("Reopened: the resident is dissatisfied"))
    out(t("Now with: {handler}", handler=_open_handler(t, d)))
    return Screen(str(out), office_buttons.act_buttons(t, d))


def unreachable(t: Translator, d: Dossier) -> Screen:
    """A notice for the company found nobody who can be reached."""
    out = parts.head(t, d, t("Nobody of the company can be reached"))
    out(
        t("{company}: neither manager nor head has joined or can be reached. Please see to it.", company=d.company.name)
    )
    if (clock := d.main_clock) is not None:
        out(str(parts.deadline(t, d, clock)))
    out(t("Project's work phone: {phone}", phone=d.project.phone) if d.project.phone else "")
    return Screen(str(out), office_buttons.act_buttons(t, d))


def presets(t: Translator, d: Dossier, officer: str) -> Screen:
    """督办: until when?"""
    out = parts.head(t, d, t("Supervision by {officer}: until when?", officer=officer))
    names = {
        "2h": t.p("button", "2 hours"),
        "today": t.p("button", "Before close of business"),
        "1wd": t.p("button", "1 working day"),
        "other": t.p("button", "Something else"),
    }
    count = d.case.acts.count("Supervised")  # a preset that an order has overtaken does nothing any more
    taps = [tap(d, names[which], "order", f"{which}-{count}") for which in PRESETS]
    return Screen(str(out), rows(taps[:2], taps[2:]))


def supervised(t: Translator, d: Dossier) -> Screen:
    """Who ordered what."""
    event = d.of(Supervised)
    out = parts.head(t, d, t("Supervision order {order}", order=event.order))
    out(
        t(
            "Ordered by {officer}, to be reported by {until}",
            officer=d.names.get(event.by, "—"),
            until=moment(t, event.until),
        )
    )
    return Screen(str(out(parts.clause(t, d, "comply"))), rows([tap(d, t.p("button", "Details"), "details")]))


def signed(t: Translator, d: Dossier) -> Screen:
    event = d.of(Signed)
    out = parts.head(t, d, t("Order {order} signed for by {name}", order=event.order, name=d.names.get(event.by, "—")))
    return Screen(str(out), silent=True)


def reported_done(t: Translator, d: Dossier) -> Screen:
    out = parts.head(t, d, t("Order reported as done"))
    return Screen(str(out), rows([tap(d, t.p("button", "Details"), "details")]))


def done_words(t: Translator, d: Dossier) -> Screen:
    out = parts.head(t, d, t("Order reported as done"))(parts.quote(d.event_words))
    return Screen(str(out), rows([tap(d, t.p("button", "Details"), "details")]))


def act(t: Translator, d: Dossier) -> Screen:
    return Screen(str(parts.head(t, d, t("The housing bureau has acted: {act}", act=bureau_act(t, d)))), silent=True)


def review_asked(t: Translator, d: Dossier) -> Screen:
    """「申请复核」: the bureau decides."""
    out = parts.head(t, d, t("The company asks for a review of the rating"))(parts.quote(d.event_words))
    taps = rows(
        [
            tap(d, t.p("button", "The rating counts"), "review_yes"),
            tap(d, t.p("button", "The rating doesn't count"), "review_no"),
        ]
    )
    return Screen(str(out), taps)


def details(t: Translator, d: Dossier) -> Screen:
    """「详情」, in private: what was said and how it stands."""
    c = d.case
    out = parts.head(t, d, terms.state(t, c))
    out(parts.quote(d.said(c.words)), parts.files(t, d.words.get(c.words)))
    out(t("{company} · now with: {handler}", company=d.company.name, handler=_open_handler(t, d)))
    if c.disposition is not None:
        out(t("Sorted as: {disposition}", disposition=terms.disposition(t, d.pack, c.disposition)))
    if d.said(c.last_words) and c.last_words != c.words:
        out(t("Last words from the handler:"), parts.quote(d.said(c.last_words)))
    if (clock := d.main_clock) is not None:
        out(str(parts.deadline(t, d, clock)))
    if c.order is not None:
        signers = parts.joined(t(", "), (masked(d.names.get(p, "")) for p in c.order.signed)) or "—"
        out(t("Order {order}, signed by: {names}", order=c.order.number, names=signers))
    return Screen(str(out), office_buttons.act_buttons(t, d) if c.is_open else ())


def only_officers(t: Translator) -> str:
    """A toast for whoever may not press here."""
    return t("Only officers of this district's housing bureau can do that. The press is on record.")


def in_private(t: Translator) -> str:
    return t("I have written to you in private.")


def erased(t: Translator, d: Dossier) -> Screen:
    """A group reads that nobody of a case is left, and nothing else."""
    out = Lines()(parts.title(t("The residents of this case have had their personal data deleted")))
    out(t("Number {number}", number=parts.number(d.case)), parts.about(t, d))
    return Screen(str(out(t("The case stays open; its handler brings it to its end."))))
