"""What happens to a case without anybody's right to it: by time, by the registry, by a household that joins or goes."""

from complaints.lifecycle import transitions
from complaints.lifecycle.acts.act import ALIVE, ANY, OPEN, RESOLVED, SETTLED, Move
from complaints.model import events as e
from complaints.model.complaint import State
from complaints.model.notice import Files, Notice, Priority
from complaints.model.roles import RecipientRole as R

# From which states it may come, and the move.
MOVES: tuple[tuple[frozenset[State], Move], ...] = (
    (OPEN, Move(e.Joined, transitions.joined, (
        Notice("manager.joined", R.HANDLER, files=Files.OF_EVENT),
    ))),
    (ANY, Move(e.Erased, transitions.erased)),
    (SETTLED, Move(e.Reopened, transitions.reopened, (
        Notice("resident.reopened", R.HOUSEHOLDS),
        Notice("manager.reopened", R.HANDLER),
        Notice("manager.reopened", R.COMPANY_HEAD),
        Notice("bureau.reopened", R.BUREAU_GROUP),
    ))),
    # Also a case that was opened again, where the rating that did so was found not to count.
    (RESOLVED | {State.ANSWERED}, Move(e.Closed, transitions.closed)),
    (ANY, Move(e.Nudged, transitions.nothing)),
    (ANY, Move(e.Expired, transitions.expired)),
    (ANY, Move(e.MetLate, transitions.nothing)),
    (ALIVE, Move(e.TranscriptDrafted, transitions.transcript_drafted)),
    (ALIVE, Move(e.Recomputed, transitions.nothing)),
    (ALIVE, Move(e.RulesChanged, transitions.nothing)),
    (OPEN, Move(e.HandlerLost, transitions.handler_lost, (
        Notice("manager.handler_lost", R.HANDLER, Priority.ESCALATION),
    ))),
    (OPEN, Move(e.Redelivered, transitions.nothing, (
        Notice("street.recover", R.STREET),
        Notice("resident.street_next", R.HOUSEHOLDS),
    ))),
)  # fmt: skip
