"""Files that were uploaded to the page and wait to be sent."""

import secrets
from pathlib import PurePosixPath

from simulator.botapi.params import Upload

MOST = 40
LARGEST = 20 * 1024 * 1024
KINDS = {
    "photo": {".jpg", ".jpeg", ".png", ".webp", ".gif"},
    "video": {".mp4", ".webm", ".mov"},
    "voice": {".oga", ".ogg", ".opus"},
}


def kind_of(upload: Upload) -> str:
    """As what a telephone sends such a file."""
    suffix = PurePosixPath(upload.name).suffix.lower()
    return next((kind for kind, suffixes in KINDS.items() if suffix in suffixes), "document")


class Uploads:
    """Files that wait, each under a token that nobody can guess; the oldest are dropped when there are too many."""

    def __init__(self) -> None:
        self._waiting: dict[str, Upload] = {}

    def keep(self, upload: Upload) -> str:
        while len(self._waiting) >= MOST:
            del self._waiting[next(iter(self._waiting))]
        token = secrets.token_urlsafe(16)
        self._waiting[token] = upload
        return token

    def of(self, token: str) -> Upload | None:
        return self._waiting.get(token)
