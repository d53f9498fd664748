"""The review session: every decision a reviewer can take, each one transaction; used by one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from annotator.errors import DecisionRefused, NotFoundError
from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.model.late import dataclass
from annotator.model.ledger import Entry, uuid7
from annotator.model.review import SETTLED, ArticleReview, State
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Pass, Scheme
from annotator.model.source import Registry
from annotator.store import Store, aliases, bookmarks, drafts, open_store, project, queue
from annotator.store import review as work
from annotator.store import sources as stored_sources
from annotator.store.file import others
from annotator.workflow.verifying import Verifying
from annotator.workflow.wording import entry_in_words, now_in_words

if TYPE_CHECKING:
    from annotator.model.rule_record import RuleRecord
    from annotator.store.undoing import What
    from annotator.workflow.other_terminals import News
    from annotator.workflow.plan import Plan
    from annotator.workflow.undoing import Undoing

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What a decision led to: the review as it is now, what was done in words, and the claim it was about."""

    review: ArticleReview
    said: str
    claim_id: str | None = None


@dataclass(frozen=True, slots=True)
class SourcesResult:
    """What a decision about the project's sources led to: the sources as they are now, and what was done in words."""

    registry: Registry
    said: str


class ReviewSession:
    """One reviewer at work on one article at a time.

    Every deciding method stores exactly one ledger entry before it returns and raises DecisionRefused, DomainError
    or StoreError where it stores nothing. `withdraw` is called before a decision is stored after which claims are no
    longer settled, with their ids: whoever shows them stops calling them done first.
    """

    def __init__(self, store: Store, reviewer: str, pass_: Pass = "both", by: str | None = None) -> None:
        """`by` decides where the reviewer is no person: the lead. Raises DecisionRefused for who is renamed."""
        aliases.check_present(store.connection, reviewer.lower())
        self.store, self.by = store, by
        self.reviewer = reviewer.lower()
        self.pass_: Pass = pass_
        self.id = uuid7()
        self._review: ArticleReview | None = None
        self._registry: Registry | None = None
        self._changes = self._changes_told = others.changes(store)
        self._key: ArticleReview | None = None
        self._finished: DraftKey | None = None
        self._done: tuple[ArticleReview, frozenset[str]] | None = None
        self.withdraw: Callable[[frozenset[str]], None] | None = None
        self._verifying = Verifying(store, self.reviewer)

    def close(self) -> None:
        """Close the database."""
        self._verifying.stop()
        self.store.close()

    @property
    def scheme(self) -> Scheme:
        """The label scheme that decisions are made under."""
        return self.store.scheme

    @property
    def review(self) -> ArticleReview:
        """The open article's review; raises NotFoundError before one is open."""
        if self._review is None:
            raise NotFoundError("no article is open")
        return self._review

    @property
    def registry(self) -> Registry:
        """The project's sources as they are now; only what has changed since the last time is read."""
        self._registry = stored_sources.registry(self.store, self._registry)
        return self._registry

    # Opening and moving

    def open(self, article_id: str, record: RuleRecord | None = None) -> tuple[ArticleReview, int]:
        """Open an article as her `record` teaches; the review, and the index where she left off or the first open."""
        article = work.load_article(self.store, article_id)
        if record is not None:
            # Deferred, as what follows from a decision is: the first article is shown without it.
            from annotator.model.rule_record import as_learned

            article = as_learned(article, record)
        remembered = bookmarks.last_place(self.store, self.reviewer, article_id)
        settled_there = bookmarks.left_by_decision(self.store, self.reviewer, article_id)
        work.record_opening(self.store, self.reviewer, self.id, article_id)
        self._changes = others.changes(self.store)
        review = self._review = work.load_review(self.store, article, self.reviewer)
        practice = project.is_practice(self.store, article_id) and self.reviewer != ADJUDICATED
        self._key = work.load_review(self.store, article, ADJUDICATED) if practice else None
        ids = [claim.id for claim in review.claims]
        if remembered is None or remembered[1] not in ids:
            return review, review.next_open(-1, self.pass_) or 0
        index = ids.index(remembered[1])
        if settled_there and review.state(review.claims[index], self.pass_) in SETTLED:
            # She was taken on from there.
            return review, review.next_open(index, self.pass_) or index
        return review, index

    def leave(self, claim: Claim) -> None:
        """Remember the claim as the place to come back to."""
        bookmarks.leave(self.store, self.reviewer, claim.article_id, claim.id)

    def last_article(self) -> str | None:
        """The article the reviewer worked on last, or None."""
        place = bookmarks.last_place(self.store, self.reviewer)
        return place[0] if place else None

    def article_to_review(self) -> str | None:
        """The article the reviewer worked on last, else the first one, or None where there is none."""
        return self.last_article() or queue.first_article(self.store, self._assignee)

    @property
    def has_assignments(self) -> bool:
        """Whether any article is handed out to the reviewer."""
        return project.has_assignments(self.store, self.reviewer)

    @property
    def _assignee(self) -> str | None:
        """The reviewer where the articles to go through are those that are handed out to her."""
        return self.reviewer if self.has_assignments else None

    def neighbour(self, step: int) -> str | None:
        """The article before (-1) or behind (1) the open one in the order they were added, of the reviewer's own."""
        return queue.neighbour(self.store, self.review.article.id, step, self._assignee)

    # Deciding

    def apply(
        self, planner: Callable[Concatenate[ArticleReview, P], Plan], *args: P.args, **kwargs: P.kwargs
    ) -> DecisionResult:
        """Plan a decision on the present review and store it: one transaction, one ledger entry.

        The planners are the public functions of `judging`, `attributing` and `segmenting`. Refused for a claim that
        the reviewer's segmentation no longer has, or that she has changed in another terminal and not seen here.
        """
        before = self.review
        self._verifying.refuse(before.article)
        if self._read_again():
            from annotator.workflow.other_terminals import CHANGED_ELSEWHERE, same_work

            for given in args:
                if isinstance(given, Claim) and not same_work(before, self.review, given):
                    raise DecisionRefused(CHANGED_ELSEWHERE)
        claims = {claim.id for claim in self.review.claims}
        if any(isinstance(given, Claim) and given.id not in claims for given in args):
            raise DecisionRefused("that claim is no longer there: it was split or joined")
        # Deferred: the first article is shown without it.
        from annotator.workflow import sources

        plan = planner(self.review, *args, **kwargs)
        revision = None
        if sources.changes_sources(plan):
            registry = self.registry
            plan, revision = sources.with_sources(self.review, plan, registry), registry.revision
        entry, after = work.decide(
            self.store,
            self.review,
            self.id,
            plan.action,
            plan.claim,
            plan.changes,
            suggestions=plan.suggestions,
            new_claims=plan.new_claims,
            more=plan.more if self.by is None else {**plan.more, "by": self.by},
            revision=revision,
            draft=self._finished,
            before_commit=self._before_commit,
        )
        before, self._review = self.review, after
        said = plan.said or entry_in_words(entry, self.scheme)
        heard = self._heard(before, after, plan.claim)
        return DecisionResult(after, f"{said} · {heard}" if heard else said, entry.claim_id)

    def _heard(self, before: ArticleReview, after: ArticleReview, claim: Claim | None) -> str:
        """In an article that is practice: what the answer key says of the claim that this decision completed."""
        if self._key is None or claim is None:
            return ""
        if before.state(claim, self.pass_) is State.DONE or after.state(claim, self.pass_) is not State.DONE:
            return ""
        # Deferred: only practice needs it.
        from annotator.workflow.exercising import feedback

        return feedback(self._key, after, claim)

    def _before_commit(self, after: ArticleReview) -> None:
        if self.withdraw is None:
            return
        if self._done is None or self._done[0] is not self.review:
            self._done = (self.review, self.review.settled(self.pass_))
        done = after.settled(self.pass_)
        if lost := self._done[1] - done:
            self.withdraw(lost)
        self._done = (after, done)

    def apply_to_sources(
        self, planner: Callable[Concatenate[Registry, P], Plan], *args: P.args, **kwargs: P.kwargs
    ) -> SourcesResult:
        """Plan a decision on the project's sources and store it: one transaction, one entry, no article.

        The planners are those functions of `sources` that take a registry.
        """
        registry = self.registry
        plan = planner(registry, *args, **kwargs)
        stored_sources.decide(
            self.store, self.reviewer, self.id, plan.action, plan.changes, registry.revision, self._finished
        )
        return SourcesResult(self.registry, plan.said)

    def ask(self, claim: Claim, text: str) -> DecisionResult:
        """Ask the lead about a claim of the open article, or take back what was asked."""
        # Deferred: the first claim does not need it.
        from annotator.workflow import asking

        said = asking.ask(self.store, self.reviewer, claim, text, self._finished)
        self._review = work.load_review(self.store, self.review.article, self.reviewer)
        return DecisionResult(self._review, said, claim.id)

    # Undo and redo

    @cached_property
    def _undoing(self) -> Undoing:
        # Deferred: the first article is shown without it.
        from annotator.workflow.undoing import Undoing

        return Undoing(self.store, self.reviewer, self.id)

    def next_undo(self) -> Entry | None:
        """What an undo would take back, or None."""
        found = self._undoing.next("undo")
        return found[0] if found is not None else None

    def next_redo(self) -> Entry | None:
        """The undo that a redo would take back, or None."""
        found = self._undoing.next("redo")
        return found[0] if found is not None else None

    def undo(self) -> DecisionResult:
        """Take the reviewer's last decision back; it must be in the open article, or about sources and no article."""
        return self._take_back_next("undo")

    def redo(self) -> DecisionResult:
        """Bring the last undone decision back; it must be in the open article, or about sources and no article."""
        return self._take_back_next("redo")

    def _take_back_next(self, what: What) -> DecisionResult:
        taken = self.take_back_if(what, lambda _: True)
        if not isinstance(taken, DecisionResult):
            raise DecisionRefused(f"nothing to {what}")
        return taken

    def take_back_if(self, what: What, wanted: Callable[[Entry], bool]) -> DecisionResult | Entry | None:
        """Undo or redo what is next, where the decision that this is about is `wanted`; else that decision, or None."""
        found = self._undoing.next(what)
        if found is None:
            return None
        entry, decision = found
        return self._take_back(what, entry, decision) if wanted(decision) else decision

    def _take_back(self, what: What, entry: Entry, decision: Entry) -> DecisionResult:
        review = self.review
        if decision.article_id is None:
            self._undoing.take_back_sources(entry)
        else:
            self._verifying.refuse(review.article)
            self._review = self._undoing.take_back(entry, decision, review, self._before_commit)
        said = self._taken_back(what, decision)
        now = now_in_words(decision, self.review) if what == "undo" else ""
        return DecisionResult(self.review, f"{said}  ·  {now}" if now else said, decision.claim_id)

    def _taken_back(self, what: What, decision: Entry) -> str:
        return f"{'undone' if what == 'undo' else 'redone'}: {entry_in_words(decision, self.scheme)}"

    def undo_or_redo_sources(self, what: What) -> SourcesResult:
        """Undo or redo a decision on the project's sources, whether an article is open or not.

        Refused where another decision is next, and where somebody's later entry depends on what would be undone.
        """
        found = self._undoing.next(what)
        if found is None or found[1].article_id is not None:
            raise DecisionRefused(f"no decision on sources is next to {what}")
        entry, decision = found
        self._undoing.take_back_sources(entry)
        return SourcesResult(self.registry, self._taken_back(what, decision))

    # Drafts

    @contextmanager
    def finishing(self, key: DraftKey | None) -> Iterator[None]:
        """What is decided inside has become of this draft: it is forgotten in the same transaction."""
        self._finished = key
        try:
            yield
        finally:
            self._finished = None

    def save_draft(self, key: DraftKey, payload: Mapping[str, Any] | None) -> None:
        """Keep what is being typed or marked; None forgets it."""
        drafts.save_draft(self.store, self.reviewer, key, payload)

    def drafts(self) -> dict[DraftKey, dict[str, Any]]:
        """What was being typed or marked when the screen went away."""
        return drafts.drafts(self.store, self.reviewer)

    # Other terminals

    def _read_again(self) -> bool:
        """Read the open article anew where others have written; whether it is another now; refused if renamed."""
        changes = others.changes(self.store)
        if self._review is None or changes == self._changes:
            return False
        aliases.check_present(self.store.connection, self.reviewer)
        self._changes = changes
        if self._key is not None:
            self._key = work.load_review(self.store, self._review.article, ADJUDICATED)
        review = work.load_review(self.store, self._review.article, self.reviewer).following(self._review)
        if review == self._review:
            return False
        self._review = review
        return True

    def news(self) -> News | None:
        """What is another since this was asked last, or None where nobody else has written."""
        changes = others.changes(self.store)
        if changes == self._changes_told:
            return None
        from annotator.workflow.other_terminals import News, outdated_evidence

        self._read_again()
        self._changes_told = changes
        return News(self._review, self.drafts(), self.registry, outdated_evidence(self.store, self._review))

    # The file

    def check(self) -> None:
        """Raise a StoreError where the database's file is no longer the one that was opened, or not as it was.

        And RowDamagedError where the open article, or her work on it, is not what was written: asked once.
        """
        self.store.check()
        self._verifying.look_at_pages()
        if self._review is not None:
            self._verifying.look(self._review.article)

    def rest(self) -> None:
        """Nothing is decided for a while: leave the database's file whole by itself."""
        self.store.rest()


def open_session(path: Path, scheme: Scheme, reviewer: str, pass_: Pass, *, create: bool = True) -> ReviewSession:
    """A reviewer's session on a database; where the project has another scheme by now, it refuses decisions.

    Raises StoreError for a database that cannot be used, and DecisionRefused for who is renamed.
    """
    store = open_store(path, create=create, scheme=scheme)
    try:
        return ReviewSession(store, reviewer, pass_)
    except DecisionRefused:
        store.close()
        raise
