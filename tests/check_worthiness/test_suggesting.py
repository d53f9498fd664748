from __future__ import annotations

from annotator.check_worthiness import suggest_worth
from annotator.segmentation import split

TEXT = """Ferry fares rise

By Tom Reyes

The council raised ferry fares by 12 percent in 2024. What a lovely morning it was on the quay. I think that we
should all be glad.
"""


def test_two_is_suggested_above_the_threshold_with_the_score_as_its_confidence() -> None:
    made = suggest_worth(TEXT, split(TEXT))
    assert made.suggester == "worth@1"
    assert made.attributions == ()
    said = {each.span.slice(TEXT): each for each in made.worths}
    found = said["The council raised ferry fares by 12 percent in 2024."]
    assert (found.worth, found.rule) == ("2", "check_worthy")
    assert 0.9 < found.confidence <= 1
    assert "What a lovely morning it was on the quay." not in said


def test_nothing_is_suggested_for_a_byline_or_in_another_language() -> None:
    assert "By Tom Reyes" not in {each.span.slice(TEXT) for each in suggest_worth(TEXT, split(TEXT)).worths}
    german = "Der Rat erhöhte die Fahrpreise 2024 um 12 Prozent."
    assert suggest_worth(german, split(german), language="de").worths == ()
