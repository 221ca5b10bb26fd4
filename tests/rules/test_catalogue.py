"""The catalogue has every department's matters, and plain words find them."""

import re
from importlib.resources import files

import pytest

from complaints.model.people import Project
from complaints.policy.catalogue import UNSAID, CatalogueError, Danger, Department, Kind, is_unsaid, load_catalogue

SHIPPED = (files("complaints") / "packs" / "catalogue.toml").read_text(encoding="utf-8")
CATALOGUE = load_catalogue()


def matters(names):
    return [CATALOGUE.get(name) for name in names.split()]


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("楼道灯不亮", "lighting_out"),
        ("小区路灯坏了好几天", "lighting_out"),
        ("物业乱收费", "fee_overcharged"),
        ("电梯又停了，老人下不了楼", "lift_stopped"),
        ("楼上漏水漏到我家了", "neighbour_leak"),
        ("下水道堵了，污水往外冒", "pipe_blocked"),
        ("垃圾桶满了没人清", "rubbish"),
        ("消防通道被车堵死了", "fire_lane"),
        ("有人把电动车推进电梯上楼充电", "ebike_indoors"),
        ("闻到煤气味", "gas_leak"),
        ("楼顶漏雨", "roof_leak"),
        ("停水了，一天没水", "water_cut"),
        ("自来水发黄", "water_quality"),
        ("楼下广场舞太吵", "noise"),
        ("邻居家的狗一直叫", "pets"),
        ("有人从楼上扔东西下来", "thrown_objects"),
        ("外墙瓷砖掉下来了", "facade_falling"),
        ("井盖不见了", "open_shaft"),
        ("公共收益从来不公示", "public_income"),
        ("维修资金怎么申请", "fund_approval"),
        ("物业态度差", "attitude"),
        ("小区没有停车位", "parking_space"),
        ("车子乱停，出不去", "parking_order"),
        ("邻居装修砸承重墙", "load_bearing"),
        ("楼顶有人违章搭建", "unapproved_building"),
        ("想装充电桩物业不同意", "charger_install"),
        ("什么时候成立业委会", "committee_setup"),
        ("保安睡觉，外人随便进", "guards_order"),
        ("绿化带被人种菜", "greenery_ruined"),
        ("滑梯坏了", "play_equipment"),
        ("打了12345没人回复", "hotline_silent"),
        ("从窗户飞线充电", "flying_wire"),
        ("电费加价", "utility_surcharge"),
        ("单元门禁坏了", "unit_door"),
        ("楼道堆满杂物", "exit_blocked"),
        ("消防栓没水", "hydrant_dead"),
        ("墙上裂缝越来越大", "structure"),
        # as it is spoken: dialect, wrong characters of voice input
        ("屋头耗子多得很", "pests"),
        ("偷油婆到处爬", "pests"),
        ("今天又没得水", "water_cut"),
        ("物管费涨价没人商量", "fee_overcharged"),
        ("门禁卡收50块", "deposit_cards"),
        ("到处甩烟锅巴没人扫", "cleaning"),
        ("电题坏了不动", "lift_stopped"),
        ("楼到灯不亮", "lighting_out"),
        ("便槽涌粪", "pipe_blocked"),
        ("电梯里贴满广告，钱去哪儿了", "public_income"),
        ("维修基金用了20万没人晓得", "fund_misused"),
        ("阿拉垃圾厢房的垃圾堆到外头，臭煞", "rubbish"),
        ("公共收益要请人来审计", "public_income"),
        ("The lift is broken again", "lift_stopped"),
        ("No light in the stairwell", "lighting_out"),
        ("They overcharge the property fee", "fee_overcharged"),
        ("Someone is TRAPPED in the elevator", "lift_trapped"),
        ("I smell gas in the corridor", "gas_leak"),
        ("The drain is blocked", "pipe_blocked"),
        ("My neighbour's dog barks all night", "pets"),
        ("Rubbish has not been collected", "rubbish"),
        ("Cars parked in front of the fire lane", "fire_lane"),
        ("The water is brown", "water_quality"),
        ("The roof is leaking", "roof_leak"),
    ],
)
def test_what_residents_say_finds_the_matter(text, matter):
    assert CATALOGUE.suggest(text)[0].id == matter


def test_a_stuck_lift_proposes_lifts_first():
    proposed = [m.id for m in CATALOGUE.suggest("电梯坏了，困在3栋")]
    assert {"lift_stopped", "lift_trapped"} == set(proposed[:2])


@pytest.mark.parametrize("text", ["", "   ", "你好", "asdf", "👍", "coffee", "slight", "谢谢师傅", "我是3栋的"])
def test_words_that_name_nothing_get_no_filler(text):
    assert CATALOGUE.suggest(text) == ()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_no_more_matters_than_asked_for_are_proposed_and_none_twice(count):
    proposed = [m.id for m in CATALOGUE.suggest("电梯漏水，楼道灯不亮，保安态度差", count)]
    assert len(proposed) == len(set(proposed)) <= count


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("电梯停了两天没人修，还有楼道灯也不亮", "lift_stopped", ["lighting_out"]),
        ("垃圾几天没清，门口车子乱停，保安态度又差", "parking_order", ["rubbish", "attitude"]),
        ("电梯停了两天，电梯门也关不上", "lift_stopped", []),
        ("物业你好，我是3栋的业主，楼道灯不亮，麻烦快点", "lighting_out", []),
        ("楼道灯不亮", "lighting_out", []),
        ("你好", "", []),
    ],
)
def test_several_problems_of_a_message_are_told_apart(text, first, others):
    assert [m.id for m in CATALOGUE.suggest(text, 1)] == ([first] if first else [])
    assert [one.matter.id for one in CATALOGUE.more(text, first)] == others


def test_what_was_offered_says_why():
    found = CATALOGUE.likely("耗子多得很，到处乱窜")[0]
    assert found.matter.id == "pests"
    assert "耗子" in found.because
    assert 0 < found.score <= 1


@pytest.mark.parametrize("text", ["反馈太慢", "违法行为未", "电梯坏了没有反馈"])
def test_penalties_and_the_hotline_are_not_found_by_subject(text):
    found = {m.department for m in CATALOGUE.suggest(text)}
    assert not found & {Department.APPROVAL, Department.ENFORCEMENT}


@pytest.mark.parametrize(("text", "matter"), [("12345没反馈", "hotline_silent"), ("为什么不处罚", "penalty")])
def test_words_that_name_them_do_find_them(text, matter):
    assert CATALOGUE.suggest(text)[0].id == matter


@pytest.mark.parametrize(
    ("text", "dangerous"),
    [
        ("电梯坏了，困在3栋", True),
        ("楼下起火了", True),
        ("配电箱漏电", True),
        ("闻到煤气味，漏气了", True),
        ("My mother is trapped", True),
        ("There is a FIRE on floor 3", True),
        ("bare wires in the hall", True),
        ("楼道灯不亮", False),
        ("物业费太贵", False),
        ("the campfires song is nice", False),
        ("", False),
        # short emergencies, as they are called out
        ("有人要跳楼", True),
        ("老人昏倒了", True),
        ("4楼窗户冒黑烟了", True),
        ("隔壁飘出烧焦的味道", True),
        ("有人拿菜刀追人", True),
        ("入室抢劫", True),
        ("小孩掉化粪池了", True),
        ("高压线在冒火星子", True),
        ("有人喊救命", True),
        ("遭电了", True),
        ("电题里关到人了", True),
        ("保洁三天没来，地上脏得很，另外楼道有股臭鸡蛋味，停车也乱", True),
        # what only sounds so
        ("坠落的树叶没人扫", False),
        ("墙皮掉下来了一点，楼道里不好看", False),
        ("恐吓信一样的催费单", False),
        ("威胁不交费就起诉", False),
        ("物业费涨得要死人", False),
        ("火锅店油烟大", False),
    ],
)
def test_words_of_danger_are_heard(text, dangerous):
    assert CATALOGUE.dangerous(text) is dangerous


@pytest.mark.parametrize(
    ("names", "department", "co"),
    [
        # the overlaps of the twelve departments, settled: who owns the clock, who owes feedback beside
        ("lift_stopped lift_trapped lift_falling", "housing", ""),
        ("lift_upkeep lift_overcharged", "market", "housing"),
        ("lift_fee", "development", "housing"),
        ("load_bearing", "housing", "enforcement"),
        ("outer_wall_opening", "resources", "enforcement"),
        ("facade_falling", "housing", "fire"),
        ("insulation_falling", "fire", "housing"),
        ("fire_equipment hydrant_dead", "housing", "fire"),
        ("fire_duties fire_lane exit_blocked ebike_indoors", "fire", "housing police"),
        ("public_income unauthorised_use", "housing", "street"),
        ("false_adverts", "market", ""),
        ("service_room", "street", "housing"),
        ("fund_misused", "housing", "street"),
        ("fund_approval", "street", "housing"),
        ("water_quality", "health", "housing"),
        ("pump_tank", "housing", "health"),
        ("explosives", "police", "fire"),
        ("cd_explosives", "development", "fire"),
        ("unapproved_building", "resources", "enforcement housing"),
        ("guards_licence technical_security", "police", ""),
        ("guards_order", "housing", ""),
        ("charger_grid charger_install", "energy", "community"),
        # unlisted, so that the property contract decides
        ("gas_leak neighbour_leak parking_order parking_space greenery_ruined flying_wire", "housing", ""),
        ("power_cut water_cut gas_cut utility_dunning fee_dunning parking_sale couriers lets new_home", "housing", ""),
        ("lift_addition ebike_shed data_leaked corridor_ads waste_sorting drying shared_rooms", "housing", ""),
        ("person_hurt", "housing", "police"),
        ("violence noise threats", "police", ""),
        ("noise_shop fumes", "enforcement", ""),
        ("deposit_cards", "market", "housing"),
        ("facility_use", "street", "housing"),
        ("committee_audit", "street", ""),
    ],
)
def test_overlaps_have_one_owner(names, department, co):
    for matter in matters(names):
        assert (matter.department, " ".join(matter.co)) == (department, co), matter.id


def test_these_and_no_others_are_always_dangerous():
    assert {m.id for m in CATALOGUE.matters if m.danger is Danger.ALWAYS} == {
        "lift_trapped",
        "lift_falling",
        "gas_leak",
        "fire_smoke",
        "live_wire",
        "load_bearing",
        "facade_falling",
        "explosives",
        "cd_explosives",
        "threats",
        "cd_blasting",
        "open_shaft",
        "person_hurt",
        "violence",
        "insulation_falling",
    }


def test_these_and_no_others_are_asked_about():
    assert {m.id for m in CATALOGUE.matters if m.danger is Danger.ASK} == {
        "fire_lane",
        "exit_blocked",
        "ebike_indoors",
        "hydrant_dead",
        "control_room",
        "water_quality",
        "pump_tank",
        "power_stolen",
        "power_illegal",
        "power_capacity",
        "thrown_objects",
        "play_equipment",
        "biting_dogs",
        "flying_wire",
        "other_safety",
    }


def test_conditions_of_the_document_are_kept():
    direct = {m.id for m in CATALOGUE.matters if m.condition == "direct_power"}
    assert direct == {"power_illegal", "power_stolen", "power_capacity", "charger_grid", "charger_install"}
    assert {m.department for m in CATALOGUE.matters if m.condition == "high_rise"} == {Department.FIRE}


@pytest.mark.parametrize(
    ("matter", "facts", "whose"),
    [
        ("power_stolen", {"direct_power": True}, Department.ENERGY),
        ("power_stolen", {"high_rise": True}, Department.HOUSING),
        ("control_room", {"high_rise": True}, Department.FIRE),
        ("control_room", {"direct_power": True}, Department.HOUSING),
        ("lift_stopped", {}, CATALOGUE.get("lift_stopped").department),
    ],
)
def test_without_the_fact_that_the_document_asks_for_it_is_the_property_contracts(matter, facts, whose):
    project = Project(code="p", name="p", company="c", district="d", **facts)
    assert CATALOGUE.whose(matter, project) is whose


def test_every_department_is_named_and_has_matters():
    assert {m.department for m in CATALOGUE.matters} == set(Department) == set(CATALOGUE.departments)


def test_every_kind_and_all_six_groups_are_used():
    assert {m.kind for m in CATALOGUE.matters} == set(Kind)
    assert len(CATALOGUE.groups) == 6
    on_shelves = [m for g in CATALOGUE.groups for m in CATALOGUE.of_group(g.id)]
    assert sorted(on_shelves, key=lambda m: m.id) == sorted(CATALOGUE.matters, key=lambda m: m.id)
    assert all(CATALOGUE.of_group(g.id) for g in CATALOGUE.groups)


@pytest.mark.parametrize("name", ["unsaid", "unclear"])
def test_what_nobody_has_said_is_one_matter_whatever_a_case_of_before_calls_it(name):
    assert CATALOGUE.get(name) == UNSAID
    assert is_unsaid(name)
    assert not CATALOGUE.offers(name)
    assert not CATALOGUE.is_subject(name)


def test_each_shelf_has_a_matter_for_what_is_left():
    for group in CATALOGUE.groups:
        assert CATALOGUE.get(group.other).group == group.id
        assert CATALOGUE.get(group.other).label.zh.startswith("其他")


def test_who_is_complained_of_learns_no_name_where_it_is_about_the_companys_cameras():
    assert CATALOGUE.get("technical_security").conduct


def test_labels_fit_a_phone_button():
    for matter in CATALOGUE.matters:
        assert len(matter.label.zh) <= 10, matter.id
        assert len(matter.label.en) <= 30, matter.id


def test_labels_are_told_apart():
    for language in ("zh", "en"):
        labels = [getattr(m.label, language) for m in CATALOGUE.matters]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("name", "word"), [("lift_stopped", "电梯"), ("lighting_out", "照明"), ("fee_overcharged", "收费")]
)
def test_common_matters_bear_the_words_that_people_look_for(name, word):
    assert word in CATALOGUE.get(name).label.zh


def test_an_extra_catalogue_stands_in_for_the_shipped_one(tmp_path):
    assert load_catalogue(tmp_path) == CATALOGUE
    (tmp_path / "catalogue.toml").write_text(SHIPPED.replace("电梯困人", "电梯关人", 1), encoding="utf-8")
    assert load_catalogue(tmp_path).get("lift_trapped").label.zh == "电梯关人"


def test_a_matter_that_was_never_learnt_is_found_by_its_words(tmp_path):
    added = '[[matters]]\nid = "ferry"\ngroup = "order"\nlabel = { zh = "轮渡", en = "Ferry" }\nkind = "complaint"\n'
    (tmp_path / "catalogue.toml").write_text(
        f'{SHIPPED}\n{added}department = "housing"\nwords = ["渡船"]\n', encoding="utf-8"
    )
    assert load_catalogue(tmp_path).suggest("渡船又晚点，楼道灯不亮")[0].id == "ferry"


def test_an_operators_own_words_make_the_bot_ask_about_danger(tmp_path):
    (tmp_path / "catalogue.toml").write_text('danger_words = ["老鹰崖"]\n' + SHIPPED, encoding="utf-8")
    assert not CATALOGUE.dangerous("老鹰崖那边")
    assert load_catalogue(tmp_path).dangerous("老鹰崖那边")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "lift_trapped"', 'id = "lift_stopped"', 'catalogue.toml: "lift_stopped" stands there twice'),
        ('group = "equipment"', 'group = "cellar"', '"lift_stopped" is in the unknown group "cellar"'),
        ('kind = "repair"', 'kind = "wish"', "matters.lift_stopped.kind: must be 'repair'"),
        ('department = "market"', 'department = "mayor"', "matters.lift_upkeep.department: must be 'housing'"),
        ('co = ["health"]', 'co = ["housing"]', "matters.pump_tank: names a department twice"),
        ('id = "lift_trapped"', 'id = "unsaid"', 'catalogue.toml: "unsaid" stands there twice'),
        ('other = "other_order"', 'other = "pets"', 'groups.order.other: there is no matter "pets" on that shelf'),
        ('danger = "always"', 'danger = "perhaps"', "matters.lift_trapped.danger: must be 'always'"),
        ('community = { zh = "社区", en = "Community" }\n', "", 'departments: "community" is missing'),
        ("[departments]", "[departments", "catalogue.toml: is not TOML"),
        ("[[matters]]", "[[matters]]\nmood = 1", "matters.lift_stopped.mood: is not a known key"),
    ],
)
def test_a_broken_catalogue_is_named_with_its_key_and_reason(tmp_path, old, new, sentence):
    assert old in SHIPPED
    (tmp_path / "catalogue.toml").write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(sentence)) as raised:
        load_catalogue(tmp_path)
    assert "\n" not in str(raised.value)
