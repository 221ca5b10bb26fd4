"""The notice, PRIVACY.md and the program say the same, in every district."""

import re
from pathlib import Path

import pytest

from complaints.notifications.rules import TOLD_FOR
from complaints.policy import retention_periods
from complaints.policy.pack import load_packs
from complaints.policy.pack_schema import RecipientRole
from views.framework.translator import translator
from views.resident import privacy

PACKS = load_packs()
DOCUMENT = (Path(__file__).parents[3] / "PRIVACY.md").read_text(encoding="utf-8")
NAMED = {  # how the notice calls whoever may be told of a case
    "项目经理": {RecipientRole.MANAGER, RecipientRole.DUTY, RecipientRole.ASSIGNEE, RecipientRole.HANDLER},
    "企业负责人": {RecipientRole.COMPANY_HEAD},
    "住建部门": {
        RecipientRole.BUREAU_GROUP,
        RecipientRole.BUREAU_DUTY,
        RecipientRole.SECTION_HEAD,
        RecipientRole.CITY_GROUP,
    },
    "街道": {RecipientRole.STREET},
    "社区": {RecipientRole.COMMUNITY, RecipientRole.GRID_LEADER},
    "有关部门": {RecipientRole.DEPARTMENT, RecipientRole.DUTY_DESK},
}


def row(begin):
    return next(line for line in DOCUMENT.splitlines() if line.startswith(f"| {begin}"))


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_notice_and_document_give_the_same_numbers(pack):
    days = pack.retention.phone_days
    notice = privacy.full(translator("zh"), days, asks=False).text
    for words, length in (
        (f"原始消息{retention_periods.RAW_UPDATES.days}天", row("what we read of updates")),
        (f"草稿{retention_periods.DIALOGUES.days}天", row("unfinished drafts")),
        (f"消息的内容{retention_periods.RENDERINGS.days}天", row("the wording")),
        (f"办完后{days}天", row("your phone")),
        (f"{retention_periods.PHONE_VISIBLE_FOR.seconds // 60}分钟后消失", re.search(r"after 10 minutes", DOCUMENT)[0]),
    ):
        assert words in notice
        assert re.search(r"\d+", words)[0] in length
    assert len(notice.splitlines()) <= 12


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_everybody_whom_a_pack_tells_is_named(pack):
    told = {*pack.tell_danger, *(RecipientRole.MANAGER, RecipientRole.COMPANY_HEAD, RecipientRole.BUREAU_GROUP)}
    for stage in pack.stages:
        for point in (*stage.nudges, *stage.expiries):
            told |= {*point.tell, *getattr(point, "again", ())}
    told.discard(RecipientRole.DEBTOR)  # who is one of the parties that owe the pack's stages
    told |= {reader for stage in pack.stages for reader in TOLD_FOR.get(stage.owner, ())}
    line = privacy.lines(translator("zh"))[1]
    for words, readers in NAMED.items():
        assert words in line
        told -= readers
    assert told <= {RecipientRole.HOUSEHOLDS}


async def test_the_notice_says_how_long_a_number_is_kept_at_ones_home(play):
    wang = await play.resident(project="jchy")
    await wang.says("/privacy")
    assert "最后一件办完后180天" in wang.answer.text
    assert wang.answer.labels == ["导出我的数据", "删除我的数据"]
