"""Accounts: a person writes, sends, taps, shares, blocks, and looks at the chat with the bot."""

from typing import Any, Protocol

from telegram import CallbackQuery, Contact, Location, Message, MessageOriginUser, User

from simulator.botapi.chat_methods import set_standing
from simulator.botapi.topic_methods import first_of, in_topic
from simulator.people.button_search import Tap, find_button
from simulator.people.speech import check_payload, detected, heard_by_bot, pieces
from simulator.world.files import as_attachment
from simulator.world.messages import Post, Room, Shown, Viewer, quoted, shown
from simulator.world.world import World

ANONYMOUS_ADMIN = 1087968824  # anonymous admins have this id, in every group
HERE = (30.6416, 104.0434)


class GroupChat(Protocol):
    """A group as people in it need it: where its messages stand, and which topics it has."""

    @property
    def room(self) -> Room: ...
    def rooms(self) -> list[Room]: ...
    def topic(self, name: str) -> int: ...


class Account(Viewer):
    """A person with a telephone. What they do happens at once on the case clock and queues an update."""

    def __init__(self, world: World, name: str, phone: str, language: str | None, username: str | None) -> None:
        self.world = world
        self.name = name
        self.phone = phone
        self.user: User = world.add_person(name, language, username)
        self.room: Room = world.rooms[self.user.id]

    def __repr__(self) -> str:
        return f"Account({self.name!r}, {self.id})"

    @property
    def id(self) -> int:
        """The id of the person, and of the private chat."""
        return self.user.id

    def rooms(self) -> list[Room]:
        return [self.room]

    def speaks(self, language: str) -> None:
        """The telephone's language is another one from now on, and comes along with whatever its owner does."""
        with self.user._unfrozen():
            self.user.language_code = language

    @property
    def toasts(self) -> list[str]:
        """The answers to this person's taps."""
        return [toast.text for toast in self.world.toasts if toast.to is self.user]

    def opens(self, payload: str = "") -> Message:
        """Follow a link to the bot and press START."""
        check_payload(payload)
        if self.room.bot == "kicked":
            self.unblocks_bot()
        return self.says(f"/start {payload}" if payload else "/start")

    def says(self, text: str, reply_to: Shown | None = None, to: GroupChat | None = None, topic: str = "") -> Message:
        """Write; what is longer than a message goes out in several, and the last is returned."""
        parts = pieces(text)
        if not parts:
            raise AssertionError("a telephone sends no empty message")
        for part in parts[:-1]:
            self._sends({"text": part, "entities": detected(part)}, reply_to, to)
        last: dict[str, Any] = {"text": parts[-1], "entities": detected(parts[-1])}
        if to is not None and topic:
            number = to.topic(topic)
            last |= {"reply_to_message": first_of(to.room, number), **in_topic(number)}
        return self._sends(last, reply_to, to)

    def says_anonymously(self, text: str, to: GroupChat) -> Message:
        """Write as an admin who stays anonymous: the group itself speaks."""
        nobody = User(ANONYMOUS_ADMIN, "Group", is_bot=True, username="GroupAnonymousBot")
        fields = {"text": text, "entities": detected(text), "sender_chat": to.room.chat}
        post = self.world.put(to.room, nobody, fields)
        if heard_by_bot(self.world, post):
            self.world.updates.add("message", post.message)
        return post.message

    def edits(self, message: Message, text: str) -> Message:
        """Change an own text."""
        post = self.world.rooms[message.chat.id].posts[message.message_id]
        self.world.revise(post, {"text": text, "entities": detected(text)})
        if heard_by_bot(self.world, post):
            self.world.updates.add("edited_message", post.message)
        return post.message

    def taps(self, label: str, on: Shown | None = None, to: GroupChat | None = None) -> Message | CallbackQuery:
        """Press the newest button of that label, or whose label contains it."""
        rooms = to.rooms() if to else [self.room]
        tap = find_button(label, rooms, on)
        if tap.inline:
            return self.pushes(tap)
        if tap.button.request == "contact":
            return self.shares_contact()
        if tap.button.request == "location":
            return self.sends_location()
        return self.says(tap.button.label, reply_to=shown(tap.post) if to else None, to=to)

    def presses(self, on: Shown, data: str) -> CallbackQuery:
        """Press with any data at all, on a message that may be gone by now."""
        post = self.world.rooms[on.chat_id].posts[on.message_id]
        return self.world.press(self.user, post, data, data)

    def shares_contact(self) -> Message:
        """Share one's own telephone number."""
        return self._sends({"contact": self._contact()})

    def forwards_contact(self, other: "Account") -> Message:
        """Send somebody else's telephone number."""
        return self._sends({"contact": other._contact()})

    def sends_photo(
        self, caption: str | None = None, name: str = "photo.jpg", size: int | None = None, **how: Any
    ) -> Message:
        return self.sends_file("photo", caption, name, size, **how)

    def sends_album(self, photos: int, caption: str | None = None, caption_on: int = 0, **how: Any) -> list[Message]:
        """Send 2–10 photos at once; the caption is on one of them."""
        album = self.world.album()
        return [
            self.sends_file("photo", caption if n == caption_on else None, album=album, **how) for n in range(photos)
        ]

    def sends_voice(self, seconds: int = 7, **how: Any) -> Message:
        return self.sends_file("voice", None, seconds=seconds, **how)

    def sends_video(self, caption: str | None = None, seconds: int = 9, **how: Any) -> Message:
        return self.sends_file("video", caption, seconds=seconds, **how)

    def sends_document(
        self, name: str = "document.pdf", size: int | None = None, caption: str | None = None, **how: Any
    ) -> Message:
        """Send a file; `size` is what Telegram says of it."""
        return self.sends_file("document", caption, name, size, **how)

    def sends_sticker(self, **how: Any) -> Message:
        return self.sends_file("sticker", None, **how)

    def sends_location(self, lat: float = HERE[0], lon: float = HERE[1], to: GroupChat | None = None) -> Message:
        return self._sends({"location": Location(lon, lat)}, to=to)

    def forwards(self, what: Shown) -> Message:
        """Forward a message of any chat to the bot; the messenger offers that for none that is protected."""
        post = self.world.rooms[what.chat_id].posts[what.message_id]
        if post.is_protected:
            raise AssertionError("a protected message can't be forwarded")
        dropped = ("from_user", "reply_markup", "reply_to_message", "media_group_id")
        fields = {name: value for name, value in post.fields.items() if name not in dropped}
        origin = MessageOriginUser(post.at, post.fields["from_user"])
        return self._sends({**fields, "forward_origin": origin})

    def blocks_bot(self) -> None:
        set_standing(self.world, self.room, "kicked", by=self.id)

    def unblocks_bot(self) -> None:
        set_standing(self.world, self.room, "member", by=self.id)

    def deletes_account(self) -> None:
        """Leave Telegram: whatever is sent here is refused from now on."""
        self.room.gone = True

    def _contact(self) -> Contact:
        """As telephones send it: with the country code, without a plus."""
        number = self.phone.removeprefix("+")
        number = f"86{number}" if len(number) == 11 and number.startswith("1") else number
        return Contact(number, self.name, user_id=self.id)

    def pushes(self, tap: Tap) -> Message | CallbackQuery:
        """Press this very button."""
        link = f"https://t.me/{self.world.bot.username}?start="
        if tap.button.url and tap.button.url.startswith(link):
            return self.opens(tap.button.url.removeprefix(link))
        if tap.button.data is None:
            raise AssertionError(f"[{tap.button.label}] opens {tap.button.url}, the bot hears nothing of it")
        return self.world.press(self.user, tap.post, tap.button.data, tap.button.label)

    def sends_file(
        self,
        kind: str,
        caption: str | None,
        name: str = "",
        size: int | None = None,
        data: bytes = b"",
        seconds: int = 0,
        album: str | None = None,
        reply_to: Shown | None = None,
        to: GroupChat | None = None,
    ) -> Message:
        """Send a file as a photo, voice, video, document or sticker, alone or as a part of an album."""
        stored = self.world.files.keep(kind, name, data, size)
        fields = {**as_attachment(stored, seconds), "caption": caption, "media_group_id": album}
        return self._sends(fields, reply_to, to)

    def _sends(self, fields: dict[str, Any], reply_to: Shown | None = None, to: GroupChat | None = None) -> Message:
        room = to.room if to else self.room
        self._may_speak(room)
        if reply_to is not None:
            replied = self._replied(room, reply_to)
            thread = replied.fields.get("message_thread_id")
            fields = {**fields, "reply_to_message": quoted(replied), **(in_topic(thread) if thread else {})}
        post = self.world.put(room, self.user, fields)
        if heard_by_bot(self.world, post):
            self.world.updates.add("message", post.message)
        return post.message

    def _may_speak(self, room: Room) -> None:
        if room.kind != "private":
            if self.id not in room.members:
                raise AssertionError(f"{self.name} is not in {room.name}")
        elif room.bot == "stranger":
            room.bot = "member"
        elif room.bot == "kicked":
            raise AssertionError(f"{self.name} has blocked the bot: opens() or unblocks_bot() first")

    def _replied(self, room: Room, what: Shown) -> Post:
        if what.chat_id != room.chat_id:
            raise AssertionError("one replies in the chat where the message stands")
        return room.posts[what.message_id]
