"""The vectors of one's own earlier verdicts: made where they are missing, and asked what is near.

As with fact-checks all of it happens on a thread of its own, and the model is where `call` calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.matching.reading import plain_text
from annotator.model.check import Check, Sought
from annotator.model.hashing import sha256
from annotator.model.late import dataclass
from annotator.store import Store
from annotator.store.fact_checks import check_vectors
from annotator.store.fact_checks import judged_vectors as stored
from annotator.store.fact_checks.check_vectors import KeptModel
from annotator.store.fact_checks.judged import judged_id
from annotator.store.fact_checks.judged_vectors import Judged
from annotator.store.file.read_only import store_to_read
from annotator.workflow.fact_checks.check_matching import Likenesses
from annotator.workflow.fact_checks.check_vectors import BLOCK, Call, cosines_there, encoded, packed_there

_MADE_AT_ONCE = 32
"""So many claims are read by the model between two looks at whether that is still wanted."""


@dataclass(frozen=True, slots=True)
class JudgedLikeness:
    """What the kept vectors of judged claims say, for some texts that were looked up together."""

    store: Store
    model: KeptModel
    call: Call
    near: Mapping[str, Sequence[int]]
    checks: Mapping[int, Check]

    def like(self, sought: Sought, candidates: Sequence[Check]) -> tuple[Sequence[Check], Likenesses]:
        """The nearest claims, best first, and the likenesses of those and of the candidates."""
        text = plain_text(sought.text)
        found = [self.checks[number] for number in self.near[text] if number in self.checks]
        wanted = {check.id for check in (*candidates, *found)}
        vectors = stored.vectors_at(self.store, [key for key, check in self.checks.items() if check.id in wanted])
        kept = {self.checks[number].id: pair for number, pair in vectors.items()}
        return found, self.call(cosines_there, self.model, text, kept)


def judged_likeness(
    store: Store,
    reviewers: Sequence[str],
    judged: Sequence[tuple[str, Check]],
    but: str,
    sought: Sequence[Sought],
    call: Call,
) -> JudgedLikeness | None:
    """What vectors say of the claims that these reviewers judged in other articles than `but`; made where missing.

    `judged` are the claims as checks, each with its article's id. None where no model is kept, or it is not to be had.
    """
    model = check_vectors.kept_model(store)
    texts = list(dict.fromkeys(plain_text(each.text) for each in sought))
    if model is None or not texts:
        return None
    try:
        checks = _made(store, reviewers, judged, but, model, call)
        near = call(nearest_judged_there, str(store.path), model, texts, tuple(reviewers), but)
    except AnnotatorError:
        # It may be another's machine that has the model, or the article was left: words find what they find.
        return None
    return JudgedLikeness(store, model, call, dict(zip(texts, near, strict=True)), checks)


def _made(
    store: Store,
    reviewers: Sequence[str],
    judged: Sequence[tuple[str, Check]],
    but: str,
    model: KeptModel,
    call: Call,
) -> dict[int, Check]:
    """The claims by the numbers of their vectors, once all have theirs; those of what is judged no more are gone."""
    wanted = {_judged(article_id, check): check for article_id, check in judged}
    known = stored.known(store, reviewers)
    gone = [number for each, number in known.items() if each not in wanted and each.article_id != but]
    if gone:
        stored.forget(store, gone)
    missing = [each for each in wanted if each not in known]
    for at in range(0, len(missing), _MADE_AT_ONCE):
        some = missing[at : at + _MADE_AT_ONCE]
        texts = [text for each in some for text in (wanted[each].claim, wanted[each].title)]
        vectors = call(packed_there, model, texts)
        stored.keep(store, model.identity, list(zip(some, vectors[::2], vectors[1::2], strict=True)))
    known = stored.known(store, reviewers) if missing else known
    return {number: wanted[each] for each, number in known.items() if each in wanted}


def _judged(article_id: str, check: Check) -> Judged:
    reviewer, claim_id = check.publisher, check.id.removeprefix(judged_id(check.publisher, ""))
    made_of = sha256(f"{check.claim}\n{check.title}".encode()).digest()[:16]
    return Judged(article_id, reviewer, claim_id, made_of)


def nearest_judged_there(
    path: str, model: KeptModel, texts: Sequence[str], reviewers: Sequence[str], but: str
) -> list[list[int]]:
    """For each text the numbers of the nearest vectors of these reviewers in the database at `path`, best first."""
    from annotator.matching.embedding import nearest

    made = encoded(model, texts)
    with store_to_read(Path(path)) as store:
        return nearest(stored.blocks(store, reviewers, but, BLOCK), made)
