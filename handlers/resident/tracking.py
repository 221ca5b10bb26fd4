"""A household follows its case: see, add, urge, withdraw, and how the deadline was counted."""

from aiogram import F, Router
from aiogram.filters import StateFilter

from complaints.model.people import File
from complaints.usecases import household as household_acts
from complaints.usecases.answers import Said
from handlers.framework.aiogram_adapters import case_tap, form_tap, words
from handlers.framework.context import Talk
from handlers.framework.prompts import asks_words
from handlers.framework.states import Following
from storage.queries import case_view
from storage.repositories import cases
from views import confirmations as views
from views.company import card as company_card
from views.company import prompts
from views.framework import deadline_sums
from views.framework.callbacks import CaseTapped, FormTapped
from views.officer import lists
from views.resident import card as resident_card
from views.resident.filing import which_case


async def mine(talk: Talk, _: str = "") -> None:
    """「我的问题」."""
    found = await cases.of_person(talk.work, talk.person.id)
    talk.say(lists.mine(talk.t, [(c, matter_label(talk, c.matter)) for c in found]))


def matter_label(talk: Talk, matter: str) -> str:
    return talk.t.of(talk.work.rules.catalogue.get(matter).label)


async def card(talk: Talk, tap: CaseTapped) -> None:
    """「查看进度」: the live card, anew at the end of the chat; staff get theirs."""
    complaint = await talk.case(tap.case)
    dossier = await talk.dossier(complaint)
    household = await talk.household(complaint.id)
    if household is not None:
        talk.say(resident_card.card(talk.t, dossier), about=complaint.id, kind="resident.card")
    else:
        talk.say(company_card.card(talk.t, dossier), about=complaint.id, kind="manager.filed")


async def work_card(talk: Talk, tap: CaseTapped) -> None:
    """The case as its handler sees it, also for staff who are a household of it."""
    complaint = await talk.case(tap.case)
    dossier = await case_view.dossier(talk.work, complaint, reader=talk.who)
    talk.say(company_card.card(talk.t, dossier), about=complaint.id, kind="manager.filed")


async def how_counted(talk: Talk, tap: CaseTapped) -> None:
    """「时限怎么算的」."""
    complaint = await talk.case(tap.case)
    pack = talk.work.rules.packs[complaint.pack]
    dossier = await talk.dossier(complaint)
    counted = case_view.sums(complaint, pack, talk.work)
    talk.say(deadline_sums.counted(talk.t, dossier, counted), about=complaint.id)


async def supplement(talk: Talk) -> None:
    about = await talk.about()
    await add(talk, about["case"], talk.said())
    await talk.over()


async def add(talk: Talk, complaint_id: int, said: Said) -> None:
    """More words reach the handler."""
    complaint = await household_acts.supplement(talk.work, talk.who, complaint_id, said.text, said.media)
    talk.say(views.added(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def urge(talk: Talk, tap: CaseTapped) -> None:
    """「催一催」."""
    complaint = await household_acts.urge(talk.work, talk.who, tap.case)
    talk.say(views.urged(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def ask_withdraw(talk: Talk, tap: CaseTapped) -> None:
    """「撤回」 asks once more."""
    complaint = await talk.tapped_case(tap)
    talk.say(prompts.sure_to_withdraw(talk.t, await talk.dossier(complaint)), about=complaint.id)


async def withdraw(talk: Talk, tap: CaseTapped) -> None:
    await talk.tapped_case(tap)
    complaint = await household_acts.withdraw(talk.work, talk.who, tap.case)
    talk.show(views.withdrawn(talk.t, await talk.dossier(complaint)))


# --- free words of somebody with an open case -------------------------------------------------------------------


async def adding(talk: Talk, tap: FormTapped) -> None:
    """「补充」 of words that were sent before it was clear where they belong."""
    kept = (await talk.state.get_data()).get("loose")
    open_cases = await cases.of_person(talk.work, talk.person.id, alive=True)
    if not kept or not open_cases:
        talk.show(views.nothing_to_add(talk.t))
        return
    if not tap.arg and len(open_cases) > 1:
        talk.show(which_case(talk.t, [(c, matter_label(talk, c.matter)) for c in open_cases[:8]]))
        return
    said = Said(text=kept["text"], media=tuple(File(**f) for f in kept["media"]))
    await add(talk, int(tap.arg) if tap.arg else open_cases[0].id, said)
    await talk.state.update_data(loose=None)
    await talk.over()


def router() -> Router:
    made = Router(name="tracking")
    for verb, handler in {
        "card": card,
        "work": work_card,
        "sum": how_counted,
        "supplement": asks_words(Following.supplement, prompts.supplement, any_round=True),
        "urge": urge,
        "withdraw": ask_withdraw,
        "withdraw_sure": withdraw,
    }.items():
        made.callback_query.register(case_tap(handler), CaseTapped.filter(F.verb == verb))
    made.callback_query.register(form_tap(adding), FormTapped.filter((F.step == "adds") & F.arg.regexp(r"^\d{0,19}$")))
    made.message.register(words(supplement), StateFilter(Following.supplement))
    return made
