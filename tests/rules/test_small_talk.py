"""Sentences that only thank, ask when, or say that it is broken again; whatever says more is none of them."""

import pytest

from complaints.text.small_talk import SmallTalk, small_talk

SAID = {
    SmallTalk.THANKS: (
        "谢谢",
        "谢谢！",
        "谢谢你们",
        "好的，谢谢",
        "收到，谢谢啦",
        "太好了，谢谢师傅",
        "非常感谢",
        "辛苦了",
        "师傅辛苦了，谢谢",
        "多谢多谢",
        "谢谢🙏",
        "麻烦你们了",
        "感谢物业",
        "谢了啊",
        "Thanks!",
        "thank you very much",
    ),
    SmallTalk.WHEN: (
        "什么时候能好？",
        "什么时候修好",
        "啥时候来修啊",
        "啥子时候能好",
        "还要多久",
        "要等多久才能修好？",
        "几时好",
        "请问什么时候能处理",
        "好了吗",
        "修好了没有？",
        "修好没",
        "处理得怎么样了",
        "怎么样了？",
        "我的问题处理到哪一步了",
        "怎么还没修好",
        "怎么还没人来啊",
        "有进展吗",
        "进度怎么样",
        "我的报修什么时候有人来",
        "那个事解决了吗",
        "你好，请问还要等多久呢",
        "When will it be fixed?",
    ),
    SmallTalk.AGAIN: (
        "又坏了",
        "又坏了！！",
        "今天又坏了",
        "又不行了",
        "又出问题了",
        "又这样了",
        "老毛病又犯了",
        "还是坏的",
        "师傅，又坏了啊",
        "昨晚又坏掉了",
        "问题又来了",
        "It's broken again",
    ),
}
MORE = (
    "谢谢，但是二楼的灯还没亮",
    "谢谢你们，电梯又坏了",
    "辛苦师傅来看一下",
    "感谢物业这么快就换了灯，可是开关还漏电",
    "什么时候能把楼道的垃圾清了",
    "什么时候能好？老人被困在里面",
    "还要多久，水都漏到楼下了",
    "电梯什么时候能好",
    "又坏了，有人被困",
    "又漏水了",
    "楼道灯又坏了",
    "又坏了一盏",
    "修好了",
    "还没修好",
    "好",
    "你好",
    "喂",
    "",
    "？",
    "坏了",
    "不谢谢",
    "着火了",
    "有煤气味",
    "谢" * 39 + "灯",
    "还" * 38 + "灯",
    "谢谢" * 30,
    "怎么还没人来，老人晕倒了",
    "多久没打扫了",
    "几天没水了",
    "问题",
    "我的",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_what_says_nothing_else_is_understood(kind, text):
    assert small_talk(text) is kind


@pytest.mark.parametrize("text", MORE)
def test_what_says_more_is_never_swallowed(text):
    assert small_talk(text) is None
