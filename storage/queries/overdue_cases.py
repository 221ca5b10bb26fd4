"""The overdue cases of an area, a page at a time."""

from complaints.model.complaint import Complaint
from complaints.overdue_page import SIZE, OverdueCase, OverduePage
from storage.repositories import cases, places
from storage.work import Work


async def page_of(work: Work, column: str, scope: str, number: int) -> OverduePage:
    """The page of that number; where the list has become shorter, its last one."""
    count, found = await cases.overdue(work, column, scope, number * SIZE, SIZE)
    if number and count and not found:
        return await page_of(work, column, scope, (count - 1) // SIZE)
    return OverduePage(number=number, count=count, cases=[await _named(work, case) for case in found])


async def _named(work: Work, case: Complaint) -> OverdueCase:
    project = await places.project(work, case.place.project)
    matter = work.rules.catalogue.get(case.matter).label
    return OverdueCase(case=case, matter=matter, project=project.name if project else "—")
