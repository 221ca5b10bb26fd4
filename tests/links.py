"""Links of the ledger made by hand, as version 0.2 made them: without a key."""

from storage.db.ledger_key import FIRST, LedgerKey
from storage.repositories.ledger import Link


def digest(previous, *facts):
    """Of complaint, seq, at, actor, kind and body."""
    names = ("complaint", "seq", "at", "actor", "kind", "body")
    return Link(previous=previous, scheme=FIRST, **dict(zip(names, facts, strict=True))).digest(LedgerKey())
