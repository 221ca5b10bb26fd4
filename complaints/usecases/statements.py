"""What an actor says with an act: kept as a statement of the case, or refused where the act needs more of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from complaints.errors import SaysNothing, WordsNeeded
from complaints.model.complaint import Complaint
from complaints.model.people import VOICES, Actor, File
from complaints.text.answer_quality import is_question, missing_parts
from complaints.usecases.ports import Work


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the actor wrote, and the files with it."""

    text: str = ""
    media: Sequence[File] = ()


NOTHING = Said()


def require_words(said: Said) -> None:
    """WordsNeeded where nothing was written."""
    if not said.text:
        raise WordsNeeded


def require_meaning(complaint: Complaint, said: Said) -> None:
    """Refuse 程序性答复 (成住建发〔2023〕62号 二(三)) before it is sent; in danger no words are held up."""
    require_words(said)
    missing = () if complaint.danger else missing_parts(said.text)
    if missing:
        raise SaysNothing(missing=missing)


def require_news(complaint: Complaint, said: Said) -> None:
    """Refuse what says nothing of the case either in words or by a file; a question to the household may be short."""
    if not said.media and not is_question(said.text):
        require_meaning(complaint, said)


def require_result(complaint: Complaint, said: Said) -> None:
    """「已处理」 is no result; photos or files show one, also beside few words."""
    if not said.media:
        require_meaning(complaint, said)


def speaks(media: Sequence[File]) -> bool:
    """Whether somebody speaks in one of these files, and what they say is to be written down."""
    return any(file.kind in VOICES for file in media)


def keep(work: Work, complaint: Complaint, actor: Actor, said: Said) -> int:
    """The id of the new statement."""
    return work.keep(complaint.id, said.text, said.media, actor.person)


def keep_words(work: Work, complaint: Complaint, actor: Actor, said: Said) -> int:
    """The id of the new statement, which must have words."""
    require_words(said)
    return keep(work, complaint, actor, said)


def keep_any(work: Work, complaint: Complaint, actor: Actor, said: Said) -> int:
    """The id of the new statement: words or files, one of them there must be."""
    kept = keep_if_any(work, complaint, actor, said)
    if kept is None:
        raise WordsNeeded
    return kept


def keep_if_any(work: Work, complaint: Complaint, actor: Actor, said: Said) -> int | None:
    """The id of the new statement, if there are words or files."""
    return keep(work, complaint, actor, said) if said.text or said.media else None


def keep_if_said(work: Work, complaint: Complaint, actor: Actor, said: Said) -> int | None:
    """The id of the new statement, if anything was written."""
    return keep(work, complaint, actor, said) if said.text else None
