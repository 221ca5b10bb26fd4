"""Officers act on a case, in their group and in private; the company signs and reports."""

from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.errors import NotStarted, TooLate
from complaints.lifecycle.permissions import Standing, standings
from complaints.model.complaint import Complaint
from complaints.policy.catalogue import Department
from complaints.time import periods
from complaints.usecases import answers, rating, supervision
from handlers.company.answers import departments
from handlers.framework import date_input
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Talk
from handlers.framework.prompts import asks_words
from handlers.framework.states import Supervising
from storage.repositories import destinations
from views import confirmations as views
from views.company import card, prompts
from views.framework import office_buttons
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.screen import Screen
from views.officer import notices

ACT_LABELS = {"list": "List publicly", "raise": "Raise", "convene": "Convene"}


async def aside(talk: Talk) -> Talk:
    """The officer's private chat, in the officer's language: who is in the registry has joined there by phone."""
    if talk.private:
        return talk
    found = await destinations.of_person(talk.work, talk.person.id)
    if found is None or not found.reachable:
        raise NotStarted
    talk.toast(notices.in_private(talk.t))
    return talk.in_chat(found)


async def ask(private: Talk, complaint: Complaint, screen: Screen, state: object, **about: object) -> None:
    """Go on in private, whatever chat the button was in."""
    await private.asks(state, case=complaint.id, **about)
    private.say(screen, about=complaint.id)


async def ask_order(talk: Talk, tap: CaseTapped) -> None:
    """「督办」: until when? The presets stand in the group."""
    complaint = await talk.case(tap.case)
    if not complaint.is_open:
        raise TooLate(state=complaint.state)
    talk.say(notices.presets(talk.t, await talk.dossier(complaint), talk.who.name), about=complaint.id)


async def order(talk: Talk, tap: CaseTapped) -> None:
    """A preset, or 「其他」 in words in private."""
    complaint = await talk.case(tap.case)
    dossier = await talk.dossier(complaint)
    which, _, count = tap.arg.partition("-")
    if which not in notices.PRESETS or count != str(complaint.acts.count("Supervised")):
        raise TooLate(state=complaint.state)
    if which == "other":
        private = await aside(talk)
        await ask(private, complaint, prompts.order_time(private.t, dossier), Supervising.time)
        return
    await _supervise(talk, complaint, preset(talk, complaint, which))


def preset(talk: Talk, complaint: Complaint, which: str) -> datetime:
    time = date_input.hours(talk, complaint)
    if which == "2h":
        return talk.now + timedelta(hours=2)
    if which == "today":
        return periods.end_of_business(talk.now, time)
    return periods.due(talk.now, periods.Period.parse("1wd"), time).at


async def order_time(talk: Talk) -> None:
    about = await talk.about()
    complaint = await talk.case(about["case"])
    await talk.over()
    await _supervise(talk, complaint, date_input.in_words(talk, complaint))


async def _supervise(talk: Talk, complaint: Complaint, until: datetime) -> None:
    complaint = await supervision.supervise(talk.work, talk.who, complaint.id, until)
    number = complaint.order.number if complaint.order else ""
    private = await aside(talk)
    screen = prompts.order_words(private.t, await talk.dossier(complaint))
    await ask(private, complaint, screen, Supervising.words, order=number)


async def order_words(talk: Talk) -> None:
    """What exactly the order demands."""
    about = await talk.about()
    complaint = await supervision.word_order(talk.work, talk.who, about["case"], about["order"], talk.said())
    await talk.over()
    talk.say(views.order_worded(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def act(talk: Talk, tap: CaseTapped) -> None:
    """「挂牌督办」, 「提级」, 「会商」: the reason in words, in private."""
    complaint = await talk.case(tap.case)
    private = await aside(talk)
    label = private.t.p("button", ACT_LABELS[tap.arg])
    screen = prompts.act_reason(private.t, await talk.dossier(complaint), label)
    await ask(private, complaint, screen, Supervising.reason, act=tap.arg)


async def reason(talk: Talk) -> None:
    about = await talk.about()
    complaint = await supervision.act(talk.work, talk.who, about["case"], about["act"], talk.said())
    await talk.over()
    label = talk.t.p("button", ACT_LABELS[about["act"]])
    talk.say(views.bureau_done(talk.t, await talk.dossier(complaint), label), about=complaint.id)


async def ask_refer(talk: Talk, tap: CaseTapped) -> None:
    """「转办」: to which department, then why."""
    complaint = await talk.case(tap.case)
    private = await aside(talk)
    likely = await answers.elsewhere(private.work, complaint)
    screen = prompts.refer_to(private.t, await talk.dossier(complaint), departments(private), likely)
    await ask(private, complaint, screen, Supervising.department)


async def refer_to(talk: Talk, tap: FormTapped) -> None:
    about = await talk.about(tap.case)
    complaint = await talk.case(about["case"])
    await talk.asks(Supervising.department, case=complaint.id, department=Department(tap.arg).value)
    label = talk.t.p("button", "Refer")
    talk.show(prompts.act_reason(talk.t, await talk.dossier(complaint), label))


async def refer(talk: Talk) -> None:
    about = await talk.about()
    complaint = await talk.case(about["case"])
    department = about.get("department") or await answers.elsewhere(talk.work, complaint)
    complaint = await supervision.refer(talk.work, talk.who, complaint.id, department, talk.said())
    await talk.over()
    label = talk.t.p("button", "Refer")
    talk.say(views.bureau_done(talk.t, await talk.dossier(complaint), label), about=complaint.id)


async def details(talk: Talk, tap: CaseTapped) -> None:
    """「详情」, in private."""
    complaint = await talk.case(tap.case)
    private = await aside(talk)
    screen = notices.details(private.t, await talk.dossier(complaint))
    inspects = Standing.OFFICER not in standings(talk.who, complaint)  # reads all of it, and has no button
    private.say(replace(screen, buttons=()) if inspects else screen, about=complaint.id)


async def accept(talk: Talk, tap: CaseTapped) -> None:
    """「接收」."""
    complaint = await talk.case(tap.case)
    complaint = await supervision.accept(talk.work, talk.who, complaint.id)
    label = talk.t.p("button", "Accept")
    dossier = await talk.dossier(complaint)
    talk.say(views.bureau_done(talk.t, dossier, label), about=complaint.id)
    if office_buttons.handles(dossier):  # the bureau works on it from here on
        private = await aside(talk)
        private.say(card.card(private.t, dossier), about=complaint.id, kind="manager.filed")


async def ask_send_back(talk: Talk, tap: CaseTapped) -> None:
    """「退回」."""
    complaint = await talk.case(tap.case)
    private = await aside(talk)
    await ask(private, complaint, prompts.send_back(private.t, await talk.dossier(complaint)), Supervising.send_back)


async def send_back(talk: Talk) -> None:
    about = await talk.about()
    complaint = await supervision.send_back(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    label = talk.t.p("button", "Send back")
    talk.say(views.bureau_done(talk.t, await talk.dossier(complaint), label), about=complaint.id)


async def review(talk: Talk, tap: CaseTapped) -> None:
    complaint = await talk.case(tap.case)
    complaint = await rating.decide_review(talk.work, talk.who, complaint.id, counts=tap.verb == "review_yes")
    label = talk.t.p("button", "The rating counts" if tap.verb == "review_yes" else "The rating doesn't count")
    talk.show(views.bureau_done(talk.t, await talk.dossier(complaint), label))


# --- the company's side -----------------------------------------------------------------------------------------


async def sign(talk: Talk, tap: CaseTapped) -> None:
    """「签收」; an order that a newer one has replaced can't be signed any more."""
    complaint = await talk.tapped_case(tap)
    if complaint.order is None or tap.arg != str(complaint.acts.count("Supervised")):
        raise TooLate(state=complaint.state)
    complaint = await supervision.sign(talk.work, talk.who, tap.case, complaint.order.number)
    talk.say(views.signed(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def report(talk: Talk) -> None:
    about = await talk.about()
    complaint = await supervision.report_done(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    talk.say(views.reported(talk.t, await talk.dossier(complaint)), about=complaint.id)


def router() -> Router:
    made = Router(name="supervising")
    made.callback_query.register(case_tap(act), CaseTapped.filter((F.verb == "act") & F.arg.in_(set(ACT_LABELS))))
    for verb, handler in {
        "supervise": ask_order,
        "order": order,
        "refer": ask_refer,
        "details": details,
        "accept": accept,
        "send_back": ask_send_back,
        "review_yes": review,
        "review_no": review,
        "sign": sign,
        "report_done": asks_words(Supervising.report_done, prompts.report_done),
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    made.callback_query.register(
        form_tap(refer_to),
        FormTapped.filter((F.step == "refer_to") & F.arg.in_(set(Department))),
        StateFilter(Supervising.department),
    )
    for state, handler_of_words in {
        Supervising.time: order_time,
        Supervising.words: order_words,
        Supervising.reason: reason,
        Supervising.department: refer,
        Supervising.send_back: send_back,
        Supervising.report_done: report,
    }.items():
        made.message.register(words(handler_of_words), StateFilter(state))
    return made
