"""A city as an earlier version left it: its database, and its people's telephones with the messages still on them."""

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from released_databases import RELEASED, as_file
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from demo.sample_city import SampleCity, database, open_at
from simulator.people.accounts import Account
from simulator.people.groups import Group
from simulator.server import Simulator
from simulator.world.messages import Post, Room
from storage.db.migrating import migrate

VERSIONS = sorted(folder.name for folder in RELEASED.iterdir())
LATER = 10_000  # message ids that no telephone of an earlier version has


@dataclass
class Released:
    """People and groups by their chats; `buttons` are (chat, message, label, data), the oldest first."""

    city: SampleCity
    people: dict[int, Account]
    groups: dict[int, Group]
    buttons: list[tuple[int, int, str, str]]

    def presses(self, chat: int, label: str) -> None:
        """Press the newest button of that label that the earlier version has left in the chat."""
        message, data = next((m, d) for c, m, text, d in reversed(self.buttons) if (c, text) == (chat, label))
        self.press(chat, message, data)

    def press(self, chat: int, message: int, data: str) -> None:
        who = self.people[chat] if chat in self.people else self.people[next(iter(self.groups[chat].room.members))]
        room = self.groups[chat].room if chat in self.groups else who.room
        self.city.sim.world.press(who.user, room.posts[message], data, data)


def restored(version: str, folder: Path) -> str:
    """The address of the database as that version left it, in a file of its own."""
    as_file(folder / "city.db", version)
    return database(folder)


def telephones(version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RELEASED / version / "telephones.json").read_text(encoding="utf-8"))
    return found


@asynccontextmanager
async def opened(version: str, folder: Path) -> AsyncIterator[Released]:
    """That city, brought to today's shape, with a bot of today."""
    left = telephones(version)
    url = restored(version, folder)
    await migrate(url)
    async with open_at(url, datetime.fromisoformat(left["now"])) as city:
        people = {account.id: account for account in _people(city.sim, left["people"])}
        groups = {group.id: group for group in _groups(city.sim, left["groups"], people)}
        for each in left["buttons"]:
            room = groups[each["chat"]].room if each["chat"] in groups else people[each["chat"]].room
            _left(city, room, each)
        pressed = [(each["chat"], each["message"], *button) for each in left["buttons"] for button in each["buttons"]]
        yield Released(city, people, groups, pressed)


def _people(sim: Simulator, people: list[tuple[int, str, str, str]]) -> list[Account]:
    made = [sim.person(name, phone=phone, language=language) for _, name, phone, language in people]
    assert [account.id for account in made] == [known for known, *_ in people]
    for account in made:
        account.room.bot, account.room.numbers = "member", itertools.count(LATER)
    return made


def _groups(sim: Simulator, groups: list[dict[str, Any]], people: dict[int, Account]) -> list[Group]:
    made = [sim.group(each["title"], [people[member] for member in each["members"]]) for each in groups]
    assert [group.id for group in made] == [each["chat"] for each in groups]
    for group in made:
        group.room.bot, group.room.numbers = "member", itertools.count(LATER)
    return made


def _left(city: SampleCity, room: Room, each: dict[str, Any]) -> None:
    """A message of the bot as it stands in the chat."""
    rows = [[InlineKeyboardButton(label, callback_data=data)] for label, data in each["buttons"]]
    fields = {"from_user": city.sim.world.bot, "text": each["text"], "reply_markup": InlineKeyboardMarkup(rows)}
    room.posts[each["message"]] = Post(room, each["message"], city.clock.now(), fields, from_bot=True)
