"""Suggestions in the store: what suggesters proposed for an article, and which suggesters the project has chosen."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from annotator.errors import DomainError, NotFoundError, StoreError
from annotator.model.article import Segmentation
from annotator.model.attribution import Attribution
from annotator.model.ledger import Entry, payload_json
from annotator.model.review import StoredArticle
from annotator.model.span import Span
from annotator.model.suggestion import (
    AttributionSuggestion,
    Suggestions,
    WorthSuggestion,
    suggester_name,
    suggestion_id,
)
from annotator.store import ledger
from annotator.store.connection import Store, translated
from annotator.store.damage import readable_article

CHOICE = "suggesters"
"""The ledger's action, and the key in the table meta, of the choice of suggesters."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as it is stored; `current` is False once a later run has superseded it."""

    id: str
    suggester: str
    kind: Literal["worth", "attribution"]
    rule: str
    current: bool
    suggestion: WorthSuggestion | AttributionSuggestion


def write_suggestions(
    store: Store, article_id: str, proposed: Iterable[Suggestions], keep: Collection[str] = ()
) -> None:
    """Store what suggesters propose, in the caller's transaction and in the order of the suggesters.

    Everything that was proposed before is superseded, but for what the suggesters named in `keep` proposed. Raises
    NotFoundError where the article's text is not here.
    """
    there = store.connection.execute("select 1 from article where id = ? and text is not null", (article_id,))
    if there.fetchone() is None:
        raise NotFoundError(f"{store.path}: article {article_id[:12]} is not here, or no more; `annotator` lists them")
    before = store.connection.execute(
        "select distinct suggester from suggestion where article_id = ? and current = 1", (article_id,)
    )
    for (suggester,) in before.fetchall():
        if suggester_name(suggester) not in keep:
            store.connection.execute(
                "update suggestion set current = 0 where article_id = ? and suggester = ?", (article_id, suggester)
            )
    rows = [row for one in proposed for row in _rows(article_id, one)]
    store.connection.executemany(
        "insert into suggestion (id, article_id, suggester, rule, confidence, kind, payload, ordinal, current) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, 1) on conflict (id) do update set current = 1, ordinal = excluded.ordinal, "
        "confidence = excluded.confidence",
        [(*row, ordinal) for ordinal, row in enumerate(rows)],
    )


def _rows(article_id: str, proposed: Suggestions) -> list[tuple[str, str, str, str, float, str, str]]:
    """Id, article, suggester, rule, confidence, kind and payload of each proposal."""
    suggester = proposed.suggester
    rows = []
    for worth in proposed.worths:
        value = {"span": worth.span.as_pair(), "worth": worth.worth}
        id_ = suggestion_id(article_id, suggester, worth.rule, value)
        rows.append((id_, article_id, suggester, worth.rule, worth.confidence, "worth", payload_json(value)))
    ids: dict[str, str] = {}
    payloads: dict[str, dict[str, Any]] = {}
    pending = list(proposed.attributions)
    while pending:
        ready = [made for made in pending if made.attribution.parent is None or made.attribution.parent in ids]
        if not ready:
            raise DomainError(f"{suggester} nests an attribution in one that does not exist")
        for made in ready:
            # A suggester's own ids are unique in one of its runs only: what is stored goes by what it says.
            parent = ids.get(made.attribution.parent or "")
            payload = {"attribution": replace(made.attribution, parent=parent).as_payload()}
            id_ = ids[made.attribution.id] = suggestion_id(article_id, suggester, made.rule, payload)
            payloads[id_] = {"id": id_, **payload}
        pending = [made for made in pending if made.attribution.id not in ids]
    for made in proposed.attributions:
        id_ = ids[made.attribution.id]
        text = payload_json(payloads[id_])
        rows.append((id_, article_id, suggester, made.rule, made.confidence, "attribution", text))
    return rows


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
        "select id, suggester, kind, rule, current, confidence, payload from suggestion "
        f"where article_id = ? {'and current = 1' if only_current else ''} order by ordinal",
        (article_id,),
    )
    return [
        Proposal(id_, suggester, kind, rule, bool(current), _suggestion(kind, rule, confidence, json.loads(payload)))
        for id_, suggester, kind, rule, current, confidence, payload in rows
    ]


def _suggestion(
    kind: str, rule: str, confidence: float, values: Mapping[str, Any]
) -> WorthSuggestion | AttributionSuggestion:
    if kind == "worth":
        return WorthSuggestion(Span(*values["span"]), values["worth"], rule, confidence)
    return AttributionSuggestion(Attribution.from_payload(values["id"], values["attribution"]), rule, confidence)


def refused_suggestions(store: Store, article: StoredArticle, reviewer: str) -> frozenset[str]:
    """The ids of what the reviewer refused, and of the current attributions that say what a refused one says."""
    rows = store.connection.execute(
        "select suggestion_id, payload from refusal left join suggestion on id = suggestion_id "
        "and kind = 'attribution' where reviewer = ? and refusal.article_id = ?",
        (reviewer, article.id),
    ).fetchall()
    if not rows:
        return frozenset()
    payloads = [json.loads(payload) for _, payload in rows if payload is not None]
    said = {Attribution.from_payload("", payload["attribution"]).said for payload in payloads}
    same = {id_ for id_, made in article.attributions if made.attribution.said in said}
    return frozenset(same.union(id_ for id_, _ in rows))


def segmentation_of(store: Store, article: StoredArticle) -> Segmentation:
    """The article's blocks and sentences, with the version of the splitter that made them."""
    with translated(store.path):
        row = store.connection.execute("select splitter from article where id = ?", (article.id,)).fetchone()
    return Segmentation(article.blocks, article.sentences, row[0])


def proposal_counts(store: Store, without: Collection[str] = ()) -> list[tuple[str, str, str, int]]:
    """Suggester, kind, rule and how many current proposals they have in the articles that are shown.

    The articles in `without` are left out.
    """
    with translated(store.path):
        return store.connection.execute(
            "select suggester, kind, rule, count(*) from suggestion join article on article.id = article_id "
            "where current = 1 and hidden = 0 and text is not null "
            "and article_id not in (select value from json_each(?)) group by 1, 2, 3",
            (json.dumps(sorted(without)),),
        ).fetchall()


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
        rows = store.connection.execute(
            "select distinct article.id, reviewer, ordinal from ledger join article on article.id = article_id "
            "where kind = 'decision' and erased = 0 and hidden = 0 and text is not null order by ordinal, reviewer"
        )
        return [(article_id, reviewer) for article_id, reviewer, _ in rows if not reviewers or reviewer in reviewers]
