"""The head's card of a new case reads the same after every edit, as long as it is so."""

import pytest
from notice_samples import seen
from sample_cases import SampleCase

from complaints.policy.pack_schema import RecipientRole
from views import notices
from views.framework.translator import translator

ZH = translator("zh")


@pytest.mark.parametrize("pack", ["chengdu", "pudong", "changzhi", "county"])
async def test_an_edit_takes_no_sentence_away(pack):
    case = SampleCase(pack)
    await case.filed()
    view = seen(case, RecipientRole.COMPANY_HEAD, case.event)
    first = notices.render(ZH, "manager.filed_copy", view)
    assert "您公司有新问题" in first.text
    assert notices.live(ZH, "manager.filed_copy", view).text == first.text
