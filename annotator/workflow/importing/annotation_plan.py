"""What one reviewer's work in a file would change here: the plan, and what of it cannot be taken over."""

from __future__ import annotations

import re
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import accumulate, count
from typing import TypeAlias
from uuid import UUID, uuid5

from annotator.errors import DomainError, ImportFailure
from annotator.model.annotated import GivenArticle, GivenAttribution, GivenClaim, GivenSource, Note
from annotator.model.article import Claim, Sentence
from annotator.model.attribution import Attribution
from annotator.model.chain import joined
from annotator.model.judgement import CONTENT, JUDGEMENT_FACETS, VERDICT_FACETS
from annotator.model.late import dataclass
from annotator.model.ledger import Change, uuid7
from annotator.model.review import ArticleReview, State
from annotator.model.source import Registry, SourceEntity
from annotator.model.span import Span
from annotator.model.stored_article import CUT, JOIN, claims_of
from annotator.suggesters import proposed_anonymity, proposed_form
from annotator.workflow.naming.kind_guess import guessed_kind
from annotator.workflow.plan import Plan

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SEEN = re.compile(r"\S")
_FOREIGN = UUID("0199f0a4-6f00-7c3e-8d52-5b1e0c7a9d11")
"""The namespace of ids that other programs gave to sources."""

_Said: TypeAlias = dict[tuple[Attribution, str | None], Attribution]
"""Attributions by what they say and what they are nested in."""


@dataclass(slots=True)
class AnnotationImportPlan:
    """Plans what a file's work changes in a reviewer's present work on the article.

    `others_ids` are ids that belong to other reviewers here: what has one is given a new one. What cannot be taken
    over is in `failures`, what is only worth saying in `notes`; `counts` has the new claims, attributions and pieces
    of evidence. `by_rule` has the facets that the file does not say, by the ids of the attributions.
    """

    review: ArticleReview
    registry: Registry
    others_ids: set[str]
    failures: list[ImportFailure] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    by_rule: dict[str, list[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    tally: Counter[str] = field(default_factory=Counter)
    ids: count[int] = field(default_factory=lambda: count(time.time_ns() // 1_000_000))

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many claims have something new, and how many attributions and pieces of evidence are new."""
        return self.tally["claims"], self.tally["attributions"], self.tally["evidence"]

    def plan(self, given: GivenArticle, action: str) -> Plan:
        """The decision that takes the work over; it has no changes where everything is there."""
        self.names = {CONTENT: CONTENT}
        self.taken = _ids(self.review)
        boundaries, new_claims = self._boundaries(given)
        self._attributions(given)
        decided: dict[str, Sequence[str]] = {}
        known = {claim.span: claim for claim in self._claims(boundaries)}
        cleared: list[Change] = []
        twice = _twice(given.claims)
        for place, each in enumerate(given.claims):
            if place in twice:
                self._fail(given, f"the claim at {each.span.start}..{each.span.end} is there twice", each.place)
                continue
            claim = known.get(each.span)
            if claim is None:
                reason = f"{each.span.start}..{each.span.end} is no claim of {self.review.reviewer}'s here"
                self._fail(given, f"{reason}: it was split or joined differently", each.place)
                continue
            if not self._checked(given, each):
                continue
            before = len(self.changes)
            fresh = self.review.state(claim, "both") is State.TO_DO
            self._claim(given, claim, each)
            self.tally["claims"] += len(self.changes) > before
            if fresh and any(each.decided):
                decided[claim.id] = each.decided
            if fresh and each.decided[0] and len(self.changes) == before:
                cleared.append(Change("judgement", (claim.id, "worth"), None))
        if self.tally["differs"]:
            values = "1 value differs" if self.tally["differs"] == 1 else f"{self.tally['differs']} values differ"
            said = f"{values} from what {self.review.reviewer} decided here: hers stay"
            self.notes.append(Note(given.origin, said, given.place))
        self.changes += [
            Change("boundary", (str(at),), kind)
            for at, kind in sorted(boundaries.items())
            if at not in self.review.boundaries
        ]
        if self.changes:
            # A claim that was decided and then cleared is one that somebody has been at.
            self.changes += cleared
        more = {"decided": decided, "by_rule": self.by_rule}
        kept = {name: value for name, value in more.items() if value}
        return Plan(action, None, self.changes, new_claims=new_claims, more=kept)

    # Segmentation

    def _claims(self, boundaries: Mapping[int, str]) -> tuple[Claim, ...]:
        article = self.review.article
        return claims_of(article.id, article.text, article.sentences, boundaries)

    def _boundaries(self, given: GivenArticle) -> tuple[dict[int, str], list[Claim]]:
        """The reviewer's boundaries with those that the file's claims need, and the claims that come of them."""
        text, sentences = self.review.article.text, self.review.article.sentences
        needed = boundaries_of(text, sentences, [claim.span for claim in given.claims])
        made = {claim.span for claim in self._claims({**needed, **self.review.boundaries})}
        # A span that cannot be a claim, because she or the file divides it otherwise, leaves no cut behind.
        needed = boundaries_of(text, sentences, [claim.span for claim in given.claims if claim.span in made])
        together = {**needed, **self.review.boundaries}
        spans = {sentence.span for sentence in sentences}
        return together, [claim for claim in self._claims(together) if claim.span not in spans]

    # Attributions

    def _attributions(self, given: GivenArticle) -> None:
        made: dict[str, Attribution] = {}
        mine: _Said = {}
        for known in self.review.attributions:
            mine.setdefault((known.said, known.parent), known)
        for each in self._outermost_first(given):
            self._attribution(given, each, made, mine)

    def _outermost_first(self, given: GivenArticle) -> Iterator[GivenAttribution]:
        """Each behind what it is nested in, however deep, and else in the file's order; what has no outermost fails."""
        named = Counter(each.attribution.id for each in given.attributions)
        inside: dict[str | None, list[int]] = {}
        for place, each in enumerate(given.attributions):
            parent = each.attribution.parent
            inside.setdefault(parent if parent in named else None, []).append(place)
        ready = inside.pop(None, [])
        while ready:
            deeper: list[int] = []
            for each in [given.attributions[place] for place in ready]:
                yield each
                named[each.attribution.id] -= 1
                if not named[each.attribution.id]:
                    deeper += inside.pop(each.attribution.id, [])
            ready = sorted(deeper)
        for place in sorted(place for places in inside.values() for place in places):
            each = given.attributions[place]
            self._fail(given, "nested in itself: left out", each.place)

    def _attribution(
        self, given: GivenArticle, each: GivenAttribution, made: dict[str, Attribution], mine: _Said
    ) -> None:
        attribution = self._completed(each)
        name, parent = attribution.id, self._parent(given, each, made)
        there = mine.get((attribution.said, parent))
        if there is None:
            id_ = self._id(name)
            there = replace(attribution, id=id_, parent=parent)
            self.changes.append(Change("attribution", (id_,), there.as_payload()))
            self.tally["attributions"] += 1
            mine[attribution.said, parent] = there
            if each.unsaid:
                self.by_rule[id_] = sorted(each.unsaid)
        made[name] = there
        # Verdicts on the content are not on an attribution that somebody called so.
        self.names.setdefault(name, there.id)
        if each.source is not None and there.id not in self.review.sources:
            self._source(given, each.place, there, each.source)

    def _completed(self, each: GivenAttribution) -> Attribution:
        """With the facets that the file does not say as the rules for them read the marks and the source's words."""
        attribution, article = each.attribution, self.review.article
        if "form" in each.unsaid:
            attribution = replace(attribution, form=proposed_form(article.text, attribution.content, article.blocks))
        if "anonymity" in each.unsaid:
            words = joined(attribution.source, article.text)
            attribution = replace(attribution, anonymity=proposed_anonymity(words))
        return attribution

    def _parent(self, given: GivenArticle, each: GivenAttribution, made: Mapping[str, Attribution]) -> str | None:
        if each.attribution.parent is None:
            return None
        parent = made.get(each.attribution.parent)
        if parent is None or not each.attribution.lies_in(parent):
            what = "is not there" if parent is None else "does not hold its content"
            self.notes.append(Note(given.origin, f"what it is nested in {what}: it stands alone", each.place))
            return None
        return parent.id

    def _free(self, id_: str) -> bool:
        """Whether an id of the file can stay: one as ours are, and nothing else's here or in the file."""
        return _UUID.fullmatch(id_) is not None and id_ not in self.others_ids and id_ not in self.taken

    def _id(self, given: str) -> str:
        id_ = given if self._free(given) else self._new_id()
        self.taken.add(id_)
        return id_

    def _new_id(self) -> str:
        """A new id behind all that were made before it: what is read back by id keeps the file's order."""
        return uuid7(next(self.ids))

    # Sources

    def _source(self, given: GivenArticle, place: str, attribution: Attribution, source: GivenSource) -> None:
        if source.id and not _UUID.fullmatch(source.id):
            # Another program's id: always the same one of ours for it and the name.
            source = replace(source, id=str(uuid5(_FOREIGN, f"{source.id}\n{source.name}")))
        entity = self._known_source(source)
        if entity is None and not source.name:
            self.notes.append(Note(given.origin, f"source {source.id} is not here and has no name: left out", place))
            return
        if entity is None:
            try:
                entity = self._made_source(attribution, source)
            except DomainError as error:
                self._fail(given, str(error), place)
                return
            self.registry = self.registry.changed([entity])
            self.changes.append(Change("source", (entity.id,), entity.as_payload()))
        self.changes.append(Change("attribution_source", (attribution.id,), entity.id))

    def _known_source(self, source: GivenSource) -> SourceEntity | None:
        if source.id:
            return self.registry.resolve(source.id)
        scopes = (None, self.review.article.id)
        same = (known for known in self.registry.named(source.name) if known.article_id in scopes)
        return next((known for known in same if known.name == source.name and source.kind in (None, known.kind)), None)

    def _made_source(self, attribution: Attribution, source: GivenSource) -> SourceEntity:
        first = next(iter(self.review.article.publications), None)
        publisher = first.publisher if first else ""
        kind = source.kind or guessed_kind(source.name, attribution.anonymity, publisher)
        return SourceEntity(source.id or self._new_id(), source.name, kind)

    # Claims

    def _checked(self, given: GivenArticle, each: GivenClaim) -> bool:
        """Whether the project's scheme has the values; where not, the claim fails."""
        scheme, judgement = self.review.scheme, each.judgement
        wrong = []
        if judgement.worth is not None and scheme.known_worth(judgement.worth) is None:
            wrong.append(f"check-worthiness {judgement.worth!r}")
        if judgement.voice is not None and judgement.voice not in {value.id for value in scheme.voice}:
            wrong.append(f"voice {judgement.voice!r}")
        for verdict in each.verdicts:
            value = scheme.known_verdict(verdict.value)
            if value is None:
                wrong.append(f"verdict {verdict.value!r}")
            elif verdict.reason is not None and verdict.reason not in {reason.id for reason in value.reasons}:
                wrong.append(f"reason {verdict.reason!r} of verdict {verdict.value!r}")
        if wrong:
            reason = f"{', '.join(wrong)}: not in the scheme {scheme.label}; map it with --label-map"
            self._fail(given, reason, each.place)
        return not wrong

    def _claim(self, given: GivenArticle, claim: Claim, each: GivenClaim) -> None:
        now = self.review.judgement(claim)
        for facet in JUDGEMENT_FACETS:
            value, present = getattr(each.judgement, facet), getattr(now, facet)
            if value in (None, False) or value == present:
                continue
            if present not in (None, False):
                self.tally["differs"] += 1
                continue
            self.changes.append(Change("judgement", (claim.id, facet), value))
        self._verdicts(given, claim, each)
        there = {replace(evidence, id="") for evidence in self.review.evidence_of(claim)}
        for evidence in each.evidence:
            target = self._target(given, evidence.target, each.place)
            if target is None or replace(evidence, id="", target=target) in there:
                continue
            id_ = self._id(evidence.id)
            self.changes.append(Change("evidence", (id_,), replace(evidence, target=target).as_payload()))
            self.tally["evidence"] += 1

    def _verdicts(self, given: GivenArticle, claim: Claim, each: GivenClaim) -> None:
        for verdict in each.verdicts:
            target = self._target(given, verdict.target, each.place)
            if target is None:
                continue
            present = self.review.verdict(claim, target)
            if present is not None:
                self.tally["differs"] += replace(verdict, target=target) != present
                continue
            for facet in VERDICT_FACETS:
                value = getattr(verdict, facet)
                if value is not None:
                    self.changes.append(Change("verdict", (claim.id, target, facet), value))

    def _target(self, given: GivenArticle, name: str, place: str) -> str | None:
        if name not in self.names:
            self._fail(given, f"a verdict or evidence on {name}, which is not there: left out", place)
        return self.names.get(name)

    def _fail(self, given: GivenArticle, reason: str, place: str) -> None:
        self.failures.append(ImportFailure(given.origin, reason, place))


def _ids(review: ArticleReview) -> set[str]:
    """The ids of her attributions and pieces of evidence."""
    return {known.id for known in review.attributions} | {known.id for known in review.evidence}


def _twice(claims: Sequence[GivenClaim]) -> set[int]:
    """The places of those behind another with the same span."""
    first: dict[Span, int] = {}
    return {place for place, each in enumerate(claims) if first.setdefault(each.span, place) != place}


def boundaries_of(text: str, sentences: Sequence[Sentence], spans: Sequence[Span]) -> dict[int, str]:
    """The cuts and joins that make claims of these spans, as far as such spans can be claims."""
    starts, ends = {each.span.start for each in sentences}, {each.span.end for each in sentences}
    found: dict[int, str] = {}
    inner = sorted(starts)
    # At how many starts of sentences a span begins to hold them, less how many it ends to: one pass over them, however
    # long the spans are and however many.
    turns = [0] * (len(inner) + 1)
    for span in spans:
        if span.start not in starts:
            found[span.start] = CUT
        behind, beyond = bisect_right(inner, span.start), bisect_left(inner, span.end)
        if behind < beyond:
            turns[behind] += 1
            turns[beyond] -= 1
        if span.end not in ends:
            letter = _SEEN.search(text, span.end)
            after = letter.start() if letter else len(text)
            if after not in starts and after < len(text):
                found[after] = CUT
    found |= {at: JOIN for at, holding in zip(inner, accumulate(turns), strict=False) if holding}
    return found
