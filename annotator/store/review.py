"""One reviewer's work on one article: loading it, and the transactions that change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import Change, Entry, changes_payload
from annotator.model.review import ArticleReview
from annotator.model.stored_article import StoredArticle, alike_suggestions, claims_of
from annotator.store import (
    aliases,
    bookmarks,
    drafts,
    ledger,
    parts,
    project,
    projection,
    questions,
    schemes,
    sources,
    suggestions,
    undoing,
    united_work,
    worths,
)
from annotator.store.connection import Store, translated
from annotator.store.fact_checks import check_state
from annotator.store.held import check_held
from annotator.store.names import remembering, work_keys
from annotator.store.publications import publications_of
from annotator.store.soundness.damage import readable_article
from annotator.store.undoing import Trail
from annotator.store.work_rows import stored_rows, work_of


@readable_article
def load_article(store: Store, article_id: str, *, suggested: bool = True) -> StoredArticle:
    """The article with its blocks, sentences and, if they are wanted, current suggestions.

    Raises NotFoundError, and RowDamagedError where something of it cannot be read.
    """
    with translated(store.path):
        key, text, language, _, origin = parts.stored_text(store, article_id)
        made = parts.segmentation_of(parts.import_of(store, article_id, key))
        worths, attributions = suggestions.current_suggestions(store, article_id) if suggested else ((), ())
        return StoredArticle(
            id=article_id,
            text=text,
            publications=tuple(publications_of(store, article_id)),
            language=language,
            origin=origin,
            blocks=made.blocks,
            sentences=made.sentences,
            worths=worths,
            attributions=attributions,
            # Only who is shown suggestions asks whether anybody has looked for some.
            searched=not suggested or bool(attributions) or _rules_apply(language, text),
        )


def _rules_apply(language: str, text: str) -> bool:
    # Deferred: what has suggestions needs no guess of its language.
    from annotator.model.language.languages import rules_apply

    return rules_apply(language, text)


@readable_article
def load_review(
    store: Store, article: StoredArticle, reviewer: str, before: ArticleReview | None = None
) -> ArticleReview:
    """The reviewer's present work on the article, and nobody else's; raises RowDamagedError.

    What it has in common with the review `before` is not worked out again.
    """

    def alike() -> Mapping[str, frozenset[str]]:
        return before.alike if before is not None and before.article is article else alike_suggestions(article)

    with translated(store.path):
        mine = work_keys(store.connection, reviewer, article.id)
        after = ArticleReview(
            article=article,
            reviewer=reviewer,
            scheme=store.scheme,
            refused=suggestions.refused_suggestions(store, article, reviewer, alike),
            **work_of(lambda table: stored_rows(store, mine, table)),
            assigned=project.assigned_claims(store, reviewer, article.id),
            questions=questions.of_article(store, reviewer, article.id),
        )
        return after if before is None else after.following(before)


def load_claims(store: Store, article: StoredArticle, reviewer: str) -> tuple[Claim, ...]:
    """The claims of a reviewer's own segmentation; the sentences of one who has no work here ("" is one)."""
    with translated(store.path):
        mine = work_keys(store.connection, reviewer, article.id)
        boundaries: dict[int, str] = dict(stored_rows(store, mine, "boundary"))
    return claims_of(article.id, article.text, article.sentences, boundaries)


def decide(
    store: Store,
    review: ArticleReview,
    session: str,
    action: str,
    claim: Claim | None,
    changes: Sequence[Change],
    *,
    suggestions: Sequence[str] = (),
    new_claims: Iterable[Claim] = (),
    more: Mapping[str, Any] | None = None,
    revision: int | None = None,
    draft: DraftKey | None = None,
    before_commit: Callable[[ArticleReview], None] | None = None,
) -> tuple[Entry, ArticleReview]:
    """Store one decision: one transaction with one ledger entry and the projection's update.

    `new_claims` are the claims that a change of the segmentation makes; `more` goes into the payload.
    `revision` is that of the sources that the changes were planned on: refused where somebody changed them since.
    `draft` is what this was typed or marked in: it is forgotten in the same transaction. `before_commit` is given the
    review as it will be. Returns the entry and the review as it is then.
    """
    made = [(claim.id, claim.span.start, claim.span.end) for claim in new_claims]
    article_id = review.article.id
    with store.transaction(), remembering(store.connection):
        check_held(store, article_id)
        schemes.check_current(store)
        sources.check_revision(store, revision)
        entry = ledger.append(
            store,
            "decision",
            action,
            changes_payload(changes, **({"claims": made} if made else {}), **(more or {})),
            reviewer=review.reviewer,
            session=session,
            article_id=article_id,
            claim_id=claim.id if claim else None,
            suggestions=suggestions,
            others_visible=_others_visible(store, review.reviewer, article_id, claim.id if claim else None),
        )
        united_work.write_decided(store, review, entry)
        sources.check_sound(store, sources.note_uses(store, entry, entry))
        drafts.forget_draft(store, review.reviewer, draft)
        after = _finish(store, review.article, review.reviewer, entry, review)
        if before_commit is not None:
            before_commit(after)
    return entry, after


def _others_visible(store: Store, reviewer: str, article_id: str, claim_id: str | None) -> bool:
    """Whether it is decided in sight of others' work: of the project, or of what the lead settled about the like."""
    return project.others_visible(store, reviewer) or (
        claim_id is not None and check_state.shows_adjudicated(store, article_id, reviewer, claim_id)
    )


def take_back(
    store: Store,
    article: StoredArticle,
    reviewer: str,
    session: str,
    entry: Entry,
    *,
    decision: Entry | None = None,
    before: ArticleReview | None = None,
    before_commit: Callable[[ArticleReview], None] | None = None,
    trail: Trail | None = None,
) -> tuple[Entry, ArticleReview]:
    """Undo a decision, or redo it by naming its undo: one transaction, one more entry.

    `decision` is what is taken back or brought back, where it has been read. What the review `before` has in common
    with the one that is returned is not worked out again. The `trail` of the session leads to what is next.
    """
    kind: Literal["undo", "redo"] = "undo" if entry.kind == "decision" else "redo"
    with store.transaction(), remembering(store.connection):
        aliases.check_present(store.connection, reviewer)
        if decision is None:
            decision = entry if entry.kind == "decision" else ledger.entry_by_id(store, entry.undoes or "")
        if decision.article_id != article.id or decision.reviewer != reviewer:
            raise DecisionRefused("that decision is another reviewer's, or of another article")
        check_held(store, article.id)
        schemes.check_current(store)
        is_last = undoing.check_due(store, reviewer, entry, sources.stuck, trail)
        made = ledger.append(
            store,
            kind,
            kind,
            {},
            reviewer=reviewer,
            session=session,
            article_id=article.id,
            claim_id=decision.claim_id,
            undoes=entry.id,
            others_visible=_others_visible(store, reviewer, article.id, decision.claim_id),
        )
        united_work.write_taken_back(store, reviewer, article.id, decision, undone=kind == "undo")
        sources.refresh_taken_back(store, made, decision)
        after = _finish(store, article, reviewer, made, before)
        if before_commit is not None:
            before_commit(after)
        # Asked once it is committed, this would be one more transaction that reads.
        key = ledger.last_key(store)
    undoing.taken_back(trail, entry, key, is_last=is_last)
    return made, after


def _finish(
    store: Store, article: StoredArticle, reviewer: str, entry: Entry, before: ArticleReview | None = None
) -> ArticleReview:
    after = load_review(store, article, reviewer, before)
    projection.write_progress(store, after)
    worths.write_open_worth(store, after)
    # At the entry's own time: by that it is told from a claim that she went to.
    bookmarks.leave_at(store, reviewer, article.id, entry.claim_id, entry.at)
    return after


def record_opening(store: Store, reviewer: str, session: str, article_id: str) -> None:
    """Note in the ledger that the reviewer opened an article: her time on it starts here.

    It is no decision, so nobody waits until it is flushed to the disk.
    """
    with store.transaction(flushed=False), remembering(store.connection):
        check_held(store, article_id)
        ledger.append(store, "event", "open", {}, reviewer=reviewer, session=session, article_id=article_id)
        bookmarks.leave_at(store, reviewer, article_id, None)


def history(store: Store, reviewer: str, article_id: str, claim_id: str) -> list[Entry]:
    """The reviewer's entries about a claim, oldest first, openings left out."""
    return [
        entry
        for entry in ledger.entries_of(store, reviewer, article_id)
        if entry.kind != "event"
        and (entry.claim_id == claim_id or any(claim_id in change.key for change in entry.changes))
    ]
