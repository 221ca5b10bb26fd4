"""The schema of all actions that the page may send."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from simulator.ui.controls import Jump
from simulator.ui.fault_switches import TroubleName

Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=20_000)]


class Act(BaseModel):
    """Anything that somebody at the page does; `id` comes back with the outcome."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: int


class ByPhone(Act):
    """Done on somebody's telephone; in a group `speaker` says as whom, by the person's id."""

    phone: Short
    speaker: int = 0


class Say(ByPhone):
    """`reply` is the number of the message that is answered, `reply_in` its chat."""

    act: Literal["say"]
    text: Long
    reply: int = 0
    reply_in: int = 0


class Press(ByPhone):
    """A button under a message, by its place; the label must still be the one that was seen."""

    act: Literal["press"]
    chat: int
    message: int
    row: int = Field(ge=0, lt=100)
    column: int = Field(ge=0, lt=100)
    label: Short


class Key(ByPhone):
    """A key of the reply keyboard."""

    act: Literal["key"]
    label: Short


class Start(ByPhone):
    """Following a link or a code on the wall."""

    act: Literal["start"]
    payload: Short = ""


class Attachment(BaseModel):
    """`name` is that of a sample, `token` that of a file sent before."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["sample", "upload", "voice", "location", "contact"]
    name: Short = ""
    token: Short = ""


class Send(ByPhone):
    """Files, a place or a number, with words or without."""

    act: Literal["send"]
    attachments: tuple[Attachment, ...] = Field(min_length=1, max_length=10)
    text: Long = ""
    reply: int = 0
    reply_in: int = 0


class Unblock(ByPhone):
    act: Literal["unblock"]


class Open(Act):
    """Show a further telephone, or put one away."""

    act: Literal["open", "close"]
    phone: Short


class Look(Act):
    """Show another case on the timeline; an empty one is the newest."""

    act: Literal["look"]
    case: Short = ""


class Move(Act):
    act: Literal["move"]
    jump: Jump


class Trouble(Act):
    act: Literal["trouble"]
    name: TroubleName
    on: bool


class Speak(Act):
    """All telephones speak this language from now on."""

    act: Literal["speak"]
    language: Literal["zh", "en"]


class Restart(Act):
    act: Literal["restart"]
    city: Short
    language: Literal["zh", "en"]


AnyAct = Annotated[
    Say | Press | Key | Start | Send | Unblock | Open | Look | Move | Trouble | Speak | Restart,
    Field(discriminator="act"),
]
ACT: TypeAdapter[AnyAct] = TypeAdapter(AnyAct)
