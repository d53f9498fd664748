"""First decisions: what stood when a claim first became done, which is what agreement is measured on.

A reviewer's decisions on an article are played again, in order, and each claim is looked at when something of it
changes. Later changes of mind do not count, nor does what was decided when others' work could be seen. What she took
back herself, not knowing others' work, she never meant: an undo of that time counts, a later one does not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.model.article import Claim
from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.ledger import Change, Entry, effective
from annotator.model.review import ArticleReview, StoredArticle, claims_of
from annotator.model.scheme import Pass, Scheme
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class FirstDecision:
    """What one reviewer had decided of one claim when it first became done.

    `verdict` is that on the content. `attributions` are those that cover the claim, the outermost first; `sources` are
    the ids of theirs, by attribution, as they were given then. `at` is ISO 8601, `scheme` a scheme's label, `order` the
    place of the entry in the ledger.
    """

    claim: Claim
    judgement: Judgement
    verdict: str | None
    attributions: tuple[Attribution, ...]
    sources: Mapping[str, str]
    scheme: str
    at: str
    order: tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class FirstDecisions:
    """One reviewer's first decisions on the claims of one article, in text order.

    `seen` are the ids of claims that became done, or had something decided before, when others' work could be seen;
    `unfinished` of those about which something is decided that are not done. Claims that she has split or joined since
    are no claims of hers any more and in none of these.
    """

    article_id: str
    reviewer: str
    made: tuple[FirstDecision, ...]
    seen: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()


def first_decisions(
    entries: Iterable[Entry],
    article: StoredArticle,
    reviewer: str,
    schemes: Mapping[str, Scheme],
    pass_: Pass = "both",
) -> FirstDecisions:
    """The first decisions among a reviewer's entries on an article; the pass says what completes a claim.

    `schemes` are the project's by their labels. A decision completes a claim by the rules of the scheme that it was
    made under; one under a scheme that is not there completes none.
    """
    replay = _Replay(article, reviewer, pass_)
    independent = [entry for entry in entries if entry.kind == "decision" or not entry.others_visible]
    for entry in effective(independent):
        replay.play(entry, schemes)
    claims = [claim for claim in replay.claims if claim.id in replay.touched]
    return FirstDecisions(
        article.id,
        reviewer,
        made=tuple(replay.done[claim.id] for claim in claims if claim.id in replay.done),
        seen=tuple(claim.id for claim in claims if claim.id in replay.seen),
        unfinished=tuple(claim.id for claim in claims if claim.id not in replay.done and claim.id not in replay.seen),
    )


@dataclass(slots=True)
class _Replay:
    """The state after the entries so far."""

    article: StoredArticle
    reviewer: str
    pass_: Pass
    boundaries: dict[int, str] = field(default_factory=dict)
    judgements: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdicts: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    attributions: dict[str, Attribution] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    done: dict[str, FirstDecision] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    claims: tuple[Claim, ...] = ()
    _by_id: dict[str, Claim] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._divide()

    def _divide(self) -> None:
        article = self.article
        self.claims = claims_of(article.id, article.text, article.sentences, self.boundaries)
        self._by_id = {claim.id: claim for claim in self.claims}
        self._starts = [claim.span.start for claim in self.claims]

    def play(self, entry: Entry, schemes: Mapping[str, Scheme]) -> None:
        about: dict[str, None] = {}
        for change in entry.changes:
            about |= dict.fromkeys(_WRITERS[change.table](self, change))
        # In this order: what came before the claims were divided otherwise is about no claim of hers now.
        about = {id_: None for id_ in about if id_ in self._by_id and id_ not in self.done}
        self.touched |= about.keys()
        if entry.others_visible:
            self.seen |= about.keys()
        given = entry.payload.get("decided", {})
        for claim_id in about:
            began, ended, label = given.get(claim_id, ("", "", ""))
            scheme = schemes.get(label or entry.scheme_version or "")
            if scheme is None or claim_id in self.seen:
                continue
            decision = self._decision(self._by_id[claim_id], scheme, ended or began or entry.at, entry.order)
            if decision is not None:
                self.done[claim_id] = decision

    def _decision(self, claim: Claim, scheme: Scheme, at: str, order: tuple[int, str, str]) -> FirstDecision | None:
        """What stands of the claim where it is done."""
        judgement = Judgement(**self.judgements.get(claim.id, {}))
        verdicts = {
            (claim.id, target): Verdict(target, **facets)
            for target, facets in self.verdicts.get(claim.id, {}).items()
            if facets.get("value") is not None
        }
        review = ArticleReview(
            self.article,
            self.reviewer,
            scheme,
            judgements={claim.id: judgement},
            verdicts=verdicts,
            attributions=tuple(made for made in self.attributions.values() if made.covers(claim.span)),
            evidence=tuple(piece for piece in self.evidence.values() if piece.claim_id == claim.id),
        )
        if not all(review.facet_done(claim, facet) for facet in scheme.passes[self.pass_]):
            return None
        content = verdicts.get((claim.id, CONTENT))
        attributions = tuple(review.attributions_of(claim))
        return FirstDecision(
            claim,
            judgement,
            content.value if content is not None else None,
            attributions,
            {made.id: self.sources[made.id] for made in attributions if made.id in self.sources},
            scheme.label,
            at,
            order,
        )

    def covered(self, spans: Iterable[Span]) -> list[str]:
        """The ids of the claims that these spans overlap."""
        found: list[str] = []
        for span in spans:
            first = max(0, bisect_right(self._starts, span.start) - 1)
            around = self.claims[first : bisect_left(self._starts, span.end)]
            found += [claim.id for claim in around if claim.span.overlaps(span)]
        return found

    def judge(self, change: Change) -> Sequence[str]:
        claim_id, facet = change.key
        value = bool(change.value) if facet in ("flag", "skipped") else change.value
        self.judgements.setdefault(claim_id, {})[facet] = value
        return [claim_id]

    def give_verdict(self, change: Change) -> Sequence[str]:
        claim_id, target, facet = change.key
        self.verdicts.setdefault(claim_id, {}).setdefault(target, {})[facet] = change.value
        return [claim_id]

    def attribute(self, change: Change) -> Sequence[str]:
        (id_,) = change.key
        before = self.attributions.pop(id_, None)
        about = self.covered(before.content) if before is not None else []
        if change.value is not None:
            made = self.attributions[id_] = Attribution.from_payload(id_, change.value)
            about += self.covered(made.content)
        return about

    def name_source(self, change: Change) -> Sequence[str]:
        (id_,) = change.key
        if change.value is None:
            self.sources.pop(id_, None)
        else:
            self.sources[id_] = change.value
        made = self.attributions.get(id_)
        return self.covered(made.content) if made is not None else []

    def add_evidence(self, change: Change) -> Sequence[str]:
        (id_,) = change.key
        before = self.evidence.pop(id_, None)
        about = [before.claim_id] if before is not None else []
        if change.value is not None:
            piece = self.evidence[id_] = Evidence.from_payload(id_, change.value)
            about.append(piece.claim_id)
        return about

    def divide(self, change: Change) -> Sequence[str]:
        before = self._by_id
        position = int(change.key[0])
        if change.value is None:
            self.boundaries.pop(position, None)
        else:
            self.boundaries[position] = change.value
        self._divide()
        return [claim.id for claim in self.claims if claim.id not in before]

    def leave(self, _change: Change) -> Sequence[str]:
        """Refusals and the names of sources complete no claim."""
        return []


_WRITERS = {
    "judgement": _Replay.judge,
    "verdict": _Replay.give_verdict,
    "attribution": _Replay.attribute,
    "attribution_source": _Replay.name_source,
    "evidence": _Replay.add_evidence,
    "boundary": _Replay.divide,
    "refusal": _Replay.leave,
    "source": _Replay.leave,
}
