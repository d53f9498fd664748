"""doccano: one JSON line a reviewer and article, as sequence labels or with relations.

The formats are doccano's JSONL of a sequence labelling project (https://doccano.github.io/doccano/tutorial/). Both
have the whole article in `text`. The project must allow overlapping labels. Labels are SOURCE, CUE, CONTENT and RELAY;
each fragment of a discontinuous role is a label of its own.

- `doccano`: `label` is a list of `[start, end, label]`, by place.
- `doccano-relations` (a project that uses relations): `entities` have `id`, `label`, `start_offset`, `end_offset`;
  `relations` have `id`, `from_id`, `to_id`, `type`. Ids count through the file from 1. A relation leads from an
  attribution's anchor (its cue, or its first content where it has none) to each of its other spans, typed `source`,
  `content` or `relay` after that span, and `nested_in` to the anchor of the attribution that it is nested in.

doccano keeps every further key as metadata of the document and gives it back: `article_id`, `reviewer`, `language`,
`rights`, `publications`, `tool_version`, `attributions` (facets, and the spans again by role) and `claims` (judgement,
verdicts and evidence of each), as `exporters.work` writes them. What was changed in doccano is in the labels only.

All offsets are code points: leave "count grapheme clusters as one character" off. Without text, `text` is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row
from annotator.exporters.work import (
    Work,
    anchor,
    article_values,
    attribution_values,
    claim_values,
    counted_works,
    json_line,
)
from annotator.model.attribution import Role
from annotator.model.record import ClaimRecord

NESTED = "nested_in"


def write_doccano(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One line a reviewer and article with its labels; raises ExportFailure like `works`."""
    yield (
        "",
        (
            json_line(_document(work, {"label": _labels(work)}, options, losses))
            for work in counted_works(records, losses)
        ),
    )


def write_doccano_relations(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """One line a reviewer and article with its entities and relations; raises ExportFailure like `works`."""
    entities, relations = count(1), count(1)
    yield (
        "",
        (
            json_line(_document(work, _linked(work, entities, relations), options, losses))
            for work in counted_works(records, losses)
        ),
    )


def _document(work: Work, labelled: Row, options: ExportOptions, losses: Losses) -> Row:
    return {
        **({"text": work.article.text} if options.with_text else {}),
        **labelled,
        **article_values(work, options),
        "attributions": [attribution_values(work, made, options) for made in work.attributions],
        "claims": [claim_values(work, number, losses) for number in range(1, len(work.claims) + 1)],
    }


def _labels(work: Work) -> list[list[int | str]]:
    marked = sorted((span, role.name) for made in work.attributions for role, span in made.role_spans())
    return [[span.start, span.end, label] for span, label in marked]


def _linked(work: Work, entity_ids: Iterator[int], relation_ids: Iterator[int]) -> Row:
    entities: list[Row] = []
    relations: list[Row] = []
    anchors: dict[str, int] = {}
    for made in work.attributions:
        linked: list[tuple[int, Role]] = []
        for role, span in made.role_spans():
            number = next(entity_ids)
            entities.append({"id": number, "label": role.name, "start_offset": span.start, "end_offset": span.end})
            if (role, span) == anchor(made):
                anchors[made.id] = number
            else:
                linked.append((number, role))
        links = [(number, role.value) for number, role in linked]
        if made.parent is not None:
            links.append((anchors[made.parent], NESTED))
        relations += [
            {"id": next(relation_ids), "from_id": anchors[made.id], "to_id": number, "type": type_}
            for number, type_ in links
        ]
    return {"entities": entities, "relations": relations}
