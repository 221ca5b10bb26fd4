"""`mashang deadline`: when a stage that begins then is due, and how that is counted."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from cli.output import reported_errors, settings_of_today

if TYPE_CHECKING:
    from complaints.policy.deadlines import Deadline

ASKED = ("pack", "stage", "from")
Ask = Callable[[str, str, str], "Deadline"]


class Language(StrEnum):
    ENGLISH = "en"
    CHINESE = "zh"


def deadline(
    pack: Annotated[str, typer.Option(help="The policy pack, like chengdu.")] = "",
    stage: Annotated[str, typer.Option(help="The stage, like resolve_general; `mashang pack show ID` has all.")] = "",
    begins: Annotated[
        str, typer.Option("--from", metavar="ISO", help="When it begins, like 2026-12-31T10:00:00+08:00.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in one line of JSON.")] = False,
    batch: Annotated[
        str, typer.Option(metavar="FILE|-", help='Answer every line {"pack", "stage", "from"} with one line of JSON.')
    ] = "",
    language: Annotated[Language, typer.Option(help="Of the words.")] = Language.ENGLISH,
) -> None:
    """Say when a stage is due, and how that is counted."""
    with reported_errors():
        question = {"--pack": pack, "--stage": stage, "--from": begins}
        if batch:
            _refuse([name for name, value in question.items() if value], "has no place beside --batch")
            _answer_all(batch)
            return
        _refuse([name for name, value in question.items() if not value], "is missing")
        found = _ask()(pack, stage, begins)
        typer.echo(_line(found.as_json()) if as_json else _words(found, language))


def _refuse(names: list[str], why: str) -> None:
    from complaints.policy.deadlines import Unanswerable

    if names:
        raise Unanswerable(f"{names[0]} {why}: see mashang deadline --help")


def _ask() -> Ask:
    """A question by the packs and the calendar of today; the database is asked only for days that were loaded."""
    from complaints.policy.deadlines import deadline as counted
    from complaints.policy.pack import load_packs
    from storage.registry.calendar import known

    settings = settings_of_today()
    packs = load_packs(settings.packs)
    workdays = asyncio.run(known(settings.database_url))
    return lambda pack, stage, begins: counted(packs, workdays, pack, stage, begins)


def _words(found: "Deadline", language: Language) -> str:
    from views.framework.deadline_sums import explained
    from views.framework.translator import translator

    return unescape(explained(translator(language), found.pack, found.stage, found.due))


def _line(answer: dict[str, Any]) -> str:
    """One line of JSON; half of a surrogate pair, which no encoding can write, stays escaped."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def _answer_all(batch: str) -> None:
    """A line of JSON for every line but blank ones, in the same order; a bad one is answered with its error."""
    lines = sys.stdin.buffer if batch == "-" else _opened(Path(batch))
    for answer in _answers(_ask(), lines):
        sys.stdout.write(_line(answer) + "\n")


def _opened(file: Path) -> BinaryIO:
    from complaints.policy.data_files import unreadable
    from complaints.policy.deadlines import Unanswerable

    try:
        return BytesIO(file.read_bytes())
    except OSError as error:
        raise unreadable(file, error, Unanswerable) from None


def _answers(ask: Ask, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    from complaints.policy.deadlines import Unanswerable

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question: dict[str, Any] = {}
        try:
            question = _question(line)
            yield ask(*(question[name] for name in ASKED)).as_json()
        except Unanswerable as error:
            yield {**question, "due": None, "line": number, "error": str(error)}


def _question(line: bytes) -> dict[str, Any]:
    """Raises Unanswerable for what is no object with three texts."""
    from complaints.policy.deadlines import Unanswerable

    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise Unanswerable("the line is no JSON") from None
    if not isinstance(found, dict):
        raise Unanswerable('the line should be an object: {"pack": …, "stage": …, "from": …}')
    for name in ASKED:
        if not isinstance(found.get(name), str):
            raise Unanswerable(f'"{name}" is missing' if name not in found else f'"{name}" should be text')
    return {name: found[name] for name in ASKED}
