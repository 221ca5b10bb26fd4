"""The privacy notice names who processes, for what, who reads, and that messages go abroad."""

import pytest

from views.framework.translator import translator
from views.resident import privacy

DESK = "武侯区物业服务中心，028-85000000"


@pytest.mark.parametrize(
    "text",
    [privacy.in_short(translator("zh"), DESK), privacy.full(translator("zh"), 180, asks=True, processor=DESK).text],
)
def test_the_notice_says_what_the_law_asks_for(text):
    """《个人信息保护法》 17, 38, 39."""
    for said in (f"个人信息处理者：{DESK}", "只用于办理和督办", "纪检监察机关", "服务器在境外", "单独同意"):
        assert said in text


def test_it_promises_no_more_than_is_true():
    assert "也不给别人" not in privacy.full(translator("zh"), 180, asks=False).text
