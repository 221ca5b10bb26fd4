"""The story of 长治: a named handler within 30 minutes, a preliminary result in 3 hours, resolved in 3 days."""

from dataclasses import dataclass

from demo.sample_city import SampleCity
from demo.stories.steps import card, do, files, resolves
from simulator.people.accounts import Account
from simulator.people.groups import Group

CODE = "p_laxy"


@dataclass
class Characters:
    """The company's people, the bureau's officer and the group."""

    manager: Account
    head: Account
    officer: Account
    group: Group


async def gather(city: SampleCity) -> Characters:
    officer = await city.staff("经办员戊", "13800000122")
    return Characters(
        manager=await city.staff("经理己", "13800000120"),
        head=await city.staff("负责人丁", "13800000121"),
        officer=officer,
        group=await city.bound_group("潞州区住建工作群", officer),
    )


async def three_threes(city: SampleCity, characters: Characters) -> None:
    """三三三：30分钟到人、3小时初步结果、3天办结"""
    guo = await city.resident("郭女士", "13900000021", CODE, "2栋 901")
    await files(city, guo, "公共照明不亮", "2栋楼道灯不亮，老人摔了一跤")
    guo.finds("定下由谁负责")
    await city.pass_by(minutes=12)
    await do(
        city,
        lambda: characters.officer.taps("指定责任人", to=characters.group),
        lambda: characters.officer.taps("经理己（项目经理）"),
    )
    await city.pass_by(minutes=50)
    await do(
        city,
        lambda: characters.manager.taps("初步结果"),
        lambda: characters.manager.says("电工已到现场查看，是线路老化，今天先装临时灯，明天16:00前更换线路。"),
    )
    guo.finds("初步结果")
    characters.group.finds("已给出初步结果")
    await resolves(city, characters.manager, "2栋楼道线路已更换，灯全部恢复。", days=1, hours=4)
    await city.pass_by(minutes=40)
    await do(city, lambda: guo.taps("满意"))


async def nobody_in_time(city: SampleCity, characters: Characters) -> None:
    """没人负责：30分钟、3小时、3天逐级超时"""
    hao = await city.resident("郝先生", "13900000022", CODE, "6栋 1202")
    await files(city, hao, "公共照明不亮", "6栋地下室灯坏了")
    await city.pass_by(minutes=31)
    characters.group.finds("超时 · 责任到人")
    await city.pass_by(hours=3)
    characters.group.finds("超时 · 初步结果")
    await do(
        city,
        lambda: characters.officer.taps("初步结果", to=characters.group),
        lambda: characters.officer.says("已联系物业，电工检查是开关损坏，正在采购，三天内更换好。"),
    )
    hao.finds("初步结果")
    await city.pass_by(days=4)
    characters.group.finds("超时 · 基本办结")
    hao.finds("超时")
    said = "开关已采购到，电工今天17:00前更换。"
    await do(city, lambda: characters.manager.says(said, reply_to=card(characters.manager)))
    await resolves(city, characters.manager, "6栋地下室开关已更换，灯亮了。", hours=3)
    await city.pass_by(hours=1)
    await do(city, lambda: hao.taps("基本满意"))


SCENES = (three_threes, nobody_in_time)
