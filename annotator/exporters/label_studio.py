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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    anchor,
    counted_articles,
    evidence_values,
    verdict_values,
)
from annotator.exporters.json_words import quoted
from annotator.exporters.label_studio_configuration import CLAIM, NESTED, configuration
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import json_text
from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT
from annotator.model.late import NamedTuple
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
        yield (before + _task(number, group, options, losses)).encode("utf-8", errors="backslashreplace")
        before = ",\n"
    yield b"\n]\n"


def _task(number: int, group: Iterable[AnnotatedArticle], options: ExportOptions, losses: Losses) -> str:
    """A task as JSON; its results, which are nearly all of it, are written without making rows first."""
    annotations: list[str] = []
    article = None
    for annotated in group:
        article = annotated.article
        annotations.append(f'{{"result":[{",".join(_results(annotated, options, losses))}]}}')
    assert article is not None, "a group has at least one member"
    data = {
        **({"text": article.text} if options.with_text else {}),
        "article_id": article.id,
        "language": article.language,
        "rights": article.rights,
        "publications": [asdict(publication) for publication in article.publications],
        "tool_version": options.tool_version,
    }
    return f'{{"id":{number},"data":{json_text(data)},"annotations":[{",".join(annotations)}]}}'


class _Region(NamedTuple):
    """One span with a label, under the id that everything said of it has too."""

    id: str
    span: Span
    label: str

    def labelled(self, text: str, options: ExportOptions) -> str:
        more = f',"text":{quoted(self.span.slice(text))}' if options.with_text else ""
        return self._result("label", "labels", f'"labels":["{self.label}"]{more}')

    def chosen(self, name: str, *values: str | None) -> Iterator[str]:
        """A result with the values that there are, or none."""
        known = [quoted(value) for value in values if value]
        if known:
            yield self._result(name, "choices", f'"choices":[{",".join(known)}]')

    def told(self, name: str, texts: Sequence[str]) -> Iterator[str]:
        if any(texts):
            yield self._result(name, "textarea", f'"text":[{",".join(map(quoted, filter(None, texts)))}]')

    def _result(self, name: str, type_: str, value: str) -> str:
        return (
            f'{{"id":"{self.id}","from_name":"{name}","to_name":"text","type":"{type_}",'
            f'"value":{{"start":{self.span.start},"end":{self.span.end},{value}}}}}'
        )


def _results(annotated: AnnotatedArticle, options: ExportOptions, losses: Losses) -> Iterator[str]:
    text = annotated.article.text
    yield (
        '{"id":"reviewer","from_name":"reviewer","to_name":"text","type":"textarea",'
        f'"value":{{"text":[{quoted(annotated.reviewer)}]}}}}'
    )
    for number, record in enumerate(annotated.claims, 1):
        region = _Region(f"c{number}", record.span, CLAIM)
        yield region.labelled(text, options)
        yield from _of_claim(region, annotated, record, losses)
    regions = {made.id: _regions(annotated, made) for made in annotated.attributions}
    heads = {made.id: regions[made.id][anchor(made)] for made in annotated.attributions}
    for made in annotated.attributions:
        for region in regions[made.id].values():
            yield region.labelled(text, options)
        yield from _of_attribution(annotated, made, heads[made.id], options)
    for made in annotated.attributions:
        yield from _relations(made, regions[made.id], heads)


def _of_claim(region: _Region, annotated: AnnotatedArticle, record: ClaimRecord, losses: Losses) -> Iterator[str]:
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
    counts: dict[Role, int] = {}
    regions = {}
    for role, span in made.role_spans():
        number = counts[role] = counts.get(role, 0) + 1
        name = f"{annotated.names[made.id]}.{role._value_}.{number}"
        regions[role, span] = _Region(name, span, role._value_.capitalize())
    return regions


def _of_attribution(
    annotated: AnnotatedArticle, made: Attribution, region: _Region, options: ExportOptions
) -> Iterator[str]:
    source = annotated.sources.get(made.id)
    yield from region.chosen("type", made.type._value_)
    yield from region.chosen("form", made.form._value_)
    yield from region.chosen("anonymity", made.anonymity._value_)
    yield from region.chosen("negated", "negated" if made.negated else None)
    if source is not None:
        yield from region.chosen("source_kind", source.kind.value)
        yield from region.told("source_name", [source.name if options.with_text else ""])


def _relations(
    made: Attribution, regions: Mapping[tuple[Role, Span], _Region], heads: Mapping[str, _Region]
) -> Iterator[str]:
    """Those of one attribution with these regions; `heads` are the anchors of all."""
    head = heads[made.id]
    links = [(region.id, role._value_) for (role, _), region in regions.items() if region is not head]
    if made.parent is not None and made.parent in heads:
        links.append((heads[made.parent].id, NESTED))
    for to_id, label in links:
        yield (
            f'{{"type":"relation","from_id":"{head.id}","to_id":"{to_id}","direction":"right","labels":["{label}"]}}'
        )
