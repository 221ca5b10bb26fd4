"""`/find NUMBER`: one case by its number or the end of it, open or closed, for whoever may read it."""

import re
from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command

from complaints.lifecycle.permissions import Relation, relations
from complaints.model.complaint import Complaint
from handlers.framework.aiogram_adapters import command, menu_tap
from handlers.framework.context import Context
from handlers.resident.tracking import matter_label
from storage.queries import case_views
from storage.repositories import cases
from views.company import card as company_card
from views.framework.callbacks import MenuTapped
from views.officer import lists, notices
from views.resident import card as resident_card

# What is nothing but a number, whatever command or word stands before it.
NUMBER = re.compile(r"(?:/\w+)?\s*(?:编号|尾号|No\.?|#|＃)?\s*[:：]?\s*(\d{4,24})\s*", re.IGNORECASE)
READS_DETAILS = {Relation.OFFICER, Relation.CITY, Relation.INSPECTOR}
MOST = 10


def number_in(text: str) -> str:
    """The number that a message consists of; empty where it says anything else."""
    found = NUMBER.fullmatch(text.strip())
    return found[1] if found else ""


async def find(context: Context, text: str) -> None:
    number = number_in(text)
    if not number:
        context.say(lists.find_what(context.t))
        return
    found = [c for c in await _numbered(context, number) if await _may_read(context, c)]
    if len(found) == 1:
        await _show(context, found[0])
    else:
        context.say(lists.found(context.t, number, [(c, matter_label(context, c.matter)) for c in found[:MOST]]))


async def found(context: Context, tap: MenuTapped) -> None:
    """One of several."""
    await find(context, tap.arg)


async def _numbered(context: Context, number: str) -> Sequence[Complaint]:
    scopes = [a.scope.partition("/")[0] for a in context.who.appointments]
    return await cases.numbered(context.work, number, scopes, context.person.id)


async def _may_read(context: Context, complaint: Complaint) -> bool:
    return bool(relations(context.who, complaint, await context.household(complaint.id)))


async def _show(context: Context, complaint: Complaint) -> None:
    """As the reader sees it elsewhere: officers with its course, a household and the company as their live card."""
    if relations(context.who, complaint) & READS_DETAILS:
        await details(context, complaint)
        return
    case_view = await context.case_view(complaint)
    if case_view.household is not None:
        context.say(resident_card.card(context.t, case_view), about=complaint.id, kind="resident.card")
    else:
        context.say(company_card.card(context.t, case_view), about=complaint.id, kind="manager.filed")


async def details(context: Context, complaint: Complaint) -> None:
    """The case with its course; whoever only looks on has no button."""
    case_view = await case_views.load(context.work, complaint, reader=context.who, with_history=True)
    acts = Relation.OFFICER in relations(context.who, complaint)
    context.say(notices.details(context.t, case_view, acts=acts), about=complaint.id)


def router() -> Router:
    made = Router(name="case_search")
    made.message.register(command(find), Command("find"))
    made.callback_query.register(menu_tap(found), MenuTapped.filter((F.to == "find") & F.arg.regexp(r"^\d{4,24}$")))
    return made
