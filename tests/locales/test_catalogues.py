"""The catalogues translate everything rightly, and the check finds what they don't."""

import os
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po
from catalogues import stale

from locales.check import findings, read
from locales.compile import FOLDER, compile_catalogues
from locales.labels import LABELS
from locales.sentences import said, spoken

CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/mashang.po"))
CHINESE = FOLDER / "zh_CN" / "LC_MESSAGES" / "mashang.po"

SCREENS = {
    "the resident joins": "同意并继续 查看全文 分享手机号 暂不分享",
    "the resident's menu": "反映问题 我的问题 我的小区 帮助 中文/English",
    "the resident reports": "其他类别 有危险 没有 我也遇到 不一样，继续 提交 修改 取消 返回",
    "how to reach the resident": "可以打电话 只用机器人联系 不让物业知道我是谁",
    "the receipt": "查看进度 补充 催一催 撤回 时限怎么算的",
    "agreeing a date": "同意 换个时间 不同意",
    "the rating": "满意 基本满意 一般 不满意 没有解决 没办好却说办好了 态度不好 拖得太久 其他",
    "before closing": "这样可以结案吗？ 可以 还没好",
    "the manager sorts": "一般问题，{period}内办结 情况复杂，和业主商定 属住建部门职责 不归物业管，帮业主指路",
    "the manager sorts, seldom": "业主自用部位，可特约维修 先核实，稍后分类 已当场解决",
    "the manager's card": "联系业主 显示电话 反馈进度 现场已查看 提交办结 申请延期 转派 申请复核",
    "the head's card": "我来处理 指定经办人 只看超时",
    "the bureau group's card": "督办 挂牌督办 提级 会商 转办 详情 接收 退回",
    "the department's card": "接收 退回 反馈 办结",
    "the bureau group's order": "2小时 下班前 1个工作日 其他 签收 确认",
}


@pytest.fixture(scope="module")
def code():
    return said()


@pytest.fixture
def copy():
    return read(CHINESE)


@pytest.fixture(scope="module")
def compiled(code, tmp_path_factory):
    """What stands on buttons and keys in Chinese, as gettext reads it."""
    (file,) = compile_catalogues(copied(tmp_path_factory.mktemp("locales")))
    with file.open("rb") as source:
        chinese = GNUTranslations(source)
    return {chinese.pgettext(label.context, label.id) for label in code if label.context in ("menu", "button")}


def copied(folder):
    (folder / "zh_CN" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "zh_CN" / "LC_MESSAGES" / "mashang.po").write_bytes(CHINESE.read_bytes())
    return folder


@pytest.mark.parametrize("po", CATALOGUES, ids=lambda po: po.parent.parent.name)
def test_a_catalogue_has_no_findings(po, code):
    assert findings(read(po), code) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_every_label_of_a_screen_is_in_the_compiled_catalogue(screen, compiled):
    assert [label for label in SCREENS[screen].split() if label not in compiled] == []


@pytest.mark.parametrize(
    ("english", "context", "broken", "finding"),
    [
        ("Told: {people}", None, "", "empty"),
        ("Told: {people}", None, "已通知：{persons}", "placeholders differ"),
        ("Told: {people}", None, "已通知：{people}{", "placeholders differ"),
        ("<b>Help</b>", None, "帮助", "tags differ"),
        ("{count} day", None, ("{days}天",), "placeholders differ"),
        ("{count} day", None, ("{count}天", "{count}天"), "empty"),
        ("Overdue since {due}", None, "已过期，应在{due}前完成", "must say 超时"),
        ("Reopened: your case is being handled again", None, "您的问题又打开了", "must say 重新办理"),
        ("Last reminder", None, "提醒", "must say 最后一次提醒"),
        ("{stage} due {due}, {left} left", None, "{stage}：{due}截止，{left}", "must say 还剩"),
        (
            "That is somebody else's contact. Please tap “Share my phone number” to share your own.",
            None,
            "请点「分享电话」。",
            "must say “分享手机号”",
        ),
        ("Urge", "button", "催办", "must be 「催一催」"),
    ],
)
def test_a_broken_entry_is_found(copy, code, english, context, broken, finding):
    copy.get(english, context).string = broken
    assert [found.partition(": ")[0] for found in findings(copy, code)] == [finding]


def test_an_entry_that_is_gone_is_missing(copy, code):
    copy.delete("Told: {people}")
    (found,) = findings(copy, code)
    assert found.startswith("missing: 'Told: {people}' (views/framework/told.py:")


def test_an_entry_that_lost_its_plural_is_missing(copy, code):
    copy.delete("{count} day")
    copy.add("{count} day", "{count}天")
    assert [found.partition(" (")[0] for found in findings(copy, code)] == ["missing: '{count} day'"]


def test_a_fuzzy_entry_is_found(copy, code):
    copy.get("Told: {people}").flags.add("fuzzy")
    assert findings(copy, code) == ["fuzzy: 'Told: {people}'"]


def test_an_entry_that_nobody_says_is_obsolete(copy, code):
    copy.add("Nobody says this.", "没人这样说。")
    assert findings(copy, code) == ["obsolete: 'Nobody says this.'"]


def test_an_entry_that_was_commented_out_is_obsolete(copy, code):
    file = BytesIO()
    write_po(file, copy)
    file.write('\n#~ msgid "Long ago"\n#~ msgstr "从前"\n'.encode())
    file.seek(0)
    assert findings(read_po(file, locale="zh_CN"), code) == ["obsolete: 'Long ago'"]


@pytest.mark.parametrize("context", LABELS)
def test_every_fixed_label_is_said_by_the_code(context, code):
    assert [label for label in LABELS[context] if code.get(label, context) is None] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('t("Plain")', ("t", "Plain")),
        ('t("Two " "parts", who=name)', ("t", "Two parts")),
        ('t("Joined: {names}", names=" ".join(p for p in (a, b)))', ("t", "Joined: {names}")),
        ("f\"<i>{t.p('button', 'In an f-string')}</i>\"", ("p", "button", "In an f-string")),
        ('t.n("{count} case", "{count} cases", len(cases))', ("n", "{count} case", "{count} cases")),
    ],
)
def test_a_sentence_is_found_wherever_it_stands(line, found):
    ((_, name, sentence, _),) = spoken(BytesIO(line.encode()), {}, (), {})
    assert (name, *sentence) == found


@pytest.mark.parametrize("line", ['n("a", "b", 1)', "role(t, which)", 'other.t("x")', "t.of(label)"])
def test_other_calls_are_no_sentences(line):
    assert list(spoken(BytesIO(line.encode()), {}, (), {})) == []


@pytest.mark.parametrize(
    "line", ["t(sentence)", 't("a" if late else "b")', 't(f"{name} came")', 't.p("button", label)']
)
def test_a_sentence_that_is_not_written_out_is_refused(line, tmp_path):
    view = tmp_path / "view.py"
    view.write_text(line)
    with pytest.raises(ValueError, match=r"view\.py:1: a sentence must be written out"):
        said(tmp_path)


def test_a_note_for_translators_is_kept():
    line = '# NOTE: said aloud\nt("Plain")'
    ((_, _, _, notes),) = spoken(BytesIO(line.encode()), {}, ("NOTE:",), {})
    assert notes == ["NOTE: said aloud"]


def test_compiling_replaces_what_was_there(tmp_path):
    folder = copied(tmp_path) / "zh_CN" / "LC_MESSAGES"
    (folder / "mashang.mo").write_bytes(b"stale")
    assert compile_catalogues(tmp_path) == [folder / "mashang.mo"]
    with (folder / "mashang.mo").open("rb") as file:
        assert GNUTranslations(file).pgettext("button", "Urge") == "催一催"
    assert [file.name for file in sorted(folder.iterdir())] == ["mashang.mo", "mashang.po"]


def test_a_catalogue_that_was_changed_since_it_was_compiled_is_stale(tmp_path):
    po = copied(tmp_path) / "zh_CN" / "LC_MESSAGES" / "mashang.po"
    assert stale(tmp_path) == [po]
    (mo,) = compile_catalogues(tmp_path)
    assert stale(tmp_path) == []
    os.utime(po, ns=(0, mo.stat().st_mtime_ns + 1))
    assert stale(tmp_path) == [po]


@pytest.mark.parametrize(("other", "word"), [("街镇", "街道"), ("投诉编号", "编号"), ("已办：{", "已记录：{")])
def test_one_thing_has_one_word(copy, other, word):
    said_so = [entry.string if isinstance(entry.string, str) else "".join(entry.string) for entry in copy if entry.id]
    assert any(word in text for text in said_so)
    assert [text for text in said_so if other in text and not text.startswith("超时后")] == []
