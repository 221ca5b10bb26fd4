"""What a pack promises, in a line that stands behind a colon."""

import pytest

from complaints.policy.pack import load_packs
from views.framework.pack_terms import promise
from views.framework.translator import translator

PACKS = load_packs()


@pytest.mark.parametrize(
    ("pack", "says"),
    [
        ("chengdu", "工作时间4小时内、非工作时间8小时内响应；2个工作日内一般问题办结"),
        ("pudong", "30分钟内先行联系"),
        ("changzhi", "30分钟内责任到人；3小时内初步结果；3个自然日内基本办结"),
        ("county", "7天内一般问题办结（最后一天休息的，顺延）"),
    ],
)
def test_a_promise_has_no_colon_of_its_own(pack, says):
    assert promise(translator("zh"), PACKS[pack]) == says
