"""A resident with several homes: which one is spoken of, and which is left."""

from dataclasses import replace

from aiogram import F, Router

from complaints.model.people import Home
from handlers.framework.aiogram_adapters import menu_tap
from handlers.framework.context import Talk
from storage.repositories import homes, people, places
from views.framework.callbacks import NUMBER, MenuTapped
from views.resident import homes as views


async def offer(talk: Talk) -> None:
    """Under the notice board, where there are other homes."""
    found = await homes.others(talk.work, talk.person)
    if not found:
        return
    named = [(number, await name_of(talk, home)) for number, home in found]
    talk.say(views.homes(talk.t, await name_of(talk, talk.person.home), named))


async def name_of(talk: Talk, home: Home | None) -> str:
    project = await places.project(talk.work, home.project) if home else None
    return " ".join(p for p in (project.name, home.building, home.room) if p) if project and home else ""


async def move(talk: Talk, tap: MenuTapped) -> None:
    """「换到…」: what is written from now on is about that home."""
    chosen = dict(await homes.others(talk.work, talk.person)).get(int(tap.arg))
    if chosen is None:
        talk.say(views.no_such_home(talk.t))
        return
    if talk.person.home is not None:
        homes.keep(talk.work, talk.person.id, talk.person.home)
    people.put(talk.work, replace(talk.person, home=chosen))
    talk.show(views.moved(talk.t, await name_of(talk, chosen)))


async def leave(talk: Talk, tap: MenuTapped) -> None:
    """「不住这里了」: the present home goes, the next one is spoken of; the last one stays."""
    found = await homes.others(talk.work, talk.person)
    if not found or talk.person.home is None:
        talk.say(views.no_such_home(talk.t))
        return
    homes.leave(talk.work, talk.person.id, talk.person.home)
    people.put(talk.work, replace(talk.person, home=found[0][1]))
    talk.show(views.left(talk.t, await name_of(talk, found[0][1])))


def router() -> Router:
    made = Router(name="dwelling")
    made.callback_query.register(menu_tap(move), MenuTapped.filter((F.to == "move") & F.arg.regexp(NUMBER)))
    made.callback_query.register(menu_tap(leave), MenuTapped.filter(F.to == "leave_home"))
    return made
