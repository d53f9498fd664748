"""doccano: one JSON line a reviewer and article, as sequence labels or with relations.

The formats are doccano's JSONL of a sequence labelling project (https://doccano.github.io/doccano/tutorial/). Both
have the whole article in `text`. The project must allow overlapping labels. Labels are SOURCE, CUE, CONTENT and RELAY;
each fragment of a discontinuous role is a label of its own.

- `doccano`: `label` is a list of `[start, end, label]`, by place.
- `doccano-relations` (a project that uses relations): `entities` have `id`, `label`, `start_offset`, `end_offset`;
  `relations` have `id`, `from_id`, `to_id`, `type`. Ids count through the file from 1. A relation leads from an
  attribution's anchor (its cue, or its first content where it has none) to each of its other spans, typed `source`,
  `content` or `relay` after that span, and `nested_in` to the anchor of the attribution that it is nested in.

doccano keeps every further key as metadata of the document and gives it back: `offset_unit`, `article_id`,
`reviewer`, `language`, `rights`, `publications`, `tool_version`, `attributions` (facets, and the spans again by role)
and `claims` (judgement, verdicts and evidence of each), as `exporters.annotated_article` writes them. What was changed
in doccano is in the labels only.

All offsets are in `offset_unit`, which is what doccano's editor counts (v-annotator 0.1.28): UTF-16 code units, or
grapheme clusters in a project that counts those as one character (`--offsets graphemes`). Without text, `text` is
absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count

from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    anchor,
    article_values,
    attribution_values,
    claim_values,
    counted_articles,
    json_line,
)
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row
from annotator.model.attribution import Attribution, Role
from annotator.model.offsets import OffsetUnit, Ruler, ruler
from annotator.model.record import ClaimRecord
from annotator.model.span import Span

NESTED = "nested_in"
MOVED = "edge[s] of [a span|spans] inside a grapheme moved outwards"


def write_doccano(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One line a reviewer and article with its labels; may raise ExportFailure."""
    yield (
        "",
        (json_line(_document(annotated, _labels, options, losses)) for annotated in counted_articles(records, losses)),
    )


def write_doccano_relations(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One line a reviewer and article with its entities and relations; may raise ExportFailure."""
    linked = partial(_linked, count(1), count(1))
    yield (
        "",
        (json_line(_document(annotated, linked, options, losses)) for annotated in counted_articles(records, losses)),
    )


def _document(
    annotated: AnnotatedArticle, marks: Callable[[AnnotatedArticle, Ruler], Row], options: ExportOptions, losses: Losses
) -> Row:
    unit = options.offsets or OffsetUnit.UTF16
    counted = ruler(annotated.article.text, unit)
    spans = [span for made in annotated.attributions for _, span in made.role_spans()]
    losses.add(MOVED, sum(counted.divides(span) for span in spans))
    return {
        **({"text": annotated.article.text} if options.with_text else {}),
        **marks(annotated, counted),
        "offset_unit": unit.value,
        **article_values(annotated, options),
        "attributions": [_attribution(annotated, made, counted, options) for made in annotated.attributions],
        "claims": [
            claim_values(annotated, number, losses) | _placed(record.span, counted)
            for number, record in enumerate(annotated.claims, 1)
        ],
    }


def _placed(span: Span, counted: Ruler, names: tuple[str, str] = ("start", "end")) -> dict[str, int]:
    return dict(zip(names, counted.measured(span), strict=True))


def _attribution(annotated: AnnotatedArticle, made: Attribution, counted: Ruler, options: ExportOptions) -> Row:
    spans: dict[str, list[list[int]]] = {role._value_: [] for role in Role}
    for role, span in made.role_spans():
        spans[role._value_].append([*counted.measured(span)])
    return attribution_values(annotated, made, options) | {"spans": spans}


def _labels(annotated: AnnotatedArticle, counted: Ruler) -> Row:
    marked = sorted((span, role._name_) for made in annotated.attributions for role, span in made.role_spans())
    return {"label": [[*counted.measured(span), label] for span, label in marked]}


def _linked(entity_ids: Iterator[int], relation_ids: Iterator[int], annotated: AnnotatedArticle, counted: Ruler) -> Row:
    entities: list[Row] = []
    relations: list[Row] = []
    anchors: dict[str, int] = {}
    for made in annotated.attributions:
        linked: list[tuple[int, Role]] = []
        for role, span in made.role_spans():
            number = next(entity_ids)
            place = _placed(span, counted, ("start_offset", "end_offset"))
            entities.append({"id": number, "label": role._name_, **place})
            if (role, span) == anchor(made):
                anchors[made.id] = number
            else:
                linked.append((number, role))
        links = [(number, role._value_) for number, role in linked]
        if made.parent is not None:
            links.append((anchors[made.parent], NESTED))
        relations += [
            {"id": next(relation_ids), "from_id": anchors[made.id], "to_id": number, "type": type_}
            for number, type_ in links
        ]
    return {"entities": entities, "relations": relations}
