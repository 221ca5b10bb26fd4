"""Keyboards: `reply_markup`, checked as strictly as Telegram does."""

import re
from typing import Any

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from simulator.api_errors import bad
from simulator.botapi.params import Params
from simulator.world.messages import KeyboardMarkup, Room

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
BUTTON_URL = re.compile(r"(?:https?://[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?|tg://\S+)", re.IGNORECASE)
MOST_BUTTONS = 100
LONGEST_DATA = 64


def inline_markup(params: Params) -> InlineKeyboardMarkup | None:
    """The inline keyboard of a call that takes no other; none when it is missing or empty."""
    raw = params.mapping("reply_markup", "reply keyboard markup")
    if raw and "inline_keyboard" not in raw:
        raise bad("inline keyboard expected")
    return _inline(raw) if raw else None


def any_markup(params: Params, room: Room) -> tuple[InlineKeyboardMarkup | None, KeyboardMarkup | None]:
    """The inline keyboard, or whatever else changes the keyboard below the chat."""
    raw = params.mapping("reply_markup", "reply keyboard markup")
    if "inline_keyboard" in raw:
        return _inline(raw), None
    if "keyboard" in raw:
        return None, _reply_keyboard(raw, room)
    if raw.get("remove_keyboard"):
        return None, ReplyKeyboardRemove(selective=raw.get("selective"))
    if raw.get("force_reply"):
        return None, ForceReply(raw.get("selective"), raw.get("input_field_placeholder"))
    return None, None


def _rows(raw: dict[str, Any], name: str) -> list[list[Any]]:
    rows = raw[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{name}" of the reply markup must be an Array of Arrays')
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    return [row for row in rows if row]


def _inline(raw: dict[str, Any]) -> InlineKeyboardMarkup | None:
    rows = _rows(raw, "inline_keyboard")
    return InlineKeyboardMarkup([[_inline_button(button) for button in row] for row in rows]) if rows else None


def _inline_button(raw: Any) -> InlineKeyboardButton:
    if not isinstance(raw, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    label = raw.get("text")
    if not isinstance(label, str) or not label.strip():
        raise bad('can\'t parse inline keyboard button: field "text" must be a non-empty String')
    actions = [action for action in ACTIONS if raw.get(action) is not None]
    if not actions:
        raise bad("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"can't parse inline keyboard button: exactly one action is expected, found {actions}")
    if actions == ["callback_data"]:
        _check_data(raw["callback_data"])
    if actions == ["url"] and not BUTTON_URL.fullmatch(str(raw["url"])):
        raise bad(f"inline keyboard button URL '{raw['url']}' is invalid: Wrong HTTP URL")
    return InlineKeyboardButton.de_json(raw)


def _check_data(data: object) -> None:
    if not isinstance(data, str) or not 0 < len(data.encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")


def _reply_keyboard(raw: dict[str, Any], room: Room) -> ReplyKeyboardMarkup:
    rows = [[_key(button, room) for button in row] for row in _rows(raw, "keyboard")]
    if not rows:
        raise bad("can't parse reply keyboard markup: the keyboard must not be empty")
    return ReplyKeyboardMarkup(
        rows,
        resize_keyboard=raw.get("resize_keyboard"),
        one_time_keyboard=raw.get("one_time_keyboard"),
        input_field_placeholder=raw.get("input_field_placeholder"),
        is_persistent=raw.get("is_persistent"),
    )


def _key(raw: Any, room: Room) -> KeyboardButton:
    raw = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str) or not raw["text"].strip():
        raise bad('can\'t parse keyboard button: field "text" must be a non-empty String')
    if room.kind != "private" and raw.get("request_contact"):
        raise bad("phone number can be requested in private chats only")
    if room.kind != "private" and raw.get("request_location"):
        raise bad("location can be requested in private chats only")
    if raw.get("request_contact") and raw.get("request_location"):
        raise bad("can't parse keyboard button: at most one request is expected")
    return KeyboardButton(
        raw["text"],
        request_contact=bool(raw.get("request_contact")),
        request_location=bool(raw.get("request_location")),
    )
