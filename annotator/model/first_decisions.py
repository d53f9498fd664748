"""First decisions: what stood when a claim first became done, which is what agreement is measured on.

A reviewer's decisions on an article are played again, in order, and each claim is looked at when something of it
changes. Later changes of mind do not count, nor does what was decided when others' work could be seen. What she took
back herself, not knowing others' work, she never meant: an undo of that time counts, a later one does not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from annotator.model.article import Claim
from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.late import dataclass
from annotator.model.ledger import Entry, effective
from annotator.model.review import ArticleReview
from annotator.model.scheme import Pass, Scheme
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle, claims_of


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
    `unfinished` of those about which something is decided that are not done. In an article that is practice, where she
    hears what the answer key says, what became done is in `practice`. Claims that she has split or joined since are no
    claims of hers any more and in none of these.
    """

    article_id: str
    reviewer: str
    made: tuple[FirstDecision, ...]
    seen: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    practice: tuple[str, ...] = ()

    def as_practice(self) -> FirstDecisions:
        """The same where the article is practice: nothing of it is measured."""
        return replace(self, made=(), practice=tuple(decision.claim.id for decision in self.made))


def first_decisions(
    entries: Iterable[Entry],
    article: StoredArticle,
    reviewer: str,
    schemes: Mapping[str, Scheme],
    pass_: Pass = "both",
    *,
    undivided: tuple[Claim, ...] | None = None,
    known: dict[Hashable, bool] | None = None,
) -> FirstDecisions:
    """The first decisions among a reviewer's entries on an article; the pass says what completes a claim.

    `schemes` are the project's by their labels. A decision completes a claim by the rules of the scheme that it was
    made under; one under a scheme that is not there completes none. What several calls have in common need not be
    worked out again: `undivided` are the article's claims where nobody has split or joined any, and `known` remembers,
    of the same schemes and pass, which kinds of claims are done.
    """
    if undivided is None:
        undivided = claims_of(article.id, article.text, article.sentences, {})
    replay = _Replay(article, reviewer, pass_, {} if known is None else known, undivided)
    independent = [entry for entry in entries if entry.kind == "decision" or not entry.others_visible]
    for entry in effective(independent):
        replay.play(entry, schemes)
    claims = [claim for claim in replay.claims if claim.id in replay.touched]
    open_ = [claim.id for claim in claims if claim.id not in replay.done]
    return FirstDecisions(
        article.id,
        reviewer,
        made=tuple(replay.done[claim.id] for claim in claims if claim.id in replay.done),
        seen=tuple(id_ for id_ in open_ if id_ in replay.seen),
        unfinished=tuple(id_ for id_ in open_ if id_ not in replay.seen),
    )


@dataclass(slots=True)
class _Replay:
    """The state after the entries so far."""

    article: StoredArticle
    reviewer: str
    pass_: Pass
    known: dict[Hashable, bool]
    claims: tuple[Claim, ...]
    boundaries: dict[int, str] = field(default_factory=dict)
    judgements: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdicts: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    attributions: dict[str, Attribution] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    done: dict[str, FirstDecision] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    _by_id: dict[str, Claim] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._number()

    def _number(self) -> None:
        self._by_id = {claim.id: claim for claim in self.claims}
        self._starts = [claim.span.start for claim in self.claims]

    def play(self, entry: Entry, schemes: Mapping[str, Scheme]) -> None:
        touched: dict[str, None] = {}
        for table, key, value in entry.payload.get("changes", ()):
            touched |= dict.fromkeys(_WRITERS[table](self, key, value))
        # In this order: what came before the claims were divided otherwise is about no claim of hers now.
        about = [id_ for id_ in touched if id_ in self._by_id and id_ not in self.done]
        self.touched.update(about)
        if entry.others_visible:
            self.seen.update(about)
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
        facets = self.judgements.get(claim.id, {})
        given = {
            target: each for target, each in self.verdicts.get(claim.id, {}).items() if each.get("value") is not None
        }
        span = claim.span
        start, end = span.start, span.end
        # Written out before it is asked: every claim is held against every attribution.
        covering = [
            made
            for made in self.attributions.values()
            if made.content[0].start < end and start < made.content[-1].end and made.covers(span)
        ]
        evidenced = {piece.target for piece in self.evidence.values() if piece.claim_id == claim.id}
        # Claims are asked one by one, and there are few kinds of them.
        verdicts = tuple((each["value"], each.get("reason"), target in evidenced) for target, each in given.items())
        kind = (scheme.label, facets.get("worth"), facets.get("voice") is None, not covering, verdicts)
        done = self.known.get(kind)
        if done is None:
            done = self.known[kind] = self._done(claim, scheme, covering)
        if not done:
            return None
        content = given.get(CONTENT)
        attributions = tuple(sorted(covering, key=_outermost_first))
        return FirstDecision(
            claim,
            Judgement(**facets),
            content["value"] if content is not None else None,
            attributions,
            {made.id: self.sources[made.id] for made in attributions if made.id in self.sources},
            scheme.label,
            at,
            order,
        )

    def _done(self, claim: Claim, scheme: Scheme, covering: Iterable[Attribution]) -> bool:
        """Whether the claim is done, as the screen says it."""
        given = self.verdicts.get(claim.id, {}).items()
        review = ArticleReview(
            self.article,
            self.reviewer,
            scheme,
            judgements={claim.id: Judgement(**self.judgements.get(claim.id, {}))},
            verdicts={(claim.id, to): Verdict(to, **each) for to, each in given if each.get("value") is not None},
            attributions=tuple(covering),
            evidence=tuple(self.evidence.values()),
        )
        return all(review.facet_done(claim, facet) for facet in scheme.passes[self.pass_])

    def covered(self, spans: Iterable[Span]) -> list[str]:
        """The ids of the claims that these spans overlap."""
        found: list[str] = []
        for span in spans:
            first = max(0, bisect_right(self._starts, span.start) - 1)
            around = self.claims[first : bisect_left(self._starts, span.end)]
            found += [claim.id for claim in around if claim.span.overlaps(span)]
        return found

    def judge(self, key: Sequence[str], value: Any) -> Sequence[str]:
        claim_id, facet = key
        self.judgements.setdefault(claim_id, {})[facet] = bool(value) if facet in ("flag", "skipped") else value
        return (claim_id,)

    def give_verdict(self, key: Sequence[str], value: Any) -> Sequence[str]:
        claim_id, target, facet = key
        self.verdicts.setdefault(claim_id, {}).setdefault(target, {})[facet] = value
        return (claim_id,)

    def attribute(self, key: Sequence[str], value: Any) -> Sequence[str]:
        (id_,) = key
        before = self.attributions.pop(id_, None)
        about = self.covered(before.content) if before is not None else []
        if value is not None:
            made = self.attributions[id_] = Attribution.from_payload(id_, value)
            about += self.covered(made.content)
        return about

    def name_source(self, key: Sequence[str], value: Any) -> Sequence[str]:
        (id_,) = key
        if value is None:
            self.sources.pop(id_, None)
        else:
            self.sources[id_] = value
        made = self.attributions.get(id_)
        return self.covered(made.content) if made is not None else ()

    def add_evidence(self, key: Sequence[str], value: Any) -> Sequence[str]:
        (id_,) = key
        before = self.evidence.pop(id_, None)
        about = [before.claim_id] if before is not None else []
        if value is not None:
            piece = self.evidence[id_] = Evidence.from_payload(id_, value)
            about.append(piece.claim_id)
        return about

    def divide(self, key: Sequence[str], value: Any) -> Sequence[str]:
        before = self._by_id
        position = int(key[0])
        if value is None:
            self.boundaries.pop(position, None)
        else:
            self.boundaries[position] = value
        article = self.article
        self.claims = claims_of(article.id, article.text, article.sentences, self.boundaries)
        self._number()
        return [claim.id for claim in self.claims if claim.id not in before]

    def leave(self, _key: Sequence[str], _value: Any) -> Sequence[str]:
        """Refusals and the names of sources complete no claim."""
        return ()


def _outermost_first(made: Attribution) -> tuple[bool, int, str]:
    return made.parent is not None, made.content[0].start, made.id


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
