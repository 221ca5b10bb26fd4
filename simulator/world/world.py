"""The state of the simulated messenger: chats, people, messages, pressed buttons, and who may write where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import CallbackQuery, InaccessibleMessage, ReplyKeyboardMarkup, ReplyKeyboardRemove, User

from simulator.api_errors import bad, forbidden
from simulator.numbers import Numbers
from simulator.updates.queue import Updates
from simulator.world.change_counter import News
from simulator.world.files import Files
from simulator.world.messages import Post, Room, RoomKind, inline_buttons
from simulator.world.transcript import Act, Entry

PRESS_LASTS = timedelta(seconds=150)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True)
class Press:
    """A pressed button that waits for its answer."""

    user: User
    room: Room
    at: datetime


@dataclass(frozen=True)
class Toast:
    """Words shown to somebody for a moment; an alert stays until it is dismissed."""

    number: int
    to: User
    text: str
    alert: bool


class World:
    """Everything the server knows, with the one bot in it."""

    def __init__(self, bot: User, now: Callable[[], datetime], updates: Updates) -> None:
        self.bot = bot
        self.now = now
        self.updates = updates
        self.files = Files()
        self.rooms: dict[int, Room] = {}
        self.users: dict[int, User] = {bot.id: bot}
        self.presses: dict[str, Press] = {}
        self.toasts: list[Toast] = []
        self.typing: dict[int, int] = {}
        self.entries: list[Entry] = []
        self.news = News()
        self._numbers = Numbers(1)
        self._people = Numbers(7_000_001)
        self._groups = Numbers(4_000_001)
        self._queries = Numbers(4_815_162_342_000_001)
        self._albums = Numbers(13_800_000_000_000_001)

    def add_person(self, name: str, language: str | None, username: str | None) -> User:
        """A new person, whose private chat with the bot is not open yet."""
        user = User(next(self._people), name, is_bot=False, username=username, language_code=language)
        self.users[user.id] = user
        self.rooms[user.id] = Room(user.id, "private", name, self._numbers, person=user)
        return user

    def add_group(self, name: str, kind: RoomKind) -> Room:
        """A new group without anybody in it; a supergroup numbers its messages itself."""
        number = next(self._groups)
        if kind == "supergroup":
            room = Room(-1_002_000_000_000 - number, kind, name)
        else:
            room = Room(-number, kind, name, self._numbers)
        self.rooms[room.chat_id] = room
        return room

    def album(self) -> str:
        """The id of a new album."""
        return str(next(self._albums))

    def room(self, chat_id: object) -> Room:
        """The chat of that id, as long as the bot may write there."""
        room = self.known(chat_id)
        if room.moved_to is not None:
            migrated = {"migrate_to_chat_id": room.moved_to}
            raise bad("group chat was upgraded to a supergroup chat", migrated)
        if room.gone:
            raise forbidden("user is deactivated")
        if room.kind == "private":
            _check_private(room)
        elif room.bot == "kicked":
            raise forbidden(f"bot was kicked from the {room.kind} chat")
        elif room.bot == "left":
            raise forbidden(f"bot is not a member of the {room.kind} chat")
        return room

    def known(self, chat_id: object) -> Room:
        """The chat of that id, if the bot can know of it."""
        if chat_id in (None, ""):
            raise bad("chat_id is empty")
        room = self.rooms.get(chat_id) if isinstance(chat_id, int) else None
        if room is None or (room.kind != "private" and room.bot == "stranger"):
            raise bad("chat not found")
        return room

    def put(self, room: Room, sender: User, fields: dict[str, Any], keyboard: Any = None) -> Post:
        """A new message in a chat."""
        post = Post(
            room,
            next(room.numbers),
            self.now(),
            {"from_user": sender, **fields},
            sender is self.bot,
            keyboard,
        )
        room.posts[post.message_id] = post
        if isinstance(keyboard, ReplyKeyboardMarkup | ReplyKeyboardRemove):
            room.keyboard = post
        if sender is self.bot:
            self.typing.pop(room.chat_id, None)
        self._note_post(post, "service" if post.service else "said")
        return post

    def revise(self, post: Post, fields: dict[str, Any]) -> None:
        """A message changed by its sender."""
        post.fields |= fields
        post.edited_at = self.now()
        self._note_post(post, "edited")

    def remove(self, post: Post) -> None:
        """A message deleted for everybody."""
        post.deleted = True
        post.news = self.news.add()
        if post.room.keyboard is post:
            post.room.keyboard = None
        self.note(post.room, self.bot, "deleted", post.text)

    def press(self, user: User, post: Post, data: str, label: str) -> CallbackQuery:
        """A press of a button; the bot has 150 seconds to answer it."""
        number = str(next(self._queries))
        self.presses[number] = Press(user, post.room, self.now())
        message = InaccessibleMessage(post.room.chat, post.message_id) if post.deleted else post.message
        query = CallbackQuery(number, user, str(post.room.chat_id * 31 + 7), message=message, data=data)
        self.note(post.room, user, "tapped", label)
        self.updates.add("callback_query", query)
        return query

    def answer(self, query_id: str, text: str, alert: bool) -> None:
        """Answer a press, with words shown to the person if there are any."""
        press = self.presses.get(query_id)
        if press is None or self.now() - press.at > PRESS_LASTS:
            raise bad(QUERY_TOO_OLD)
        if text:
            self.toasts.append(Toast(self.news.add(), press.user, text, alert))
            self.note(press.room, self.bot, "toast", text)

    def types(self, room: Room) -> None:
        """The bot lets people see that it is about to say something."""
        self.typing[room.chat_id] = self.news.add()

    def note(self, room: Room, who: User, act: Act, text: str) -> Entry:
        """Write down that something happened."""
        entry = Entry(self.now(), room.name, who.first_name, text, act=act, from_bot=who is self.bot)
        entry.private = room.kind == "private"
        self.entries.append(entry)
        return entry

    def _note_post(self, post: Post, act: Act) -> None:
        post.news = self.news.add()
        sender: User = post.fields["from_user"]
        album = post.fields.get("media_group_id")
        last = self.entries[-1] if self.entries else None
        if album and last and last.album == album:
            last.media += post.media
            last.text = last.text or post.text
            return
        entry = self.note(post.room, sender, act, post.text or post.service)
        entry.buttons = [[button.label for button in row] for row in inline_buttons(post)]
        entry.media, entry.album, entry.edited = post.media, album, act == "edited"


def _check_private(room: Room) -> None:
    if room.bot == "stranger":
        raise forbidden("bot can't initiate conversation with a user")
    if room.bot == "kicked":
        raise forbidden("bot was blocked by the user")
