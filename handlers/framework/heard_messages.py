"""Which messages the words that wait in a chat have come by, for the case that somebody edits one of them."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from complaints.text.sanitizing import clean
from handlers.framework.context import Context
from handlers.framework.sent_files import files_of

MOST = 60  # messages; what came before can't be edited into anything any more


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message as it was taken; `told_of` is the newer form of which it was said that it comes too late."""

    id: int
    text: str = ""
    files: tuple[str, ...] = ()
    told_of: str = ""


async def _all(context: Context) -> list[Heard]:
    kept: list[dict[str, Any]] = (await context.state.get_data()).get("heard") or []
    return [Heard(**{**one, "files": tuple(one["files"])}) for one in kept]


async def note(context: Context) -> None:
    """The messages of this update wait from here on, in this form."""
    fresh = [
        Heard(id=m.message_id, text=clean(m.text or m.caption or ""), files=tuple(f.file_id for f in files_of(m)))
        for m in context.parts
    ]
    known = {one.id for one in fresh}
    await _keep(context, [*(one for one in await _all(context) if one.id not in known), *fresh])


async def find(context: Context, message_id: int) -> Heard | None:
    return next((one for one in await _all(context) if one.id == message_id), None)


async def told(context: Context, heard: Heard, newer: str) -> None:
    """Its sender knows that this newer form was not passed on."""
    others = [one for one in await _all(context) if one.id != heard.id]
    await _keep(context, [*others, replace(heard, told_of=newer)])


async def _keep(context: Context, heard: list[Heard]) -> None:
    await context.state.update_data(heard=[asdict(one) for one in heard[-MOST:]])
