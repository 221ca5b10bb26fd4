"""Screens as calls of python-telegram-bot: send, edit, files, documents, keyboards."""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from bot.delivery.file_download import fetched
from complaints.model.people import File
from views.framework.lengths import CAPTION, fitted, plain
from views.framework.screen import Button, Document, Key, Screen

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None
IN_ALBUM = {"photo": InputMediaPhoto, "video": InputMediaVideo, "document": InputMediaDocument}


def markup(screen: Screen) -> Markup:
    """The keyboard: inline, or the reply keyboard, or its removal."""
    if screen.buttons:
        return InlineKeyboardMarkup([[_button(b) for b in row] for row in screen.buttons])
    if screen.keyboard is None:
        return None
    if not screen.keyboard:
        return ReplyKeyboardRemove()
    keys = [[_key(k) for k in row] for row in screen.keyboard]
    return ReplyKeyboardMarkup(keys, resize_keyboard=True, is_persistent=True)


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=button.data or None, url=button.url or None)


def _key(key: Key) -> KeyboardButton:
    return KeyboardButton(
        key.label,
        request_contact=True if key.request == "contact" else None,
        request_location=True if key.request == "location" else None,
    )


async def send(
    bot: ExtBot[Any],
    chat: int,
    screen: Screen,
    *,
    as_plain: bool = False,
    thread: int | None = None,
    reply_to: int | None = None,
) -> Message:
    """`thread` is the topic of a group with topics; None is the general one. `reply_to` is a message of the chat."""
    return await bot.send_message(
        chat,
        plain(fitted(screen.text)) if as_plain else fitted(screen.text),
        parse_mode=None if as_plain else ParseMode.HTML,
        reply_markup=markup(screen),
        disable_notification=screen.silent or None,
        protect_content=screen.protected or None,
        message_thread_id=thread,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=replies(reply_to),
    )


def replies(to: int | None) -> ReplyParameters | None:
    """The message is sent also where that one is gone."""
    return None if to is None else ReplyParameters(to, allow_sending_without_reply=True)


async def edit(bot: ExtBot[Any], chat: int, message_id: int, screen: Screen) -> None:
    keyboard = markup(screen)
    await bot.edit_message_text(
        fitted(screen.text),
        chat_id=chat,
        message_id=message_id,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )


async def take_buttons(bot: ExtBot[Any], chat: int, message_id: int) -> None:
    """What it says stays."""
    await bot.edit_message_reply_markup(chat_id=chat, message_id=message_id, reply_markup=None)


async def list_commands(bot: ExtBot[Any], chat: int, listed: Sequence[tuple[str, str]]) -> None:
    """The commands of one chat; without any those for everybody stand there again."""
    scope = BotCommandScopeChat(chat)
    if listed:
        await bot.set_my_commands([BotCommand(name, what) for name, what in listed], scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


async def send_files(
    bot: ExtBot[Any], chat: int, screen: Screen, *, thread: int | None = None, reply_to: int | None = None
) -> Sequence[Message]:
    """Photos, videos or documents go as one album; everything else alone."""
    how: dict[str, Any] = {
        "message_thread_id": thread,
        "protect_content": screen.protected or None,
        "reply_parameters": replies(reply_to),
    }
    files, caption = screen.files, screen.text
    if len(files) > 1:
        media = [IN_ALBUM[f.kind](f.file_id, caption=caption if n == 0 else None) for n, f in enumerate(files)]
        return await bot.send_media_group(chat, media, **how)
    return [await _send_one(bot, chat, files[0], caption, how)]


async def send_as_document(bot: ExtBot[Any], chat: int, screen: Screen) -> Sequence[Message]:
    """The bytes of a file of another kind: by its id it can only be sent as what it is."""
    name, content = await fetched(bot, screen.files[0].file_id)
    file, protect = InputFile(content, filename=name), screen.protected or None
    return [await bot.send_document(chat, file, caption=screen.text, protect_content=protect)]


async def send_document(
    bot: ExtBot[Any], chat: int, document: Document, caption: str, *, thread: int | None = None
) -> Message:
    file = InputFile(document.content, filename=document.name)
    return await bot.send_document(
        chat, file, caption=fitted(caption, CAPTION), parse_mode=ParseMode.HTML, message_thread_id=thread
    )


async def _send_one(bot: ExtBot[Any], chat: int, file: File, caption: str, how: Mapping[str, Any]) -> Message:
    if file.kind == "location":
        latitude, _, longitude = file.file_id.partition(",")
        return await bot.send_location(chat, float(latitude), float(longitude), **how)
    if file.kind == "video_note":
        return await bot.send_video_note(chat, file.file_id, **how)
    sends: Mapping[str, Any] = {
        "photo": bot.send_photo,
        "video": bot.send_video,
        "voice": bot.send_voice,
        "audio": bot.send_audio,
        "document": bot.send_document,
    }
    sent: Message = await sends[file.kind](chat, file.file_id, caption=caption, **how)
    return sent
