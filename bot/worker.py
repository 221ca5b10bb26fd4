"""Inbox → dispatcher: one person's updates in order, several people at once, one transaction an update."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import CallbackQuery, Chat, Message, Update, User
from pydantic import ValidationError

from bot.clock import Clock
from complaints.errors import Refusal
from complaints.people import Person
from handlers.dialogues import Dialogues
from handlers.refusing import refuse
from handlers.talk import Handled, Talk
from storage import destinations, inbox, people
from storage.destinations import Destination
from storage.inbox import Incoming
from storage.notebook import Conflict
from storage.work import Store, Work
from views.callbacks import CaseTapped
from views.joining import set_aside
from views.translator import language_of, translator

log = structlog.get_logger("worker")
AT_ONCE = 8
RERUNS = 10
BACK_OFF = 0.5  # seconds of real time, doubled with each failure
TELEGRAM_KEEPS = timedelta(hours=24)
Toast = Callable[[str, str, bool], Awaitable[None]]


class Worker:
    """`spoke` is called after each commit, so that the courier looks at once."""

    def __init__(
        self, store: Store, dispatcher: Dispatcher, ears: Bot, clock: Clock, toast: Toast, spoke: Callable[[], None]
    ) -> None:
        self.store = store
        self.dispatcher = dispatcher
        self.ears = ears
        self.clock = clock
        self.toast = toast
        self.spoke = spoke
        self.heard = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._rerunning = asyncio.Lock()

    async def run(self, stop: asyncio.Event) -> None:
        """Handle updates until told to stop; what has been begun is finished."""
        while not stop.is_set():
            self.heard.clear()
            room = AT_ONCE - len(self._running)
            claimed = await inbox.claim(self.store, self.clock.real(), room) if room else []
            for incoming in claimed:
                task = asyncio.create_task(self.handle(incoming))
                self._running.add(task)
                task.add_done_callback(self._finished)
            if not claimed:
                await self._until_heard(0.2)
        await asyncio.gather(*self._running)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.heard.set()

    async def _until_heard(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.heard.wait(), seconds)
        except TimeoutError:
            return

    async def step(self) -> bool:
        """Handle what may be handled now, to the end; False where there was nothing."""
        claimed = await inbox.claim(self.store, self.clock.real(), AT_ONCE)
        await asyncio.gather(*(self.handle(incoming) for incoming in claimed))
        return bool(claimed)

    # --- one update ---------------------------------------------------------------------------------------------

    async def handle(self, incoming: Incoming) -> None:
        """Run the update, again where it met a conflict; a failure gives it back for later."""
        try:
            updates = [Update.model_validate(json.loads(raw)) for raw in incoming.raws]
        except (ValidationError, ValueError, RecursionError) as error:
            await self._give_back(incoming, None, error, for_good=True)
            return
        try:
            await self._with_reruns(incoming, updates)
        except Exception as error:  # noqa: BLE001 - only the worker catches
            why = _safe(error)  # a traceback would hold what somebody said
            log.error("an update failed", update=incoming.update_id, attempt=incoming.attempts, why=why)  # noqa: TRY400
            await self._give_back(incoming, updates, error)
        self.spoke()

    async def _with_reruns(self, incoming: Incoming, updates: list[Update]) -> None:
        """At once; and where somebody else was faster, again, one such update after the other."""
        try:
            await self._once_or_refused(incoming, updates)
        except Conflict:
            async with self._rerunning:
                await self._rerun(incoming, updates)

    async def _rerun(self, incoming: Incoming, updates: list[Update]) -> None:
        for _ in range(RERUNS):
            try:
                await self._once_or_refused(incoming, updates)
            except Conflict:
                continue
            return
        raise Conflict

    async def _once_or_refused(self, incoming: Incoming, updates: list[Update]) -> None:
        try:
            await self._once(incoming, updates)
        except Refusal as refusal:
            await self._refused(incoming, updates, refusal)

    async def _once(self, incoming: Incoming, updates: list[Update]) -> None:
        async with self._work(incoming, updates) as work:
            talk = await self._talk(work, incoming, updates)
            if talk is not None:
                await self._feed(talk, updates[0])
            inbox.done(work, incoming)
            await work.commit()
            await self._answer_presses(work)

    async def _feed(self, talk: Talk, update: Update) -> None:
        try:
            raw_state = await talk.state.get_state()
            await self.dispatcher.feed_update(self.ears, update, talk=talk, state=talk.state, raw_state=raw_state)
        except Handled:
            return
        talk.toast()

    async def _refused(self, incoming: Incoming, updates: list[Update], refusal: Refusal) -> None:
        """What the handler had begun is forgotten; only the refusal is said."""
        async with self._work(incoming, updates) as work:
            talk = await self._talk(work, incoming, updates)
            if talk is not None:
                await refuse(talk, refusal, await _concerned(talk))
            inbox.done(work, incoming)
            await work.commit()
            await self._answer_presses(work)

    def _work(self, incoming: Incoming, updates: list[Update]) -> Any:
        return self.store.work(legal_instant(incoming, updates), self.clock.real())

    async def _answer_presses(self, work: Work) -> None:
        """Once per press; the last word said to it counts."""
        last = {callback: (text, alert) for callback, text, alert in work.toasts if text} or {
            callback: (text, alert) for callback, text, alert in work.toasts
        }
        for callback, (text, alert) in last.items():
            await self.toast(callback, text, alert)

    async def _give_back(
        self, incoming: Incoming, updates: list[Update] | None, error: BaseException, *, for_good: bool = False
    ) -> None:
        if for_good or incoming.attempts >= inbox.SET_ASIDE_AFTER:
            await self._set_aside(incoming, updates, _safe(error))
            return
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            pause = BACK_OFF * 2**incoming.attempts
            inbox.release(work, incoming, _safe(error), self.clock.real() + pause)
            await work.commit()

    async def _set_aside(self, incoming: Incoming, updates: list[Update] | None, why: str) -> None:
        """Its successors go on, whether or not its sender can be told."""
        log.error("an update is set aside", update=incoming.update_id, why=why)
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            inbox.set_aside(work, incoming, why)
            await work.commit()
        try:
            async with self.store.work(self.clock.now(), self.clock.real()) as work:
                await self._tell_sender(work, incoming, updates)
                await work.commit()
        except Exception as error:  # noqa: BLE001 - only the worker catches
            log.error("its sender can't be told", update=incoming.update_id, why=_safe(error))  # noqa: TRY400

    async def _tell_sender(self, work: Work, incoming: Incoming, updates: list[Update] | None) -> None:
        talk = await self._talk(work, incoming, updates) if updates else None
        if talk is not None and talk.private:
            talk.say(set_aside(talk.t, incoming.received_at))

    # --- who speaks ---------------------------------------------------------------------------------------------

    async def _talk(self, work: Work, incoming: Incoming, updates: list[Update]) -> Talk | None:
        """The talk of an update that somebody made in a private chat or group; None for everything else."""
        user, chat = _who(updates[0]), _where(updates[0])
        if user is None or chat is None or chat.type == "channel":
            return None
        person = await self._person(work, user)
        destination = await self._destination(work, chat, person, updates[0])
        state = FSMContext(
            storage=Dialogues(work), key=StorageKey(bot_id=incoming.bot, chat_id=chat.id, user_id=user.id)
        )
        return Talk(
            work=work,
            person=person,
            who=await people.actor(work, person),
            t=translator(person.language if chat.type == "private" else "zh"),
            destination=destination,
            state=state,
            update_id=incoming.update_id,
            parts=[u.message for u in updates if u.message is not None],
            callback=updates[0].callback_query,
        )

    async def _person(self, work: Work, user: User) -> Person:
        found = await people.by_user(work, user.id)
        if found is not None:
            return found
        person = Person(
            id=work.new_id(), user=user.id, name=user.full_name[:64], language=language_of(user.language_code)
        )
        people.put(work, person)
        return person

    async def _destination(self, work: Work, chat: Chat, person: Person, update: Update) -> Destination:
        found = await destinations.of_chat(work, chat.id)
        private = chat.type == "private"
        back = private and update.my_chat_member is None and found is not None and not found.reachable
        if found is not None and not back:
            return found
        fresh = Destination(
            id=found.id if found else work.new_id(),
            chat=chat.id,
            kind="private" if private else "group",
            person=person.id if private else None,
            title=chat.title or "",
        )
        destinations.put(work, fresh)
        return fresh


def _who(update: Update) -> User | None:
    source = update.message or update.callback_query or update.my_chat_member
    return source.from_user if source is not None else None


def _where(update: Update) -> Chat | None:
    if update.callback_query is not None:
        message = update.callback_query.message
        return message.chat if message is not None else None
    source = update.message or update.my_chat_member
    return source.chat if source is not None else None


def legal_instant(incoming: Incoming, updates: list[Update]) -> datetime:
    """A message's own date, as far as it can be true; a press counts when it was stored."""
    message = updates[0].message
    stored = incoming.received_at
    if not isinstance(message, Message):
        return stored
    said = message.date.astimezone(UTC)
    return said if stored - TELEGRAM_KEEPS <= said <= stored else stored


async def _concerned(talk: Talk) -> int | None:
    """The case that a refused update was about, as far as it says so."""
    if isinstance(talk.callback, CallbackQuery) and (talk.callback.data or "").startswith("c:"):
        try:
            return CaseTapped.unpack(talk.callback.data or "").case
        except (TypeError, ValueError):
            return None
    about = (await talk.state.get_data()).get("about") or {}
    return about.get("case") or (await talk.replied_case() if talk.parts else None)


def _safe(error: BaseException) -> str:
    """An error without anything that somebody said: its class and where it was raised."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f" in {frame.tb_frame.f_code.co_qualname}" if frame is not None else ""
    return f"{type(error).__name__}{where}"
