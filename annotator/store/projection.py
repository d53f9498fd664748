"""The projection: the tables that show the present state, written register by register."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from annotator.model.attribution import Attribution
from annotator.model.ledger import Entry, registers
from annotator.model.progress import progress_of
from annotator.model.review import ArticleReview
from annotator.model.scheme import PASSES
from annotator.store import sources
from annotator.store.connection import Store
from annotator.store.ledger import decisions_since, decisions_until
from annotator.store.names import NONE, article_key, key_of, work_keys
from annotator.store.packing import packed_hash, packed_id
from annotator.store.work_rows import TABLES, Register, Row, Work, attribution_row, evidence_row, packed_target

_EMPTY_JUDGEMENT = "coalesce(worth, voice, restatement, note, confidence) is null and flag = 0 and skipped = 0"
_EMPTY_VERDICT = "coalesce(value, reason, confidence, justification) is null"
_OWN = "article = ? and reviewer = ?"


def apply_registers(store: Store, reviewer: str, article_id: str, values: Iterable[tuple[Register, Any]]) -> None:
    """Write the given registers' values into the projection; None clears."""
    work = article_key(store.connection, article_id), key_of(store.connection, "reviewer", reviewer)
    for (table, *key), value in values:
        _WRITERS[table](store, work, key, value)


def refresh(store: Store, reviewer: str, article_id: str, taken_back: Entry, *, undone: bool) -> None:
    """Write anew what the decision assigns, by the reviewer's decisions on the article that hold now.

    Undone, it was the last of hers on the article that held: what was decided before it is read only as far as that
    says what is there now. That relies on every decision that an undo passes over being about sources alone, as
    `sources.stuck` says. Redone, it may stand before others that hold. Registers of sources are everybody's, and not
    settled here; nor are those of attributions where a name of hers led to another (`united_work`), as the ids in
    entries may be others then.
    """
    own = list(dict.fromkeys(change.register for change in taken_back.changes if change.table != "source"))
    if not own:
        return
    # Of a verdict that is its claim, which leads to all that assign it.
    named = {register[1] for register in own}
    if undone:
        state = _last_values(own, decisions_until(store, reviewer, article_id, named, taken_back.lamport))
    else:
        state = registers(decisions_since(store, reviewer, article_id, named, taken_back.lamport))
    apply_registers(store, reviewer, article_id, [(register, state.get(register)) for register in own])


def _last_values(wanted: Collection[Register], last_first: Iterable[Entry]) -> dict[Register, Any]:
    """The values of registers by the first of the entries that assign them; no entry is asked for without need."""
    found: dict[Register, Any] = {}
    left = set(wanted)
    for entry in last_first:
        state = registers([entry])
        found |= {register: state[register] for register in left & state.keys()}
        left -= state.keys()
        if not left:
            break
    return found


def write_rows(store: Store, work: Work, rows: Mapping[str, Iterable[Row]]) -> None:
    """Write rows of a reviewer's work on an article where none are."""
    for table, made in rows.items():
        columns = TABLES[table].replace(f"{table}.", "")
        marks = ", ".join("?" * (3 + columns.count(",")))
        store.connection.executemany(
            f"insert into {table} (article, reviewer, {columns}) values ({marks})", [(*work, *row) for row in made]
        )


def _write_judgement(store: Store, work: Work, key: list[str], value: Any) -> None:
    claim_id, facet = key
    if facet in ("flag", "skipped"):
        value = int(bool(value))
    store.connection.execute(
        f"insert into judgement (article, reviewer, claim, {facet}) values (?, ?, ?, ?) "
        f"on conflict (article, reviewer, claim) do update set {facet} = excluded.{facet}",
        (*work, packed_hash(claim_id), value),
    )
    if not value:
        store.connection.execute(
            f"delete from judgement where {_OWN} and claim = ? and {_EMPTY_JUDGEMENT}", (*work, packed_hash(claim_id))
        )


def _write_verdict(store: Store, work: Work, key: list[str], value: Any) -> None:
    claim_id, target, facet = key
    row = (*work, packed_hash(claim_id), packed_target(target))
    store.connection.execute(
        f"insert into verdict (article, reviewer, claim, target, {facet}) values (?, ?, ?, ?, ?) "
        f"on conflict (article, reviewer, claim, target) do update set {facet} = excluded.{facet}",
        (*row, value),
    )
    if value is None:
        store.connection.execute(
            f"delete from verdict where {_OWN} and claim = ? and target = ? and {_EMPTY_VERDICT}", row
        )


def write_attribution(store: Store, work: Work, key: list[str], value: Any) -> None:
    """Write one attribution of the reviewer's, `key` being its id; None removes it.

    Raises DomainError or SpanError for what is not one.
    """
    id_ = packed_id(key[0])
    # Hers alone: where the id is another reviewer's, the insertion below fails and nothing is changed.
    store.connection.execute(f"delete from attribution where {_OWN} and id = ?", (*work, id_))
    if value is None:
        return
    Attribution.from_payload(key[0], value)
    write_rows(store, work, {"attribution": [attribution_row(key[0], value)]})


def _write_evidence(store: Store, work: Work, key: list[str], value: Any) -> None:
    id_ = packed_id(key[0])
    store.connection.execute(f"delete from evidence where {_OWN} and id = ?", (*work, id_))
    if value is None:
        return
    write_rows(store, work, {"evidence": [evidence_row(key[0], value)]})


def _write_boundary(store: Store, work: Work, key: list[str], value: Any) -> None:
    position = int(key[0])
    store.connection.execute(f"delete from boundary where {_OWN} and position = ?", (*work, position))
    if value is not None:
        store.connection.execute(
            "insert into boundary (article, reviewer, position, kind) values (?, ?, ?, ?)", (*work, position, value)
        )


def _write_refusal(store: Store, work: Work, key: list[str], value: Any) -> None:
    suggestion = packed_hash(key[0])
    store.connection.execute(f"delete from refusal where {_OWN} and suggestion = ?", (*work, suggestion))
    if value:
        store.connection.execute(
            "insert into refusal (article, reviewer, suggestion) values (?, ?, ?)", (*work, suggestion)
        )


def _write_source(store: Store, _work: Work, key: list[str], value: Any) -> None:
    sources.write_source(store, key[0], value)


def _write_assignment(store: Store, work: Work, key: list[str], value: Any) -> None:
    sources.write_assignment(store, work, key[0], value)


_WRITERS = {
    "judgement": _write_judgement,
    "verdict": _write_verdict,
    "attribution": write_attribution,
    "evidence": _write_evidence,
    "boundary": _write_boundary,
    "refusal": _write_refusal,
    "source": _write_source,
    "attribution_source": _write_assignment,
}


_COUNTED = ("done", "skipped", "in_progress", "awaiting")
PROGRESS = ", ".join(
    ("claims", "flagged", *(f"{pass_}_{count}" for pass_ in PASSES for count in _COUNTED), "verdicts", "attributions")
)
"""The columns of an article's counts, as SQL over their table."""


def write_progress(store: Store, review: ArticleReview) -> None:
    """Bring the counts of one reviewer and article up to date; an untouched article has none."""
    work = work_keys(store.connection, review.reviewer, review.article.id)
    row = progress_row(review)
    if row is None:
        store.connection.execute(f"delete from progress where {_OWN}", work)
        return
    # Whoever has work here has a name here.
    assert NONE not in work
    marks = ", ".join("?" * (len(work) + len(row)))
    store.connection.execute(
        f"insert or replace into progress (article, reviewer, {PROGRESS}) values ({marks})", (*work, *row)
    )


def progress_row(review: ArticleReview) -> Row | None:
    """The counts of one reviewer and article in the order of PROGRESS; None for an untouched article."""
    if not review.begun:
        return None
    by_pass = [progress_of(review, pass_) for pass_ in PASSES]
    counts = [getattr(progress, count) for progress in by_pass for count in _COUNTED]
    verdicts: dict[str, int] = {}
    judged = {claim_id for claim_id, _ in review.verdicts}
    for claim in review.claims if judged else ():
        for verdict in review.verdicts_of(claim) if claim.id in judged else ():
            verdicts[verdict.value] = verdicts.get(verdict.value, 0) + 1
    return (
        by_pass[0].claims,
        by_pass[0].flagged,
        *counts,
        json.dumps(verdicts, ensure_ascii=False, separators=(",", ":")),
        len(review.attributions),
    )
