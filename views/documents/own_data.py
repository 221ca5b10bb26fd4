"""A person's own data as two files: one for machines, one to read."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from complaints.data_export import HeldCase, Holding
from complaints.model.events import Level
from complaints.policy.data_files import Text
from views.documents.formulas import no_formula
from views.framework import terms
from views.framework.formats import moment
from views.framework.screen import Document, Screen
from views.framework.translator import Translator, escaped
from views.resident.filing import contact_label

FORMATS = ("json", "html")
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:16px/1.6 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}}
dt{{color:#666}}dd{{margin:0 0 .5rem;white-space:pre-wrap;overflow-wrap:anywhere}}</style></head><body>
<h1>{title}</h1>
{body}
</body></html>
"""


def own_data(t: Translator, held: Holding, which: str) -> Screen:
    """One of FORMATS, with a line that says what it is."""
    name = f"mashang-{held.made_at:%Y-%m-%d}.{which}"
    content = _json(held) if which == "json" else _html(t, held)
    caption = t("Your data, for programs") if which == "json" else t("Your data, to read: open it in a browser")
    return Screen(caption, document=Document(name, content))


def _json(held: Holding) -> bytes:
    return json.dumps(asdict(held), ensure_ascii=False, indent=1, default=_written).encode("utf-8", "replace")


def _written(value: Text | date | datetime) -> Any:
    return value.model_dump() if isinstance(value, Text) else value.isoformat()


def _html(t: Translator, held: Holding) -> bytes:
    title = t("What Mashang keeps about you")
    sections = [_list(_profile(t, held)), *(_case(t, case) for case in held.cases)]
    page = PAGE.format(language=t.language, title=title, body="\n".join(sections))
    return page.encode("utf-8", "replace")


def _profile(t: Translator, held: Holding) -> Iterable[tuple[str, str]]:
    yield t("Made at"), moment(t, held.made_at, dated=True)
    yield t("Account number in the messenger"), str(held.user)
    yield t("Name"), held.name
    yield t("Phone"), held.phone
    yield t("Agreed to the privacy notice"), moment(t, held.consented_at, dated=True) if held.consented_at else ""
    for home in held.homes:
        yield t("Home"), f"{home.project} {home.building} {home.room}"
    for duty in held.duties:
        yield t("Duty, from the registry"), f"{terms.role(t, duty.role)} {duty.scope}"
    yield from _absent(t, held)
    yield t("Unfinished draft"), held.draft
    for case in held.followed:
        yield t("Case of your family that you follow"), f"{case.number} {case.community} {t.of(case.matter)}"


def _absent(t: Translator, held: Holding) -> Iterable[tuple[str, str]]:
    for absence in held.absences:
        name = t("You stand in for somebody") if absence.deputy else t("Somebody stands in for you")
        yield name, f"{terms.role(t, absence.role)} {absence.scope} · {absence.since} – {absence.until}"
    for watch in held.watches:
        since, until = (moment(t, at, dated=True) for at in (watch.since, watch.until))
        yield t("You are on watch"), f"{watch.community} · {since} – {until}"


def _case(t: Translator, case: HeldCase) -> str:
    title = t("Case {number}", number=case.number)
    return f"<h2>{title}</h2>\n{_list(_facts(t, case))}"


def _facts(t: Translator, case: HeldCase) -> Iterable[tuple[str, str]]:
    yield t("Matter"), t.of(case.matter)
    yield t("Place"), f"{case.community} {case.building} {case.room}"
    yield t("How to reach you"), contact_label(t, case.contact)
    yield t("Filed"), moment(t, case.filed_at, dated=True)
    yield t("Closed on"), moment(t, case.closed_at, dated=True) if case.closed_at else ""
    for said in case.words:
        files = t.n("{count} file", "{count} files", len(said.files)) if said.files else ""
        yield (moment(t, said.at, dated=True) if said.at else ""), "\n".join(p for p in (said.text, files) if p)
    for rated in case.ratings:
        yield t("Your rating"), f"{terms.level(t, Level(rated.level))} · {moment(t, rated.at, dated=True)}"
    for look in case.looks:
        seen = f"{moment(t, look.at, dated=True)} · {terms.role(t, look.role)}"
        yield t("Your number was looked at"), seen


def _list(facts: Iterable[tuple[str, Any]]) -> str:
    rows = (f"<dt>{escaped(name)}</dt><dd>{escaped(no_formula(value))}</dd>" for name, value in facts if value)
    return f"<dl>{''.join(rows)}</dl>"
