"""The stories that can be played, one for each policy pack."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from demo.sample_city import SampleCity
from demo.stories import changzhi, chengdu, county, pudong


@dataclass(frozen=True)
class Story:
    """`gather` makes the characters; each scene is called with the city and them."""

    gather: Callable[[SampleCity], Awaitable[Any]]
    scenes: tuple[Callable[[SampleCity, Any], Awaitable[None]], ...]


STORIES: dict[str, Story] = {
    "chengdu": Story(chengdu.gather, chengdu.SCENES),
    "pudong": Story(pudong.gather, pudong.SCENES),
    "changzhi": Story(changzhi.gather, changzhi.SCENES),
    "county": Story(county.gather, county.SCENES),
}
