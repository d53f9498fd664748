"""Records into flat, documented SQLite tables for Datasette and SQL, without the ledger.

The tables and views are those of `sqlite_export.tables`; the table `documentation` says in the file what each column
means. Primary and foreign keys hold, full text search is FTS5 over articles, claims and evidence. It is not a database
that this program works in.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import chain as chained
from pathlib import Path
from typing import TypeAlias

from annotator.model.attribution import Attribution, Role
from annotator.model.chain import chain
from annotator.model.judgement import CONTENT
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.scheme import Scheme
from annotator.store.connection import translated
from annotator.store.sqlite_export.searching import searchable
from annotator.store.sqlite_export.tables import documentation, schema, search

STEP, NOBODY = " > ", "?"
_CACHE_KIB = 8_000
_MOST_HELD = 1_000
"""So many records at most are held: an article may have tens of thousands."""
LOST_TARGETS = "verdicts and evidence on attributions that are not exported"

_Cell: TypeAlias = str | int | None


def write_sqlite_export(records: Iterable[ClaimRecord], path: Path, scheme: Scheme, *, with_text: bool = True) -> int:
    """Write the records to a new file at `path`, the same bytes for the same records; some of one article are held.

    Without text, texts and names of sources are null and there is no full text search. Returns how many verdicts and
    pieces of evidence were left out because the attribution that they are about is in no record. Raises StoreError.
    """
    with translated(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # Nobody else has the file, and half a one is thrown away.
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        # Ids stand anywhere in the order of their tables, so pages are asked for again and again.
        connection.execute(f"pragma cache_size = -{_CACHE_KIB}")
        connection.execute("begin")
        for statement in schema():
            connection.execute(statement)
        _insert_all(connection, "documentation", documentation())
        _insert_all(connection, "value", _values(scheme))
        file = _File(connection, with_text=with_text)
        for record in records:
            file.add(record)
        file.flush()
        lost = _drop_dangling(connection)
        if with_text:
            connection.create_function("searchable", 1, searchable, deterministic=True)
            for statement in search():
                connection.execute(statement)
        connection.execute("commit")
        return lost


def _values(scheme: Scheme) -> Iterable[Sequence[_Cell]]:
    for facet, values in (("worth", scheme.worth), ("voice", scheme.voice), ("verdict", scheme.verdict)):
        for value in values:
            yield facet, value.id, value.name, value.definition


def _insert_all(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[_Cell]]) -> None:
    held = list(rows)
    if held:
        # What several records share (an article, a source) comes with each of them.
        marks = ", ".join("?" * len(held[0]))
        connection.executemany(f"insert into {table} values ({marks}) on conflict do nothing", held)


def _drop_dangling(connection: sqlite3.Connection) -> int:
    """Take out what is about an attribution that no record has."""
    found = 0
    for table in ("verdict", "evidence"):
        found += connection.execute(
            f"delete from {table} where attribution_id is not null "
            "and attribution_id not in (select id from attribution)"
        ).rowcount
    return found


class _File:
    """The file that is being filled; it knows the article it has written last, and which attributions of it."""

    def __init__(self, connection: sqlite3.Connection, *, with_text: bool) -> None:
        self._connection = connection
        self._with_text = with_text
        self._article = ""
        self._attributions: set[str] = set()
        self._rows: defaultdict[str, list[Sequence[_Cell]]] = defaultdict(list)

    def flush(self) -> None:
        """Write the rows that are held, those of each table in their order."""
        for table, rows in self._rows.items():
            _insert_all(self._connection, table, rows)
        self._rows.clear()

    def add(self, record: ClaimRecord) -> None:
        """Write everything that the record says and that is not there yet."""
        self._begin(record.article)
        self._put("reviewer", record.reviewer)
        self._put(
            "claim",
            record.claim_id,
            record.article.id,
            record.span.start,
            record.span.end,
            record.kind.value,
            self._words(record.text),
        )
        self._add_judgement(record)
        depths = sorted(zip(record.chains, record.attributions, strict=True), key=lambda pair: _place(*pair))
        by_id = {made.id: made for made in record.attributions}
        for ancestors, made in depths:
            if made.id not in self._attributions:
                self._add_attribution(record, made, [by_id[id_] for id_ in ancestors])
                self._attributions.add(made.id)
            self._put("claim_attribution", record.claim_id, made.id)
        for verdict in sorted(record.verdicts, key=lambda verdict: (verdict.target != CONTENT, verdict.target)):
            target = None if verdict.target == CONTENT else verdict.target
            self._put(
                "verdict",
                None,
                record.claim_id,
                record.reviewer,
                target,
                verdict.value,
                verdict.reason,
                verdict.confidence,
                verdict.justification,
            )
        for evidence in record.evidence:
            target = None if evidence.target == CONTENT else evidence.target
            self._put(
                "evidence",
                evidence.id,
                record.claim_id,
                record.reviewer,
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

    def _begin(self, article: ArticleRecord) -> None:
        """What comes next is of this article: what is held of another, or is much, is written."""
        another = article.id != self._article
        if another or len(self._rows["claim"]) >= _MOST_HELD:
            self.flush()
        if another:
            self._add_article(article)
            self._article = article.id
            self._attributions.clear()

    def _put(self, table: str, *cells: _Cell) -> None:
        self._rows[table].append(cells)

    def _words(self, text: str) -> str | None:
        return text if self._with_text else None

    def _add_article(self, article: ArticleRecord) -> None:
        title = next((publication.title for publication in article.publications if publication.title), "")
        first_line = article.text.lstrip()[:200].partition("\n")[0].strip()
        self._put(
            "article",
            article.id,
            title or self._words(first_line),
            article.language,
            article.rights,
            article.origin,
            len(article.text),
            self._words(article.text),
        )
        for number, publication in enumerate(article.publications, 1):
            self._put(
                "publication",
                article.id,
                number,
                publication.title,
                publication.url,
                publication.archived_url,
                publication.publisher,
                publication.author,
                publication.published_at,
            )

    def _add_judgement(self, record: ClaimRecord) -> None:
        judgement = record.judgement
        self._put(
            "judgement",
            record.claim_id,
            record.reviewer,
            record.ordinal,
            record.state.value,
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

    def _add_attribution(self, record: ClaimRecord, made: Attribution, path: Sequence[Attribution]) -> None:
        article, source = record.article, record.sources.get(made.id)
        if source is not None:
            self._put("source", source.id, self._words(source.name), source.kind.value)
        publisher = article.publications[0].publisher if article.publications else ""
        steps = chain(article.text, publisher, chained(path, [made]))
        self._put(
            "attribution",
            made.id,
            article.id,
            record.reviewer,
            *made.facets().values(),
            made.parent,
            len(path),
            source.id if source else None,
            self._words(STEP.join(NOBODY if step is None else step for step in steps)),
        )
        numbers = dict.fromkeys(Role, 0)
        for role, span in made.role_spans():
            numbers[role] += 1
            self._put(
                "attribution_span",
                made.id,
                role.value,
                numbers[role],
                span.start,
                span.end,
                self._words(span.slice(article.text)),
            )


def _place(ancestors: Sequence[str], made: Attribution) -> tuple[int, int, str]:
    """Outermost first, then in text order."""
    return len(ancestors), made.content[0].start, made.id
