"""A story whose ledger is tampered with, and what somebody would do who knows how it is made."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select, text, update

from bot.settings import Settings
from demo.stories.steps import card, do, files, resolves
from storage.db.engine import open_engine
from storage.db.ledger_key import FIRST
from storage.maintenance.audit import verify_in
from storage.maintenance.link_checks import EVENTS
from storage.maintenance.sealing import ROWS
from storage.repositories import ledger_count
from storage.repositories.ledger import START, link_of
from storage.repositories.ledger_count import Count
from storage.tables import EVENT, LEDGER

SECRET = "a secret of at least sixteen letters"
KEY = Settings(secret=SECRET).ledger_key()


async def story(city):
    """Two cases: one expires and goes to the company, one is resolved; a third household's data are erased."""
    manager = await city.staff("经理甲", "13800000101")
    await city.staff("负责人甲", "13800000105")
    wang = await city.resident("王女士", "13900000001")
    li = await city.resident("李先生", "13900000002", room="5栋 302")
    zhao = await city.resident("赵先生", "13900000003", room="6栋 601")
    await files(city, wang, "公共照明不亮", "3栋楼道灯不亮")
    await do(city, lambda: manager.says("电工已到现场，今天17:00前更换。", reply_to=card(manager)))
    await do(city, lambda: manager.taps("一般问题，2个工作日内办结"))
    await resolves(city, manager, "灯泡已更换，3栋楼道灯恢复正常。")
    await do(city, lambda: wang.taps("满意"))
    await files(city, zhao, "公共照明不亮", "6栋楼道灯也不亮，请来修")
    await do(city, lambda: zhao.says("/privacy"), lambda: zhao.taps("删除我的数据"), lambda: zhao.taps("确认删除"))
    await files(city, li, "电梯停运或故障", "5栋电梯坏了，一直停在1楼")
    await city.pass_to(city.clock.now() + timedelta(hours=5))


def url(file):
    return f"sqlite+aiosqlite:///{file}"


@asynccontextmanager
async def opened(file):
    """A transaction that nobody keeps, without regard for what refers to what."""
    engine = open_engine(url(file))
    async with engine.execution_options(foreign_keys=False).connect() as connection:
        yield connection
        await connection.rollback()
    await engine.dispose()


async def findings(connection, *heads_kept):
    return (await verify_in(connection, KEY, heads_kept)).findings


async def found_after(connection, *statements):
    """What is found once these were done; all is as before again."""
    async with connection.begin_nested() as step:
        for statement in statements:
            await connection.execute(text(statement) if isinstance(statement, str) else statement)
        found = await findings(connection)
        await step.rollback()
    return found


async def made_anew(connection, key, scheme, change=lambda link: link):
    """Every link, row and count as somebody would write them who knows how it is done."""
    proofs = {}
    for table, digest in ROWS:
        for row in (await connection.execute(select(table))).mappings().all():
            proofs[table.name, row["id"]] = digest(key, row)
            await connection.execute(update(table).where(table.c.id == row["id"]).values(digest=digest(key, row)))
    tails, count = {}, Count()
    for row in (await connection.execute(EVENTS)).all():
        words = None if scheme == FIRST or row.complaint is None else row.body.get("words")
        rows = {"words_digest": proofs["statement", words]} if words is not None else {}
        link = replace(link_of(row), previous=tails.get(row.complaint, START), scheme=scheme, **rows)
        link = change(replace(link, case_digest="") if scheme == FIRST else link)
        tails[row.complaint] = link.digest(key)
        count = count.plus([tails[row.complaint]])
        values = {**vars(link), "digest": tails[row.complaint]}
        await connection.execute(update(EVENT).where(EVENT.c.id == row.id).values(values))
    if scheme != FIRST:  # the last of each chain is that of the case's row
        await ledger_count.put(connection, count, key)
    else:
        await connection.execute(delete(LEDGER))
