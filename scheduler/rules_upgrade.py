"""The job that gives the open cases of an earlier version the clocks of today's rules, a few at a time."""

from complaints.usecases import rules_upgrade
from scheduler.job import Job
from storage.db.unit_of_work import Conflict
from storage.repositories import cases, ledger

BATCH = 20


class RulesUpgrade(Job):
    """Runs until every case is by today's rules; then it asks no more."""

    name = "rules_upgrade"
    done = False

    async def step(self) -> bool:
        if self.done:
            return False
        async with self.work() as reading:
            waiting = await cases.by_earlier_rules(reading, BATCH)
        self.done = not waiting
        for case in waiting:
            await self._upgrade(case)
        return bool(waiting)

    async def _upgrade(self, case: int) -> None:
        try:
            async with self.work() as work:
                if (complaint := await work.complaint(case)) is None:
                    return
                history = [(r.event, r.at) for r in await ledger.history(work, case)]
                await rules_upgrade.upgrade(work, complaint, history)
                await work.commit()
        except Conflict:
            return  # somebody has just acted on it: the next step tries again
