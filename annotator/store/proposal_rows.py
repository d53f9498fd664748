"""What a suggester proposed for an article as one compressed value: pure, in both directions.

A value is the JSON array of proposals, compressed; a proposal is `[place, rule, confidence, ...]`, where the place is
its number in the order of the article's proposals and what follows is a check-worthiness with its span, or an
attribution. Public ids follow from what is proposed; only one that does not, of an earlier version, stands behind it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import Any, Literal, TypeAlias

from annotator.errors import DomainError
from annotator.model.attribution import Attribution, attribution_from_flat
from annotator.model.late import NamedTuple, dataclass
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions, WorthSuggestion, attribution_id, worth_id
from annotator.store.payloads import SHORT_DEFAULTS, short_attribution, short_of

_LEVEL = 6
# One for all rows, which are in no circle: `json.dumps` would make one for each, and remember what it is in.
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)

Row: TypeAlias = list[Any]
"""A proposal as the value has it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as it is stored; `current` is False once a later run has superseded it.

    `place` is its number in the order in which the article's proposals were made.
    """

    id: str
    suggester: str
    kind: Literal["worth", "attribution"]
    rule: str
    current: bool
    suggestion: WorthSuggestion | AttributionSuggestion
    place: int = field(default=0, repr=False)


def proposals_of(article_id: str, proposed: Suggestions, first: int = 0) -> list[Proposal]:
    """What a suggester proposes now, with ids, in its order; `first` is the place of the first one.

    Raises DomainError where an attribution is nested in one that is not proposed.
    """
    suggester = proposed.suggester
    # The same thing proposed twice is one proposal, at its last place.
    made: dict[str, Proposal] = {}
    for place, worth in enumerate(proposed.worths, first):
        id_ = worth_id(article_id, suggester, worth)
        made[id_] = Proposal(id_, suggester, "worth", worth.rule, True, worth, place)  # noqa: FBT003 - the field says it
    for place, one, said in _attributions_of(article_id, proposed, first + len(proposed.worths)):
        id_ = attribution_id(article_id, suggester, one.rule, said)
        made[id_] = _attribution(suggester, id_, said, one.rule, one.confidence, place)
    return sorted(made.values(), key=lambda proposal: proposal.place)


def new_rows(article_id: str, proposed: Suggestions, first: int = 0) -> dict[Hashable, Row]:
    """The rows of what `proposals_of` makes, in its order, by what makes their ids: no id is made for them."""
    rows: dict[Hashable, Row] = {}
    for place, worth in enumerate(proposed.worths, first):
        said = worth.worth, *worth.span.as_pair()
        rows[worth.rule, *said] = [place, worth.rule, float(worth.confidence), *said]
    for place, one, made in _attributions_of(article_id, proposed, first + len(proposed.worths)):
        short = short_of(made)
        rows[one.rule, str(short)] = [place, one.rule, float(one.confidence), short]
    return dict(sorted(rows.items(), key=lambda row: row[1][0]))


def _attributions_of(
    article_id: str, proposed: Suggestions, first: int
) -> Iterator[tuple[int, AttributionSuggestion, Attribution]]:
    """The attributions with places, and as what is stored, those that others are nested in before these."""
    # A suggester's own ids are unique in one of its runs only: what is stored goes by what it says.
    ids: dict[str | None, str | None] = {None: None}
    parents = {one.attribution.parent for one in proposed.attributions}
    pending = list(enumerate(proposed.attributions, first))
    while pending:
        ready = [(place, one) for place, one in pending if one.attribution.parent in ids]
        if not ready:
            raise DomainError(f"{proposed.suggester} nests an attribution in one that does not exist")
        for place, one in ready:
            said = _nested_in(one.attribution, ids[one.attribution.parent])
            own = one.attribution.id
            ids[own] = attribution_id(article_id, proposed.suggester, one.rule, said) if own in parents else None
            yield place, one, said
        pending = [(place, one) for place, one in pending if one.attribution.id not in ids]


def _nested_in(attribution: Attribution, parent: str | None) -> Attribution:
    return attribution if parent is None else replace(attribution, parent=parent)


def _attribution(
    suggester: str, id_: str, made: Attribution, rule: str, confidence: float, place: int, *, current: bool = True
) -> Proposal:
    suggestion = AttributionSuggestion(made.called(id_), rule, confidence)
    return Proposal(id_, suggester, "attribution", rule, current, suggestion, place)


def packed_proposals(article_id: str, proposals: Sequence[Proposal]) -> bytes | None:
    """The proposals of one suggester for an article as one value; None where there are none."""
    return packed_rows([_row(article_id, proposal) for proposal in proposals])


def packed_rows(rows: Sequence[Row]) -> bytes | None:
    """The rows of one suggester's proposals for an article as one value; None where there are none."""
    if not rows:
        return None
    return zlib.compress(_COMPACT.encode(rows).encode(), _LEVEL)


def _row(article_id: str, proposal: Proposal) -> Row:
    made = proposal.suggestion
    said: list[Any]
    if isinstance(made, WorthSuggestion):
        said = [made.worth, *made.span.as_pair()]
        expected = worth_id(article_id, proposal.suggester, made)
    else:
        said = [short_attribution(made.attribution.as_payload())]
        expected = attribution_id(article_id, proposal.suggester, made.rule, made.attribution)
    given = [] if expected == proposal.id else [proposal.id]
    return [proposal.place, made.rule, float(made.confidence), *said, *given]


def unpacked_proposals(article_id: str, suggester: str, stored: bytes | None, *, current: bool) -> list[Proposal]:
    """The proposals of a value, in their order; raises what is UNREADABLE for anything else."""
    return [] if stored is None else [_proposal(article_id, suggester, row, current=current) for row in _rows(stored)]


def _rows(stored: bytes) -> list[Row]:
    try:
        return list(json.loads(zlib.decompress(stored)))
    except (RecursionError, zlib.error) as error:
        raise ValueError(str(error)) from error


def worth_values(stored: bytes | None) -> list[Row]:
    """The rows of a value that are check-worthiness, in their order; raises as `unpacked_proposals` does."""
    return [] if stored is None else [row for row in _rows(stored) if isinstance(row[3], str)]


def best_apart(rows: Iterable[Row], starts: Collection[int]) -> dict[str, float] | None:
    """What `worth.best_by_value` makes of check-worthiness, where each begins with a sentence and none meets another.

    None where that is not so: then one of two may stand for both. Raises as `unpacked_proposals` does.
    """
    best: dict[str, float] = {}
    reached = 0
    for start, end, value, confidence in sorted(
        (start, end, value, confidence) for _, _, confidence, value, start, end, *_ in rows
    ):
        if not (reached <= start < end and start in starts and 0.0 <= confidence <= 1.0):
            return None
        reached = end
        best[value] = max(best.get(value, 0.0), confidence)
    return best


class WorthRow(NamedTuple):
    """A proposed check-worthiness with its place; `given` is its id where that does not follow from what it says."""

    place: int
    suggestion: WorthSuggestion
    given: str | None

    def id(self, article_id: str, suggester: str) -> str:
        """Its public id."""
        return self.given or worth_id(article_id, suggester, self.suggestion)


def worth_row(row: Row) -> WorthRow:
    """The check-worthiness of a row; raises as `unpacked_proposals` does."""
    place, rule, confidence, worth, start, end, *given = row
    return WorthRow(place, WorthSuggestion(Span(start, end), worth, rule, confidence), given[0] if given else None)


def _proposal(article_id: str, suggester: str, row: Row, *, current: bool) -> Proposal:
    place, rule, confidence, *said = row
    if isinstance(said[0], str):
        worth = WorthSuggestion(Span(said[1], said[2]), said[0], rule, confidence)
        id_ = said[3] if len(said) > 3 else worth_id(article_id, suggester, worth)
        return Proposal(id_, suggester, "worth", rule, current, worth, place)
    made = _attribution_of(said[0])
    id_ = said[1] if len(said) > 1 else attribution_id(article_id, suggester, rule, made)
    return _attribution(suggester, id_, made, rule, confidence, place, current=current)


def _attribution_of(short: Row) -> Attribution:
    """The attribution of a list of `short_of`, without an id; raises what is UNREADABLE for anything else."""
    source, cue, content, form, anonymity, relay, parent, type_, negated = *short, *SHORT_DEFAULTS[len(short) :]
    return attribution_from_flat("", source, cue, content, (type_, form, anonymity, negated), parent, relay)


def kinds_and_rules(stored: bytes) -> list[tuple[str, str]]:
    """Of each proposal of a value its kind and rule, to be counted; raises as `unpacked_proposals` does."""
    return [("worth" if isinstance(row[3], str) else "attribution", row[1]) for row in _rows(stored)]
