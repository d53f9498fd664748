"""Seen before, for the workbench: what was found is read at once, and looked up on a thread of its own.

The matching is imported there alone: the first frame does not wait for it, and `first_keys` loads it behind that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from annotator.model.late import dataclass
from annotator.model.reviewer import ADJUDICATED
from annotator.store.fact_checks.check_state import collection_changes, last_decided
from annotator.workflow.session import ReviewSession

if TYPE_CHECKING:
    from annotator.model.check import Found, Since
    from annotator.workflow.fact_checks.judged_claims import JudgedClaims

_judged: WeakKeyDictionary[ReviewSession, JudgedClaims] = WeakKeyDictionary()
"""What each session has read of earlier judgements: from then on only what has changed is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found before, what has become since of the fact-checks that are evidence, and what to look again for.

    That is a short text, empty where nothing has to be looked up.
    """

    seen: Found = field(default_factory=dict)
    outdated: Mapping[str, Since] = field(default_factory=dict)
    to_look_up: str = ""


def kept_before(session: ReviewSession) -> Kept:
    """What is kept for the open article; quick, and nothing where there is no fact-check and no verdict."""
    review = session.review
    if not collection_changes(session.store) and not last_decided(session.store, review.reviewer, ADJUDICATED):
        return Kept()
    from annotator.workflow.fact_checks import seen_before
    from annotator.workflow.other_terminals import outdated_evidence

    seen, to_look_up = seen_before.kept(session.store, review)
    return Kept(seen, outdated_evidence(session.store, review), to_look_up)


def found_before(session: ReviewSession, article_id: str, over: Callable[[], bool], wanted: str = "") -> Found | None:
    """Look an article's claims up, and keep what is found; None where it is over before that is done.

    What was kept for all that is `wanted` meanwhile is not looked up again: an article that is left and opened again
    is while the first look is under way.
    """
    from annotator.workflow.fact_checks import seen_before
    from annotator.workflow.fact_checks.judged_claims import JudgedClaims
    from annotator.workflow.fact_checks.model_helper import HELPER

    if (
        wanted
        and (found := seen_before.found_meanwhile(session.store, article_id, session.reviewer, wanted)) is not None
    ):
        return found
    judged = _judged.setdefault(session, JudgedClaims(seen_before.whose(session.reviewer)))
    call = partial(HELPER.call, over)
    return seen_before.look_up(session.store, article_id, session.reviewer, over=over, call=call, judged=judged)
