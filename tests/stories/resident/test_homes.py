"""Several homes of one resident, and what the company doesn't learn of somebody who stays unknown."""

from scenes import scene

SECRET = ("1207", "13900001207", "李小明")


@scene
async def two_homes(play):
    """A resident who lives here and has scanned the code of another home."""
    wang = await play.resident("王女士", ("3栋", "1201"))
    await wang.opens("p_wjy")
    await wang.taps("同意并继续")
    await wang.says("2栋 301")
    await wang.taps("暂不分享")
    return wang


async def test_a_second_home_is_kept_beside_the_first(play, two_homes):
    wang = two_homes
    await wang.taps("我的小区")
    assert "您的家：望江苑 2栋 301" in wang.answer.text
    await wang.taps("换到锦城花园 3栋 1201")
    await play.files(wang)
    assert (await play.case()).place.project == "jchy"


async def test_a_case_is_about_the_home_that_was_chosen_last(play, two_homes):
    await play.files(two_homes)
    case = await play.case()
    assert (case.place.project, case.building) == ("wjy", "2栋")


async def test_a_home_can_be_left_and_the_last_one_stays(play, two_homes):
    wang = two_homes
    await wang.taps("我的小区")
    await wang.taps("不住这里了")
    assert "现在的家是锦城花园 3栋 1201" in wang.answer.text
    await wang.taps("我的小区")
    assert "不住这里了" not in wang.answer.labels
    await wang.presses(wang.answer, "m:leave_home:")
    assert "没有登记别的家" in wang.answer.text


async def test_nobody_moves_into_another_ones_home(play, two_homes):
    other = await play.resident("李先生", ("5栋", "302"))
    await other.opens()
    for number in range(1, 4):
        await other.presses(other.answer, f"m:move:{number}")
        assert "没有登记别的家" in other.answer.text


async def test_against_the_companys_own_conduct_staying_unknown_is_proposed_first(play):
    wang = await play.resident()
    await wang.says("物业人员态度恶劣，骂人")
    await wang.taps("物业态度差")
    summary = wang.finds("项目经理会看到")
    assert "先不让物业知道您是谁" in summary.text
    ways = [label for label in summary.labels if label in ("可以打电话", "只用机器人联系", "不让物业知道我是谁")]
    assert ways[0] == "不让物业知道我是谁"


async def test_a_broken_lamp_is_nothing_to_hide_for(play):
    wang = await play.resident()
    await wang.says("3栋楼道灯不亮")
    await wang.taps("公共照明不亮")
    assert "可以打电话" in wang.finds("项目经理会看到").text


async def test_whoever_stays_unknown_is_known_to_nobody_of_the_company(play):
    manager, head = await play.staff("经理甲", "负责人甲")
    wang = play.stranger(SECRET[2], phone=SECRET[1])
    await wang.opens("p_jchy")
    await wang.taps("同意并继续")
    await wang.says(f"3栋 {SECRET[0]}")
    await wang.taps("分享手机号")
    await wang.says("物业人员态度恶劣，骂人")
    await wang.sends_photo(name="IMG_1207.jpg")
    await wang.sends_document(name="账单1207.pdf")
    await wang.taps("物业态度差")
    await wang.taps("提交")
    await wang.says("昨天又来了一次", reply_to=wang.card)
    await manager.taps("联系业主")
    await manager.says("已向当事员工了解情况，今天给您答复。")
    await wang.says("好的，谢谢", reply_to=wang.finds("已向当事员工了解情况"))
    assert manager.has("好的，谢谢")
    for reader in (manager, head):
        seen = "".join(shown.text + "".join(shown.labels) for shown in reader.hears)
        assert not [secret for secret in SECRET if secret in seen]
        assert "显示电话" not in seen
        assert not any(shown.media == ["document"] for shown in reader.hears)
    assert manager.photos == 1


async def test_an_office_that_handles_a_case_reaches_the_resident_without_either_account(play):
    officer = await play.staff("经办员己")
    wang = await play.resident("王女士", ("3栋", "1201"), project="xcjy")
    await play.files(wang)
    await officer.taps("接收")
    await officer.taps("联系住户")
    await officer.says("我们明天上午到现场查看，请留门。")
    assert wang.has("我们明天上午到现场查看")
    await wang.says("好的，家里有人", reply_to=wang.finds("我们明天上午到现场查看"))
    assert officer.has("好的，家里有人")


async def test_a_colleague_of_another_project_gets_no_documents_of_somebody_unknown(play):
    head, other = await play.staff("负责人甲", "经理乙")
    wang = await play.resident()
    await play.files(wang, "物业人员态度恶劣，骂人", "attitude", way="anonymous")
    await head.taps("转派" if "转派" in head.card.labels else "指定经办人")
    await head.taps("经理乙")
    await wang.sends_document(name="账单1207.pdf", reply_to=wang.card)
    assert other.has("补充")
    assert not any(shown.media == ["document"] for shown in other.hears)
