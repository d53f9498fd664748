"""What became of each proposal: a reviewer's decisions that hold, held against what was proposed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from annotator.model.attribution import Attribution, same_place
from annotator.model.late import dataclass
from annotator.model.ledger import Entry, effective
from annotator.model.period import ALWAYS, Period
from annotator.model.review import ArticleReview
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, WorthSuggestion
from annotator.reports.suggestions import (
    OTHER,
    ROLES,
    OutcomeKind,
    ProposalOutcomes,
    SuggestionOutcome,
    SuggestionsReport,
    suggestions_report,
)
from annotator.store import Store, ledger
from annotator.store.decision_times import decided_in
from annotator.store.proposal_rows import Proposal
from annotator.store.review import load_article, load_review
from annotator.store.suggestions import decided_pairs, proposal_counts, proposals
from annotator.workflow.selection import known_reviewers


def suggestions_in_numbers(store: Store, reviewers: Sequence[str] = (), period: Period = ALWAYS) -> SuggestionsReport:
    """What the reviewers (all where none are named) made of what was proposed for the articles that are shown.

    Of a period the proposals for claims that were last decided in it. Raises NotFoundError for an unknown reviewer.
    """
    return suggestions_report(_all_outcomes(store, known_reviewers(store, reviewers), period), period)


def _all_outcomes(store: Store, reviewers: Sequence[str], period: Period) -> Iterator[ProposalOutcomes]:
    by_article: dict[str, list[str]] = {}
    for article_id, reviewer in decided_pairs(store, reviewers):
        by_article.setdefault(article_id, []).append(reviewer)
    for article_id, own in by_article.items():
        found = proposals(store, article_id)
        article = load_article(store, article_id)
        outcomes: dict[str, list[SuggestionOutcome]] = {}
        asked_for: set[str] = set()
        for reviewer in own:
            review = load_review(store, article, reviewer)
            entries = list(ledger.entries_of(store, reviewer, article_id))
            about = _about(found, review, decided_in(store, review, period)) if period.bounded else None
            for id_, outcome in outcomes_of(found, review, effective(entries)).items():
                if about is None or id_ in about:
                    outcomes.setdefault(id_, []).append(outcome)
            asked_for |= {proposal.id for proposal in found} if about is None else about
        for proposal in found:
            if proposal.id in asked_for and (proposal.current or proposal.id in outcomes):
                own_outcomes = tuple(outcomes.get(proposal.id, ()))
                yield ProposalOutcomes(proposal.suggester, proposal.kind, proposal.rule, own_outcomes)
    if period.bounded:
        return
    for suggester, kind, rule, times in proposal_counts(store, by_article):
        yield ProposalOutcomes(suggester, kind, rule, times=times)


def _about(found: Iterable[Proposal], review: ArticleReview, claim_ids: Container[str]) -> set[str]:
    """The ids of the proposals that are about one of these claims."""
    spans = [claim.span for claim in review.claims if claim.id in claim_ids]

    def concerns(made: WorthSuggestion | AttributionSuggestion, span: Span) -> bool:
        return made.span.overlaps(span) if isinstance(made, WorthSuggestion) else made.attribution.covers(span)

    return {proposal.id for proposal in found if any(concerns(proposal.suggestion, span) for span in spans)}


def outcomes_of(
    found: Iterable[Proposal], review: ArticleReview, decisions: Iterable[Entry]
) -> dict[str, SuggestionOutcome]:
    """What one reviewer made of an article's proposals, by their ids; one that is open has no outcome.

    `decisions` are hers that hold, in order. It does not matter which of several that say the same she took, nor
    when it was proposed: a proposal is accepted where she keeps exactly what it says, changed where she keeps what
    came from it or something else about the same words, and refused where she refused it or removed what came of it.
    """
    found = list(found)
    attributions = {p.id: p.suggestion.attribution for p in found if not isinstance(p.suggestion, WorthSuggestion)}
    work = _Work(
        review,
        kept={attribution.said: attribution for attribution in review.attributions},
        came_of=_came_of(decisions, {id_: made.said for id_, made in attributions.items()}),
        refused={attributions[id_].said for id_ in review.refused if id_ in attributions},
    )
    outcomes: dict[str, SuggestionOutcome] = {}
    for proposal in found:
        made = proposal.suggestion
        outcome = work.of_worth(made) if isinstance(made, WorthSuggestion) else work.of_attribution(made.attribution)
        if outcome is not None:
            outcomes[proposal.id] = outcome
    return outcomes


def _came_of(decisions: Iterable[Entry], said: Mapping[str, Attribution]) -> dict[Attribution, str]:
    """For what was proposed (`said`, by the ids of the proposals) the id of the attribution that was made of it."""
    came_of: dict[Attribution, str] = {}
    for entry in decisions:
        taken = [said[id_] for id_ in entry.suggestions if id_ in said]
        if not taken:
            continue
        made = {
            Attribution.from_payload(change.key[0], change.value).said: change.key[0]
            for change in entry.changes
            if change.table == "attribution" and change.value is not None
        }
        others = [id_ for said_so, id_ in made.items() if said_so not in taken] or list(made.values())
        for one in taken:
            if one in made:
                came_of[one] = made[one]
            elif len(others) == 1:
                came_of[one] = others[0]
    return came_of


@dataclass(frozen=True, slots=True)
class _Work:
    """One reviewer's work on an article, as proposals are held against it."""

    review: ArticleReview
    kept: Mapping[Attribution, Attribution]
    came_of: Mapping[Attribution, str]
    refused: set[Attribution] = field(default_factory=set)

    def of_attribution(self, proposed: Attribution) -> SuggestionOutcome | None:
        if proposed.said in self.kept:
            return SuggestionOutcome(OutcomeKind.ACCEPTED)
        own = self.came_of.get(proposed.said)
        about = [mine for mine in self.review.attributions if mine.id == own]
        about += [mine for mine in self.review.attributions if same_place(proposed, mine)]
        if about:
            return SuggestionOutcome(OutcomeKind.CHANGED, _differing(proposed, about[0]))
        if own is not None or proposed.said in self.refused:
            return SuggestionOutcome(OutcomeKind.REFUSED)
        return None

    def of_worth(self, proposed: WorthSuggestion) -> SuggestionOutcome | None:
        review, span = self.review, proposed.span
        claim = next((claim for claim in review.claims if span.start <= claim.span.start < span.end), None)
        worth = review.judgement(claim).worth if claim is not None else None
        if worth is None:
            return None
        return SuggestionOutcome(OutcomeKind.ACCEPTED if worth == proposed.worth else OutcomeKind.CHANGED)


def _differing(proposed: Attribution, kept: Attribution) -> frozenset[str]:
    roles = {role for role in ROLES if getattr(proposed, role) != getattr(kept, role)}
    others = ("relay", "form", "type", "anonymity", "negated")
    if any(getattr(proposed, name) != getattr(kept, name) for name in others):
        roles.add(OTHER)
    return frozenset(roles)
