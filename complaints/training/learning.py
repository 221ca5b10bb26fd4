"""Learning of linear models with scikit-learn; what comes out needs it no more."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from complaints.catalogue.linear_model import SCALE, LinearModel
from complaints.catalogue.pieces import SOUND, pieces

SOUNDS_COUNT = 0.5  # beside what is written: sounds find what voice input wrote with other characters


def learn(
    texts: Sequence[str],
    labels: Sequence[str],
    counts: Sequence[float],
    *,
    smallest: float,
    sharpness: float,
    edges: bool,
) -> LinearModel:
    """A model of the labels, of texts that count more or less; weights below `smallest` are left out."""
    said = [_said(text, edges) for text in texts]
    rare = _rarity(said)
    columns = {piece: at for at, piece in enumerate(sorted(rare))}
    machine = LinearSVC(C=1.0, random_state=0, class_weight="balanced" if len(set(labels)) == 2 else None)
    machine.fit(_matrix(said, rare, columns), labels, sample_weight=counts)
    names = tuple(str(name) for name in machine.classes_)
    weights, bias = machine.coef_, machine.intercept_
    if len(names) == 2:  # what speaks for one of two speaks against the other, and is said once
        weights, bias = np.vstack([0 * weights[0], weights[0]]), np.array([0, bias[0]])
    known = {piece: _kept(rare[piece], weights[:, at], smallest) for piece, at in columns.items()}
    return LinearModel(
        labels=names,
        bias=tuple(round(one * SCALE) for one in bias),
        sharpness=sharpness,
        rarest=round(max(rare.values()) * SCALE),
        edges=edges,
        known={piece: kept for piece, kept in known.items() if len(kept) > 1},
    )


@cache  # each text is in most of the folds
def _said(text: str, edges: bool) -> Sequence[str]:
    return sorted(pieces(text, edges=edges))


def _rarity(said: Sequence[Sequence[str]]) -> Mapping[str, float]:
    seen = Counter(piece for text in said for piece in text)
    return {piece: math.log(1 + len(said) / count) * _counts(piece) for piece, count in seen.items()}


def _counts(piece: str) -> float:
    return SOUNDS_COUNT if piece.startswith(SOUND) else 1.0


def _matrix(said: Sequence[Sequence[str]], rare: Mapping[str, float], columns: Mapping[str, int]) -> csr_matrix:
    """Each text as a row of length one, as the model measures it."""
    rows, places, values = [], [], []
    for row, text in enumerate(said):
        length = math.sqrt(sum(rare[piece] ** 2 for piece in text)) or 1.0
        for piece in text:
            rows.append(row)
            places.append(columns[piece])
            values.append(rare[piece] / length)
    return csr_matrix((values, (rows, places)), shape=(len(said), len(columns)))


def _kept(rarity: float, weights: np.ndarray, smallest: float) -> tuple[int, ...]:
    """As the model keeps it: rarity, and for each label that it says enough of, its place and its weight."""
    kept = [round(rarity * SCALE)]
    for at, weight in enumerate(weights):
        if abs(weight * rarity) >= smallest:
            kept += [at, round(weight * rarity * SCALE)]
    return tuple(kept)
