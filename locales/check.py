"""`python -m locales.check`: prints what is missing, outdated or mismatched in a catalogue."""

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from locales.compile import DOMAIN, FOLDER
from locales.labels import LABELS, TERMS
from locales.sentences import said

TAG = re.compile(r"</?[a-z][^>]*>")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
QUOTED = re.compile(r"“([^“”{}]+)”")


def read(po: Path) -> Catalog:
    with po.open("rb") as source:
        return read_po(source, locale=po.parent.parent.name, domain=DOMAIN)


def findings(catalogue: Catalog, code: Catalog) -> list[str]:
    """One line for each fault of a catalogue, compared with the sentences of the code."""
    return [*_missing(catalogue, code), *_unsaid(catalogue, code), *_faulty(catalogue), *_labels(catalogue)]


def _missing(catalogue: Catalog, code: Catalog) -> Iterator[str]:
    for message in _sentences(code):
        entry = catalogue.get(message.id, message.context)
        if entry is None or _forms(entry.id)[1:] != _forms(message.id)[1:]:
            file, line = message.locations[0]
            yield f"missing: {_shown(message)} ({file}:{line})"


def _unsaid(catalogue: Catalog, code: Catalog) -> Iterator[str]:
    stale = [m for m in _sentences(catalogue) if code.get(m.id, m.context) is None]
    for message in [*stale, *catalogue.obsolete.values()]:
        yield f"obsolete: {_shown(message)}"


def _faulty(catalogue: Catalog) -> Iterator[str]:
    for message in _sentences(catalogue):
        faults = [*_fuzzy_or_empty(message, catalogue.num_plurals)] or [*_mismatched(message)]
        yield from (f"{fault}: {_shown(message)}" for fault in faults)


def _fuzzy_or_empty(message: Message, plurals: int) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    forms = _forms(message.string)
    if not all(forms) or (message.pluralizable and len(forms) != plurals):
        yield "empty"


def _mismatched(message: Message) -> Iterator[str]:
    english = _forms(message.id)
    for said_so, model in zip_longest(_forms(message.string), english[-1:], fillvalue=english[-1]):
        if set(PLACEHOLDER.findall(said_so)) != set(PLACEHOLDER.findall(model)):
            yield "placeholders differ"
        if TAG.findall(said_so) != TAG.findall(model):
            yield "tags differ"
        yield from _terms(model, said_so)


def _terms(english: str, said_so: str) -> Iterator[str]:
    for pattern, term in TERMS.items():
        if re.search(pattern, english, re.IGNORECASE) and term not in said_so:
            yield f"must say {term}"
    for quoted in QUOTED.findall(english):
        label = next((labels[quoted] for labels in LABELS.values() if quoted in labels), None)
        if label is not None and f"“{label}”" not in said_so:
            yield f"must say “{label}”"


def _labels(catalogue: Catalog) -> Iterator[str]:
    for context, labels in LABELS.items():
        for english, label in labels.items():
            entry = catalogue.get(english, context)
            if entry is None or entry.string != label:
                yield f"must be 「{label}」: {context} {english!r}"


def _sentences(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _shown(message: Message) -> str:
    sentence = repr(_forms(message.id)[0])
    return f"{message.context} {sentence}" if message.context else sentence


def main() -> int:
    code, faults = said(), 0
    for po in sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        for finding in findings(read(po), code):
            sys.stdout.write(f"{po.parent.parent.name}: {finding}\n")
            faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
