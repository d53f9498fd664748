"""Whether anything can have been seen before, and since when: what is asked of every article and at every decision.

It is apart from the rest that knows fact-checks, which a start without any does not load.
"""

from __future__ import annotations

import json

from annotator.model.reviewer import ADJUDICATED
from annotator.model.uniting import MERGE
from annotator.store.aliases import RENAME, own_keys
from annotator.store.connection import Store, translated
from annotator.store.fact_checks.judged import has_judged, has_verdict, judged_id, standing
from annotator.store.ledger import DECISION, REDO, SHARED, UNDO
from annotator.store.names import NONE, known_key


def collection_changes(store: Store) -> int:
    """How often the collection of fact-checks was changed; 0 where there never was one."""
    with translated(store.path):
        (changes,) = store.connection.execute("select changes from fact_check_size").fetchone()
        return int(changes)


def last_decided(store: Store, *reviewers: str) -> int:
    """The Lamport counter behind which none of these reviewers' work has changed.

    That is of their last decision, undo or redo, or of the last merge or renaming, which may bring earlier ones; 0
    where none of them has a verdict.
    """
    with translated(store.path):
        return max(_last_decided(store, reviewer) for reviewer in reviewers)


def _last_decided(store: Store, reviewer: str) -> int:
    connection = store.connection
    if not has_judged(store, reviewer):
        return 0
    own = max(
        _last(store, "ledger_by_reviewer", f"reviewer = ? and kind = {kind}", key)
        for key in own_keys(connection, reviewer)
        for kind in (DECISION, UNDO, REDO)
    )
    brought = (known_key(connection, "action", action) for action in (MERGE, RENAME))
    where = f"article is null and kind = {SHARED} and action = ?"
    others = [_last(store, "ledger_shared", where, action) for action in brought if action != NONE]
    return max([own, *others])


def _last(store: Store, index: str, where: str, parameter: int) -> int:
    """The Lamport counter of the last of these entries, 0 where there is none."""
    row = store.connection.execute(
        f"select lamport from ledger indexed by {index} where {where} order by lamport desc limit 1", (parameter,)
    ).fetchone()
    return int(row[0]) if row is not None else 0


def shows_adjudicated(store: Store, article_id: str, reviewer: str, claim_id: str) -> bool:
    """Whether the reviewer decides of a claim in sight of what the lead has settled.

    She does where that is shown to her as seen before of the claim, and where what was settled of this very claim was
    shown to her elsewhere. What is kept is as it was given to `keep_seen`: `settled` has by claim the judgements of the
    adjudicated layer that are shown, `judged_in` the articles of their claims.
    """
    # All that is asked where nothing was ever settled.
    if known_key(store.connection, "reviewer", ADJUDICATED) == NONE:
        return False
    row = store.connection.execute(
        "select json_extract(found, '$.settled'), json_extract(found, '$.judged_in') from seen_before "
        "where article = ? and reviewer = ? and instr(found, ?) > 0 and json_valid(found)",
        (article_id, reviewer, f'"{judged_id(ADJUDICATED, "")}'),
    ).fetchone()
    if row is not None and None not in row:
        judged_in = json.loads(row[1])
        shown = {id_: judged_in[id_] for id_ in json.loads(row[0]).get(claim_id, ())}
        if standing(store, article_id, reviewer, shown):
            return True
    settled = judged_id(ADJUDICATED, claim_id)
    if not has_verdict(store, article_id, settled):
        return False
    elsewhere = "select exists (select 1 from seen_before where reviewer = ? and instr(found, ?) > 0)"
    return bool(store.connection.execute(elsewhere, (reviewer, f'"{settled}"')).fetchone()[0])
