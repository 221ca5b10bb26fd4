"""The parameters of a call, however they were sent."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from simulator.api_errors import bad

AS_WRITTEN = (
    {"text", "caption", "parse_mode", "title", "name", "description", "short_description", "action"}
    | {"photo", "voice", "video", "document", "file_id", "callback_query_id"}
    | {"url", "address", "language_code", "secret_token"}
)


@dataclass(frozen=True)
class Upload:
    """A file that came with a call, or from somebody's own disk."""

    name: str
    data: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.data)} bytes)"


class Params(dict[str, Any]):
    """Parameters by name: texts as written, everything else as the JSON value it spells, files as uploads."""

    def text(self, name: str) -> str:
        """A text; empty when it was not sent."""
        value = self.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default when it was not sent or is none."""
        try:
            return int(self.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Whether something was asked for."""
        return self.get(name) in (True, 1, "true", "True")

    def mapping(self, name: str, what: str) -> dict[str, Any]:
        """A JSON object; empty when it was not sent."""
        value = self.get(name)
        if value in (None, ""):
            return {}
        if not isinstance(value, dict):
            raise bad(f"can't parse {what} JSON object")
        return value

    def sequence(self, name: str, what: str) -> list[Any]:
        """A JSON array; empty when it was not sent."""
        value = self.get(name)
        if value in (None, ""):
            return []
        if not isinstance(value, list):
            raise bad(f"can't parse {what} JSON object")
        return value


async def read(request: web.Request) -> Params:
    """The parameters in a request's query and body: form, multipart or JSON."""
    params = Params({name: _value(name, value) for name, value in request.query.items()})
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as problem:
            raise bad("can't parse JSON object") from problem
        if not isinstance(body, dict):
            raise bad("object expected")
        params.update(body)
    else:
        form = await request.post()
        params.update({name: _value(name, value) for name, value in form.items()})
    _check_encoding(params)
    return params


def _value(name: str, value: object) -> Any:
    if isinstance(value, FileField):
        with value.file:
            return Upload(value.filename, value.file.read())
    if not isinstance(value, str) or name in AS_WRITTEN:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _check_encoding(params: Params) -> None:
    try:
        for value in params.values():
            json.dumps(value, ensure_ascii=False, default=repr).encode()
    except UnicodeEncodeError as problem:
        raise bad("strings must be encoded in UTF-8") from problem
