"""A household follows its case: see, add, urge, withdraw, and how the deadline was counted."""

from aiogram import F, Router

from complaints.model.complaint import Complaint
from complaints.usecases.resident import danger
from complaints.usecases.resident import household as household_acts
from complaints.usecases.statements import Said
from handlers.framework import waiting_words
from handlers.framework.acts import asks_words, on_buttons, on_words, records_tap
from handlers.framework.aiogram_adapters import case_tap, form_tap
from handlers.framework.context import Context
from handlers.framework.states import Following
from handlers.resident import filing
from storage.messaging import live_messages
from storage.queries import case_views
from storage.repositories import cases
from views import confirmations as views
from views.company import card as company_card
from views.company import prompts
from views.framework import deadline_sums
from views.framework.callbacks import CaseTapped, FormTapped
from views.framework.menus import Menu
from views.officer import lists
from views.resident import card as resident_card
from views.resident.filing import which_case


async def mine(context: Context, _: str = "") -> None:
    """「我的问题」."""
    found = await cases.of_person(context.work, context.person.id)
    context.say(lists.mine(context.t, [(c, matter_label(context, c.matter)) for c in found]))


def matter_label(context: Context, matter: str) -> str:
    return context.t.of(context.work.rules.catalogue.get(matter).label)


async def card(context: Context, tap: CaseTapped) -> None:
    """「查看进度」: the live card, anew at the end of the chat; staff get theirs."""
    await show_card(context, await context.case(tap.case))


async def show_card(context: Context, complaint: Complaint) -> None:
    case_view = await context.case_view(complaint)
    household = await context.household(complaint.id)
    if household is not None:
        context.say(resident_card.card(context.t, case_view), about=complaint.id, kind="resident.card")
    else:
        context.say(company_card.card(context.t, case_view), about=complaint.id, kind="manager.filed")


async def work_card(context: Context, tap: CaseTapped) -> None:
    """The case as its handler sees it, also for staff who are a household of it."""
    complaint = await context.case(tap.case)
    case_view = await case_views.load(context.work, complaint, reader=context.who)
    context.say(company_card.card(context.t, case_view), about=complaint.id, kind="manager.filed")


async def menu(context: Context, tap: CaseTapped) -> None:
    """「分类 ▸」, 「联系 ▸」, 「更多 ▸」 of the card, or 「返回」: on the same message, as the case is now."""
    complaint = await context.case(tap.case)
    case_view = await case_views.load(context.work, complaint, reader=context.who)
    opened = Menu(tap.arg) if tap.arg else None
    if context.callback is not None and context.callback.message is not None:
        live_messages.opened(context.work, context.destination.id, context.callback.message.message_id)
    context.show(company_card.card(context.t, case_view, opened))


async def how_counted(context: Context, tap: CaseTapped) -> None:
    """「时限怎么算的」."""
    complaint = await context.case(tap.case)
    pack = context.work.rules.packs[complaint.pack]
    case_view = await context.case_view(complaint)
    counted = case_views.sums(complaint, pack, context.work)
    context.say(deadline_sums.counted(context.t, case_view, counted), about=complaint.id)


async def supplement(context: Context) -> None:
    about = await context.about()
    await add(context, about["case"], context.said())
    await context.over()


async def add(context: Context, complaint_id: int, said: Said) -> None:
    """More words reach the handler."""
    complaint = await household_acts.supplement(context.work, context.who, complaint_id, said.text, said.media)
    await context.say_case(complaint, views.added)


async def ask_withdraw(context: Context, tap: CaseTapped) -> None:
    """「撤回」 asks once more."""
    complaint = await context.tapped_case(tap)
    await context.say_case(complaint, prompts.sure_to_withdraw)


# --- free words of somebody with an open case -------------------------------------------------------------------


async def adding(context: Context, tap: FormTapped) -> None:
    """「补充」 of words that were sent before it was clear where they belong."""
    waiting = await waiting_words.find(context, tap.case)
    open_cases = await cases.of_person(context.work, context.person.id, alive=True)
    if waiting is None:
        context.show(views.nothing_waits(context.t))
    elif not open_cases:
        await filing.begin_with(context, waiting)
    elif not tap.arg and len(open_cases) > 1:
        named = [(c, matter_label(context, c.matter)) for c in open_cases]
        context.show(which_case(context.t, named, waiting.first))
    else:
        await add(context, int(tap.arg) if tap.arg else open_cases[0].id, waiting.said)
        await waiting_words.taken(context, waiting)


def router() -> Router:
    made = Router(name="tracking")
    on_buttons(
        made,
        {
            "card": card,
            "work": work_card,
            "sum": how_counted,
            "supplement": asks_words(Following.supplement, prompts.supplement, any_round=True),
            "urge": records_tap(household_acts.urge, views.urged, any_round=True),
            "in_danger": records_tap(danger.say, views.in_danger, any_round=True),
            "no_danger": records_tap(danger.deny, views.no_danger, any_round=True),
            "withdraw": ask_withdraw,
            "withdraw_sure": records_tap(household_acts.withdraw, views.withdrawn, in_place=True),
        },
    )
    menus = CaseTapped.filter((F.verb == "menu") & F.arg.in_({"", *Menu}))
    made.callback_query.register(case_tap(menu), menus)
    made.callback_query.register(form_tap(adding), FormTapped.filter((F.step == "adds") & F.arg.regexp(r"^\d{0,19}$")))
    on_words(made, {Following.supplement: supplement})
    return made
