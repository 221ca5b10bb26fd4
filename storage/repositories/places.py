"""Communities, companies and districts."""

from collections.abc import Collection

from sqlalchemy import bindparam, func, or_, select

from complaints.model.people import Company, District, Office, OfficeKind, Place, Project
from storage.db.shared_reads import Topic, shared
from storage.db.unit_of_work import UnitOfWork
from storage.tables import COMPANY, DISTRICT, OFFICE, PROJECT, CompanyRow, DistrictRow, OfficeRow, ProjectRow

THE_PROJECT = select(PROJECT).where(PROJECT.c.code == bindparam("code"))
ANY_CASE = select(PROJECT).where(func.lower(PROJECT.c.code) == bindparam("code"))
THE_COMPANY = select(COMPANY).where(COMPANY.c.code == bindparam("code"))
THE_DISTRICT = select(DISTRICT).where(DISTRICT.c.code == bindparam("code"))
THE_OFFICE = select(OFFICE).where(
    OFFICE.c.district == bindparam("district"), OFFICE.c.kind == bindparam("kind"), OFFICE.c.name == bindparam("name")
)


def _project(r: ProjectRow) -> Project:
    return Project(
        code=r.code,
        name=r.name,
        company=r.company,
        district=r.district,
        street=r.street,
        community=r.community,
        address=r.address,
        phone=r.phone,
        hours=r.hours,
        households=r.households,
        high_rise=r.high_rise,
        direct_power=r.direct_power,
    )


def _district(r: DistrictRow) -> District:
    return District(
        code=r.code,
        name=r.name,
        city=r.city,
        pack=r.pack,
        phone=r.phone,
        hours=r.hours,
        lift_rescue=r.lift_rescue,
        gas_rescue=r.gas_rescue,
    )


@shared(Topic.REGISTRY)
async def project(work: UnitOfWork, code: str) -> Project | None:
    """By its code; links may have it in other letters, upper or lower."""
    row = await work.first_of(ProjectRow, THE_PROJECT, code=code)
    row = row or await work.first_of(ProjectRow, ANY_CASE, code=code.lower())
    return _project(row) if row else None


@shared(Topic.REGISTRY)
async def company(work: UnitOfWork, code: str) -> Company | None:
    row = await work.first_of(CompanyRow, THE_COMPANY, code=code)
    return Company(code=row.code, name=row.name, phone=row.phone, hours=row.hours) if row else None


@shared(Topic.REGISTRY)
async def district(work: UnitOfWork, code: str) -> District | None:
    row = await work.first_of(DistrictRow, THE_DISTRICT, code=code)
    return _district(row) if row else None


@shared(Topic.REGISTRY)
async def office(work: UnitOfWork, district_code: str, kind: OfficeKind, name: str) -> Office | None:
    row = await work.first_of(OfficeRow, THE_OFFICE, district=district_code, kind=kind.value, name=name)
    return Office(kind=kind, district=row.district, name=row.name, phone=row.phone, hours=row.hours) if row else None


async def place(work: UnitOfWork, project_code: str) -> Place | None:
    """The project and all above it."""
    found = await project(work, project_code)
    above = await district(work, found.district) if found else None
    if found is None or above is None:
        return None
    return Place(
        project=found.code,
        company=found.company,
        district=found.district,
        city=above.city,
        street=found.street,
        community=found.community,
    )


async def districts(work: UnitOfWork) -> list[District]:
    """Districts that have a community, in the registry's order of codes."""
    used = select(PROJECT.c.district)
    listed = select(DISTRICT).where(DISTRICT.c.code.in_(used)).order_by(DISTRICT.c.code)
    return [_district(r) for r in await work.rows_of(DistrictRow, listed)]


async def districts_of(work: UnitOfWork, codes: Collection[str], cities: Collection[str]) -> list[District]:
    """The districts of these codes, and all of these cities."""
    wanted = or_(DISTRICT.c.code.in_(codes), DISTRICT.c.city.in_(cities))
    listed = select(DISTRICT).where(wanted).order_by(DISTRICT.c.code)
    return [_district(r) for r in await work.rows_of(DistrictRow, listed)]


async def cities(work: UnitOfWork) -> set[str]:
    return {r.city for r in await work.rows(select(DISTRICT.c.city).distinct())}


async def search(
    work: UnitOfWork, words: str, district: str | None = None, city: str | None = None, limit: int = 8
) -> list[Project]:
    """Communities whose name contains the words, in the district (code) or city (name) where one is given."""
    query = select(PROJECT).where(PROJECT.c.name.contains(words, autoescape=True))
    if district:
        query = query.where(PROJECT.c.district == district)
    if city:
        query = query.where(PROJECT.c.district.in_(select(DISTRICT.c.code).where(DISTRICT.c.city == city)))
    return [_project(r) for r in await work.rows_of(ProjectRow, query.order_by(PROJECT.c.name).limit(limit))]


async def projects_of(work: UnitOfWork, company_codes: tuple[str, ...]) -> list[Project]:
    query = select(PROJECT).where(PROJECT.c.company.in_(company_codes)).order_by(PROJECT.c.code)
    return [_project(r) for r in await work.rows_of(ProjectRow, query)]


async def counts(work: UnitOfWork) -> dict[str, int]:
    tables = {"districts": DISTRICT, "companies": COMPANY, "projects": PROJECT}
    found = {}
    for name, table in tables.items():
        row = await work.first(select(func.count()).select_from(table))
        found[name] = row[0] if row else 0
    return found
