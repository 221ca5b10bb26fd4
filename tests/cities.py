"""A city as large as a real one, made up line by line: 23 districts, 2,900 companies, 6,000 projects, 20,000 people."""

from itertools import islice

from complaints.registry_schema import COLUMNS

DISTRICTS, COMPANIES, PROJECTS, PEOPLE = 23, 2_900, 6_000, 20_000


def tables(people=PEOPLE):
    """The rows of each sheet, the header first, as strings."""
    bodies = {
        "districts": _districts(),
        "companies": ([f"c{n}", f"物业{n}", f"028-{81_000_000 + n}", "09:00-18:00"] for n in range(COMPANIES)),
        "projects": _projects(),
        "people": islice(_people(), people),
        "offices": ([f"d{n}", "department", "fire", f"028-{82_000_000 + n}", ""] for n in range(DISTRICTS)),
    }
    return {sheet: [[c.name for c in COLUMNS[sheet]], *body] for sheet, body in bodies.items()}


def write_csv(folder):
    folder.mkdir(exist_ok=True)
    for sheet, rows in tables().items():
        (folder / f"{sheet}.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    return folder


def write_workbook(path, sheets):
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for position, value in enumerate(row):
                    page.write_string(number, position, value)
    return path


def _districts():
    for n in range(DISTRICTS):
        yield [f"d{n}", f"第{n}区", "大市", "chengdu", f"028-{80_000_000 + n}", "09:00-18:00", "", ""]


def _projects():
    for n in range(PROJECTS):
        where = [f"c{n % COMPANIES}", f"d{n % DISTRICTS}", f"街道{n % 261}", f"社区{n % 3000}", f"路{n}号"]
        yield [f"p{n}", f"小区{n}", *where, f"028-{83_000_000 + n}", "", str(n % 3000), "否", "是"]


def _people():
    """Managers, deputies and duty persons of every project, then heads of companies, each with a number of its own."""
    places = [("project_manager", "p", PROJECTS), ("deputy_manager", "p", PROJECTS), ("company_head", "c", COMPANIES)]
    places.append(("duty_person", "p", PROJECTS))
    phone = 13_900_000_000
    for role, letter, count in places:
        for n in range(count):
            phone += 1
            yield [f"人{phone % 100_000}", str(phone), role, f"{letter}{n}", "2026-01-01", ""]
