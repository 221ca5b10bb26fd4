"""Whose matter a case is, where somebody is in danger."""

from complaints.model.complaint import OFFICES
from complaints.policy.pack import Pack
from complaints.policy.pack_schema import RecipientRole
from complaints.usecases.ports import Rules


def department_in_danger(rules: Rules, matter_id: str, pack: Pack) -> str:
    """The department, where that hears of every danger (《物业服务企业投诉举报处理流程》 二); else nothing."""
    whose = rules.catalogue.get(matter_id).department.value
    return whose if RecipientRole.DEPARTMENT in pack.tell_danger and whose not in OFFICES else ""
