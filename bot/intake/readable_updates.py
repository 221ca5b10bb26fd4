"""What the bot reads of an update: whatever else the messenger adds to it is dropped, before it is stored or parsed.

A field of another type than expected is dropped as well; a message of which so nothing is left says `unread`.
"""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from aiogram import types
from pydantic.fields import FieldInfo

from handlers.framework.service_messages import OTHER

Read = Callable[[Any], Any]
Raw = Mapping[str, Any]
PASSED_ON = {"type": "hidden_user", "date": 0, "sender_user_name": ""}  # that it was forwarded, not by whom
FORWARDS = ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name")
BY_A_BOT = {"id": 0, "is_bot": True, "first_name": ""}
UNREAD = "unread"  # what we note down ourselves, as OTHER
# What the messenger itself says in a chat, and what stands beside a person's words: neither is something to answer.
UNASKED = frozenset({
    "pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed",
    "users_shared", "chat_shared", "connected_website", "passport_data", "proximity_alert_triggered", "boost_added",
    "new_chat_members", "left_chat_member", "new_chat_photo", "delete_chat_photo", "group_chat_created",
    "supergroup_chat_created", "channel_chat_created", "successful_payment", "refunded_payment", "gift", "unique_gift",
    "gift_upgrade_sent", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "video_chat_scheduled", "video_chat_started",
    "video_chat_ended", "video_chat_participants_invited", "web_app_data", "giveaway_created", "giveaway_completed",
    "giveaway_winners", "paid_message_price_changed", "direct_message_price_changed", "checklist_tasks_done",
    "checklist_tasks_added", "chat_owner_left", "chat_owner_changed", "suggested_post_approved",
    "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
    "entities", "caption_entities", "quote", "external_reply", "reply_to_story", "via_bot", "link_preview_options",
    "reply_markup", "edit_date", "author_signature", "effect_id", "has_media_spoiler", "has_protected_content",
    "is_automatic_forward", "is_from_offline", "show_caption_above_media", "sender_boost_count", "paid_star_count",
    "is_paid_post", "sender_business_bot", "business_connection_id", "reply_to_checklist_task_id", "sender_tag",
    "direct_messages_topic", "suggested_post_info", *FORWARDS, "forward_from_message_id", "forward_signature",
})  # fmt: skip


class Unread(ValueError):
    """Of what somebody sent nothing can be read."""


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unread
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unread
    return value


def _degrees(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Unread
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unread
    return value


def _as_it_is(value: Any) -> Any:
    return value


def _shape(needed: Mapping[str, Read], usual: Mapping[str, tuple[Read, Any]], also: Mapping[str, Read]) -> Read:
    """An object with these fields and no others: Unread without one that is needed, the usual value for one missing."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Unread
        found = {name: of(value.get(name)) for name, of in needed.items()}
        for name, (of, instead) in usual.items():
            found[name] = _or(of, value.get(name), instead)
        return {**found, **_present(value, also)}

    return read


def _or(of: Read, value: Any, instead: Any) -> Any:
    try:
        return of(value)
    except Unread:
        return instead


def _present(value: Raw, fields: Mapping[str, Read]) -> dict[str, Any]:
    """Those of the fields that are there and can be read."""
    found = {}
    for name in fields.keys() & value.keys():
        try:
            found[name] = fields[name](value[name])
        except Unread:
            continue
    return found


_CHAT = _shape(
    {"id": _as_it_is, "type": _as_it_is}, {}, {"title": _text, "is_forum": _flag, "first_name": _text}
)  # fmt: skip
_USER = _shape(
    {"id": _as_it_is}, {"is_bot": (_flag, False), "first_name": (_text, "")},
    {"last_name": _text, "username": _text, "language_code": _text},
)  # fmt: skip
_WHERE: dict[str, Read] = {
    "message_id": _as_it_is, "date": _as_it_is, "chat": _CHAT, "from": _USER, "sender_chat": _CHAT,
    "message_thread_id": _number, "is_topic_message": _flag,
}  # fmt: skip


def _bare(value: Any) -> dict[str, Any]:
    """Of a message that is answered or tapped, where it stands: its words may be somebody else's."""
    if not isinstance(value, Mapping):
        raise Unread
    found = {"message_id": _number(value.get("message_id")), "date": 0, **_present(value, _WHERE)}
    if "chat" not in found:
        raise Unread
    return {**found, "forward_origin": PASSED_ON} if _was_forwarded(value) else found


def _was_forwarded(message: Raw) -> bool:
    return any(message.get(name) for name in FORWARDS)


def _file(**sizes: int) -> Read:
    usual = {name: (_number, size) for name, size in sizes.items()}
    return _shape({"file_id": _text}, {"file_unique_id": (_text, ""), **usual}, {"file_size": _number})


_SIZE = _file(width=0, height=0)


def _photo(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Unread
    sizes = [size for one in value if (size := _or(_SIZE, one, None)) is not None]
    if not sizes:
        raise Unread
    return sizes


_SAID: dict[str, Read] = {
    "text": _text,
    "caption": _text,
    "photo": _photo,
    "voice": _file(duration=0),
    "video": _file(width=0, height=0, duration=0),
    "video_note": _file(length=0, duration=0),
    "document": _file(),
    "audio": _file(duration=0),
    "location": _shape({"latitude": _degrees, "longitude": _degrees}, {}, {}),
    "contact": _shape({"phone_number": _text}, {"first_name": (_text, "")}, {"user_id": _number}),
}
_OF_A_GROUP: dict[str, Read] = {
    "migrate_to_chat_id": _number,
    "migrate_from_chat_id": _number,
    "new_chat_title": _text,
    "forum_topic_created": _shape({}, {"name": (_text, ""), "icon_color": (_number, 0)}, {}),
}
_BESIDE: dict[str, Read] = {"media_group_id": _text, "reply_to_message": _bare, OTHER: _flag, UNREAD: _flag}
_KNOWN = frozenset({*_WHERE, *_SAID, *_OF_A_GROUP, *_BESIDE})


def _message(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if isinstance(replied := value.get("reply_to_message"), Mapping) and "chat" in value:
        value = {**value, "reply_to_message": {"chat": value["chat"], **replied}}  # nobody replies from another chat
    place = {name: value[name] for name in ("message_id", "date", "chat") if name in value}
    found = {**place, **_present(value, {**_WHERE, **_OF_A_GROUP, **_BESIDE})}
    said = _present(value, _SAID)
    if _was_forwarded(value):
        found["forward_origin"] = PASSED_ON
    if value.get("via_bot") is not None:
        found["via_bot"] = BY_A_BOT
    if not said and _SAID.keys() & value.keys():
        found[UNREAD] = True
    if not said and value.keys() - _KNOWN - UNASKED:
        found[OTHER] = True
    return {**found, **said}


_TAP = _shape(
    {"id": _as_it_is, "from": _USER}, {"chat_instance": (_text, "")}, {"data": _text, "message": _bare}
)  # fmt: skip
_STANDINGS = {get_args(c.model_fields["status"].annotation)[0]: c for c in (
    types.ChatMemberOwner, types.ChatMemberAdministrator, types.ChatMemberMember, types.ChatMemberRestricted,
    types.ChatMemberLeft, types.ChatMemberBanned,
)}  # fmt: skip


def _usual(field: FieldInfo) -> Any:
    return False if field.annotation is bool else 0


def _known_standing(value: Any) -> Any:
    """The library's class for such a membership; None for what it doesn't know."""
    status = value.get("status") if isinstance(value, Mapping) else None
    return _STANDINGS.get(status) if isinstance(status, str) else None


def _standing(value: Any) -> Any:
    """A membership with the rights that are there; one that an older or newer server leaves out isn't given."""
    known = _known_standing(value)
    if known is None:
        return value
    rights = {name: right for name, right in value.items() if isinstance(right, bool)}
    needed = {n: _usual(f) for n, f in known.model_fields.items() if f.is_required() and n not in ("user", "status")}
    who = _or(_USER, value.get("user"), BY_A_BOT)
    return {"status": value["status"], "user": who, **needed, **{n: r for n, r in rights.items() if n != "status"}}


def _standing_before(value: Any) -> Any:
    """What it was before matters less: one that can't be read was some membership."""
    return _standing(value) if _known_standing(value) else {"status": "member", "user": BY_A_BOT}


def _membership(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    found = _present(value, {"chat": _CHAT, "from": _USER, "date": _as_it_is})
    now = _standing(value.get("new_chat_member"))
    return {**found, "old_chat_member": _standing_before(value.get("old_chat_member")), "new_chat_member": now}


def _tapped(value: Any) -> Any:
    try:
        return _TAP(value)
    except Unread:
        return value


_KINDS: dict[str, Read] = {
    "message": _message,
    "edited_message": _message,
    "callback_query": _tapped,
    "my_chat_member": _membership,
}


def readable(update: Any) -> Any:
    """The update without what nobody reads; what is no update stays what it is."""
    if not isinstance(update, Mapping):
        return update
    heard = {kind: read(update[kind]) for kind, read in _KINDS.items() if kind in update}
    return {**{name: update[name] for name in ("update_id",) if name in update}, **heard}
