"""The morning report comes once, on working days only."""

from datetime import datetime

import pytest

from demo.sample_city import CIVIL, SampleCity
from demo.stories.steps import files


async def bureau(city: SampleCity):
    officer = await city.staff("经办员甲", "13800000107")
    return await city.bound_group("武侯区住建工作群", officer)


def digests(group) -> list[str]:
    return [shown.text for shown in group.sees if "早上好" in shown.text]


async def test_a_group_gets_its_digest_once_on_a_working_morning(city: SampleCity):
    group = await bureau(city)
    wang = await city.resident("王女士", "13900000001")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await city.pass_to(datetime(2026, 11, 19, 8, 30, tzinfo=CIVIL))
    await city.pass_to(datetime(2026, 11, 19, 8, 45, tzinfo=CIVIL))
    (digest,) = digests(group)
    assert "新收1件" in digest
    assert "超时" in digest
    assert "王女士" not in digest


@pytest.mark.parametrize(
    "morning",
    [
        datetime(2026, 11, 21, 8, 40, tzinfo=CIVIL),  # a Saturday
        datetime(2026, 11, 19, 8, 29, tzinfo=CIVIL),  # not yet
        datetime(2026, 11, 19, 9, 0, tzinfo=CIVIL),  # an outage has made it too late
    ],
)
async def test_no_digest_at_other_times(city: SampleCity, morning: datetime):
    group = await bureau(city)
    await city.pass_to(morning)
    assert digests(group) == []
