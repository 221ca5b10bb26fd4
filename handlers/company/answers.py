"""Manager and head answer a case: words, disposition, progress, contact."""

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.errors import NotYours
from complaints.model.complaint import Handler, State
from complaints.model.events import Disposition
from complaints.policy.catalogue import Department
from complaints.usecases import answers, rating
from complaints.usecases.answers import Said
from handlers.company import contacts, date_agreement
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Talk
from handlers.framework.prompts import asks_words
from handlers.framework.states import Answering
from storage.repositories import people
from views import confirmations as views
from views.company import card, prompts
from views.framework.callbacks import CaseTapped, FormTapped


async def reply(talk: Talk, complaint_id: int, *, later: bool = False) -> None:
    """Words in reply to a card are the response; after it the bot asks for the disposition (`later`: by when)."""
    before = await talk.case(complaint_id)
    complaint = await answers.answer(talk.work, talk.who, complaint_id, talk.said())
    dossier = await talk.dossier(complaint)
    if before.state is State.FILED and complaint.state is State.ANSWERED:
        if "commit" in complaint.unmet and complaint.agreed_until is None:
            await contacts.ask_commitment(talk, complaint)
            return
        if not card.sorts(dossier):
            talk.say(views.sent(talk.t, dossier), about=complaint.id)
            return
        view = card.sort_later if later else card.sort_now
        talk.say(view(talk.t, dossier), about=complaint.id)
    elif dossier.reader_acts or complaint.handler is not Handler.COMPANY:
        talk.say(views.sent(talk.t, dossier), about=complaint.id)
    else:
        talk.say(views.sent_late(talk.t, dossier), about=complaint.id)


async def sort(talk: Talk, tap: CaseTapped) -> None:
    """A disposition by button; where it lacks words, they are asked for."""
    complaint = await talk.tapped_case(tap)
    disposition = Disposition(tap.arg)
    if disposition is Disposition.GENERAL and complaint.state is State.ANSWERED:
        await _classify(talk, complaint.id, disposition, Said())
        return
    await talk.asks(Answering.response, case=complaint.id, disposition=disposition.value)
    dossier = await talk.dossier(complaint)
    if disposition is Disposition.NEITHER:
        await talk.state.set_state(Answering.department)
        likely = await answers.elsewhere(talk.work, complaint)
        talk.say(prompts.department(talk.t, dossier, departments(talk), likely), about=complaint.id)
    else:
        talk.say(prompts.response(talk.t, dossier, disposition), about=complaint.id)


def departments(talk: Talk) -> dict[str, str]:
    labels = talk.work.rules.catalogue.departments
    return {code.value: talk.t.of(label) for code, label in labels.items()}


async def department(talk: Talk, tap: FormTapped) -> None:
    """「不归物业管，帮业主指路」: whose it is."""
    about = await talk.about(tap.case)
    await talk.asks(Answering.response, **{**about, "department": Department(tap.arg).value})
    dossier = await talk.dossier(await talk.case(about["case"]))
    talk.show(prompts.response(talk.t, dossier, Disposition.NEITHER))


async def sort_later(talk: Talk, tap: CaseTapped) -> None:
    """「先核实，稍后分类」: before an answer the words come first; after it, until when."""
    complaint = await talk.tapped_case(tap)
    dossier = await talk.dossier(complaint)
    if complaint.state is State.FILED:
        await talk.asks(Answering.response, case=complaint.id, disposition="", later=True)
        talk.say(prompts.response(talk.t, dossier, None), about=complaint.id)
    else:
        talk.show(card.sort_later(talk.t, dossier))


async def response(talk: Talk) -> None:
    """The words that a disposition needed."""
    about = await talk.about()
    if not about["disposition"]:
        await reply(talk, about["case"], later=about.get("later", False))
        await talk.over()
        return
    disposition = Disposition(about["disposition"])
    await talk.over()
    await _classify(talk, about["case"], disposition, talk.said(), about.get("department", ""))


async def _classify(talk: Talk, complaint_id: int, disposition: Disposition, said: Said, department: str = "") -> None:
    complaint = await answers.classify(talk.work, talk.who, complaint_id, disposition, said, department)
    if disposition is Disposition.MAJOR and complaint.clock("resolve_major", "running") is None:
        await date_agreement.ask_date(talk, complaint, said.text)
    else:
        talk.say(views.sorted_as(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def acknowledge(talk: Talk, tap: CaseTapped) -> None:
    complaint = await answers.acknowledge(talk.work, talk.who, tap.case)
    talk.say(views.acknowledged(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def visited(talk: Talk, tap: CaseTapped) -> None:
    """「现场已查看」."""
    await talk.tapped_case(tap)
    complaint = await answers.visit(talk.work, talk.who, tap.case)
    talk.say(views.visited(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def show_phone(talk: Talk, tap: CaseTapped) -> None:
    """「显示电话」: in private, on record; the number stands in no row, and its message disappears again."""
    complaint, households = await answers.show_phone(talk.work, talk.who, tap.case)
    if not await people.phones(talk.work, [h.person for h in households]):
        raise NotYours(handler=complaint.handler, phone=True)
    talk.promise("phone", about=complaint.id, facts={"vanishes": True})


async def progress(talk: Talk) -> None:
    """「反馈进度」."""
    about = await talk.about()
    complaint = await answers.answer(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    talk.say(views.sent(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def contact(talk: Talk) -> None:
    """「联系业主」."""
    about = await talk.about()
    complaint = await answers.contact(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    talk.say(views.sent(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def review(talk: Talk) -> None:
    """「申请复核」."""
    about = await talk.about()
    complaint = await rating.ask_review(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    talk.say(views.review_asked(talk.t, await talk.dossier(complaint)), about=complaint.id)


def router() -> Router:
    made = Router(name="answering")
    sorts = CaseTapped.filter((F.verb == "sort") & F.arg.in_(set(Disposition)))
    made.callback_query.register(case_tap(sort), sorts)
    for verb, handler in {
        "sort_later": sort_later,
        "acknowledge": acknowledge,
        "visited": visited,
        "phone": show_phone,
        "progress": asks_words(Answering.progress, prompts.progress),
        "contact": asks_words(Answering.contact, prompts.contact),
        # a rating of an earlier round can be reviewed as well, so the button never grows old
        "review": asks_words(Answering.review, prompts.review, any_round=True),
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    made.callback_query.register(
        form_tap(department),
        FormTapped.filter((F.step == "department") & F.arg.in_(set(Department))),
        StateFilter(Answering.department),
    )
    made.message.register(words(response), StateFilter(Answering.response, Answering.department))
    made.message.register(words(progress), StateFilter(Answering.progress))
    made.message.register(words(contact), StateFilter(Answering.contact))
    made.message.register(words(review), StateFilter(Answering.review))
    return made
