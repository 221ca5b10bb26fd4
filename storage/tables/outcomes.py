"""How a message of the outbox ended, or why it waits."""

from enum import StrEnum


class MessageOutcome(StrEnum):
    """How the last send of a message ended, or why there will be none."""

    AMBIGUOUS = "ambiguous"  # nobody knows whether it arrived
    RATE_LIMITED = "rate_limited"  # the messenger asked us to wait
    NOT_SENT = "not_sent"  # it never left
    REFUSED = "refused"  # what it says, or how
    UNREACHABLE = "unreachable"  # the chat: nothing of ours brings it back
    UNEDITABLE = "uneditable"  # the message that was to be edited
    MISPLACED = "misplaced"  # its topic is gone
    MOVED = "moved"  # the group has another number now
    UNRENDERABLE = "unrenderable"  # by a fault of ours
    POINTLESS = "pointless"  # when it was to be sent, the case had moved on
    ERASED = "erased"  # with somebody's data
    DIGESTED = "digested"  # another message tells it
