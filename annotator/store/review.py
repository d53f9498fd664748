"""One reviewer's work on one article: loading it, and the transactions that change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from annotator.errors import DecisionRefused, NotFoundError
from annotator.model.article import Block, BlockKind, Claim, Publication, Sentence
from annotator.model.attribution import Attribution
from annotator.model.draft_key import DraftKey
from annotator.model.judgement import Evidence, Judgement, Verdict
from annotator.model.languages import rules_apply
from annotator.model.ledger import Change, Entry, changes_payload
from annotator.model.review import ArticleReview, StoredArticle
from annotator.model.span import Span
from annotator.store import articles, bookmarks, drafts, ledger, projection, schemes, sources, suggestions
from annotator.store.connection import Store, translated
from annotator.store.damage import readable_article

_PUBLICATION = "title, url, archived_url, publisher, author, published_at"
_EVIDENCE = (
    "id, claim_id, target, question, answer, answer_type, url, archived_url, medium, publisher, published_at, "
    "retrieved_at, passage, stance"
)


@readable_article
def load_article(store: Store, article_id: str, *, suggested: bool = True) -> StoredArticle:
    """The article with its blocks, sentences and, if they are wanted, current suggestions; raises NotFoundError."""
    with translated(store.path):
        row = store.connection.execute(
            "select text, language, origin from article where id = ? and text is not null", (article_id,)
        ).fetchone()
        if row is None:
            raise NotFoundError(f"{store.path}: no article {article_id[:12]}; `annotator` lists them")
        blocks = tuple(
            Block(Span(start, end), BlockKind(kind))
            for start, end, kind in store.connection.execute(
                "select start, end, kind from block where article_id = ? order by ordinal", (article_id,)
            )
        )
        sentences = tuple(
            Sentence(Span(start, end), blocks[block].kind)
            for block, start, end in store.connection.execute(
                "select block, start, end from sentence where article_id = ? order by ordinal", (article_id,)
            )
        )
        worths, attributions = suggestions.current_suggestions(store, article_id) if suggested else ((), ())
        return StoredArticle(
            id=article_id,
            text=row[0],
            publications=publications(store, article_id),
            language=row[1],
            origin=row[2],
            blocks=blocks,
            sentences=sentences,
            worths=worths,
            attributions=attributions,
            searched=bool(attributions) or rules_apply(row[1], row[0]),
        )


def publications(store: Store, article_id: str) -> tuple[Publication, ...]:
    """Where the article appeared, in the order that was learned."""
    rows = store.connection.execute(
        f"select {_PUBLICATION} from publication where article_id = ? order by id",
        (article_id,),
    )
    return tuple(Publication(*row) for row in rows)


@readable_article
def load_review(store: Store, article: StoredArticle, reviewer: str) -> ArticleReview:
    """The reviewer's present work on the article, and nobody else's."""
    mine = (reviewer, article.id)
    with translated(store.path):
        query = store.connection.execute
        spans: dict[str, dict[str, list[list[int]]]] = {}
        for id_, role, start, end in query(
            "select attribution_id, role, start, end from attribution_span where attribution_id in (select id from "
            "attribution where reviewer = ? and article_id = ?) order by attribution_id, role, position",
            mine,
        ):
            spans.setdefault(id_, {}).setdefault(role, []).append([start, end])
        attributions = tuple(
            _attribution(row, spans.get(row[0], {}))
            for row in query(
                "select id, type, form, anonymity, negated, parent from attribution "
                "where reviewer = ? and article_id = ? order by id",
                mine,
            )
        )
        return ArticleReview(
            article=article,
            reviewer=reviewer,
            scheme=store.scheme,
            boundaries=dict(
                query("select position, kind from boundary where reviewer = ? and article_id = ?", mine).fetchall()
            ),
            judgements={
                row[0]: Judgement(row[1], row[2], row[3], bool(row[4]), row[5], row[6], bool(row[7]))
                for row in query(
                    "select claim_id, worth, voice, restatement, flag, note, confidence, skipped from judgement "
                    "where reviewer = ? and article_id = ?",
                    mine,
                )
            },
            verdicts={
                (row[0], row[1]): Verdict(*row[1:])
                for row in query(
                    "select claim_id, target, value, reason, confidence, justification from verdict "
                    "where reviewer = ? and article_id = ? and value is not null",
                    mine,
                )
            },
            attributions=attributions,
            refused=suggestions.refused_suggestions(store, article, reviewer),
            evidence=tuple(
                Evidence(*row)
                for row in query(
                    f"select {_EVIDENCE} from evidence where reviewer = ? and article_id = ? order by id",
                    mine,
                )
            ),
            sources=dict(
                query(
                    "select attribution_id, source_id from attribution_source where reviewer = ? and article_id = ?",
                    mine,
                ).fetchall()
            ),
        )


def _attribution(row: Sequence[Any], spans: dict[str, list[list[int]]]) -> Attribution:
    id_, type_, form, anonymity, negated, parent = row
    return Attribution.from_payload(
        id_,
        {
            "source": spans.get("source", []),
            "cue": spans["cue"][0] if "cue" in spans else None,
            "content": spans.get("content", []),
            "type": type_,
            "form": form,
            "anonymity": anonymity,
            "negated": negated,
            "parent": parent,
            "relay": spans["relay"][0] if "relay" in spans else None,
        },
    )


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
    with store.transaction():
        articles.check_held(store, article_id)
        schemes.check_current(store)
        sources.check_revision(store, revision)
        projection.add_claims(store, article_id, made)
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
        )
        values = [(change.register, change.value) for change in changes]
        projection.apply_registers(store, review.reviewer, article_id, values)
        sources.check_sound(store, sources.note_uses(store, entry, entry))
        drafts.forget_draft(store, review.reviewer, draft)
        after = _finish(store, review.article, review.reviewer, entry, review)
        if before_commit is not None:
            before_commit(after)
    return entry, after


def take_back(
    store: Store,
    article: StoredArticle,
    reviewer: str,
    session: str,
    entry: Entry,
    *,
    before_commit: Callable[[ArticleReview], None] | None = None,
) -> tuple[Entry, ArticleReview]:
    """Undo a decision, or redo it by naming its undo: one transaction, one more entry."""
    decision = entry if entry.kind == "decision" else ledger.entry_by_id(store, entry.undoes or "")
    if decision.article_id != article.id or decision.reviewer != reviewer:
        raise DecisionRefused("that decision is another reviewer's, or of another article")
    kind: Literal["undo", "redo"] = "undo" if entry.kind == "decision" else "redo"
    with store.transaction():
        articles.check_held(store, article.id)
        schemes.check_current(store)
        ledger.check_due(store, reviewer, entry, sources.stuck)
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
        )
        projection.refresh(store, reviewer, article.id, projection.touched_registers(decision))
        sources.refresh_taken_back(store, made, decision)
        after = _finish(store, article, reviewer, made)
        if before_commit is not None:
            before_commit(after)
    return made, after


def _finish(
    store: Store, article: StoredArticle, reviewer: str, entry: Entry, before: ArticleReview | None = None
) -> ArticleReview:
    after = load_review(store, article, reviewer)
    after = after.following(before) if before is not None else after
    projection.write_progress(store, after)
    # At the entry's own time: by that it is told from a claim that she went to.
    bookmarks.leave_at(store, reviewer, article.id, entry.claim_id, entry.at)
    return after


def record_opening(store: Store, reviewer: str, session: str, article_id: str) -> None:
    """Note in the ledger that the reviewer opened an article: her time on it starts here."""
    with store.transaction():
        articles.check_held(store, article_id)
        ledger.append(store, "event", "open", {}, reviewer=reviewer, session=session, article_id=article_id)
        bookmarks.leave_at(store, reviewer, article_id, None)


def history(store: Store, reviewer: str, article_id: str, claim_id: str) -> list[Entry]:
    """The reviewer's entries about a claim, oldest first, openings left out."""
    found = ledger.entries(store, "reviewer = ? and article_id = ? and kind <> 'event'", [reviewer, article_id])
    return [
        entry
        for entry in found
        if entry.claim_id == claim_id or any(claim_id in change.key for change in entry.changes)
    ]
