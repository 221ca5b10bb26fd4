"""The short form of each story: it plays to its end, and nobody needs to scroll."""

import pytest
from variants import mostly_thorough

from demo.stories import STORIES
from demo.story_runner import tell


@pytest.mark.parametrize("pack", mostly_thorough(["county", *sorted(set(STORIES) - {"county"})]))
def test_a_story_is_told_in_sixty_lines(pack, capsys):
    assert tell(pack) == 0
    lines = capsys.readouterr().out.splitlines()
    assert 30 < len(lines) <= 62
    assert any("已收到，开始计时。" in line for line in lines)
    assert any("[ 满意 ]" in line for line in lines)
