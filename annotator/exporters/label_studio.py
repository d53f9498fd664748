"""Label Studio: a folder with the tasks as JSON and the labelling configuration that shows them.

`tasks.json` is a JSON array of tasks, one an article, as Label Studio imports and exports them
(https://labelstud.io/guide/task_format); `labelling.xml` is the project's configuration, made from the label scheme:
put it in first. In each task:

- `data` has `text`, `article_id`, `language`, `rights`, `publications` and `tool_version`.
- `annotations` has one annotation a reviewer. Label Studio knows people by its own ids only, so the handle is in a
  result without a region: `from_name` and type `reviewer` / `textarea`.
- A region is a result of type `labels` (`from_name` is `label`), with `start`, `end` and `text` in its `value`; the
  labels are Claim, Source, Cue, Content and Relay. Ids are `c1` for a claim and `a1.cue.1`, `a1.source.1`,
  `a1.content.2` for the fragments of an attribution's roles.
- Results with a region's id are what is said of it. Of a claim, as `choices`: `worth`, `voice`, `verdict` (on the
  content), `reason`, `confidence`, `verdict_confidence`, `marks` (flag, skipped); as `textarea`: `restatement`, `note`,
  `justification`, and as one JSON object a text `evidence`, `said` (verdicts on attributions) and `scheme`. Of the
  anchor of an attribution (its cue, or its first content where it has none), as `choices`: `type`, `form`,
  `anonymity`, `negated`; as `textarea` `source_name`, as `choices` `source_kind`.
- Results of type `relation` lead from an anchor to each other span of its attribution (`labels`: source, content,
  relay) and to the anchor of the attribution that it is nested in (nested_in).

Offsets are code points: Label Studio's editor turns the browser's UTF-16 code units into these. Without text, `text` is
absent in `data` and in regions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    anchor,
    counted_articles,
    evidence_values,
    verdict_values,
)
from annotator.exporters.label_studio_configuration import CLAIM, NESTED, configuration
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row, json_text
from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.scheme import default_scheme
from annotator.model.span import Span

CONFIGURATION = "labelling.xml"
TASKS = "tasks.json"


def write_label_studio(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The configuration, then the tasks; raises ExportFailure like `annotated_articles`."""
    yield CONFIGURATION, [configuration(options.scheme or default_scheme()).encode()]
    yield TASKS, _tasks(records, options, losses)


def _tasks(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Iterator[bytes]:
    yield b"["
    before = "\n"
    groups = groupby(counted_articles(records, losses), key=lambda annotated: annotated.article.id)
    for number, (_, group) in enumerate(groups, 1):
        task = _task(number, group, options, losses)
        yield (before + json_text(task)).encode("utf-8", errors="backslashreplace")
        before = ",\n"
    yield b"\n]\n"


def _task(number: int, group: Iterable[AnnotatedArticle], options: ExportOptions, losses: Losses) -> Row:
    annotations: list[Row] = []
    article = None
    for annotated in group:
        article = annotated.article
        annotations.append({"result": list(_results(annotated, options, losses))})
    assert article is not None, "a group has at least one member"
    return {
        "id": number,
        "data": {
            **({"text": article.text} if options.with_text else {}),
            "article_id": article.id,
            "language": article.language,
            "rights": article.rights,
            "publications": [asdict(publication) for publication in article.publications],
            "tool_version": options.tool_version,
        },
        "annotations": annotations,
    }


@dataclass(frozen=True, slots=True)
class _Region:
    """One span with a label, under the id that everything said of it has too."""

    id: str
    span: Span
    label: str

    def labelled(self, text: str, options: ExportOptions) -> Row:
        value = {"start": self.span.start, "end": self.span.end, "labels": [self.label]}
        written = value | {"text": self.span.slice(text)} if options.with_text else value
        return self._result("label", "labels", written)

    def chosen(self, name: str, *values: str | None) -> Iterator[Row]:
        """A result with the values that there are, or none."""
        known = [value for value in values if value]
        if known:
            yield self._result(name, "choices", {"start": self.span.start, "end": self.span.end, "choices": known})

    def told(self, name: str, texts: Sequence[str]) -> Iterator[Row]:
        if any(texts):
            yield self._result(
                name, "textarea", {"start": self.span.start, "end": self.span.end, "text": [*filter(None, texts)]}
            )

    def _result(self, name: str, type_: str, value: Row) -> Row:
        return {"id": self.id, "from_name": name, "to_name": "text", "type": type_, "value": value}


def _results(annotated: AnnotatedArticle, options: ExportOptions, losses: Losses) -> Iterator[Row]:
    text = annotated.article.text
    yield {
        "id": "reviewer",
        "from_name": "reviewer",
        "to_name": "text",
        "type": "textarea",
        "value": {"text": [annotated.reviewer]},
    }
    for number, record in enumerate(annotated.claims, 1):
        region = _Region(f"c{number}", record.span, CLAIM)
        yield region.labelled(text, options)
        yield from _of_claim(region, annotated, record, losses)
    for made in annotated.attributions:
        for region in _regions(annotated, made).values():
            yield region.labelled(text, options)
        yield from _of_attribution(annotated, made, options)
    for made in annotated.attributions:
        yield from _relations(annotated, made)


def _of_claim(region: _Region, annotated: AnnotatedArticle, record: ClaimRecord, losses: Losses) -> Iterator[Row]:
    judgement = record.judgement
    verdicts = verdict_values(annotated, record, losses)
    content = next((verdict for verdict in verdicts if verdict["target"] == CONTENT), {})
    yield from region.chosen("worth", judgement.worth)
    yield from region.chosen("voice", judgement.voice)
    yield from region.chosen("confidence", judgement.confidence)
    yield from region.chosen("marks", "flag" if judgement.flag else None, "skipped" if judgement.skipped else None)
    yield from region.chosen("verdict", content.get("value"))
    yield from region.chosen("reason", content.get("reason"))
    yield from region.chosen("verdict_confidence", content.get("confidence"))
    yield from region.told("restatement", [judgement.restatement or ""])
    yield from region.told("note", [judgement.note or ""])
    yield from region.told("justification", [content.get("justification") or ""])
    yield from region.told("evidence", [json_text(each) for each in evidence_values(annotated, record, losses)])
    yield from region.told("said", [json_text(verdict) for verdict in verdicts if verdict is not content])
    yield from region.told("scheme", [record.scheme])


def _regions(annotated: AnnotatedArticle, made: Attribution) -> dict[tuple[Role, Span], _Region]:
    """The regions of an attribution by role and span."""
    counts: Counter[Role] = Counter()
    regions = {}
    for role, span in made.role_spans():
        counts[role] += 1
        name = f"{annotated.names[made.id]}.{role.value}.{counts[role]}"
        regions[role, span] = _Region(name, span, role.value.capitalize())
    return regions


def _of_attribution(annotated: AnnotatedArticle, made: Attribution, options: ExportOptions) -> Iterator[Row]:
    region = _regions(annotated, made)[anchor(made)]
    source = annotated.sources.get(made.id)
    yield from region.chosen("type", made.type.value)
    yield from region.chosen("form", made.form.value)
    yield from region.chosen("anonymity", made.anonymity.value)
    yield from region.chosen("negated", "negated" if made.negated else None)
    if source is not None:
        yield from region.chosen("source_kind", source.kind.value)
        yield from region.told("source_name", [source.name if options.with_text else ""])


def _relations(annotated: AnnotatedArticle, made: Attribution) -> Iterator[Row]:
    regions = _regions(annotated, made)
    head = regions[anchor(made)]
    links = [(region.id, role.value) for (role, _), region in regions.items() if region is not head]
    outer = next((each for each in annotated.attributions if each.id == made.parent), None)
    if outer is not None:
        links.append((_regions(annotated, outer)[anchor(outer)].id, NESTED))
    for to_id, label in links:
        yield {"type": "relation", "from_id": head.id, "to_id": to_id, "direction": "right", "labels": [label]}
