"""「隐私」: people read how their data are treated, take them along, or have them deleted."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, StateFilter

from complaints.usecases import erasure as verbs
from handlers.framework.aiogram_adapters import command, menu_tap
from handlers.framework.context import Talk
from handlers.framework.states import Erasing
from storage.privacy import erasure
from storage.repositories import cases, followers, ledger, places
from views.documents.own_data import FORMATS
from views.framework.callbacks import MenuTapped
from views.resident import privacy as views


async def privacy(talk: Talk, what: str = "") -> None:
    """`/privacy`, `/privacy export`, `/privacy delete`."""
    if what == "export":
        await export(talk)
    elif what == "delete":
        await ask(talk)
    else:
        asks = talk.person.consented_at is None and not talk.who.is_staff
        talk.say(views.full(talk.t, await _phone_days(talk), asks=asks))


async def _phone_days(talk: Talk) -> int:
    """Of the pack of the person's home; of the longest where there is none yet."""
    packs = talk.work.rules.packs
    place = await places.place(talk.work, talk.person.home.project) if talk.person.home else None
    district = await places.district(talk.work, place.district) if place else None
    mine = packs.get(district.pack) if district else None
    return mine.retention.phone_days if mine else max(p.retention.phone_days for p in packs.values())


async def export(talk: Talk) -> None:
    """Two files, made when they are sent; until then nothing of them is kept."""
    await ledger.note(talk.work, ledger.OUTSIDE, "DataExported", {}, talk.person.id, talk.now)
    talk.say(views.exporting(talk.t))
    for which in reversed(FORMATS):
        talk.promise("own_data", method="document", facts={"format": which, "person": talk.person.id})


async def ask(talk: Talk) -> None:
    mine = await cases.of_person(talk.work, talk.person.id, alive=True)
    await talk.state.set_state(Erasing.confirm)
    talk.say(views.ask_to_erase(talk.t, open_cases=len(mine), staff=talk.who.is_staff))


async def erase(talk: Talk) -> None:
    """「确认删除」. From here on nothing may be written of the person, the dialogue included."""
    work, person, staff = talk.work, talk.person, talk.who.is_staff
    held = await erasure.own(work, person.id)
    family = await _family(talk, held)
    for household in held.households:
        await verbs.erase(work, talk.who, household)
    await ledger.note(work, ledger.OUTSIDE, "DataErased", {"cases": len(held.cases)}, person.id, talk.now)
    await erasure.erase(work, person, held, staff=staff)
    talk.say(views.erased(talk.t, staff=staff))
    for follower, numbers in family.items():
        await talk.tell(follower, partial(views.family_told, numbers=numbers))


async def _family(talk: Talk, held: erasure.Own) -> dict[int, list[str]]:
    """Who follows which of the person's cases, by their numbers: they see these no more."""
    found: dict[int, list[str]] = {}
    for household in held.households:
        complaint = await talk.work.complaint(household.complaint)
        for person, of in await followers.of_case(talk.work, household.complaint):
            if complaint is not None and household.active and of == household.id:
                found.setdefault(person, []).append(complaint.number)
    return found


async def read_tapped(talk: Talk, tap: MenuTapped) -> None:
    await privacy(talk)


async def export_tapped(talk: Talk, tap: MenuTapped) -> None:
    await export(talk)


async def ask_tapped(talk: Talk, tap: MenuTapped) -> None:
    """Also an old 「确认删除」: nobody loses anything by a button of long ago."""
    await ask(talk)


async def erase_tapped(talk: Talk, tap: MenuTapped) -> None:
    await erase(talk)


def router() -> Router:
    made = Router(name="privacy")
    made.message.register(command(privacy), Command("privacy"))
    sure = MenuTapped.filter((F.to == "erase") & (F.arg == "yes"))
    made.callback_query.register(menu_tap(erase_tapped), sure, StateFilter(Erasing.confirm))
    for to, handler in {"privacy": read_tapped, "export": export_tapped, "erase": ask_tapped}.items():
        made.callback_query.register(menu_tap(handler), MenuTapped.filter(F.to == to))
    return made
