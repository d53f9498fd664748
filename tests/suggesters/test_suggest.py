"""Any text gets suggestions that hold every invariant."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.article import Segmentation, check_segmentation
from annotator.model.attribution import Form, check_nesting
from annotator.suggesters import suggest

_PIECES = (
    "Ada Reyes said", "“", "”", '"', "''", "’", "‘", ", ", ". ", ": ", "\n", "\n\n", "told Reuters that", " the bridge is shut", "according to",
    " who ", "adding", " has denied", "-", "(", ")", "reportedly ", "By many accounts,", "é\u0301", "🌉", "\u202e", "’s", " and ", "Why?", "he",
)  # fmt: skip
_TEXTS = st.one_of(st.text(min_size=1), st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map("".join))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS)
def test_any_text_gets_suggestions_that_hold_the_invariants(segment: Callable[..., Segmentation], text: str) -> None:
    segmentation = segment(text)
    check_segmentation(text, segmentation)
    suggestions = suggest(text, segmentation)
    attributions = [suggestion.attribution for suggestion in suggestions.attributions]
    check_nesting(attributions)
    assert len({attribution.id for attribution in attributions}) == len(attributions)
    for attribution in attributions:
        for _, span in attribution.role_spans():
            assert span.slice(text).strip() == span.slice(text)
        assert attribution.cue is not None or attribution.form is Form.BLOCK
    for worth in suggestions.worths:
        assert worth.worth == "0"
        assert worth.span in {sentence.span for sentence in segmentation.sentences}


def test_a_text_read_twice_gets_the_same_suggestions(segment: Callable[..., Segmentation]) -> None:
    text = "The mayor said the ferry was late.\n“We waited,” she added."
    assert suggest(text, segment(text)) == suggest(text, segment(text))
