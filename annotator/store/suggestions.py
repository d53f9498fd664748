"""Suggestions in the store: what was proposed, what is proposed now, and which suggesters the project has chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from annotator.errors import NotFoundError, StoreError
from annotator.model.article import Segmentation
from annotator.model.attribution import Attribution
from annotator.model.ledger import Entry
from annotator.model.stored_article import StoredArticle
from annotator.model.suggestion import AttributionSuggestion, Suggestions, WorthSuggestion, suggester_name
from annotator.model.worth import best_by_value, worth_of
from annotator.store import aliases, ledger
from annotator.store.connection import Store, translated
from annotator.store.digests import row_digest
from annotator.store.names import article_key, key_of, work_keys
from annotator.store.packing import unpacked_hash
from annotator.store.parts import parts_of
from annotator.store.proposal_rows import (
    Proposal,
    Row,
    best_apart,
    kinds_and_rules,
    packed_proposals,
    proposals_of,
    unpacked_proposals,
    worth_row,
    worth_values,
)
from annotator.store.soundness.damage import readable, readable_article

CHOICE = "suggesters"
"""The ledger's action, and the key in the table meta, of the choice of suggesters."""


def write_suggestions(
    store: Store, article_id: str, proposed: Iterable[Suggestions], keep: Collection[str] = ()
) -> None:
    """Store what suggesters propose, in the caller's transaction and in the order of the suggesters.

    Everything that was proposed before is superseded, but for what the suggesters named in `keep` proposed. The
    article's worth is written with them, that of what reviewers have left open is not (`worths_anew.after_suggesting`).
    Raises NotFoundError where the article's text is not here.
    """
    there = store.connection.execute("select 1 from article where id = ? and purged_at is null", (article_id,))
    if there.fetchone() is None:
        raise NotFoundError(f"{store.path}: article {article_id[:12]} is not here, or no more; `annotator` lists them")
    before: dict[str, dict[str, Proposal]] = {}
    for proposal in _proposals(store, article_id, only_current=False):
        before.setdefault(proposal.suggester, {})[proposal.id] = proposal
    after = {
        suggester: dict(known)
        if suggester_name(suggester) in keep
        else {id_: replace(proposal, current=False) for id_, proposal in known.items()}
        for suggester, known in before.items()
    }
    first = 0
    for one in proposed:
        made = proposals_of(article_id, one, first)
        first += len(one.worths) + len(one.attributions)
        after.setdefault(one.suggester, {}).update((proposal.id, proposal) for proposal in made)
    for suggester, known in after.items():
        if known != before.get(suggester):
            write_proposals(store, article_id, suggester, list(known.values()))
    write_worth(store, article_id)


def present_worth(store: Store, article_id: str, starts: Sequence[int] | None = None) -> float:
    """How far an article is worth checking for whoever has decided nothing of it, from what is suggested now.

    `starts` are where its sentences begin (code points), where that is known.
    """
    found = _current_worths(store, article_id)
    if not any(rows for _, rows in found):
        return 0.0
    if starts is None:
        starts = [sentence.span.start for sentence in parts_of(store, article_id).sentences]
    best = best_apart(chain.from_iterable(rows for _, rows in found), frozenset(starts))
    if best is None:
        best = best_by_value(starts, _in_order(article_id, found))
    return worth_of(best, store.scheme)


def write_worth(store: Store, article_id: str) -> None:
    """Write that of an article, from what is suggested now; inside the caller's transaction."""
    store.connection.execute(
        "update article set worth = ? where id = ?", (present_worth(store, article_id), article_id)
    )


def write_proposals(store: Store, article_id: str, suggester: str, known: Sequence[Proposal]) -> None:
    """Write all that a suggester ever proposed for an article; inside the caller's transaction."""
    current = packed_proposals(article_id, [proposal for proposal in known if proposal.current])
    superseded = packed_proposals(article_id, [proposal for proposal in known if not proposal.current])
    article, key = article_key(store.connection, article_id), key_of(store.connection, "suggester", suggester)
    write_row(store, article, key, current, superseded, suggestion_digest(article_id, suggester, current, superseded))


def write_row(
    store: Store, article: int, suggester: int, current: bytes | None, superseded: bytes | None, digest: bytes
) -> None:
    """Write the values of one suggester and article, by their numbers; inside the caller's transaction."""
    store.connection.execute(
        "insert into suggestion (article, suggester, current, superseded, digest) values (?, ?, ?, ?, ?) "
        "on conflict (article, suggester) do update set current = excluded.current, superseded = excluded.superseded, "
        "digest = excluded.digest",
        (article, suggester, current, superseded, digest),
    )


def unite_suggestions(
    article_id: str,
    suggester: str,
    mine: tuple[bytes | None, bytes | None] | None,
    theirs: tuple[bytes | None, bytes | None],
) -> tuple[bytes | None, bytes | None, bytes]:
    """What a suggester proposed for an article in two databases: current, superseded, and the digest of both.

    What is proposed now in either is proposed now.
    """
    found: dict[str, Proposal] = {}
    for values in filter(None, (mine, theirs)):
        for value, is_current in zip(values, (True, False), strict=True):
            for proposal in unpacked_proposals(article_id, suggester, value, current=is_current):
                known = found.get(proposal.id)
                if known is None or (is_current, -proposal.place) > (known.current, -known.place):
                    found[proposal.id] = proposal
    ordered = sorted(found.values(), key=lambda proposal: (proposal.place, proposal.id))
    current = packed_proposals(article_id, [proposal for proposal in ordered if proposal.current])
    superseded = packed_proposals(article_id, [proposal for proposal in ordered if not proposal.current])
    return current, superseded, suggestion_digest(article_id, suggester, current, superseded)


def suggestion_digest(article_id: str, suggester: str, current: bytes | None, superseded: bytes | None) -> bytes:
    """The digest of a row of the table suggestion."""
    return row_digest("suggestion", article_id, suggester, current, superseded)


def current_suggestions(
    store: Store, article_id: str
) -> tuple[tuple[tuple[str, WorthSuggestion], ...], tuple[tuple[str, AttributionSuggestion], ...]]:
    """Check-worthiness and attributions that are proposed now, each with its id, those of the first suggester first.

    Of several suggesters' attributions that say the same the first stands for all; so it does for what is nested.
    """
    worths: list[tuple[str, WorthSuggestion]] = []
    attributions: list[tuple[str, AttributionSuggestion]] = []
    suggesters = set()
    for made in _proposals(store, article_id, only_current=True):
        if isinstance(made.suggestion, WorthSuggestion):
            worths.append((made.id, made.suggestion))
        else:
            suggesters.add(made.suggester)
            attributions.append((made.id, made.suggestion))
    return tuple(worths), tuple(attributions if len(suggesters) < 2 else _merged(attributions))


def _current_worths(store: Store, article_id: str) -> list[tuple[str, list[Row]]]:
    """Each suggester with the rows of the same check-worthiness alone: nothing is made of them, nor of attributions."""
    rows = store.connection.execute(
        "select text, current from suggestion join name on name.key = suggester where article = ?",
        (article_key(store.connection, article_id),),
    )
    return [(suggester, worth_values(current)) for suggester, current in rows]


def _in_order(article_id: str, rows: Iterable[tuple[str, list[Row]]]) -> list[WorthSuggestion]:
    """What the rows propose, the first of the article first; ids, which take long, are made where needed."""
    found = [(worth_row(row), suggester) for suggester, own in rows for row in own]
    if len({made.place for made, _ in found}) == len(found):
        found.sort(key=lambda each: each[0].place)
    else:
        found.sort(key=lambda each: (each[0].place, each[0].id(article_id, each[1])))
    return [made.suggestion for made, _ in found]


def _merged(found: Sequence[tuple[str, AttributionSuggestion]]) -> list[tuple[str, AttributionSuggestion]]:
    first: dict[Attribution, str] = {}
    stand_in: dict[str, str] = {}
    for id_, made in found:
        stand_in[id_] = first.setdefault(made.attribution.said, id_)
    return [
        (id_, replace(made, attribution=replace(made.attribution, parent=stand_in.get(made.attribution.parent or ""))))
        for id_, made in found
        if stand_in[id_] == id_
    ]


@readable_article
def proposals(store: Store, article_id: str) -> list[Proposal]:
    """Everything that was ever proposed for the article, superseded or not."""
    with translated(store.path):
        return _proposals(store, article_id, only_current=False)


def _proposals(store: Store, article_id: str, *, only_current: bool) -> list[Proposal]:
    rows = store.connection.execute(
        f"select text, current, {'null' if only_current else 'superseded'} from suggestion "
        "join name on name.key = suggester where article = ?",
        (article_key(store.connection, article_id),),
    )
    found: list[Proposal] = []
    for suggester, current, superseded in rows:
        found += unpacked_proposals(article_id, suggester, current, current=True)
        found += unpacked_proposals(article_id, suggester, superseded, current=False)
    return sorted(found, key=lambda proposal: (proposal.place, proposal.current, proposal.id))


def refused_suggestions(
    store: Store, article: StoredArticle, reviewer: str, alike: Callable[[], Mapping[str, frozenset[str]]]
) -> frozenset[str]:
    """The ids of what the reviewer refused, and of the current attributions that say what a refused one says.

    `alike` says for each current attribution which say the same.
    """
    rows = store.connection.execute(
        "select suggestion from refusal where article = ? and reviewer = ?",
        work_keys(store.connection, reviewer, article.id),
    ).fetchall()
    if not rows:
        return frozenset()
    refused = frozenset(unpacked_hash(row[0]) for row in rows)
    # Asked at every decision: what is proposed now is at hand, and only the others have to be unpacked.
    same = alike()
    found = refused.union(*(same[id_] for id_ in refused if id_ in same))
    others = refused - same.keys() - {id_ for id_, _ in article.worths}
    if not others:
        return found
    said = {
        proposal.suggestion.attribution.said
        for proposal in _proposals(store, article.id, only_current=False)
        if proposal.id in others and isinstance(proposal.suggestion, AttributionSuggestion)
    }
    # Most say something of other words, which is seen sooner.
    contents = {made.content for made in said}
    near = [(id_, made.attribution) for id_, made in article.attributions if made.attribution.content in contents]
    return found.union(id_ for id_, attribution in near if attribution.said in said)


def segmentation_of(store: Store, article: StoredArticle) -> Segmentation:
    """The article's blocks and sentences, with the version of the splitter that made them."""
    with translated(store.path):
        row = store.connection.execute("select splitter from article where id = ?", (article.id,)).fetchone()
    return Segmentation(article.blocks, article.sentences, row[0])


def proposal_counts(store: Store, without: Collection[str] = ()) -> list[tuple[str, str, str, int]]:
    """Suggester, kind, rule and how many current proposals they have in the articles that are shown.

    The articles in `without` are left out.
    """
    counts: dict[tuple[str, str, str], int] = {}
    left_out = set(without)
    with translated(store.path):
        rows = store.connection.execute(
            "select article.id, name.text, current from suggestion join article on article.ordinal = article "
            "join name on name.key = suggester where current is not null and hidden = 0 and purged_at is null"
        )
        for article_id, suggester, current in rows:
            if article_id not in left_out:
                with readable(store.path, f"article {article_id[:12]}"):
                    found = kinds_and_rules(current)
                for kind, rule in found:
                    key = (suggester, kind, rule)
                    counts[key] = counts.get(key, 0) + 1
    return [(*key, count) for key, count in sorted(counts.items())]


def chosen_suggesters(store: Store) -> tuple[str, ...]:
    """The names of the suggesters that the project has chosen, in order; none where nothing was chosen."""
    with translated(store.path):
        row = store.connection.execute("select value from meta where key = ?", (CHOICE,)).fetchone()
    try:
        return tuple(json.loads(row[0])) if row else ()
    except (TypeError, ValueError) as error:
        raise StoreError(
            f"{store.path}: the choice of suggesters cannot be read; choose again: annotator suggesters use NAME"
        ) from error


def choose_suggesters(store: Store, names: Sequence[str], reviewer: str | None) -> bool:
    """Choose suggesters for the project: one transaction, one ledger entry; False where they are chosen already."""
    with store.transaction():
        row = store.connection.execute("select value from meta where key = ?", (CHOICE,)).fetchone()
        if row is not None and row[0] == json.dumps(list(names)):
            return False
        project_choice(store, ledger.append(store, "shared", CHOICE, {CHOICE: list(names)}, reviewer=reviewer))
    return True


def project_choice(store: Store, entry: Entry) -> None:
    """Write what an entry says about the choice of suggesters into the table meta."""
    store.connection.execute(
        "insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
        (CHOICE, json.dumps(entry.payload[CHOICE])),
    )


def decided_pairs(store: Store, reviewers: Collection[str] = ()) -> list[tuple[str, str]]:
    """Article id and reviewer (all where none are named) of every shown article about which somebody has decided."""
    with translated(store.path):
        names = aliases.now_called(store.connection)
        rows = store.connection.execute(
            "select article.id, name.text from (select distinct article, reviewer from ledger "
            f"where kind = {ledger.DECISION} and erased = 0 and article is not null) decided "
            "join article on article.ordinal = decided.article join name on name.key = decided.reviewer "
            "where hidden = 0 and purged_at is null order by article.ordinal, name.text"
        )
        found = [(article_id, names.get(reviewer, reviewer)) for article_id, reviewer in rows]
    if names:
        # Of each article in the order of the present names.
        places = {article_id: place for place, (article_id, _) in enumerate(found)}
        found = sorted(set(found), key=lambda pair: (places[pair[0]], pair[1]))
    return [(article_id, reviewer) for article_id, reviewer in found if not reviewers or reviewer in reviewers]


def decided_last(store: Store, reviewer: str, most: int) -> list[str]:
    """The ids of the shown articles that the reviewer decided on last, the last first; at most so many.

    Her decisions are read from the end, and no further than that takes.
    """
    last: dict[str, int] = {}
    with translated(store.path):
        for who in aliases.own_keys(store.connection, reviewer):
            rows = store.connection.execute(
                "select article.id, ledger.lamport from ledger indexed by ledger_by_reviewer "
                "join article on ordinal = ledger.article "
                f"where ledger.reviewer = ? and ledger.kind = {ledger.DECISION} and erased = 0 "
                "and hidden = 0 and purged_at is null order by ledger.lamport desc",
                (who,),
            )
            found: dict[str, int] = {}
            for article_id, lamport in rows:
                found.setdefault(article_id, lamport)
                if len(found) == most:
                    break
            last = {id_: max(last.get(id_, 0), found.get(id_, 0)) for id_ in (*last, *found)}
    return sorted(last, key=lambda id_: (-last[id_], id_))[:most]
