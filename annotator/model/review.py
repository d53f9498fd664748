"""What one reviewer sees of one article, and everything that follows from it: claims, states, what is open next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from annotator.model.article import BlockKind, Claim, index_at
from annotator.model.attribution import Attribution, same_place
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.known_states import KnownStates, changed
from annotator.model.language.quoting import wholly_quoted
from annotator.model.late import dataclass
from annotator.model.question import Question
from annotator.model.scheme import Pass, Scheme
from annotator.model.span import Span
from annotator.model.span_index import SpanIndex
from annotator.model.stored_article import StoredArticle, alike_suggestions, claims_of
from annotator.model.suggestion import AttributionSuggestion, WorthSuggestion

NOT_JUDGED = Judgement()
_NOBODY_S = frozenset((BlockKind.BYLINE, BlockKind.CREDIT, BlockKind.BOILERPLATE))


class State(StrEnum):
    """A claim's workflow state in a pass; "awaiting" is triaged and waiting for its verdict."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    AWAITING = "awaiting"
    DONE = "done"
    SKIPPED = "skipped"


SETTLED = frozenset((State.DONE, State.SKIPPED))


@dataclass(frozen=True)
class ArticleReview:
    """One reviewer's present work on one article; `sources` are the ids of her attributions' sources.

    `questions` are what she asked the lead. `assigned` are the spans of the claims that are hers to review where she
    has not all of the article.
    """

    article: StoredArticle
    reviewer: str
    scheme: Scheme
    boundaries: Mapping[int, str] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    verdicts: Mapping[tuple[str, str], Verdict] = field(default_factory=dict)
    attributions: tuple[Attribution, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    refused: frozenset[str] = frozenset()
    sources: Mapping[str, str] = field(default_factory=dict)
    assigned: tuple[Span, ...] | None = None
    questions: tuple[Question, ...] = ()

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the reviewer's own segmentation, in order."""
        return claims_of(self.article.id, self.article.text, self.article.sentences, self.boundaries)

    def following(self, before: ArticleReview) -> ArticleReview:
        """This review, with what it has in common with an earlier one not worked out again."""
        if before.scheme is self.scheme:
            vars(self)["_state_of_kind"] = before._state_of_kind
        if before.article is self.article:
            vars(self)["_suggested_worths"] = before._suggested_worths
            vars(self)["_suggested_extents"] = before._suggested_extents
            if (before.refused, before.attributions) == (self.refused, self.attributions):
                vars(self)["_offered"] = before._offered
            if before.scheme is self.scheme:
                vars(self)["surest_worths"] = before.surest_worths
            if "alike" in vars(before):
                vars(self)["alike"] = before.alike
            if before.boundaries == self.boundaries:
                vars(self)["claims"] = before.claims
                vars(self)["places"], vars(self)["starts"] = before.places, before.starts
                if before.scheme is self.scheme:
                    self._follow_states(before)
        return self

    def _follow_states(self, before: ArticleReview) -> None:
        """Work out the states of those claims alone of which something is decided that was not, of the same claims."""
        if self.attributions != before.attributions or self.evidence != before.evidence:
            return
        claims = changed(before.judgements, self.judgements)
        claims |= {claim_id for claim_id, _ in changed(before.verdicts, self.verdicts)}
        places = [self.places[claim_id] for claim_id in claims if claim_id in self.places]
        kinds = {place: self._kind(self.claims[place]) for place in places}
        vars(self)["_known_states"] = before._known_states.followed(kinds)

    @property
    def begun(self) -> bool:
        """Whether she has decided anything of the article."""
        return bool(self.judgements or self.verdicts or self.attributions or self.evidence or self.boundaries)

    def judgement(self, claim: Claim) -> Judgement:
        """The claim's judgement; an empty one where nothing has been decided."""
        return self.judgements.get(claim.id, NOT_JUDGED)

    def words_of(self, claim: Claim) -> str:
        """What the claim says: in words that stand alone where it was restated, else as it stands in the text."""
        return self.judgement(claim).restatement or claim.span.slice(self.article.text)

    def verdict(self, claim: Claim, target: str = CONTENT) -> Verdict | None:
        """The verdict on one target of the claim."""
        return self.verdicts.get((claim.id, target))

    def verdicts_of(self, claim: Claim) -> list[Verdict]:
        """All verdicts on the claim, its content's first."""
        return list(self._verdicts_by_claim.get(claim.id, ()))

    @cached_property
    def _verdicts_by_claim(self) -> dict[str, list[Verdict]]:
        # Every decision asks for the state of every claim: each answer must not read every verdict.
        found: dict[str, list[Verdict]] = {}
        for (claim_id, _), verdict in self.verdicts.items():
            found.setdefault(claim_id, []).append(verdict)
        for several in found.values():
            if len(several) > 1:
                several.sort(key=lambda verdict: (verdict.target != CONTENT, verdict.target))
        return found

    def attributions_of(self, claim: Claim) -> list[Attribution]:
        """The attributions whose content overlaps the claim, then those that only touch it, in text order."""
        touching = [self.attributions[place] for place in _near(self._extents, claim.span)]
        touching = [attribution for attribution in touching if attribution.touches(claim.span)]
        return sorted(touching, key=lambda a: (not a.covers(claim.span), a.parent is not None, a.content[0].start))

    @cached_property
    def _extents(self) -> list[tuple[int, int]]:
        return [attribution.extent for attribution in self.attributions]

    @cached_property
    def _suggested_extents(self) -> list[tuple[int, int]]:
        return [suggestion.attribution.extent for _, suggestion in self.article.attributions]

    def claims_covered(self, attribution: Attribution) -> int:
        """How many claims the attribution's content overlaps."""
        return len(self.covered(attribution))

    def covered(self, attribution: Attribution) -> list[int]:
        """The indexes of the claims that the attribution's content overlaps, in order."""
        found: set[int] = set()
        for span in attribution.content:
            first = max(0, bisect_right(self.starts, span.start) - 1)
            behind = bisect_left(self.starts, span.end)
            found.update(index for index in range(first, behind) if self.claims[index].span.overlaps(span))
        return sorted(found)

    def attributed(self, claim: Claim) -> bool:
        """Whether an attribution's content overlaps the claim."""
        return self._attributed_text.meets(claim.span)

    @cached_property
    def _attributed_text(self) -> SpanIndex:
        return SpanIndex.of(span for attribution in self.attributions for span in attribution.content)

    def evidence_of(self, claim: Claim) -> list[Evidence]:
        """The claim's evidence in the order it was added."""
        return list(self._evidence_by_claim.get(claim.id, ()))

    @cached_property
    def _evidence_by_claim(self) -> dict[str, list[Evidence]]:
        found: dict[str, list[Evidence]] = {}
        for evidence in self.evidence:
            found.setdefault(evidence.claim_id, []).append(evidence)
        return found

    def questions_of(self, claim: Claim) -> list[Question]:
        """What the reviewer asked the lead about the claim, answered or not."""
        return [asked for asked in self.questions if claim.span.start <= asked.start < claim.span.end]

    def suggested_worth(self, claim: Claim) -> tuple[str, WorthSuggestion] | None:
        """The suggested check-worthiness: that of the sentence the claim begins in, if the scheme has it."""
        place = self._suggested_worths.first_at(claim.span.start)
        if place is None:
            return None
        found = self.article.worths[place]
        return found if self.scheme.known_worth(found[1].worth) is not None else None

    @cached_property
    def _suggested_worths(self) -> SpanIndex:
        return SpanIndex.of(made.span for _, made in self.article.worths)

    @cached_property
    def places(self) -> dict[str, int]:
        """The index of each claim by its id."""
        return {claim.id: index for index, claim in enumerate(self.claims)}

    @cached_property
    def flagged(self) -> frozenset[str]:
        """The ids of the claims that are flagged."""
        judgements = self.judgements.items()
        return frozenset([id_ for id_, judgement in judgements if judgement.flag and id_ in self.places])

    @cached_property
    def starts(self) -> list[int]:
        """Where each claim begins, in order."""
        return [claim.span.start for claim in self.claims]

    @cached_property
    def surest_worths(self) -> list[int]:
        """The places among the article's `worths` of what is suggested as worth checking, the surest first."""
        values = {value.id for value in self.scheme.worth if not value.waives_verdict}
        places = [place for place, (_, made) in enumerate(self.article.worths) if made.worth in values]
        return sorted(places, key=lambda place: -self.article.worths[place][1].confidence)

    def suggested_attributions(self, claim: Claim) -> list[tuple[str, AttributionSuggestion]]:
        """The suggested attributions that touch the claim, are not refused, and that none of hers says already."""
        found = self._offered.get(claim.span)
        if found is None:
            near = [self.article.attributions[place] for place in _near(self._suggested_extents, claim.span)]
            found = self._offered[claim.span] = [
                (id_, suggestion)
                for id_, suggestion in near
                if id_ not in self.refused
                and suggestion.attribution.touches(claim.span)
                and not any(same_place(suggestion.attribution, attribution) for attribution in self.attributions)
            ]
        return list(found)

    @cached_property
    def alike(self) -> Mapping[str, frozenset[str]]:
        """For each suggested attribution's id those of the suggested attributions that say the same."""
        return alike_suggestions(self.article)

    @cached_property
    def _offered(self) -> dict[Span, list[tuple[str, AttributionSuggestion]]]:
        # The screen asks for the present claim's several times at every key.
        return {}

    def acceptable_attributions(self, claim: Claim) -> list[tuple[str, AttributionSuggestion]]:
        """Of the suggested attributions those that can be taken together: of several about the same words the first."""
        together: list[tuple[str, AttributionSuggestion]] = []
        for id_, suggestion in self.suggested_attributions(claim):
            if not any(same_place(suggestion.attribution, earlier.attribution) for _, earlier in together):
                together.append((id_, suggestion))
        return together

    def author_by_default(self, claim: Claim) -> bool:
        """Whether nothing but the author's voice is left: nobody is settled or suggested as the claim's source.

        Words in quotation marks are somebody's, even where the tool does not know whose; and where nobody has looked,
        nothing is left but what no article attributes.
        """
        if not self.article.searched and claim.kind not in _NOBODY_S:
            return False
        suggested = self.suggested_attributions(claim)
        return (
            self.judgement(claim).voice is None
            and not self.attributed(claim)
            and not any(suggestion.attribution.covers(claim.span) for _, suggestion in suggested)
            and not self.quoted(claim.span)
        )

    def quoted(self, span: Span) -> bool:
        """Whether all of a span stands in quotation marks."""
        blocks = self.article.blocks
        at = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
        return at >= 0 and wholly_quoted(self.article.text, blocks[at].span, span)

    def facet_done(self, claim: Claim, facet: str) -> bool:
        """Whether one of the scheme's facets is settled for the claim."""
        judgement = self.judgement(claim)
        worth = self.scheme.known_worth(judgement.worth)
        if facet == "worth":
            return worth is not None
        if facet == "attribution":
            return judgement.voice is not None or self.attributed(claim)
        if worth is not None and worth.waives_verdict:
            return True
        return any(self._complete(claim, verdict) for verdict in self.verdicts_of(claim))

    def _complete(self, claim: Claim, verdict: Verdict) -> bool:
        value = self.scheme.known_verdict(verdict.value)
        # What this version of the scheme does not have is there to be seen, and to be decided again.
        if value is None or (value.reasons and verdict.reason not in {reason.id for reason in value.reasons}):
            return False
        return not self.needs_evidence(claim, verdict)

    def needs_evidence(self, claim: Claim, verdict: Verdict) -> bool:
        """Whether the scheme requires evidence for the verdict that is not there."""
        value = self.scheme.known_verdict(verdict.value)
        free = not self.scheme.evidence_required or value is None or value.without_evidence
        return not free and (claim.id, verdict.target) not in self._evidenced

    @cached_property
    def _evidenced(self) -> set[tuple[str, str]]:
        return {(evidence.claim_id, evidence.target) for evidence in self.evidence}

    def state(self, claim: Claim, pass_: Pass) -> State:
        """The claim's workflow state in the pass."""
        judgement = self.judgement(claim)
        if all(self.facet_done(claim, facet) for facet in self.scheme.passes[pass_]):
            return State.DONE
        if judgement.skipped:
            return State.SKIPPED
        triaged = all(self.facet_done(claim, facet) for facet in self.scheme.passes["triage"])
        if triaged:
            return State.AWAITING
        if judgement != NOT_JUDGED or self.attributed(claim) or self.verdicts_of(claim):
            return State.IN_PROGRESS
        return State.TO_DO

    def is_assigned(self, claim: Claim) -> bool:
        """Whether the claim is the reviewer's to review: all of them, unless she was given only some."""
        return self.assigned is None or claim.id in self._assigned_ids

    @cached_property
    def _assigned_ids(self) -> frozenset[str]:
        given = SpanIndex.of(self.assigned or ())
        return frozenset(claim.id for claim in self.claims if given.meets(claim.span))

    def states(self, pass_: Pass) -> Sequence[State]:
        """The state of every claim, in order."""
        return self._known_states.of(pass_, self._state_at)

    def _state_at(self, place: int, pass_: Pass) -> State:
        return self.state(self.claims[place], pass_)

    @cached_property
    def _known_states(self) -> KnownStates[State]:
        # Every decision asks for all of them, and there are few kinds of claims.
        return KnownStates(list(map(self._kind, self.claims)), self._state_of_kind)

    @cached_property
    def _state_of_kind(self) -> dict[Pass, dict[Hashable, State]]:
        return {}

    def settled(self, pass_: Pass) -> frozenset[str]:
        """The ids of the claims that are settled."""
        states = zip(self.claims, self.states(pass_), strict=True)
        return frozenset(claim.id for claim, state in states if state in SETTLED)

    def _kind(self, claim: Claim) -> Hashable:
        return self._judged(claim.id), self.attributed(claim), self._given(claim.id)

    def _judged(self, claim_id: str) -> Hashable:
        judgement = self.judgements.get(claim_id)
        return None if judgement is None else judged_kind(judgement)

    def _given(self, claim_id: str) -> Hashable:
        verdicts = self._verdicts_by_claim.get(claim_id)
        if verdicts is None:
            return ()
        evidenced = self._evidenced
        return tuple([verdict_kind(made, evidenced=(claim_id, made.target) in evidenced) for made in verdicts])

    def next_open(self, after: int, pass_: Pass) -> int | None:
        """The index of the next claim behind `after` that is neither done nor skipped, around the end, or None.

        Claims that are not the reviewer's to review are passed over.
        In the verify pass what awaits a verdict comes first, wherever it stands; then what was never triaged.
        """
        states = self.states(pass_)
        around = ((after + step) % len(states) for step in range(1, len(states) + 1))
        left = (index for index in around if states[index] not in SETTLED and self.is_assigned(self.claims[index]))
        if pass_ == "verify":
            return min(left, key=lambda index: states[index] is not State.AWAITING, default=None)
        return next(left, None)

    def index_at(self, offset: int) -> int:
        """The index of the claim at, or else the last one before, an offset in code points."""
        return index_at(self.claims, offset)


def _near(extents: Sequence[tuple[int, int]], span: Span) -> list[int]:
    """The places of those from whose first span to whose last the span may be met; all others need no closer look."""
    start, end = span.start, span.end
    return [place for place, (first, last) in enumerate(extents) if first < end and start < last]


def judged_kind(judgement: Judgement) -> Hashable:
    """What the state of a claim with this judgement follows from, of the judgement."""
    says = judgement.worth is not None or judgement != NOT_JUDGED
    return judgement.worth, judgement.voice, judgement.skipped, says


def verdict_kind(verdict: Verdict, *, evidenced: bool) -> Hashable:
    """The same of a verdict, and of whether there is evidence for it."""
    return verdict.value, verdict.reason, evidenced
