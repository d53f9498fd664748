"""Splits: which part an article falls into, so that no article is ever divided and no export needs the last one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

Part: TypeAlias = Literal["train", "dev", "test"]
PARTS: tuple[Part, ...] = get_args(Part)


def part_of(article_id: str, split: Sequence[int], seed: int) -> Part:
    """The part of an article, from the shares of train, dev and test.

    It depends on nothing but the article's id, the shares and the seed: the SHA-256 of "seed:article id" is a number
    from 0 up to 1, and the shares cut that range. So the shares are met on average and not to the article.
    """
    digest = hashlib.sha256(f"{seed}:{article_id}".encode()).digest()
    at = int.from_bytes(digest[:8]) * sum(split) >> 64
    for part, share in zip(PARTS, split, strict=True):
        if at < share:
            return part
        at -= share
    raise AssertionError("the shares cover the range")
