"""What a text is about and whether it may mean harm, by weights that are shipped."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from complaints.catalogue.linear_model import LinearModel
from complaints.catalogue.pieces import KIND, clauses, pieces

NOTHING = "-"  # the label of what names no matter
HARM = "harm"  # the label of what may mean danger
LIKELY, SURE = 0.05, 0.55  # shares of one: worth offering; said in a part of its own
CERTAIN = 0.9  # of harm: the alarm goes without asking
HEARD = 40  # parts of a text that are looked at one by one; nobody names more problems at once
SETTLED = frozenset((f"{KIND}over", f"{KIND}mild"))  # kinds of what is over, or was nothing
UNMARKED, BREATH = 16, 7  # characters of a part that has lost its marks; of the parts into which it is cut


@dataclass(frozen=True)
class Weights:
    """What was learnt: matters, danger, from which share on danger is asked about, and the examples' fingerprint."""

    examples: str
    matters: LinearModel
    danger: LinearModel
    threshold: float

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """All matters that are worth offering with their shares, the likeliest first; none where nothing is likely."""
        shares = self._shares(text)
        nothing = shares.pop(NOTHING, 0.0)
        likely = [name for name, share in shares.items() if share >= LIKELY and share >= nothing / 2]
        if not likely or max(shares.values()) < nothing:
            return []
        return [(name, shares[name]) for name in sorted(likely, key=lambda n: (-shares[n], n))]

    def told_apart(self, text: str) -> dict[str, tuple[str, float]]:
        """The matters of which parts of the text speak clearly, in its order, with the part and the share there."""
        said: dict[str, tuple[str, float]] = {}
        for part in clauses(text)[:HEARD]:
            name, share = _first(self.matters.shares(part))
            if name != NOTHING and share >= SURE:
                said.setdefault(name, (part, share))
        return said

    def because(self, text: str, matter: str) -> tuple[str, ...]:
        """The pieces of the text that spoke most for the matter."""
        return self.matters.because(text, matter)

    def may_mean_harm(self, text: str) -> bool:
        """Whether to ask about danger: in doubt, yes."""
        return harm(self.danger, text) >= self.threshold

    def means_harm(self, text: str) -> bool:
        """Whether it speaks of harm so clearly that nobody needs to be asked."""
        return harm(self.danger, text) >= CERTAIN

    def _shares(self, text: str) -> dict[str, float]:
        """Of the whole and of its clearest part: a problem isn't hidden by what stands around it."""
        whole = self.matters.shares(text)
        parts = [self.matters.shares(part) for part in clauses(text)[:HEARD]]
        if len(parts) < 2:
            return whole
        clearest = {name: (share + max(part[name] for part in parts)) / 2 for name, share in whole.items()}
        return {**clearest, NOTHING: min(part[NOTHING] for part in parts)}


def harm(model: LinearModel, text: str) -> float:
    """How much the whole speaks of harm, or its worst two parts, together and the worse one alone: between the two.

    Alone a part would be taken for what the next one denies, and beside others it would be lost. Where the next one
    says that it is over, only both together count.
    """
    whole, parts = model.shares(text)[HARM], _heard(text)
    if len(parts) < 2:
        return whole
    together, worst = max((model.shares(f"{one} {two}")[HARM], (one, two)) for one, two in itertools.pairwise(parts))
    (_, milder), (alone, _) = sorted((model.shares(part)[HARM], part) for part in worst)
    return max(whole, together if SETTLED & pieces(milder, edges=model.edges) else (together + alone) / 2)


def _heard(text: str) -> list[str]:
    """The text's parts; where voice input put no marks, a few characters each."""
    parts: list[str] = []
    for part in clauses(text)[:HEARD]:
        unmarked = len(part) > UNMARKED and not part.isascii()
        parts += [part[at : at + BREATH] for at in range(0, len(part), BREATH)] if unmarked else [part]
    return parts[: HEARD * 2]


def _first(shares: Mapping[str, float]) -> tuple[str, float]:
    return max(shares.items(), key=lambda one: (one[1], one[0]))


@cache
def shipped() -> Weights:
    """The weights that came with this version."""
    kept = json.loads((files("complaints") / "catalogue" / "weights.json").read_text(encoding="utf-8"))
    return Weights(
        examples=kept["examples"],
        matters=_model(kept["matters"]),
        danger=_model(kept["danger"]),
        threshold=kept["threshold"],
    )


def _model(kept: Mapping[str, Any]) -> LinearModel:
    return LinearModel(
        labels=tuple(kept["labels"]),
        bias=tuple(kept["bias"]),
        sharpness=kept["sharpness"],
        rarest=kept["rarest"],
        edges=kept["edges"],
        known={piece: tuple(weights) for piece, weights in kept["known"].items()},
    )
