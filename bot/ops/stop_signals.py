"""SIGTERM and SIGINT as an event, for whatever runs until it is told to stop."""

import asyncio
import signal
from contextlib import suppress


def set_on_signals(stop: asyncio.Event) -> None:
    """Set it at SIGTERM and SIGINT; where the loop hears no signals (Windows), Ctrl+C cancels the main task instead."""
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
