"""The columns of the Hugging Face dataset and their types, as a dataset card declares them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from annotator.exporters.options import ExportOptions
from annotator.model.late import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """One column or one key of a nested object: a plain type, or the columns of what it holds.

    `many` says that it holds a list of that, and `of_article` that it is words of the article.
    """

    name: str
    type: str = "string"
    fields: tuple[Feature, ...] = ()
    many: bool = False
    of_article: bool = False


Columns: TypeAlias = tuple[Feature, ...]


def _strings(*names: str) -> Columns:
    return tuple(Feature(name) for name in names)


def _words(name: str, *, many: bool = False) -> Feature:
    return Feature(name, many=many, of_article=True)


_PUBLICATION = _strings("title", "url", "archived_url", "publisher", "author", "published_at")
_SPAN = (Feature("start", "int64"), Feature("end", "int64"), _words("text"))
_ATTRIBUTION = (
    *_strings("id", "type", "form", "anonymity"),
    Feature("negated", "bool"),
    Feature("parent"),
    Feature("ancestors", many=True),
    Feature("source_id"),
    _words("source_name"),
    _words("chain", many=True),
    Feature(
        "spans",
        fields=tuple(Feature(role, fields=_SPAN, many=True) for role in ("source", "cue", "content", "relay")),
    ),
)
_VERDICT = (
    *_strings("target", "value", "reason", "confidence", "justification"),
    Feature("rests_on_evidence", "bool"),
)
_EVIDENCE = _strings(
    *("id", "target", "question", "answer", "answer_type", "url", "archived_url", "medium", "publisher"),
    *("published_at", "retrieved_at", "passage", "stance"),
)

CLAIM: Columns = (
    *_strings("article_id", "article_sha256"),
    *_PUBLICATION,
    *_strings("language", "rights", "origin"),
    Feature("publications", fields=_PUBLICATION, many=True),
    Feature("claim_id"),
    *(Feature(name, "int64") for name in ("ordinal", "start", "end")),
    Feature("block"),
    _words("text"),
    *_strings("reviewer", "state"),
    Feature("skipped", "bool"),
    *_strings("worth", "voice", "restatement"),
    Feature("flag", "bool"),
    *_strings("note", "confidence"),
    Feature("attributions", fields=_ATTRIBUTION, many=True),
    Feature("verdicts", fields=_VERDICT, many=True),
    Feature("evidence", fields=_EVIDENCE, many=True),
    *_strings("first_decided_at", "last_decided_at", "tool_version", "scheme"),
)
ARTICLE: Columns = (
    Feature("article_id"),
    _words("text"),
    *_strings("language", "rights", "origin"),
    Feature("publications", fields=_PUBLICATION, many=True),
)


def columns(of: Columns, options: ExportOptions) -> list[str]:
    """The names of the columns that are written, in order."""
    return [column.name for column in _written(of, options)]


def _written(of: Columns, options: ExportOptions) -> Iterator[Feature]:
    for column in of:
        if options.with_text or not column.of_article:
            yield column
        if options.adjudicated and column.name == "reviewer":
            # How a record of the adjudicated layer was settled.
            yield from (Feature("settled"), Feature("agreed", many=True))


def features(of: Columns, options: ExportOptions, indent: str = "") -> Iterator[str]:
    """The lines of YAML that declare the columns, in the form that `datasets` reads in every version."""
    for column in _written(of, options):
        yield f"{indent}- name: {column.name}"
        if column.fields:
            yield f"{indent}  {'list' if column.many else 'struct'}:"
            yield from features(column.fields, options, f"{indent}  ")
        elif column.many:
            yield f"{indent}  sequence: {column.type}"
        else:
            yield f"{indent}  dtype: {column.type}"
