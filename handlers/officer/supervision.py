"""Officers act on a case, in their group and in private; the company signs and reports."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.errors import TooLate
from complaints.lifecycle.acts import ACTS, REASONED
from complaints.model.complaint import Complaint
from complaints.policy.catalogue import Department
from complaints.usecases.company import answers
from complaints.usecases.officer import referrals, supervision
from complaints.usecases.resident import rating
from handlers.company.answers import departments
from handlers.framework.acts import (
    OnTap,
    asks_words,
    on_buttons,
    on_earlier,
    on_words,
    records_tap,
    records_words,
)
from handlers.framework.aiogram_adapters import case_tap, form_tap
from handlers.framework.context import Context
from handlers.framework.states import Supervising
from handlers.officer import case_search
from handlers.officer.private_chat import ask, private_context
from views import confirmations as views
from views.company import card, prompts
from views.framework import office_buttons
from views.framework.callbacks import PAGE, CaseTapped, FormTapped
from views.framework.screen import Screen

OFFERED = {verb for verb in REASONED if ACTS[verb].offered}


async def act(context: Context, tap: CaseTapped) -> None:
    """「挂牌督办」, 「提级」, 「会商」: the reason in words, in private."""
    complaint = await context.case(tap.case)
    private = await private_context(context)
    screen = prompts.act_reason(private.t, await context.case_view(complaint), tap.arg)
    await ask(private, complaint, screen, Supervising.reason, act=tap.arg)


async def reason(context: Context) -> None:
    about = await context.about()
    complaint = await supervision.act(context.work, context.who, about["case"], about["act"], context.said())
    await context.over()
    await _done(context, complaint, about["act"])


async def ask_refer(context: Context, tap: CaseTapped) -> None:
    """「转办」: to which department, then why."""
    complaint = await context.case(tap.case)
    private = await private_context(context)
    await ask(private, complaint, await _to_whom(private, complaint, 0), Supervising.department)


async def _to_whom(context: Context, complaint: Complaint, page: int) -> Screen:
    likely = await answers.elsewhere(context.work, complaint)
    return prompts.refer_to(context.t, await context.case_view(complaint), departments(context), likely, page)


async def refer_again(context: Context, tap: FormTapped) -> None:
    """「返回」 from the reason to whom."""
    complaint = await context.asked_case(tap.case)
    await context.asks(Supervising.department, case=complaint.id)
    context.show(await _to_whom(context, complaint, 0))


async def refer_to(context: Context, tap: FormTapped) -> None:
    about = await context.about(tap.case)
    complaint = await context.case(about["case"])
    if tap.arg.isdecimal():
        context.show(await _to_whom(context, complaint, int(tap.arg)))
        return
    await context.asks(Supervising.department, case=complaint.id, department=Department(tap.arg).value)
    await context.show_case(complaint, prompts.act_reason, "refer")


async def refer(context: Context) -> None:
    about = await context.about()
    complaint = await context.case(about["case"])
    department = about.get("department") or await answers.elsewhere(context.work, complaint)
    complaint = await supervision.refer(context.work, context.who, complaint.id, department, context.said())
    await context.over()
    await context.say_case(complaint, views.referred)


async def details(context: Context, tap: CaseTapped) -> None:
    """「详情」, in private."""
    complaint = await context.case(tap.case)
    await case_search.details(await private_context(context), complaint)


async def accept(context: Context, tap: CaseTapped) -> None:
    """「接收」."""
    complaint = await context.case(tap.case)
    complaint = await supervision.accept(context.work, context.who, complaint.id)
    await _done(context, complaint, "accept")


async def _done(context: Context, complaint: Complaint, act: str) -> None:
    """What was done, and the card in private where the bureau works on the case from here on."""
    case_view = await context.case_view(complaint)
    context.say(views.noted(act)(context.t, case_view), about=complaint.id)
    if case_view.reader_acts and office_buttons.handles(case_view):
        private = await private_context(context)
        private.say(card.card(private.t, case_view), about=complaint.id, kind="manager.filed")


async def ask_send_back(context: Context, tap: CaseTapped) -> None:
    """「退回」."""
    complaint = await context.case(tap.case)
    private = await private_context(context)
    await ask(
        private, complaint, prompts.send_back(private.t, await context.case_view(complaint)), Supervising.send_back
    )


def _review(button: str, *, counts: bool) -> OnTap:
    decide = partial(rating.decide_review, counts=counts)
    return records_tap(decide, views.noted(button), any_round=True, in_place=True)


def _renewal(button: str, *, granted: bool) -> OnTap:
    decide = partial(referrals.decide_renewal, granted=granted)
    return records_tap(decide, views.noted(button), any_round=True, in_place=True)


# --- the company's side -----------------------------------------------------------------------------------------


async def sign(context: Context, tap: CaseTapped) -> None:
    """「签收」; an order that a newer one has replaced can't be signed any more."""
    complaint = await context.tapped_case(tap)
    if complaint.order is None or tap.arg != str(complaint.orders_given):
        raise TooLate(state=complaint.state)
    complaint = await supervision.sign(context.work, context.who, tap.case, complaint.order.number)
    await context.say_case(complaint, views.signed)


def router() -> Router:
    made = Router(name="supervision")
    made.callback_query.register(case_tap(act), CaseTapped.filter((F.verb == "act") & F.arg.in_(OFFERED)))
    on_buttons(
        made,
        {
            "refer": ask_refer,
            "details": details,
            "accept": accept,
            "send_back": ask_send_back,
            "review_yes": _review("review_yes", counts=True),
            "review_no": _review("review_no", counts=False),
            "renew_yes": _renewal("renew_yes", granted=True),
            "renew_no": _renewal("renew_no", granted=False),
            "sign": sign,
            "report_done": asks_words(Supervising.report_done, prompts.report_done),
        },
    )
    made.callback_query.register(
        form_tap(refer_to),
        FormTapped.filter((F.step == "refer_to") & (F.arg.in_(set(Department)) | F.arg.regexp(PAGE))),
        StateFilter(Supervising.department),
    )
    on_earlier(made, {Supervising.department: refer_again})
    on_words(
        made,
        {
            Supervising.reason: reason,
            Supervising.department: refer,
            Supervising.send_back: records_words(supervision.send_back, views.noted("send_back")),
            Supervising.report_done: records_words(supervision.report_done, views.reported),
        },
    )
    return made
