"""What the caller may choose about an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from annotator.errors import ImportFailure
from annotator.model.article import Publication
from annotator.model.late import dataclass

FIELDS = ("text", "title", "url", "publisher", "author", "published_at", "language", "rights")
"""Our names of the fields that JSON and CSV files may carry."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read.

    `max_bytes` is the limit of one article, and of everything that is fetched from an address; `fields` maps our
    field names to the file's, for JSON and CSV, where an empty name leaves a field out; `format` is a name of
    FORMATS, or empty for "by suffix or content"; `timeout` is in seconds, for one address with all its redirects;
    with `prefer` "metadata", the text that a web page carries in its metadata is taken where it is longer than what
    the page shows; `encoding` is Python's name of the encoding to read everything in, or empty where it is to be
    found; `encoding_errors` says whether bytes that are not in it are refused or read as U+FFFD; what `publication`
    says holds for every article that comes without it (its title does not count, because that is a part of the text),
    and so does `language`, a BCP 47 tag.
    Raises ImportFailure for a field name that is not ours.
    """

    unwrap: bool = False
    max_bytes: int = 5_000_000
    fields: Mapping[str, str] = field(default_factory=dict)
    format: str = ""
    allow_private: bool = False
    timeout: float = 20.0
    prefer: str = ""
    encoding: str = ""
    encoding_errors: Literal["strict", "replace"] = "strict"
    publication: Publication = Publication()
    language: str = ""

    def __post_init__(self) -> None:
        unknown = sorted(set(self.fields) - set(FIELDS))
        if unknown:
            raise ImportFailure("--field", f"an article has no field {unknown[0]!r} (it has: {', '.join(FIELDS)})")
