"""What does a message say? Judged when it is first claimed: language, entitlement, and whether it still has a point."""

from dataclasses import replace

from complaints import periods
from complaints.audience import Priority
from complaints.complaint import Complaint
from complaints.people import Actor, Household, Person
from complaints.permissions import standings
from storage import cases, destinations, dossiers, people
from storage.destinations import Destination
from storage.outbox import Card, Letter
from storage.work import Work
from views import notices
from views.screen import Screen
from views.translator import Translator, translator

GROUP_LANGUAGE = "zh"


async def render(work: Work, letter: Letter) -> Screen | None:
    """The screen of a letter: the one that was said before, or a fresh one; None where it has no point any more."""
    if letter.rendered is not None:
        screen = Screen.load(letter.rendered)
        if letter.repeat and letter.kind in notices.VIEWS and await _notice(work, letter) is None:
            return None  # it has lost its point meanwhile
    elif letter.method == "leave":
        where = await destinations.by_id(work, letter.destination)
        return Screen("") if where is not None and not where.scope else None
    elif letter.method == "files":
        fresh_files = await _files(work, letter)
        if fresh_files is None:
            return None
        screen = fresh_files
    else:
        fresh = await _notice(work, letter)
        if fresh is None:
            return None
        screen = fresh
    return screen


async def translator_of(work: Work, destination: int) -> Translator:
    """The reader's language; groups read Chinese."""
    return (await _reader(work, destination))[0]


async def _reader(work: Work, destination: int) -> tuple[Translator, Destination | None, Person | None]:
    where = await destinations.by_id(work, destination)
    person = await people.by_id(work, where.person) if where and where.person else None
    return translator(person.language if person else GROUP_LANGUAGE), where, person


async def _files(work: Work, letter: Letter) -> Screen | None:
    """Files of a saying, while the reader may still see them and they were not erased."""
    complaint = await work.complaint(letter.complaint)
    _, where, person = await _reader(work, letter.destination)
    said = await cases.said(work, int(letter.facts["words"]))
    if complaint is None or where is None or said is None:
        return None
    household = await cases.household_of(work, complaint.id, person.id if person else None)
    if not await _entitled(work, complaint, where, person, household):
        return None
    wanted = {f["file_id"] for f in letter.facts["files"]}
    files = tuple(f for f in said.media if f.file_id in wanted)
    return Screen(complaint.number, files=files) if files else None


async def _notice(work: Work, letter: Letter) -> Screen | None:
    complaint = await work.complaint(letter.complaint)
    t, where, person = await _reader(work, letter.destination)
    if complaint is None or where is None:
        return None
    household = await cases.household_of(work, complaint.id, person.id if person else None)
    if not await _entitled(work, complaint, where, person, household):
        return None
    dossier = await dossiers.dossier(
        work,
        complaint,
        reader=await people.actor(work, person) if person else None,
        household=household if letter.complainant is not None else None,
        recorded=await dossiers.of_event(work, complaint, letter.seq),
        instead_of=letter.facts.get("instead_of"),
    )
    if not notices.has_point(letter.kind, dossier):
        return None
    screen = notices.render(t, letter.kind, dossier)
    quiet = _at_night(work, complaint) and letter.priority != Priority.REPLY
    return replace(screen, silent=True) if quiet and not complaint.danger else screen


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
    return bool(standings(who, complaint, household))


async def redraw(work: Work, card: Card) -> tuple[Screen, int] | None:
    """A live card as the case is now, with the version that it shows; None for one that nobody may read any more."""
    complaint = await work.complaint(card.complaint)
    t, where, person = await _reader(work, card.destination)
    if complaint is None or where is None or person is None:
        return None
    household = await cases.household_of(work, complaint.id, person.id)
    if not await _entitled(work, complaint, where, person, household):
        return None
    reader = await people.actor(work, person)
    dossier = await dossiers.dossier(work, complaint, reader=reader, household=household)
    return notices.LIVE[card.kind](t, dossier), complaint.version
