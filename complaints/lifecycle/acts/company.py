"""What the company can do, and whoever else handles a case."""

from complaints.lifecycle import transitions
from complaints.lifecycle.acts.act import ALIVE, ANY, OPEN, Move, act, of
from complaints.model.events import PlanProgressed, ReportedDone, Signed, Transcribed
from complaints.model.events import handling as e
from complaints.model.notice import Files, Notice, Priority
from complaints.model.roles import RecipientRole as R
from complaints.model.roles import Relation

HANDLER, COMPANY, HEAD = of(Relation.HANDLER), of(Relation.COMPANY), of(Relation.HEAD)

ACTS = (
    act(
        "answer", HANDLER, OPEN,
        Move(e.Answered, transitions.answered),
        buttons=("reply",),
    ),
    act(
        "acknowledge", COMPANY | HANDLER, OPEN,
        Move(e.Acknowledged, transitions.nothing, (
            Notice("resident.acknowledged", R.HOUSEHOLDS, Priority.ESCALATION),
        )),
    ),
    act(
        "classify", HANDLER, OPEN,
        Move(e.Classified, transitions.classified),
        also=(e.Answered, e.Resolved), buttons=("sort", "sort_later"),
    ),
    act(
        "correct_matter", HANDLER, OPEN,
        Move(e.MatterCorrected, transitions.matter_corrected, (
            Notice("resident.matter_corrected", R.HOUSEHOLDS),
        )),
    ),
    act(
        "propose", HANDLER, OPEN,
        Move(e.DateProposed, transitions.proposed),
        Move(e.DateAgreed, transitions.agreed, (
            Notice("resident.date_agreed", R.HOUSEHOLDS),
            Notice("manager.date_agreed", R.HANDLER),
        )),
        Move(e.DateRefused, transitions.refused, (
            Notice("manager.date_refused", R.HANDLER),
        )),
        also=(e.Classified,), buttons=("agree_too", "refuse_too", "more_time"),
    ),
    act(
        "commit", HANDLER, OPEN,
        Move(e.Committed, transitions.committed, (
            Notice("resident.committed", R.HOUSEHOLDS),
        )),
    ),
    act(
        "progress", COMPANY | HANDLER, OPEN,
        Move(e.Progressed, transitions.set_last_words, (
            Notice("resident.progressed", R.HOUSEHOLDS, files=Files.OF_EVENT),
        )),
        Move(e.Visited, transitions.nothing, (
            Notice("resident.visited", R.HOUSEHOLDS, files=Files.OF_EVENT),
        )),
        Move(PlanProgressed, transitions.set_last_words, (
            Notice("resident.progressed", R.HOUSEHOLDS, files=Files.OF_EVENT),
            Notice("bureau.plan_progressed", R.BUREAU_GROUP),
            Notice("bureau.plan_words", R.SECTION_HEAD, files=Files.OF_EVENT),
        )),
        buttons=("visited",),
    ),
    act(
        "contact", HANDLER, ALIVE,
        Move(e.Contacted, transitions.set_last_words, (
            Notice("resident.contacted", R.HOUSEHOLDS, files=Files.OF_EVENT),
        )),
    ),
    act(
        "transcribe", COMPANY | HANDLER, ALIVE,
        Move(Transcribed, transitions.transcribed),
    ),
    act(
        "call", COMPANY | HANDLER, OPEN,
        Move(e.Called, transitions.nothing, (
            Notice("resident.called", R.HOUSEHOLDS),
        )),
        buttons=("called",),
    ),
    act(
        "fail_contact", COMPANY | HANDLER, OPEN,
        Move(e.ContactTried, transitions.tried),
        Move(e.ContactFailed, transitions.nothing, (
            Notice("street.recover", R.STREET),
            Notice("manager.contact_failed", R.COMPANY_HEAD),
            Notice("resident.street_next", R.HOUSEHOLDS),
        )),
        buttons=("unreached",),
    ),
    act(
        "show_phone", HANDLER | {Relation.CALLER}, ALIVE,
        Move(e.PhoneShown, transitions.nothing),
        buttons=("phone",),
    ),
    act(
        "resolve", HANDLER, OPEN,
        Move(e.ClosingAsked, transitions.sets("closing_asked", True), (
            Notice("resident.closing_asked", R.HOUSEHOLDS, files=Files.OF_EVENT),
        )),
        Move(e.Resolved, transitions.resolved, (
            Notice("resident.resolved", R.HOUSEHOLDS, files=Files.OF_EVENT),
            Notice("manager.resolved", R.COMPANY_HEAD),
            Notice("bureau.resolved", R.BUREAU_GROUP),
        )),
        also=(e.Classified,), buttons=("on_the_spot",),
    ),
    # The bureau has the case, and the company mends it: 《物业服务企业投诉举报处理流程》 二(一) 督促办理.
    act("mend", COMPANY, OPEN, also=(e.Classified, e.Resolved)),
    act(
        "go_beyond", HANDLER, OPEN,
        Move(e.ReportedBeyond, transitions.act_with_words),
        buttons=("beyond",),
    ),
    act(
        "ask_review", COMPANY, ANY,
        Move(e.ReviewAsked, transitions.sets("review_open", True), (
            Notice("bureau.review_asked", R.SECTION_HEAD),
        )),
        buttons=("review",),
    ),
    act(
        "take_over", HEAD, OPEN,
        Move(e.TakenOver, transitions.taken_over, (
            Notice("resident.taken_over", R.HOUSEHOLDS),
        )),
    ),
    act(
        "assign", HEAD, OPEN,
        Move(e.Assigned, transitions.assigned, (
            Notice("manager.assigned", R.ASSIGNEE, files=Files.OF_CASE),
            Notice("resident.taken_over", R.HOUSEHOLDS),
        )),
        buttons=("name_handler", "hand_on"),
    ),
    act(
        "sign", COMPANY, ALIVE,
        Move(Signed, transitions.signed, (
            Notice("bureau.signed", R.BUREAU_GROUP),
        )),
    ),
    act(
        "report_done", COMPANY, OPEN,
        Move(ReportedDone, transitions.nothing, (
            Notice("bureau.reported_done", R.BUREAU_GROUP),
            Notice("bureau.done_words", R.SECTION_HEAD, files=Files.OF_EVENT),
        )),
    ),
    act(
        "give_preliminary", HANDLER | {Relation.OFFICER}, OPEN,
        Move(e.PreliminaryGiven, transitions.preliminary, (
            Notice("resident.preliminary", R.HOUSEHOLDS, files=Files.OF_EVENT),
            Notice("manager.preliminary", R.HANDLER, files=Files.OF_EVENT),
            Notice("bureau.preliminary", R.BUREAU_GROUP),
        )),
        buttons=("preliminary",),
    ),
)  # fmt: skip
