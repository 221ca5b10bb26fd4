"""What was said later about what a case is, mostly by whoever handles it: the words that were filed, without people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from complaints.model.events import Filed, MatterCorrected, MatterNamed, Referred
from storage.tables import EVENT, STATEMENT

_NUMBERS = re.compile(r"\d{3,}")  # telephones, flats, number plates
FILED = select(EVENT.c.complaint, EVENT.c.body).where(EVENT.c.kind == Filed.name)
CHANGED = (
    select(EVENT.c.complaint, EVENT.c.kind, EVENT.c.body)
    .where(EVENT.c.kind.in_((MatterCorrected.name, MatterNamed.name, Referred.name)))
    .order_by(EVENT.c.id)
)


@dataclass(frozen=True)
class Correction:
    """Words that were filed as one matter; they were about another, or were referred to a department."""

    words: str
    filed: str
    matter: str = ""
    department: str = ""


async def corrections(connection: AsyncConnection) -> Sequence[Correction]:
    """In the order in which they were made, also where nobody had said it before.

    Of those whose words were erased nothing is left to learn from.
    """
    changed = (await connection.execute(CHANGED)).all()
    cases = {row.complaint for row in changed}
    filed = {row.complaint: row.body for row in await connection.execute(FILED.where(EVENT.c.complaint.in_(cases)))}
    said = STATEMENT.c.id.in_([body["words"] for body in filed.values()])
    texts = {row.id: row.text for row in await connection.execute(select(STATEMENT.c.id, STATEMENT.c.text).where(said))}
    found = []
    for row in changed:
        first = filed[row.complaint]
        if words := _without_people(texts.get(first["words"], "")):
            body = row.body
            found.append(Correction(words, first["matter"], body.get("matter", ""), body.get("department", "")))
    return found


def _without_people(text: str) -> str:
    """On one line, and without what could be somebody's number."""
    return _NUMBERS.sub("#", " ".join(text.split()))
