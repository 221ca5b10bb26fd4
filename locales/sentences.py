"""Extraction of all English sentences from the code."""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parent.parent
TRANSLATOR = "t"  # the name under which every view is handed its translator
CONTEXT_FIRST = ((1, "c"), 2)
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "t": None,  # t("A sentence")
    "n": (1, 2),  # t.n("{count} case", "{count} cases", count)
    "p": CONTEXT_FIRST,  # t.p("button", "A label")
}

LITERALS = {"t": 1, "n": 2, "p": 2}

Found = tuple[int, str, tuple[str | None, ...], list[str]]


def said(folder: Path = ROOT / "views") -> Catalog:
    """Every sentence of the code, as a catalogue without translations."""
    template = Catalog()
    found = extract_from_dir(str(folder), [("**.py", "locales.sentences:spoken")], keywords=KEYWORDS)
    for file, line, sentence, _, context in found:
        template.add(sentence, locations=[(f"{folder.name}/{file}", line)], context=context)
    return template


def spoken(
    source: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """An extraction method for Babel: calls of `t`, `t.n` and `t.p`, within f-strings too, and of nothing else.

    ValueError where a sentence isn't written out: nobody could translate it.
    """
    text = source.read().decode()
    lines = text.splitlines()
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if (name := _keyword(call.func)) is None:
            continue
        sentence = tuple(_literal(a) for a in call.args[: LITERALS[name]])
        if len(sentence) < LITERALS[name] or None in sentence:
            raise ValueError(f"{source.name}:{call.lineno}: a sentence must be written out where it is said")
        yield call.lineno, name, sentence, _note(lines, call.lineno, comment_tags)


def _keyword(func: ast.expr) -> str | None:
    match func:
        case ast.Name(id="t"):
            return TRANSLATOR
        case ast.Attribute(value=ast.Name(id="t"), attr="n" | "p" as attr):
            return attr
    return None


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _note(lines: list[str], line: int, tags: Collection[str]) -> list[str]:
    """What the line above tells translators."""
    above = lines[line - 2].strip().removeprefix("#").strip() if line > 1 else ""
    return [above] if above.startswith(tuple(tags)) and lines[line - 2].strip().startswith("#") else []
