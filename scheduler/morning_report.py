"""The morning report: at 08:30 on working days, to each district's bound group."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from complaints.model.people import District
from complaints.notifications.notices import Priority
from scheduler.job import Clock, Job
from storage.messaging import outbox
from storage.queries import figures, overdue_cases
from storage.repositories import destinations, places
from storage.repositories.destinations import Destination
from storage.repositories.people import CIVIL
from storage.work import Store, Work
from views.framework.screen import Screen
from views.framework.translator import translator
from views.officer import lists

BEGIN, END = time(8, 30), time(9, 0)  # a report that an outage has delayed beyond END is left out


class MorningReport(Job):
    """`wake_dispatcher` is called when a report was written."""

    name = "morning_report"

    def __init__(
        self,
        store: Store,
        clock: Clock,
        wake_dispatcher: Callable[[], None],
    ) -> None:
        super().__init__(store, clock, wake_dispatcher)
        self._last: date | None = None

    async def step(self) -> bool:
        """Write today's reports, once; False where it isn't time or they are written already."""
        local = self.now().astimezone(CIVIL)
        if not BEGIN <= local.time() < END or self._last == local.date():
            return False
        if not self.store.rules.workdays.is_working(local.date()):
            return False
        async with self.work() as work:
            for group in await destinations.groups(work):
                await self._report(work, group, local)
            await work.commit()
        self._last = local.date()
        self.wake_dispatcher()
        return True

    async def _report(self, work: Work, group: Destination, local: datetime) -> None:
        district = await places.district(work, group.scope)
        if district is None:  # a city's group gets no morning report
            return
        screen = await self._screen(work, district, local)
        key = f"digest:{group.id}:{local.date()}"
        outbox.put(
            work,
            key,
            destination=group.id,
            priority=int(Priority.REPORT),
            kind="digest",
            rendered=screen.dump(),
        )

    async def _screen(self, work: Work, district: District, local: datetime) -> Screen:
        """Yesterday's figures, and each overdue case by name until somebody has acted on it."""
        yesterday = datetime.combine(local.date() - timedelta(days=1), time(), CIVIL)
        counted = await figures.since(work, "district", [district.code], yesterday)
        late = await overdue_cases.page_of(work, "district", district.code, 0)
        return lists.digest(translator("zh"), district.name, counted, late)
