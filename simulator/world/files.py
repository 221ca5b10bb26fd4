"""Files by their file_id: the bytes that people sent or the bot uploaded."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import Document, File, PhotoSize, Sticker, Video, Voice

from simulator.api_errors import bad
from simulator.numbers import Numbers

MEGABYTE = 1024 * 1024
LARGEST_DOWNLOAD = 20 * MEGABYTE
SMALL = "-s"
FOLDERS = {
    "photo": ("photos", "jpg", "image/jpeg", "Photo"),
    "voice": ("voice", "oga", "audio/ogg", "VoiceNote"),
    "video": ("videos", "mp4", "video/mp4", "Video"),
    "document": ("documents", "bin", "application/octet-stream", "Document"),
    "sticker": ("stickers", "webp", "image/webp", "Sticker"),
}
PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////"
    "////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)


@dataclass(frozen=True)
class StoredFile:
    """A file of one kind; `size` is what Telegram says of it, which may be more than the bytes kept."""

    kind: str
    file_id: str
    unique_id: str
    name: str
    mime: str
    size: int
    data: bytes
    path: str


class Files:
    """All files there are, by file_id and by path."""

    def __init__(self) -> None:
        self._numbers = Numbers(1)
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, name: str = "", data: bytes = b"", size: int | None = None) -> StoredFile:
        """A new file; without data it gets a few bytes of its kind, of its own."""
        number = next(self._numbers)
        folder, extension, mime, _ = FOLDERS[kind]
        unique = base64.urlsafe_b64encode(f"{kind[:2]}{number:07d}".encode()).decode().rstrip("=")
        data = data or sample(kind, number)
        extension = name.rpartition(".")[2] if "." in name else extension
        stored = StoredFile(
            kind=kind,
            file_id=f"AgACAgUAAxkBAAI{unique}{kind[0].upper()}AAzYE",
            unique_id=f"AQAD{unique}",
            name=name,
            mime=mime,
            size=len(data) if size is None else size,
            data=data,
            path=f"{folder}/file_{number}.{extension}",
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def again(self, kind: str, file_id: str) -> StoredFile:
        """The file sent once more by its id, as the same kind of thing."""
        stored = self._by_id.get(file_id.removesuffix(SMALL))
        if stored is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if stored.kind != kind:
            raise bad(f"can't use file of type {FOLDERS[stored.kind][3]} as {FOLDERS[kind][3]}")
        return stored

    def of(self, file_id: str) -> StoredFile:
        """The file of an id that some message carries."""
        return self._by_id[file_id.removesuffix(SMALL)]

    def at(self, path: str) -> StoredFile | None:
        """The file to be downloaded from a path, if there is one."""
        return self._by_path.get(path)

    def described(self, file_id: str) -> File:
        """What getFile answers."""
        stored = self._by_id.get(file_id.removesuffix(SMALL))
        if stored is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if stored.size > LARGEST_DOWNLOAD:
            raise bad("file is too big")
        return File(stored.file_id, stored.unique_id, stored.size, stored.path)


def sample(kind: str, number: int) -> bytes:
    """A few bytes that pass for a file of that kind; no two numbers give the same."""
    note = b"%08d" % number
    if kind == "photo":
        return PIXEL[:2] + b"\xff\xfe\x00\x0a" + note + PIXEL[2:]
    heads = {
        "voice": b"OggS\x00\x02",
        "video": b"\x00\x00\x00\x18ftypmp42",
        "sticker": b"RIFF\x14\x00\x00\x00WEBP",
    }
    return heads.get(kind, b"") + note


def as_attachment(stored: StoredFile, seconds: int = 0) -> dict[str, Any]:
    """The field of a message that carries the file; `seconds` is how long a voice or video lasts."""
    ids = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}
    named = {"file_name": stored.name, "mime_type": stored.mime}
    return {stored.kind: _ATTACHMENTS[stored.kind](ids, named, seconds)}


def _photo(ids: dict[str, Any], named: dict[str, Any], seconds: int) -> tuple[PhotoSize, ...]:
    small = PhotoSize(ids["file_id"] + SMALL, ids["file_unique_id"] + "s", 90, 67, 1200)
    return small, PhotoSize(width=1280, height=960, **ids)


def _voice(ids: dict[str, Any], named: dict[str, Any], seconds: int) -> Voice:
    return Voice(duration=seconds, mime_type=named["mime_type"], **ids)


def _video(ids: dict[str, Any], named: dict[str, Any], seconds: int) -> Video:
    return Video(width=1280, height=720, duration=seconds, **named, **ids)


def _sticker(ids: dict[str, Any], named: dict[str, Any], seconds: int) -> Sticker:
    return Sticker(width=512, height=512, is_animated=False, is_video=False, type="regular", **ids)


def _document(ids: dict[str, Any], named: dict[str, Any], seconds: int) -> Document:
    return Document(**named, **ids)


_ATTACHMENTS: dict[str, Callable[[dict[str, Any], dict[str, Any], int], Any]] = {
    "photo": _photo,
    "voice": _voice,
    "video": _video,
    "sticker": _sticker,
    "document": _document,
}
