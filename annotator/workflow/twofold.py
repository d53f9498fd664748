"""What one reviewer decided in two ways on two machines, neither knowing of the other: shown both, she chooses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from annotator.errors import DecisionRefused
from annotator.model.article import Claim
from annotator.model.attribution import Attribution, check_nesting
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.ledger import Change
from annotator.model.review import ArticleReview
from annotator.model.scheme import Scheme, name_of
from annotator.model.stored_article import StoredArticle
from annotator.model.text import neutral_line
from annotator.model.uniting import Conflict, Knowledge, conflicts
from annotator.store import ledger, renaming, uniting
from annotator.store.review import load_article, load_review
from annotator.workflow.plan import Plan
from annotator.workflow.session import ReviewSession
from annotator.workflow.uniting import all_conflicts

_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Twofold:
    """One thing that was decided in two ways: where, and in words what stands and what the other value is.

    `number` is the claim's, counted from 1; 0 where it is about no claim that is still there.
    """

    conflict: Conflict
    article: StoredArticle
    claim: Claim | None
    number: int
    what: str
    standing: str
    other: str

    @property
    def offset(self) -> int | None:
        """Where in the article it is (code points), None where nothing says so."""
        table, *key = self.conflict.register
        return self.claim.span.start if self.claim is not None else int(key[0]) if table == "boundary" else None


def twofolds(session: ReviewSession) -> list[Twofold]:
    """Everything in the open article that the reviewer decided in two ways, in the order of its claims."""
    merges, renamings = list(uniting.merges(session.store)), renaming.by_name(session.store)
    if not merges and not renamings:
        return []
    review = session.review
    entries = ledger.entries_of(session.store, session.reviewer, review.article.id)
    return _all_in_words(review, conflicts(entries, Knowledge(merges, renamings)))


def twofolds_of_project(session: ReviewSession) -> list[Twofold]:
    """Everything in the project that the reviewer decided in two ways, in the order of the articles."""
    by_article: dict[str, list[Conflict]] = {}
    for conflict in all_conflicts(session.store, session.reviewer):
        by_article.setdefault(conflict.standing.article_id or "", []).append(conflict)
    found: list[Twofold] = []
    for article_id, here in by_article.items():
        article = load_article(session.store, article_id, suggested=False)
        found += _all_in_words(load_review(session.store, article, session.reviewer), here)
    return found


def how_many(session: ReviewSession) -> int:
    """How many things the reviewer decided in two ways, in the whole project."""
    return sum(1 for _ in all_conflicts(session.store, session.reviewer))


def _all_in_words(review: ArticleReview, found: Iterable[Conflict]) -> list[Twofold]:
    words = [_in_words(review, conflict) for conflict in found]
    return sorted(words, key=lambda each: each.claim.span.start if each.claim is not None else -1)


def _in_words(review: ArticleReview, conflict: Conflict) -> Twofold:
    table, *key = conflict.register
    claim = next((claim for claim in review.claims if claim.id == conflict.standing.claim_id), None)
    words = [_said(review, table, key, value) for value in conflict.values()]
    number = review.claims.index(claim) + 1 if claim is not None else 0
    return Twofold(conflict, review.article, claim, number, _what(table, key), *words)


def _what(table: str, key: Sequence[str]) -> str:
    """What a register is about, in a word or two."""
    if table == "verdict":
        about = "verdict" if key[1] == CONTENT else "verdict on the attribution"
        return about if key[-1] == "value" else f"{about}, {key[-1]}"
    return {"attribution": "attribution", "boundary": "where claims begin", "evidence": "evidence"}.get(table, key[-1])


def _said(review: ArticleReview, table: str, key: Sequence[str], value: Any) -> str:
    if value is None:
        return _NOTHING
    if table == "attribution":
        made = Attribution.from_payload(key[0], value)
        spans = [*made.source, *([made.cue] if made.cue is not None else []), *made.content]
        return neutral_line(" · ".join(span.slice(review.article.text) for span in spans))
    if table == "evidence":
        return neutral_line(value["answer"] or value["passage"] or value["url"] or value["question"])
    return neutral_line(_named(review.scheme, key[-1], value))


def _named(scheme: Scheme, facet: str, value: Any) -> str:
    if facet == "value":
        return name_of(scheme.known_verdict(value), value)
    if facet == "worth":
        return f"{value} {name_of(scheme.known_worth(value), value)}"
    return {True: "yes", False: "no"}.get(value, str(value))


def _nested(review: ArticleReview, id_: str, value: Any) -> Any:
    """The attribution's value, nested where that is still possible; raises DomainError where nesting would break."""
    others = [each for each in review.attributions if each.id != id_]
    if value["parent"] not in {each.id for each in others}:
        value = {**value, "parent": None}
    check_nesting([*others, Attribution.from_payload(id_, value)])
    return value


def choose(review: ArticleReview, conflict: Conflict, *, other: bool) -> Plan:
    """Let the other value stand from now on, or the one that stands already: a decision that knows both.

    Raises DecisionRefused where the other attribution cannot be nested as it was any more.
    """
    standing, different = conflict.values()
    table, *key = conflict.register
    value = different if other else standing
    if table == "attribution" and value is not None:
        value = _nested(review, key[0], value)
    claim = next((claim for claim in review.claims if claim.id == conflict.standing.claim_id), None)
    if claim is None and table in ("judgement", "verdict"):
        raise DecisionRefused("that claim is no longer there: it was split or joined")
    (change,) = [made for made in conflict.standing.changes if made.register == conflict.register][-1:]
    return Plan(
        "choose",
        claim,
        [Change(change.table, change.key, value)],
        "the other value was taken" if other else "kept as it is",
    )
