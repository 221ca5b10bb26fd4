"""Digests of the rows that the ledger speaks of: a case, what was said of it, and its households."""

from collections.abc import Mapping
from typing import Any

from storage.db.ledger_key import LedgerKey

CASE = (
    "id", "number", "project", "company", "district", "city", "matter", "state", "handler", "filed_at", "closed_at",
    "version", "rules", "body",
)  # fmt: skip
STATEMENT = ("id", "complaint", "person", "text", "media", "facts", "said_at")
HOUSEHOLD = (
    "id", "complaint", "person", "building", "room", "contact", "active", "urged_on", "since", "pseudonym",
)  # fmt: skip


def of_case(key: LedgerKey, row: Mapping[str, Any]) -> str:
    return key.over(["case", *(row[name] for name in CASE)])


def of_statement(key: LedgerKey, row: Mapping[str, Any]) -> str:
    """Of the words as they stand; the event that they belong to keeps that of what was said."""
    return key.over(["statement", *(row[name] for name in STATEMENT)])


def of_household(key: LedgerKey, row: Mapping[str, Any]) -> str:
    return key.over(["household", *(row[name] for name in HOUSEHOLD)])
