"""Alarms to the operator: in English, like commands and logs, and in no catalogue."""

from collections.abc import Sequence


def alarm(host: str, faults: Sequence[str]) -> str:
    return "\n".join([f"⚠️ Mashang on {host}:", *(f"• {fault}" for fault in faults)])


def all_clear(host: str, faults: Sequence[str]) -> str:
    return "\n".join([f"✅ Mashang on {host}, no longer so:", *(f"• {fault}" for fault in faults)])


def failed(host: str, failures: int) -> str:
    return f"⚠️ Mashang on {host}: {failures} more updates or messages have failed for good. The log names each."


def ledger_head(host: str, when: str, head: str, *, holds: bool) -> str:
    says = (
        f"📒 Mashang on {host}, the head of the ledger on {when}. Keep this message; saved as a file, it shows what "
        "was changed since: mashang audit verify --head FILE"
    )
    wrong = [] if holds else ["⚠️ The ledger isn't what was counted: run `mashang audit verify`."]
    return "\n".join([says, *wrong, head])
