"""What one reviewer has decided of one article, by its claims: as it is stored, read for records of many articles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.model.article import Block, BlockKind, headline_of, titled
from annotator.model.attribution import Attribution
from annotator.model.claim_places import ClaimPlaces, Place, undivided
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.late import NamedTuple
from annotator.model.record import ArticleRecord
from annotator.model.review import judged_kind, verdict_kind
from annotator.model.source import Registry, SourceEntity
from annotator.model.span import Span
from annotator.model.stored_article import claims_of
from annotator.store.connection import Store
from annotator.store.names import NONE, all_names
from annotator.store.packing import Packed, unpacked_id
from annotator.store.parts import segmentation_of, stored_import, stored_text
from annotator.store.payloads import lengthened, stored_parts
from annotator.store.publications import publications_with
from annotator.store.soundness.damage import readable_article
from annotator.store.work_rows import Row, Work, attribution_of, evidence_of, stored_rows, target_of

_MOST_KNOWN = 1_000
"""So many different judgements and verdicts at most are kept: most say one of few things."""


class Judged(NamedTuple):
    """A judgement, and what the state of its claim follows from."""

    judgement: Judgement
    kind: Hashable


class GivenVerdict(NamedTuple):
    """A verdict, and what the state of its claim follows from: without evidence for it, and with some.

    `alone` are all verdicts of a claim that has no other.
    """

    verdict: Verdict
    bare: Hashable
    evidenced: Hashable
    alone: tuple[Verdict]


class ReadArticle(NamedTuple):
    """An article as all its records have it, with its number and the payload of its import as it is stored.

    `places` are the claims of who has neither cut nor joined any sentence.
    """

    key: int
    record: ArticleRecord
    imported: str
    places: ClaimPlaces


class ClaimWork(NamedTuple):
    """What one reviewer has of one article, by the ids of claims as they are stored; the sources by attribution."""

    reviewer: str
    keys: Work
    places: ClaimPlaces
    judgements: Mapping[Packed, Judged]
    verdicts: Mapping[Packed, Sequence[GivenVerdict]]
    attributions: Sequence[Attribution]
    evidence: Mapping[Packed, Sequence[Evidence]]
    sources: Mapping[str, SourceEntity]


@readable_article
def read_article(store: Store, article_id: str) -> ReadArticle:
    """The article; raises NotFoundError, and RowDamagedError where something of it cannot be read."""
    key, text, language, rights, origin = stored_text(store, article_id)
    imported = stored_import(store, article_id, key)
    blocks, sentences = stored_parts(imported)
    places = ClaimPlaces(article_id, undivided(text, _in_blocks(sentences, blocks)))
    publications = titled(publications_with(store, key), _headline(text, blocks))
    return ReadArticle(key, ArticleRecord(article_id, text, publications, language, rights, origin), imported, places)


def _headline(text: str, blocks: Sequence[Sequence[Any]]) -> str:
    """What the text's first block says, where that is a headline."""
    return headline_of(text, [Block(Span(start, end), BlockKind(kind)) for start, end, kind in blocks[:1]])


_KINDS: Mapping[str, BlockKind] = {each.value: each for each in BlockKind}


def _in_blocks(sentences: Sequence[Sequence[int]], blocks: Sequence[Sequence[Any]]) -> Iterator[Place]:
    """Where the sentences stand, each with the kind of its block; raises what is UNREADABLE for what has none."""
    reaching = iter(blocks)
    reached, kind = -1, BlockKind.BODY
    for start, end in sentences:
        if not 0 <= start < end:
            raise ValueError("a sentence ends behind its beginning")
        while reached <= start:
            try:
                _, reached, named = next(reaching)
            except StopIteration:
                raise LookupError("a sentence is in no block") from None
            kind = _KINDS[named]
        yield start, end, kind


class WorkReader:
    """Reads the work on many articles, of which much says the same; sources are those of the registry."""

    def __init__(self, store: Store, registry: Registry) -> None:
        self._store = store
        self._reviewers = {name: key for key, name in all_names(store.connection, "reviewer").items()}
        self._resolved = _Resolved(registry)
        self._judged: dict[Row, Judged] = {}
        self._given: dict[Row, GivenVerdict] = {}

    def work(self, article: ReadArticle, reviewer: str) -> ClaimWork:
        """What the reviewer has of the article; raises what is UNREADABLE where that does not hold what we write."""
        keys = article.key, self._reviewers.get(reviewer, NONE)
        rows = {table: stored_rows(self._store, keys, table) for table in _READ}
        boundaries: dict[int, str] = dict(rows["boundary"])
        return ClaimWork(
            reviewer,
            keys,
            _divided(article, boundaries) if boundaries else article.places,
            {row[0]: self._judgement(row[1:]) for row in rows["judgement"]},
            self._verdicts(rows["verdict"]),
            # In the order of the ids as they are outside, which is not that of the packed ones.
            sorted(map(attribution_of, rows["attribution"]), key=lambda made: made.id),
            _by_claim(rows["evidence"]) if rows["evidence"] else {},
            self._sources(rows["attribution_source"]),
        )

    def _judgement(self, row: Row) -> Judged:
        known = self._judged.get(row)
        if known is None:
            _make_room(self._judged)
            worth, voice, restatement, flag, note, confidence, skipped = row
            made = Judgement(worth, voice, restatement, bool(flag), note, confidence, bool(skipped))
            known = self._judged[row] = Judged(made, judged_kind(made))
        return known

    def _verdicts(self, rows: Iterable[Row]) -> dict[Packed, list[GivenVerdict]]:
        found: dict[Packed, list[GivenVerdict]] = {}
        for row in rows:
            if row[2] is not None:
                found.setdefault(row[0], []).append(self._verdict(row[1:]))
        for several in found.values():
            if len(several) > 1:
                several.sort(key=lambda given: (given.verdict.target != CONTENT, given.verdict.target))
        return found

    def _verdict(self, row: Row) -> GivenVerdict:
        known = self._given.get(row)
        if known is None:
            _make_room(self._given)
            made = Verdict(target_of(row[0]), *row[1:])
            kinds = verdict_kind(made, evidenced=False), verdict_kind(made, evidenced=True)
            known = self._given[row] = GivenVerdict(made, *kinds, (made,))
        return known

    def _sources(self, rows: Iterable[Row]) -> dict[str, SourceEntity]:
        """The sources of attributions, by their ids, after all merging."""
        found = {attribution: self._resolved[source_id] for attribution, source_id in rows}
        return {unpacked_id(attribution): source for attribution, source in found.items() if source is not None}


class _Resolved(dict[Packed, SourceEntity | None]):
    """The sources that stand for those with these ids, after all merging."""

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._registry = registry

    def __missing__(self, source_id: Packed) -> SourceEntity | None:
        source = self[source_id] = self._registry.resolve(unpacked_id(source_id))
        return source


_READ = ("boundary", "judgement", "verdict", "attribution", "attribution_source", "evidence")


def _make_room(known: dict[Row, Any]) -> None:
    if len(known) >= _MOST_KNOWN:
        known.clear()


def _divided(article: ReadArticle, boundaries: Mapping[int, str]) -> ClaimPlaces:
    """The claims of who has cut and joined sentences at these boundaries."""
    record = article.record
    sentences = segmentation_of(lengthened(article.imported)).sentences
    claims = claims_of(record.id, record.text, sentences, boundaries)
    return ClaimPlaces(record.id, [(claim.span.start, claim.span.end, claim.kind) for claim in claims])


def _by_claim(rows: Iterable[Row]) -> dict[Packed, list[Evidence]]:
    """The evidence in the order of its ids as they are outside, by the claims' as they are stored."""
    found: dict[Packed, list[Evidence]] = {}
    for claim, evidence in sorted(((row[1], evidence_of(row)) for row in rows), key=lambda each: each[1].id):
        found.setdefault(claim, []).append(evidence)
    return found
