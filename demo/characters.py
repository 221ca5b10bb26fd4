"""The characters of the demo: people of the sample registry around one project of each pack."""

from collections.abc import Iterator
from dataclasses import dataclass

from complaints.model.people import Appointment, District, Project, Role
from complaints.registry_schema import Registry

RESIDENTS = (("resident", "王女士", "Ms Wang", "13900000001"), ("resident2", "李先生", "Mr Li", "13900000002"))
STEMS = "甲乙丙丁戊己庚辛壬癸"  # the sample registry's people are called by these
OPEN = ("resident", "manager", "head", "group")


@dataclass(frozen=True, kw_only=True)
class Character:
    """Somebody to play: `role` as `terms.role` knows it, `where` its place, `home` the project of a resident.

    `english` is the name for those who read no Chinese; empty where the role will do.
    """

    key: str
    name: str
    english: str
    phone: str
    role: str
    where: str
    home: str = ""

    @property
    def letter(self) -> str:
        """The letter that distinguishes people of one role in English: 甲 is A."""
        place = STEMS.find(self.name[-1:])
        return chr(ord("A") + place) if place >= 0 else ""


@dataclass(frozen=True, kw_only=True)
class SceneSetup:
    """Where a sample city's story plays, and who is in it; `groups` are (key, title, who binds it)."""

    project: Project
    district: District
    parts: tuple[Character, ...]
    groups: tuple[tuple[str, str, str], ...]


def settings(registry: Registry) -> dict[str, SceneSetup]:
    """One setting for every pack that a district with a project follows, by the pack's id."""
    districts = {district.code: district for district in registry.districts}
    found: dict[str, SceneSetup] = {}
    for project in registry.projects:
        district = districts[project.district]
        if district.pack not in found:
            found[district.pack] = _setting(registry, project, district)
    return found


def _setting(registry: Registry, project: Project, district: District) -> SceneSetup:
    staff = tuple(_staff(registry, project, district))
    keys = {part.key for part in staff}
    residents = tuple(
        Character(
            key=key, name=name, english=english, phone=phone, role="resident", where=project.name, home=project.code
        )
        for key, name, english, phone in RESIDENTS
    )
    groups = [("group", f"{district.name}住建工作群", "officer"), ("city_group", f"{district.city}住建工作群", "city")]
    return SceneSetup(
        project=project,
        district=district,
        parts=(*residents, *staff),
        groups=tuple(group for group in groups if group[2] in keys),
    )


def _staff(registry: Registry, project: Project, district: District) -> Iterator[Character]:
    street = f"{district.code}/{project.street}"
    company = next((company.name for company in registry.companies if company.code == project.company), "")
    wanted = (
        ("manager", Role.PROJECT_MANAGER, project.code, project.name),
        ("deputy", Role.DEPUTY_MANAGER, project.code, project.name),
        ("head", Role.COMPANY_HEAD, project.company, company),
        ("officer", Role.DISTRICT_OFFICER, district.code, district.name),
        ("section_head", Role.SECTION_HEAD, district.code, district.name),
        ("city", Role.CITY_OFFICER, district.city, district.city),
        ("street", Role.STREET_OFFICER, street, project.street),
        ("community", Role.COMMUNITY_WORKER, f"{street}/{project.community}", project.community),
        ("grid", Role.GRID_LEADER, project.code, project.name),
        ("steward", Role.STEWARD, project.code, project.name),
        ("delegate", Role.HEAD_DELEGATE, project.company, company),
        ("committee", Role.OWNERS_COMMITTEE, project.code, project.name),
        ("inspector", Role.INSPECTOR, district.city, district.city),
    )
    taken: set[str] = set()
    for key, role, scope, where in wanted:
        for number, found in enumerate(a for a in registry.appointments if (a.role, a.scope) == (role, scope)):
            taken.add(found.phone)
            yield _part(key if number == 0 else f"{key}{number + 1}", found, where)
    yield from _strangers(registry, district, taken)


def _strangers(registry: Registry, district: District, taken: set[str]) -> Iterator[Character]:
    """A department of the district, and an officer of another district of the same city."""
    names = {d.code: d.name for d in registry.districts}
    neighbours = {d.code for d in registry.districts if d.city == district.city and d.code != district.code}
    for key, role, fits in (
        ("department", Role.DEPARTMENT_OFFICER, lambda scope: scope.partition("/")[0] == district.code),
        ("other_officer", Role.DISTRICT_OFFICER, lambda scope: scope in neighbours),
    ):
        found = next((a for a in registry.appointments if a.role is role and fits(a.scope)), None)
        if found is not None and found.phone not in taken:
            yield _part(key, found, names.get(found.scope, district.name))


def _part(key: str, found: Appointment, where: str) -> Character:
    return Character(key=key, name=found.name, english="", phone=found.phone, role=found.role.value, where=where)
