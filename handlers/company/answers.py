"""Manager and head answer a case: words, disposition, progress, contact."""

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.errors import NotYours, TooLate
from complaints.model.complaint import CaseOwner, Complaint, State
from complaints.model.events import Disposition
from complaints.policy.catalogue import Department
from complaints.usecases.company import answers
from complaints.usecases.resident import rating
from complaints.usecases.statements import Said
from handlers.company import contacts, date_agreement
from handlers.framework.acts import asks_words, on_buttons, on_earlier, on_words, records_tap, records_words
from handlers.framework.aiogram_adapters import case_tap, form_tap
from handlers.framework.context import Context
from handlers.framework.follow_ups import expect, on_follow_ups
from handlers.framework.states import Answering
from storage.messaging.spent_messages import SORTING
from storage.repositories import people
from views import confirmations as views
from views.company import card, card_buttons, prompts
from views.framework.callbacks import PAGE, CaseTapped, FormTapped
from views.framework.screen import Screen


async def reply(context: Context, complaint_id: int, said: Said, *, later: bool = False) -> None:
    """Words in reply to a card are the response; after it the bot asks for the disposition (`later`: by when)."""
    before = await context.case(complaint_id)
    complaint = await answers.answer(context.work, context.who, complaint_id, said)
    case_view = await context.case_view(complaint)
    if before.state is State.FILED and complaint.state is State.ANSWERED:
        if "commit" in complaint.unmet and complaint.agreed_until is None:
            await contacts.ask_commitment(context, complaint)
            return
        if not card_buttons.sorts(case_view):
            context.say(views.sent(context.t, case_view), about=complaint.id)
            return
        view = card.sort_later if later else card.sort_now
        context.say(view(context.t, case_view), about=complaint.id, kind=SORTING)
    elif case_view.reader_acts or complaint.handler is not CaseOwner.COMPANY:
        context.say(views.sent(context.t, case_view), about=complaint.id)
    else:
        context.say(views.sent_late(context.t, case_view), about=complaint.id)


async def ask_reply(context: Context, tap: CaseTapped) -> None:
    """「回复住户」: the words that come next are what a reply to the card would be."""
    complaint = await context.tapped_case(tap)
    await context.asks(Answering.response, case=complaint.id, disposition="")
    await context.say_case(complaint, prompts.reply)


async def sort(context: Context, tap: CaseTapped) -> None:
    """A disposition by button; where it lacks words, they are asked for."""
    complaint = await context.tapped_case(tap)
    disposition = Disposition(tap.arg)
    if disposition is Disposition.GENERAL and complaint.state is State.ANSWERED:
        await _classify(context, complaint.id, disposition, Said())
        return
    await context.asks(Answering.response, case=complaint.id, disposition=disposition.value)
    case_view = await context.case_view(complaint)
    if disposition is Disposition.NEITHER:
        await context.state.set_state(Answering.department)
        context.say(await _whose(context, complaint, 0), about=complaint.id)
    else:
        context.say(prompts.response(context.t, case_view, disposition), about=complaint.id)


async def _whose(context: Context, complaint: Complaint, page: int) -> Screen:
    likely = await answers.elsewhere(context.work, complaint)
    return prompts.department(context.t, await context.case_view(complaint), departments(context), likely, page)


def departments(context: Context) -> dict[str, str]:
    labels = context.work.rules.catalogue.departments
    return {code.value: context.t.of(label) for code, label in labels.items()}


async def department(context: Context, tap: FormTapped) -> None:
    """「不归物业管，帮业主指路」: whose it is, or further departments."""
    about = await context.about(tap.case)
    if tap.arg.isdecimal():
        context.show(await _whose(context, await context.case(about["case"]), int(tap.arg)))
        return
    await context.asks(Answering.response, **{**about, "department": Department(tap.arg).value})
    case_view = await context.case_view(await context.case(about["case"]))
    context.show(prompts.response(context.t, case_view, Disposition.NEITHER))


async def department_again(context: Context, tap: FormTapped) -> None:
    """「返回」 from the words to whose it is."""
    about = await context.about(tap.case)
    if about["disposition"] != Disposition.NEITHER:
        raise TooLate(state=(await context.case(about["case"])).state)
    await context.state.set_state(Answering.department)
    context.show(await _whose(context, await context.case(about["case"]), 0))


async def sort_later(context: Context, tap: CaseTapped) -> None:
    """「先核实，稍后分类」: before an answer the words come first; after it, until when."""
    complaint = await context.tapped_case(tap)
    case_view = await context.case_view(complaint)
    if complaint.state is State.FILED:
        await context.asks(Answering.response, case=complaint.id, disposition="", later=True)
        context.say(prompts.response(context.t, case_view, None), about=complaint.id)
    else:
        context.show(card.sort_later(context.t, case_view))


async def response(context: Context) -> None:
    """The words that a disposition needed; where it is sorted so by now, they go to the household all the same."""
    about = await context.about()
    if about["disposition"] in ("", (await context.case(about["case"])).disposition):
        await reply(context, about["case"], context.said(), later=about.get("later", False))
        await context.over()
        return
    disposition = Disposition(about["disposition"])
    await context.over()
    await _classify(context, about["case"], disposition, context.said(), about.get("department", ""))


async def _classify(
    context: Context, complaint_id: int, disposition: Disposition, said: Said, department: str = ""
) -> None:
    complaint = await answers.classify(context.work, context.who, complaint_id, disposition, said, department)
    if disposition is Disposition.MAJOR and complaint.clock("resolve_major", "running") is None:
        await date_agreement.ask_date(context, complaint, said)
    else:
        await context.say_case(complaint, views.sorted_as)


async def visited(context: Context, tap: CaseTapped) -> None:
    """「现场已查看」; what is sent right after it goes with it."""
    await context.tapped_case(tap)
    complaint = await answers.visit(context.work, context.who, tap.case)
    await expect(context, Answering.on_site, complaint.id)
    await context.say_case(complaint, views.visited)


async def seen(context: Context) -> None:
    """Words are an answer like any other; files alone show what was seen."""
    about, said = await context.about(), context.said()
    if said.text:
        await context.over()
        await reply(context, about["case"], said)
        return
    complaint = await answers.visit(context.work, context.who, about["case"], said)
    await context.say_case(complaint, views.seen)


async def show_phone(context: Context, tap: CaseTapped) -> None:
    """「显示电话」: in private, on record; the number stands in no row, and its message disappears again."""
    complaint, households = await answers.show_phone(context.work, context.who, tap.case)
    if not await people.phones(context.work, [h.person for h in households]):
        raise NotYours(handler=complaint.handler, phone=True)
    context.promise("phone", about=complaint.id, facts={"vanishes": True})


def router() -> Router:
    made = Router(name="answers")
    sorts = CaseTapped.filter((F.verb == "sort") & F.arg.in_(set(Disposition)))
    made.callback_query.register(case_tap(sort), sorts)
    on_buttons(
        made,
        {
            "reply": ask_reply,
            "sort_later": sort_later,
            "acknowledge": records_tap(answers.acknowledge, views.acknowledged, any_round=True),
            "visited": visited,
            "phone": show_phone,
            "progress": asks_words(Answering.progress, prompts.progress),
            "contact": asks_words(Answering.contact, prompts.contact),
            # a rating of an earlier round can be reviewed as well, so the button never grows old
            "review": asks_words(Answering.review, prompts.review, any_round=True),
        },
    )
    made.callback_query.register(
        form_tap(department),
        FormTapped.filter((F.step == "department") & (F.arg.in_(set(Department)) | F.arg.regexp(PAGE))),
        StateFilter(Answering.department),
    )
    on_earlier(made, {Answering.response: department_again})
    on_follow_ups(made, {Answering.on_site: seen})
    on_words(
        made,
        {
            Answering.response: response,
            Answering.department: response,
            Answering.progress: records_words(answers.answer, views.sent),
            Answering.contact: records_words(answers.contact, views.sent),
            Answering.review: records_words(rating.ask_review, views.review_asked),
        },
    )
    return made
