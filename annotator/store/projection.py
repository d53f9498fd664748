"""The projection: the tables that show the present state, written register by register."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT, Evidence
from annotator.model.ledger import Entry, registers
from annotator.model.progress import progress_of
from annotator.model.review import ArticleReview
from annotator.model.scheme import PASSES
from annotator.store import sources
from annotator.store.connection import Store
from annotator.store.ledger import decisions_about
from annotator.store.names import NONE, article_key, key_of, work_keys
from annotator.store.packing import Packed, packed_hash, packed_id

Register = tuple[str, ...]
Work = tuple[int, int]
"""The numbers of an article and of a reviewer."""

_EMPTY_JUDGEMENT = "coalesce(worth, voice, restatement, note, confidence) is null and flag = 0 and skipped = 0"
_EMPTY_VERDICT = "coalesce(value, reason, confidence, justification) is null"
_OWN = "article = ? and reviewer = ?"


def apply_registers(store: Store, reviewer: str, article_id: str, values: Iterable[tuple[Register, Any]]) -> None:
    """Write the given registers' values into the projection; None clears."""
    work = article_key(store.connection, article_id), key_of(store.connection, "reviewer", reviewer)
    for (table, *key), value in values:
        _WRITERS[table](store, work, key, value)


def refresh(store: Store, reviewer: str, article_id: str, touched: Iterable[Register]) -> None:
    """Write the registers anew from the reviewer's decisions on the article that hold: after an undo or a redo.

    Those of sources are everybody's, and not settled here.
    """
    own = [register for register in touched if register[0] != "source"]
    named = {register[1] for register in own}
    state = registers(decisions_about(store, reviewer, article_id, named))
    apply_registers(store, reviewer, article_id, [(register, state.get(register)) for register in own])


def packed_target(target: str) -> Packed | int:
    """What a verdict or evidence is about, as the tables have it: 0 for the claim's content."""
    return 0 if target == CONTENT else packed_id(target)


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
    """Write one attribution of the reviewer's, `key` being its id; None removes it."""
    id_ = packed_id(key[0])
    # Hers alone: where the id is another reviewer's, the insertion below fails and nothing is changed.
    store.connection.execute(f"delete from attribution where {_OWN} and id = ?", (*work, id_))
    if value is None:
        return
    made = Attribution.from_payload(key[0], value)
    spans = [
        [offset for span in made.source for offset in span.as_pair()],
        made.cue.as_pair() if made.cue else None,
        [offset for span in made.content for offset in span.as_pair()],
        *([made.relay.as_pair()] if made.relay else []),
    ]
    store.connection.execute(
        "insert into attribution (article, reviewer, id, type, form, anonymity, negated, parent, spans) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *work,
            id_,
            made.type,
            made.form,
            made.anonymity,
            made.negated,
            None if made.parent is None else packed_id(made.parent),
            json.dumps(spans, separators=(",", ":")),
        ),
    )


def _write_evidence(store: Store, work: Work, key: list[str], value: Any) -> None:
    id_ = packed_id(key[0])
    store.connection.execute(f"delete from evidence where {_OWN} and id = ?", (*work, id_))
    if value is None:
        return
    fields = Evidence.from_payload(key[0], value).as_payload()
    claim, target = packed_hash(fields.pop("claim_id")), packed_target(fields.pop("target"))
    names = ", ".join(fields)
    store.connection.execute(
        f"insert into evidence (article, reviewer, id, claim, target, {names}) "
        f"values (?, ?, ?, ?, ?{', ?' * len(fields)})",
        (*work, id_, claim, target, *fields.values()),
    )


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
_PROGRESS = [f"{pass_}_{count}" for pass_ in PASSES for count in _COUNTED]
_PROGRESS_COLUMNS = ", ".join(("article", "reviewer", "claims", "flagged", *_PROGRESS, "verdicts", "attributions"))


def write_progress(store: Store, review: ArticleReview) -> None:
    """Bring the counts of one reviewer and article up to date; an untouched article has none."""
    work = work_keys(store.connection, review.reviewer, review.article.id)
    if not (review.judgements or review.verdicts or review.attributions or review.evidence or review.boundaries):
        store.connection.execute(f"delete from progress where {_OWN}", work)
        return
    # Whoever has work here has a name here.
    assert NONE not in work
    by_pass = [progress_of(review, pass_) for pass_ in PASSES]
    counts = [getattr(progress, count) for progress in by_pass for count in _COUNTED]
    verdicts: dict[str, int] = {}
    if review.verdicts:
        for claim in review.claims:
            for verdict in review.verdicts_of(claim):
                verdicts[verdict.value] = verdicts.get(verdict.value, 0) + 1
    marks = ", ".join("?" * (6 + len(counts)))
    store.connection.execute(
        f"insert or replace into progress ({_PROGRESS_COLUMNS}) values ({marks})",
        (
            *work,
            by_pass[0].claims,
            by_pass[0].flagged,
            *counts,
            json.dumps(verdicts, ensure_ascii=False, separators=(",", ":")),
            len(review.attributions),
        ),
    )


def touched_registers(entry: Entry) -> list[Register]:
    """The registers that a decision assigns."""
    return [change.register for change in entry.changes]
