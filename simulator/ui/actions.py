"""Actions from the page, carried out as if the person had done them on a telephone."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from simulator.botapi.params import Upload
from simulator.people.accounts import Account
from simulator.people.button_search import Tap
from simulator.people.groups import Group
from simulator.ui.action_schema import Attachment, ByPhone, Key, Press, Say, Send, Start, Unblock
from simulator.ui.controls import Player
from simulator.ui.drawing import rooms_of
from simulator.ui.uploads import Uploads, kind_of
from simulator.world.messages import Shown, inline_buttons, keyboard_buttons, shown

SAMPLES = files("simulator") / "samples"
VOICE_LASTS = 4  # seconds
ALONE = ("location", "contact")


class Impossible(Exception):
    """The telephone can't do that now; the word says why, and the page has a sentence for it."""


class Telephones:
    """The telephones that the page shows, by their owners' keys."""

    def __init__(self, players: Mapping[str, Player], uploads: Uploads) -> None:
        self._players = players
        self._uploads = uploads
        self._ways: dict[type[ByPhone], Callable[[Any], None]] = {
            Say: self._say,
            Press: self._press,
            Key: self._key,
            Start: self._start,
            Send: self._send,
            Unblock: self._unblock,
        }

    def carry_out(self, act: ByPhone) -> None:
        """Do it, or raise Impossible."""
        self._ways[type(act)](act)

    def _say(self, act: Say) -> None:
        who, group = self._speaker(act)
        if not act.text.strip():
            raise Impossible("empty")
        who.says(act.text, reply_to=self._replied(act), to=group)

    def _press(self, act: Press) -> None:
        who, _ = self._speaker(act)
        room = next((r for r in rooms_of(self._player(act)) if r.chat_id == act.chat), None)
        post = room.posts.get(act.message) if room else None
        if post is None or post.deleted:
            raise Impossible("gone")
        rows = inline_buttons(post)
        if act.row >= len(rows) or act.column >= len(rows[act.row]) or rows[act.row][act.column].label != act.label:
            raise Impossible("changed")
        who.pushes(Tap(rows[act.row][act.column], post, True))

    def _key(self, act: Key) -> None:
        who, group = self._speaker(act)
        keyboard = keyboard_buttons(rooms_of(self._player(act))[-1].keyboard)
        if act.label not in {button.label for row in keyboard for button in row}:
            raise Impossible("changed")
        request = next(b.request for row in keyboard for b in row if b.label == act.label)
        if request == "contact":
            who.shares_contact()
        elif request == "location":
            who.sends_location()
        else:
            who.says(act.label, to=group)

    def _start(self, act: Start) -> None:
        who, _ = self._speaker(act)
        try:
            who.opens(act.payload)
        except ValueError:
            raise Impossible("link") from None

    def _unblock(self, act: Unblock) -> None:
        self._speaker(act, blocked=True)[0].unblocks_bot()

    def _send(self, act: Send) -> None:
        """Pictures go together as an album, the words with the first file; a place and a number go alone."""
        who, group = self._speaker(act)
        uploads = [self._file(one) for one in act.attachments if one.kind not in ALONE]
        pictures = [upload for upload in uploads if kind_of(upload) in ("photo", "video")]
        album = who.world.album() if len(pictures) > 1 else None
        reply, caption = self._replied(act), act.text.strip() or None
        for upload in sorted(uploads, key=lambda upload: upload not in pictures):
            who.sends_file(
                kind_of(upload),
                caption,
                upload.name,
                data=upload.data,
                seconds=VOICE_LASTS if kind_of(upload) == "voice" else 0,
                album=album if upload in pictures else None,
                reply_to=reply,
                to=group,
            )
            caption = None
        for one in act.attachments:
            self._send_alone(one, who, group)
        if caption and not uploads:
            who.says(caption, reply_to=reply, to=group)

    def _send_alone(self, one: Attachment, who: Account, group: Group | None) -> None:
        if one.kind == "location":
            who.sends_location(to=group)
        elif one.kind == "contact" and group is None:
            who.shares_contact()

    def _file(self, one: Attachment) -> Upload:
        if one.kind == "upload":
            found = self._uploads.of(one.token)
            if found is None:
                raise Impossible("upload")
            return found
        name = "voice.oga" if one.kind == "voice" else one.name
        if name not in sample_names():
            raise Impossible("upload")
        return Upload(name, (SAMPLES / name).read_bytes())

    def _player(self, act: ByPhone) -> Player:
        player = self._players.get(act.phone)
        if player is None:
            raise Impossible("gone")
        return player

    def _speaker(self, act: ByPhone, *, blocked: bool = False) -> tuple[Account, Group | None]:
        player = self._player(act)
        if isinstance(player.who, Group):
            speaker = next((a for a in player.speakers if a.id == act.speaker), None)
            if speaker is None:
                raise Impossible("gone")
            return speaker, player.who
        if (player.who.room.bot == "kicked") is not blocked and not isinstance(act, Start):
            raise Impossible("blocked")
        return player.who, None

    def _replied(self, act: Say | Send) -> Shown | None:
        """Only a message of the present chat can be answered: a group that has migrated numbers them anew."""
        room = rooms_of(self._player(act))[-1]
        post = room.posts.get(act.reply) if act.reply and act.reply_in == room.chat_id else None
        return shown(post) if post is not None and not post.deleted else None


@cache
def sample_names() -> frozenset[str]:
    """The files that anybody can send without having any of their own."""
    return frozenset(sample.name for sample in SAMPLES.iterdir() if not sample.name.startswith((".", "_")))
