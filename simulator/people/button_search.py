"""The search for a button by its label, as people find it: the newest first."""

from dataclasses import dataclass

from simulator.world.messages import Button, Post, Room, Shown, inline_buttons, keyboard_buttons


@dataclass(frozen=True)
class Tap:
    """A button, the message it came with, and whether it stands right under it."""

    button: Button
    post: Post
    inline: bool


def find_button(label: str, rooms: list[Room], on: Shown | None) -> Tap:
    """The newest button with that label; else the only one of the newest message whose labels contain it."""
    messages = _tappable(rooms, on)
    for taps in messages:
        for tap in taps:
            if tap.button.label == label:
                return tap
    for taps in messages:
        alike = [tap for tap in taps if label in tap.button.label]
        if len(alike) > 1:
            raise AssertionError(f"{label!r} may be any of {[tap.button.label for tap in alike]}")
        if alike:
            return alike[0]
    visible = "\n".join(" ".join(f"[{tap.button.label}]" for tap in taps) for taps in messages if taps)
    raise AssertionError(f"no button {label!r}; the visible ones are, newest first:\n{visible or 'none'}")


def _tappable(rooms: list[Room], on: Shown | None) -> list[list[Tap]]:
    """The buttons of each message, newest message first, and those of the keyboard last."""
    posts = [post for room in rooms for post in room.posts.values() if not post.deleted]
    if on is not None:
        posts = [post for post in posts if (post.room.chat_id, post.message_id) == (on.chat_id, on.message_id)]
    inline = [[Tap(button, post, True) for row in inline_buttons(post) for button in row] for post in reversed(posts)]
    if on is not None or not rooms:
        return inline
    below = rooms[-1].keyboard
    return [
        *inline,
        [Tap(button, below, False) for row in keyboard_buttons(below) for button in row if below],
    ]
