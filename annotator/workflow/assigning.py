"""Handing the project's articles or claims out to reviewers: the plan is shown first, and can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

from annotator.assignment import Handout, Holding, Overlap, Unit, hand_out
from annotator.errors import DecisionRefused, DomainError, NotFoundError
from annotator.model.late import dataclass
from annotator.model.ledger import Change, Entry
from annotator.model.review import ArticleReview, State
from annotator.model.span import Span
from annotator.model.text import claim_id
from annotator.store import Store, articles, handing_out, project
from annotator.store.review import load_article, load_review

Grain = Literal["article", "claim"]
"""What is handed out: whole articles, or single claims."""

_Spans = tuple[Span, ...] | None
_WHAT = "handing work out"


@dataclass(frozen=True, slots=True)
class Shares:
    """How a reviewer stands: articles and claims that are hers, and how many of these she has left."""

    articles: int
    claims: int
    left: int


@dataclass(frozen=True, slots=True)
class Given:
    """What is handed out to a reviewer: an article (id), or one claim of it (id; empty: the whole article)."""

    article_id: str
    reviewer: str
    claim_id: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A handing out of articles or claims that has been planned and not done.

    `changes` are the assignments as they would be; `before` and `after` are by reviewer; `several` is how many of
    `units` are more than one reviewer's, and `shared` how many claims each pair of reviewers has in common.
    """

    changes: Sequence[Change]
    before: Mapping[str, Shares]
    after: Mapping[str, Shares]
    units: int
    several: int
    shared: Mapping[tuple[str, str], int]
    grain: Grain = "article"


def propose(
    store: Store,
    reviewers: Sequence[str],
    overlap: Overlap,
    *,
    grain: Grain = "article",
    seed: int = 0,
    limit: int | None = None,
    article_ids: Sequence[str] | None = None,
) -> Proposal:
    """Plan who reviews what, balanced by claims; what has been begun stays with who began it.

    With `limit` at most so many articles or claims are handed out that nobody has yet, the first ones; with
    `article_ids` none but those. Raises DomainError for reviewers that cannot be, and DecisionRefused where the work
    is handed out by the other grain.
    """
    _check_called(store, reviewers)
    held = _held(store)
    _check_grain(held, grain)
    sizes = dict(project.shown_sizes(store))
    wanted = set(sizes if article_ids is None else article_ids)
    units = list(_units(store, grain, {id_: size for id_, size in sizes.items() if id_ in wanted}, held))
    chosen = _limited(units, limit)
    others = _left_elsewhere(store, held, sizes, wanted)
    planned = hand_out(chosen, reviewers, overlap, seed, others)
    return _proposal(store, _after(held, planned, grain), sizes, len(chosen), _several(chosen, planned), grain)


def propose_pairs(store: Store, pairs: Sequence[tuple[str, str]]) -> Proposal:
    """Plan exactly these hand-outs of whole articles: (article id, reviewer); what is handed out already stays."""
    return propose_given(store, [Given(article_id, reviewer) for article_id, reviewer in pairs])


def propose_given(store: Store, rows: Sequence[Given]) -> Proposal:
    """Plan exactly these hand-outs, all of whole articles or all of claims; what is handed out already stays.

    Raises DomainError where both are there, NotFoundError for a claim that no sentence of the article is, and
    DecisionRefused where the work is handed out by the other grain.
    """
    if len({bool(row.claim_id) for row in rows}) > 1:
        raise DomainError("some rows are of a claim and some of a whole article: hand out one or the other")
    grain: Grain = "claim" if any(row.claim_id for row in rows) else "article"
    _check_called(store, [row.reviewer for row in rows])
    held = _held(store)
    _check_grain(held, grain)
    sizes = dict(project.shown_sizes(store))
    after = {article_id: dict(who) for article_id, who in held.items()}
    places = _Places(store)
    for row in rows:
        who = after.setdefault(row.article_id, {})
        if grain == "article":
            who[row.reviewer] = None
        else:
            who[row.reviewer] = tuple(sorted({*(who.get(row.reviewer) or ()), places.span_of(row)}))
    units = len({(row.article_id, row.claim_id) for row in rows})
    several = sum(_held_by_several(after.get(article_id, {})) for article_id in sizes)
    return _proposal(store, after, sizes, units, several, grain)


def _held_by_several(who: Mapping[str, _Spans]) -> int:
    """How many units of an article (the article, or claims of it) more than one reviewer holds."""
    holders = Counter(span for spans in who.values() for span in (spans if spans is not None else [None]))
    return sum(count > 1 for count in holders.values())


def given(store: Store) -> list[Given]:
    """What is handed out of the articles that are shown, in their order: whose, and claim by claim where it is so."""
    shown = dict(project.shown_sizes(store))
    return [
        Given(article_id, reviewer, claim_id(article_id, span) if span is not None else "")
        for article_id, reviewer, spans in project.assignments(store)
        if article_id in shown
        for span in (spans if spans is not None else [None])
    ]


class _Places:
    """Where claims lie, by their ids; an article is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, Span]] = {}

    def span_of(self, row: Given) -> Span:
        """The span of a row's claim; raises NotFoundError."""
        if row.article_id not in self._known:
            article = load_article(self._store, row.article_id, suggested=False)
            spans = [sentence.span for sentence in article.sentences]
            self._known[row.article_id] = {claim_id(row.article_id, span): span for span in spans}
        found = self._known[row.article_id].get(row.claim_id)
        if found is None:
            raise NotFoundError(
                f"{self._store.path}: article {row.article_id[:12]} has no claim {row.claim_id[:12]}: another version "
                "may have split it otherwise"
            )
        return found


def _check_called(store: Store, reviewers: Sequence[str]) -> None:
    present = project.load_project(store)
    for name in reviewers:
        present.check_name(name)


def assign(store: Store, proposal: Proposal, reviewer: str | None) -> None:
    """Do what was proposed; raises DecisionRefused where it changes nothing, and for who does not lead the project."""
    project.load_project(store).check_lead(reviewer, _WHAT)
    if not proposal.changes:
        raise DecisionRefused("nothing to hand out: everything is as it would be")
    handing_out.assign(store, proposal.changes, reviewer)


def take_back(store: Store, reviewer: str | None) -> Entry:
    """Take the last handing out back, and say which it was; what was decided meanwhile stays decided."""
    project.load_project(store).check_lead(reviewer, _WHAT)
    last = handing_out.last_handout(store)
    if last is None:
        raise DecisionRefused("there is no assignment to take back")
    handing_out.take_back(store, last, reviewer)
    return last


def shares(store: Store) -> dict[str, Shares]:
    """How everybody stands to whom something is handed out, by name."""
    return _shares(_held(store), dict(project.shown_sizes(store)), project.begun(store))


def find_articles(store: Store, named: Sequence[str]) -> list[str]:
    """The ids of articles that are shown, by id, its beginning, address or title. Raises NotFoundError."""
    found = [articles.find_article(store, name) for name in named]
    shown = {id_ for id_, _ in project.shown_sizes(store)}
    for article_id in found:
        if article_id not in shown:
            raise NotFoundError(
                f"{store.path}: article {article_id[:12]} is hidden: show it again before handing it out"
            )
    return found


_Held = Mapping[str, Mapping[str, _Spans]]


def _held(store: Store) -> dict[str, dict[str, _Spans]]:
    """Who holds what of each article, by its id."""
    found: dict[str, dict[str, _Spans]] = {}
    for article_id, reviewer, spans in project.assignments(store):
        found.setdefault(article_id, {})[reviewer] = spans
    return found


def _check_grain(held: _Held, grain: Grain) -> None:
    by_claim = {spans is not None for who in held.values() for spans in who.values()}
    if by_claim - {grain == "claim"}:
        present = "claim" if True in by_claim else "article"
        raise DecisionRefused(f"work is handed out by {present} here: give --by {present}, or take it back with --undo")


def _units(store: Store, grain: Grain, sizes: Mapping[str, int], held: _Held) -> Iterator[Unit]:
    begun = project.begun(store)
    for article_id, size in sizes.items():
        who = held.get(article_id, {})
        if grain == "claim":
            yield from _claims(store, article_id, who, begun)
            continue
        holdings = {
            reviewer: Holding(begun.get((article_id, reviewer), size), begun=(article_id, reviewer) in begun)
            for reviewer in who
        }
        yield Unit(article_id, size, holdings)


def _claims(
    store: Store, article_id: str, who: Mapping[str, _Spans], begun: Mapping[tuple[str, str], int]
) -> Iterator[Unit]:
    """Each sentence of an article as a unit, called by the article's id and its start and end."""
    article = load_article(store, article_id, suggested=False)
    reviews = {name: load_review(store, article, name) for name in who if (article_id, name) in begun}
    for sentence in article.sentences:
        holdings = {
            name: _holding(reviews.get(name), sentence.span)
            for name, spans in who.items()
            if spans is None or sentence.span in spans
        }
        yield Unit(_unit_id(article_id, sentence.span), 1, holdings)


def _holding(review: ArticleReview | None, span: Span) -> Holding:
    if review is None:
        return Holding(1)
    states = [review.state(claim, "both") for claim in review.claims if claim.span.overlaps(span)]
    left = any(state not in (State.DONE, State.SKIPPED) for state in states)
    return Holding(int(left), begun=any(state is not State.TO_DO for state in states))


def _unit_id(article_id: str, span: Span) -> str:
    return f"{article_id} {span.start} {span.end}"


def _limited(units: Sequence[Unit], limit: int | None) -> list[Unit]:
    """Those that somebody holds, and at most so many others, the first ones."""
    if limit is None:
        return list(units)
    new = {unit.id for unit in [unit for unit in units if not unit.held][:limit]}
    return [unit for unit in units if unit.held or unit.id in new]


def _left_elsewhere(store: Store, held: _Held, sizes: Mapping[str, int], wanted: set[str]) -> dict[str, int]:
    """The claims that each reviewer has left in articles that the handing out is not about."""
    elsewhere = {article_id: who for article_id, who in held.items() if article_id not in wanted}
    return {name: share.left for name, share in _shares(elsewhere, sizes, project.begun(store)).items()}


def _several(units: Sequence[Unit], planned: Handout) -> int:
    holders = Counter({unit.id: len(unit.held) for unit in units})
    holders.update(id_ for id_, _ in planned.added)
    holders.subtract(id_ for id_, _ in planned.removed)
    return sum(count > 1 for count in holders.values())


def _after(held: _Held, planned: Handout, grain: Grain) -> dict[str, dict[str, _Spans]]:
    """Who would hold what once the plan is carried out."""
    after = {article_id: dict(who) for article_id, who in held.items()}
    if grain == "article":
        for article_id, reviewer in planned.removed:
            del after[article_id][reviewer]
        for article_id, reviewer in planned.added:
            after.setdefault(article_id, {})[reviewer] = None
        return after
    spans: dict[tuple[str, str], set[Span]] = {
        (article_id, name): set(given or ()) for article_id, who in held.items() for name, given in who.items()
    }
    for unit, reviewer in planned.removed:
        article_id, span = _place(unit)
        spans[article_id, reviewer].discard(span)
    for unit, reviewer in planned.added:
        article_id, span = _place(unit)
        spans.setdefault((article_id, reviewer), set()).add(span)
    for (article_id, reviewer), given in spans.items():
        who = after.setdefault(article_id, {})
        who[reviewer] = tuple(sorted(given))
        if not given:
            del who[reviewer]
    return after


def _place(unit: str) -> tuple[str, Span]:
    article_id, start, end = unit.split()
    return article_id, Span(int(start), int(end))


def _proposal(store: Store, after: _Held, sizes: Mapping[str, int], units: int, several: int, grain: Grain) -> Proposal:
    held, begun = _held(store), project.begun(store)
    changes = [
        Change("assignment", (name, article_id), _written(after.get(article_id, {}), name))
        for article_id in sizes
        for name in sorted(held.get(article_id, {}).keys() | after.get(article_id, {}).keys())
        if _written(held.get(article_id, {}), name) != _written(after.get(article_id, {}), name)
    ]
    shared: Counter[tuple[str, str]] = Counter()
    for article_id, who in after.items():
        for one, other in combinations(sorted(who), 2):
            shared[one, other] += _common(who[one], who[other], sizes.get(article_id, 0))
    shares_before, shares_after = _shares(held, sizes, begun), _shares(after, sizes, begun)
    return Proposal(changes, shares_before, shares_after, units, several, dict(shared), grain)


def _written(who: Mapping[str, _Spans], name: str) -> object:
    if name not in who:
        return None
    spans = who[name]
    return True if spans is None else [list(span.as_pair()) for span in spans]


def _common(one: _Spans, other: _Spans, size: int) -> int:
    if one is None or other is None:
        return size if one is other else len(one or other or ())
    return len(set(one) & set(other))


def _shares(held: _Held, sizes: Mapping[str, int], begun: Mapping[tuple[str, str], int]) -> dict[str, Shares]:
    counts: dict[str, list[int]] = {}
    for article_id, who in held.items():
        for name, spans in who.items():
            size = sizes.get(article_id, 0) if spans is None else len(spans)
            row = counts.setdefault(name, [0, 0, 0])
            row[0] += 1
            row[1] += size
            row[2] += min(size, begun.get((article_id, name), size))
    return {name: Shares(*counts[name]) for name in sorted(counts)}
