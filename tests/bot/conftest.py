"""A case on a manager's table."""

from playing import Play
from scenes import scene


@scene
async def filed(city):
    play = Play(city)
    manager, wang = await play.staff("经理甲"), await play.resident()
    await play.files(wang)
    return manager, wang
