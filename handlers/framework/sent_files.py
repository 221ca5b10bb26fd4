"""The files that a message brings."""

from aiogram.types import Message

from complaints.errors import FileTooBig
from complaints.model.people import File

LARGEST = 20 * 1024 * 1024  # bytes; Telegram hands larger files to no bot


def files_of(message: Message) -> list[File]:
    if message.photo:
        return [File(kind="photo", file_id=message.photo[-1].file_id)]
    if message.location:
        place = message.location
        return [File(kind="location", file_id=f"{place.latitude},{place.longitude}")]
    for kind in ("voice", "video", "document", "audio", "video_note"):
        found = getattr(message, kind)
        if found is not None:
            if (found.file_size or 0) > LARGEST:
                raise FileTooBig
            return [File(kind=kind, file_id=found.file_id)]
    return []
