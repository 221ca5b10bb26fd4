"""aiogram's storage of dialogue states, kept in the unit of work so that it commits with everything else."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy import bindparam, select

from storage.tables import DIALOGUE
from storage.work import Work

# Nobody else has written it since it was read: two instances may each handle an update of one person.
AS_IT_WAS = DIALOGUE.c.touched_at.is_not_distinct_from(bindparam("was", type_=DIALOGUE.c.touched_at.type))
OF_KEY = select(DIALOGUE).where(DIALOGUE.c.key == bindparam("of_key"))
Kept = tuple[str | None, dict[str, Any]]


class Dialogues(BaseStorage):
    """Made anew for every update, on its work; keyed on all fields of the StorageKey.

    What somebody else has written since it was read makes the work's commit a Conflict.
    """

    def __init__(self, work: Work) -> None:
        self.work = work

    @staticmethod
    def _name(key: StorageKey) -> str:
        parts = (key.bot_id, key.chat_id, key.user_id, key.thread_id, key.business_connection_id, key.destiny)
        return ":".join("" if part is None else str(part) for part in parts)

    async def _read(self, key: StorageKey) -> Kept:
        name = ("dialogue", self._name(key))
        if name not in self.work.cache:
            row = await self.work.first(OF_KEY, of_key=name[1])
            self.work.cache[name] = (row.state, dict(row.data or {})) if row else (None, {})
            self.work.cache["dialogue touched", name[1]] = row.touched_at if row else None
        found: Kept = self.work.cache[name]
        return found

    def _write(self, key: StorageKey, state: str | None, data: Mapping[str, Any]) -> None:
        name = self._name(key)
        was = self.work.cache["dialogue touched", name]
        row = {"key": name, "state": state, "data": dict(data), "touched_at": self.work.now, "was": was}
        queued: dict[str, Any] | None = self.work.cache.get(("dialogue row", name))
        if queued is not None:
            queued |= row  # written once, as it is in the end
        else:
            self.work.cache["dialogue row", name] = row
            changed = ("state", "data", "touched_at")
            self.work.upsert(DIALOGUE, row, index=("key",), changed=changed, only=AS_IT_WAS, expect_rows=1)
        self.work.cache["dialogue", name] = (state, dict(data))

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        _, data = await self._read(key)
        self._write(key, state.state if isinstance(state, State) else state, data)

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._read(key))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        state, _ = await self._read(key)
        self._write(key, state, data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict((await self._read(key))[1])

    async def close(self) -> None:
        """The work closes itself."""
