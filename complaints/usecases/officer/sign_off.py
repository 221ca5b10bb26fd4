"""A closing is found to be so or not, signed off by street and bureau, and struck off by the city."""

import re

from complaints.errors import NotYours, TooLate, WordsNeeded
from complaints.lifecycle.permissions import Relation, require
from complaints.model import events as e
from complaints.model.complaint import Complaint, State
from complaints.model.people import Actor
from complaints.policy.pack import SignOff
from complaints.usecases.ports import Work
from complaints.usecases.record import load, record
from complaints.usecases.statements import NOTHING, Said

ENTRUSTED = e.SignOffEntrusted.name
NUMBERED = re.compile(r"\d")
SETTLED = (State.RESOLVED, State.CLOSED)


async def sign_off(work: Work, actor: Actor, complaint_id: int, side: e.Signer) -> Complaint:
    """「签署办结意见」, once each: street (or its community) and bureau together.

    《物业服务企业投诉举报处理流程》 三(一).
    """
    complaint = await load(work, complaint_id)
    found = require(f"sign_off_{side.value}", actor, complaint)
    if side is e.Signer.STREET and Relation.STREET not in found and ENTRUSTED not in complaint.acts:
        raise NotYours(verb="entrusted")
    rule = _rule(work, complaint)
    if complaint.signs_alone or side in complaint.signed_off or side not in rule.signers:
        raise TooLate(state=complaint.state)
    complete = {*complaint.signed_off, side} >= set(rule.signers)
    return await record(work, actor, complaint, [e.SignedOff(side=side, by=actor.person or 0, complete=complete)])


async def confirm_finding(work: Work, actor: Actor, complaint_id: int, finding: e.Finding) -> Complaint:
    """「属实」, 「部分属实」 or 「不属实」 by street or bureau, once in a round."""
    complaint = await load(work, complaint_id)
    require("confirm_finding", actor, complaint)
    if complaint.finding_confirmed or complaint.kind == "repair":
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.FindingConfirmed(finding=finding, by=actor.person or 0)])


async def entrust(work: Work, actor: Actor, complaint_id: int) -> Complaint:
    """「委托社区签署」: 受街办（乡镇）委托的社区 signs in the street's place."""
    complaint = await load(work, complaint_id)
    require("entrust_sign_off", actor, complaint)
    _rule(work, complaint)
    if complaint.signs_alone or e.Signer.STREET in complaint.signed_off or ENTRUSTED in complaint.acts:
        raise TooLate(state=complaint.state)
    return await record(work, actor, complaint, [e.SignOffEntrusted(by=actor.person or 0)])


async def strike_off(work: Work, actor: Actor, complaint_id: int, said: Said = NOTHING) -> Complaint:
    """「销号」 by the city bureau, after every signature that is asked for.

    What another department has handled its own city level strikes off: then the number of that one's document is put
    on record, and without it nothing is.
    """
    complaint = await load(work, complaint_id)
    require("strike_off", actor, complaint)
    if complaint.signs_alone and not NUMBERED.search(said.text):
        raise WordsNeeded
    rule = _rule(work, complaint)
    signed = complaint.signs_alone or set(complaint.signed_off) >= set(rule.signers)
    if not signed or complaint.struck_off_at is not None:
        raise TooLate(state=complaint.state)
    document = said.text if complaint.signs_alone else ""
    return await record(work, actor, complaint, [e.StruckOff(by=actor.person or 0, document=document)])


def _rule(work: Work, complaint: Complaint) -> SignOff:
    rule = work.rules.packs[complaint.pack].sign_off
    if rule is None or complaint.state not in SETTLED:
        raise TooLate(state=complaint.state)
    return rule
