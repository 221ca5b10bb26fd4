"""「改事项」, and what is learnt from it."""

from complaints.policy.catalogue import load_catalogue
from storage.queries.corrections import corrections

CATALOGUE = load_catalogue()


async def test_a_resident_who_cant_say_lets_the_property_service_sort_it(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("你们看着办")
    await wang.taps("说不清，请物业帮我选")
    await wang.taps("提交")
    assert "还没说是什么" in manager.card.text
    assert "改事项" not in manager.card.labels
    await manager.taps("填写是什么问题", on=manager.card)
    await manager.taps("电梯水电")
    await manager.taps("更多 ▸")
    await manager.taps("返回")
    await manager.taps("电梯水电")
    await manager.taps("停电跳闸")
    assert "停电跳闸" in wang.finds("认为您说的是").text
    assert (await play.case()).matter == "power_cut"
    assert await learnt(play) == [("unsaid", "power_cut", "你们看着办")]


async def learnt(play):
    async with play.city.app.store.engine.connect() as connection:
        return [(one.filed, one.matter, one.words) for one in await corrections(connection)]


async def test_what_was_corrected_is_kept_as_words_without_people(play):
    manager, wang = await play.staff("经理甲"), await play.resident()
    await wang.says("3栋楼道灯不亮，电话13800000101")
    await wang.taps("公共照明不亮")
    await wang.taps("提交")
    await manager.taps("改事项", on=manager.card)
    await manager.taps("电梯水电")
    await manager.taps("停电跳闸")
    assert await learnt(play) == [("lighting_out", "power_cut", "3栋楼道灯不亮，电话#")]
