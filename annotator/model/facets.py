"""The facets of a claim as plain values, one each: what reviewers are compared in, and a long table has rows of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from annotator.model.attribution import Attribution
from annotator.model.judgement import Judgement
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, WorthSuggestion

WORTH, VOICE, VERDICT, FORM, TYPE, ANONYMITY, SOURCE = FACETS = (
    "worth",
    "voice",
    "verdict",
    "form",
    "type",
    "anonymity",
    "source",
)
ATTRIBUTED = "attributed"
"""The voice of a claim that has an attribution and not the author's voice."""

Outcome = Literal["none shown", "accepted", "not accepted"]
"""What became of what was suggested of a facet for a claim."""
Suggestion = WorthSuggestion | AttributionSuggestion


def facet_values(
    judgement: Judgement, verdict: str | None, attributions: Sequence[Attribution], sources: Mapping[str, str]
) -> dict[str, str]:
    """The values of a claim's facets, in the order of FACETS, without those that have none.

    `attributions` cover the claim, the outermost first: it is the first whose facets are the claim's. `sources` are the
    ids of their sources, by attribution, after all merging; `verdict` is that on the content.
    """
    made = attributions[0] if attributions else None
    values = {
        WORTH: judgement.worth,
        VOICE: judgement.voice or (ATTRIBUTED if made is not None else None),
        VERDICT: verdict,
    }
    if made is not None:
        values |= {
            FORM: made.form.value,
            TYPE: made.type.value,
            ANONYMITY: made.anonymity.value,
            SOURCE: sources.get(made.id),
        }
    return {facet: value for facet, value in values.items() if value is not None}


def outcomes_of(
    values: Mapping[str, str], span: Span, attributions: Iterable[Attribution], suggestions: Sequence[Suggestion]
) -> dict[str, Outcome]:
    """For each facet with a value what `outcome_of` says: that of attributions is one for all of them."""
    found: dict[str, Outcome] = {}
    of_attribution: Outcome | None = None
    for facet, value in values.items():
        if facet in (WORTH, VERDICT):
            found[facet] = outcome_of(facet, value, span, attributions, suggestions)
            continue
        if of_attribution is None:
            of_attribution = outcome_of(facet, value, span, attributions, suggestions)
        found[facet] = of_attribution
    return found


def outcome_of(
    facet: str, value: str, span: Span, attributions: Iterable[Attribution], suggestions: Iterable[Suggestion]
) -> Outcome:
    """What became of what was ever suggested for a claim: accepted is what says the same, however it was entered.

    Of attributions it is the whole that is held against what was suggested, not only this facet of it; no verdict is
    ever suggested.
    """
    if facet == WORTH:
        shown = {
            made.worth
            for made in suggestions
            if isinstance(made, WorthSuggestion) and made.span.start <= span.start < made.span.end
        }
        return _outcome(bool(shown), value in shown)
    if facet == VERDICT:
        return "none shown"
    said = [
        made.attribution
        for made in suggestions
        if isinstance(made, AttributionSuggestion) and made.attribution.covers(span)
    ]
    return _outcome(bool(said), any(shown.says_as(made) for made in attributions for shown in said))


def _outcome(shown: bool, taken: bool) -> Outcome:  # noqa: FBT001 - the two things that are to be known
    return ("accepted" if taken else "not accepted") if shown else "none shown"
