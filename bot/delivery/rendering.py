"""Rendering of outbox messages when first claimed: language, entitlement, and whether a notice still has a point."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.logs import origin
from complaints.case_view import CaseView
from complaints.errors import Refusal
from complaints.lifecycle.permissions import relations
from complaints.model.complaint import Complaint
from complaints.model.people import Actor, Household, Person
from complaints.notifications.notices import Priority
from complaints.time import periods
from complaints.usecases.company import answers
from storage.messaging import outbox_batching, sent_messages
from storage.messaging.live_messages import SPENT, SUPERSEDED, Card
from storage.messaging.message_deletion import BLANK
from storage.messaging.outbox import OutboxMessage
from storage.privacy.data_export import holding
from storage.queries import case_views
from storage.repositories import cases, destinations, ledger, people
from storage.repositories.destinations import Destination
from storage.work import Work
from views import notices
from views.batches import Entry, bare, entry, together
from views.company import notices as company_notices
from views.documents.own_data import own_data
from views.framework.screen import Screen
from views.framework.translator import Translator, translator

log = structlog.get_logger("rendering")
GROUP_LANGUAGE = "zh"


async def render(work: Work, message: OutboxMessage) -> Screen | None:
    """The screen of a message: the one that was sent before, or a fresh one; None where it has no point any more."""
    if message.rendered is not None and message.kind != outbox_batching.DIGEST:
        if not await _still_theirs(work, message):
            return None
        if message.repeat and message.kind in notices.VIEWS and await _notice(work, message) is None:
            return None  # it has lost its point meanwhile
        screen = Screen.load(message.rendered)
        return replace(screen, buttons=()) if message.kind.endswith(SPENT) else screen
    return await RENDERERS.get(message.kind, RENDERERS.get(message.method, _notice))(work, message)


async def _leaving(work: Work, message: OutboxMessage) -> Screen | None:
    where = await destinations.by_id(work, message.destination)
    return Screen("") if where is not None and not where.scope else None


async def _deleting(work: Work, message: OutboxMessage) -> Screen | None:
    """Rights aren't checked: who may read or do it no more should all the less go on seeing it."""
    return Screen("")


async def _blank(work: Work, message: OutboxMessage) -> Screen | None:
    return notices.blank(await translator_of(work, message.destination))


async def translator_of(work: Work, destination: int) -> Translator:
    """The recipient's language; groups read Chinese."""
    return (await _recipient(work, destination))[0]


async def _recipient(work: Work, destination: int) -> tuple[Translator, Destination | None, Person | None]:
    where = await destinations.by_id(work, destination)
    person = await people.by_id(work, where.person) if where and where.person else None
    return translator(person.language if person else GROUP_LANGUAGE), where, person


async def _case(work: Work, message: OutboxMessage) -> Complaint | None:
    return await work.complaint(message.complaint) if message.complaint is not None else None


async def _still_theirs(work: Work, message: OutboxMessage) -> bool:
    """Rights are judged again before every send, also of what was rendered before.

    Whoever has left the case still gets the answer to their own act.
    """
    complaint = await _case(work, message)
    _, where, person = await _recipient(work, message.destination)
    if complaint is None or where is None:
        return person is None or not message.facts.get("staff") or (await people.actor(work, person)).is_staff
    household = await cases.household_of(work, complaint.id, person.id if person else None)
    if await _entitled(work, complaint, where, person, household):
        return True
    return person is not None and any(h.person == person.id for h in await work.households(complaint.id))


HELD_BACK = ("document", "location")  # what keeps what a camera writes into it, and where somebody stood


async def _files(work: Work, message: OutboxMessage) -> Screen | None:
    """Files of a statement, while the recipient may still see them and they were not erased."""
    complaint = await _case(work, message)
    _, where, person = await _recipient(work, message.destination)
    said = await cases.said(work, int(message.facts["words"]))
    if complaint is None or where is None or said is None:
        return None
    household = await cases.household_of(work, complaint.id, person.id if person else None)
    if not await _entitled(work, complaint, where, person, household):
        return None
    wanted = {f["file_id"] for f in message.facts["files"]}
    files = tuple(f for f in said.media if f.file_id in wanted)
    if await _hidden_from(work, complaint, person, said.person):
        files = tuple(f for f in files if f.kind not in HELD_BACK)
    theirs = any(h.person == said.person for h in await work.households(complaint.id))
    return Screen(complaint.number, files=files, protected=theirs and household is None) if files else None


async def _hidden_from(work: Work, complaint: Complaint, reader: Person | None, speaker: int | None) -> bool:
    """Whether this recipient is of the company and may not learn whose statement it is (「不让物业知道我是谁」)."""
    household = await cases.household_of(work, complaint.id, speaker)
    if household is None or household.contact != "anonymous" or reader is None:
        return False
    return (await people.actor(work, reader)).is_company  # a handler who was named may come from another project


async def _phone(work: Work, message: OutboxMessage) -> Screen | None:
    """The numbers that may be called, as they are now, while the recipient may still see them."""
    complaint = await _case(work, message)
    t, where, person = await _recipient(work, message.destination)
    if complaint is None or where is None or where.kind != "private" or person is None:
        return None
    who = await people.actor(work, person)
    try:
        households = await answers.callable_by(work, who, complaint)
    except Refusal:
        return None
    numbers = await people.phones(work, [h.person for h in households])
    if not numbers:
        return None
    return replace(
        company_notices.phone(t, await case_views.load(work, complaint, reader=who), numbers), protected=True
    )


async def _own_data(work: Work, message: OutboxMessage) -> Screen | None:
    """A person's own data, to that person and nobody else."""
    t, where, person = await _recipient(work, message.destination)
    if where is None or where.kind != "private" or person is None or person.id != message.facts["person"]:
        return None
    return own_data(t, await holding(work, person), message.facts["format"])


async def _case_view(work: Work, message: OutboxMessage) -> tuple[Translator, CaseView] | None:
    """The case view for the message's recipient; None where they may not see the case any more, or it has no point."""
    complaint = await _case(work, message)
    t, where, person = await _recipient(work, message.destination)
    if complaint is None or where is None:
        return None
    household = await cases.household_of(work, complaint.id, person.id if person else None)
    if not await _entitled(work, complaint, where, person, household):
        return None
    case_view = await case_views.load(
        work,
        complaint,
        reader=await people.actor(work, person) if person else None,
        household=household if message.household is not None else None,
        recorded=await ledger.of_event(work, complaint.id, message.seq),
        instead_of=message.facts.get("instead_of"),
        recipient=message.recipient_role,
    )
    return (t, case_view) if notices.has_point(message.kind, case_view) else None


async def _notice(work: Work, message: OutboxMessage) -> Screen | None:
    found = await _case_view(work, message)
    if found is None:
        return None
    t, case_view = found
    screen = notices.render(t, message.kind, case_view)
    quiet = _at_night(work, case_view.case) and message.priority != Priority.REPLY
    return replace(screen, silent=True) if quiet and not case_view.case.danger else screen


async def _digest(work: Work, message: OutboxMessage) -> Screen | None:
    """Every notice of a queue that still has a point, judged one by one."""
    entries, gone = [], []
    for told in await outbox_batching.told_in(work, message):
        found = await _case_view(work, told)
        if found is None:
            gone.append(told)
        else:
            entries.append(_entry(told, *found))
    outbox_batching.drop(work, gone)
    t, where, _ = await _recipient(work, message.destination)
    return together(t, entries, in_group=message.group) if entries and where is not None else None


def _entry(told: OutboxMessage, t: Translator, case_view: CaseView) -> Entry:
    """A notice of a digest that can't be rendered keeps no other back: its case number is shown all the same."""
    try:
        return entry(t, case_view, notices.render(t, told.kind, case_view))
    except Exception as error:  # noqa: BLE001 - whatever its view did
        log.error("not rendered", kind=told.kind, why=origin(error))
        return bare(t, case_view)


def _at_night(work: Work, complaint: Complaint) -> bool:
    """Between the pack's silent hours, messages about cases that are not urgent arrive silently."""
    pack = work.rules.packs[complaint.pack]
    return periods.is_silent(work.now, pack.silent_hours, pack.hours(work.rules.workdays).timezone)


async def _entitled(
    work: Work, complaint: Complaint, where: Destination, person: Person | None, household: Household | None
) -> bool:
    """A group must still be bound to the case's district or city, a person must still stand to the case."""
    if where.kind == "group":
        return where.scope in (complaint.place.district, complaint.place.city)
    if person is None:
        return False
    who: Actor = await people.actor(work, person)
    return bool(relations(who, complaint, household))


RENDERERS: dict[str, Callable[[Work, OutboxMessage], Awaitable[Screen | None]]] = {
    "leave": _leaving,
    "delete": _deleting,
    "commands": _deleting,
    BLANK: _blank,
    "files": _files,
    "phone": _phone,
    "own_data": _own_data,
    outbox_batching.DIGEST: _digest,
}  # by kind or method; everything else is a notice


async def _as_told(work: Work, card: Card, complaint: Complaint) -> CaseView | None:
    """The case with the event that a group was told of, and with what has happened since."""
    seq = await sent_messages.told_by(work, card.complaint, card.destination, card.message_id)
    recorded = await ledger.of_event(work, complaint.id, seq) if seq else None
    if recorded is None:
        return None
    return await case_views.load(work, complaint, recorded=recorded, recipient=card.recipient_role, with_history=True)


async def redraw(work: Work, card: Card) -> tuple[Screen, int] | None:
    """A live card as the case is now, with the version that it shows; None for one that nobody may read any more."""
    complaint = await work.complaint(card.complaint)
    t, where, person = await _recipient(work, card.destination)
    if complaint is None or where is None:
        return None
    household = await cases.household_of(work, complaint.id, person.id if person else None)
    if not await _entitled(work, complaint, where, person, household):
        return None
    if card.group:
        case_view = await _as_told(work, card, complaint)
    else:
        reader = await people.actor(work, person) if person else None
        case_view = await case_views.load(work, complaint, reader=reader, household=household)
    if case_view is None:
        return None
    kind = card.kind.removesuffix(SUPERSEDED)
    return notices.live(t, kind, case_view, superseded=card.is_superseded), complaint.version
