from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import claim_places
from annotator.model.article import BlockKind, Claim, Sentence
from annotator.model.claim_places import ClaimPlaces, Place, undivided
from annotator.model.span import Span
from annotator.model.stored_article import claims_of
from annotator.model.text import article_id, claim_digests, claim_id

BODY = BlockKind.BODY
PLACES: list[Place] = [(0, 4, BlockKind.HEADLINE), (6, 10, BODY), (10, 15, BODY), (16, 20, BODY)]
STRETCHES = st.tuples(st.integers(0, 22), st.integers(1, 9)).map(lambda given: (given[0], sum(given)))


@given(st.text("ab \u200b\u00a0\n", min_size=1, max_size=12), st.sets(st.integers(0, 12)))
def test_undivided_claims_are_those_of_who_has_no_boundaries(text: str, cuts: set[int]) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    sentences = [Sentence(Span(start, end), BODY) for start, end in pairwise(edges)]
    found = undivided(text, [(each.span.start, each.span.end, each.kind) for each in sentences])
    claims = claims_of("a", text, sentences, {})
    assert found == [(claim.span.start, claim.span.end, claim.kind) for claim in claims]


@given(st.text(max_size=3), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_digest_is_what_the_claims_id_writes(text: str, start: int, length: int) -> None:
    article = article_id(text)
    span = Span(start, start + length)
    assert claim_digests(article)(span.start, span.end).hex() == claim_id(article, span)


@given(st.lists(STRETCHES, min_size=1, max_size=3))
def test_what_stretches_cover_are_the_claims_that_they_overlap(stretches: list[tuple[int, int]]) -> None:
    found = list(ClaimPlaces("a", PLACES).covered(stretches))
    assert len(found) == len(set(found))
    assert set(found) == {
        place
        for place, (start, end, _) in enumerate(PLACES)
        if any(begin < end and start < stop for begin, stop in stretches)
    }


def test_places_are_found_by_ids_and_no_more_ids_are_made_than_that_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(article: str) -> Callable[[int, int], bytes]:
        digest = claim_digests(article)

        def noted(start: int, end: int) -> bytes:
            made.append(start)
            return digest(start, end)

        return noted

    monkeypatch.setattr(claim_places, "claim_digests", counted)
    places = ClaimPlaces("a", PLACES)
    ids = [bytes.fromhex(Claim("a", Span(start, end)).id) for start, end, _ in PLACES]
    assert places.places_of([]) == []
    assert places.places_of([ids[1]]) == [1]
    assert made == [0, 6]
    assert places.places_of({ids[0], ids[1]}) in ([0, 1], [1, 0])
    assert made == [0, 6]
    assert places.places_of([b"no claim's", "nor this", ids[3]]) == [3]
    assert [places.digest(place) for place in range(len(places))] == ids
    assert made == [0, 6, 10, 16]
