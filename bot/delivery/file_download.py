"""Files that people have sent, fetched from the messenger; never more than the bot may hold."""

from typing import Any

from telegram.ext import ExtBot

LARGEST = 20 * 1024 * 1024  # bytes; Telegram hands larger files to no bot


class TooLarge(Exception):
    """The file is larger than what was asked for."""


async def fetched(bot: ExtBot[Any], file_id: str, largest: int = LARGEST) -> tuple[str, bytes]:
    """Its name and its bytes; TooLarge before it is loaded, where the messenger says how large it is."""
    found = await bot.get_file(file_id)
    if (found.file_size or 0) > largest:
        raise TooLarge
    content = bytes(await found.download_as_bytearray())
    if len(content) > largest:
        raise TooLarge
    return (found.file_path or "file").rpartition("/")[2], content
