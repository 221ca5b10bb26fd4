"""A clock that several processes share, and one of them moves."""

import mmap
import struct
import time
from datetime import UTC, datetime
from pathlib import Path


class SharedClock:
    """Real time runs; case time is ahead of it by what stands in a small file that all processes share."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 8)

    @classmethod
    def made(cls, path: Path, at: datetime) -> "SharedClock":
        path.write_bytes(struct.pack("d", at.timestamp() - time.time()))
        return cls(path)

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + struct.unpack("d", self._shared[:8])[0], UTC)

    def real(self) -> float:
        return time.time()

    def move_to(self, at: datetime) -> None:
        """Forward only, as the world's time."""
        if at > self.now():
            self._shared[:8] = struct.pack("d", at.timestamp() - time.time())
