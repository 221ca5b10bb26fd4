"""`mashang run` for a benchmark: with no pacing where UNPACED says so."""

import asyncio
import os
from functools import partial

from bot import app
from bot.delivery.rate_limiter import Limits
from bot.settings import Settings

UNPACED = Limits(overall=10**6, private=10**6, group=10**6, group_gap=0.0)


async def run() -> None:
    if os.environ.get("UNPACED"):
        app.opened = partial(app.opened, limits=UNPACED)
    await app.run(Settings())


if __name__ == "__main__":
    asyncio.run(run())
