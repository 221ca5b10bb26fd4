"""The catalogue has every department's matters, and plain words find them."""

import re
from importlib.resources import files

import pytest

from complaints.model.people import Project
from complaints.policy.catalogue import CatalogueError, Danger, Department, Kind, load_catalogue

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


@pytest.mark.parametrize("text", ["", "   ", "你好", "asdf", "👍", "coffee", "slight"])
def test_words_that_say_nothing_get_the_common_matters(text):
    assert [m.id for m in CATALOGUE.suggest(text)] == ["lift_stopped", "lighting_out", "fee_overcharged"]


@pytest.mark.parametrize("count", [0, 1, 3, 20])
def test_as_many_matters_as_asked_for_are_proposed_and_none_twice(count):
    proposed = [m.id for m in CATALOGUE.suggest("电梯漏水", count)]
    assert len(proposed) == len(set(proposed)) == count


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
        ("charger_grid", "energy", "community"),
        ("charger_install", "community", "energy"),
        # unlisted, so that the property contract decides
        ("gas_leak neighbour_leak parking_order parking_space greenery_ruined flying_wire", "housing", ""),
        ("power_cut water_cut", "housing", ""),
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
    }


def test_conditions_of_the_document_are_kept():
    direct = {m.id for m in CATALOGUE.matters if m.condition == "direct_power"}
    assert direct == {"power_illegal", "power_stolen", "power_capacity", "charger_grid"}
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
    assert sum(len(CATALOGUE.of_group(g.id)) for g in CATALOGUE.groups) == len(CATALOGUE.matters)
    assert all(CATALOGUE.of_group(g.id) for g in CATALOGUE.groups)


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
def test_the_common_matters_bear_the_words_that_people_look_for(name, word):
    assert word in CATALOGUE.get(name).label.zh


def test_an_extra_catalogue_stands_in_for_the_shipped_one(tmp_path):
    assert load_catalogue(tmp_path) == CATALOGUE
    (tmp_path / "catalogue.toml").write_text(SHIPPED.replace("电梯困人", "电梯关人", 1), encoding="utf-8")
    assert load_catalogue(tmp_path).get("lift_trapped").label.zh == "电梯关人"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "lift_trapped"', 'id = "lift_stopped"', 'catalogue.toml: "lift_stopped" stands there twice'),
        ('group = "equipment"', 'group = "cellar"', '"lift_stopped" is in the unknown group "cellar"'),
        ('kind = "repair"', 'kind = "wish"', "matters.lift_stopped.kind: must be 'repair'"),
        ('department = "market"', 'department = "mayor"', "matters.lift_upkeep.department: must be 'housing'"),
        ('co = ["housing"]', 'co = ["market"]', "matters.lift_upkeep: names a department twice"),
        ('  "lift_stopped",', '  "lift_stooped",', 'common: there is no matter "lift_stooped"'),
        ('danger = "always"', 'danger = "perhaps"', "matters.lift_trapped.danger: must be 'always'"),
        ('community = { zh = "社区", en = "Community" }\n', "", 'departments: "community" is missing'),
        ("common = [", "common = [[", "catalogue.toml: is not TOML"),
        ("[[matters]]", "[[matters]]\nmood = 1", "matters.lift_stopped.mood: is not a known key"),
    ],
)
def test_a_broken_catalogue_is_named_with_its_key_and_reason(tmp_path, old, new, sentence):
    assert old in SHIPPED
    (tmp_path / "catalogue.toml").write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(sentence)) as raised:
        load_catalogue(tmp_path)
    assert "\n" not in str(raised.value)
