"""The inbox worker: hands updates to the handlers, each sender's in order, each update in one transaction."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from bot.clock import Clock, waited
from bot.intake.update_context import addressed, build_context, legal_instant, parsed
from bot.logs import origin
from bot.ops.retry import or_default, pauses, until_committed
from complaints.errors import Refusal
from handlers.framework.context import Context, Handled
from handlers.framework.refusals import refuse
from handlers.framework.tap_authorization import pressed
from storage.db.errors import is_its_own
from storage.db.unit_of_work import Conflict
from storage.messaging import inbox
from storage.messaging.inbox import Incoming
from storage.work import Store, Work
from views.refusals import slow_down
from views.welcome import dead_letter

log = structlog.get_logger("worker")
AT_ONCE = 8
RERUNS = 10
PAUSE = 0.2  # seconds between two searches for updates, unless `wake` is set
CHECK_EVERY = 1.0  # seconds between two searches for updates that nobody will finish
BACK_OFF = 0.5  # seconds of real time, doubled with each failure
LONGEST = 30.0  # seconds between two tries
MOST_DATABASE_FAILURES = 1000  # under one update, over eight hours: by then the update counts as their cause
Toast = Callable[[str, str, bool], Awaitable[None]]


class Worker:
    """Handles claimed updates; `wake_dispatcher` is called after each commit, `owner` is this instance of the bot."""

    def __init__(
        self,
        store: Store,
        dispatcher: Dispatcher,
        offline_bot: Bot,
        clock: Clock,
        toast: Toast,
        wake_dispatcher: Callable[[], None],
        owner: str,
    ) -> None:
        self.store = store
        self.dispatcher = dispatcher
        self.offline_bot = offline_bot
        self.clock = clock
        self.toast = toast
        self.wake_dispatcher = wake_dispatcher
        self.owner = owner
        self.wake = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        self._database_failures: Counter[int] = Counter()  # by update_id: how often the database failed under it
        self._next_check = float("-inf")
        self._rerunning = asyncio.Lock()
        self._pauses = pauses()

    async def run(self, stop: asyncio.Event) -> None:
        """Handle updates until `stop` is set; what has been begun is finished."""
        while not stop.is_set():
            self.wake.clear()
            claimed: list[Incoming] = await or_default(self._next, "claiming updates", [], self._pauses)
            for incoming in claimed:
                task = asyncio.create_task(self.handle(incoming))
                self._running.add(task)
                task.add_done_callback(self._finished)
            if any(incoming.quarantined for incoming in claimed):
                await asyncio.wait(self._running)
            if not claimed:
                await waited(self.wake, PAUSE)
        await asyncio.gather(*self._running)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.wake.set()

    async def step(self) -> bool:
        """Handle what may be handled now, to the end; False where there was nothing."""
        claimed = await self._claim(AT_ONCE)
        await asyncio.gather(*(self.handle(incoming) for incoming in claimed))
        return bool(claimed)

    async def _next(self) -> list[Incoming]:
        """What there is room for to handle next, strays among it."""
        await self._free_strays()
        room = AT_ONCE - len(self._running)
        return await self._claim(room) if room else []

    async def _free_strays(self) -> bool:
        """Once a second: release updates that are claimed for this instance and not in hand (an answer was lost)."""
        real = self.clock.real()
        if real < self._next_check:
            return False
        self._next_check = real + CHECK_EVERY
        return bool(await inbox.free_strays(self.store, self.owner, self._in_hand))

    async def _claim(self, limit: int) -> list[Incoming]:
        """What is in hand from now on, until `handle` has done with it."""
        idle = not self._in_hand
        claimed = await inbox.claim(self.store, self.clock.real(), limit, self.owner, idle=idle)
        self._in_hand |= {number for incoming in claimed for number in incoming.ids}
        return claimed

    # --- one update ---------------------------------------------------------------------------------------------

    async def handle(self, incoming: Incoming) -> None:
        """Run the update, again where it met a conflict; a failure gives it back for later."""
        try:
            await self._handle(incoming)
        finally:
            self._in_hand -= {*incoming.ids}

    async def _handle(self, incoming: Incoming) -> None:
        try:
            updates = _read(incoming)
        except (ValidationError, ValueError, RecursionError) as error:
            await self._give_back(incoming, None, error, for_good=True)
            return
        try:
            await self._with_reruns(incoming, updates)
            self._database_failures.pop(incoming.update_id, None)
        except Exception as error:  # noqa: BLE001 - only the worker catches
            why = origin(error)  # a traceback would hold what somebody said
            log.error("an update failed", update=incoming.update_id, attempt=incoming.attempts, why=why)
            await self._give_back(incoming, updates, error)
            self.wake_dispatcher()

    async def _with_reruns(self, incoming: Incoming, updates: list[Update]) -> None:
        """Once, and after a conflict with another transaction again, one such update at a time."""
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
        """Where it is refused, what the handler had begun is forgotten and only the refusal is said."""
        try:
            await self._once(incoming, updates, lambda context: self._feed(context, updates[0]))
        except Refusal as refusal:
            await self._once(incoming, updates, partial(_refuse, refusal=refusal))

    async def _once(self, incoming: Incoming, updates: list[Update], act: Callable[[Context], Awaitable[None]]) -> None:
        async with self.store.work(legal_instant(incoming, updates), self.clock.real()) as work:
            context = await build_context(work, incoming, updates, self.offline_bot, self.clock.now())
            if context is not None:
                await act(context)
                await self._slow_down(context, incoming)
            inbox.done(work, incoming)
            await work.commit()
            self.wake_dispatcher()
            await self._answer_taps(work)

    async def _feed(self, context: Context, update: Update) -> None:
        try:
            raw_state = await context.state.get_state()
            await self.dispatcher.feed_update(
                self.offline_bot, update, context=context, state=context.state, raw_state=raw_state
            )
        except Handled:
            return
        context.toast()

    async def _slow_down(self, context: Context, incoming: Incoming) -> None:
        """Tell a throttled sender once a burst that updates wait; each is handled in its turn."""
        if context.private and await inbox.holds_back(context.work, incoming):
            context.say(slow_down(context.t))

    async def _answer_taps(self, work: Work) -> None:
        """Answer each tap once; the last text given for it counts."""
        last = {callback: (text, alert) for callback, text, alert in work.toasts if text} or {
            callback: (text, alert) for callback, text, alert in work.toasts
        }
        for callback, (text, alert) in last.items():
            await self.toast(callback, text, alert)

    async def _give_back(
        self, incoming: Incoming, updates: list[Update] | None, error: BaseException, *, for_good: bool = False
    ) -> None:
        excused = is_its_own(error) and self._is_databases_fault(incoming)
        if for_good or (incoming.attempts >= inbox.MAX_ATTEMPTS and not excused):
            await until_committed(partial(self._dead_letter, incoming, updates, origin(error)), "an update set aside")
        else:
            release = partial(self._release, incoming, origin(error), counts=not excused)
            await until_committed(release, "an update given back")

    def _is_databases_fault(self, incoming: Incoming) -> bool:
        """Whether a failure of the database counts as its own fault; not any more after so many under one update."""
        self._database_failures[incoming.update_id] += 1
        return self._database_failures[incoming.update_id] < MOST_DATABASE_FAILURES

    async def _release(self, incoming: Incoming, why: str, *, counts: bool) -> None:
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            tries = incoming.attempts + self._database_failures[incoming.update_id]
            pause = min(LONGEST, BACK_OFF * 2 ** min(tries, 10))
            inbox.release(work, incoming, why, self.clock.real() + pause, counts=counts)
            await work.commit()

    async def _dead_letter(self, incoming: Incoming, updates: list[Update] | None, why: str) -> None:
        """Make the update a dead letter, so that its sender's next ones are handled; tell the sender where possible."""
        log.error("an update is set aside", update=incoming.update_id, why=why)
        async with self.store.work(self.clock.now(), self.clock.real()) as work:
            inbox.to_dead_letters(work, incoming, why)
            await work.commit()
        try:
            async with self.store.work(self.clock.now(), self.clock.real()) as work:
                await self._tell_sender(work, incoming, updates)
                await work.commit()
        except Exception as error:  # noqa: BLE001 - only the worker catches
            log.error("its sender can't be told", update=incoming.update_id, why=origin(error))

    async def _tell_sender(self, work: Work, incoming: Incoming, updates: list[Update] | None) -> None:
        updates = updates or [update for raw in incoming.raws[:1] if (update := addressed(raw)) is not None]
        context = await build_context(work, incoming, updates, self.offline_bot, self.clock.now()) if updates else None
        if context is not None and context.private:
            context.say(dead_letter(context.t, incoming.received_at))


def _read(incoming: Incoming) -> list[Update]:
    """The updates themselves; ValueError where they are none, or too many instances have crashed with them in hand."""
    if incoming.crash_count >= inbox.MAX_CRASHES:
        raise ValueError("too many starts have ended with it in hand")
    found = [_part(raw) for raw in incoming.raws]
    read = [part for part in found if isinstance(part, Update)]
    if not read:
        raise next(part for part in found if isinstance(part, Exception))
    return read  # an album goes on without a part that can't be read


def _part(raw: bytes) -> Update | Exception:
    try:
        return parsed(raw)
    except (ValidationError, ValueError, RecursionError) as error:
        return error


async def _refuse(context: Context, refusal: Refusal) -> None:
    await refuse(context, refusal, await _concerned(context))


async def _concerned(context: Context) -> int | None:
    """The case that a refused update was about, as far as it says so."""
    if context.callback is not None and (context.callback.data or "").startswith("c:"):
        tap = pressed(context.callback)
        return tap.case if tap else None
    about = (await context.state.get_data()).get("about") or {}
    return about.get("case") or (await context.replied_case() if context.parts else None)
