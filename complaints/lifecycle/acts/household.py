"""What a household and its family can do."""

from complaints.lifecycle import transitions
from complaints.lifecycle.acts.act import ALIVE, ANY, OPEN, RESOLVED, Move, act, of
from complaints.model.events import DateAgreed, DateProposed, DateRefused, TranscriptCorrected
from complaints.model.events import household as e
from complaints.model.notice import Files, Notice
from complaints.model.roles import RecipientRole as R
from complaints.model.roles import Relation

HOUSEHOLD = of(Relation.HOUSEHOLD)

ACTS = (
    act(
        "supplement", HOUSEHOLD, ALIVE,
        Move(e.Supplemented, transitions.supplemented, (
            Notice("manager.supplemented", R.HANDLER, files=Files.OF_EVENT),
        )),
    ),
    act(
        "urge", HOUSEHOLD, OPEN,
        Move(e.Urged, transitions.nothing, (
            Notice("manager.urged", R.HANDLER),
            Notice("manager.urged", R.COMPANY_HEAD),
        )),
    ),
    act(
        "withdraw", HOUSEHOLD, ALIVE,
        Move(e.HouseholdWithdrew, transitions.left),
        Move(e.Withdrawn, transitions.withdrawn, (
            Notice("manager.withdrawn", R.HANDLER),
            Notice("manager.withdrawn", R.COMPANY_HEAD),
            Notice("bureau.withdrawn", R.BUREAU_GROUP),
        )),
        buttons=("withdraw_sure",),
    ),
    act(
        "negotiate", of(Relation.FIRST_HOUSEHOLD), OPEN,
        also=(DateProposed, DateAgreed, DateRefused), buttons=("agree", "refuse", "counter"),
    ),
    act(
        "say_whether_done", HOUSEHOLD, OPEN,
        Move(e.ClosingAnswered, transitions.sets("closing_asked", False), (
            Notice("manager.closing_answered", R.HANDLER),
        )),
        buttons=("may_close", "not_done"),
    ),
    act(
        "rate", HOUSEHOLD, RESOLVED,
        Move(e.Rated, transitions.rated, (
            Notice("manager.rated", R.RESOLVER),
        )),
        buttons=("ask_rating",),
    ),
    act(
        "explain", HOUSEHOLD, ANY,
        Move(e.RatingExplained, transitions.explained, (
            Notice("manager.rating_explained", R.HANDLER, files=Files.OF_EVENT),
            Notice("manager.rating_explained", R.COMPANY_HEAD, files=Files.OF_EVENT),
        )),
        buttons=("why",),
    ),
    act(
        "name_matter", HOUSEHOLD | of(Relation.COMPANY, Relation.HANDLER), ALIVE,
        Move(e.MatterNamed, transitions.matter_named),
    ),
    act(
        "raise_danger", HOUSEHOLD, OPEN,
        Move(e.DangerRaised, transitions.danger_raised),
        buttons=("in_danger",),
    ),
    act(
        "deny_danger", HOUSEHOLD, OPEN,
        Move(e.DangerDenied, transitions.danger_denied),
        buttons=("no_danger",),
    ),
    act(
        "correct_transcript", HOUSEHOLD, ALIVE,
        Move(TranscriptCorrected, transitions.transcribed, (
            Notice("manager.transcript_corrected", R.HANDLER),
        )),
        buttons=("correct",),
    ),
    act("invite", HOUSEHOLD, ALIVE),
    act("unfollow", of(Relation.FAMILY), ANY),
)  # fmt: skip
