"""Recognition of answers that say nothing about the case: 程序性答复 (成住建发〔2023〕62号 二(三), 一(四)).

Words count where, once the set phrases are taken out, something specific stands beside a verb.
"""

import re
from enum import StrEnum


class Part(StrEnum):
    """The four parts of an answer that 一(四) names."""

    FACTS = "facts"
    MEASURES = "measures"
    PROGRESS = "progress"
    RESULT = "result"


# What only repeats the complaint, and what could stand under any: taken out one by one, so that no string of phrases
# makes a pattern go back and forth.
ECHO = (
    r"(?:关于|针对|对于|对|就)?(?:您|你|业主|居民|住户)们?所?(?:反映|反馈|投诉|提出|咨询|报修|说|诉求|上报)的?"
    r"[^，。,.；;！!\n]{0,20}?(?:问题|情况|事项|事情|诉求|意见|建议|事宜)|[^，。,.；;！!\n是]{0,20}?问题"
)
STOCK = re.compile(
    ECHO + r"|收到|得到|感谢[^，。,.；;！!\n]{0,24}|谢谢[^，。,.；;！!\n]{0,16}|敬请[^，。,.；;！!\n]{0,16}|"
    r"请[^，。,.；;！!\n]{0,6}(?:耐心|稍|谅解|放心|见谅|理解)[^，。,.；;！!\n]{0,8}|"
    r"给[^，。,.；;！!\n]{0,6}带来[^，。,.；;！!\n]{0,12}|"
    r"(?:高度|十分|非常|相当)(?:重视|关注)|(?:认真|妥善|积极|全力|第一时间|及时|尽快|尽早|尽力|努力|抓紧|加紧|持续|"
    r"不断)(?:地)?|"
    r"(?:相关|有关|各|职能|责任|主管|上级)(?:部门|人员|单位|同事|负责人|领导|科室|同志)|"
    r"(?:按照?|依照|根据|依据)[^，。,.；;！!\n]{0,8}(?:规定|流程|程序|要求|制度)|(?:立行立改|举一反三|属实|知悉)|"
    r"(?:加强|提高|强化)[^，。,.；;！!\n]{0,8}(?:教育|培训|意识|管理|监督)|(?:加强|改进|提升|提高|优化|"
    r"完善)(?:小区|我们的?|日常|内部)?的?(?:管理|服务|工作|巡查|巡逻|监管|质量|水平)*|"
    r"(?:与|和|跟|同)?您(?:取得)?联系|(?:保持)?电话(?:畅通|联系)|(?:等候?|等待|等)通知|另行通知",
    re.IGNORECASE,
)

PERSON = (
    r"员工|当事人|1(?:1[09]|20)(?!\d)|12345|95\d{3}|962121|师傅|电工|水电工|维修工|工人|维修(?:人员|班|员)|维保|"
    r"保洁|保安|安保|门岗|秩序员|绿化工|园丁|管家|消杀|救援|"
    r"施工队|施工方|"
    r"厂家|厂商|供应商|开发商|承建|车主|狗主|租户|装修户|楼上|楼下住户|邻居|业委会|居委会|街道办|社区|派出所|公安|"
    r"交警|住建(?:局|部门)|消防部门|房管局|规划局|水务局|民警|"
    r"城管|消防队|"
    r"供电|电力公司|自来水公司|水务|燃气公司|市政|环卫|电信|移动公司|联通|检测(?:机构|公司)|维修公司|电梯公司|"
    r"清运公司|"
    r"(?:小(?![区时程心])|老(?![化人旧业]))[一-鿿](?:已|正|马上|现在|下午|上午|去|到|在)|"
    r"[赵钱孙李周吴郑王冯陈张刘杨黄林罗梁宋唐许韩邓曹彭肖袁潘蒋蔡杜叶苏魏吕丁](?:工|师|经理|主管|队长|班长)|"
    r"technician|electrician|plumber|cleaner|guard|contractor|gardener|engineer|worker|installer"
)
PLACE = (
    r"\d+\s*(?:栋|幢|号楼|座|单元|楼|层|号|#)|[一二三四五六七八九十东西南北左右][栋幢座楼层门侧]|负[一二三]|楼道|"
    r"楼顶|楼下|楼梯|屋顶|天台|屋面|大堂|大厅|门口|"
    r"大门|侧门|车库|车棚|车位|地下室|泵房|机房|配电|电井|管井|水箱|水池|池塘|花园|绿化带|草坪|路面|围墙|外墙|窗台|"
    r"电梯间|消防通道|"
    r"垃圾(?:房|站|桶|点)|岗亭|监控室|现场|路上|地面|地上|墙面|顶层|过道|走廊|地库|化粪池|雨棚|\b(?:floor|building|"
    r"roof|garage|gate|stair|lobby|basement|hall)"
)
PARTS = (
    r"照明|消防设施|灯|灯泡|灯管|开关|线路|电线|电缆|电源|插座|闸|空开|水管|水龙头|管道|管子|下水|阀|钥匙|水泵|泵|"
    r"水表|电表|电机|"
    r"马达|门机|门锁|锁芯|门禁|道闸|"
    r"门卡|(?<!部)门|窗(?!口)|玻璃|护栏|栏杆|扶手|砖|墙皮|瓷砖|保温层|防水|井盖|地漏|雨水管|污水|(?<!主)管(?!理|"
    r"家)|钢丝绳|主板|主控|控制[柜箱器板]|感应器|传感器|轿厢|按钮|"
    r"电梯|摄像头|监控|录像|对讲|灭火器|消火栓|消防栓|喷淋|烟感|充电桩|配件|零件|材料|垃圾|杂物|积水|油污|树(?!立)|"
    r"枝|草|花|虫|鼠|蟑螂|蚊|狗|犬|"
    r"车|广告|小广告|条幅|费(?!心)|钱|票据|发票|收据|账|资金|水(?!平)|电(?!话)|气(?!愤)|暖|"
    r"\b(?:lamp|light|bulb|lift|pump|pipe|valve|door|lock|gate|part|switch|cable|meter|motor|tree|camera|bin|"
    r"rubbish|leak|drain|fee)"
)
FAULT = (
    r"坏|损|漏|渗|堵|(?<![不判])断|裂|松|锈|老化|跳闸|短路|停电|停水|故障|爆|掉落|脱落|失灵|卡住|烧了|冒烟|异响|"
    r"进水|没电|没水|积水|欠费|磨损|变形|"
    r"因为|由于|原因是|属于|归(?!我|咱|物业)|属(?!实)|不[亮转动通热灵是]|失效|正常|感应式|\b(?:broken|fault|leak|"
    r"blocked|worn|tripped|loose|because|burnt)"
)
DEED = (
    r"更?换|修|疏通|清[理运扫洗掉走了完]|打扫|冲洗|拖|扫|拆|装|关[了掉闭上好]|关总|开会|开启|打开|查[看过了明到]|"
    r"检查|检测|排查|巡|看[了过到]|测|补|刷|焊|做(?![好到出])|推|打药|拿|取|看(?![待法见来管])|"
    r"接[好通上线]|抽|排[了完空出干]|喷[药洒了]|剪|砍|锁[上好了]|买|采购|订[了购货]|下单|到货|退[还费了给款]|"
    r"停[了用机梯]|拉[了走闸起]|拉警戒|铲|维护|拍照|封|围[挡上起]|抢修|加[装固压油]|调[试整好]|"
    r"搬|挪|劝|贴|张贴|发[了出货]|施工|招标|审批|征求|动用|投票|公示|复位|重启|送电|送水|消杀|灭[了火](?!器)|捞|"
    r"铺[设好了]|挖|"
    r"录入|恢复|上门|报修|\b(?:repair|fix|replac|clean|check|inspect|look|found|remov|order|refund|restor|turn|"
    r"install|cut|paint|pump|clear)"
)
ORDINARY = (
    r"处理|解决|完成|办[好完理]|修好|安排|联系|通知|协调|派|催|约|请|叫|喊|找|报|"
    r"要求|讨论|沟通|了解|谈话|道歉|\b(?:call|sent|send|arrang|ask|done|finish|complet)"
)
MOVES = r"[到来去在过爬赶]|\b(?:com|go|arriv)"
FINISHED = r"(?:处理|解决|弄|搞|办)(?:好|完|掉|妥)"
DONE = r"处理|解决|完成|办[好完]|恢复|修好|到位|搞定|答复方案|\b(?:done|finish|complet|solv)"
COMES = (
    r"(?:我|人|他|她|们|师傅|马上|立刻|这就|现在|已经?|就|分钟|点)[^，。,.；;！!\n]{0,6}(?:到[了达场]?|过来|过去|"
    r"来了|出发|赶)(?!位|底|时|您|期|相)|"
    r"(?:^|[，\s已])(?:到|来)了|在路上|在[^，。,.；;！!\n]{0,6}(?:现场|楼下|门口|楼上|上面|屋里|机房|泵房|车库)|"
    r"赶[过来去往到]|on (?:the|my|their) way|(?:am|is|are) here|comes?\b|coming|arriv"
)
STATE = (
    r"(?<!处理)(?<!解决)(?<!整改)(?<!落实)(?<!完成)(?<!关)(?:亮|通|好|走|掉|干净|完|退|停|开|关|热|上|灭|修|换|清|"
    r"装|补|扫|拆|剪|恢复|劝离|正常运行|能用|可以用|不漏|不响|不堵|不滴|有水|有电|来水|来电)了|"
    r"扑灭|救出|脱险|送医|送去?医院|受伤|\brescued|\binjured|"
    r"已劝离|恢复(?:正常|运行|供水|供电|通行|使用|照明)|正常(?:运行|使用|了)|works? again|is fixed|running again|"
    r"cleaned|repaired|replaced"
)
CLOCK = (
    r"\d{1,2}\s*[:：]\s*\d{2}|[\d一二两三四五六七八九十半]+\s*(?:点|时|分钟|个?小时|个?钟头|刻)|"
    r"\d+\s*(?:月\d+[日号]|[日号]|天|个?工作日)|"
    r"\b(?:within|in) \d+|\b\d+ ?(?:min|hour|o'clock|am|pm)|\d{1,2}[:.]\d{2}|\bby (?:mon|tue|wed|thu|fri|sat|sun|"
    r"noon|tonight|tomorrow|\d)"
)
DAY = (
    r"今天|今日|今晚|今早|明天|明日|明早|明晚|后天|上午|中午|下午|晚上|傍晚|本周|这周|下周|周[一二三四五六日天]|"
    r"星期|月底|月初|[一二两三四五六七]天|"
    r"today|tonight|tomorrow|morning|afternoon|evening|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week"
)
_THING = re.compile(f"{PERSON}|{PLACE}|{PARTS}", re.IGNORECASE)
_PERSON, _FAULT, _DEED, _COMES, _STATE, _CLOCK, _DAY = (
    re.compile(words, re.IGNORECASE) for words in (PERSON, FAULT, DEED, COMES, STATE, CLOCK, DAY)
)
_OF_PERSON = re.compile(f"{ORDINARY}|{MOVES}", re.IGNORECASE)
_OF_THING = re.compile(f"{DEED}|{FAULT}|{FINISHED}", re.IGNORECASE)
_BY_THEN = re.compile(f"{DEED}|{DONE}|{MOVES}", re.IGNORECASE)


def missing_parts(words: str) -> tuple[Part, ...]:
    """What a procedural answer lacks; empty where the words say something of the case."""
    left = STOCK.sub("，", words.strip())
    if _says_something(left):
        return ()
    said = {
        Part.FACTS: _THING.search(left) and _FAULT.search(left),
        Part.MEASURES: _DEED.search(left),
        Part.PROGRESS: _CLOCK.search(left) or _DAY.search(left),
        Part.RESULT: _STATE.search(left),
    }
    return tuple(part for part in Part if not said[part])


def _says_something(words: str) -> bool:
    """Somebody is on the way; the thing works; what is wrong with it, or done to it, by whom, or by what time."""
    return bool(
        _COMES.search(words)
        or _STATE.search(words)
        or (_THING.search(words) and _OF_THING.search(words))
        or (_PERSON.search(words) and _OF_PERSON.search(words))
        or (_CLOCK.search(words) and _BY_THEN.search(words))
        or (_DAY.search(words) and _DEED.search(words))
    )
