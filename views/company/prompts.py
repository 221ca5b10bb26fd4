"""Prompts to staff after a tap that needs words, a date or a choice."""

from collections.abc import Sequence
from dataclasses import replace

from complaints.case_view import CaseView
from complaints.model.complaint import Complaint, State
from complaints.model.events import Disposition, Finding
from complaints.model.people import Appointment
from views.framework import parts, terms, ways_out
from views.framework.act_labels import label
from views.framework.callbacks import form
from views.framework.case_names import labelled
from views.framework.pages import cut
from views.framework.parts import act_button, tap
from views.framework.screen import Button, Lines, Screen, laid, rows
from views.framework.translator import Translator

ONE_SCREEN = 8  # people of one project to be named
DEPARTMENTS_AT_ONCE = 8


def _ask(t: Translator, view: CaseView, question: str, *more: str, follows: bool = False) -> Screen:
    """Words are asked for; `follows`: another question came before it."""
    out = Lines()(question, *more, parts.about(t, view))
    return Screen(str(out), rows(_ways_out(t, view, follows=follows)))


def _ways_out(t: Translator, view: CaseView, *, follows: bool) -> list[Button]:
    return [ways_out.earlier(t, view), ways_out.cancel(t)] if follows else ways_out.both(t, view)


def response(t: Translator, view: CaseView, disposition: Disposition | None) -> Screen:
    """A choice without words asks for them; of a department it was asked before."""
    sorted_as = terms.disposition(t, view.pack, disposition)
    chosen = t("You chose: {choice}", choice=sorted_as) if sorted_as else ""
    if disposition is Disposition.MAJOR:
        question = t("Please write to the resident why it is complex and what you will do.")
    elif disposition is Disposition.BUREAU_DUTY:
        question = t("Please write why this is the housing bureau's duty; the resident reads it too.")
    elif disposition is Disposition.NEITHER:
        question = t("Please write to the resident whose matter it is and which way leads to it.")
    elif disposition is Disposition.OWN_PART:
        question = t("Please write to the resident how to order the paid repair.")
    else:
        question = t("Please write one sentence to the resident: what you see, what you will do, when it will be done.")
    return _ask(t, view, question, chosen, follows=disposition is Disposition.NEITHER)


def reply(t: Translator, view: CaseView) -> Screen:
    """「回复住户」: the response, or how far it is."""
    return response(t, view, None) if view.case.state is State.FILED else progress(t, view)


def department(t: Translator, view: CaseView, labels: dict[str, str], likely: str, page: int = 0) -> Screen:
    """Whose matter is it?"""
    return _departments(t, view, t("Which department is responsible?"), "department", labels, likely, page)


def refer_to(t: Translator, view: CaseView, labels: dict[str, str], likely: str, page: int = 0) -> Screen:
    """「转办」: to whom?"""
    return _departments(t, view, t("Refer to which department?"), "refer_to", labels, likely, page)


def _departments(
    t: Translator, view: CaseView, question: str, choice: str, labels: dict[str, str], likely: str, page: int
) -> Screen:
    """The likeliest department first, and the rest on the next page."""
    order = sorted((code for code in labels if code != "housing"), key=lambda code: code != likely)
    here, following = cut(order, page, DEPARTMENTS_AT_ONCE)
    taps = [Button(labels[code], form(choice, code, view.case.id)) for code in here]
    more = Button(t.p("button", "More ▸"), form(choice, str(following), view.case.id))
    return Screen(str(Lines()(question, parts.about(t, view))), laid([*taps, more], *ways_out.both(t, view)))


def progress(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write how far it is; photos, voice and files are kept as evidence."))


def contact(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write to the resident; your account isn't shown, and the answer comes here."))


def result(t: Translator, view: CaseView, *, on_the_spot: bool = False) -> Screen:
    where = t("Solved on the spot: please write what you found and did, or send photos.") if on_the_spot else ""
    return _ask(
        t,
        view,
        where or t("Please write the result: what you found, what you did, how it stands now. Photos are welcome."),
    )


def result_check(
    t: Translator, view: CaseView, text: str, count: int, closing: str, finding: Finding = Finding.TRUE
) -> Screen:
    """The result before it goes out: submit, keep, or ask first."""
    out = Lines()(t("This is what the resident will read:"), parts.quote(text))
    out(t.n("{count} file", "{count} files", count) if count else "")
    solved = t.p("closing", "really solved")
    explained = t.p("closing", "explained")
    out(t("Kind of closing: {kind}", kind=explained if closing == "explained" else solved), parts.about(t, view))
    judged = view.case.kind != "repair"
    out(t("Is it so? {finding}", finding=terms.finding(t, finding)) if judged else "")
    other = ("solved", solved) if closing == "explained" else ("explained", explained)
    return Screen(
        str(out),
        rows(
            [Button(t.p("button", "Submit"), form("submit_result", about=view.case.id))],
            [
                Button(t.p("button", "Keep as draft"), form("keep_result", about=view.case.id)),
                Button(label(t, "ask_closing"), form("ask_closing", about=view.case.id)),
            ],
            [
                Button(t("Change to: {kind}", kind=other[1]), form("closing", other[0], view.case.id)),
                _next_finding(t, view, finding) if judged else None,
            ],
            [
                ways_out.back(t, "result_back", about=view.case.id),
                ways_out.cancel(t),
            ],
        ),
    )


def _next_finding(t: Translator, view: CaseView, finding: Finding) -> Button:
    """One button goes round 属实, 部分属实, 不属实."""
    every = list(Finding)
    following = every[(every.index(finding) + 1) % len(every)]
    return Button(t("Change to: {kind}", kind=terms.finding(t, following)), form("finding", following, view.case.id))


def whose_answer(t: Translator, cases: Sequence[tuple[Complaint, str]], first: int, count: int) -> Screen:
    """Words of a handler that reply to no message: they go nowhere until a case is tapped."""
    one = t("Not sent to anybody yet. Which case is this for?")
    more = t("These {count} messages were not sent to anybody yet. Which case are they for?", count=count)
    text = one if count == 1 else more
    taps = [Button(label, form("reply", str(c.id), first)) for c, label in labelled(t, cases)]
    drop = Button(t.p("button", "For none: drop it"), form("cancel", about=first))
    return Screen(text, laid(taps, drop))


def kept(t: Translator, view: CaseView) -> Screen:
    out = Lines()(
        t("The result is kept as a draft, not submitted yet. Tap “Submit the result” on the card to go on."),
        parts.about(t, view),
    )
    return Screen(str(out))


def date(
    t: Translator, view: CaseView, presets: list[tuple[str, str]], why: str = "", *, follows: bool = False
) -> Screen:
    """A date, by tap or in words. `presets`: (value, shown); `follows`: words were asked for before it."""
    question = t("By when will it be resolved? Tap, or write for example: tomorrow 15:00")
    out = Lines()(why, question, parts.about(t, view))
    taps = [Button(shown, form("date", value, view.case.id)) for value, shown in presets]
    return Screen(str(out), laid(taps, *_ways_out(t, view, follows=follows)))


def counter_date(t: Translator, view: CaseView, presets: list[tuple[str, str]]) -> Screen:
    out = Lines()(t("Which date suits you? Tap, or write for example: tomorrow 15:00"), parts.about(t, view))
    taps = [Button(shown, form("date", value, view.case.id)) for value, shown in presets]
    return Screen(str(out), laid(taps, *ways_out.both(t, view)))


def reason_for_more_time(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Why is more time needed? The resident reads it and may agree or not."))


def review(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Why do you think the rating unfair? The bureau reads it and decides."))


def beyond_to(t: Translator, view: CaseView) -> Screen:
    """「超出物业能力，上报」: to whom? (浦建委物管〔2023〕55号 三(一))."""
    out = Lines()(t("To whom do you report that it is beyond the company?"), parts.about(t, view))
    return Screen(
        str(out), rows([tap(view, says, "beyond", to) for to, says in terms.beyond(t).items()], ways_out.both(t, view))
    )


def beyond(t: Translator, view: CaseView) -> Screen:
    why = t("Why is it beyond the company? The resident and whom you report it to read it.")
    return _ask(t, view, why, follows=True)


def document_number(t: Translator, view: CaseView) -> Screen:
    """What another department handled its own city level strikes off."""
    question = t(
        "This was handled by: {department}. Its own city level verifies and strikes off. "
        "Please write the number of its document, which is put on record.",
        department=t.of(view.department_label),
    )
    return _ask(t, view, question)


def report_done(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write what has been done on the order."))


def commitment(t: Translator, view: CaseView, presets: list[tuple[str, str]]) -> Screen:
    """The date that the first contact owes the resident (浦建委物管〔2023〕55号 三(一))."""
    screen = date(t, view, presets, t("Please give the resident a date; it binds, and the resident reads it."))
    *dates, back, cancel = (button for row in screen.buttons for button in row)
    return replace(screen, buttons=laid([act_button(t, view, "on_the_spot"), *dates], back, cancel))


def preliminary(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write what was found and what will be done; the resident reads it now."))


def unsolvable(t: Translator, view: CaseView) -> Screen:
    if view.case.clock_now("plan") is not None:
        return _ask(
            t,
            view,
            t("This has been said once already. Please write why; the bureau decides whether there is another period."),
        )
    return _ask(
        t, view, t("Please write why it can't be solved soon; the resident reads it. A dated plan is owed then.")
    )


def plan(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write the plan, step by step; the resident reads it. The date is asked next."))


def hand_back(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write why you send it back; the bureau reads it."))


def street_contact(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write what you and the resident have agreed; the resident reads it."))


def penalty_words(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write it down; for an extension name who has approved it."), follows=True)


def responsible(t: Translator, view: CaseView, people: list[Appointment]) -> Screen:
    """「指定责任人」: somebody by name (长建发〔2025〕72号 五)."""
    out = Lines()(t("Who is responsible for it by name?"), parts.about(t, view), parts.clause(t, view, "assign"))
    taps = [tap(view, f"{p.name}（{terms.role(t, p.role.value)}）", "named", str(p.person)) for p in people]
    return Screen(str(out), laid(taps[:ONE_SCREEN], *ways_out.both(t, view)))


def supplement(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("What would you like to add? Words, photos or voice, all reach the handler."))


def sure_to_withdraw(t: Translator, view: CaseView) -> Screen:
    out = Lines()(
        t("Withdraw the case? It can't be opened again, but you can always file a new one."), parts.about(t, view)
    )
    yes = act_button(t, view, "withdraw_sure")
    return Screen(str(out), rows([yes, *ways_out.both(t, view)]))


def own_reason(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("What was wrong? Please write it in your own words."))


NAMED_AT_ONCE = 6


def handler_choice(
    t: Translator, view: CaseView, people: list[Appointment], failed: int | None, verb: str, page: int = 0
) -> Screen:
    """A few at a time; whoever's time ran out is marked. After the last page comes the first again."""
    out = Lines()(t("Who shall handle it?"), parts.about(t, view))

    def named(p: Appointment) -> str:
        if p.person == failed:
            return t("{name} (ran out of time)", name=p.name)
        return f"{p.name}（{terms.role(t, p.role.value)}）"

    taps = [tap(view, named(p), "assign", str(p.person)) for p in people[page * NAMED_AT_ONCE :][:NAMED_AT_ONCE]]
    following = page + 1 if people[(page + 1) * NAMED_AT_ONCE :] else 0
    more = tap(view, t.p("button", "More"), verb, str(following)) if len(people) > NAMED_AT_ONCE else None
    return Screen(str(out), laid(taps, more, *ways_out.both(t, view)))


def nobody_to_name(t: Translator) -> Screen:
    return Screen(t("Nobody else of your company has joined yet. They join by sharing their phone number with me."))


def act_reason(t: Translator, view: CaseView, button: str) -> Screen:
    why = t("{act}: please write the reason; company and resident read it.", act=label(t, button))
    return _ask(t, view, why, follows=button == "refer")


def send_back(t: Translator, view: CaseView) -> Screen:
    return _ask(t, view, t("Please write why you send it back; company and resident read it."))
