"""Accounts that have lost a duty to somebody else: they and whoever stands above are told, once."""

from complaints.model.people import Appointment, Role
from complaints.notifications.notices import Priority
from scheduler.job import Job
from storage.messaging import outbox
from storage.queries.scope_names import scope_name
from storage.repositories import destinations, displacements, ledger, people
from storage.tables import DisplacementRow
from storage.work import Work
from views.framework.screen import Screen
from views.framework.translator import Translator, translator
from views.officer import displacement as views


class DisplacedAccounts(Job):
    """Reads what a load of the registry or a shared number has left behind, whichever process wrote it."""

    name = "displaced_accounts"

    async def step(self) -> bool:
        async with self.work() as work:
            found = await displacements.untold(work)
            for displaced in found:
                await _tell(work, displaced)
            await work.commit()
        if found:
            self.wake_dispatcher()
        return bool(found)


async def _tell(work: Work, displaced: DisplacementRow) -> None:
    """The account itself, unless it has the duty again by now, and those above."""
    displacements.told(work, displaced.id)
    role, scope = Role(displaced.role), displaced.scope
    held = Appointment(role=role, scope=scope, name="", phone="", since=displaced.since)
    note = {"person": displaced.person, "role": held.key, "why": displaced.why}
    await ledger.note(work, ledger.OUTSIDE, "StaffDisplaced", note, None, work.now)
    renamed = displaced.why == displacements.RENAMED
    if not any(a.key == held.key for a in await people.appointments_of(work, displaced.person)):
        t = await _reader(work, displaced.person)
        name = await scope_name(work, held, t)
        await _say(work, displaced, displaced.person, views.you_are_displaced(t, role, name, renamed=renamed))
    above = {a.person for a in await displacements.superiors(work, role, scope)} - {None, displaced.person}
    for person in sorted(p for p in above if p is not None):
        t = await _reader(work, person)
        name = await scope_name(work, held, t)
        await _say(work, displaced, person, views.has_changed_hands(t, role, name, renamed=renamed))


async def _reader(work: Work, person: int) -> Translator:
    found = await people.by_id(work, person)
    return translator(found.language if found else "zh")


async def _say(work: Work, displaced: DisplacementRow, person: int, screen: Screen) -> None:
    private = await destinations.of_person(work, person)
    if private is not None and private.reachable:
        key = f"displaced:{displaced.id}:{private.id}"
        outbox.put(
            work, key, destination=private.id, priority=int(Priority.REPORT), kind="reply", rendered=screen.dump()
        )
