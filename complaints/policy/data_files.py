"""Reading of data files: what is broken is named with its place in one sentence."""

import re
import tomllib
from collections.abc import Mapping
from datetime import time
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, ValidationError

from complaints.time.periods import Period, Windows


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    if not isinstance(value, str):
        raise ValueError(f'must be a period like "4h" or "2wd", not {value!r}')
    return Period.parse(value)


def _length(value: object) -> Period | Windows | str:
    if isinstance(value, Windows) or value in ("agreed", "ordered"):
        return value
    if isinstance(value, dict):
        if set(value) != {"working", "off"}:
            raise ValueError("two windows are written { working = …, off = … }")
        return Windows(_period(value["working"]), _period(value["off"]))
    return _period(value)


def _span(value: object) -> tuple[time, time]:
    written = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", str(value), re.ASCII)
    if written is None:
        raise ValueError(f'must be hours like "09:00-18:00", not {value!r}')
    begin, end = time(int(written[1]), int(written[2])), time(int(written[3]), int(written[4]))
    if begin == end:
        raise ValueError(f'"{value}" begins when it ends')
    return begin, end


Length = Annotated[Period | Windows | Literal["agreed", "ordered"], PlainValidator(_length)]
Wait = Annotated[Period, PlainValidator(_period)]
Span = Annotated[tuple[time, time], PlainValidator(_span)]
Count = Annotated[int, Field(gt=0, strict=True)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]


E = TypeVar("E", bound="Entry")


class DataError(ValueError):
    """A data file can't be used: one sentence with file, key and reason."""


class Entry(BaseModel):
    """A part of a data file: nothing unknown in it, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Entry):
    """The same words in both languages."""

    zh: Words
    en: Words


def read_entry(entry: type[E], file: Traversable | Path, fault: type[DataError]) -> E:
    """The file's content; raises the fault with the first thing that is wrong."""
    data = _parsed(file, fault)
    try:
        return entry.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = _key(data, first["loc"])
        raise fault(_on_one_line(": ".join(filter(None, (file.name, key, _reason(first)))))) from error


def _on_one_line(sentence: str) -> str:
    """What stands in the file may be anything: line breaks and what can't be seen read as spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in sentence).split())


def unreadable(what: Traversable | Path, error: OSError, fault: type[DataError]) -> DataError:
    return fault(f"{what}: can't be read: {(error.strerror or type(error).__name__).lower()}")


def _parsed(file: Traversable | Path, fault: type[DataError]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise unreadable(file, error, fault) from error
    except UnicodeDecodeError as error:
        raise fault(f"{file.name}: is not written in UTF-8") from error
    except (ValueError, RecursionError) as error:  # a number of a thousand digits is no TOMLDecodeError
        raise fault(_on_one_line(f"{file.name}: is not TOML: {error}")) from error


def _key(data: Any, loc: tuple[int | str, ...]) -> str:
    """The path to the broken value, entries of a list named by their id where they have one."""
    parts = []
    for part in loc:
        inside = data[part] if _holds(data, part) else None
        named = isinstance(part, int) and isinstance(inside, Mapping) and isinstance(inside.get("id"), str)
        parts.append(str(inside["id"] if named and inside else part + 1 if isinstance(part, int) else part))
        data = inside
    return ".".join(parts)


def _holds(data: Any, part: int | str) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def _reason(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a known key"
        case "value_error":
            return str(context["error"])
        case "model_type":
            return f"must be a table, not {error['input']!r}"
        case "enum" | "literal_error":
            return f"must be {context['expected']}, not {error['input']!r}"
        case _:
            return str(error["msg"]).replace("Input should", "must")
