"""What a reminder or an alarm says of who is alerted next: only those whom somebody can tell today."""


async def test_a_reminder_names_the_bureau_where_somebody_of_it_has_joined(play):
    manager, officer = await play.staff("经理甲", "经办员甲")
    await play.group(officer)
    await play.files(await play.resident())
    await play.at(12)
    assert "到时还没办，就转企业负责人，并通知武侯区住建部门。" in manager.finds("第1次提醒").text


async def test_a_reminder_promises_no_alert_where_nobody_of_the_bureau_can_be_told(play):
    manager = await play.staff("经理甲")
    await play.files(await play.resident())
    await play.at(12)
    assert "到时还没办，就转企业负责人。" in manager.finds("第1次提醒").text


async def test_an_alarm_names_whom_somebody_can_tell(play):
    manager, officer = await play.staff("经理甲", "经办员甲")
    await play.group(officer)
    wang = await play.resident()
    await play.files(wang, "电梯困人了", "lift_trapped", danger=True)
    assert "到时没人确认，就上报武侯区住建部门。" in wang.finds("已收到，").text
    assert "到时没人确认，就上报武侯区住建部门。" in manager.card.text


async def test_an_alarm_promises_nobody_where_nobody_can_be_told(play):
    await play.staff("经理甲")
    wang = await play.resident()
    await play.files(wang, "电梯困人了", "lift_trapped", danger=True)
    assert "前确认有人赶去（本系统自定）。" in wang.finds("已收到，").text
    assert "就上报" not in wang.finds("已收到，").text
