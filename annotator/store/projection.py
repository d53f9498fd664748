"""The projection: the tables that show the present state, written register by register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.model.attribution import Attribution
from annotator.model.judgement import Evidence
from annotator.model.ledger import Entry, effective, registers
from annotator.model.review import ArticleReview, progress_of
from annotator.model.scheme import PASSES
from annotator.store import sources
from annotator.store.connection import Store
from annotator.store.ledger import entries

Register = tuple[str, ...]

_EMPTY_JUDGEMENT = "coalesce(worth, voice, restatement, note, confidence) is null and flag = 0 and skipped = 0"
_EMPTY_VERDICT = "coalesce(value, reason, confidence, justification) is null"


def apply_registers(store: Store, reviewer: str, article_id: str, values: Iterable[tuple[Register, Any]]) -> None:
    """Write the given registers' values into the projection; None clears."""
    for (table, *key), value in values:
        _WRITERS[table](store, reviewer, article_id, key, value)


def refresh(store: Store, reviewer: str, article_id: str, touched: Iterable[Register]) -> None:
    """Write the registers anew from the reviewer's decisions on the article that hold: after an undo or a redo.

    Those of sources are everybody's, and not settled here.
    """
    found = list(entries(store, "reviewer = ? and article_id = ?", [reviewer, article_id]))
    state = registers(effective(found))
    apply_registers(
        store,
        reviewer,
        article_id,
        [(register, state.get(register)) for register in touched if register[0] != "source"],
    )


def _write_judgement(store: Store, reviewer: str, article_id: str, key: list[str], value: Any) -> None:
    claim_id, facet = key
    if facet in ("flag", "skipped"):
        value = int(bool(value))
    store.connection.execute(
        f"insert into judgement (reviewer, claim_id, article_id, {facet}) values (?, ?, ?, ?) "
        f"on conflict (reviewer, claim_id) do update set {facet} = excluded.{facet}",
        (reviewer, claim_id, article_id, value),
    )
    store.connection.execute(
        f"delete from judgement where reviewer = ? and claim_id = ? and {_EMPTY_JUDGEMENT}",
        (reviewer, claim_id),
    )


def _write_verdict(store: Store, reviewer: str, article_id: str, key: list[str], value: Any) -> None:
    claim_id, target, facet = key
    store.connection.execute(
        f"insert into verdict (reviewer, claim_id, target, article_id, {facet}) values (?, ?, ?, ?, ?) "
        f"on conflict (reviewer, claim_id, target) do update set {facet} = excluded.{facet}",
        (reviewer, claim_id, target, article_id, value),
    )
    store.connection.execute(
        f"delete from verdict where reviewer = ? and claim_id = ? and target = ? and {_EMPTY_VERDICT}",
        (reviewer, claim_id, target),
    )


def _write_attribution(store: Store, reviewer: str, article_id: str, key: list[str], value: Any) -> None:
    (id_,) = key
    # Hers alone: where the id is another reviewer's, the insertion below fails and nothing is changed.
    store.connection.execute(
        "delete from attribution where id = ? and reviewer = ? and article_id = ?", (id_, reviewer, article_id)
    )
    if value is None:
        return
    attribution = Attribution.from_payload(id_, value)
    store.connection.execute(
        "insert into attribution (id, reviewer, article_id, type, form, anonymity, negated, parent) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            id_,
            reviewer,
            article_id,
            attribution.type,
            attribution.form,
            attribution.anonymity,
            attribution.negated,
            attribution.parent,
        ),
    )
    counts: dict[str, int] = {}
    for role, span in attribution.role_spans():
        position = counts.get(role, 0)
        counts[role] = position + 1
        store.connection.execute(
            "insert into attribution_span (attribution_id, role, position, start, end) values (?, ?, ?, ?, ?)",
            (id_, role, position, span.start, span.end),
        )


def _write_evidence(store: Store, reviewer: str, article_id: str, key: list[str], value: Any) -> None:
    (id_,) = key
    store.connection.execute(
        "delete from evidence where id = ? and reviewer = ? and article_id = ?", (id_, reviewer, article_id)
    )
    if value is None:
        return
    fields = Evidence.from_payload(id_, value).as_payload()
    names = ", ".join(fields)
    store.connection.execute(
        f"insert into evidence (id, reviewer, article_id, {names}) values (?, ?, ?{', ?' * len(fields)})",
        (id_, reviewer, article_id, *fields.values()),
    )


def _write_boundary(store: Store, reviewer: str, article_id: str, key: list[str], value: Any) -> None:
    position = int(key[0])
    store.connection.execute(
        "delete from boundary where reviewer = ? and article_id = ? and position = ?",
        (reviewer, article_id, position),
    )
    if value is not None:
        store.connection.execute(
            "insert into boundary (reviewer, article_id, position, kind) values (?, ?, ?, ?)",
            (reviewer, article_id, position, value),
        )


def _write_refusal(store: Store, reviewer: str, article_id: str, key: list[str], value: Any) -> None:
    (suggestion_id,) = key
    store.connection.execute("delete from refusal where reviewer = ? and suggestion_id = ?", (reviewer, suggestion_id))
    if value:
        store.connection.execute(
            "insert into refusal (reviewer, suggestion_id, article_id) values (?, ?, ?)",
            (reviewer, suggestion_id, article_id),
        )


def _write_source(store: Store, _reviewer: str, _article_id: str, key: list[str], value: Any) -> None:
    sources.write_source(store, key[0], value)


def _write_assignment(store: Store, reviewer: str, article_id: str, key: list[str], value: Any) -> None:
    sources.write_assignment(store, reviewer, article_id, key[0], value)


_WRITERS = {
    "judgement": _write_judgement,
    "verdict": _write_verdict,
    "attribution": _write_attribution,
    "evidence": _write_evidence,
    "boundary": _write_boundary,
    "refusal": _write_refusal,
    "source": _write_source,
    "attribution_source": _write_assignment,
}


def write_progress(store: Store, review: ArticleReview) -> None:
    """Bring the counts of one reviewer and article up to date; an untouched article has none."""
    reviewer, article_id = review.reviewer, review.article.id
    touched = bool(review.judgements or review.verdicts or review.attributions or review.evidence or review.boundaries)
    for pass_ in PASSES:
        if not touched:
            store.connection.execute(
                "delete from progress where reviewer = ? and pass = ? and article_id = ?", (reviewer, pass_, article_id)
            )
            continue
        counts = progress_of(review, pass_)
        store.connection.execute(
            "insert or replace into progress (reviewer, article_id, pass, claims, done, skipped, flagged, in_progress, "
            "awaiting) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reviewer,
                article_id,
                pass_,
                counts.claims,
                counts.done,
                counts.skipped,
                counts.flagged,
                counts.in_progress,
                counts.awaiting,
            ),
        )


def add_claims(store: Store, article_id: str, claims: Iterable[tuple[str, int, int]]) -> None:
    """Register claims (id, start, end), which are facts of the text: known ones stay as they are."""
    store.connection.executemany(
        "insert into claim (id, article_id, start, end) values (?, ?, ?, ?) on conflict do nothing",
        [(id_, article_id, start, end) for id_, start, end in claims],
    )


def touched_registers(entry: Entry) -> list[Register]:
    """The registers that a decision assigns."""
    return [change.register for change in entry.changes]
