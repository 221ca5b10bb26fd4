"""What is said of a file that the messenger has refused to deliver."""

from complaints.model.complaint import Complaint
from views.framework import parts
from views.framework.screen import Lines, Screen
from views.framework.translator import Translator


def kind(t: Translator, which: str) -> str:
    names = {
        "photo": t.p("file", "a photo"),
        "video": t.p("file", "a video"),
        "video_note": t.p("file", "a video"),
        "voice": t.p("file", "a voice message"),
        "location": t.p("file", "a location"),
    }
    return names.get(which, t.p("file", "a file"))


def to_reader(t: Translator, complaint: Complaint, which: str) -> Screen:
    """It counts as missing, and not as delivered."""
    out = Lines()(t("Something is missing here: {what} could not be delivered to you.", what=kind(t, which)))
    out(t("Number {number}", number=parts.number(complaint)))
    return Screen(str(out(t("Your own privacy settings may keep such messages away."))))


def to_sender(t: Translator, complaint: Complaint, which: str) -> Screen:
    out = Lines()(t("{what} that you sent could not be delivered.", what=kind(t, which)))
    out(t("Number {number}", number=parts.number(complaint)))
    return Screen(str(out(t("Please send it in another way, or say in words what it shows."))))
