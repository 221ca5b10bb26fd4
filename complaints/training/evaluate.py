"""`make evaluate`: how well held out sentences are understood by weights that were learnt from the others."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from complaints.catalogue.suggestion import Weights
from complaints.policy.catalogue import Catalogue, Danger, load_catalogue
from complaints.training import examples
from complaints.training.examples import Example
from complaints.training.train import learnt

OFFERED = 3
WORST = 15  # confusions that are shown


@dataclass(frozen=True)
class Answer:
    """What a sentence is about, and what was offered."""

    text: str
    matter: str
    offered: tuple[str, ...]

    @property
    def is_first(self) -> bool:
        return self.offered[:1] == (self.matter,)

    @property
    def is_offered(self) -> bool:
        return self.matter in self.offered


def main() -> None:
    catalogue = load_catalogue()
    weights = learnt(catalogue, lambda example: not example.is_held_out)
    for line in report(catalogue, weights, lambda example: example.is_held_out):
        print(line)  # noqa: T201 -- a command


def report(catalogue: Catalogue, weights: Weights, held_out: Callable[[Example], bool]) -> Iterable[str]:
    """Line by line, figures of the sentences that are held out."""
    answers = [_answer(weights, e) for e in examples.of_matters() if held_out(e)]
    yield from _by(answers, "matter", lambda answer: answer.matter)
    yield from _by(answers, "department", lambda answer: catalogue.get(answer.matter).department.value)
    yield from _confusions(catalogue, answers)
    yield from _totals(catalogue, answers)
    yield from _several(weights)
    yield from _danger(catalogue, weights, held_out)


def _answer(weights: Weights, example: Example) -> Answer:
    offered = tuple(name for name, _ in weights.ranked(example.text)[:OFFERED])
    return Answer(example.text, example.matters[0], offered)


def _by(answers: Sequence[Answer], name: str, part_of: Callable[[Answer], str]) -> Iterable[str]:
    yield f"{name:<22}{'sentences':>10}{'first':>8}{'among three':>13}"
    for part in dict.fromkeys(map(part_of, answers)):
        some = [answer for answer in answers if part_of(answer) == part]
        yield f"{part:<22}{len(some):>10}{_share(some, 'is_first'):>8}{_share(some, 'is_offered'):>13}"
    yield ""


def _confusions(catalogue: Catalogue, answers: Sequence[Answer]) -> Iterable[str]:
    """Those that cost most: danger that looks like none, then another department's clock, then the rest."""
    wrong = [(answer, answer.offered[0]) for answer in answers if answer.offered and not answer.is_first]
    counted = Counter((answer.matter, instead) for answer, instead in wrong)
    sample = {(answer.matter, instead): answer.text for answer, instead in wrong}
    yield "taken for another, what costs most first"
    ranked = sorted(counted, key=lambda pair: (-_cost(catalogue, *pair) * counted[pair], pair))
    for matter, instead in ranked[:WORST]:
        yield f"{counted[matter, instead]:>3} {matter} -> {instead}: {sample[matter, instead]}"
    yield ""


def _cost(catalogue: Catalogue, matter: str, instead: str) -> int:
    right, wrong = catalogue.get(matter), catalogue.get(instead)
    danger = right.danger is Danger.ALWAYS and wrong.danger is Danger.NO
    return 1 + 2 * (right.department is not wrong.department) + 5 * danger


def _totals(catalogue: Catalogue, answers: Sequence[Answer]) -> Iterable[str]:
    departments = [
        catalogue.get(a.matter).department is catalogue.get(a.offered[0]).department if a.offered else False
        for a in answers
    ]
    yield f"held out sentences: {len(answers)}"
    yield f"right matter first: {_share(answers, 'is_first')}, among three: {_share(answers, 'is_offered')}"
    yield f"right department first: {_of(departments)}"
    yield f"nothing offered: {_of([not answer.offered for answer in answers])}"


def _several(weights: Weights) -> Iterable[str]:
    """Of sentences with two matters, how many have both told apart."""
    told = [set(weights.told_apart(e.text)) >= set(e.matters) for e in examples.of_several()]
    yield f"both of two problems told apart: {_of(told)} of {len(told)}"


def _danger(catalogue: Catalogue, weights: Weights, held_out: Callable[[Example], bool]) -> Iterable[str]:
    harm = [e.text for e in examples.dangerous() if held_out(e)]
    always = [e.text for e in examples.of_matters() if held_out(e) and _danger_of(catalogue, e) is Danger.ALWAYS]
    calm = [e.text for e in examples.harmless() if held_out(e)]
    everyday = [e.text for e in examples.everyday() if held_out(e)]
    never = [e.text for e in examples.of_matters() if held_out(e) and _danger_of(catalogue, e) is Danger.NO]
    for name, texts, wanted in (
        ("danger asked about", harm, True),
        ("of always dangerous matters", always, True),
        ("cried on harmless sentences", [*calm, *everyday, *never], False),
        ("on those of them that sound dangerous", calm, False),
        ("on everyday ones", everyday, False),
        ("on those of matters without danger", never, False),
    ):
        asked = [weights.may_mean_harm(text) for text in texts]
        odd = [text for text, was in zip(texts, asked, strict=True) if was is not wanted]
        yield f"{name}: {_of(asked)} of {len(texts)}" + (f"; not so: {'｜'.join(odd[:8])}" if odd else "")


def _danger_of(catalogue: Catalogue, example: Example) -> Danger:
    return catalogue.get(example.matters[0]).danger


def _share(answers: Sequence[Answer], which: str) -> str:
    return _of([getattr(answer, which) for answer in answers])


def _of(held: Sequence[bool]) -> str:
    return f"{sum(held) / len(held):.1%}" if held else "–"


if __name__ == "__main__":
    main()
