"""What does the bot ask of staff when a tap needs words, a date or a choice?"""

from dataclasses import replace

from complaints.case_view import Dossier
from complaints.model.events import Disposition
from complaints.model.people import Appointment
from views.framework import parts, terms
from views.framework.callbacks import form
from views.framework.formats import moment
from views.framework.parts import tap
from views.framework.screen import Button, Lines, Screen, rows
from views.framework.translator import Translator


def cancel(t: Translator) -> list[Button]:
    return [Button(t.p("button", "Cancel"), form("cancel"))]


def _ask(t: Translator, d: Dossier, question: str, *more: str) -> Screen:
    out = Lines()(question, *more, parts.about(t, d))
    return Screen(str(out), rows(cancel(t)))


def response(t: Translator, d: Dossier, disposition: Disposition | None) -> Screen:
    """A choice without words asks for them."""
    sorted_as = terms.disposition(t, d.pack, disposition)
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
    return _ask(t, d, question, chosen)


def department(t: Translator, d: Dossier, labels: dict[str, str], likely: str) -> Screen:
    """Whose matter is it?"""
    return _departments(t, d, t("Which department is responsible?"), "department", labels, likely)


def refer_to(t: Translator, d: Dossier, labels: dict[str, str], likely: str) -> Screen:
    """「转办」: to whom?"""
    return _departments(t, d, t("Refer to which department?"), "refer_to", labels, likely)


def _departments(t: Translator, d: Dossier, question: str, choice: str, labels: dict[str, str], likely: str) -> Screen:
    """The likeliest department first."""
    order = sorted((code for code in labels if code != "housing"), key=lambda code: code != likely)
    taps = [Button(labels[code], form(choice, code, d.case.id)) for code in order]
    grid = [taps[n : n + 2] for n in range(0, len(taps), 2)]
    return Screen(str(Lines()(question, parts.about(t, d))), rows(*grid, cancel(t)))


def progress(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write how far it is; photos, voice and files are kept as evidence."))


def contact(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write to the resident; your account isn't shown, and the answer comes here."))


def result(t: Translator, d: Dossier, *, on_the_spot: bool = False) -> Screen:
    where = t("Solved on the spot: please write what you found and did, or send photos.") if on_the_spot else ""
    return _ask(
        t,
        d,
        where or t("Please write the result: what you found, what you did, how it stands now. Photos are welcome."),
    )


def result_check(t: Translator, d: Dossier, text: str, count: int, closing: str) -> Screen:
    """The result before it goes out: submit, keep, or ask first."""
    out = Lines()(t("This is what the resident will read:"), parts.quote(text))
    out(t.n("{count} file", "{count} files", count) if count else "")
    solved = t.p("closing", "really solved")
    explained = t.p("closing", "explained")
    out(t("Kind of closing: {kind}", kind=explained if closing == "explained" else solved), parts.about(t, d))
    other = ("solved", solved) if closing == "explained" else ("explained", explained)
    return Screen(
        str(out),
        rows(
            [Button(t.p("button", "Submit"), form("submit_result", about=d.case.id))],
            [
                Button(t.p("button", "Keep as draft"), form("keep_result", about=d.case.id)),
                Button(t.p("button", "May the case be closed like this?"), form("ask_closing", about=d.case.id)),
            ],
            [Button(t("Change to: {kind}", kind=other[1]), form("closing", other[0], d.case.id))],
            [
                Button(t.p("button", "Back"), form("result_back", about=d.case.id)),
                Button(t.p("button", "Cancel"), form("cancel")),
            ],
        ),
    )


def kept(t: Translator, d: Dossier) -> Screen:
    out = Lines()(
        t("The result is kept as a draft. Tap 「Submit the result」 on the card to go on."), parts.about(t, d)
    )
    return Screen(str(out))


def date(t: Translator, d: Dossier, presets: list[tuple[str, str]], why: str = "") -> Screen:
    """A date, by tap or in words. `presets`: (value, shown)."""
    out = Lines()(why, t("By when will it be resolved? Tap, or write for example: 10-09 18:00"), parts.about(t, d))
    taps = [Button(shown, form("date", value, d.case.id)) for value, shown in presets]
    return Screen(str(out), rows(*([b] for b in taps), cancel(t)))


def counter_date(t: Translator, d: Dossier, presets: list[tuple[str, str]]) -> Screen:
    out = Lines()(t("Which date suits you? Tap, or write for example: 10-09 18:00"), parts.about(t, d))
    taps = [Button(shown, form("date", value, d.case.id)) for value, shown in presets]
    return Screen(str(out), rows(*([b] for b in taps), cancel(t)))


def reason_for_more_time(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Why is more time needed? The resident reads it and may agree or not."))


def review(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Why do you think the rating unfair? The bureau reads it and decides."))


def report_done(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write what has been done on the order."))


def commitment(t: Translator, d: Dossier, presets: list[tuple[str, str]]) -> Screen:
    """The date that the first contact owes the resident (浦建委物管〔2023〕55号 三(一))."""
    screen = date(t, d, presets, t("Please give the resident a date; it binds, and the resident reads it."))
    solved = tap(d, t.p("button", "Solved on the spot"), "on_the_spot")
    return replace(screen, buttons=((solved,), *screen.buttons))


def preliminary(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write what was found and what will be done; the resident reads it now."))


def unsolvable(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write why it can't be solved soon; the resident reads it. A dated plan is owed then."))


def plan(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write the plan, step by step; the resident reads it. The date is asked next."))


def hand_back(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write why you send it back; the bureau reads it."))


def street_contact(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write what you and the resident have agreed; the resident reads it."))


def penalty_words(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write it down; for an extension name who has approved it."))


def responsible(t: Translator, d: Dossier, people: list[Appointment]) -> Screen:
    """「指定责任人」: somebody by name (长建发〔2025〕72号 五)."""
    out = Lines()(t("Who is responsible for it by name?"), parts.about(t, d), parts.clause(t, d, "assign"))
    taps = [[tap(d, f"{p.name}（{terms.role(t, p.role.value)}）", "named", str(p.person))] for p in people]
    return Screen(str(out), rows(*taps, cancel(t)))


def supplement(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("What would you like to add? Words, photos or voice, all reach the handler."))


def sure_to_withdraw(t: Translator, d: Dossier) -> Screen:
    out = Lines()(
        t("Withdraw the case? It can't be opened again, but you can always file a new one."), parts.about(t, d)
    )
    yes = tap(d, t.p("button", "Yes, withdraw"), "withdraw_sure")
    return Screen(str(out), rows([yes, Button(t.p("button", "Cancel"), form("cancel"))]))


def own_reason(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("What was wrong? Please write it in your own words."))


def handler_choice(t: Translator, d: Dossier, people: list[Appointment]) -> Screen:
    out = Lines()(t("Who shall handle it?"), parts.about(t, d))
    taps = [[tap(d, f"{p.name}（{terms.role(t, p.role.value)}）", "assign", str(p.person))] for p in people]
    return Screen(str(out), rows(*taps, cancel(t)))


def nobody_to_name(t: Translator) -> Screen:
    return Screen(t("Nobody else of your company has joined yet. They join by sharing their phone number with me."))


def order_words(t: Translator, d: Dossier) -> Screen:
    order = d.case.order
    named = t("Order {order} is out, due {until}.", order=order.number, until=moment(t, order.until)) if order else ""
    return _ask(t, d, named, t("If you like, write what exactly you demand; it is added to the order."))


def order_time(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Until when? Write for example: 10-09 18:00"))


def act_reason(t: Translator, d: Dossier, label: str) -> Screen:
    return _ask(t, d, t("{act}: please write the reason; company and resident read it.", act=label))


def send_back(t: Translator, d: Dossier) -> Screen:
    return _ask(t, d, t("Please write why you send it back; company and resident read it."))
