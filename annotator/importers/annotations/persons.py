"""Whose work a file is: by a name, by another program's number, or by nothing but the file's own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import NO_NUMBER, whole_number
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.model.annotated import GivenArticle
from annotator.model.late import dataclass
from annotator.model.text import article_id

GOLD = "gold"
"""The reviewer of a file that names none."""

_NUMBER = re.compile(r"[0-9]{1,18}")
_OF_ALL = frozenset({"all", "unknown"})
"""Files that doccano calls so hold everybody's work, or nobody's."""


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer; `named` is False where the file has only a number for her, or nothing."""

    name: str
    named: bool = True


NOBODY = Person(GOLD, named=False)


def person_of(options: AnnotationOptions, *known: object) -> Person:
    """The reviewer that is asked for, else the first of the names and numbers that is one, else "gold"."""
    if options.reviewer:
        return Person(options.reviewer)
    for each in known:
        written = each.strip() if isinstance(each, str) else ""
        number = int(written) if _NUMBER.fullmatch(written) else whole_number(each)
        if number != NO_NUMBER:
            return Person(f"user-{number}", named=False)
        if written:
            return Person(written)
    return NOBODY


def by_files(paths: Sequence[str], read: Callable[[str], Items]) -> Mapping[str, Mapping[str, str | None]]:
    """For files that annotate the same texts and name nobody, new names for their reviewers, after the files.

    One name is None where neither the files' names nor those of their folders tell them apart.
    """
    first: dict[tuple[str, str], str] = {}
    reviewers: dict[str, dict[str, None]] = {}
    shared: dict[str, None] = {}
    for path in paths:
        for item in read(path):
            if not isinstance(item, GivenArticle) or not _may_be_anybodys(item):
                continue
            reviewers.setdefault(path, {})[item.reviewer] = None
            other = first.setdefault((article_id(item.text), item.reviewer), path)
            if other != path:
                shared |= {other: None, path: None}
    names = _names(list(shared))
    return {path: {each: _under(names[path], each, len(reviewers[path])) for each in reviewers[path]} for path in names}


def renamed(item: GivenArticle, names: Mapping[str, str | None]) -> GivenArticle | ImportFailure:
    """The article under the name that its file gives the reviewer."""
    if not _may_be_anybodys(item) or item.reviewer not in names:
        return item
    name = names[item.reviewer]
    if name is None:
        reason = "several files annotate this text and none says whose work it is: import each with --reviewer NAME"
        return ImportFailure(item.origin, reason, item.place)
    return replace(item, reviewer=name, named=name not in (GOLD, item.reviewer))


def _may_be_anybodys(item: GivenArticle) -> bool:
    """Whether there is work in it, and no name says whose."""
    return not item.named and bool(item.claims or item.attributions)


def _names(paths: Sequence[str]) -> dict[str, str | None]:
    """The files by their own names, else by their folders', as far as these are different."""
    stems = {path: Path(path).stem.lower() for path in paths}
    own = [stem for stem in stems.values() if stem not in _OF_ALL]
    if own and len(set(own)) == len(own):
        alone = len(paths) - len(own) < 2
        return {path: stem if alone or stem not in _OF_ALL else None for path, stem in stems.items()}
    folders = [Path(path).absolute().parent.name.lower() for path in paths]
    return dict.fromkeys(paths) if len(set(folders)) < len(paths) else dict(zip(paths, folders, strict=True))


def _under(name: str | None, reviewer: str, count: int) -> str | None:
    if name is None or name in _OF_ALL:
        return reviewer if name else None
    return name if count == 1 or reviewer == GOLD else f"{name}-{reviewer}"


def several(people: Iterable[Person]) -> bool:
    """Whether two of them are different, or nothing says that they are one."""
    found = list(people)
    return len(found) > 1 and (NOBODY in found or len(set(found)) > 1)
