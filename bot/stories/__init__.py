"""Which stories can be played? One for each policy pack."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot import story
from bot.city import City
from bot.stories import changzhi, county, pudong


@dataclass(frozen=True)
class Story:
    """Who comes together, and the scenes that they play: each is called with the city and that cast."""

    gather: Callable[[City], Awaitable[Any]]
    scenes: tuple[Callable[[City, Any], Awaitable[None]], ...]


STORIES: dict[str, Story] = {
    "chengdu": Story(story.gather, story.SCENES),
    "pudong": Story(pudong.gather, pudong.SCENES),
    "changzhi": Story(changzhi.gather, changzhi.SCENES),
    "county": Story(county.gather, county.SCENES),
}
