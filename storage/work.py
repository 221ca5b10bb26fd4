"""The unit of work: what verbs and handlers read, write and send; all of it commits together, or nothing."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import Any

from complaints.errors import NotServed
from complaints.lifecycle.timer_points import Timer
from complaints.model.complaint import Complaint
from complaints.model.enums import Outage
from complaints.model.events import Event
from complaints.model.notice import Audience
from complaints.model.people import File, Household, Place, Project, Statement
from complaints.model.roles import RecipientRole
from complaints.notifications.notices import Notice, Priority
from complaints.notifications.rules import kind_in_group
from complaints.policy.pack import Pack
from complaints.usecases.ports import DueTimer
from storage.db.unit_of_work import Database, UnitOfWork
from storage.messaging import outbox, recipients, spent_messages
from storage.messaging.recipients import Recipient
from storage.repositories import cases, ledger, outages, places, timers

GIVES_WORK = ("manager.assigned", "department.referred_here")  # told also to whoever gives it to themselves


def batches(media: Sequence[File]) -> Iterator[tuple[File, ...]]:
    """What can go out together: photos and videos ten at a time, documents likewise, everything else alone."""
    for family in (("photo", "video"), ("document",)):
        alike = [f for f in media if f.kind in family]
        yield from (tuple(alike[n : n + 10]) for n in range(0, len(alike), 10))
    yield from ((f,) for f in media if f.kind not in ("photo", "video", "document"))


def _reminds_a_group(notice: Notice, to: Recipient) -> bool:
    """A reminder for somebody who can't be reached, of which the group has known since the filing."""
    return notice.priority is Priority.NUDGE and to.in_group and to.instead_of is not None


def _mark(notice: Notice, to: Recipient) -> tuple[int, Audience]:
    """What no two notices of one event share."""
    return to.destination.id, notice.audience


class Work(UnitOfWork):
    """Answers to `complaints.usecases.ports.Work`. `posted` are the notices that it has put into the outbox so far."""

    @cached_property
    def posted(self) -> list[tuple[int, RecipientRole, Recipient]]:
        return []

    async def complaint(self, complaint_id: int) -> Complaint | None:
        return await cases.get(self, complaint_id)

    def add(self, complaint: Complaint) -> None:
        cases.add(self, complaint)

    def put(self, complaint: Complaint) -> None:
        cases.put(self, complaint)

    async def append(self, complaint: Complaint, event: Event, actor: int | None, at: datetime) -> int:
        spent_messages.by_event(self, complaint, event)
        return await ledger.append(self, complaint, event, actor, at)

    async def event(self, complaint_id: int, seq: int) -> Event:
        found = await ledger.of_event(self, complaint_id, seq)
        if found is None:
            raise LookupError
        return found.event

    async def last_number(self, prefix: str) -> str | None:
        return await cases.last_number(self, prefix)

    async def alike(self, project: str, matter: str, since: datetime) -> list[Complaint]:
        return await cases.alike(self, project, matter, since)

    async def project(self, code: str) -> Project | None:
        return await places.project(self, code)

    async def place(self, project: str) -> Place | None:
        return await places.place(self, project)

    async def pack_of(self, district: str) -> Pack:
        found = await places.district(self, district)
        pack = self.rules.packs.get(found.pack) if found else None
        if pack is None:
            raise NotServed
        return pack

    def keep(self, complaint_id: int, text: str, media: Iterable[File], person: int | None) -> int:
        return cases.keep(self, complaint_id, text, media, person)

    async def said(self, statement: int | None) -> Statement | None:
        return await cases.said(self, statement)

    def add_household(self, household: Household) -> None:
        cases.add_household(self, household)

    def put_household(self, household: Household) -> None:
        cases.put_household(self, household)

    async def households(self, complaint_id: int) -> list[Household]:
        return await cases.households(self, complaint_id)

    async def filed_since(self, person: int, begin: datetime) -> int:
        return await cases.filed_since(self, person, begin)

    def start_timers(self, complaint_id: int, points: Iterable[Timer]) -> None:
        timers.start(self, complaint_id, points)

    def stop_timers(self, complaint_id: int, clock: int) -> None:
        timers.stop(self, complaint_id, clock)

    def move_timers(self, complaint_id: int, clock: int, points: Iterable[Timer]) -> None:
        timers.move(self, complaint_id, clock, points)

    async def due_timers(self, complaint_id: int, before: datetime) -> Iterable[timers.Due]:
        return await timers.due_of(self, complaint_id, before)

    def finish_timer(self, timer: DueTimer) -> None:
        timers.finish(self, timer)

    async def outages(self, begin: datetime, end: datetime) -> list[Outage]:
        return await outages.between(self, begin, end)

    async def tell(
        self, notices: Iterable[tuple[Complaint, Notice]], seq: int, words: int | None, by: int | None = None
    ) -> None:
        """A row for each recipient of each notice; nobody is told twice of one event in one role.

        Staff who has done it (`by`) reads so in the answer to the tap or the words, and not once more in a notice.
        Whoever gets a notice in their own right isn't told that they get it for want of somebody on duty.
        """
        found = [
            (complaint, notice, recipient)
            for complaint, notice in notices
            for recipient in await recipients.recipients(
                self, notice.recipient, complaint, notice.complainant, notice.party
            )
        ]
        heard = any(notice.audience is Audience.COMPANY and not to.in_group for _, notice, to in found)
        told: set[tuple[int, Audience]] = set()
        own = {(_mark(notice, to), notice.kind) for _, notice, to in found if to.instead_of is None}
        for complaint, notice, recipient in found:
            mark = _mark(notice, recipient)
            stands_in = recipient.instead_of is RecipientRole.DUTY and (mark, notice.kind) in own
            if mark in told or stands_in or (heard and _reminds_a_group(notice, recipient)):
                continue
            told.add(mark)
            if not await self._answered(complaint, notice, recipient, by):
                await self.post(complaint, notice, seq, recipient, words)

    async def _answered(self, complaint: Complaint, notice: Notice, to: Recipient, by: int | None) -> bool:
        """Whether the notice only says again what its reader has just done as staff."""
        if by is None or to.in_group or to.destination.person != by or notice.kind in GIVES_WORK:
            return False
        of_staff = notice.audience is not Audience.RESIDENT
        return of_staff and await cases.household_of(self, complaint.id, by) is None

    async def post(self, complaint: Complaint, notice: Notice, seq: int, to: Recipient, words: int | None) -> None:
        """Put one notice of an event into the outbox; what stands in for a person in a group says no more."""
        self.posted.append((complaint.id, notice.recipient, to))
        kind = kind_in_group(notice) if to.in_group else notice.kind
        values: dict[str, Any] = {
            "destination": to.destination.id,
            "priority": int(notice.priority),
            "complaint": complaint.id,
            "seq": seq,
            "recipient_role": notice.recipient.value,
            "household": to.household,
        }
        key = f"{complaint.id}:{seq}:{kind}:{to.destination.id}"
        missed = to.instead_of or to.deputising
        instead_of = missed.value if missed else None
        outbox.put(self, key, kind=kind, facts={"instead_of": instead_of}, **values)
        if not to.in_group and (said := await self.said(notice.statement(complaint, words))):
            for n, batch in enumerate(batches(said.media)):
                facts = {"words": said.id, "files": [asdict(f) for f in batch]}
                outbox.put(self, f"{key}:files{n}", method="files", kind="files", facts=facts, **values)

    def say(
        self, destination: int, key: str, content: Any, *, priority: Priority = Priority.REPLY, **values: Any
    ) -> str:
        """What somebody waits for after a tap or words: rendered already, sent before all notices unless it is late.

        Returns its key in the outbox.
        """
        self.put_reply(f"reply:{key}", destination, content, priority, **values)
        return f"reply:{key}"

    def put_reply(self, key: str, destination: int, content: Any, priority: Priority, **values: Any) -> None:
        """The same under a key of the outbox."""
        also = {"kind": "reply", "rendered": content, **values}
        outbox.put(self, key, destination=destination, priority=int(priority), **also)


class Store(Database):
    """Opens works on one database."""

    @asynccontextmanager
    async def work(self, now: datetime, real: float | None = None) -> AsyncIterator[Work]:
        """A work at the case instant `now`; without `commit` it writes nothing. For reading alone `real` may lack."""
        async with self.reading_now() as reading:
            yield Work(self, reading, now, real)
