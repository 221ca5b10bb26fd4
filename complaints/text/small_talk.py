"""Sentences that say one thing and nothing else: thanks, "when will it be done?", "broken again".

The whole sentence has to be made of these words; whatever else it says, it is no small talk.
"""

import re
from enum import StrEnum

JOINED = re.compile(r"[\W_]+")  # blanks, punctuation, pictures
LONGEST = 40  # characters; who writes more says more
OPENING = (
    "(?:您好|你好|喂|请问|想问一?下|麻烦问一?下|问一?下|好的|好|嗯|收到|知道了|太好了|那|师傅|经理|物业|管家|唉|哎)*"
)
CLOSING = "(?:了|啊|呀|哦|呢|嘛|吗|么|吧|啦|哈|哟|喔|咯|的|您|你们?|大家|师傅|经理|物业)*"
ITS = "(?:(?:我们?家?|你们)?的?(?:那个|这个|那|这)?(?:反映|报|投诉)?的?(?:问题|事情|事儿|事|投诉|报修|单子)?)"
ASKED = "(?:什么时候|什么时间|啥子?时候|么子时候|哪个时候|几时|何时|多久|多长时间|几点|哪天|几天)"
COMING = "(?:到底|究竟|大概|大约|还|要|得|能|可以|会|才|等|修)*"
DONE = (
    "(?:有人|修好|修|弄好|搞好|搞定|好|处理好|处理完|处理|解决|办好|办完|办|完成|恢复|"
    "来人|来|过来|上门|到|有结果|有消息|答复|回复)"
)
THANKS = (
    "(?:(?:非常|十分|太|真是)?(?:感谢|多谢|谢++)|(?:你们|师傅|大家)?辛苦|麻烦你们|"
    "thanks?(?:you)?(?:verymuch|alot)?|thx)"
)
BROKEN = "(?:坏掉?|不行|不好使|不好用|出问题|出毛病|出故障|犯|这样|那样|老样子)"


class SmallTalk(StrEnum):
    THANKS = "thanks"
    WHEN = "when"  # how far it is, or when it will be done
    AGAIN = "again"


PATTERNS = {
    SmallTalk.THANKS: (rf"{OPENING}(?:{THANKS}{CLOSING})+",),
    SmallTalk.WHEN: (
        rf"{OPENING}{ITS}{COMING}{ASKED}{COMING}{DONE}{{0,2}}{CLOSING}",
        rf"{OPENING}{ITS}(?:(?:修|弄|搞|处理|解决|办|进行|进展)[得的]?)?(?:怎么样|怎样|咋样|如何|到哪(?:一步|儿|里)?){CLOSING}",
        rf"{OPENING}{ITS}{DONE}了?(?:没有|没|吗|么|不){CLOSING}",
        rf"{OPENING}{ITS}(?:怎么|咋|为什么|为啥)还?(?:没有?|不)(?:人|{DONE}){{1,2}}{CLOSING}",
        rf"{OPENING}{ITS}有?(?:什么|啥)?新?(?:进展|进度|消息|结果)(?:怎么样|如何|没有|没)?{CLOSING}",
        r"whenwill(?:it|this)be(?:fixed|done|ready)|howlong(?:willittake)?|anynews|isit(?:fixed|done)(?:yet)?",
    ),
    SmallTalk.AGAIN: (
        rf"{OPENING}{ITS}(?:今天|今早|昨天|昨晚|刚才|刚刚|现在)?(?:又|又再|再次|还是){BROKEN}{CLOSING}",
        rf"{OPENING}(?:老毛病|问题)又(?:犯|来){CLOSING}",
        r"(?:its?|itis)?(?:broken?|broke)again",
    ),
}
WHOLE = {kind: re.compile("|".join(f"(?:{one})" for one in patterns)) for kind, patterns in PATTERNS.items()}


def small_talk(text: str) -> SmallTalk | None:
    """What the whole of a sentence says; None where it says anything else."""
    said = JOINED.sub("", text).lower()
    if not said or len(said) > LONGEST:
        return None
    return next((kind for kind, whole in WHOLE.items() if whole.fullmatch(said)), None)
