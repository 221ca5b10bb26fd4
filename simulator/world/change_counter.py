"""A counter of visible changes, and a way to wait for the next."""

import asyncio


class News:
    """Everything that anybody could see has a number; who knows the last one can ask for what came after."""

    def __init__(self) -> None:
        self.number = 0
        self._changed = asyncio.Event()

    def add(self) -> int:
        """Something happened: its number."""
        self.number += 1
        self._changed.set()
        self._changed = asyncio.Event()
        return self.number

    async def after(self, number: int) -> int:
        """Wait until more has happened than that, and return how much has."""
        while self.number <= number:
            await self._changed.wait()
        return self.number
