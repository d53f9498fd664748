"""Seen before: for the claims of an article, the fact-checks and one's own earlier judgements about the same.

Others' judgements are never looked at while the project is blind: whose may be is a parameter, and only the
reviewer's own is ever the default. What was found is kept, so that an article is looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from time import sleep
from typing import Any

from annotator.model.article import Claim
from annotator.model.check import Check, Found, Match, Seen, Sought
from annotator.model.dates import day_number
from annotator.model.judgement import CONTENT
from annotator.model.record import ClaimRecord
from annotator.model.review import ArticleReview
from annotator.model.scheme import Scheme, name_of
from annotator.model.shingles import likeness, shingles
from annotator.store import Store
from annotator.store import check_vectors as vectors
from annotator.store import checks as stored
from annotator.store import review as work
from annotator.store.ledger import last_key
from annotator.store.records import claim_records
from annotator.workflow.check_matching import Checks, index_of, matches
from annotator.workflow.check_vectors import Call, kept_likeness
from annotator.workflow.judged_vectors import judged_likeness

SURE_ENOUGH = 0.5
"""From this score on a match is told of: it more likely is right than not."""

MOST = 5
_FEWEST_WORDS = 4
_STALE_AFTER = 365
_BREATH = 0.002
_VERSION = 3
"""Part of what a finding is made of: another one has everything looked up anew."""

_SAME, _NEARLY = "the same sentence", "nearly the same sentence"
_ALIKE = 0.7
"""From this likeness on (`annotator.model.shingles`) two sentences are nearly the same."""


def kept(store: Store, review: ArticleReview) -> tuple[Found, bool]:
    """What was found for the article before, and whether it has to be looked up: a quick look for where keys wait."""
    made_of = _made_of(store, review)
    if not made_of:
        return {}, False
    row = stored.seen(store, review.article.id, review.reviewer)
    if row is None:
        return {}, True
    return _from_json(row[1]), row[0] != made_of


def look_up(
    store: Store,
    article_id: str,
    reviewer: str,
    judged_by: Sequence[str] = (),
    over: Callable[[], bool] = lambda: False,
    call: Call | None = None,
) -> Found | None:
    """Look an article's claims up among the project's fact-checks and earlier judgements, and keep what is found.

    `judged_by` are those whose judgements may be seen: the reviewer alone where nobody is named. For a thread and a
    connection of its own: it takes some hundredths of a second a claim, and leaves room for keys between two. Where it
    is `over` before that is done, or an article is purged meanwhile, nothing is kept, and it is None. `call` calls a
    function where a model may be loaded: with it the vectors that are kept are asked as well, and those of earlier
    judgements made where they are missing; where the model is not to be had, words alone are.
    """
    since = last_key(store)
    review = work.load_review(store, work.load_article(store, article_id), reviewer)
    made_of = _made_of(store, review)
    found: dict[str, list[Seen]] = {}
    with ExitStack() as open_ones:
        claims = list(_worth_a_look(review))
        sought = [sought_for(review, claim) for claim in claims]
        sources = list(_sources(store, judged_by or (reviewer,), article_id, sought, call, open_ones))
        for claim in claims:
            if over():
                return None
            sleep(_BREATH)
            seen = _seen(review, claim, sources)
            if seen:
                found[claim.id] = seen
    as_data = {id_: list(map(asdict, seen)) for id_, seen in found.items()}
    # What was found may quote what was purged meanwhile: nobody is shown that either.
    return found if stored.keep_seen(store, article_id, reviewer, made_of, as_data, since) else None


def _sources(
    store: Store,
    whose: Sequence[str],
    article_id: str,
    sought: Sequence[Sought],
    call: Call | None,
    open_ones: ExitStack,
) -> Iterator[tuple[Checks, bool]]:
    """What these are looked for in, and whether that is somebody's own judgements; closed with `open_ones`."""
    index = stored.index(store)
    if index.size().checks:
        yield Checks(index, stored.main_language(store), kept_likeness(store, sought, call) if call else None), False
    own = list(_judged(store, whose, article_id))
    if own:
        judged = open_ones.enter_context(index_of(check for _, check in own))
        near = judged_likeness(store, whose, own, article_id, sought, call) if call else None
        yield replace(judged, embedded=near), True


def _made_of(store: Store, review: ArticleReview) -> str:
    """What a finding depends on, as a short text; empty where there is nothing that could be found."""
    changes, decided = stored.state(store, review.reviewer)
    if not changes and not decided:
        return ""
    model = vectors.kept_model(store)
    by = f".{model.identity}{'' if model.whole else '-'}" if model is not None else ""
    own = sorted((id_, each.restatement or "") for id_, each in review.judgements.items() if each.restatement)
    claims = [claim.id for claim in review.claims]
    return f"{_VERSION}.{changes}.{decided}.{sha256(repr((own, claims)).encode()).hexdigest()[:16]}{by}"


def _worth_a_look(review: ArticleReview) -> Iterator[Claim]:
    for claim in review.claims:
        suggested = review.suggested_worth(claim)
        waived = suggested is not None and review.scheme.worth_value(suggested[1].worth).waives_verdict
        long_enough = len(claim.span.slice(review.article.text).split()) >= _FEWEST_WORDS
        if long_enough and not waived:
            yield claim


def sought_for(review: ArticleReview, claim: Claim) -> Sought:
    """What is looked for: the claim's restatement or its words, with whose they are and when they were published."""
    text = review.article.text
    sources = [made.source for made in review.attributions_of(claim) if made.source]
    sources = sources or [made.attribution.source for _, made in review.suggested_attributions(claim)]
    speaker = " ".join(span.slice(text) for span in sources[0]) if sources else ""
    dates = [publication.published_at for publication in review.article.publications if publication.published_at]
    words = review.judgement(claim).restatement or " ".join(claim.span.slice(text).split())
    return Sought(words, speaker, dates[0] if dates else "", review.article.language)


def _seen(review: ArticleReview, claim: Claim, sources: Iterable[tuple[Checks, bool]]) -> list[Seen]:
    sought = sought_for(review, claim)
    found = [_of(match, sought, own=own) for checks, own in sources for match in matches(checks, sought, MOST)]
    good = sorted(
        (seen for seen in found if seen.score >= SURE_ENOUGH), key=lambda seen: (-seen.score, seen.stale, seen.key)
    )
    values = {seen.value for seen in good}
    disputed = {"supported", "refuted"} <= values
    return [replace(seen, contradicted=disputed and seen.value in ("supported", "refuted")) for seen in good[:MOST]]


def _of(match: Match, sought: Sought, *, own: bool) -> Seen:
    """A match as it is shown; a sentence that is copied word for word, or nearly so, is one for sure."""
    alike = likeness(shingles(sought.text), shingles(match.check.claim))
    score, why = match.score, [each for each in match.why if each not in (_SAME, _NEARLY)]
    if alike == 1.0:
        score, why = 1.0, [_SAME, *why]
    elif alike >= _ALIKE:
        score, why = max(score, alike), [_NEARLY, *why]
    elif len(why) != len(match.why):
        why = list(match.why)
    return Seen(match.check, round(score, 4), tuple(why), own=own, stale=_is_stale(match.check, sought))


def _is_stale(check: Check, sought: Sought) -> bool:
    then, now = day_number(check.date), day_number(sought.date) or date.today().toordinal()
    return then is not None and now - then > _STALE_AFTER


def _judged(store: Store, reviewers: Sequence[str], but: str) -> Iterator[tuple[str, Check]]:
    """What these reviewers judged in other articles, as checks with the articles' ids."""
    for record in claim_records(store, reviewers):
        verdict = next((each for each in record.verdicts if each.target == CONTENT), None)
        if verdict is not None and record.article.id != but:
            yield record.article.id, _as_check(record, verdict.value, store.scheme)


def _as_check(record: ClaimRecord, value: str, scheme: Scheme) -> Check:
    publications = record.article.publications
    return Check(
        id=f"{record.reviewer}:{record.claim_id}",
        # The words themselves, by which wire copy is found exactly; what they were restated as finds others.
        claim=" ".join(record.text.split()),
        title=record.judgement.restatement or (publications[0].title if publications else ""),
        date=record.last_decided_at[:10],
        verdict=name_of(scheme.known_verdict(value), value),
        value=value,
        publisher=record.reviewer,
        language=record.article.language,
    )


def _from_json(found: Any) -> Found:
    return {
        id_: [Seen(**{**each, "check": Check(**each["check"]), "why": tuple(each["why"])}) for each in seen]
        for id_, seen in found.items()
    }


def evidence_from(seen: Seen, target: str = CONTENT) -> dict[str, str]:
    """A published fact-check as the fields of evidence, with what it speaks for."""
    check = seen.check
    stance = {"supported": "supports", "refuted": "refutes"}.get(seen.value, "context" if seen.value else "")
    return {
        "target": target,
        "question": f"What was found about: {check.claim}",
        "answer": check.verdict or check.title,
        "answer_type": "",
        "url": check.url,
        "publisher": check.publisher,
        "published_at": check.date,
        "retrieved_at": datetime.now(UTC).date().isoformat(),
        "passage": check.title,
        "stance": stance,
    }
