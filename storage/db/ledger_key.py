"""The key of the ledger: digests of its links and rows, which only the operator's secret can make."""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

FIRST = "sha256"  # links of version 0.2 and before: no key, and no digests of rows
PLAIN = "sha256-rows"  # made without a secret: whoever writes the database can make them, too
KEYED = "hmac-sha256-"  # and by which key


@dataclass(frozen=True)
class LedgerKey:
    """What MASHANG_SECRET makes of itself for the ledger; empty where none is set."""

    secret: bytes = b""

    @property
    def scheme(self) -> str:
        """By what digests of today are made; of two secrets it differs, and tells nothing of either."""
        return f"{KEYED}{self.over('which key')[:8]}" if self.secret else PLAIN

    def over(self, facts: object) -> str:
        """What proves the facts, whichever database they stand in."""
        written = canonical(facts)
        return hmac.digest(self.secret, written, "sha256").hex() if self.secret else sha256(written).hexdigest()


def canonical(facts: object) -> bytes:
    """The same bytes for the same facts: instants in UTC, and without what PostgreSQL's text can't hold."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=_plain)
    return text.replace("\\u0000", "").encode("utf-8", "ignore")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no digest")


def is_keyed(scheme: str) -> bool:
    return scheme.startswith(KEYED)
