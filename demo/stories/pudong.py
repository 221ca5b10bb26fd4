"""The story of 浦东: first contact in 30 minutes, a binding date, and the street for the dissatisfied."""

from dataclasses import dataclass

from demo.sample_city import SampleCity
from demo.stories.steps import card, do, files, resolves
from simulator.people.accounts import Account
from simulator.people.groups import Group

CODE = "p_bjhy"
TAP = "卫生间外墙渗水，屋顶也漏水"


@dataclass
class Characters:
    """The company's people, the bureau's, the street officer, and the group."""

    manager: Account
    head: Account
    officer: Account
    street: Account
    group: Group


async def gather(city: SampleCity) -> Characters:
    officer = await city.staff("经办员丁", "13800000118")
    return Characters(
        manager=await city.staff("经理戊", "13800000116"),
        head=await city.staff("负责人丙", "13800000117"),
        officer=officer,
        street=await city.staff("街道专员乙", "13800000119"),
        group=await city.bound_group("浦东新区住建工作群", officer),
    )


async def a_date_that_binds(city: SampleCity, characters: Characters) -> None:
    """30分钟先行联系，承诺维修时间，按时办结"""
    xu = await city.resident("徐女士", "13900000031", CODE, "12栋 501")
    await files(city, xu, "公共照明不亮", "12栋楼道灯不亮")
    xu.finds("10:30和您联系")
    await city.pass_by(minutes=15)
    characters.manager.finds("最后一次提醒")
    await city.pass_by(minutes=4)
    await do(
        city,
        lambda: characters.manager.taps("联系 ▸"),
        lambda: characters.manager.taps("已电话联系"),
        lambda: characters.manager.taps("承诺办结时间"),
        lambda: characters.manager.says("整流器要采购，11月20日 18:00前修好"),
        lambda: characters.manager.taps("发"),
    )
    xu.finds("承诺")
    await resolves(city, characters.manager, "整流器已更换，12栋楼道灯亮了。", days=1, hours=5)
    await city.pass_by(minutes=30)
    await do(city, lambda: xu.taps("满意"))


async def nobody_left_dissatisfied(city: SampleCity, characters: Characters) -> None:
    """不满意：经理联系不上，街道亲自联系"""
    he = await city.resident("何先生", "13900000032", CODE, "3栋 1102")
    await files(city, he, "屋顶外墙渗水", TAP)
    await city.pass_by(minutes=25)
    await do(
        city,
        lambda: characters.manager.says(
            "已到现场查看，是外墙开裂，明天安排防水维修。", reply_to=card(characters.manager)
        ),
        lambda: characters.manager.says("11月22日 18:00"),
        lambda: characters.manager.taps("发"),
    )
    await resolves(city, characters.manager, "外墙裂缝已修补。", days=1, hours=4)
    await city.pass_by(minutes=40)
    await do(city, lambda: he.taps("不满意"), lambda: he.taps("没办好却说办好了"))
    characters.manager.finds("重新办理")
    he.finds("和您联系")
    await city.pass_by(minutes=20)
    await do(
        city,
        lambda: characters.manager.taps("去办理"),
        lambda: characters.manager.taps("联系 ▸"),
        lambda: characters.manager.taps("联系不上"),
    )
    characters.manager.finds("请换个时段")
    await city.pass_by(hours=4)
    await do(city, lambda: characters.manager.taps("联系 ▸"), lambda: characters.manager.taps("联系不上"))
    characters.street.finds("请亲自联系")
    he.finds("接下来由花木街道联系您")
    await city.pass_by(hours=15)
    await do(
        city,
        lambda: characters.street.taps("已联系住户"),
        lambda: characters.street.says("已上门查看，确实还在渗水，物业三天内重做防水，我来跟到底。"),
    )
    he.finds("记录：已和您联系")
    await city.pass_by(hours=1)
    await do(
        city,
        lambda: characters.manager.taps("承诺办结时间"),
        lambda: characters.manager.says("11月24日 18:00"),
        lambda: characters.manager.taps("发"),
    )
    await resolves(city, characters.manager, "外墙防水已重做，淋水试验不漏。", days=1, hours=4)
    await city.pass_by(hours=1)
    await do(city, lambda: he.taps("满意"))


async def nobody_calls(city: SampleCity, characters: Characters) -> None:
    """30分钟没人联系：街道和住建部门接到提醒"""
    shen = await city.resident("沈女士", "13900000033", CODE, "7栋 302")
    await files(city, shen, "单元门禁损坏", "7栋单元门禁坏了，谁都能进")
    await city.pass_by(minutes=31)
    characters.group.finds("超时 · 先行联系")
    characters.street.finds("超时 · 先行联系")
    await city.pass_by(minutes=50)
    await do(
        city,
        lambda: characters.manager.taps("已当场解决"),
        lambda: characters.manager.says("门禁主板已更换，可以刷卡了。"),
    )
    await city.pass_by(minutes=30)
    await do(city, lambda: shen.taps("基本满意"))


SCENES = (a_date_that_binds, nobody_left_dissatisfied, nobody_calls)
