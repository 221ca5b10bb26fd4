"""The context of an update: its person, chat and dialogue, made ready for a handler."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Chat, Message, Update, User

from bot.intake.readable_updates import UNREAD, Unread, readable
from bot.intake.update_filter import fits
from complaints.model.notice import Priority
from complaints.model.people import Person
from complaints.text.sanitizing import one_line
from handlers.framework.context import Context
from handlers.framework.fsm_storage import Dialogues
from handlers.framework.tap_authorization import is_anonymous_sender
from storage.messaging.inbox import Incoming
from storage.repositories import destinations, people
from storage.repositories.destinations import Destination
from storage.work import Work
from views.framework.translator import language_of, translator

LONGEST_TITLE = 128
LATE_AFTER = timedelta(seconds=10)  # that somebody has waited for the answer
TELEGRAM_KEEPS = timedelta(hours=24)


def parsed(raw: bytes) -> Update:
    """A stored update; ValueError where it is none, or its sender or chat has an id that no table can hold."""
    update = Update.model_validate(readable(json.loads(raw)))
    message = update.message or update.edited_message
    if message is not None and (message.model_extra or {}).get(UNREAD):
        raise Unread
    for speaker in (_who(update), _where(update)):
        if speaker is not None and not fits(speaker.id):
            raise ValueError("an id over 64 bits")
    return update


def addressed(raw: bytes) -> Update | None:
    """An update that can't be read, as far as it says who has sent it and where, so that they can be told."""
    try:
        found = readable(json.loads(raw))
        message = found.get("message") or found.get("edited_message") or {}
        place = {name: message[name] for name in ("message_id", "chat", "from")}
        return Update.model_validate({"update_id": 0, "message": {**place, "date": 0}})
    except (ValueError, KeyError, AttributeError, RecursionError):
        return None


async def build_context(
    work: Work, incoming: Incoming, updates: list[Update], offline_bot: Bot, now: datetime
) -> Context | None:
    """The context of an update from a private chat or group; None for everything else. `now` is when it is handled."""
    user, chat = _who(updates[0]), _where(updates[0])
    if user is None or chat is None or chat.type == "channel":
        return None
    message = updates[0].message
    anonymised = user.is_bot or (message is not None and is_anonymous_sender(message))
    person = Person(id=0, user=user.id) if anonymised else await _person(work, user)
    destination = await _destination(work, chat, person, updates[0])
    state = FSMContext(storage=Dialogues(work), key=StorageKey(bot_id=incoming.bot, chat_id=chat.id, user_id=user.id))
    return Context(
        work=work,
        person=person,
        who=await people.actor(work, person),
        t=translator(person.language if chat.type == "private" else "zh"),
        destination=destination,
        state=state,
        update_id=incoming.update_id,
        parts=[said for u in updates if (said := u.message or u.edited_message) is not None],
        callback=updates[0].callback_query,
        bot=(await offline_bot.me()).username or "",
        priority=_priority(incoming, work.now, now),
    )


def _priority(incoming: Incoming, said_at: datetime, now: datetime) -> Priority:
    """After an outage, answers to small talk must hold up no alarm: they go once there is nothing else to send."""
    if incoming.urgent:
        return Priority.URGENT_REPLY
    return Priority.LATE_REPLY if now - said_at > LATE_AFTER else Priority.REPLY


async def _person(work: Work, user: User) -> Person:
    found = await people.by_user(work, user.id)
    if found is not None:
        return found
    person = Person(
        id=work.new_id(), user=user.id, name=one_line(user.full_name)[:64], language=language_of(user.language_code)
    )
    people.put(work, person)
    return person


async def _destination(work: Work, chat: Chat, person: Person, update: Update) -> Destination:
    found = await destinations.of_chat(work, chat.id)
    private = chat.type == "private"
    back = private and update.my_chat_member is None and found is not None and not found.reachable
    back = back or (private and found is not None and found.person != person.id)  # a deleted one begins anew
    if found is not None and not back:
        return found if private else _described(work, found, chat)
    fresh = Destination(
        id=found.id if found else work.new_id(),
        chat=chat.id,
        kind="private" if private else "group",
        person=person.id if private else None,
        title=one_line(chat.title or "")[:LONGEST_TITLE],
        forum=bool(chat.is_forum),
    )
    destinations.put(work, fresh)
    return fresh


def _described(work: Work, known: Destination, chat: Chat) -> Destination:
    """A group as the messenger shows it now: it may have been renamed, or got topics."""
    now = replace(known, title=one_line(chat.title or "")[:LONGEST_TITLE], forum=bool(chat.is_forum))
    if now != known:
        destinations.describe(work, known.id, title=now.title, forum=now.forum)
    return now


def _who(update: Update) -> User | None:
    source = update.message or update.edited_message or update.callback_query or update.my_chat_member
    return source.from_user if source is not None else None


def _where(update: Update) -> Chat | None:
    if update.callback_query is not None:
        message = update.callback_query.message
        return message.chat if message is not None else None
    source = update.message or update.edited_message or update.my_chat_member
    return source.chat if source is not None else None


def legal_instant(incoming: Incoming, updates: list[Update]) -> datetime:
    """A message's own date, as far as it can be true; a tap counts when it was stored."""
    message = updates[0].message
    stored = incoming.received_at
    if not isinstance(message, Message):
        return stored
    said = message.date.astimezone(UTC)
    return said if stored - TELEGRAM_KEEPS <= said <= stored else stored
