"""Answers that say nothing of the case (成住建发〔2023〕62号 二(三)), and answers that do."""

import pytest

from complaints.text.answer_quality import Part, missing_parts

NOTHING = [
    "好",
    "好的",
    "收到",
    "已收到",
    "嗯嗯",
    "知道了",
    "了解",
    "明白",
    "已阅",
    "稍等",
    "请稍等",
    "收到，马上处理",
    "您好，收到",
    "好的，我们会尽快处理",
    "我们会尽快处理的，请耐心等待。",
    "正在处理中",
    "正在处理",
    "已处理",
    "处理中",
    "感谢您的反馈",
    "尊敬的业主，您的问题我们已收到",
    "我们将及时跟进",
    "我们正在核实",
    "谢谢您的支持，我们会尽快落实",
    "您好，您的投诉我们已收到，会尽快处理，感谢您的理解",
    "马上",
    "尽快",
    "……",
    "！！",
    "ok",
    "OK, thanks",
    "noted",
    "received, we will look into it soon",
    "being processed",
    "in progress",
    "please wait",
    "hello, we will handle this",
    "got it",
    "灯",
    "修",
    "换",
]
SOMETHING = [
    "电工已到现场查看，是灯泡坏了。",
    "灯泡坏了，明天换",
    "明天上午派电工来修",
    "已更换灯泡",
    "已联系维保单位，下午2点到",
    "是控制箱跳闸，今晚更换开关。",
    "水泵故障，正在抢修",
    "垃圾已清运",
    "今天17:00前完成",
    "水管已疏通，恢复正常",
    "经核实，该处属于市政路灯",
    "已报修，配件三天后到货",
    "保洁10分钟后上门打扫",
    "已通知车主挪车",
    "已退还多收的停车费",
    "我们查过监控，没有发现异常",
    "外墙渗水因为防水层老化",
    "已安排绿化工本周修剪",
    "门禁卡已重新录入，可以用了",
    "业委会下周二开会讨论这个事情",
    "这个问题需要动用维修资金，要先征求全体业主意见",
    "漏水点在5楼，已关总阀",
    "The lamp is broken, a technician comes today",
    "We checked the pump; it is fixed",
    "Cleaned this morning",
    "The lift will be repaired by Friday",
    "An electrician is on the way, within 30 minutes",
    "Found a leak on the fifth floor",
    "We have ordered the part",
    "It works again",
]


@pytest.mark.parametrize("words", NOTHING)
def test_an_empty_phrase_stops_no_clock(words):
    assert missing_parts(words)


@pytest.mark.parametrize("words", SOMETHING)
def test_words_about_the_case_are_an_answer(words):
    assert missing_parts(words) == ()


def test_the_missing_parts_are_named():
    assert missing_parts("好的") == tuple(Part)


def test_blanks_around_a_phrase_change_nothing():
    assert missing_parts("  收到  \n")


@pytest.mark.parametrize("phrase", ["嗯", "我们", "尽快", "处理", "好", "请稍等"])
def test_no_string_of_phrases_keeps_the_bot_busy(phrase):
    """Matching is linear: a pattern that goes back and forth would take minutes here."""
    assert missing_parts(phrase * 2000)
    missing_parts(phrase * 2000 + "x")
