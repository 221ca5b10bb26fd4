"""One style in all Chinese sentences: quotes, spaces, and one word for whoever lives there (GB/T 15834)."""

import re

import pytest

from complaints.policy.pack import load_packs
from locales.check import read
from locales.compile import FOLDER
from locales.labels import LABELS

CJK = "[\u4e00-\u9fff，。：；、！？（）“”]"
# What is read sign by sign keeps its space: numbers of cases and orders, telephone numbers.
SIGNS = "number|order|phone"
CLOSE = re.compile(rf"{CJK} \{{(?!(?:{SIGNS})\}})|(?<!number)(?<!order)(?<!phone)\}} {CJK}")
PUNCTUATION = re.compile(r"[\u4e00-\u9fff][,.:;!?()][\u4e00-\u9fff]")
# The law's owners, and labels that stand on buttons since the first version.
OWNERS = (
    "业委会",
    "替业主登记",
    *(label for labels in LABELS.values() for label in labels.values() if "业主" in label),
)


def sentences():
    catalogue = read(FOLDER / "zh_CN" / "LC_MESSAGES" / "mashang.po")
    return [s for m in catalogue if m.id for s in (m.string if isinstance(m.string, (list, tuple)) else [m.string])]


def named():
    """What packs call their stages and demands; what they quote says it as the document does."""
    for pack in load_packs().values():
        entries = (*pack.stages, *pack.demands, *pack.patterns, *pack.rates, *pack.lists, *pack.follow_ups)
        yield pack.name.zh
        yield from (entry.name.zh for entry in entries)
        yield from (stage.task.zh for stage in pack.stages if stage.task is not None)


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("corner brackets: mainland print has “ ”", re.compile("[「」]")),
        ("a space between Chinese and what is Chinese or a time", CLOSE),
        ("half-width punctuation between Chinese", PUNCTUATION),
        ("居民: people who live there are 住户", re.compile("居民")),
        ("你", re.compile("你")),
        ("an order asks for 办好并反馈", re.compile("前反馈|督办.*前办好(?!并反馈)")),
        ("a date that binds is 承诺", re.compile("给(?:出|您|住户)?(?:一个)?办结时间|承诺时间|承诺过日期")),
        ("one sentence of whom to call: 有危险请先打", re.compile("遇到危险|先拨打")),
        ("分转: the document's word; people read 转办", re.compile("分转")),
        ("处理: a case is 办理; the button 我来处理 is as it was", re.compile("(?<!我来)(?<!已)处理(?!者|不了)")),
    ],
)
def test_no_sentence_has(fault, pattern):
    assert [said for said in (*sentences(), *named()) if pattern.search(said)] == []


def test_owners_are_named_only_where_the_law_or_a_button_means_them():
    said = sentences()
    for label in sorted(OWNERS, key=len, reverse=True):
        said = [each.replace(label, "") for each in said]
    assert [each for each in said if "业主" in each] == []
