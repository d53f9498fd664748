"""The cue lexicon: the lists that words are in."""

from __future__ import annotations

from annotator.suggesters.reading.lexicon import KINDS_OF_VERB, cues


def test_the_lists_that_a_verb_is_in_are_known_at_once() -> None:
    assert {"say", "addressed"} <= KINDS_OF_VERB["tell"]
    assert KINDS_OF_VERB["moor"] == frozenset()
    for name in KINDS_OF_VERB["report"]:
        assert "report" in cues("verbs", name)
    for name in ("say", "think", "object", "intend", "bare", "decree", "reduced", "seeming", "postposed"):
        assert all(name in KINDS_OF_VERB[lemma] for lemma in cues("verbs", name))
