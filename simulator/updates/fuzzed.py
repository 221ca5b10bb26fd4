"""Malformed updates: genuine ones, mutated by schema and by seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

Raw = dict[str, Any]
Path = tuple[str | int, ...]
Change = Callable[[Random, Any], Any]
GONE = object()  # instead of a value: the field is missing

MOST_CHANGES = 3
HUGE = (2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, -(10**30), 1e308, -0.0, 0.1)
DATES: tuple[Any, ...] = (0, -1, 1, 2**31, 253402300800, 10**18, 10**30, 1.5, "2026-11-18", "", None, [], True)
TEXTS = (
    "", " ", "\n", "\x00", "a\x00b", "\ud83d", "\udc00\ud83d", "坏\ud83d了", "\u202eabc", "\u200b" * 50,
    "e" + "\u0301" * 200, "/start " + "x" * 64, "/start p_\x00", "/" + "a" * 5000, "/bind", "x" * 4097, "电" * 5000,
    "😀" * 2049, "<b>", "&#0;", "{0}{name}%s%(x)s", "'; DROP TABLE inbox; --", "[[[[1]]]]", '{"update_id": 1}', "-1",
    "1e999", "NaN",
)  # fmt: skip
DATA = (
    "", "c", "c:", "c:1", "c:1:2:3:4", "c:-1:answer:0", f"c:{2**63}:x:1", "c:0:0:0", ":", "::::", "x" * 65, "马" * 30,
    "\x00", "\ud83d", "c:1:\ud83d:1", "close", "menu:" + "9" * 40, "p:" + "1" * 50, "null", "[]",
)  # fmt: skip
KINDS = (
    "edited_message", "channel_post", "edited_channel_post", "business_message", "inline_query", "poll", "poll_answer",
    "chat_join_request", "message_reaction", "pre_checkout_query", "hologram", "", "\x00", "update", "__class__",
)  # fmt: skip
EXTRA = ("hologram", "from_user", "__init__", "update_id", "", "\x00", "migrate_to_chat_id", "new_chat_members",
         "left_chat_member", "media_group_id", "reply_to_message", "forward_origin", "contact", "photo", "via_bot",
         "sender_chat", "message_thread_id", "new_chat_title", "entities", "successful_payment")  # fmt: skip
WHOLE: tuple[Any, ...] = (None, {}, [], "", 0, True, [[]], "message", -1)
DEEPEST = 120
READ_AT = 3  # how deep those fields stand that a handler is sure to read


# --- values that stand where others stood -----------------------------------------------------------------------


def another_type(random: Random, value: Any) -> Any:
    others: tuple[Any, ...] = (None, True, 0, -1, "", "x", [], {}, [None], {"id": 1}, [[[]]], 0.5, {"": {"": ""}})
    return random.choice([o for o in others if type(o) is not type(value)])


def missing(random: Random, value: Any) -> Any:
    return GONE


def negative(random: Random, value: Any) -> Any:
    return -abs(value) or -1 if isinstance(value, int) else random.choice((-1, -(2**40), "-1"))


def huge(random: Random, value: Any) -> Any:
    return random.choice(HUGE)


def odd_text(random: Random, value: Any) -> Any:
    return random.choice(TEXTS)


def long_text(random: Random, value: Any) -> Any:
    return random.choice("x电😀\n ") * random.choice((4096, 4097, 10_000))


def text_as_list(random: Random, value: Any) -> Any:
    return [[value], [[str(value)[:100]]]]


def nested(random: Random, value: Any) -> Any:
    """The value at the bottom of a deep pit."""
    found, kind = value, random.randrange(2)
    for _ in range(random.randrange(2, DEEPEST)):
        found = [found] if kind else {"message": found}
    return found


def repeated(random: Random, value: Any) -> Any:
    return [value] * random.choice((0, 2, 11))


def stringified(random: Random, value: Any) -> Any:
    return str(value)[:2000]


def forged(random: Random, value: Any) -> Any:
    """What a client may send as the data of a button that never was."""
    if isinstance(value, str) and value and random.random() < 0.5:
        place = random.randrange(len(value))
        return value[:place] + random.choice("0:9-x马\x00") + value[place + 1 :]
    return random.choice(DATA)


def wrong_date(random: Random, value: Any) -> Any:
    return random.choice(DATES)


ANYWHERE: tuple[Change, ...] = (another_type, missing, huge, odd_text, nested, repeated, stringified)
BY_NAME: Mapping[str, tuple[Change, ...]] = {
    "date": (wrong_date,),
    "edit_date": (wrong_date,),
    "from": (missing, another_type),
    "chat": (missing, another_type),
    "data": (forged,),
    "text": (odd_text, long_text, text_as_list),
    "caption": (odd_text, long_text, text_as_list),
    "first_name": (odd_text, long_text),
    "language_code": (odd_text,),
}
BY_TYPE: Mapping[type, tuple[Change, ...]] = {
    int: (negative, huge),
    str: (odd_text, long_text, text_as_list),
    list: (repeated, nested),
    dict: (missing, repeated, nested),
}


# --- changes to a whole update ----------------------------------------------------------------------------------


def poisoned(genuine: Sequence[Raw], seed: int) -> Iterator[Raw]:
    """Mutated copies without end and without `update_id`: the same seed and updates give the same ones."""
    random = Random(seed)
    known = [_opened({name: part for name, part in raw.items() if name != "update_id"}) for raw in genuine]
    while True:
        update, paths = random.choice(known)
        draw = random.random()
        if draw < 0.02:
            yield {next(iter(update)): random.choice(WHOLE)}
        elif draw < 0.05:
            yield _unknown(random, update)
        else:
            yield _mutated(random, update, paths)


def _opened(update: Raw) -> tuple[Raw, Sequence[Path]]:
    """An update and where it can be changed; what a handler is sure to read is there more often."""
    paths = list(_paths(update))
    read = [path for path in paths if path[-1] in BY_NAME and len(path) <= READ_AT]
    return update, paths + read * (len(paths) // max(len(read), 1))


def _mutated(random: Random, genuine: Raw, paths: Sequence[Path]) -> Raw:
    """Changed in one to three places, and really changed."""
    update = genuine
    for _ in range(random.randint(1, MOST_CHANGES)):
        update = _changed(random, update, random.choice(paths))
    return update if update != genuine else _mutated(random, genuine, paths)


def _unknown(random: Random, update: Raw) -> Raw:
    """Of a kind that isn't known, or nothing at all, or several at once."""
    kind, what = next(iter(update.items()))
    return random.choice(({random.choice(KINDS): what}, {}, {kind: what, random.choice(KINDS): what}))


def _changed(random: Random, update: Raw, path: Path) -> Raw:
    """A copy in which something is different there; an earlier change may have taken the place away."""

    def change(value: Any) -> Any:
        if random.random() < 0.1:
            return _with_more(random, value)
        return random.choice(_changes(random, path[-1], value))(random, value)

    changed: Raw = _replaced(update, path, change)
    return changed


def _changes(random: Random, name: str | int, value: Any) -> tuple[Change, ...]:
    special = BY_NAME.get(name) if isinstance(name, str) else None
    if special is not None and random.random() < 0.6:
        return special
    return BY_TYPE.get(type(value), ANYWHERE) if random.random() < 0.4 else ANYWHERE


def _with_more(random: Random, value: Any) -> Any:
    """A field that shouldn't be there."""
    if not isinstance(value, dict):
        return {random.choice(EXTRA): value}
    held = random.choice(list(value.values())) if value else None
    return {**value, random.choice(EXTRA): random.choice((held, value, *WHOLE))}


def _replaced(whole: Any, path: Path, change: Callable[[Any], Any]) -> Any:
    """A copy with one value changed; only what is on the way is copied."""
    place: Any
    place, rest = path[0], path[1:]
    there = place in whole if isinstance(whole, dict) else isinstance(whole, list) and place in range(len(whole))
    if not there:
        return whole
    new = _replaced(whole[place], rest, change) if rest else change(whole[place])
    copy = whole.copy()
    if new is GONE:
        del copy[place]
    else:
        copy[place] = new
    return copy


def _paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """The way to every field, at any depth."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield (*here, name)
        yield from _paths(inner, (*here, name))
