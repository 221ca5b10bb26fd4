"""What officers of the housing bureaus can do."""

from complaints.lifecycle import transitions
from complaints.lifecycle.acts.act import ANY, OPEN, SETTLED, Move, act, of, reasoned, under
from complaints.model.events import Assigned, RenewalDecided, SignedOff, StruckOff
from complaints.model.events import bureau as e
from complaints.model.notice import Files, Notice, Priority
from complaints.model.roles import RecipientRole as R
from complaints.model.roles import Relation

OFFICER = of(Relation.OFFICER)
TO_EVERYBODY = (
    Notice("manager.act", R.MANAGER, Priority.ESCALATION),
    Notice("manager.act", R.COMPANY_HEAD, Priority.ESCALATION),
    Notice("bureau.act", R.BUREAU_GROUP),
    Notice("resident.act", R.HOUSEHOLDS),
)

SUPERVISE = act(
    "supervise", OFFICER, OPEN,
    Move(e.Supervised, transitions.supervised, (
        Notice("manager.supervised", R.MANAGER, Priority.ESCALATION, files=Files.OF_EVENT),
        Notice("manager.supervised", R.COMPANY_HEAD, Priority.ESCALATION, files=Files.OF_EVENT),
        Notice("bureau.supervised", R.BUREAU_GROUP),
        Notice("resident.supervised", R.HOUSEHOLDS),
    )),
    Move(e.OrderWorded, transitions.nothing, (
        Notice("manager.order_worded", R.MANAGER),
        Notice("manager.order_worded", R.COMPANY_HEAD),
    )),
    buttons=("act", "order"),
)  # fmt: skip

# The bureau's powers stand on its card in this order. 成住建发〔2023〕62号 二(三), 三(二).
ACTS = (
    SUPERVISE,
    reasoned(SUPERVISE, "list", e.Listed, *TO_EVERYBODY),
    reasoned(SUPERVISE, "raise", e.Raised, *TO_EVERYBODY),
    reasoned(SUPERVISE, "convene", e.Convened, *TO_EVERYBODY),
    reasoned(SUPERVISE, "waive", e.Waived, *TO_EVERYBODY, offered=False),
    under(
        SUPERVISE, "refer",
        Move(e.Referred, transitions.referred, (
            Notice("department.referred_here", R.DEPARTMENT, files=Files.OF_EVENT),
            Notice("manager.act", R.MANAGER),
            Notice("manager.act", R.COMPANY_HEAD),
            Notice("bureau.act", R.BUREAU_GROUP),
            Notice("resident.act", R.HOUSEHOLDS),
        )),
        buttons=("refer",),
    ),
    act(
        "accept", OFFICER, OPEN,
        Move(e.Accepted, transitions.accepted, (
            Notice("resident.accepted", R.HOUSEHOLDS),
            Notice("manager.accepted", R.MANAGER),
        )),
        Move(e.SentBack, transitions.sent_back, (
            Notice("manager.sent_back", R.HANDLER),
            Notice("resident.sent_back", R.HOUSEHOLDS),
        )),
        also=(e.Supervised,), buttons=("send_back",),
    ),
    act("name", OFFICER, OPEN, also=(Assigned,), buttons=("name_one", "named")),
    act(
        "decide_review", OFFICER, ANY,
        Move(e.ReviewDecided, transitions.sets("review_open", False), (
            Notice("manager.review_decided", R.HANDLER),
            Notice("manager.review_decided", R.COMPANY_HEAD),
            Notice("resident.review_decided", R.HOUSEHOLDS),
        )),
        buttons=("review_yes", "review_no"),
    ),
    act(
        "decide_renewal", OFFICER, OPEN,
        Move(RenewalDecided, transitions.renewal_decided, (
            Notice("manager.renewal_decided", R.HANDLER),
            Notice("resident.renewal_decided", R.HOUSEHOLDS),
            Notice("bureau.renewal_decided", R.BUREAU_GROUP),
        )),
        buttons=("renew_yes", "renew_no"),
    ),
    act(
        "sign_off_bureau", OFFICER, SETTLED,
        Move(SignedOff, transitions.signed_off),
        buttons=("sign_bureau",),
    ),
    act(
        "strike_off", of(Relation.CITY), SETTLED,
        Move(StruckOff, transitions.struck_off, (
            Notice("resident.struck_off", R.HOUSEHOLDS),
            Notice("bureau.struck_off", R.BUREAU_GROUP),
        )),
    ),
)  # fmt: skip
