"""Homes of a resident with several: choosing the one that is meant, and leaving one."""

from dataclasses import replace

from aiogram import F, Router

from complaints.model.people import Home
from handlers.framework.aiogram_adapters import menu_tap
from handlers.framework.context import Context
from storage.repositories import homes, people, places
from views.framework.callbacks import NUMBER, MenuTapped
from views.resident import homes as views


async def offer(context: Context) -> None:
    """Under the notice board, where there are other homes."""
    found = await homes.others(context.work, context.person)
    if not found:
        return
    named = [(number, await name_of(context, home)) for number, home in found]
    context.say(views.homes(context.t, await name_of(context, context.person.home), named))


async def name_of(context: Context, home: Home | None) -> str:
    project = await places.project(context.work, home.project) if home else None
    return " ".join(p for p in (project.name, home.building, home.room) if p) if project and home else ""


async def move(context: Context, tap: MenuTapped) -> None:
    """「换到…」: what is written from now on is about that home."""
    chosen = dict(await homes.others(context.work, context.person)).get(int(tap.arg))
    if chosen is None:
        context.say(views.no_such_home(context.t))
        return
    if context.person.home is not None:
        homes.keep(context.work, context.person.id, context.person.home)
    people.put(context.work, replace(context.person, home=chosen))
    context.show(views.moved(context.t, await name_of(context, chosen)))


async def leave(context: Context, tap: MenuTapped) -> None:
    """「不住这里了」: the present home goes, the next one is spoken of; the last one stays."""
    found = await homes.others(context.work, context.person)
    if not found or context.person.home is None:
        context.say(views.no_such_home(context.t))
        return
    homes.leave(context.work, context.person.id, context.person.home)
    people.put(context.work, replace(context.person, home=found[0][1]))
    context.show(views.left(context.t, await name_of(context, found[0][1])))


def router() -> Router:
    made = Router(name="homes")
    made.callback_query.register(menu_tap(move), MenuTapped.filter((F.to == "move") & F.arg.regexp(NUMBER)))
    made.callback_query.register(menu_tap(leave), MenuTapped.filter(F.to == "leave_home"))
    return made
