"""「隐私」: people read how their data are treated, take them along, or have them deleted."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, StateFilter

from complaints.usecases.resident import erasure as verbs
from handlers.framework.aiogram_adapters import command, menu_tap
from handlers.framework.context import Context
from handlers.framework.states import Erasing
from storage.privacy import erasure
from storage.repositories import cases, followers, ledger, places
from views.documents.own_data import FORMATS
from views.framework.callbacks import MenuTapped
from views.resident import privacy as views


async def privacy(context: Context, what: str = "") -> None:
    """`/privacy`, `/privacy export`, `/privacy delete`."""
    if what == "export":
        await export(context)
    elif what == "delete":
        await ask(context)
    else:
        asks = context.person.consented_at is None and not context.who.is_staff
        processor = context.work.rules.processor
        context.say(views.full(context.t, await _phone_days(context), asks=asks, processor=processor))


async def _phone_days(context: Context) -> int:
    """Of the pack of the person's home; of the longest where there is none yet."""
    packs = context.work.rules.packs
    place = await places.place(context.work, context.person.home.project) if context.person.home else None
    district = await places.district(context.work, place.district) if place else None
    mine = packs.get(district.pack) if district else None
    return mine.retention.phone_days if mine else max(p.retention.phone_days for p in packs.values())


async def export(context: Context) -> None:
    """Two files, made when they are sent; until then nothing of them is kept."""
    await ledger.note(context.work, ledger.OUTSIDE, "DataExported", {}, context.person.id, context.now)
    context.say(views.exporting(context.t))
    for which in reversed(FORMATS):
        context.promise("own_data", method="document", facts={"format": which, "person": context.person.id})


async def ask(context: Context) -> None:
    mine = await cases.of_person(context.work, context.person.id, alive=True)
    await context.state.set_state(Erasing.confirm)
    context.say(views.ask_to_erase(context.t, open_cases=len(mine), staff=context.who.is_staff))


async def erase(context: Context) -> None:
    """「确认删除」. From here on nothing may be written of the person, the dialogue included."""
    work, person, staff = context.work, context.person, context.who.is_staff
    held = await erasure.own(work, person.id)
    family = await _family(context, held)
    for household in held.households:
        await verbs.erase(work, context.who, household)
    erased = {"cases": len(held.cases), "words": sorted(held.statements)}
    await ledger.note(work, ledger.OUTSIDE, "DataErased", erased, person.id, context.now)
    await erasure.erase(work, person, held, staff=staff)
    context.say(views.erased(context.t, staff=staff))
    for follower, numbers in family.items():
        await context.tell(follower, partial(views.family_told, numbers=numbers))


async def _family(context: Context, held: erasure.Own) -> dict[int, list[str]]:
    """Who follows which of the person's cases, by their numbers: they see these no more."""
    found: dict[int, list[str]] = {}
    for household in held.households:
        complaint = await context.work.complaint(household.complaint)
        for person, of in await followers.of_case(context.work, household.complaint):
            if complaint is not None and household.active and of == household.id:
                found.setdefault(person, []).append(complaint.number)
    return found


async def read_tapped(context: Context, tap: MenuTapped) -> None:
    await privacy(context)


async def export_tapped(context: Context, tap: MenuTapped) -> None:
    await export(context)


async def ask_tapped(context: Context, tap: MenuTapped) -> None:
    """Also an old 「确认删除」: nobody loses anything by a button of long ago."""
    await ask(context)


async def erase_tapped(context: Context, tap: MenuTapped) -> None:
    await erase(context)


def router() -> Router:
    made = Router(name="privacy")
    made.message.register(command(privacy), Command("privacy"))
    sure = MenuTapped.filter((F.to == "erase") & (F.arg == "yes"))
    made.callback_query.register(menu_tap(erase_tapped), sure, StateFilter(Erasing.confirm))
    for to, handler in {"privacy": read_tapped, "export": export_tapped, "erase": ask_tapped}.items():
        made.callback_query.register(menu_tap(handler), MenuTapped.filter(F.to == to))
    return made
