"""What clients and servers find in people's words: commands, links, and whether the bot may hear them."""

import re

from telegram import MessageEntity

from simulator.botapi.formatting import units
from simulator.world.messages import Post
from simulator.world.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
COMMAND = re.compile(r"(?<![\w/<>])/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?![\w@/<>])")
MENTION = re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{4,32}\b")
URL = re.compile(r"https?://[^\s<>\"，。；、）]+")
LONGEST = 4096


def check_payload(payload: str) -> None:
    """Refuse what Telegram lets nobody put into a link."""
    if not PAYLOAD.fullmatch(payload):
        raise ValueError(f"a deep link carries at most 64 of A-Z a-z 0-9 _ -, not {payload!r}")


def pieces(text: str) -> list[str]:
    """A text as a telephone sends it: trimmed, in pieces of at most 4096 UTF-16 units."""
    text, parts, begin, taken = text.strip(), [], 0, 0
    for index, character in enumerate(text):
        if taken + units(character) > LONGEST:
            parts.append(text[begin:index])
            begin, taken = index, 0
        taken += units(character)
    return [*parts, text[begin:]] if text else []


def detected(text: str) -> list[MessageEntity]:
    """The commands, mentions and links in a text."""
    found = [("bot_command", match) for match in COMMAND.finditer(text)]
    found += [("mention", match) for match in MENTION.finditer(text)]
    found += [("url", match) for match in URL.finditer(text)]
    entities = [MessageEntity(kind, units(text[: match.start()]), units(match[0])) for kind, match in found]
    return sorted(entities, key=lambda entity: entity.offset)


def heard_by_bot(world: World, post: Post) -> bool:
    """Whether the bot gets a message: in a group, privacy mode keeps from it what is not meant for it."""
    room = post.room
    if room.kind == "private":
        return True
    if room.bot not in ("member", "administrator"):
        return False
    if room.bot == "administrator" or post.service:
        return True
    reply = post.fields.get("reply_to_message")
    if reply and reply.from_user and reply.from_user.id == world.bot.id:
        return True
    command, mine = COMMAND.match(post.text), str(world.bot.username).lower()
    return command is not None and (command[2] or mine).lower() == mine
