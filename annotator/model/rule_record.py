"""How often each rule of suggestion was right for one reviewer, and what follows for what it suggests to her. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from annotator.model.late import dataclass
from annotator.model.stored_article import StoredArticle
from annotator.model.suggestion import AttributionSuggestion

ENOUGH = 100
"""Proposals that a reviewer has decided before anything is learned from them."""

BEGUN = 60.0
"""How many decisions a rule's own confidence counts for: with fewer it gets worse in some orders of few decisions."""


def learned_confidence(confidence: float, right: int, decided: int, begun: float = BEGUN) -> float:
    """How often a rule is right, from 0 to 1: as if its confidence had been counted over `begun` decisions before.

    Of its `decided` proposals so many were `right`. `benchmarks/learning.py` measures what that is worth.
    """
    return (confidence * begun + right) / (begun + decided)


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What one reviewer made of the proposals she has decided: for each rule how many were right, and of how many."""

    by_rule: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def teaches(self) -> bool:
        """Whether she has decided enough for anything to be learned from it."""
        return sum(decided for _, decided in self.by_rule.values()) >= ENOUGH

    def of(self, rule: str) -> tuple[int, int]:
        """How many of a rule's proposals were right, and how many she has decided."""
        return self.by_rule.get(rule, (0, 0))


def rule_record(decided: Iterable[tuple[str, bool]]) -> RuleRecord:
    """The record of proposals: of each its rule, and whether it was right."""
    by_rule: dict[str, tuple[int, int]] = {}
    for rule, right in decided:
        before, count = by_rule.get(rule, (0, 0))
        by_rule[rule] = (before + right, count + 1)
    return RuleRecord(by_rule)


def as_learned(article: StoredArticle, record: RuleRecord | None) -> StoredArticle:
    """The article as this reviewer is shown it: what is suggested as sure as her record says, the surest first.

    Where that is the same it stays in its order. Where no record teaches anything the article is as it is stored.
    """
    if record is None or not record.teaches:
        return article
    made = [(id_, _as_learned(one, record.of(one.rule))) for id_, one in article.attributions]
    return replace(article, attributions=tuple(sorted(made, key=lambda each: -each[1].confidence)))


def _as_learned(made: AttributionSuggestion, told: tuple[int, int]) -> AttributionSuggestion:
    return replace(made, confidence=learned_confidence(made.confidence, *told), record=told)
