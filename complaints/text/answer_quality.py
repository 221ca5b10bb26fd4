"""Recognition of answers that say nothing about the case: 程序性答复 (成住建发〔2023〕62号 二(三), 一(四))."""

import re
from enum import StrEnum


class Part(StrEnum):
    """The four parts of an answer that 一(四) names."""

    FACTS = "facts"
    MEASURES = "measures"
    PROGRESS = "progress"
    RESULT = "result"


SIGNS: dict[Part, str] = {
    Part.FACTS: "查看|检查|现场|发现|核实|看了|查过|原因|因为|由于|系|是.{2,}(坏|损|堵|漏|停)|"
    r"损坏|故障|老化|堵塞|漏|跳闸|停电|停水|checked|found|looked|inspected|because|broken|fault|cause|leak",
    Part.MEASURES: "更换|维修|修理|抢修|修好|检修|清理|清运|打扫|安排|派|联系|通知|报修|"
    r"整改|协调|拆除|疏通|加装|调整|退还|退费|巡查|换|修|上门|采购|repair|fix|replac|clean|send|sent|call|order|arrang|remov|refund|restor|technician|plumber",
    Part.PROGRESS: r"正在.{2,}|已经.{2,}|已.{3,}|目前.{2,}|进展|今天|今日|今晚|明天|明日|后天|"
    r"上午|下午|晚上|本周|下周|周[一二三四五六日天]|\d+\s*(点|时|分钟|小时|天|日|号|月|:\d)|之前|以前|前完成|"
    r"today|tomorrow|tonight|by \w+|within|hour|minute|day|week|\d{1,2}[:.]\d{2}",
    Part.RESULT: r"恢复|解决|完成|处理好|修复|办结|正常|done|finished|solved|restored|works again|completed",
}
# Phrases are cut out one by one, so that no string of them makes the pattern go back and forth.
STOCK = re.compile(
    r"您好|你好|尊敬的业主|亲|谢谢|感谢您?的?(反馈|支持|理解)?|好的?|嗯|已?收到|知道了?|了解|明白|已阅|"
    r"请?稍等|请稍候|请耐心等待|(我们)?(会|将)?(尽快|及时|马上|正在)?(处理|跟进|核实|答复|回复|办理|关注|落实)[中的了]?|"
    r"我们|已经?|尽快|马上|您的?(问题|反馈|意见|来信|投诉)|"
    r"\bok(ay)?\b|\byes\b|thanks?( you)?|received|noted|got it|we will (handle|look into|process) (it|this)( soon)?|"
    r"(being )?process(ed|ing)|in progress|hello|\bhi\b|dear owner|please wait|soon|[\s,.!?;:，。！？；：、~～…]",
    re.IGNORECASE,
)
SHORTEST = 4  # characters; ours: shorter words can hold neither a fact nor a measure
TELLING = 15  # characters; ours: words of this length that are no stock phrase get the benefit of the doubt


def missing_parts(words: str) -> tuple[Part, ...]:
    """What a procedural answer lacks; empty where the words say something of the case."""
    words = words.strip()
    said = [part for part, sign in SIGNS.items() if re.search(sign, words, re.IGNORECASE)]
    stock = not STOCK.sub("", words)
    if not stock and ((said and len(words) >= SHORTEST) or len(words) >= TELLING):
        return ()
    return tuple(part for part in Part if part not in said) or tuple(Part)
