"""The story of Chengdu: a complaint and its branches; each scene taps, writes, and checks what is shown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from demo.sample_city import SampleCity
from demo.stories.steps import card, do, files, resolves
from simulator.people.accounts import Account
from simulator.people.groups import Group
from storage.db.civil_time import CIVIL


@dataclass
class Characters:
    """Who plays: the company's people, the bureau's, and their groups."""

    manager: Account
    head: Account
    officer: Account
    group: Group
    grid_leader: Account
    street: Account
    city_officer: Account
    city_group: Group


Scene = Callable[[SampleCity, Characters], Awaitable[None]]
LIFT = "3栋电梯坏了，一直停在1楼"


async def gather(city: SampleCity) -> Characters:
    """Everybody joins, and the groups are bound."""
    officer = await city.staff("经办员甲", "13800000107")
    city_officer = await city.staff("市局经办员", "13800000110")
    return Characters(
        manager=await city.staff("经理甲", "13800000101"),
        head=await city.staff("负责人甲", "13800000105"),
        officer=officer,
        group=await city.bound_group("武侯区住建工作群", officer),
        grid_leader=await city.staff("网格长甲", "13800000113"),
        street=await city.staff("街道专员甲", "13800000111"),
        city_officer=city_officer,
        city_group=await city.bound_group("成都市住建工作群", city_officer),
    )


async def the_whole_way(city: SampleCity, characters: Characters) -> None:
    """超时、企业接手、不满意、重新办理、满意"""
    wang = await city.resident("王女士", "13900000001")
    await do(city, lambda: wang.taps("反映问题"), lambda: wang.sends_album(3, caption=LIFT))
    await files(city, wang, "电梯停运或故障")
    wang.finds("已收到，")
    for which in ("第1次提醒", "第2次提醒", "最后一次提醒"):
        await city.to_next_deadline()
        characters.manager.finds(which)
    await city.to_next_deadline()
    for told in (characters.manager, characters.head, characters.officer, wang):
        told.finds("超时")
    characters.group.finds("超时")
    await city.pass_by(minutes=10)
    await do(city, lambda: characters.head.taps("我来处理"))
    await city.pass_by(minutes=25)
    await do(
        city,
        lambda: characters.head.says(
            "已联系维保单位，正在更换门机配件，今天18:00前恢复。", reply_to=card(characters.head)
        ),
        lambda: characters.head.taps("一般问题，2个工作日内办结"),
    )
    await resolves(city, characters.head, "门机配件已更换，电梯恢复运行。", hours=3)
    await city.pass_by(minutes=50)
    await do(city, lambda: wang.taps("不满意"), lambda: wang.taps("没有解决"))
    characters.group.finds("重新办理")
    await resolves(city, characters.head, "已请厂家到场，更换控制板并试运行2小时，正常。", hours=18)
    await city.pass_by(hours=1)
    await do(city, lambda: wang.taps("满意"))


async def withdrawn(city: SampleCity, characters: Characters) -> None:
    """撤回"""
    li = await city.resident("李先生", "13900000002", room="5栋 302")
    await files(city, li, "公共照明不亮", "5栋楼道灯不亮")
    await city.pass_by(minutes=20)
    await do(city, lambda: li.taps("撤回"), lambda: li.taps("确定撤回"))
    characters.manager.finds("撤回")


async def two_households(city: SampleCity, characters: Characters) -> None:
    """我也遇到"""
    zhao = await city.resident("赵女士", "13900000003", room="2栋 101")
    sun = await city.resident("孙先生", "13900000004", room="2栋 802")
    await files(city, zhao, "公共照明不亮", "2栋门口路灯不亮，晚上看不见")
    await city.pass_by(minutes=15)
    await do(city, lambda: sun.says("2栋楼下的灯坏了"), lambda: sun.taps("公共照明不亮"))
    await do(city, lambda: sun.taps("我也遇到"))
    sun.finds("已收到，")
    await city.pass_by(minutes=50)
    await do(
        city,
        lambda: characters.manager.taps("一般问题，2个工作日内办结"),
        lambda: characters.manager.says("电工已查看，是控制箱跳闸，今晚更换开关。"),
    )
    await resolves(city, characters.manager, "开关已更换，路灯恢复。", hours=9)
    await city.pass_by(minutes=30)
    await do(city, lambda: zhao.taps("满意"), lambda: sun.taps("基本满意"))


async def a_date_agreed(city: SampleCity, characters: Characters) -> None:
    """商定日期"""
    zhou = await city.resident("周女士", "13900000005", room="6栋 2101")
    await files(city, zhou, "屋顶外墙渗水", "6栋顶楼屋面漏水，下雨就滴")
    await city.pass_by(hours=1.5)
    await do(
        city,
        lambda: characters.manager.taps("分类 ▸"),
        lambda: characters.manager.taps("情况复杂，和业主商定"),
        lambda: characters.manager.says("屋面防水层老化，需要动用维修资金，要先做检测。"),
        lambda: characters.manager.says("11月30日 18:00"),
        lambda: characters.manager.taps("发"),
    )
    await city.pass_by(minutes=40)
    await do(
        city,
        lambda: zhou.taps("换个时间"),
        lambda: zhou.says("11月27日 18:00"),
        lambda: zhou.taps("发"),
    )
    await city.pass_by(minutes=20)
    await do(city, lambda: characters.manager.taps("同意"))
    zhou.finds("已商定")
    await resolves(city, characters.manager, "防水层已重做，淋水试验不漏。", days=2, hours=3)
    await city.pass_by(hours=2)
    await do(city, lambda: zhou.taps("一般"))


async def bureau_duty(city: SampleCity, characters: Characters) -> None:
    """属住建部门职责"""
    wu = await city.resident("吴先生", "13900000006", room="1栋 1502")
    await files(city, wu, "公共收益不公开被挪用", "物业侵占公共收益，从不公示")
    await city.pass_by(hours=1)
    await do(
        city,
        lambda: characters.manager.taps("分类 ▸"),
        lambda: characters.manager.taps("属住建部门职责"),
        lambda: characters.manager.says("公共收益由原物业企业收取，交接资料在区住建局，需由住建部门核查。"),
    )
    await city.pass_by(hours=2)
    await do(city, lambda: characters.officer.taps("接收", to=characters.group))
    wu.finds("武侯区住建部门")
    await do(city, lambda: characters.officer.says("/todo"))


async def not_the_property_service(city: SampleCity, characters: Characters) -> None:
    """不归物业管"""
    zheng = await city.resident("郑女士", "13900000007", room="4栋 601")
    await files(city, zheng, "噪声扰民", "楼下餐馆半夜噪声扰民")
    await city.pass_by(hours=1)
    await do(
        city,
        lambda: characters.manager.taps("分类 ▸"),
        lambda: characters.manager.taps("不归物业管，帮业主指路"),
        lambda: characters.manager.taps("公安部门"),
        lambda: characters.manager.says("夜间噪音由公安部门处理，可拨打110，我们已登记并陪同取证。"),
    )
    zheng.finds("公安部门")
    characters.grid_leader.finds("网格")


async def danger_at_night(city: SampleCity, characters: Characters) -> None:
    """夜间危险"""
    await city.pass_to(city.clock.now().astimezone(CIVIL).replace(hour=23, minute=10))
    qian = await city.resident("钱先生", "13900000008", room="7栋 1903")
    await files(city, qian, "电梯困人", "电梯困人，老人在里面", danger="有危险")
    qian.finds("119")
    await city.to_next_deadline()  # ten minutes, nobody has confirmed
    characters.head.finds("超时")
    await city.to_next_deadline()  # twenty: the bureau and the street
    characters.group.finds("超时")
    characters.street.finds("超时")
    await city.pass_by(minutes=1)
    await do(city, lambda: characters.head.taps("知道了，马上到"))
    await city.pass_by(minutes=20)
    await do(
        city,
        lambda: characters.head.says(
            "维保人员23:35到场，老人已救出，电梯停用检修，明早8点前恢复。", reply_to=card(characters.head)
        ),
        lambda: characters.head.taps("一般问题，2个工作日内办结"),
    )
    await resolves(city, characters.head, "老人平安，门锁已更换，电梯恢复。", hours=8)
    await city.pass_by(minutes=30)
    await do(city, lambda: qian.taps("满意"))


async def voice_only(city: SampleCity, characters: Characters) -> None:
    """只发语音"""
    feng = await city.resident("冯奶奶", "13900000009", room="8栋 102")
    await do(city, lambda: feng.sends_voice(11), lambda: feng.taps("电梯水电"))
    await files(city, feng, "公共照明不亮")
    await city.pass_by(minutes=45)
    await do(
        city,
        lambda: characters.manager.says(
            "听了语音，是8栋一楼走廊灯不亮，电工下午更换灯泡。", reply_to=card(characters.manager)
        ),
        lambda: characters.manager.taps("一般问题，2个工作日内办结"),
        lambda: characters.manager.taps("转写"),
        lambda: characters.manager.says("8栋一楼走廊的灯不亮，晚上看不见路。"),
    )
    await resolves(city, characters.manager, "灯泡已更换，走廊亮了。", hours=5)


async def closed_in_silence(city: SampleCity, characters: Characters) -> None:
    """沉默办结"""
    feng = city.people["冯奶奶"]
    await city.pass_by(days=4)
    feng.finds("自动结案")
    await city.pass_by(days=9)
    feng.finds("没有评价")


SCENES: tuple[Scene, ...] = (
    the_whole_way,
    withdrawn,
    two_households,
    a_date_agreed,
    bureau_duty,
    not_the_property_service,
    danger_at_night,
    voice_only,
    closed_in_silence,
)
