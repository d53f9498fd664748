"""Where the claims of one article stand, in order: which of them a stretch of text meets, and which has which id.

An export looks at few claims of most articles, so an id, which is a digest, is made when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import TypeAlias

from annotator.model.article import BlockKind
from annotator.model.stored_article import trimmed
from annotator.model.text import claim_digests

Place: TypeAlias = tuple[int, int, BlockKind]
"""Where a claim starts and ends (code points), and the kind of its block."""


def undivided(text: str, sentences: Iterable[Place]) -> list[Place]:
    """The claims of who has neither cut nor joined any sentence."""
    found = []
    for place in sentences:
        start, end, kind = place
        # Nearly every sentence is a claim as it is.
        if end <= len(text) and not (text[start].isspace() or text[end - 1].isspace()):
            found.append(place)
            continue
        left, right = trimmed(text, start, end)
        if left < right:
            found.append((left, right, kind))
    return found


class ClaimPlaces:
    """Starts, ends (code points) and kinds of an article's claims, by their places from 0 on."""

    def __init__(self, article_id: str, claims: Sequence[Place]) -> None:
        self.starts: Sequence[int]
        self.ends: Sequence[int]
        self.kinds: Sequence[BlockKind]
        self.starts, self.ends, self.kinds = zip(*claims, strict=True) if claims else ((), (), ())
        self._digest = claim_digests(article_id)
        self._digests: list[bytes] = []
        self._by_digest: dict[object, int] = {}

    def __len__(self) -> int:
        return len(self.starts)

    def digest(self, place: int) -> bytes:
        """The 16 bytes of the claim's id."""
        if place < len(self._digests):
            return self._digests[place]
        return self._digest(self.starts[place], self.ends[place])

    def places_of(self, digests: Collection[object]) -> list[int]:
        """Where the claims stand that have these digests; what is no claim's is passed over."""
        known = self._by_digest
        left = sum(digest not in known for digest in digests)
        for place in range(len(self._digests), len(self.starts) if left else 0):
            digest = self._digest(self.starts[place], self.ends[place])
            self._digests.append(digest)
            known[digest] = place
            if digest in digests:
                left -= 1
                if not left:
                    break
        return [known[digest] for digest in digests if digest in known]

    def covered(self, stretches: Sequence[tuple[int, int]]) -> Iterable[int]:
        """Where the claims stand that these stretches of text overlap, each once."""
        if len(stretches) == 1:
            return self._covered(*stretches[0])
        # Two stretches may meet in one claim.
        return dict.fromkeys(chain.from_iterable([self._covered(start, end) for start, end in stretches]))

    def _covered(self, start: int, end: int) -> range:
        # Claims are in order and disjoint, so what begins before the end and ends behind the start is one stretch.
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))
