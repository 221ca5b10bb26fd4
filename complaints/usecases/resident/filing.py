"""A resident files a case, or joins one that is open already."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from complaints.errors import AlreadyIn, NotFound, TooLate, TooManyToday, UnknownCode
from complaints.model import events as e
from complaints.model.complaint import Complaint
from complaints.model.people import Actor, File, Home, Household
from complaints.policy.catalogue import is_unsaid
from complaints.policy.pack import Pack
from complaints.usecases.departments import department_in_danger
from complaints.usecases.ports import Work
from complaints.usecases.record import load, open_case, record
from complaints.usecases.statements import speaks

A_DAY = 10  # ours: cases of a resident; a flat with ten different faults at once is rarer than a flood


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the resident has put together; `contact` is phone, bot or anonymous."""

    text: str
    media: tuple[File, ...] = ()
    matter: str
    kind: str
    danger: bool
    contact: str
    home: Home
    building: str


async def file(work: Work, actor: Actor, draft: Draft, filed_by: int | None = None) -> Complaint:
    """File the draft at `work.now`, by the actor or by somebody else for the actor (`filed_by`, a person id).

    UnknownCode where the community has left the registry meanwhile.
    """
    place = await work.place(draft.home.project)
    if place is None:
        raise UnknownCode
    pack = await work.pack_of(place.district)
    if not draft.danger and filed_by is None:
        await _refuse_flood(work, actor, pack)
    complaint_id, complainant = work.new_id(), work.new_id()
    event = e.Filed(
        number=await _number(work, place.district, pack),
        pack=pack.id,
        project=place.project,
        company=place.company,
        district=place.district,
        city=place.city,
        street=place.street,
        community=place.community,
        matter=draft.matter,
        kind=draft.kind,
        danger=draft.danger,
        building=draft.building,
        complainant=complainant,
        words=work.keep(complaint_id, draft.text, draft.media, actor.person),
        filed_by=filed_by,
        handler=pack.first_handler,
        voice=speaks(draft.media),
        department=department_in_danger(work.rules, draft.matter, pack) if draft.danger else "",
    )
    _household(work, complainant, complaint_id, actor, draft.home, draft.contact)
    return await open_case(work, actor, complaint_id, event)


async def _refuse_flood(work: Work, actor: Actor, pack: Pack) -> None:
    """TooManyToday for a resident's eleventh case of a civil day."""
    midnight = work.now.astimezone(ZoneInfo(pack.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    if actor.person is None or actor.is_staff or await work.filed_since(actor.person, midnight) < A_DAY:
        return
    raise TooManyToday(limit=A_DAY)


def _household(work: Work, household: int, complaint: int, actor: Actor, home: Home, contact: str) -> None:
    if actor.person is None:
        raise NotFound
    work.add_household(
        Household(
            id=household,
            complaint=complaint,
            person=actor.person,
            building=home.building,
            room=home.room,
            contact=contact,
        )
    )


async def _number(work: Work, district: str, pack: Pack) -> str:
    """District code + yyyymmddHHMMSS of the pack's time zone + a two-digit counter, never reused."""
    moment = work.now.astimezone(ZoneInfo(pack.timezone))
    prefix = f"{district}{moment:%Y%m%d%H%M%S}"
    last = await work.last_number(prefix)
    return f"{prefix}{int((last or prefix + '00')[len(prefix) :]) + 1:02d}"


async def alike(work: Work, home: Home, matter: str) -> list[Complaint]:
    """Open cases of the same matter in the same community within the pack's days, newest first.

    Those of which nobody has said what they are have nothing in common.
    """
    place = await work.place(home.project)
    if place is None or is_unsaid(matter):
        return []
    pack = await work.pack_of(place.district)
    return await work.alike(place.project, matter, work.now - timedelta(days=pack.alike_days))


async def join(work: Work, actor: Actor, complaint_id: int, draft: Draft) -> Complaint:
    """One more household of the same case, with its own words; AlreadyIn for one that belongs to it."""
    complaint = await load(work, complaint_id)
    if complaint.place.project != draft.home.project:
        raise NotFound
    if not complaint.is_open:
        raise TooLate(state=complaint.state)
    home = (draft.home.building, draft.home.room)
    if not (draft.danger or complaint.danger):
        await _refuse_flood(work, actor, work.rules.packs[complaint.pack])
    for other in await work.households(complaint_id):
        if other.active and (other.person == actor.person or (all(home) and home == (other.building, other.room))):
            raise AlreadyIn
    complainant = work.new_id()
    said = work.keep(complaint_id, draft.text, draft.media, actor.person) if draft.text or draft.media else None
    _household(work, complainant, complaint_id, actor, draft.home, draft.contact)
    return await record(
        work, actor, complaint, [e.Joined(complainant=complainant, words=said, voice=speaks(draft.media))]
    )
