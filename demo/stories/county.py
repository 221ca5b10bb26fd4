"""The story of a county: registration, referral, a plan with monthly progress, joint sign-off, striking off."""

from dataclasses import dataclass

from demo.sample_city import SampleCity
from demo.stories.steps import do, files
from simulator.people.accounts import Account
from simulator.people.groups import Group

CODE = "p_xcjy"


@dataclass
class Characters:
    """The bureau's people and group, the departments, the street, the city, and the company's manager."""

    manager: Account
    head: Account
    officer: Account
    street: Account
    fire: Account
    duty_desk: Account
    group: Group
    city_officer: Account
    city_group: Group


async def gather(city: SampleCity) -> Characters:
    officer = await city.staff("经办员己", "13800000127")
    city_officer = await city.staff("市局经办员乙", "13800000130")
    return Characters(
        manager=await city.staff("经理庚", "13800000125"),
        head=await city.staff("负责人戊", "13800000126"),
        officer=officer,
        street=await city.staff("街道专员丁", "13800000128"),
        fire=await city.staff("消防专员乙", "13800000129"),
        duty_desk=await city.staff("值班员甲", "13800000131"),
        group=await city.bound_group("示例县住建工作群", officer),
        city_officer=city_officer,
        city_group=await city.bound_group("示例市住建工作群", city_officer),
    )


async def signed_and_struck_off(city: SampleCity, characters: Characters) -> None:
    """住建受理，7日办结，街道和住建共同签署，市局销号"""
    tian = await city.resident("田女士", "13900000041", CODE, "1栋 301")
    await files(city, tian, "公共照明不亮", "1栋楼道灯全不亮")
    characters.group.finds("新问题，请接收或转办")
    await city.pass_by(minutes=40)
    await do(city, lambda: characters.officer.taps("接收", to=characters.group))
    await city.pass_by(minutes=15)
    await do(city, lambda: characters.manager.taps("签收"))
    await city.pass_by(days=1, hours=4)
    await do(
        city,
        lambda: characters.manager.taps("反馈督办结果"),
        lambda: characters.manager.says("1栋线路换好了，楼道灯全亮了。"),
    )
    await city.pass_by(hours=1)
    await do(
        city,
        lambda: characters.officer.taps("办结"),
        lambda: characters.officer.says("已督促物业更换线路，楼道灯全部恢复。"),
        lambda: characters.officer.taps("提交"),
    )
    await city.pass_by(minutes=30)
    await do(city, lambda: tian.taps("满意"))
    await city.pass_by(hours=17)
    await do(
        city,
        lambda: characters.street.taps("签署办结意见"),
        lambda: characters.officer.taps("签署办结意见", to=characters.group),
    )
    await city.pass_by(hours=2)
    await do(city, lambda: characters.city_officer.taps("销号", to=characters.city_group))
    tian.finds("正式办结")


async def a_plan_and_its_months(city: SampleCity, characters: Characters) -> None:
    """转办消防，一时解决不了：方案、按月反馈、办结、销号"""
    bai = await city.resident("白先生", "13900000042", CODE, "5栋 1801")
    await files(city, bai, "消防设施损坏", "5栋消防栓没有水，消防设施都坏了", danger="没有")
    await do(
        city,
        lambda: characters.officer.taps("转办", to=characters.group),
        lambda: characters.officer.taps("消防救援部门"),
        lambda: characters.officer.says("消防设施失效，请消防救援部门督促整改。"),
    )
    await city.pass_by(hours=2)
    await do(city, lambda: characters.fire.taps("接收"))
    await city.pass_by(days=3)
    await do(
        city,
        lambda: characters.fire.taps("一时解决不了"),
        lambda: characters.fire.says("消防管网整体老化，要动用维修资金改造，一个月内完不成。"),
        lambda: characters.fire.taps("提交方案"),
        lambda: characters.fire.says("第一步检测管网，第二步表决维修资金，第三步改造并测试。"),
        lambda: characters.fire.says("2027-02-26 18:00"),
        lambda: characters.fire.taps("发"),
    )
    bai.finds("已有方案")
    await city.pass_by(days=20)
    characters.fire.finds("提醒")
    await do(
        city,
        lambda: characters.fire.taps("反馈"),
        lambda: characters.fire.says("管网检测已完成，住户正在表决使用维修资金。"),
    )
    characters.officer.finds("本月进展")
    await city.pass_by(days=14)
    await do(
        city,
        lambda: characters.fire.taps("办结"),
        lambda: characters.fire.says("管网已改造，消防栓有水，测试合格。"),
        lambda: characters.fire.taps("提交"),
    )
    await city.pass_by(hours=3)
    await do(city, lambda: bai.taps("基本满意"))
    await city.pass_by(days=1)
    await do(
        city,
        lambda: characters.city_officer.taps("销号", to=characters.city_group),
        lambda: characters.city_officer.says("市消〔2026〕18号"),
    )
    bai.finds("正式办结")


async def danger_at_once(city: SampleCity, characters: Characters) -> None:
    """危险：街道、部门、政府值班室同时知道"""
    yan = await city.resident("严女士", "13900000043", CODE, "2栋 202")
    await files(city, yan, "起火冒烟", "2栋楼道着火冒烟", danger="有危险")
    characters.duty_desk.finds("首报：辖区内有危险")
    for told in (characters.street, characters.fire):
        told.finds("有危险：")
    await city.pass_by(minutes=2)
    await do(
        city,
        lambda: characters.officer.taps("转办", to=characters.group),
        lambda: characters.officer.taps("消防救援部门"),
        lambda: characters.officer.says("楼道冒烟，请立即到场。"),
        lambda: characters.fire.taps("接收"),
    )
    await city.pass_by(minutes=35)
    await do(
        city,
        lambda: characters.fire.taps("办结"),
        lambda: characters.fire.says("消防员已到场，杂物自燃已扑灭，没有人受伤。"),
        lambda: characters.fire.taps("提交"),
    )
    await city.pass_by(minutes=40)
    await do(city, lambda: yan.taps("满意"))


SCENES = (signed_and_struck_off, a_plan_and_its_months, danger_at_once)
