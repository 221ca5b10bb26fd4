"""Filters that are looked at where they stand."""

from aiogram.filters import Filter
from aiogram.types import TelegramObject
from magic_filter import MagicFilter


class Where(Filter):
    """Holds where a magic filter does: aiogram hands a bare one to a thread, which takes longer than all others."""

    def __init__(self, magic: MagicFilter) -> None:
        self.magic = magic

    async def __call__(self, event: TelegramObject) -> bool:
        return bool(self.magic.resolve(event))
