"""Rows that others refer to: a place with cases, and a chat."""

from datetime import UTC, datetime

from storage.tables import COMPANY, COMPLAINT, DESTINATION, DISTRICT, PROJECT

FILED = datetime(2026, 11, 18, tzinfo=UTC)


async def lay(connection, cases=(), chats=()):
    """On a connection that is written to; the place's codes are d, c and p."""
    await connection.execute(DISTRICT.insert(), {"code": "d", "name": "", "city": "", "pack": ""})
    await connection.execute(COMPANY.insert(), {"code": "c", "name": ""})
    await connection.execute(PROJECT.insert(), {"code": "p", "name": "", "company": "c", "district": "d"})
    blank = {"project": "p", "company": "c", "district": "d", "city": "", "matter": "", "state": "filed"}
    blank |= {"handler": "manager", "filed_at": FILED, "version": 0, "body": {}}
    for number in cases:
        await connection.execute(COMPLAINT.insert(), {"id": number, "number": str(number), **blank})
    for number in chats:
        await connection.execute(DESTINATION.insert(), {"id": number, "chat": number, "kind": "private"})
