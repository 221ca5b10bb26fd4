"""Messages of a chat, as they are kept and as a person sees them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from telegram import (
    Chat,
    ForceReply,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    User,
)

from simulator.numbers import Numbers

MEDIA = ("photo", "voice", "video", "document", "sticker", "location", "contact")
SERVICE = {
    "new_chat_members": "进群",
    "left_chat_member": "退群",
    "migrate_to_chat_id": "群升级为超级群",
    "migrate_from_chat_id": "由普通群升级而来",
    "pinned_message": "置顶了一条消息",
    "new_chat_title": "群改名了",
    "forum_topic_created": "新建了话题",
}

RoomKind = Literal["private", "group", "supergroup"]
Membership = Literal["stranger", "member", "administrator", "left", "kicked"]
KeyboardMarkup = ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


@dataclass(eq=False)
class Topic:
    """A topic of a group, called by the number of the message that made it."""

    name: str
    closed: bool = False


@dataclass(eq=False)
class Room:
    """A chat with the bot in it, or not yet, or no longer (`bot` says which)."""

    chat_id: int
    kind: RoomKind
    name: str
    numbers: Iterator[int] = field(default_factory=Numbers, repr=False)
    person: User | None = None
    members: dict[int, User] = field(default_factory=dict)
    bot: Membership = "stranger"
    rights: frozenset[str] = frozenset()
    forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    gone: bool = False
    moved_to: int | None = None
    posts: dict[int, "Post"] = field(default_factory=dict, repr=False)
    keyboard: "Post | None" = None

    @property
    def chat(self) -> Chat:
        if self.person is not None:
            return Chat(self.chat_id, "private", first_name=self.person.first_name, username=self.person.username)
        return Chat(self.chat_id, self.kind, title=self.name, is_forum=self.forum or None)


@dataclass(eq=False)
class Post:
    """A message in its newest state; `fields` are those of `telegram.Message` but number, date, chat."""

    room: Room
    message_id: int
    at: datetime
    fields: dict[str, Any]
    from_bot: bool
    keyboard: KeyboardMarkup | None = None
    edited_at: datetime | None = None
    deleted: bool = False
    news: int = 0

    @property
    def message(self) -> Message:
        return Message(self.message_id, self.at, self.room.chat, edit_date=self.edited_at, **self.fields)

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.fields.get("text") or self.fields.get("caption") or "")

    @property
    def is_protected(self) -> bool:
        """Nobody can forward, copy or save it."""
        return bool(self.fields.get("has_protected_content"))

    @property
    def topic(self) -> str:
        """The name of the topic that it stands in; empty in the general one."""
        found = self.room.topics.get(self.fields.get("message_thread_id") or 0)
        return found.name if found else ""

    @property
    def media(self) -> list[str]:
        return [kind for kind in MEDIA if self.fields.get(kind)]

    @property
    def service(self) -> str:
        """The change of the chat, where this is a service message."""
        for kind, words in SERVICE.items():
            if who := self.fields.get(kind):
                users = [user for user in (who if isinstance(who, tuple) else [who]) if isinstance(user, User)]
                return f"〔{'、'.join(user.first_name for user in users)}{' ' if users else ''}{words}〕"
        return ""

    @property
    def inline(self) -> InlineKeyboardMarkup | None:
        markup: InlineKeyboardMarkup | None = self.fields.get("reply_markup")
        return markup


@dataclass(frozen=True)
class Button:
    """A button as it can be pressed: with data, with a link, or (on a reply keyboard) with a request."""

    label: str
    data: str | None = None
    url: str | None = None
    request: Literal["contact", "location"] | None = None


@dataclass(frozen=True)
class Shown:
    """A message as it looked when somebody looked at it."""

    chat_id: int
    message_id: int
    text: str
    html: str
    buttons: list[list[Button]]
    keyboard: list[list[Button]]
    media: list[str]
    at: datetime
    edited: bool
    edited_at: datetime | None
    from_bot: bool
    reply_to: int | None
    speaker: str
    topic: str = ""

    @property
    def labels(self) -> list[str]:
        """The inline buttons' labels, row after row."""
        return [button.label for row in self.buttons for button in row]


def inline_buttons(post: Post) -> list[list[Button]]:
    """The buttons under a message."""
    rows = post.inline.inline_keyboard if post.inline else ()
    return [[Button(key.text, _data(key.callback_data), key.url) for key in row] for row in rows]


def keyboard_buttons(post: Post | None) -> list[list[Button]]:
    """The buttons of the reply keyboard that came with a message."""
    if post is None or not isinstance(post.keyboard, ReplyKeyboardMarkup):
        return []
    return [
        [Button(key.text, request=_request(key.request_contact, key.request_location)) for key in row]
        for row in post.keyboard.keyboard
    ]


def shown(post: Post) -> Shown:
    """A message as it looks now."""
    message = post.message
    replied = message.reply_to_message
    return Shown(
        chat_id=post.room.chat_id,
        message_id=post.message_id,
        text=post.text,
        html=(message.text_html if message.text else message.caption_html) if post.text else "",
        buttons=inline_buttons(post),
        keyboard=keyboard_buttons(post),
        media=post.media,
        at=post.at,
        edited=post.edited_at is not None,
        edited_at=post.edited_at,
        from_bot=post.from_bot,
        reply_to=replied.message_id if replied else None,
        speaker=message.from_user.first_name if message.from_user else "",
        topic=post.topic,
    )


def _data(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _request(contact: bool | None, location: bool | None) -> Literal["contact", "location"] | None:
    if contact:
        return "contact"
    return "location" if location else None


class Viewer(ABC):
    """What is visible in the chats of a person or group, oldest message first."""

    @abstractmethod
    def rooms(self) -> list[Room]:
        """The chats that are looked at, the present one last."""

    @property
    def sees(self) -> list[Shown]:
        """Everything visible, oldest first."""
        return [shown(post) for post in self.posts]

    @property
    def last(self) -> Shown:
        """The newest message, whoever sent it."""
        return shown(self.posts[-1])

    def finds(self, words: str, from_bot: bool | None = None) -> Shown:
        """The newest message that contains the words."""
        for post in reversed(self.posts):
            if words in post.text and from_bot in (None, post.from_bot):
                return shown(post)
        recent = "\n---\n".join(post.text for post in self.posts[-6:])
        raise AssertionError(f"nobody said {words!r}; the last messages are:\n{recent}")

    @property
    def posts(self) -> list[Post]:
        """Every message that is not deleted."""
        return [post for room in self.rooms() for post in room.posts.values() if not post.deleted]


def quoted(post: Post) -> Message:
    """A message as it is repeated inside a reply to it: without what it replied to itself."""
    return replace(post, fields={**post.fields, "reply_to_message": None}).message
