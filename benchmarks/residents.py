"""Residents who file: each says what is wrong, taps the matter and submits, and waits for each answer."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field

from benchmarks.bot_api import BotApi, Call
from benchmarks.city import FIRST_RESIDENT

WORDS = "3栋楼道灯不亮，晚上看不见"
MATTER = "公共照明"
SUBMIT = "提交"
SUM = "时限"
LONGEST = 60.0  # seconds that anybody waits for an answer


@dataclass
class Residents:
    """What each sees of the bot; `steps` are the seconds that each answer took."""

    api: BotApi
    steps: list[float] = field(default_factory=list)
    _seen: dict[int, asyncio.Queue[Call]] = field(default_factory=lambda: defaultdict(asyncio.Queue))

    def __post_init__(self) -> None:
        self.api.on_call = self._see

    def _see(self, call: Call) -> None:
        if call.chat:
            self._seen[call.chat].put_nowait(call)

    async def file(self, number: int) -> None:
        """One whole filing: three steps."""
        await self.files(number)

    async def files(self, number: int) -> Call:
        """The same; returns the receipt."""
        user = FIRST_RESIDENT + number
        began = time.monotonic()
        self.api.says(user, WORDS)
        offered = await self._sees(user, MATTER, began)
        preview = await self._taps(user, offered, MATTER, SUBMIT)
        return await self._taps(user, preview, SUBMIT, "催一催")

    async def asks_for_the_sum(self, number: int, receipt: Call) -> float:
        """Tap for how the deadline is counted; returns the seconds until the answer."""
        user = FIRST_RESIDENT + number
        began, seen = time.monotonic(), self._seen[user]
        while not seen.empty():
            seen.get_nowait()
        self.api.taps(user, receipt, next(data for text, data in receipt.buttons.items() if SUM in text))
        while True:
            call = await seen.get()
            if call.method == "sendMessage":
                return call.at - began

    async def _taps(self, user: int, call: Call, label: str, then: str) -> Call:
        began = time.monotonic()
        data = next(data for text, data in call.buttons.items() if label in text)
        self.api.taps(user, call, data)
        return await self._sees(user, then, began)

    async def _sees(self, user: int, label: str, began: float) -> Call:
        """The next message with such a button."""
        async with asyncio.timeout(LONGEST):
            while True:
                call = await self._seen[user].get()
                if any(label in text for text in call.buttons):
                    self.steps.append(call.at - began)
                    return call
