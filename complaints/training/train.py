"""`make train`: learns the weights anew from all examples and writes them where they are shipped from."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from complaints.catalogue.linear_model import LinearModel
from complaints.catalogue.suggestion import HARM, NOTHING, Weights, harm
from complaints.policy.catalogue import Catalogue, Danger, load_catalogue
from complaints.training import examples
from complaints.training.examples import Example, Wanted
from complaints.training.learning import learn

WEIGHTS = Path(__file__).parents[1] / "catalogue" / "weights.json"
HARMLESS = "-"
SHARPNESS = 7.0  # at which a matter's share is about how often it is right
SMALLEST = 0.95  # weight that is kept; with smaller ones the file doubles and finds no more
SMALLEST_OF_DANGER = 0.65  # there smaller ones cry less
FOLDS = 5
PHRASE = 0.5  # as much of a sentence counts one that was put together, where danger is learnt
ROUNDS = 3  # of cross-validation, so that the threshold doesn't hang on how sentences fell into folds
# Of dangerous sentences, those that must be asked about when they were kept from the model that judges them: a danger
# that is missed costs more than a question. What it cries on is then measured, and isn't chosen.
ASKED = 0.988

Labelled = tuple[str, str]


def main() -> None:
    weights = learnt(load_catalogue(), lambda example: True)
    WEIGHTS.write_text(_written(weights), encoding="utf-8", newline="\n")
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes, {len(weights.matters.labels)} labels")  # noqa: T201 -- a command


def learnt(catalogue: Catalogue, wanted: Wanted) -> Weights:
    """Both models from the examples that are wanted."""
    harms = list(of_danger(catalogue, wanted))
    return Weights(
        examples=examples.fingerprint(),
        matters=_learn_matters(list(_of_matters(catalogue, wanted))),
        danger=_learn_danger(harms),
        threshold=_threshold(harms, {e.text for e in examples.dangerous()}),
    )


def _of_matters(catalogue: Catalogue, wanted: Wanted) -> Iterator[Labelled]:
    said = [*examples.of_matters(), *examples.of_nothing()]
    for example in [e for e in said if wanted(e)] + _of_phrases(wanted):
        yield example.text, example.matters[0] if example.matters else NOTHING
    yield from _words(catalogue)


def _of_phrases(wanted: Wanted) -> list[Example]:
    kept = _kept_away(wanted)
    return [phrase for phrase in examples.of_phrases() if phrase.text not in kept]


def _kept_away(wanted: Wanted) -> set[str]:
    """Sentences that no phrase may bring in by chance, since something is measured by them."""
    return {example.text for example in examples.said() if not wanted(example)}


def _words(catalogue: Catalogue) -> Iterator[Labelled]:
    """Labels, and words that belong to one matter alone."""
    owners = Counter(word for matter in catalogue.matters for word in matter.words)
    for matter in catalogue.matters:
        if catalogue.is_subject(matter.id):
            own = [word for word in matter.words if owners[word] == 1]
            yield from ((word, matter.id) for word in (matter.label.zh, matter.label.en, *own))


def of_danger(catalogue: Catalogue, wanted: Wanted) -> Iterator[Labelled]:
    """What always is dangerous, and what never is; what may be either teaches nothing."""
    sides = {Danger.ALWAYS: HARM, Danger.NO: HARMLESS}
    kept = _kept_away(wanted)
    yield from ((text, side) for text, side in examples.of_danger_phrases() if text not in kept)
    yield from ((e.text, HARM) for e in examples.dangerous() if wanted(e))
    calm = (*examples.harmless(), *examples.everyday(), *examples.of_nothing())
    yield from ((e.text, HARMLESS) for e in calm if wanted(e))
    for example in [e for e in examples.of_matters() if wanted(e)] + _of_phrases(wanted):
        side = sides.get(catalogue.get(example.matters[0]).danger) if example.matters else HARMLESS
        if side:
            yield example.text, side
    for word, matter in _words(catalogue):
        if side := sides.get(catalogue.get(matter).danger):
            yield word, side


def _learn_matters(said: Sequence[Labelled]) -> LinearModel:
    texts, labels = zip(*said, strict=True)
    return learn(texts, labels, [1.0] * len(said), smallest=SMALLEST, sharpness=SHARPNESS, edges=False)


def _learn_danger(said: Sequence[Labelled]) -> LinearModel:
    phrases = {text for text, _ in examples.of_danger_phrases()} | {e.text for e in examples.of_phrases()}
    counts = [PHRASE if text in phrases else 1.0 for text, _ in said]
    texts, labels = zip(*said, strict=True)
    return learn(texts, labels, counts, smallest=SMALLEST_OF_DANGER, sharpness=SHARPNESS, edges=True)


def _threshold(said: Sequence[Labelled], dangerous: set[str]) -> float:
    """The share that as many dangerous sentences reach as must be asked about, when each was kept from its judge."""
    reached = [share for turn in range(ROUNDS) for share in _unseen(said, dangerous, turn)]
    return round(sorted(reached)[int(len(reached) * (1 - ASKED))], 3)


def _unseen(said: Sequence[Labelled], dangerous: set[str], turn: int) -> Iterator[float]:
    """How much each dangerous sentence speaks of harm to a model that was learnt without it."""
    mixed = random.Random(f"folds {turn}").sample(said, len(said))
    for fold in range(FOLDS):
        model = _learn_danger([one for at, one in enumerate(mixed) if at % FOLDS != fold])
        yield from (harm(model, text) for text, _ in mixed[fold::FOLDS] if text in dangerous)


def _written(weights: Weights) -> str:
    """One piece a line, so that changes can be read."""
    parts = [f'"examples": "{weights.examples}"', f'"threshold": {weights.threshold}']
    parts += [
        f'"{name}": {_model(model)}' for name, model in (("matters", weights.matters), ("danger", weights.danger))
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _model(model: LinearModel) -> str:
    facts = {
        "labels": model.labels,
        "bias": model.bias,
        "sharpness": model.sharpness,
        "rarest": model.rarest,
        "edges": model.edges,
    }
    known = ",\n".join(f"{_line(piece)}:{_line(weights)}" for piece, weights in sorted(model.known.items()))
    return f'{_line(facts)[:-1]},"known":{{\n{known}\n}}}}'


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
