"""Records as rows of the export's tables, in the order of their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain as chained
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from annotator.model.attribution import Attribution
from annotator.model.chain import chain
from annotator.model.judgement import CONTENT, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord

STEP, NOBODY = " > ", "?"
_MOST_HELD = 1_000
"""So many records at most are held: an article may have tens of thousands."""

Cell: TypeAlias = str | int | None
TableRows: TypeAlias = tuple[str, list[tuple[Cell, ...]]]
"""A table's name, and rows of it."""


def table_rows(records: Iterable[ClaimRecord], *, with_text: bool = True) -> Iterator[TableRows]:
    """What the records come to, table by table and a few of one article at a time; they come by article.

    Of the tables that are `repeated` a row may come again with another article; no other does. Without text, texts and
    names of sources are null.
    """
    held = _Held(with_text=with_text)
    for record in records:
        if held.is_enough_before(record.article):
            yield from held.taken()
        held.add(record)
    yield from held.taken()


class _Held:
    """The rows that are held; it knows the article that they are of, and what of it has its rows already."""

    def __init__(self, *, with_text: bool) -> None:
        self._with_text = with_text
        self._article = ""
        self._known: defaultdict[str, set[str]] = defaultdict(set)
        self._rows: defaultdict[str, list[tuple[Cell, ...]]] = defaultdict(list)

    def is_enough_before(self, article: ArticleRecord) -> bool:
        """Whether the rows are to be taken before those of the next record, which is of this article."""
        return article.id != self._article or len(self._rows["judgement"]) >= _MOST_HELD

    def taken(self) -> Iterator[TableRows]:
        """The rows, which are held no longer."""
        yield from [(table, rows) for table, rows in self._rows.items() if rows]
        self._rows.clear()

    def add(self, record: ClaimRecord) -> None:
        """Hold everything that the record says and that is not there yet."""
        rows, article, claim, reviewer = self._rows, record.article, record.claim_id, record.reviewer
        if article.id != self._article:
            self._article = article.id
            self._known.clear()
            self._add_article(article)
        if self._is_new("reviewer", reviewer):
            rows["reviewer"].append((reviewer,))
        # Several reviewers have one claim.
        if self._is_new("claim", claim):
            start, end = record.span.start, record.span.end
            text = self._words(article.text[start:end])
            rows["claim"].append((claim, article.id, start, end, record.kind._value_, text))
        self._add_judgement(record)
        if record.attributions:
            self._add_attributions(record)
        for verdict in _ordered(record.verdicts):
            target = None if verdict.target == CONTENT else verdict.target
            said = verdict.value, verdict.reason, verdict.confidence, verdict.justification
            rows["verdict"].append((None, claim, reviewer, target, *said))
        for evidence in record.evidence:
            target = None if evidence.target == CONTENT else evidence.target
            rows["evidence"].append(
                (
                    evidence.id,
                    claim,
                    reviewer,
                    target,
                    evidence.question,
                    evidence.answer,
                    evidence.answer_type,
                    evidence.url,
                    evidence.archived_url,
                    evidence.medium,
                    evidence.publisher,
                    evidence.published_at,
                    evidence.retrieved_at,
                    evidence.passage,
                    evidence.stance,
                )
            )

    def _is_new(self, table: str, id_: str) -> bool:
        """Whether the article has no row of that table with this id yet; then it has one from now on."""
        known = self._known[table]
        if id_ in known:
            return False
        known.add(id_)
        return True

    def _words(self, text: str) -> str | None:
        return text if self._with_text else None

    def _add_article(self, article: ArticleRecord) -> None:
        title = next((publication.title for publication in article.publications if publication.title), "")
        first_line = article.text.lstrip()[:200].partition("\n")[0].strip()
        self._rows["article"].append(
            (
                article.id,
                title or self._words(first_line),
                article.language,
                article.rights,
                article.origin,
                len(article.text),
                self._words(article.text),
            )
        )
        for number, publication in enumerate(article.publications, 1):
            self._rows["publication"].append(
                (
                    article.id,
                    number,
                    publication.title,
                    publication.url,
                    publication.archived_url,
                    publication.publisher,
                    publication.author,
                    publication.published_at,
                )
            )

    def _add_judgement(self, record: ClaimRecord) -> None:
        judgement = record.judgement
        self._rows["judgement"].append(
            (
                record.claim_id,
                record.reviewer,
                record.ordinal,
                record.state._value_,
                judgement.worth,
                judgement.voice or ("attributed" if record.attributions else None),
                judgement.restatement,
                judgement.flag,
                judgement.note,
                judgement.confidence,
                judgement.skipped,
                record.first_decided_at,
                record.last_decided_at,
                record.scheme,
            )
        )

    def _add_attributions(self, record: ClaimRecord) -> None:
        """Those of the record, outermost first, then in text order."""
        pairs = list(zip(record.chains, record.attributions, strict=True))
        if len(pairs) > 1:
            pairs.sort(key=lambda pair: (len(pair[0]), pair[1].content[0].start, pair[1].id))
        for ancestors, made in pairs:
            if self._is_new("attribution", made.id):
                self._add_attribution(record, made, ancestors)
            self._rows["claim_attribution"].append((record.claim_id, made.id))

    def _add_attribution(self, record: ClaimRecord, made: Attribution, ancestors: Sequence[str]) -> None:
        article, text, source = record.article, record.article.text, record.sources.get(made.id)
        if source is not None and self._is_new("source", source.id):
            self._rows["source"].append((source.id, self._words(source.name), source.kind._value_))
        publisher = article.publications[0].publisher if article.publications else ""
        by_id = {each.id: each for each in record.attributions} if ancestors else {}
        steps = chain(text, publisher, chained([by_id[id_] for id_ in ancestors], [made]))
        self._rows["attribution"].append(
            (
                made.id,
                article.id,
                record.reviewer,
                made.type._value_,
                made.form._value_,
                made.anonymity._value_,
                made.negated,
                made.parent,
                len(ancestors),
                source.id if source else None,
                self._words(STEP.join([NOBODY if step is None else step for step in steps])),
            )
        )
        self._add_spans(made, text)

    def _add_spans(self, made: Attribution, text: str) -> None:
        rows = self._rows["attribution_span"]
        for role, of_role in groupby(made.role_spans(), key=itemgetter(0)):
            for number, (_, span) in enumerate(of_role, 1):
                start, end = span.start, span.end
                rows.append((made.id, role._value_, number, start, end, self._words(text[start:end])))


def _ordered(verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """The verdict on the content first, then those on attributions."""
    if len(verdicts) < 2:
        return verdicts
    return sorted(verdicts, key=lambda verdict: (verdict.target != CONTENT, verdict.target))
