"""Is there a sentence for every refusal, in both languages and whatever its facts are?"""

import pytest

from complaints.errors import Refusal
from complaints.model.complaint import CaseOwner
from complaints.text.answer_quality import Part
from views.framework.translator import LANGUAGES, translator
from views.refusals import SENTENCES, refused

# The facts with which they are raised, for those that have any.
FACTS = {
    "NotYours": [
        {}, {"follows": True}, {"phone": True, "handler": CaseOwner.MANAGER},
        {"handler": CaseOwner.MANAGER, "verb": "negotiate"},
        *({"handler": owner, "verb": "resolve"} for owner in CaseOwner),
    ],
    "SaysNothing": [{"missing": [part]} for part in Part],
    "WordsTooLong": [{"limit": 2000}],
    "TooManyToday": [{"limit": 5}],
    "VoiceUnheard": [{"count": 1}, {"count": 2}],
    "BindRefused": [
        {"why": why}
        for why in ("unknown", "used", "other_person", "group_bound", "not_officer", "in_private")
    ],
}  # fmt: skip


def refusals(of: type[Refusal] = Refusal) -> list[type[Refusal]]:
    """The class and everything that derives from it in the code, at whatever depth."""
    below = (found for each in of.__subclasses__() for found in refusals(each))
    return [of, *(found for found in below if found.__module__.startswith("complaints."))]


EVERY = [refusal(**facts) for refusal in refusals() for facts in FACTS.get(refusal.fact, [{}])]


def test_every_refusal_has_a_sentence_and_every_sentence_its_refusal():
    assert {refusal.fact for refusal in refusals()} == set(SENTENCES)


@pytest.mark.parametrize("refusal", EVERY, ids=lambda refusal: f"{refusal.fact} {refusal.facts or ''}")
def test_a_refusal_is_said_in_both_languages(refusal):
    said = {language: refused(translator(language), refusal).text for language in LANGUAGES}
    assert all(said.values())
    assert len(set(said.values())) == len(LANGUAGES)
