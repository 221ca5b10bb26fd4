"""What the offices can do to which a case is referred: departments, street and community."""

from complaints.lifecycle import transitions
from complaints.lifecycle.acts.act import ANY, OPEN, SETTLED, Move, act, of
from complaints.model.events import Classified, SignedOff
from complaints.model.events import department as e
from complaints.model.notice import Files, Notice
from complaints.model.roles import RecipientRole as R
from complaints.model.roles import Relation

HANDLER, STREET = of(Relation.HANDLER), of(Relation.STREET)


def _step(kind: str) -> tuple[Notice, ...]:
    return (Notice(f"resident.{kind}", R.HOUSEHOLDS), Notice(f"bureau.{kind}", R.BUREAU_GROUP))


def _company(kind: str) -> tuple[Notice, ...]:
    return (Notice(f"manager.{kind}", R.MANAGER), Notice(f"manager.{kind}", R.COMPANY_HEAD))


ACTS = (
    act(
        "contact_for_street", STREET, OPEN,
        Move(e.StreetContacted, transitions.set_last_words, (
            Notice("resident.street_contacted", R.HOUSEHOLDS),
            Notice("manager.street_contacted", R.HANDLER),
        )),
        buttons=("street_contact",),
    ),
    act(
        "take_in", HANDLER, OPEN,
        Move(e.ReferralAccepted, transitions.taken_in, (
            Notice("resident.taken_in", R.HOUSEHOLDS),
            Notice("bureau.taken_in", R.BUREAU_GROUP),
        )),
        Move(e.ReferralReturned, transitions.returned, (
            Notice("bureau.returned", R.BUREAU_GROUP),
            Notice("bureau.returned_private", R.SECTION_HEAD),
        )),
        buttons=("hand_back",),
    ),
    act(
        "plan", HANDLER, OPEN,
        Move(e.DeclaredUnsolvable, transitions.unsolvable, (
            Notice("resident.unsolvable", R.HOUSEHOLDS),
            Notice("bureau.unsolvable", R.BUREAU_GROUP),
        )),
        Move(e.RenewalAsked, transitions.renewal_asked, (
            Notice("bureau.renewal_asked", R.SECTION_HEAD),
        )),
        Move(e.PlanSubmitted, transitions.planned, (
            Notice("resident.planned", R.HOUSEHOLDS, files=Files.OF_EVENT),
            Notice("bureau.planned", R.BUREAU_GROUP),
        )),
        also=(Classified,), buttons=("unsolvable",),
    ),
    act(
        "penalise", STREET | {Relation.OFFICER, Relation.DEPARTMENT}, ANY,
        # What is looked into isn't told to whom it is looked into; proceedings are.
        Move(e.LeadReceived, transitions.nothing, _step("lead")),
        Move(e.LeadVerified, transitions.nothing, _step("verified")),
        Move(e.PenaltyOpened, transitions.nothing, (*_step("penalty_opened"), *_company("penalty_opened"))),
        Move(e.PenaltyExtended, transitions.nothing, (*_step("penalty_extended"), *_company("penalty_extended"))),
        Move(e.PenaltyDecided, transitions.nothing, (*_step("penalised"), *_company("penalised"))),
        buttons=("penalty",),
    ),
    act(
        "confirm_finding", STREET | {Relation.OFFICER}, SETTLED,
        Move(e.FindingConfirmed, transitions.found, (
            Notice("resident.finding", R.HOUSEHOLDS),
            Notice("manager.finding", R.COMPANY_HEAD),
        )),
        buttons=("finding",),
    ),
    act(
        "entrust_sign_off", STREET, SETTLED,
        Move(e.SignOffEntrusted, transitions.act, (
            Notice("street.sign_off", R.COMMUNITY),
            Notice("bureau.entrusted", R.BUREAU_GROUP),
        )),
        buttons=("entrust",),
    ),
    act(
        "sign_off_street", STREET | {Relation.COMMUNITY}, SETTLED,
        also=(SignedOff,), buttons=("sign_street",),
    ),
)  # fmt: skip
