"""First contact, a date given, a preliminary result, and what becomes of the dissatisfied."""

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.complaint import Complaint
from complaints.dates import read_date
from complaints.permissions import require
from complaints.usecases import agreeing as verbs
from complaints.usecases import answering, contacting
from complaints.usecases.answering import Said
from handlers.agreeing import SOON, hours, presets
from handlers.hearing import case_tap, form_tap, words
from handlers.states import Answering, Referring
from handlers.talk import Talk
from views import asking
from views import following as views
from views.callbacks import CaseTapped, FormTapped


async def ask_commitment(talk: Talk, complaint: Complaint) -> None:
    """By when? Asked after the first words, and by 「承诺办结时间」."""
    await talk.asks(Answering.commitment, case=complaint.id)
    dossier = await talk.dossier(complaint)
    talk.say(asking.commitment(talk.t, dossier, presets(talk, complaint, SOON)), about=complaint.id)


async def commit_tapped(talk: Talk, tap: CaseTapped) -> None:
    complaint = await talk.tapped_case(tap)
    require("commit", talk.who, complaint)
    await ask_commitment(talk, complaint)


async def date_tapped(talk: Talk, tap: FormTapped) -> None:
    about = await talk.about(tap.case)
    await _commit(talk, about["case"], int(tap.arg), "")


async def date_in_words(talk: Talk) -> None:
    """The date may stand among other words, which the resident then reads."""
    about = await talk.about()
    said = talk.said().text
    until = read_date(said, talk.now, hours(talk, await talk.case(about["case"])))
    await _commit(talk, about["case"], int(until.timestamp()), said)


async def _commit(talk: Talk, complaint_id: int, until: int, said: str) -> None:
    at = talk.now.fromtimestamp(until, talk.now.tzinfo)
    complaint = await verbs.commit(talk.work, talk.who, complaint_id, at, Said(text=said))
    await talk.over()
    talk.say(views.committed(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def called(talk: Talk, tap: CaseTapped) -> None:
    """「已电话联系」."""
    await talk.tapped_case(tap)
    complaint = await contacting.call(talk.work, talk.who, tap.case)
    await _done(talk, complaint, talk.t.p("button", "Called the resident"))


async def unreached(talk: Talk, tap: CaseTapped) -> None:
    """「联系不上」: the street is next."""
    await talk.tapped_case(tap)
    complaint = await contacting.fail(talk.work, talk.who, tap.case)
    await _done(talk, complaint, talk.t.p("button", "Couldn't reach the resident"))


async def ask_preliminary(talk: Talk, tap: CaseTapped) -> None:
    """「初步结果」 on the handler's card."""
    complaint = await talk.tapped_case(tap)
    require("give_preliminary", talk.who, complaint)
    await talk.asks(Answering.preliminary, case=complaint.id)
    talk.say(asking.preliminary(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def preliminary(talk: Talk) -> None:
    about = await talk.about()
    complaint = await answering.give_preliminary(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    await _done(talk, complaint, talk.t.p("button", "Preliminary result"))


async def ask_street(talk: Talk, tap: CaseTapped) -> None:
    """「已联系居民」: what was agreed."""
    complaint = await talk.tapped_case(tap)
    require("contact_for_street", talk.who, complaint)
    await talk.asks(Referring.street, case=complaint.id)
    talk.say(asking.street_contact(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def street(talk: Talk) -> None:
    about = await talk.about()
    complaint = await contacting.contact_for_street(talk.work, talk.who, about["case"], talk.said())
    await talk.over()
    await _done(talk, complaint, talk.t.p("button", "Resident contacted"))


async def _done(talk: Talk, complaint: Complaint, what: str) -> None:
    talk.say(views.noted(talk.t, await talk.dossier(complaint), what), about=complaint.id)


def router() -> Router:
    made = Router(name="contacting")
    for verb, handler in {
        "commit": commit_tapped,
        "called": called,
        "unreached": unreached,
        "preliminary": ask_preliminary,
        "street_contact": ask_street,
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    date = FormTapped.filter((F.step == "date") & F.arg.regexp(r"^\d{1,11}$"))
    made.callback_query.register(form_tap(date_tapped), date, StateFilter(Answering.commitment))
    made.message.register(words(date_in_words), StateFilter(Answering.commitment))
    made.message.register(words(preliminary), StateFilter(Answering.preliminary))
    made.message.register(words(street), StateFilter(Referring.street))
    return made
