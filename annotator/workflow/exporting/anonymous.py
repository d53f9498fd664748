"""What is taken out of a record before it leaves: folders, who reviewed, and what she wrote for herself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath, PureWindowsPath
from typing import Literal, TypeAlias, get_args

from annotator.model.record import ArticleRecord, ClaimRecord

Words: TypeAlias = Literal["note", "justification", "restatement"]
WORDS: tuple[Words, ...] = get_args(Words)
"""What a reviewer writes freely and an export can do without."""
PRIVATE: frozenset[Words] = frozenset({"note", "justification"})
"""What goes with the names. A restatement is part of the dataset, and goes only where that is asked for."""


def pseudonyms(reviewers: Sequence[str]) -> dict[str, str]:
    """r1, r2, ... in the order of names; given everybody of a database, one person has one pseudonym in all exports."""
    return {name: f"r{number}" for number, name in enumerate(sorted(reviewers), 1)}


def anonymous(record: ClaimRecord, names: Mapping[str, str]) -> ClaimRecord:
    """The record under its reviewer's pseudonym, and those who agree with it under theirs."""
    agreed = tuple(names[name] for name in record.agreed)
    # The adjudicated layer is nobody.
    return replace(record, reviewer=names.get(record.reviewer, record.reviewer), agreed=agreed)


def without_folders(article: ArticleRecord) -> ArticleRecord:
    """The article with its file under its own name alone; an address stays as it is.

    Folders belong to the machine that imported it, and are often named for the person whose they are.
    """
    origin = article.origin
    if "://" in origin:
        return article
    separated = PureWindowsPath if "\\" in origin else PurePath
    return replace(article, origin=separated(origin).name)


def without(record: ClaimRecord, words: Collection[Words]) -> ClaimRecord:
    """The record without these words of the reviewer."""
    judgement, verdicts = record.judgement, record.verdicts
    if "note" in words:
        judgement = replace(judgement, note=None)
    if "restatement" in words:
        judgement = replace(judgement, restatement=None)
    if "justification" in words:
        verdicts = tuple(replace(verdict, justification=None) for verdict in verdicts)
    return replace(record, judgement=judgement, verdicts=verdicts)
