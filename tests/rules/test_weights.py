"""The shipped weights belong to the examples, are small and quick, and say the same everywhere."""

import json
import time
from importlib.resources import files

import pytest

from complaints.catalogue import suggestion
from complaints.catalogue.linear_model import LinearModel
from complaints.catalogue.pieces import clauses, pieces
from complaints.policy.catalogue import load_catalogue
from complaints.training import examples, train

CATALOGUE = load_catalogue()
FILE = files("complaints") / "catalogue" / "weights.json"
WEIGHTS = suggestion.shipped()
LONG = "物业你好，我是3栋2单元的业主，想反映一下我们楼的电梯三天两头坏，老人上下楼很不方便，修了又坏，希望尽快处理。"


def test_the_weights_were_learnt_from_the_examples_that_there_are():
    assert WEIGHTS.examples == examples.fingerprint(), "run `make train`"


def test_the_weights_are_a_text_of_less_than_a_megabyte_and_a_half():
    text = FILE.read_text(encoding="utf-8")
    assert len(text.encode()) < 1_500_000
    assert '\n"电梯":[' in text


def test_every_subject_has_examples_enough_and_no_others_have():
    subjects = {m.id for m in CATALOGUE.matters if CATALOGUE.is_subject(m.id)}
    counted = dict.fromkeys(subjects, 0)
    for example in examples.of_matters():
        counted[example.matters[0]] += 1
    assert min(counted.values()) >= 25
    assert set(WEIGHTS.matters.labels) == subjects | {suggestion.NOTHING}


def test_no_sentence_stands_there_twice():
    said = [e.text for e in examples.of_matters()]
    assert len(said) == len(set(said))
    said = [e.text for e in (*examples.dangerous(), *examples.harmless(), *examples.everyday())]
    assert len(said) == len(set(said))


def test_about_a_quarter_is_held_out():
    held = [e.is_held_out for e in examples.of_matters()]
    assert 0.2 < sum(held) / len(held) < 0.3


def test_sums_are_whole_numbers_however_the_text_is_read():
    """Floats enter by one division only, so no order of adding changes a figure."""
    known = json.loads(FILE.read_text(encoding="utf-8"))["matters"]["known"]
    assert all(isinstance(number, int) for weights in known.values() for number in weights)
    assert WEIGHTS.matters.sums(LONG) == WEIGHTS.matters.sums(LONG)


@pytest.mark.parametrize(
    ("written", "said"),
    [("电梯", "电题"), ("楼道", "楼到"), ("物业费", "物业飞"), ("停水", "挺水"), ("脏", "章"), ("灯", "登")],
)
def test_wrong_characters_that_sound_alike_share_a_piece(written, said):
    context = "我们这里的{}没人管"
    assert pieces(context.format(written)) & pieces(context.format(said)) - pieces(context.format("口"))


@pytest.mark.parametrize(("pinyin", "said"), [("huo zai", "火灾"), ("qihuo le", "起火了"), ("Jiu Ming", "救命")])
def test_pinyin_shares_the_sounds_of_what_it_spells(pinyin, said):
    sounds = {piece for piece in pieces(said) if piece.startswith("~")}
    assert sounds <= pieces(pinyin)


def test_english_words_sound_like_no_pinyin():
    assert not [piece for piece in pieces("the fire please") if piece.startswith("~")]


def test_words_of_a_kind_share_a_piece_also_with_another_kind():
    shared = pieces("娃儿晕倒") & pieces("婆婆昏迷")
    assert {"@person", "@faint", "@faint person"} <= shared


def test_a_word_that_is_denied_is_of_another_kind_unless_it_denies_by_itself():
    assert "@!hurt" in pieces("没有受伤")
    assert "@hurt" not in pieces("没有受伤")
    assert "@faint" in pieces("没呼吸了")


def test_the_longest_word_says_the_kind():
    assert "@electric" not in pieces("电梯坏了")
    assert "@attack" not in pieces("打印机坏了")
    assert {"@electric", "@attack"} <= pieces("电人了，打人了")


def test_traditional_characters_are_read_as_simplified_ones():
    assert pieces("漏電了，有人觸電") == pieces("漏电了，有人触电")


def test_how_parts_begin_and_end_are_pieces_where_they_are_wanted():
    edges = pieces("快来，着火了", edges=True) - pieces("快来，着火了")
    assert edges == {"^快", "^快来", "来$", "快来$", "^着", "^着火", "了$", "火了$"}


@pytest.mark.parametrize(
    "text",
    [
        "我昨天说的路灯还没有人来修然后停车费也想问一下刚才走到二楼看到有人晕倒在那里叫不醒",
        "车位的事回头再说，楼道灯也不急，垃圾桶满了，三楼有人要跳楼，麻烦来看看，谢谢",
    ],
)
def test_danger_is_found_in_a_long_message_with_marks_and_without(text):
    assert WEIGHTS.may_mean_harm(text)


@pytest.mark.parametrize("text", ["楼道灯不亮，有人摔了", "3栋楼道灯不亮，我家孩子摔了", "垃圾没人收，三楼冒烟了"])
def test_danger_is_found_beside_one_other_thing(text):
    assert WEIGHTS.may_mean_harm(text)


@pytest.mark.parametrize(
    ("dangerous", "harmless"),
    [
        ("有人困在电梯里", "快递困在柜子里"),
        ("着火了", "没有着火，是蒸汽"),
        ("孩子掉进水里了", "手机掉进水里了"),
        ("煤气漏了", "煤气费没交"),
        ("邻居在打人", "打电话没人接"),
        ("我想死", "笑死了"),
    ],
)
def test_the_same_word_means_danger_or_not_by_what_stands_beside_it(dangerous, harmless):
    assert WEIGHTS.may_mean_harm(dangerous)
    assert not WEIGHTS.may_mean_harm(harmless)


@pytest.mark.parametrize("text", ["消防演练什么时候搞", "电费爆炸了", "火已经灭了，没人受伤", "the rent is killing me"])
def test_what_only_sounds_dangerous_is_no_danger(text):
    assert not WEIGHTS.may_mean_harm(text)


@pytest.mark.parametrize("text", ["我妈昏迷了，快叫救护车", "想咨询停车费，另外楼道现在有浓烟", "my son fainted, help"])
def test_danger_is_asked_about_in_other_words_and_between_other_things(text):
    assert WEIGHTS.may_mean_harm(text)


def test_a_model_says_which_pieces_decided():
    model = LinearModel(labels=("a", "b"), bias=(0, 0), sharpness=1.0, rarest=300, known={"灯": (200, 0, 150, 1, -50)})
    assert model.because("灯坏", "a") == ("灯",)
    assert model.because("灯坏", "b") == ()
    shares = model.shares("灯")
    assert shares["a"] > shares["b"]
    assert sum(shares.values()) == pytest.approx(1)


def test_a_part_beside_one_that_says_it_is_over_counts_only_together_with_it():
    model = LinearModel(labels=("-", "harm"), bias=(0, 0), sharpness=1.0, rarest=300, known={"摔": (200, 1, 150)})
    together = model.shares("摔了 灯坏了")["harm"]
    assert suggestion.harm(model, "摔了，灯坏了") > together
    assert suggestion.harm(model, "摔了，没事了") == pytest.approx(model.shares("摔了 没事了")["harm"])


def test_no_phrase_brings_in_a_sentence_that_is_held_out():
    learnt = {text for text, _ in train.of_danger(CATALOGUE, lambda example: not example.is_held_out)}
    labels = {word for matter in CATALOGUE.matters for word in (*matter.words, matter.label.zh, matter.label.en)}
    held = {example.text for example in examples.said() if example.is_held_out}
    assert not (learnt - labels) & held


def test_what_was_never_seen_makes_a_model_less_sure():
    known = {"灯": (200, 0, 150, 1, -50)}
    model = LinearModel(labels=("a", "b"), bias=(0, 0), sharpness=1.0, rarest=300, known=known)
    assert model.shares("灯")["a"] > model.shares("灯乃凡夬夭")["a"] > 0.5


def test_a_text_is_parted_at_marks_and_at_words_that_begin_something_else():
    assert clauses("灯不亮，电梯坏了。还有 垃圾没人清") == ["灯不亮", "电梯坏了", "垃圾没人清"]
    assert clauses("  ") == []


@pytest.mark.alone
def test_a_sentence_is_understood_within_two_milliseconds():
    for understood in (CATALOGUE.suggest, CATALOGUE.dangerous):
        understood(LONG)
        took = []
        for _ in range(50):
            pieces.cache_clear()  # nobody has said it before
            began = time.thread_time()
            understood(LONG)
            took.append(time.thread_time() - began)
        assert min(took) < 0.002
