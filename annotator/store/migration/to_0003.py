"""The third migration: every row of the second schema, in the third one's form."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.model.article import BlockKind, Sentence
from annotator.model.language.shingles import bands, shingles
from annotator.model.span import Span
from annotator.model.stored_article import claims_of
from annotator.store.article_rows import beginning_of
from annotator.store.digests import row_digest
from annotator.store.migration import to_0003_rows as rows
from annotator.store.migration.updating import ARTICLE, ENTRY, SUGGESTED, Pace
from annotator.store.packing import packed_hash, packed_id, packed_time
from annotator.store.proposal_rows import Proposal
from annotator.store.text_index import indexed

_BEFORE = (
    *("draft", "place", "progress", "evidence", "verdict", "attribution_source", "attribution_span", "attribution"),
    *("judgement", "refusal", "boundary", "source_alias", "source_entity", "source_use", "near_band", "same_text"),
    *("ledger", "suggestion", "claim", "sentence", "block", "publication", "article"),
)
"""The tables of the second schema, in an order in which they can be dropped."""
_RENEWED = (
    *("ledger_order", "ledger_by_article", "ledger_by_reviewer", "ledger_by_undoes", "source_use_by_entry"),
    "place_by_time",
)
"""The indexes whose names the third schema has too."""
_NEAR_FROM = "near_from"
"""The key in the table meta of the second schema: up to this ordinal, articles may be without fingerprints."""
_AT_ONCE = 100
_WHOSE = "reviewer, article_id"
_PASSES = ("triage", "verify", "both")


def migrate(connection: sqlite3.Connection, statements: Iterable[str], pace: Pace) -> None:
    """Make the tables of the third schema, fill them from those of the second, and drop these.

    In the caller's transaction, with foreign keys off.
    """
    for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger {name}")
    for name in _RENEWED:
        connection.execute(f"drop index {name}")
    # References to the old tables must not follow their new names: the old tables are dropped with them.
    connection.execute("pragma legacy_alter_table = on")
    for table in _BEFORE:
        connection.execute(f"alter table {table} rename to old_{table}")
    connection.execute("pragma legacy_alter_table = off")
    for statement in statements:
        connection.execute(statement)
    _fill(connection, pace)
    connection.execute("delete from meta where key = ?", (_NEAR_FROM,))
    for table in _BEFORE:
        connection.execute(f"drop table old_{table}")


def _fill(connection: sqlite3.Connection, pace: Pace) -> None:
    _articles(connection, pace)
    _ledger(connection, pace)
    _suggestions(connection, pace)
    _sources(connection)
    _work(connection)
    _bookmarks(connection)
    _progress(connection)


def _progress(connection: sqlite3.Connection) -> None:
    """The counts as they are, a row for all passes, with those of verdicts and attributions beside them.

    Today's reading of a review is not asked: it reads what later migrations make.
    """
    execute = connection.execute
    pairs = {own: (reviewer, article_id) for own, (reviewer, article_id) in _rows(connection, _WHOSE, "progress")}
    for own, mine in pairs.items():
        found = {
            pass_: counts
            for pass_, *counts in execute(
                "select pass, done, skipped, in_progress, awaiting from old_progress "
                "where reviewer = ? and article_id = ?",
                mine,
            )
        }
        claims, flagged = execute(
            "select max(claims), max(flagged) from old_progress where reviewer = ? and article_id = ?", mine
        ).fetchone()
        (attributions,) = execute(
            "select count(*) from old_attribution where reviewer = ? and article_id = ?", mine
        ).fetchone()
        counts = [number for pass_ in _PASSES for number in found[pass_]]
        _write(connection, "progress", (*own, claims, flagged, *counts, _verdicts(connection, *mine), attributions))


def _verdicts(connection: sqlite3.Connection, reviewer: str, article_id: str) -> str:
    """How often each verdict stands on a claim that the reviewer's segmentation has, as JSON."""
    execute = connection.execute
    by_claim: dict[str, list[str]] = {}
    for claim_id, value in execute(
        "select claim_id, value from old_verdict where reviewer = ? and article_id = ? and value is not null "
        "order by target <> 'content', target",
        (reviewer, article_id),
    ):
        by_claim.setdefault(claim_id, []).append(value)
    if not by_claim:
        return "{}"
    (text,) = execute("select text from old_article where id = ?", (article_id,)).fetchone()
    spans = execute("select start, end from old_sentence where article_id = ? order by ordinal", (article_id,))
    sentences = [Sentence(Span(start, end), BlockKind.BODY) for start, end in spans]
    boundaries = execute(
        "select position, kind from old_boundary where reviewer = ? and article_id = ?", (reviewer, article_id)
    )
    counts: dict[str, int] = {}
    for claim in claims_of(article_id, text, sentences, dict(boundaries.fetchall())):
        for value in by_claim.get(claim.id, ()):
            counts[value] = counts.get(value, 0) + 1
    return json.dumps(counts, ensure_ascii=False, separators=(",", ":"))


def _articles(connection: sqlite3.Connection, pace: Pace) -> None:
    row = connection.execute("select value from meta where key = ?", (_NEAR_FROM,)).fetchone()
    behind = int(row[0]) if row else 0
    to_index: list[tuple[int, str]] = []
    old = connection.execute("select ordinal, text, added_at, purged_at from old_article order by ordinal")
    for ordinal, text, added_at, purged_at in pace.over(old, ARTICLE):
        connection.execute(
            "insert into article select ordinal, id, length, sentences, ?, language, rights, origin, splitter, ?, "
            "hidden, ? from old_article where ordinal = ?",
            (
                "" if text is None else beginning_of(text),
                packed_time(added_at),
                None if purged_at is None else packed_time(purged_at),
                ordinal,
            ),
        )
        if text is not None:
            connection.execute("insert into article_text (article, text) values (?, ?)", (ordinal, text))
            to_index.append((ordinal, indexed(text)))
            if ordinal <= behind:
                rows.write_bands(connection, ordinal, bands(shingles(text)))
        if len(to_index) == _AT_ONCE:
            rows.write_texts(connection, to_index)
            to_index.clear()
    rows.write_texts(connection, to_index)
    connection.execute("insert or ignore into near_band (band, article) select band, article from old_near_band")
    connection.execute(
        "insert into same_text select text_id, ordinal from old_same_text join article on article.id = article_id"
    )
    connection.execute(
        "insert into publication select old_publication.id, ordinal, title, url, archived_url, publisher, author, "
        "published_at from old_publication join article on article.id = article_id order by old_publication.id"
    )


def _ledger(connection: sqlite3.Connection, pace: Pace) -> None:
    old = connection.execute(f"select {rows.ENTRY} from old_ledger order by rowid")
    for *values, erased in pace.over(old, ENTRY):
        rows.write_entry(connection, rows.entry_of(values), erased=bool(erased))


def _suggestions(connection: sqlite3.Connection, pace: Pace) -> None:
    articles = connection.execute("select distinct article_id from old_suggestion")
    for (article_id,) in pace.over(articles, SUGGESTED):
        old = connection.execute(
            f"select {rows.SUGGESTION} from old_suggestion where article_id = ? order by ordinal", (article_id,)
        )
        found: dict[str, list[Proposal]] = {}
        for proposal in map(rows.proposal_of, old):
            found.setdefault(proposal.suggester, []).append(proposal)
        for suggester, proposals in found.items():
            rows.write_proposals(connection, article_id, suggester, proposals)


def _sources(connection: sqlite3.Connection) -> None:
    connection.executemany(
        "insert into source_use (source, use, entry) values (?, ?, ?)",
        [
            (packed_id(source_id), rows.USES.index(use), rows.entry_key(connection, entry_id))
            for source_id, use, entry_id in connection.execute("select source_id, use, entry_id from old_source_use")
        ],
    )
    aliases: dict[str, list[str]] = {}
    for id_, alias in connection.execute("select source_id, alias from old_source_alias order by source_id, position"):
        aliases.setdefault(id_, []).append(alias)
    for id_, name, kind, merged_into, article_id in connection.execute(
        "select id, name, kind, merged_into, article_id from old_source_entity"
    ).fetchall():
        value = {"name": name, "kind": kind, "merged_into": merged_into, "article_id": article_id}
        rows.write_source(connection, id_, {**value, "aliases": aliases.get(id_, [])})


def _rows(connection: sqlite3.Connection, columns: str, table: str) -> Iterator[tuple[tuple[int, int], list[Any]]]:
    """The numbers of article and reviewer of each row of an old table, and the values of these columns."""
    keys: dict[str, int] = {}
    old = connection.execute(
        f"select ordinal, reviewer, {columns} from old_{table} join article on article.id = article_id"
    )
    for ordinal, reviewer, *values in old.fetchall():
        if reviewer not in keys:
            keys[reviewer] = rows.key_of(connection, "reviewer", reviewer)
        yield (ordinal, keys[reviewer]), values


def _write(connection: sqlite3.Connection, table: str, row: Sequence[Any]) -> None:
    connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)


def _work(connection: sqlite3.Connection) -> None:
    for own, row in _rows(connection, "position, kind", "boundary"):
        _write(connection, "boundary", (*own, *row))
    for own, (id_,) in _rows(connection, "suggestion_id", "refusal"):
        _write(connection, "refusal", (*own, packed_hash(id_)))
    facets = "claim_id, worth, voice, restatement, flag, note, confidence, skipped"
    for own, (claim, *row) in _rows(connection, facets, "judgement"):
        _write(connection, "judgement", (*own, packed_hash(claim), *row))
    facets = "claim_id, target, value, reason, confidence, justification"
    for own, (claim, about, *row) in _rows(connection, facets, "verdict"):
        _write(connection, "verdict", (*own, packed_hash(claim), rows.packed_target(about), *row))
    facets = (
        "old_evidence.id, claim_id, target, question, answer, answer_type, url, archived_url, medium, publisher, "
        "published_at, retrieved_at, passage, stance"
    )
    for own, (id_, claim, about, *row) in _rows(connection, facets, "evidence"):
        _write(connection, "evidence", (*own, packed_id(id_), packed_hash(claim), rows.packed_target(about), *row))
    _attributions(connection)
    for own, (attribution, source) in _rows(connection, "attribution_id, source_id", "attribution_source"):
        _write(connection, "attribution_source", (*own, packed_id(attribution), packed_id(source)))


def _attributions(connection: sqlite3.Connection) -> None:
    spans: dict[str, dict[str, list[list[int]]]] = {}
    for id_, role, start, end in connection.execute(
        "select attribution_id, role, start, end from old_attribution_span order by attribution_id, role, position"
    ):
        spans.setdefault(id_, {}).setdefault(role, []).append([start, end])
    columns = "old_attribution.id, type, form, anonymity, negated, parent"
    for own, (id_, type_, form, anonymity, negated, parent) in _rows(connection, columns, "attribution"):
        marked = spans.get(id_, {})
        value = {
            "source": marked.get("source", []),
            "cue": marked["cue"][0] if "cue" in marked else None,
            "content": marked.get("content", []),
            "relay": marked["relay"][0] if "relay" in marked else None,
            "type": type_,
            "form": form,
            "anonymity": anonymity,
            "negated": negated,
            "parent": parent,
        }
        rows.write_attribution(connection, own, id_, value)


def _bookmarks(connection: sqlite3.Connection) -> None:
    ids = dict(connection.execute("select ordinal, id from article").fetchall())
    for own, (claim_id, at) in _rows(connection, "claim_id, at", "place"):
        claim, when = None if claim_id is None else packed_hash(claim_id), packed_time(at)
        reviewer = _reviewer(connection, own[1])
        digest = row_digest("place", ids[own[0]], reviewer, claim, when)
        _write(connection, "place", (*own, claim, when, digest))
    for own, (kind, subject, payload, at) in _rows(connection, "kind, subject, payload, at", "draft"):
        when = packed_time(at)
        reviewer = _reviewer(connection, own[1])
        digest = row_digest("draft", reviewer, ids[own[0]], kind, subject, payload, when)
        _write(connection, "draft", (*own, kind, subject, payload, when, digest))


def _reviewer(connection: sqlite3.Connection, key: int) -> str:
    return str(connection.execute("select text from name where key = ?", (key,)).fetchone()[0])
