"""A linear model of texts: what it scores, and by which pieces it decided."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from complaints.catalogue.pieces import pieces

SCALE = 100  # weights are kept as whole numbers of hundredths, so that they are the same on every machine
UNKNOWN = 0.15  # how much of the heaviest piece one that was never seen weighs: it makes the model less sure


@dataclass(frozen=True)
class LinearModel:
    """For each piece how rare it is, then places of labels and their weights in turn; all in hundredths.

    `sharpness` turns sums of weights into shares of one, `rarest` is how rare a piece is that was never seen.
    With `edges` it also looks at how parts begin and end.
    """

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    sharpness: float
    rarest: int
    known: Mapping[str, tuple[int, ...]] = field(repr=False)
    edges: bool = False

    def sums(self, text: str) -> list[float]:
        """What speaks for each label, in the order of `labels`."""
        said = self._pieces(text)  # in any order: whole numbers add up to the same
        found = [self.known[piece] for piece in said if piece in self.known]
        length = self._length(found, len(said) - len(found))
        totals = [0] * len(self.labels)
        for weights in found:
            for at, weight in zip(weights[1::2], weights[2::2], strict=True):
                totals[at] += weight
        return [bias / SCALE + total / length for bias, total in zip(self.bias, totals, strict=True)]

    def shares(self, text: str) -> dict[str, float]:
        """The labels' shares of one."""
        raised = [math.exp(self.sharpness * total) for total in self.sums(text)]
        whole = sum(raised)
        return {label: one / whole for label, one in zip(self.labels, raised, strict=True)}

    def because(self, text: str, label: str, count: int = 3) -> tuple[str, ...]:
        """The pieces of the text that spoke most for the label."""
        at = self.labels.index(label)
        spoke = {piece: self._weight(piece, at) for piece in self._pieces(text)}
        ranked = sorted((piece for piece in spoke if spoke[piece] > 0), key=lambda piece: (-spoke[piece], piece))
        return tuple(ranked[:count])

    def _pieces(self, text: str) -> frozenset[str]:
        return pieces(text, edges=self.edges)

    def _weight(self, piece: str, at: int) -> int:
        weights = self.known.get(piece, ())
        places = weights[1::2]
        return weights[2 + 2 * places.index(at)] if at in places else 0

    def _length(self, found: list[tuple[int, ...]], unknown: int) -> float:
        squares = sum(weights[0] ** 2 for weights in found) + UNKNOWN * unknown * self.rarest**2
        return math.sqrt(squares) or 1.0
