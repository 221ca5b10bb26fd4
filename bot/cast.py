"""Who can be played on the page? The people of a sample city around one project, as the registry has them."""

from collections.abc import Iterator
from dataclasses import dataclass

from complaints.people import Appointment, District, Project, Role
from storage.registry_checks import Registry

RESIDENTS = (("resident", "王女士", "13900000001"), ("resident2", "李先生", "13900000002"))
OPEN = ("resident", "manager", "head", "group")


@dataclass(frozen=True, kw_only=True)
class Part:
    """Somebody to play: `role` as `views.parts.role` knows it, `home` the project of a resident."""

    key: str
    name: str
    phone: str
    role: str
    home: str = ""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a sample city's story plays, and who is in it; `groups` are (key, title, who binds it)."""

    project: Project
    district: District
    parts: tuple[Part, ...]
    groups: tuple[tuple[str, str, str], ...]


def settings(registry: Registry) -> dict[str, Setting]:
    """One setting for every pack that a district with a project follows, by the pack's id."""
    districts = {district.code: district for district in registry.districts}
    found: dict[str, Setting] = {}
    for project in registry.projects:
        district = districts[project.district]
        if district.pack not in found:
            found[district.pack] = _setting(registry, project, district)
    return found


def _setting(registry: Registry, project: Project, district: District) -> Setting:
    staff = tuple(_staff(registry, project, district))
    keys = {part.key for part in staff}
    residents = tuple(
        Part(key=key, name=name, phone=phone, role="resident", home=project.code) for key, name, phone in RESIDENTS
    )
    groups = [("group", f"{district.name}住建工作群", "officer"), ("city_group", f"{district.city}住建工作群", "city")]
    return Setting(
        project=project,
        district=district,
        parts=(*residents, *staff),
        groups=tuple(group for group in groups if group[2] in keys),
    )


def _staff(registry: Registry, project: Project, district: District) -> Iterator[Part]:
    street = f"{district.code}/{project.street}"
    wanted = (
        ("manager", Role.PROJECT_MANAGER, project.code),
        ("deputy", Role.DEPUTY_MANAGER, project.code),
        ("head", Role.COMPANY_HEAD, project.company),
        ("officer", Role.DISTRICT_OFFICER, district.code),
        ("section_head", Role.SECTION_HEAD, district.code),
        ("city", Role.CITY_OFFICER, district.city),
        ("street", Role.STREET_OFFICER, street),
        ("community", Role.COMMUNITY_WORKER, f"{street}/{project.community}"),
        ("grid", Role.GRID_LEADER, project.code),
        ("inspector", Role.INSPECTOR, district.city),
    )
    taken: set[str] = set()
    for key, role, scope in wanted:
        for number, found in enumerate(a for a in registry.appointments if (a.role, a.scope) == (role, scope)):
            taken.add(found.phone)
            yield _part(key if number == 0 else f"{key}{number + 1}", found)
    yield from _strangers(registry, district, taken)


def _strangers(registry: Registry, district: District, taken: set[str]) -> Iterator[Part]:
    """A department of the district, and an officer of another district of the same city."""
    neighbours = {d.code for d in registry.districts if d.city == district.city and d.code != district.code}
    for key, role, fits in (
        ("department", Role.DEPARTMENT_OFFICER, lambda scope: scope.partition("/")[0] == district.code),
        ("other_officer", Role.DISTRICT_OFFICER, lambda scope: scope in neighbours),
    ):
        found = next((a for a in registry.appointments if a.role is role and fits(a.scope)), None)
        if found is not None and found.phone not in taken:
            yield _part(key, found)


def _part(key: str, found: Appointment) -> Part:
    return Part(key=key, name=found.name, phone=found.phone, role=found.role.value)
