import csv
from datetime import date
from pathlib import Path
from storage import tables
from complaints.phones import normal_phone
async def load_sample(engine, now, packs):
    base = Path("/work/shared/data/sample")
    def rows(n):
        return list(csv.DictReader((base/f"{n}.csv").open(encoding="utf-8-sig")))
    async with engine.begin() as c:
        await c.execute(tables.DistrictRow.__table__.insert(), rows("districts"))
        await c.execute(tables.CompanyRow.__table__.insert(), rows("companies"))
        await c.execute(tables.ProjectRow.__table__.insert(), rows("projects"))
        await c.execute(tables.RoleRow.__table__.insert(), [dict(name=r["name"], phone=normal_phone(r["phone"]), role=r["role"], scope=r["scope"], since=date.fromisoformat(r["from"]), until=None, person=None) for r in rows("people")])
