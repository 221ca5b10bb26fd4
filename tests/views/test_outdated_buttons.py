"""A button that came too late is answered by a whole sentence; a colon stands only where the case follows."""

import pytest

from complaints.errors import TooLate
from views import refusals
from views.framework.translator import translator


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_case_the_sentence_is_whole(language):
    t = translator(language)
    alone, above = refusals.refused(t, TooLate()).text, refusals.stands_now(t)
    assert alone.endswith(("。", "."))
    assert above.endswith(("：", ":"))
    assert alone.split("，")[0].split(",")[0] in above  # they begin alike
