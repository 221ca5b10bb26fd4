"""A half-written case: kept in the dialogue's data, so that it outlives a restart and is offered again."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from complaints.errors import WordsTooLong
from complaints.model.people import File, Home
from complaints.policy.catalogue import UNSAID, Danger, Matter
from complaints.text.sanitizing import units
from complaints.usecases.resident.filing import Draft
from complaints.usecases.statements import Said
from handlers.framework.context import LONGEST, Context


@dataclass(frozen=True, kw_only=True)
class OnBehalfOf:
    """For whom somebody else files, as that one typed it: nothing is looked up, or stored before there is a case."""

    phone: str
    home: Home


@dataclass(frozen=True, kw_only=True)
class FilingDraft:
    """What the resident has said and tapped so far; `danger` is None until it was asked.

    `where` is a place in their own words, `filed` what was filed of the same words, `behalf` for whom somebody files.
    """

    text: str = ""
    media: tuple[File, ...] = ()
    matter: str = ""
    kind: str = ""
    danger: bool | None = None
    contact: str = ""
    conduct: bool = False
    building: str = ""
    where: str = ""
    filed: tuple[str, ...] = ()
    behalf: OnBehalfOf | None = None

    def with_words(self, said: Said) -> "FilingDraft":
        """More words and files; WordsTooLong where they don't fit any more."""
        text = "\n".join(part for part in (self.text, said.text) if part)
        if units(text) > LONGEST:
            raise WordsTooLong(limit=LONGEST)
        return replace(self, text=text, media=(*self.media, *said.media))

    @property
    def is_begun(self) -> bool:
        """Whether anything was said in it."""
        return bool(self.text or self.media)

    def about(self, matter: Matter) -> "FilingDraft":
        return replace(self, matter=matter.id, kind=matter.kind.value, conduct=matter.conduct, danger=None)

    @property
    def way(self) -> str:
        """How the resident wants to be reached; against the company's own conduct without being known to it.

        Else they may be called unless they say otherwise: who has shared no number hasn't said so. Whoever somebody
        else files for hasn't said so either, and is only called in danger.
        """
        if self.contact or self.conduct:
            return self.contact or "anonymous"
        return "bot" if self.behalf and not self.danger else "phone"

    def finished(self, home: Home) -> Draft:
        """An anonymous household's place in its own words could name the flat: of it only the building counts."""
        way = self.way
        where = "" if way == "anonymous" else self.where
        return Draft(
            text="\n".join(part for part in (self.text, where) if part),
            media=self.media,
            matter=self.matter,
            kind=self.kind,
            danger=bool(self.danger),
            contact=way,
            home=home,
            building=self.building or home.building,
        )


async def load(context: Context, which: str = "draft") -> FilingDraft | None:
    kept: dict[str, Any] | None = (await context.state.get_data()).get(which)
    if not kept:
        return None
    behalf = kept.get("behalf")
    client = OnBehalfOf(phone=behalf["phone"], home=Home(**behalf["home"])) if behalf else None
    media, filed = tuple(File(**f) for f in kept["media"]), tuple(kept.get("filed", ()))
    return FilingDraft(**{**kept, "media": media, "filed": filed, "behalf": client})


async def keep(context: Context, form: FilingDraft | None, which: str = "draft") -> None:
    await context.state.update_data({which: asdict(form) if form else None})


def sounds_dangerous(context: Context, form: FilingDraft) -> bool:
    """In the resident's own words; voice and photos alone may always mean danger."""
    return not form.text or context.work.rules.sounds_dangerous(form.text)


def in_danger(context: Context, form: FilingDraft) -> FilingDraft:
    """The draft as it goes out at once: what it is about is what was tapped or said, and else not said yet."""
    if not form.matter:
        form = form.about(context.work.rules.catalogue.likeliest(form.text) if form.text else UNSAID)
    return replace(form, danger=True)


def must_ask_danger(context: Context, form: FilingDraft) -> bool:
    matter = context.work.rules.catalogue.get(form.matter)
    return matter.danger is not Danger.NO or sounds_dangerous(context, form)
