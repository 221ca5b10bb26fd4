"""The verdict of a soak: what was lost, sent twice unmarked or blamed, read from chats, database and ledger only."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import ends
from sqlalchemy import select

from bot.intake.update_filter import is_for_bot
from complaints.lifecycle import moves
from complaints.lifecycle.history import retold
from complaints.lifecycle.timer_points import MORNING
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.notice import Audience
from complaints.notifications import notices
from complaints.policy.pack_schema import RecipientRole
from storage.db.codec import load_complaint
from storage.maintenance.audit import verify
from storage.messaging import recipients
from storage.messaging.inbox import INBOX
from storage.messaging.outbox import OUTBOX
from storage.repositories import ledger
from storage.repositories.cases import COMPLAINT
from storage.repositories.destinations import DESTINATION
from storage.repositories.ledger import EVENT
from storage.repositories.timers import TIMER
from storage.tables import OUTAGE
from storage.work import GIVES_WORK, Store, Work
from views.framework.lengths import plain

MARK = "（可能重复）"
OUTAGE_LEAST, OUTAGE_SHARE = timedelta(minutes=1), 0.02  # of a window, beyond which nobody is to blame
READ_THE_ACT = (Audience.RESIDENT, Audience.COMPANY)  # and are not told besides that it was late
HOUSEHOLDS = (RecipientRole.HOUSEHOLD, RecipientRole.HOUSEHOLDS)


@dataclass
class Seen:
    """What the messenger knows: the updates that were confirmed, and what it showed whom, in order."""

    bot: int
    username: str
    issued: dict[int, dict[str, Any]] = field(default_factory=dict)
    poisoned: set[int] = field(default_factory=set)  # updates that nobody has sent
    confirmed: list[int] = field(default_factory=list)
    shown: list[tuple[int, str]] = field(default_factory=list)
    downs: list[tuple[datetime, datetime]] = field(default_factory=list)  # from when to when nobody was there

    def texts(self) -> dict[int, list[str]]:
        found = defaultdict(list)
        for chat, text in self.shown:
            found[chat].append(text)
        return found


@dataclass
class Verdict:
    """`faults` must be empty; the counts say how much was looked at."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        looked = ", ".join(f"{name}: {n}" for name, n in sorted(self.counts.items()))
        return "\n".join([f"faults: {len(self.faults)}; {looked}", *self.faults[:20]])


async def classify_error(store: Store, seen: Seen, now: Any) -> Verdict:
    found = Verdict()
    async with store.work(now) as work:
        for look in (_stored, _receipts, _deadlines, _blame, ends.ended, _messages, _order, _audience):
            async for fault in look(work, seen, found.counts):
                found.faults.append(f"{look.__name__.strip('_')}: {fault}")
    broken = (await verify(store.engine)).breaks
    found.faults += [f"ledger: case {case} event {seq}" for case, seq in broken]
    return found


async def _stored(work: Work, seen: Seen, counts: Counter[str]) -> Any:
    """Every confirmed update is stored and finished, and none twice."""
    rows = await work.rows(select(INBOX.c.update_id, INBOX.c.state, INBOX.c.error))
    states = {row.update_id: f"{row.state} {row.error}".strip() for row in rows}
    counts["updates"] = len(seen.confirmed)
    for number in set(seen.confirmed):
        raw = seen.issued.get(number)
        if raw is not None and is_for_bot(raw, seen.bot, seen.username) and number not in states:
            yield f"update {number} was confirmed and isn't stored"
    for number, state in states.items():
        if not state.startswith("done"):
            yield f"update {number} is {state}"


async def _receipts(work: Work, seen: Seen, counts: Counter[str]) -> Any:
    """Every receipt that was shown has its complaint."""
    numbers = {row.number for row in await work.rows(select(COMPLAINT.c.number))}
    counts["cases"] = len(numbers)
    for _, text in seen.shown:
        if ("已收到，" in text or "已登记" in text) and not any(number in text for number in numbers):
            yield f"a receipt without a complaint: {text[:60]!r}"


async def _deadlines(work: Work, seen: Seen, counts: Counter[str]) -> Any:
    """Every due point of every stage has exactly one outcome, and the case is what its events make it."""
    left = await work.rows(select(TIMER).where(TIMER.c.state == "waiting", TIMER.c.due_at <= work.now))
    for row in left:
        yield f"timer {row.id} ({row.stage} {row.point}) was due {row.due_at}"
    for row in await work.rows(select(COMPLAINT.c.id, COMPLAINT.c.body)):
        case = load_complaint(row.body)
        history = await ledger.history(work, case.id)
        points = Counter(
            (r.event.stage, _round_of(history, r.seq), r.event.point, r.event.due)
            for r in history
            if isinstance(r.event, e.Expired)
        )
        counts["expiries"] += len(points)
        for point, times in points.items():
            if times != 1:
                yield f"case {case.number}: {point} expired {times} times"
        for clock in case.running:
            if clock.due <= work.now:
                yield f"case {case.number}: {clock.stage} runs on after {clock.due}"
        if [after for _, _, after in _retold(work, history, case.id)][-1] != case:
            yield f"case {case.number} isn't what its events make it"


def _round_of(history: list[Any], seq: int) -> int:
    return sum(isinstance(r.event, e.Reopened) for r in history if r.seq < seq)


def _retold(work: Work, history: list[Any], case: int) -> Iterator[tuple[Complaint, Any, Complaint]]:
    """Each event with the case before and after it."""
    first = history[0]
    pack = work.rules.packs[first.event.pack]
    cases = retold(case, [(r.event, r.at) for r in history], pack, pack.hours(work.rules.workdays))
    before = moves.born(case, first.event, first.at)
    for recorded, now in zip(history, cases, strict=True):
        yield before, recorded, now
        before = now


async def _blame(work: Work, seen: Seen, counts: Counter[str]) -> Any:
    """Nobody is late of whose window an outage took more than a minute and 2 %, by the record and in truth."""
    rows = await work.rows(select(OUTAGE.c.began, OUTAGE.c.ended))
    counts["outages"], recorded = len(rows), [(row.began, row.ended) for row in rows]
    for row in await work.rows(select(COMPLAINT.c.id)):
        history = await ledger.history(work, row.id)
        for before, one, _ in _retold(work, history, row.id):
            if not isinstance(one.event, e.Expired) or not one.event.final:
                continue
            counts["excused" if one.event.outage else "blamed"] += 1
            clock = before.clock_of(one.event.clock)
            if clock is None:
                yield f"case {before.number}: {one.event.stage} expired without a clock"
            elif one.event.counts:
                begin, allowed = clock.resumed or clock.started, OUTAGE_SHARE * (clock.promised_due - clock.started)
                for whose, times in (("by the record", recorded), ("in truth", seen.downs)):
                    taken = _taken(times, begin, one.event.due)
                    counts["lost something"] += timedelta() < taken
                    if taken > max(allowed, OUTAGE_LEAST):
                        yield (
                            f"case {before.number}: {clock.debtor} is late by {clock.stage}, of {begin} to "
                            f"{one.event.due}, of which {taken} were lost {whose}"
                        )


def _taken(times: list[tuple[datetime, datetime]], begin: datetime, end: datetime) -> timedelta:
    """How much of that window lies in any of those times."""
    edges = sorted({begin, end, *(t for pair in times for t in pair if begin < t < end)})
    parts = itertools.pairwise(edges)
    return sum((b - a for a, b in parts if any(x <= a and b <= y for x, y in times)), timedelta())


@dataclass
class Said:
    """How often each (chat, text) was to be said, may have been, and was, without the mark and with it."""

    wanted: Counter[tuple[int, str]] = field(default_factory=Counter)
    allowed: Counter[tuple[int, str]] = field(default_factory=Counter)
    once: Counter[tuple[int, str]] = field(default_factory=Counter)
    again: Counter[tuple[int, str]] = field(default_factory=Counter)
    unsaid: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))  # by chat: what isn't sent
    unkept: Counter[int] = field(default_factory=Counter)  # by chat: words that stand nowhere, such as phone numbers

    def written(self, row: Any) -> None:
        if row.state != "sent":
            kept = "kept" if row.rendered else "not kept"
            self.unsaid[row.chat].append(f"{row.id} {row.kind} {row.state} {row.attempts} {kept} {row.outcome}")
        if row.method in ("send", "files") and row.rendered and "text" in row.rendered and not _wordless(row.rendered):
            key = row.chat, plain(row.rendered["text"]).strip()
            self.allowed[key] += 1
            self.wanted[key] += row.state == "sent"
        elif row.method == "send":
            self.unkept[row.chat] += row.attempts

    def seen(self, chat: int, text: str) -> None:
        (self.again if text.startswith(MARK) else self.once)[chat, text.removeprefix(MARK)] += 1

    def faults(self) -> Iterator[str]:
        for key in self.wanted | self.once | self.again:
            chat, told = key[0], f"in chat {key[0]}: {key[1][:60]!r}"
            times = self.once[key] + self.again[key]
            if not self.allowed[key] and self.unkept[chat] >= times:
                self.unkept[chat] -= times
            elif times < self.wanted[key]:
                yield f"lost {told}"
            elif self.once[key] > self.allowed[key]:
                yield f"{self.once[key]} times unmarked, {self.allowed[key]} times meant, {told}; {self.unsaid[chat]}"
            elif self.again[key] and not self.allowed[key]:
                yield f"a repeat of nothing {told}"


def _wordless(rendered: dict[str, Any]) -> bool:
    """A place or a round video: Telegram shows no words beside it."""
    return any(file["kind"] in ("location", "video_note") for file in rendered.get("files", ()))


async def _messages(work: Work, seen: Seen, counts: Counter[str]) -> Any:
    """What was sent was seen, nothing more often than written, unless it says so; and nothing is left over."""
    query = select(DESTINATION.c.chat, OUTBOX).join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
    said = Said()
    for row in await work.rows(query):
        counts[f"messages {row.state}"] += 1
        said.written(row)
        if row.state not in ("sent", "dropped", "digested") or (row.state == "dropped" and ".expired" in row.kind):
            yield f"message {row.id} ({row.kind}) is {row.state}: {row.reason or row.outcome}"
    for chat, text in seen.shown:
        said.seen(chat, text)
    counts["marked repeats"] = sum(said.again.values())
    for fault in said.faults():
        yield fault


async def _order(work: Work, seen: Seen, counts: Counter[str]) -> Any:
    """In each chat the messages of one case come in their order; repeats, digests and replies apart."""
    query = select(DESTINATION.c.chat, OUTBOX).join(DESTINATION, DESTINATION.c.id == OUTBOX.c.destination)
    said = defaultdict(list)
    for row in await work.rows(query.where(OUTBOX.c.method == "send")):
        if row.rendered and "text" in row.rendered:
            said[row.chat, plain(row.rendered["text"]).strip()].append(row)
    newest: dict[tuple[int, int], Any] = {}
    for chat, text in seen.shown:
        row, *others = said.get((chat, text)) or [None]
        if row is None or others or row.repeat or not row.complaint or row.state != "sent":
            continue  # which message this was can't be told, or it has no place of its own
        counts["in order"] += 1
        last = newest.setdefault((chat, row.complaint), row)
        if row.id < last.id:
            yield f"message {row.id} ({row.kind}) of chat {chat} came after {last.id} ({last.kind}): {text[:60]!r}"
        newest[chat, row.complaint] = max(row, last, key=lambda one: one.id)


async def _audience(work: Work, seen: Seen, counts: Counter[str]) -> Any:
    """Whoever was to be told of an event has a message of it, or whoever stands in has; of a night's in the morning."""
    mornings = select(TIMER.c.complaint, TIMER.c.point).where(TIMER.c.point.startswith(MORNING))
    held = {(row.complaint, row.point) for row in await work.rows(mornings)}
    written = defaultdict(set)
    for row in await work.rows(select(OUTBOX.c.complaint, OUTBOX.c.seq, OUTBOX.c.destination).where(OUTBOX.c.seq > 0)):
        written[row.complaint, row.seq].add(row.destination)
    for row in await work.rows(select(EVENT.c.complaint).where(EVENT.c.complaint.is_not(None)).distinct()):
        history = await ledger.history(work, row.complaint)
        came = {r.event.complainant: r.seq for r in history if isinstance(r.event, (e.Filed, e.Joined))}
        heard: set[RecipientRole] = set()
        for before, recorded, after in _retold(work, history, row.complaint):
            late = isinstance(recorded.event, e.MetLate)
            heard = heard if late else _readers(work, before, recorded, after)
            async for destination, notice in _told(work, before, recorded, after, came):
                if late and notice.recipient in heard and notice.audience in READ_THE_ACT:
                    continue
                counts["notices"] += 1
                waits = notice.audience is Audience.RESIDENT and (row.complaint, f"{MORNING}{recorded.seq}") in held
                if destination not in written[row.complaint, recorded.seq] and not waits:
                    yield f"case {after.number} event {recorded.seq}: nobody wrote {notice.kind} to {notice.recipient}"


def _readers(work: Work, before: Complaint, recorded: Any, after: Complaint) -> set[RecipientRole]:
    """Who reads of the act itself."""
    found = notices.notices(before, recorded.event, after, work.rules.packs[after.pack])
    return {notice.recipient for notice in found}


async def _told(work: Work, before: Complaint, recorded: Any, after: Complaint, came: dict[int, int]) -> Any:
    """Everybody whom a notice is for; a household only of what came after it had.

    Of those called out it is gone who they were then: they are read from what had been sent by that time.
    """
    for notice in notices.notices(before, recorded.event, after, work.rules.packs[after.pack]):
        if notice.recipient is RecipientRole.CALLED_OUT:
            continue
        case = before if notice.kind == "manager.expired" else after
        for to in await recipients.recipients(work, notice.recipient, case, notice.complainant):
            joined_later = to.household is not None and came.get(to.household, 0) > recorded.seq
            by_hand = recorded.actor is not None and to.destination.person == recorded.actor
            answered = by_hand and notice.audience is not Audience.RESIDENT and notice.kind not in GIVES_WORK
            if not answered and not (notice.recipient in HOUSEHOLDS and joined_later):
                yield to.destination.id, notice
