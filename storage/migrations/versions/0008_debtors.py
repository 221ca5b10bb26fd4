"""Clocks have a number and a debtor, timers belong to a clock, and outages are on record."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
COMPLAINT = sa.table("complaint", sa.column("id"), sa.column("body", sa.JSON()), sa.column("rules"))
TIMER = sa.table(
    "timer", sa.column("complaint"), sa.column("stage"), sa.column("round"), sa.column("clock"), sa.column("state")
)
# Who owes the stages of the packs that came with the versions before; whatever else there is, the handler owes.
OWNERS = {
    **dict.fromkeys(("urgent", "respond", "contact", "contact_other"), "manager"),
    **dict.fromkeys(("takeover", "comply"), "company_head"),
    **dict.fromkeys(("accept", "supervise", "triage", "triage_danger", "assign"), "section_head"),
    **dict.fromkeys(("verify", "penalise"), "department"),
    "preliminary": "bureau_and_company",
    "recover_street": "street",
    "survey": "households",
}


def upgrade() -> None:
    _tables()
    with op.batch_alter_table("complaint") as batch:
        batch.add_column(sa.Column("rules", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("complaint") as batch:
        batch.alter_column("rules", server_default=None)
    earlier = sa.text("rules = 0")
    op.create_index("ix_complaint_earlier", "complaint", ["id"], sqlite_where=earlier, postgresql_where=earlier)
    with op.batch_alter_table("timer") as batch:
        batch.add_column(sa.Column("clock", sa.Integer(), nullable=False, server_default="0"))
    connection = op.get_bind()
    # Read in small parts: a city has a hundred thousand cases.
    after = 0
    while rows := connection.execute(
        sa.select(COMPLAINT.c.id, COMPLAINT.c.body).where(COMPLAINT.c.id > after).order_by(COMPLAINT.c.id).limit(500)
    ).all():
        for number, body in rows:
            _renew(connection, number, json.loads(body) if isinstance(body, str) else body)
        after = rows[-1].id
    _lone_timers()
    with op.batch_alter_table("timer") as batch:
        batch.drop_constraint("uq_timer_complaint_stage_round_point", type_="unique")
        batch.create_unique_constraint(op.f("uq_timer_complaint_clock_point"), ["complaint", "clock", "point"])
        batch.drop_column("round")
        batch.alter_column("clock", server_default=None)


def _tables() -> None:
    op.create_table(
        "outage",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("began", INSTANT, nullable=False),
        sa.Column("ended", INSTANT, nullable=False),
    )
    op.create_index("ix_outage_ended", "outage", ["ended"])
    op.create_table(
        "liveness",
        sa.Column("id", BIG, primary_key=True, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("real", sa.Float(), nullable=False),
    )


def _renew(connection: sa.Connection, number: int, case: dict[str, Any]) -> None:
    """Number the clocks of a case as they stand, and give each its debtor of today."""
    for n, clock in enumerate(case["clocks"], 1):
        clock["id"] = n
        clock["debtor"] = _debtor(OWNERS.get(clock["stage"], "handler"), case)
        later = [c for c in case["clocks"][n:] if c["stage"] == clock["stage"]]
        if clock["state"] == "expired" and (later or clock["round"] != case["round"]):
            clock["settled"] = "void"
        mine = (TIMER.c.complaint == number, TIMER.c.stage == clock["stage"], TIMER.c.round == clock["round"])
        connection.execute(TIMER.update().where(*mine).values(clock=n))
    # A case that has ended goes by no rules any more; where it is opened again, its clocks are new ones.
    ended = case["state"] in ("closed", "withdrawn")
    connection.execute(COMPLAINT.update().where(COMPLAINT.c.id == number).values(body=case, rules=int(ended)))


def _debtor(owner: str, case: dict[str, Any]) -> dict[str, str]:
    place = case["place"]
    if owner == "handler" or (owner == "manager" and case["handler"] == "company"):
        holds = {"manager": "manager", "company": "company_head", "bureau": "section_head", "department": "department"}
        owner = holds[case["handler"]]
    if owner == "department":
        offices = {"": "section_head", "housing": "section_head", "street": "street", "community": "community"}
        owner = offices.get(case["department"], owner)
    street = f"{place['district']}/{place['street']}"
    scopes = {
        "manager": place["project"],
        "company_head": place["company"],
        "street": street,
        "community": f"{street}/{place['community']}",
        "households": case["number"],
        "department": f"{place['district']}/{case['department']}",
    }
    return {"role": owner, "scope": scopes.get(owner, place["district"])}


def _lone_timers() -> None:
    """Timers of clocks that a later one has replaced are history, and in nobody's way: each gets a number of its own."""
    op.execute(
        "UPDATE timer SET clock = -id WHERE clock = 0 OR id NOT IN "
        "(SELECT MAX(id) FROM timer GROUP BY complaint, clock, point)"
    )
