"""brat: a folder with one pair of .txt and .ann for each reviewer and article, as brat and PolNeAR's readers take it.

The pairs are `REVIEWER/ARTICLE.txt` and `.ann`, where ARTICLE is the first 16 digits of the article's id and in the
reviewer's handle everything but ASCII letters, digits, `_` and `-` is written as `=` and the hexadecimal bytes of
UTF-8. Beside each pair, `ARTICLE.json` has what brat has no place for: `article_id`, `reviewer`, `language`, `rights`,
`publications`, `tool_version`. `annotation.conf` names all types. The .ann files are brat standoff
(https://brat.nlplab.org/standoff.html):

- `T` lines: Claim, Source, Cue, Content and Relay, one line a role of an attribution, with all its fragments
  (`10 20;30 40`). A fragment never holds a line break, so a span is cut there, and fragments that touch are one:
  those that only line breaks divide belong together. The text is the slices, joined by one space.
- `E` lines: each attribution is an `Attribution` event, as in PolNeAR: its trigger is a `T` of type Attribution where
  the cue is (where it has none, at its first content), its arguments `Source`, `Cue`, `Content`, `Relay`.
- `R` lines: `NestedIn Arg1:` the inner event `Arg2:` the outer one.
- `A` lines: of a claim `Worth`, `Voice`, `Verdict` (on the content), `Reason`, `Confidence`, `Flag`, `Skipped`; of an
  attribution `Type`, `Form`, `Anonymity`, `Negated`, `SourceKind`.
- `#` lines: notes whose text is JSON on one line. Of a claim: `AnnotatorNotes` (its note), `Restatement`, `Verdict`
  (one for each verdict: target, value, reason, confidence, justification), `Evidence` (one a piece) and `Scheme`; of
  an attribution: `SourceName`. A target is `content` or the id of an event.

Offsets are code points. Claims come first, in text order, then attributions by where their content begins. Without
text, there are no .txt files and no texts in `T` lines, and `SourceName` is left out; brat needs the texts back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import count, pairwise

from annotator.errors import ExportFailure
from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    article_values,
    counted_articles,
    evidence_values,
    folder_name,
    json_line,
    verdict_values,
)
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import json_text
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form, Role
from annotator.model.judgement import CONFIDENCES, CONTENT
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.scheme import Scheme, default_scheme
from annotator.model.source import SourceKind
from annotator.model.span import Span

ATTRIBUTION, CLAIM, NESTED = "Attribution", "Claim", "NestedIn"

# brat reads with codecs, which ends lines wherever str.splitlines does.
_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def write_brat(
    records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The configuration, then the files of each pair; raises ExportFailure like `annotated_articles`."""
    yield "annotation.conf", [configuration(options.scheme or default_scheme()).encode()]
    for annotated in counted_articles(records, losses):
        name = f"{folder_name(annotated.reviewer)}/{annotated.article.id[:16]}"
        if options.with_text:
            yield f"{name}.txt", [annotated.article.text.encode("utf-8")]
        yield f"{name}.ann", (f"{line}\n".encode() for line in _Standoff(annotated, options, losses).lines())
        yield f"{name}.json", [json_line(article_values(annotated, options))]


def fragments(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans as brat holds them: without line breaks, and none that touches the next."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    cut = []
    for span in joined:
        breaks = [match.start() for match in _BREAKS.finditer(text, span.start, span.end)]
        edges = [span.start - 1, *breaks, span.end]
        cut += [Span(before + 1, after) for before, after in pairwise(edges) if before + 1 < after]
    return cut


@dataclass(slots=True)
class _Standoff:
    """The lines of one .ann file, and the numbers of its annotations."""

    annotated: AnnotatedArticle
    options: ExportOptions
    losses: Losses
    numbers: dict[str, Iterator[int]] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        annotated = self.annotated
        # A claim's verdict may be on an attribution, whose line comes later.
        self.events = {made.id: f"E{number}" for number, made in enumerate(annotated.attributions, 1)}
        for record in annotated.claims:
            yield from self._claim(record)
        for made in annotated.attributions:
            yield from self._attribution(made)

    def _next(self, kind: str) -> str:
        return f"{kind}{next(self.numbers.setdefault(kind, count(1)))}"

    def _text_bound(self, label: str, spans: Sequence[Span]) -> tuple[str, str]:
        """The id and the line of a text-bound annotation."""
        text = self.annotated.article.text
        pieces = fragments(text, spans)
        if not pieces:
            raise ExportFailure(
                f"article {self.annotated.article.id[:12]}: brat has no place for a mark on a line break alone"
            )
        self.losses.add("touching fragment[s] joined", sum(a.end == b.start for a, b in pairwise(spans)))
        number = self._next("T")
        offsets = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        words = " ".join(piece.slice(text) for piece in pieces) if self.options.with_text else ""
        return number, f"{number}\t{label} {offsets}\t{words}"

    def _attribute(self, name: str, of: str, value: str | None = "") -> Iterator[str]:
        """A line with a value, or without one where it is empty; none for None."""
        if value is not None:
            yield f"{self._next('A')}\t{name} {of}" + (f" {value}" if value else "")

    def _note(self, kind: str, of: str, value: object) -> Iterator[str]:
        if value:
            yield f"{self._next('#')}\t{kind} {of}\t{json_text(value)}"

    def _claim(self, record: ClaimRecord) -> Iterator[str]:
        judgement = record.judgement
        claim, line = self._text_bound(CLAIM, [record.span])
        yield line
        verdicts = verdict_values(self.annotated, record, self.losses)
        content = next((verdict for verdict in verdicts if verdict["target"] == CONTENT), {})
        yield from self._attribute("Worth", claim, judgement.worth)
        yield from self._attribute("Voice", claim, judgement.voice)
        yield from self._attribute("Verdict", claim, content.get("value"))
        yield from self._attribute("Reason", claim, content.get("reason"))
        yield from self._attribute("Confidence", claim, judgement.confidence)
        yield from self._attribute("Flag", claim, "" if judgement.flag else None)
        yield from self._attribute("Skipped", claim, "" if judgement.skipped else None)
        yield from self._note("AnnotatorNotes", claim, judgement.note)
        yield from self._note("Restatement", claim, judgement.restatement)
        for verdict in verdicts:
            yield from self._note("Verdict", claim, verdict | {"target": self._target(verdict["target"])})
        for evidence in evidence_values(self.annotated, record, self.losses):
            yield from self._note("Evidence", claim, evidence | {"target": self._target(evidence["target"])})
        yield from self._note("Scheme", claim, record.scheme)

    def _target(self, name: str) -> str:
        """Attributions are named in the order of their events."""
        return name if name == CONTENT else f"E{name[1:]}"

    def _attribution(self, made: Attribution) -> Iterator[str]:
        event = self.events[made.id]
        spans: dict[Role, list[Span]] = {}
        for role, span in made.role_spans():
            spans.setdefault(role, []).append(span)
        arguments = []
        for role, places in spans.items():
            number, line = self._text_bound(role.value.capitalize(), places)
            arguments.append(f"{role.value.capitalize()}:{number}")
            yield line
        trigger, line = self._text_bound(ATTRIBUTION, [made.cue or made.content[0]])
        yield line
        yield f"{event}\t{ATTRIBUTION}:{trigger} {' '.join(arguments)}"
        if made.parent is not None:
            yield f"{self._next('R')}\t{NESTED} Arg1:{event} Arg2:{self.events[made.parent]}"
        source = self.annotated.sources.get(made.id)
        yield from self._attribute("Type", event, made.type.value)
        yield from self._attribute("Form", event, made.form.value)
        yield from self._attribute("Anonymity", event, made.anonymity.value)
        yield from self._attribute("Negated", event, "" if made.negated else None)
        if source is not None:
            yield from self._attribute("SourceKind", event, source.kind.value)
            yield from self._note("SourceName", event, source.name if self.options.with_text else None)


def configuration(scheme: Scheme) -> str:
    """The types of a brat collection; see https://brat.nlplab.org/configuration.html."""
    reasons = dict.fromkeys(reason.id for value in scheme.verdict for reason in value.reasons)
    valued: list[tuple[str, str, list[str]]] = [
        ("Worth", CLAIM, [value.id for value in scheme.worth]),
        ("Voice", CLAIM, [value.id for value in scheme.voice]),
        ("Verdict", CLAIM, [value.id for value in scheme.verdict]),
        ("Reason", CLAIM, list(reasons)),
        ("Confidence", CLAIM, list(CONFIDENCES)),
        ("Type", ATTRIBUTION, [each.value for each in AttributionType]),
        ("Form", ATTRIBUTION, [each.value for each in Form]),
        ("Anonymity", ATTRIBUTION, [each.value for each in Anonymity]),
        ("SourceKind", ATTRIBUTION, [each.value for each in SourceKind]),
    ]
    lines = [
        "[entities]",
        CLAIM,
        *(role.value.capitalize() for role in Role),
        "",
        "[events]",
        f"{ATTRIBUTION} Source?:Source, Cue?:Cue, Content:Content, Relay?:Relay",
        "",
        "[relations]",
        f"{NESTED} Arg1:{ATTRIBUTION}, Arg2:{ATTRIBUTION}",
        "<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
        "",
        "[attributes]",
        *(f"{name} Arg:{of}, Value:{'|'.join(values)}" for name, of, values in valued if values),
        *(f"{name} Arg:{of}" for name, of in (("Flag", CLAIM), ("Skipped", CLAIM), ("Negated", ATTRIBUTION))),
    ]
    return "".join(f"{line}\n" for line in lines)
