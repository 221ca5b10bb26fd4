"""Of several cases what a verb reads of one, in a read of each kind."""

from collections.abc import Collection

from storage.repositories import cases, destinations, duties, followers, ledger, outages, people
from storage.work import Work


async def look_up(work: Work, complaints: Collection[int]) -> None:
    """So that verbs of these cases, and telling whom they concern, ask for little more; comes before any of them."""
    await cases.look_up(work, complaints)
    await followers.look_up(work, complaints)
    await ledger.look_up(work, complaints)
    found = [case for one in complaints if (case := await work.complaint(one))]
    if begun := [clock.started for case in found for clock in case.clocks]:
        await outages.look_up(work, min(begun))
    scopes = dict.fromkeys(scope for case in found for scope in case.place.scopes)
    await people.look_up(work, scopes)
    await duties.look_up(work, dict.fromkeys(case.place.project for case in found))
    residents = {household.person for case in found for household in await work.households(case.id)} - {None}
    await destinations.look_up(work, residents | await people.everybody_over(work, [*scopes]))
