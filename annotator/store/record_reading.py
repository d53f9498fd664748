"""Claim records as exports read them: an article at a time, of it each reviewer's work, and of that what is decided.

A record says what `ArticleReview` says of the claim. It is made without one of the article, which would look at every
claim of it: of most articles few are decided.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from annotator.model.article import Claim
from annotator.model.attribution import Attribution
from annotator.model.chain import path_to
from annotator.model.instants import written
from annotator.model.judgement import Evidence, Judgement
from annotator.model.late import NamedTuple
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.review import NOT_JUDGED, ArticleReview, State
from annotator.model.source import Registry, SourceEntity
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.store import sources
from annotator.store.claim_work import ClaimWork, GivenVerdict, Judged, WorkReader, read_article
from annotator.store.connection import Store
from annotator.store.decision_times import DecisionReader, Times, decision_times
from annotator.store.soundness.damage import readable

_UNJUDGED = Judged(NOT_JUDGED, None)
_NO_ARTICLE = StoredArticle("", "", (), "", "", (), ())


class Covering(NamedTuple):
    """The attributions whose content overlaps a claim, as `ArticleReview.attributions_of` has them.

    With each its chain, and by their ids the sources.
    """

    attributions: tuple[Attribution, ...]
    chains: tuple[tuple[str, ...], ...]
    sources: Mapping[str, SourceEntity]


_NOBODY = Covering((), (), {})


class RecordReader:
    """Reads the records of articles, one after another; what they have in common is read and made once.

    The sources are those of the registry, or else the project's as they are now. Claims about which nothing has been
    decided are left out unless `untouched`.
    """

    def __init__(self, store: Store, registry: Registry | None = None, *, untouched: bool = False) -> None:
        self._store, self._untouched = store, untouched
        self._work = WorkReader(store, sources.registry(store) if registry is None else registry)
        self._decisions = DecisionReader(store)
        self._states: dict[Hashable, State] = {}
        nothing = ArticleReview(_NO_ARTICLE, "", store.scheme).state(Claim("", Span(0, 1)), "both")
        self._all = untouched or nothing is not State.TO_DO

    def records_of(
        self, article_id: str, reviewers: Iterable[str], shown: Callable[[ArticleRecord], ArticleRecord]
    ) -> Iterator[ClaimRecord]:
        """The records of these reviewers in turn, in text order; all have one and the same article, as it is `shown`.

        Raises NotFoundError and RowDamagedError.
        """
        article = read_article(self._store, article_id)
        record = shown(article.record)
        for reviewer in reviewers:
            with readable(self._store.path, f"article {article_id[:12]}"):
                work = self._work.work(article, reviewer)
            yield from self._records(work, record)

    def _records(self, work: ClaimWork, article: ArticleRecord) -> Iterator[ClaimRecord]:
        places, reviewer = work.places, work.reviewer
        judgements, given, given_evidence = work.judgements, work.verdicts, work.evidence
        starts, ends, kinds, states = places.starts, places.ends, places.kinds, self._states
        times = decision_times(places, self._decisions.holding(reviewer, article.id, work.keys))
        covering = _covering(work) if work.attributions else {}
        undecided = "", "", self._store.scheme.label
        for place in self._places(work, times, covering):
            digest = places.digest(place)
            span = Span(starts[place], ends[place])
            judgement, judged = judgements.get(digest, _UNJUDGED)
            verdicts, evidence = given.get(digest, ()), given_evidence.get(digest, ())
            made, chains, sources_of = covering.get(place, _NOBODY)
            kind = judged, bool(made), _verdict_kinds(verdicts, evidence)
            state = states.get(kind)
            if state is None:
                claim = Claim(article.id, span, kinds[place])
                state = states[kind] = self._state(claim, judgement, verdicts, made, evidence)
            decided = times.get(digest)
            if decided is None and state is State.TO_DO and not self._untouched:
                continue
            first, last, scheme = decided or undecided
            begun = written(first)
            yield ClaimRecord(
                article,
                reviewer,
                digest.hex(),
                place + 1,
                span,
                kinds[place],
                state,
                judgement,
                made,
                chains,
                verdicts[0].alone if len(verdicts) == 1 else tuple([each.verdict for each in verdicts]),
                tuple(evidence),
                begun,
                begun if last == first else written(last),
                scheme,
                sources_of,
            )

    def _places(self, work: ClaimWork, times: Times, covering: Iterable[int]) -> Iterable[int]:
        """Where the claims stand that may have records, in text order."""
        if self._all:
            return range(len(work.places))
        found = work.places.places_of({*work.judgements, *work.verdicts, *times})
        return sorted({*found, *covering})

    def _state(
        self,
        claim: Claim,
        judgement: Judgement,
        verdicts: Iterable[GivenVerdict],
        attributions: Sequence[Attribution],
        evidence: Sequence[Evidence],
    ) -> State:
        review = ArticleReview(
            _NO_ARTICLE,
            "",
            self._store.scheme,
            judgements={claim.id: judgement},
            verdicts={(claim.id, given.verdict.target): given.verdict for given in verdicts},
            attributions=tuple(attributions),
            evidence=tuple(evidence),
        )
        return review.state(claim, "both")


def _verdict_kinds(verdicts: Sequence[GivenVerdict], evidence: Sequence[Evidence]) -> Hashable:
    """What the state of a claim follows from, of these verdicts."""
    if not evidence:
        if len(verdicts) == 1:
            return verdicts[0].bare
        return tuple([given.bare for given in verdicts])
    targets = {each.target for each in evidence}
    return tuple([given.evidenced if given.verdict.target in targets else given.bare for given in verdicts])


def _chains(attributions: Iterable[Attribution]) -> dict[str, tuple[str, ...]]:
    """For each attribution, by its id, those that it is nested in, the outermost first."""
    by_id = {attribution.id: attribution for attribution in attributions}
    return {
        id_: () if made.parent is None else tuple(outer.id for outer in path_to(made, by_id)[:-1])
        for id_, made in by_id.items()
    }


def _covering(work: ClaimWork) -> dict[int, Covering]:
    """What covers each claim that anything covers, by its place."""
    found: dict[int, list[Attribution]] = {}
    for made in sorted(work.attributions, key=lambda made: (made.parent is not None, made.content[0].start)):
        for place in work.places.covered([(span.start, span.end) for span in made.content]):
            found.setdefault(place, []).append(made)
    chains, sources = _chains(work.attributions), work.sources
    return {
        place: Covering(
            tuple(several),
            tuple([chains[made.id] for made in several]),
            {made.id: sources[made.id] for made in several if made.id in sources} if sources else {},
        )
        for place, several in found.items()
    }
