"""The columns of the Hugging Face dataset and their types, as a dataset card declares them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from annotator.exporters.options import ExportOptions


@dataclass(frozen=True, slots=True)
class Column:
    """One column or one key of a nested object: a plain type, or the columns of what it holds.

    `many` says that it holds a list of that, and `of_article` that it is words of the article.
    """

    name: str
    type: str = "string"
    fields: tuple[Column, ...] = ()
    many: bool = False
    of_article: bool = False


Columns: TypeAlias = tuple[Column, ...]


def _strings(*names: str) -> Columns:
    return tuple(Column(name) for name in names)


def _words(name: str, *, many: bool = False) -> Column:
    return Column(name, many=many, of_article=True)


_PUBLICATION = _strings("title", "url", "archived_url", "publisher", "author", "published_at")
_SPAN = (Column("start", "int64"), Column("end", "int64"), _words("text"))
_ATTRIBUTION = (
    *_strings("id", "type", "form", "anonymity"),
    Column("negated", "bool"),
    Column("parent"),
    Column("ancestors", many=True),
    Column("source_id"),
    _words("source_name"),
    _words("chain", many=True),
    Column(
        "spans", fields=tuple(Column(role, fields=_SPAN, many=True) for role in ("source", "cue", "content", "relay"))
    ),
)
_VERDICT = (
    *_strings("target", "value", "reason", "confidence", "justification"),
    Column("rests_on_evidence", "bool"),
)
_EVIDENCE = _strings(
    *("id", "target", "question", "answer", "answer_type", "url", "archived_url", "medium", "publisher"),
    *("published_at", "retrieved_at", "passage", "stance"),
)

CLAIM: Columns = (
    *_strings("article_id", "article_sha256"),
    *_PUBLICATION,
    *_strings("language", "rights", "origin"),
    Column("publications", fields=_PUBLICATION, many=True),
    Column("claim_id"),
    *(Column(name, "int64") for name in ("ordinal", "start", "end")),
    Column("block"),
    _words("text"),
    *_strings("reviewer", "state"),
    Column("skipped", "bool"),
    *_strings("worth", "voice", "restatement"),
    Column("flag", "bool"),
    *_strings("note", "confidence"),
    Column("attributions", fields=_ATTRIBUTION, many=True),
    Column("verdicts", fields=_VERDICT, many=True),
    Column("evidence", fields=_EVIDENCE, many=True),
    *_strings("first_decided_at", "last_decided_at", "tool_version", "scheme"),
)
ARTICLE: Columns = (
    Column("article_id"),
    _words("text"),
    *_strings("language", "rights", "origin"),
    Column("publications", fields=_PUBLICATION, many=True),
)


def columns(of: Columns, options: ExportOptions) -> list[str]:
    """The names of the columns that are written, in order."""
    return [column.name for column in of if options.with_text or not column.of_article]


def features(of: Columns, options: ExportOptions, indent: str = "") -> Iterator[str]:
    """The lines of YAML that declare the columns, in the form that `datasets` reads in every version."""
    for column in of:
        if column.of_article and not options.with_text:
            continue
        yield f"{indent}- name: {column.name}"
        if column.fields:
            yield f"{indent}  {'list' if column.many else 'struct'}:"
            yield from features(column.fields, options, f"{indent}  ")
        elif column.many:
            yield f"{indent}  sequence: {column.type}"
        else:
            yield f"{indent}  dtype: {column.type}"
