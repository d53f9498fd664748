"""The claims that some reviewers judged earlier, by their words: read once, and from then on what has changed.

For one thread and a connection of its own. Whose they are is always said: nobody's are found by another by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import sleep

from annotator.errors import NotFoundError, RowDamagedError
from annotator.model.check import Check
from annotator.model.hashing import sha256
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Scheme, name_of
from annotator.model.source import Registry
from annotator.store import Store
from annotator.store.fact_checks import judged
from annotator.store.fact_checks.check_index import Size
from annotator.store.ledger import last_key
from annotator.store.records import Work, records_of
from annotator.workflow.fact_checks.word_index import WordIndex

_BREATH = 0.001
"""Seconds for others between two articles."""


class JudgedClaims:
    """What these reviewers judged, as checks: of each the id is the reviewer and the claim's id."""

    def __init__(self, reviewers: Sequence[str]) -> None:
        self.index = WordIndex()
        self.reviewers = tuple(dict.fromkeys(reviewers))
        self._upto: int | None = None
        self._unread: dict[str, None] = {}
        self._of_article: dict[str, dict[str, Check]] = {}
        self._article_of: dict[str, str] = {}
        self._digest = 0

    def follow(self, store: Store, over: Callable[[], bool] = lambda: False) -> bool:
        """Read what has changed since the last time; False where it was over before that was done.

        What was read until then stays, and the next call goes on.
        """
        last = last_key(store)
        touched = judged.touched_since(store, self.reviewers, self._upto) if self._upto is not None else None
        if touched is None:
            touched = [*self._of_article, *judged.judged_articles(store, self.reviewers)]
        self._unread |= dict.fromkeys(touched)
        self._upto = last
        while self._unread:
            if over():
                return False
            article_id = next(iter(self._unread))
            self._read(store, article_id)
            del self._unread[article_id]
            sleep(_BREATH)
        return True

    def _read(self, store: Store, article_id: str) -> None:
        now = {check.id: check for check in _judged(store, article_id, self.reviewers)}
        before = self._of_article.pop(article_id, {})
        self._digest ^= _digest(before) ^ _digest(now)
        for id_ in before.keys() - now.keys():
            self.index.discard(id_)
            del self._article_of[id_]
        for id_, check in now.items():
            if before.get(id_) != check:
                self.index.put(check)
            self._article_of[id_] = article_id
        if now:
            self._of_article[article_id] = now

    def state_outside(self, article_id: str) -> str:
        """A short text that is another one once anything is judged otherwise in another article than this one."""
        return f"{self._digest ^ _digest(self._of_article.get(article_id, {})):016x}"

    def article_of(self, id_: str) -> str:
        """The id of the article that a check's claim is in."""
        return self._article_of[id_]

    def outside(self, article_id: str) -> Iterator[tuple[str, Check]]:
        """What was judged in other articles than this one, each with its article's id."""
        return (
            (other, check)
            for other, checks in self._of_article.items()
            if other != article_id
            for check in checks.values()
        )


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier judgements that may be shown in an article: in others, and of the layer in no exercise."""

    judged: JudgedClaims
    reviewers: Sequence[str]
    article_id: str
    exercises: Collection[str]

    def size(self) -> Size:
        """How much the index holds."""
        return self.judged.index.size()

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many claims each of the words stands."""
        return self.judged.index.counts(words)

    def candidates(self, words: Iterable[str]) -> list[Check]:
        """The judged claims that share rare words with these, the best first."""
        return self.judged.index.candidates(
            words, wanted=lambda id_: self._may_be_seen(id_, self.judged.article_of(id_))
        )

    def checks(self) -> list[tuple[str, Check]]:
        """All of them, each with its article's id."""
        return [each for each in self.judged.outside(self.article_id) if self._may_be_seen(each[1].id, each[0])]

    def _may_be_seen(self, id_: str, article_id: str) -> bool:
        by = judged.judged_by(id_)
        # What the lead decided of an exercise is its answer key.
        is_key = by == ADJUDICATED and article_id in self.exercises
        return article_id != self.article_id and by in self.reviewers and not is_key


def _digest(checks: dict[str, Check]) -> int:
    """A number of 64 bits for what was judged, in whatever order; when it was last touched does not count."""
    found = 0
    for check in checks.values():
        found ^= int.from_bytes(sha256(repr(replace(check, date="")).encode()).digest()[:8])
    return found


def _judged(store: Store, article_id: str, reviewers: Sequence[str]) -> Iterator[Check]:
    if not judged.is_shown(store, article_id):
        return
    work = [Work(article_id, reviewer, 0) for reviewer in reviewers]
    try:
        # Whose words they are is nothing to it.
        records = list(records_of(store, work, Registry()))
    except (NotFoundError, RowDamagedError):
        # It is purged just now; or whoever opens it is told, and all others are still found.
        return
    for record in records:
        verdict = next((each for each in record.verdicts if each.target == CONTENT), None)
        if verdict is not None:
            yield _as_check(record, verdict.value, store.scheme)


def _as_check(record: ClaimRecord, value: str, scheme: Scheme) -> Check:
    publications = record.article.publications
    return Check(
        id=judged.judged_id(record.reviewer, record.claim_id),
        # The words themselves, by which wire copy is found exactly; what they were restated as finds others.
        claim=" ".join(record.text.split()),
        title=record.judgement.restatement or (publications[0].title if publications else ""),
        date=record.last_decided_at[:10],
        verdict=name_of(scheme.known_verdict(value), value),
        value=value,
        publisher=record.reviewer,
        language=record.article.language,
    )
