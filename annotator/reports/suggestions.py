"""How good suggestions were: what reviewers made of each rule's proposals, as counts and shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum

from annotator.model.late import dataclass
from annotator.model.period import ALWAYS, Period

ROLES = ("source", "cue", "content")
OTHER = "other"
"""What differs beside the roles: the relay, form, type, anonymity or negation."""


class OutcomeKind(StrEnum):
    """What a reviewer made of a proposal."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SuggestionOutcome:
    """What one reviewer made of one proposal; for a changed attribution what differs: ROLES and OTHER."""

    kind: OutcomeKind
    differs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProposalOutcomes:
    """One proposal, or several that share their outcomes: who made it, and what each reviewer made of it who decided.

    `kind` is "attribution" or "worth".
    """

    suggester: str
    kind: str
    rule: str
    outcomes: tuple[SuggestionOutcome, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Quality:
    """The numbers of one rule, or of one suggester.

    `proposed` and `open` count proposals, `accepted`, `changed` and `refused` count decisions: two reviewers who
    settle the same proposal count twice. `differs` counts, of the changed, those in which a role (or OTHER) differs.
    """

    proposed: int = 0
    accepted: int = 0
    changed: int = 0
    refused: int = 0
    open: int = 0
    differs: Mapping[str, int] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        """Decisions about proposals."""
        return self.accepted + self.changed + self.refused

    @property
    def precision(self) -> float | None:
        """Accepted as they were, of all that were settled (0 to 1); None where none was."""
        return self.accepted / self.settled if self.settled else None

    @property
    def share_changed(self) -> float | None:
        """The mean share, over the changed, of source, cue and content that differ (0 to 1); None without any."""
        return sum(self.differs[role] for role in ROLES) / (len(ROLES) * self.changed) if self.differs else None


@dataclass(frozen=True, slots=True)
class RuleQuality:
    """One rule of a suggester."""

    rule: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class SuggesterQuality:
    """One suggester's proposals of one kind: the sums, and its rules, the one that proposed most first."""

    suggester: str
    kind: str
    quality: Quality
    rules: tuple[RuleQuality, ...]


@dataclass(frozen=True, slots=True)
class SuggestionsReport:
    """Suggesters by name, attributions before check-worthiness."""

    suggesters: tuple[SuggesterQuality, ...]
    period: Period = ALWAYS


def suggestions_report(proposals: Iterable[ProposalOutcomes], period: Period = ALWAYS) -> SuggestionsReport:
    """The numbers of each suggester and rule, over the proposals that are given: those of the period."""
    by_kind: dict[tuple[str, str], dict[str, list[ProposalOutcomes]]] = {}
    for proposal in proposals:
        rules = by_kind.setdefault((proposal.suggester, proposal.kind), {})
        rules.setdefault(proposal.rule, []).append(proposal)
    suggesters = []
    for (suggester, kind), rules in sorted(by_kind.items()):
        lines = [RuleQuality(rule, _quality(kind, own)) for rule, own in rules.items()]
        lines.sort(key=lambda line: (-line.quality.proposed, line.rule))
        whole = _quality(kind, [proposal for own in rules.values() for proposal in own])
        suggesters.append(SuggesterQuality(suggester, kind, whole, tuple(lines)))
    return SuggestionsReport(tuple(suggesters), period)


def _quality(kind: str, proposals: Iterable[ProposalOutcomes]) -> Quality:
    counts: Counter[str] = Counter()
    differs: Counter[str] = Counter()
    proposed = open_ = 0
    for proposal in proposals:
        proposed += proposal.times
        open_ += 0 if proposal.outcomes else proposal.times
        for outcome in proposal.outcomes:
            counts[outcome.kind] += proposal.times
            differs.update(dict.fromkeys(outcome.differs, proposal.times))
    changed = counts[OutcomeKind.CHANGED]
    roles = (*ROLES, OTHER) if changed and kind == "attribution" else ()
    return Quality(
        proposed=proposed,
        accepted=counts[OutcomeKind.ACCEPTED],
        changed=changed,
        refused=counts[OutcomeKind.REFUSED],
        open=open_,
        differs={role: differs[role] for role in roles},
    )
