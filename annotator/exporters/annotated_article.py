"""One reviewer's work on one article: every attribution once, and names that are the same on any machine.

A format that writes whole articles groups the records by article and reviewer. Ids that a ledger has made are of no
use outside their database, so claims are `c1`, `c2`, ... in text order and attributions `a1`, `a2`, ... by where their
content begins, an outer one before what is nested in it: importing an export and exporting it again gives the same
names.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby

from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row, checked, json_text
from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.source import SourceEntity
from annotator.model.span import Span

LOST_TARGETS = "verdict[s] or piece[s] of evidence on attributions that are not exported"


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """The exported claims of one article and reviewer, in text order, with the attributions that cover any of them.

    `names` has each attribution's name by its id, `sources` the source entities by the ids of their attributions.
    """

    article: ArticleRecord
    reviewer: str
    claims: tuple[ClaimRecord, ...]
    attributions: tuple[Attribution, ...]
    names: Mapping[str, str]
    sources: Mapping[str, SourceEntity]

    def parent(self, attribution: Attribution) -> str | None:
        """The name of the attribution that it is nested in."""
        return None if attribution.parent is None else self.names[attribution.parent]

    def target(self, target: str) -> str | None:
        """`content`, or the name of the attribution that a verdict or a piece of evidence is about; None for none."""
        return target if target == CONTENT else self.names.get(target)


def annotated_articles(records: Iterable[ClaimRecord]) -> Iterator[AnnotatedArticle]:
    """The records by article and reviewer, one group held at a time; raises ExportFailure like `row.checked`."""
    for _, group in groupby(checked(records), key=lambda record: (record.article.id, record.reviewer)):
        claims = tuple(sorted(group, key=lambda record: record.span))
        found = {made.id: made for record in claims for made in record.attributions}
        depths = {
            made.id: len(chain)
            for record in claims
            for made, chain in zip(record.attributions, record.chains, strict=True)
        }
        ordered = _ordered(found.values(), depths)
        yield AnnotatedArticle(
            article=claims[0].article,
            reviewer=claims[0].reviewer,
            claims=claims,
            attributions=tuple(ordered),
            names={made.id: f"a{number}" for number, made in enumerate(ordered, 1)},
            sources={id_: source for record in claims for id_, source in record.sources.items()},
        )


def _ordered(found: Collection[Attribution], depths: Mapping[str, int]) -> list[Attribution]:
    """By where their contents begin and how deep they are nested, then by what they say."""
    places = {made.id: (made.content[0].start, depths[made.id]) for made in found}
    alike = Counter(places.values())
    # What one says takes long to write, and hardly ever stand two in one place.
    said = {made.id: _said(made) for made in found if alike[places[made.id]] > 1}
    return sorted(found, key=lambda made: (places[made.id], said.get(made.id, ""), made.id))


def counted_articles(records: Iterable[ClaimRecord], losses: Losses) -> Iterator[AnnotatedArticle]:
    """`annotated_articles`, each counted as written, with what formats of whole articles have no place for."""
    for annotated in annotated_articles(records):
        count_lost(annotated, losses)
        losses.written += 1
        yield annotated


def count_lost(annotated: AnnotatedArticle, losses: Losses) -> None:
    """Count what the formats that write whole articles for other tools have no place for."""
    losses.add(
        "time[s] of [a decision|decisions] left out", sum(bool(record.last_decided_at) for record in annotated.claims)
    )
    losses.add(
        "alias[es] of [a source|sources] left out", sum(len(source.aliases) for source in annotated.sources.values())
    )


def _said(attribution: Attribution) -> str:
    return json.dumps(attribution.said.as_payload())


def anchor(attribution: Attribution) -> tuple[Role, Span]:
    """The span that stands for the whole where a format links spans: the cue, or the first content without one."""
    if attribution.cue is not None:
        return Role.CUE, attribution.cue
    return Role.CONTENT, attribution.content[0]


def folder_name(reviewer: str) -> str:
    """The handle as the name of a folder: the same on any system, and in brat's addresses, where % would be decoded."""
    return re.sub("[^A-Za-z0-9_-]", lambda match: "".join(f"={byte:02X}" for byte in match[0].encode()), reviewer)


def article_values(annotated: AnnotatedArticle, options: ExportOptions) -> Row:
    """What is known about the article, and whose work this is."""
    article = annotated.article
    return {
        "article_id": article.id,
        "reviewer": annotated.reviewer,
        "language": article.language,
        "rights": article.rights,
        "publications": [asdict(publication) for publication in article.publications],
        "tool_version": options.tool_version,
    }


def attribution_values(annotated: AnnotatedArticle, attribution: Attribution, options: ExportOptions) -> Row:
    """The facets of an attribution and its spans as `[start, end]` by role, in code points.

    The source's name is mostly the article's own words and stays away with them.
    """
    source = annotated.sources.get(attribution.id)
    spans: dict[str, list[list[int]]] = {role._value_: [] for role in Role}
    for role, span in attribution.role_spans():
        spans[role._value_].append(span.as_pair())
    return {
        "id": annotated.names[attribution.id],
        **attribution.facets(),
        "parent": annotated.parent(attribution),
        "source_kind": source.kind.value if source else None,
        **({"source_name": source.name if source else None} if options.with_text else {}),
        "spans": spans,
    }


def claim_values(annotated: AnnotatedArticle, number: int, losses: Losses) -> Row:
    """Everything about the claim with this number, from 1, but its text and the attributions that cover it."""
    record = annotated.claims[number - 1]
    judgement = record.judgement
    return {
        "id": f"c{number}",
        "start": record.span.start,
        "end": record.span.end,
        "block": record.kind._value_,
        "state": record.state._value_,
        "worth": judgement.worth,
        "voice": judgement.voice,
        "restatement": judgement.restatement,
        "flag": judgement.flag,
        "note": judgement.note,
        "confidence": judgement.confidence,
        "skipped": judgement.skipped,
        "verdicts": verdict_values(annotated, record, losses),
        "evidence": evidence_values(annotated, record, losses),
        "scheme": record.scheme,
    }


def verdict_values(annotated: AnnotatedArticle, record: ClaimRecord, losses: Losses) -> list[Row]:
    """The verdicts on the claim: that on the content first, then by the names of the attributions."""
    found = []
    for verdict in record.verdicts:
        target = annotated.target(verdict.target)
        losses.add(LOST_TARGETS, target is None)
        if target is not None:
            found.append(
                {
                    "target": target,
                    "value": verdict.value,
                    "reason": verdict.reason,
                    "confidence": verdict.confidence,
                    "justification": verdict.justification,
                }
            )
    if len(found) < 2:
        return found
    return sorted(found, key=lambda verdict: (verdict["target"] != CONTENT, len(verdict["target"]), verdict["target"]))


def evidence_values(annotated: AnnotatedArticle, record: ClaimRecord, losses: Losses) -> list[Row]:
    """The claim's evidence, in the order it was added."""
    found = []
    for evidence in record.evidence:
        target = annotated.target(evidence.target)
        losses.add(LOST_TARGETS, target is None)
        if target is not None:
            values = evidence.as_payload() | {"target": target}
            del values["claim_id"]
            found.append(values)
    return found


def json_line(value: object) -> bytes:
    """Compact JSON and a line feed; a lone surrogate, which only a hand-made record can carry, is escaped."""
    return f"{json_text(value)}\n".encode("utf-8", errors="backslashreplace")
