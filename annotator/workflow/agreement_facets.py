"""The facets that agreement is measured on: how each is read from a first decision, and its level of measurement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.agreement import Level
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.first_decisions import FirstDecision
from annotator.model.scheme import Scheme
from annotator.model.source import Registry
from annotator.model.suggestion import AttributionSuggestion, WorthSuggestion
from annotator.store.suggestions import Proposal

ATTRIBUTED = "attributed"
"""The voice of a claim that has an attribution and not the author's voice."""

Outcome = Literal["none shown", "accepted", "not accepted"]
"""What became of what was suggested of a facet for a claim."""

_Value = Callable[[FirstDecision, Registry], str | None]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of a claim: its id, its name, its level, how a decision says it, and the categories of a scheme.

    Without `categories` those that are used are all there are. `suggested` says what kind of suggestion shows it.
    """

    id: str
    name: str
    level: Level
    value: _Value
    categories: Callable[[Scheme], Sequence[str]] | None
    suggested: Literal["worth", "attribution", ""] = ""


def _outermost(decision: FirstDecision) -> Attribution | None:
    return decision.attributions[0] if decision.attributions else None


def _voice(decision: FirstDecision, _registry: Registry) -> str | None:
    if decision.judgement.voice is not None:
        return decision.judgement.voice
    return ATTRIBUTED if decision.attributions else None


def _of_attribution(name: str) -> _Value:
    def value(decision: FirstDecision, _registry: Registry) -> str | None:
        made = _outermost(decision)
        return str(getattr(made, name).value) if made is not None else None

    return value


def _source(decision: FirstDecision, registry: Registry) -> str | None:
    made = _outermost(decision)
    entity = registry.resolve(decision.sources.get(made.id)) if made is not None else None
    return entity.id if entity is not None else None


FACETS: tuple[Facet, ...] = (
    Facet(
        "worth",
        "check-worthiness",
        Level.INTERVAL,
        lambda decision, _: decision.judgement.worth,
        lambda scheme: [value.id for value in scheme.worth],
        "worth",
    ),
    Facet(
        "voice",
        "voice",
        Level.NOMINAL,
        _voice,
        lambda scheme: [*(value.id for value in scheme.voice), ATTRIBUTED],
        "attribution",
    ),
    Facet(
        "verdict",
        "verdict",
        Level.NOMINAL,
        lambda decision, _: decision.verdict,
        lambda scheme: [value.id for value in scheme.verdict],
    ),
    Facet("form", "form", Level.NOMINAL, _of_attribution("form"), lambda _: list(Form), "attribution"),
    Facet("type", "type", Level.NOMINAL, _of_attribution("type"), lambda _: list(AttributionType), "attribution"),
    Facet(
        "anonymity",
        "anonymity",
        Level.ORDINAL,
        _of_attribution("anonymity"),
        lambda _: list(Anonymity),
        "attribution",
    ),
    Facet("source", "source entity", Level.NOMINAL, _source, None, "attribution"),
)
"""Every facet; an attribution's are those of the outermost that covers the claim, the first in the text of several."""


def outcome_of(facet: Facet, decision: FirstDecision, value: str, proposals: Iterable[Proposal]) -> Outcome:
    """What became of what was suggested: accepted is what says the same, however it was entered.

    Of attributions it is the whole that is held against what was suggested, not only this facet of it.
    """
    shown = [found for proposal in proposals if (found := _shown(facet, decision, proposal)) is not None]
    if not shown:
        return "none shown"
    if facet.suggested == "worth":
        return "accepted" if value in shown else "not accepted"
    kept = {made.said for made in decision.attributions}
    return "accepted" if any(said in kept for said in shown) else "not accepted"


def _shown(facet: Facet, decision: FirstDecision, proposal: Proposal) -> str | Attribution | None:
    """What a proposal says about this facet of the claim, or None where it is about something else."""
    made, span = proposal.suggestion, decision.claim.span
    if proposal.kind != facet.suggested:
        return None
    if isinstance(made, WorthSuggestion):
        return made.worth if made.span.start <= span.start < made.span.end else None
    assert isinstance(made, AttributionSuggestion)
    return made.attribution.said if made.attribution.covers(span) else None
