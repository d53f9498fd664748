"""What is learned from one reviewer's decisions, and nobody else's: how often each rule of attribution is right."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

from annotator.errors import RowDamagedError
from annotator.model.ledger import effective
from annotator.model.rule_record import RuleRecord, rule_record
from annotator.model.stored_article import StoredArticle
from annotator.model.suggestion import AttributionSuggestion
from annotator.store import Store, ledger
from annotator.store.review import load_review
from annotator.store.suggestions import decided_last, proposals
from annotator.workflow.session import ReviewSession

MOST_ARTICLES = 200
"""So many of the articles that she decided on last are counted."""

_BREATH = 0.005


def own_rule_record(session: ReviewSession, over: Callable[[], bool] = lambda: False) -> RuleRecord | None:
    """How often each rule of attribution was right for the session's reviewer; None where it is over before that.

    For a thread and a connection of its own: it takes some milliseconds an article, and leaves room for keys between
    two. An article that cannot be read is left out.
    """
    decided: list[tuple[str, bool]] = []
    for article_id in decided_last(session.store, session.reviewer, MOST_ARTICLES):
        if over():
            return None
        sleep(_BREATH)
        try:
            decided += _decided(session.store, article_id, session.reviewer)
        except RowDamagedError:
            continue
    return rule_record(decided)


def _decided(store: Store, article_id: str, reviewer: str) -> list[tuple[str, bool]]:
    """Of every attribution that was proposed and is settled, as the report counts it: its rule, and whether it is kept.

    What a rule proposed twice, in two versions, counts once. Neither the text nor its sentences are read.
    """
    # Deferred: a start does not need the reports.
    from annotator.reports.suggestions import OutcomeKind
    from annotator.workflow.suggestion_outcomes import outcomes_of

    found = [each for each in proposals(store, article_id) if each.kind == "attribution"]
    made = [(each.id, each.suggestion) for each in found if isinstance(each.suggestion, AttributionSuggestion)]
    article = StoredArticle(article_id, "", (), "", "", (), (), attributions=tuple(made))
    review = load_review(store, article, reviewer)
    outcomes = outcomes_of(found, review, effective(list(ledger.entries_of(store, reviewer, article_id))))
    by_saying = {(one.rule, one.attribution.said): outcomes[id_].kind for id_, one in made if id_ in outcomes}
    return [(rule, kind is OutcomeKind.ACCEPTED) for (rule, _), kind in by_saying.items()]
