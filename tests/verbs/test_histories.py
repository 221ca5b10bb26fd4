"""No case is ever without somebody who owes something of it, whatever is done to it, in whichever order.

Some hundreds of histories by default; `HISTORIES=20000 pytest tests/verbs/test_histories.py -k random` for more, and
`--hypothesis-seed` for the same ones again.
"""

import asyncio
import os

from histories import ACTS, History
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.policy.pack import load_packs

MANY = int(os.environ.get("HISTORIES", "200"))
QUIETLY = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=MANY, deadline=None, suppress_health_check=QUIETLY, print_blob=True)
@given(
    pack=st.sampled_from(sorted(load_packs())),
    danger=st.booleans(),
    matter=st.sampled_from(["lighting_out", "fee_overcharged", "lift_trapped"]),
    acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=30),
)
def test_a_random_history_always_has_somebody_who_owes_it(pack, danger, matter, acts):
    asyncio.run(_play(pack, danger, matter, acts))


async def _play(pack, danger, matter, acts):
    history = await History.begin(pack, danger=danger, matter=matter)
    for act in acts:
        await history.does(act)
