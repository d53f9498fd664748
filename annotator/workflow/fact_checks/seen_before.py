"""Seen before: for the claims of an article, the fact-checks and one's own earlier judgements about the same.

Others' judgements are never looked at while the project is blind, but for what the lead has settled: whose may be is a
parameter, and only the reviewer's own and the adjudicated layer's are ever the default. What was found is kept, so that
an article is looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import asdict, field, fields, replace
from datetime import UTC, date, datetime
from time import sleep
from typing import Any

from annotator.matching import agreeing
from annotator.matching.explaining import NAMES_MORE
from annotator.model.article import Claim
from annotator.model.check import Check, Found, Match, Seen, Sought
from annotator.model.dates import day_number
from annotator.model.hashing import sha256
from annotator.model.judgement import CONTENT
from annotator.model.language.shingles import compared, likeness
from annotator.model.late import dataclass
from annotator.model.review import ArticleReview
from annotator.model.reviewer import ADJUDICATED
from annotator.model.span import Span
from annotator.store import Store, project
from annotator.store import review as work
from annotator.store.fact_checks import check_vectors as vectors
from annotator.store.fact_checks import checks as stored
from annotator.store.fact_checks.check_state import collection_changes, last_decided
from annotator.store.fact_checks.judged import standing
from annotator.store.ledger import last_key
from annotator.workflow.fact_checks.check_matching import Checks, matches
from annotator.workflow.fact_checks.check_vectors import Call, kept_likeness
from annotator.workflow.fact_checks.judged_claims import Earlier, JudgedClaims
from annotator.workflow.fact_checks.judged_vectors import judged_likeness

SURE_ENOUGH = 0.5
"""From this score on a match is told of: it more likely is right than not."""

MOST = 5
_FEWEST_WORDS = 4
_STALE_AFTER = 365
_BREATH = 0.002
_VERSION = 7
"""Part of what a finding is made of: another one has everything looked up anew."""

_SAME, _NEARLY = "the same sentence", "nearly the same sentence"
_ALIKE = 0.7
"""From this likeness on (`annotator.model.language.shingles`) two sentences are nearly the same."""


def whose(reviewer: str) -> tuple[str, ...]:
    """Whose earlier judgements a reviewer is shown: her own, and what the lead has settled."""
    return (reviewer,) if reviewer == ADJUDICATED else (reviewer, ADJUDICATED)


def kept(store: Store, review: ArticleReview) -> tuple[Found, str]:
    """What was found for the article before, and what it has to be looked up for: a quick look for where keys wait.

    That is all that a finding depends on, as a short text; empty where the one that is kept is the present one.
    """
    made_of = _made_of(store, review)
    if not made_of:
        return {}, ""
    row = stored.seen(store, review.article.id, review.reviewer)
    if row is None:
        return {}, made_of
    finding = _from_data(row[1])
    # What was decided, hidden or made an exercise since shows at once, before all is looked up anew.
    still = standing(store, review.article.id, review.reviewer, finding.judged_in)
    return finding.shown(still), made_of if row[0] != made_of else ""


def found_meanwhile(store: Store, article_id: str, reviewer: str, made_of: str) -> Found | None:
    """What is kept for an article that had to be looked up for this, where that was done by now; else None."""
    row = stored.seen(store, article_id, reviewer)
    if row is None or row[0] != made_of:
        return None
    return kept(store, work.load_review(store, work.load_article(store, article_id), reviewer))[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for an article's claims, and what that depends on, each as a short text.

    `published` and `own` say in what it was looked for, `restated` in which words where they are not the claim's, by
    its id. `seen` has of both all that is sure enough. Of what is shown, `settled` says by claim what is of the
    adjudicated layer, and `judged_in` in which article each earlier judgement was made, both by the checks' ids.
    """

    published: str = ""
    own: str = ""
    claims: str = ""
    restated: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, Sequence[Seen]] = field(default_factory=dict)
    settled: Mapping[str, Sequence[str]] = field(default_factory=dict)
    judged_in: Mapping[str, str] = field(default_factory=dict)

    def shown(self, standing: Container[str] | None = None) -> Found:
        """The best of each claim, and where they contradict each other; of earlier judgements what is standing."""
        found = {
            id_: _best([each for each in several if standing is None or not each.own or each.check.id in standing])
            for id_, several in self.seen.items()
        }
        return {id_: several for id_, several in found.items() if several}

    def told(self, article_of: Callable[[str], str]) -> Finding:
        """The same with what is settled, and the articles of what was judged, of what is shown."""
        shown = self.shown()
        own = {id_: [seen.check for seen in several if seen.own] for id_, several in shown.items()}
        settled = {id_: [check.id for check in checks if check.publisher == ADJUDICATED] for id_, checks in own.items()}
        return replace(
            self,
            settled={id_: ids for id_, ids in settled.items() if ids},
            judged_in={check.id: article_of(check.id) for checks in own.values() for check in checks},
        )


def look_up(
    store: Store,
    article_id: str,
    reviewer: str,
    judged_by: Sequence[str] = (),
    over: Callable[[], bool] = lambda: False,
    call: Call | None = None,
    judged: JudgedClaims | None = None,
) -> Found | None:
    """Look an article's claims up among the project's fact-checks and earlier judgements, and keep what is found.

    `judged_by` are those whose judgements may be seen: the reviewer and the adjudicated layer where nobody is named;
    `judged` is what was read of them before. For a thread and a connection of its own: it takes some hundredths of a
    second a claim, and leaves room for keys between two. What was found before and still holds is not looked up again.
    Where it is `over` before that is done, or an article is purged meanwhile, nothing is kept, and it is None. `call`
    calls a function where a model may be loaded: with it the vectors that are kept are asked as well, and those of
    earlier judgements made where they are missing; where the model is not to be had, words alone are.
    """
    since = last_key(store)
    review = work.load_review(store, work.load_article(store, article_id), reviewer)
    made_of = _made_of(store, review)
    row = stored.seen(store, article_id, reviewer)
    before = _from_data(row[1]) if row is not None else Finding()
    judged = judged if judged is not None else JudgedClaims(judged_by or whose(reviewer))
    if not judged.follow(store, over):
        return None
    now = replace(
        before,
        published=_published(store),
        own=_digest(
            [judged.state_outside(article_id), judged.reviewers, sorted(project.exercises(store)), _model(store)]
        ),
        claims=_digest([claim.id for claim in review.claims]),
        restated={id_: _digest(each.restatement) for id_, each in review.judgements.items() if each.restatement},
    )
    asked = list(_to_ask(review, before, now))
    found = {claim.id: list(before.seen.get(claim.id, ())) for claim in _worth_a_look(review)}
    sources = _sources(store, review, judged, asked, call)
    for claim, own in asked:
        if over():
            return None
        sleep(_BREATH)
        others = [each for each in found[claim.id] if each.own != own]
        found[claim.id] = [*others, *_seen(review, claim, sources[own], own=own)]
    # What was looked for without the model, because it was not to be had, is not done by that.
    by_words = {own: " by words" if _lacks_model(store, checks) else "" for own, checks in sources.items()}
    now = replace(
        now,
        published=now.published + by_words[False],
        own=now.own + by_words[True],
        seen={id_: several for id_, several in found.items() if several},
    ).told(judged.article_of)
    # What was found may quote what was purged meanwhile: nobody is shown that either.
    return now.shown() if stored.keep_seen(store, article_id, reviewer, made_of, asdict(now), since) else None


def _to_ask(review: ArticleReview, before: Finding, now: Finding) -> Iterator[tuple[Claim, bool]]:
    """Which claims are looked up anew, each among the published fact-checks or (True) among earlier judgements."""
    for claim in _worth_a_look(review):
        same = before.claims == now.claims and before.restated.get(claim.id) == now.restated.get(claim.id)
        if not same or before.published != now.published:
            yield claim, False
        if not same or before.own != now.own:
            yield claim, True


def _published(store: Store) -> str:
    return f"{collection_changes(store)}{_model(store)}"


def _model(store: Store) -> str:
    model = vectors.kept_model(store)
    return f".{model.identity}{'' if model.whole else '-'}" if model is not None else ""


def _lacks_model(store: Store, checks: Checks | None) -> bool:
    return checks is not None and checks.embedded is None and vectors.kept_model(store) is not None


def _digest(parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]


def _sources(
    store: Store, review: ArticleReview, judged: JudgedClaims, asked: Sequence[tuple[Claim, bool]], call: Call | None
) -> Mapping[bool, Checks | None]:
    """What is looked in: the published fact-checks, and (True) earlier judgements; None where there are none."""
    of_published = [sought_for(review, claim) for claim, own in asked if not own]
    of_own = [sought_for(review, claim) for claim, own in asked if own]
    return {
        False: _published_checks(store, of_published, call) if of_published else None,
        True: _earlier(store, review, judged, of_own, call) if of_own and len(judged.index) else None,
    }


def _published_checks(store: Store, sought: Sequence[Sought], call: Call | None) -> Checks | None:
    index = stored.index(store)
    if not index.size().checks:
        return None
    return Checks(index, stored.main_language(store), kept_likeness(store, sought, call) if call else None)


def _earlier(
    store: Store, review: ArticleReview, judged: JudgedClaims, sought: Sequence[Sought], call: Call | None
) -> Checks:
    article_id, by_lead = review.article.id, review.reviewer == ADJUDICATED
    exercises = {} if by_lead else project.exercises(store)
    # In an exercise nothing is said of what the lead thinks.
    hidden = {ADJUDICATED} if article_id in exercises else set()
    reviewers = [each for each in judged.reviewers if each not in hidden]
    may = Earlier(judged, reviewers, article_id, exercises)
    like = judged_likeness(store, reviewers, may.checks(), article_id, sought, call) if call else None
    return Checks(may, review.article.language, like)


def _made_of(store: Store, review: ArticleReview) -> str:
    """What a finding depends on, as a short text; empty where there is nothing that could be found."""
    changes, decided = collection_changes(store), last_decided(store, *whose(review.reviewer))
    if not changes and not decided:
        return ""
    own = sorted((id_, each.restatement or "") for id_, each in review.judgements.items() if each.restatement)
    parts = own, [claim.id for claim in review.claims], sorted(project.exercises(store))
    return f"{_VERSION}.{changes}.{decided}.{_digest(parts)}{_model(store)}"


def _worth_a_look(review: ArticleReview) -> Iterator[Claim]:
    for claim in review.claims:
        suggested = review.suggested_worth(claim)
        waived = suggested is not None and review.scheme.worth_value(suggested[1].worth).waives_verdict
        long_enough = len(claim.span.slice(review.article.text).split()) >= _FEWEST_WORDS
        # What she has put in words of her own is a claim to her.
        if review.judgement(claim).restatement or (long_enough and not waived):
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


def _seen(review: ArticleReview, claim: Claim, checks: Checks | None, *, own: bool) -> list[Seen]:
    """What is sure enough of a claim among some checks."""
    if checks is None:
        return []
    sought = sought_for(review, claim)
    found = [_of(match, sought, own=own) for match in matches(checks, sought, MOST)]
    return [seen for seen in found if seen.score >= SURE_ENOUGH]


def _best(found: Sequence[Seen]) -> list[Seen]:
    """The best of what was seen of one claim, best first, each with whether another comes to the opposite."""
    good = sorted(found, key=lambda seen: (-seen.score, seen.stale, seen.key))
    disputed = {"supported", "refuted"} <= {seen.value for seen in good}
    return [replace(seen, contradicted=disputed and seen.value in ("supported", "refuted")) for seen in good[:MOST]]


def words_that_agree(shown: str, own: str, seen: Seen) -> list[Span]:
    """Where in the words that are shown of what was seen those stand that the claim has too, whatever their endings."""
    return list(agreeing(shown, own, seen.check.language))


def _of(match: Match, sought: Sought, *, own: bool) -> Seen:
    """A match as it is shown; a sentence that is copied word for word, or nearly so, is one for sure."""
    alike = likeness(compared(sought.text), compared(match.check.claim))
    score, why = match.score, [each for each in match.why if each not in (_SAME, _NEARLY)]
    if alike == 1.0:
        # What only the title names says nothing against it.
        score, why = 1.0, [_SAME, *(each for each in why if not each.startswith(NAMES_MORE))]
    elif alike >= _ALIKE:
        score, why = max(score, alike), [_NEARLY, *why]
    elif len(why) != len(match.why):
        why = list(match.why)
    return Seen(match.check, round(score, 4), tuple(why), own=own, stale=_is_stale(match.check, sought))


def _is_stale(check: Check, sought: Sought) -> bool:
    then, now = day_number(check.date), day_number(sought.date) or date.today().toordinal()
    return then is not None and now - then > _STALE_AFTER


def _from_data(found: Any) -> Finding:
    """What was kept; nothing where it was kept in another form."""
    if set(found) != {each.name for each in fields(Finding)}:
        return Finding()
    seen = {
        id_: [Seen(**{**each, "check": Check(**each["check"]), "why": tuple(each["why"])}) for each in several]
        for id_, several in found["seen"].items()
    }
    return Finding(**{**found, "seen": seen})


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
