"""The rows that no entry of the ledger determines: each has a digest of its own."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.draft_key import DraftKey
from annotator.store.bookmarks import place_digest
from annotator.store.connection import Store
from annotator.store.drafts import draft_digest
from annotator.store.fact_checks.check_index import FIELDS, check_from, is_imported
from annotator.store.fact_checks.checks import is_kept
from annotator.store.soundness.problem import Problem
from annotator.store.suggestions import suggestion_digest

_OWNED = "join article on article.ordinal = article join name on name.key = reviewer"


def of_suggestions(store: Store) -> Iterator[Problem]:
    """What was proposed and is not what was written: as much is read as all suggestions are."""
    for article_id, suggester, current, superseded, digest in store.connection.execute(
        "select article.id, name.text, current, superseded, digest from suggestion "
        "join article on article.ordinal = article join name on name.key = suggester"
    ):
        if suggestion_digest(article_id, suggester, current, superseded) != digest:
            said = f"article {article_id[:12]}: what {suggester} proposed is not what was written"
            yield Problem("suggestion", f"{said}; `annotator suggest` asks anew")


def of_places_and_drafts(store: Store) -> Iterator[Problem]:
    """Where reviewers were and what they had begun to type, where it is not what was written."""
    for article_id, reviewer, claim, at, digest in store.connection.execute(
        f"select article.id, name.text, claim, at, digest from place {_OWNED}"
    ):
        if place_digest(article_id, reviewer, claim, at) != digest:
            yield Problem("place", f"{reviewer}, article {article_id[:12]}: it is not the one that was written")
    for article_id, reviewer, kind, subject, payload, at, digest in store.connection.execute(
        f"select article.id, name.text, draft.kind, subject, payload, at, digest from draft {_OWNED}"
    ):
        if draft_digest(reviewer, DraftKey(article_id, kind, subject), payload, at) != digest:
            yield Problem("draft", f"{reviewer}, article {article_id[:12]}: it is not the one that was written")


NEXT = "lead(ordinal) over (partition by key order by ordinal)"
"""The row that took a fact-check's place: the next one with the same key."""


def of_fact_checks(store: Store) -> Iterator[Problem]:
    """Fact-checks that are not what was imported, and those in whose place there is another than the next one."""
    for ordinal, key, digest, replaced_by, following, collection, *fields in store.connection.execute(
        f"select ordinal, key, digest, replaced_by, {NEXT}, collection, {', '.join(FIELDS)} from fact_check"
    ):
        if replaced_by != following or not is_imported(key, digest, collection, check_from(fields)):
            said = f"fact-check {ordinal}, of {collection}: it is not what was imported"
            yield Problem("fact-check", f"{said}; `annotator checks remove` its file, and import that again")


def of_seen(store: Store) -> Iterator[Problem]:
    """What was seen before of claims and is not what was kept; that of earlier versions has no digest."""
    for article_id, reviewer, made_of, found in store.connection.execute(
        "select article, reviewer, cast(made_of as blob), cast(found as blob) from seen_before "
        "where instr(made_of, char(10)) > 0"
    ):
        if not is_kept(article_id, reviewer, made_of, found):
            said = f"{reviewer}, article {article_id[:12]}: it is not what was found"
            yield Problem("seen before", f"{said}; it is looked up anew when she opens the article")
