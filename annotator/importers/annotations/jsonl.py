"""Our own JSON Lines: one object a claim and reviewer, as `annotator export jsonl` writes it.

An article's text is in the first of its rows, under `article_text`; where a file has none (`--no-text`), it is the
database's. The rows of one article and reviewer follow each other. Nothing that a row says is lost: an attribution, a
piece of evidence and a source keep their ids, and the claims the times and the scheme of their decisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import id_value, number_in, text_value
from annotator.importers.annotations.lines import Line, objects
from annotator.importers.annotations.making import Making
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.placing import Placing, given_text
from annotator.importers.annotations.publications import publications_of
from annotator.importers.files import shown
from annotator.importers.rows import one_row, told
from annotator.model.annotated import GivenArticle, GivenAttribution, GivenClaim
from annotator.model.attribution import Role
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.model.text import OffsetMap, article_id


def read_jsonl(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article for each article and reviewer; a row that cannot be read is a failure with its line."""
    origin = shown(path)
    lines: Iterator[Line | ImportFailure] = objects(stream, origin)
    for name, of_article in groupby(lines, key=_Articles().name):
        if name is None:
            yield from (line for line in of_article if isinstance(line, ImportFailure))
            continue
        items = list(_works([line for line in of_article if isinstance(line, Line)], origin, options))
        claims = [claim for item in items if isinstance(item, GivenArticle) for claim in item.claims]
        kinds = tuple((claim.span.start, claim.kind) for claim in claims if claim.kind is not None)
        yield from (replace(item, kinds=kinds) if isinstance(item, GivenArticle) else item for item in items)


@dataclass(slots=True)
class _Articles:
    """Names the article of each row: by its id, else by its text; a row with neither goes with the one before."""

    before: str = ""

    def name(self, row: Line | ImportFailure) -> str | None:
        """The name; None for what is no row."""
        if isinstance(row, ImportFailure):
            return None
        self.before = text_value(row.value, "article_id") or text_value(row.value, "article_text") or self.before
        return self.before


def _works(lines_of_article: list[Line], origin: str, options: AnnotationOptions) -> Items:
    """What the rows of one article say, one reviewer behind the other."""
    known: tuple[str, OffsetMap] | None = None
    for reviewer, group in groupby(lines_of_article, key=lambda line: id_value(line.value, "reviewer")):
        lines = list(group)
        try:
            with one_row(origin, lines[0].place):
                known = text, offsets = _text(lines, origin, options, known)
        except ImportFailure as failure:
            yield failure
            continue
        placing = Placing(text, origin, offsets, options.realign)
        work = _Work(lines, Making(placing, options.labels), options.reviewer or reviewer)
        yield from told(work.items(), origin, lines[0].place)


def _text(
    lines: list[Line], origin: str, options: AnnotationOptions, known: tuple[str, OffsetMap] | None
) -> tuple[str, OffsetMap]:
    """The article's text: in one of its rows, in the reviewer's before, or in the database.

    Raises ImportFailure where it is nowhere, and where it is not the one that the id names.
    """
    id_, place = text_value(lines[0].value, "article_id"), lines[0].place
    for line in lines:
        if text_value(line.value, "article_text"):
            given = given_text(text_value(line.value, "article_text"), origin, line.place, id_)
            if id_ and article_id(given.text) != id_:
                raise ImportFailure(origin, f"the text is not that of article {id_[:12]}: it was changed", line.place)
            return given.text, given.offsets
    if known is not None:
        return known
    found = options.text_of(id_) if id_ else None
    if found is None:
        reason = f"the text of article {id_[:12] or '(no id)'} is neither in the file nor in the database"
        raise ImportFailure(origin, f"{reason}: import the article first", place)
    return found, OffsetMap()


@dataclass(frozen=True, slots=True)
class _Work:
    """The rows of one article and reviewer."""

    lines: list[Line]
    making: Making
    reviewer: str

    def items(self) -> Items:
        claims: list[GivenClaim] = []
        attributions: dict[str, GivenAttribution] = {}
        failures: dict[str, ImportFailure] = {}
        origin = self.making.placing.origin
        for line in self.lines:
            try:
                with one_row(origin, line.place):
                    claims.append(self._claim(line))
                    rows = self.making.rows(line.value, "attributions", line.place)
            except ImportFailure as failure:
                yield failure
                continue
            for number, values in enumerate(rows, 1):
                name = id_value(values) or f"{line.place}, {number}"
                if name not in attributions and name not in failures:
                    try:
                        with one_row(origin, line.place):
                            attributions[name] = self._attribution(name, values, line.place)
                    except ImportFailure as failure:
                        failures[name] = failure
        first = self.lines[0].value
        yield GivenArticle(
            text=self.making.placing.text,
            reviewer=self.reviewer,
            origin=origin,
            place=self.lines[0].place,
            article_origin=text_value(first, "origin") or origin,
            publications=publications_of(first),
            language=text_value(first, "language"),
            rights=text_value(first, "rights"),
            claims=tuple(claims),
            attributions=tuple(attributions.values()),
        )
        yield from self.making.placing.notes
        yield from failures.values()

    def _claim(self, line: Line) -> GivenClaim:
        values = line.value
        span = self._span(values, line.place)
        decided = tuple(text_value(values, name) for name in ("first_decided_at", "last_decided_at", "scheme"))
        return self.making.claim(
            span,
            {**values, "verdicts": [_plain(each) for each in self.making.rows(values, "verdicts", line.place)]},
            line.place,
            (decided[0], decided[1], decided[2]),
        )

    def _attribution(self, name: str, values: Mapping[str, Any], place: str) -> GivenAttribution:
        marked = values.get("spans")
        if not isinstance(marked, dict):
            raise self.making.failure("an attribution without spans", place)
        spans: dict[Role, list[Span]] = {}
        place = f"{place}, attribution {name}"
        for label in marked:
            role = self.making.labels.role(label)
            if role is not None:
                spans[role] = [self._span(each, place) for each in self.making.rows(marked, label, place)]
        return self.making.attribution(name, spans, values, place, id_value(values, "parent") or None)

    def _span(self, values: Mapping[str, Any], place: str) -> Span:
        quoted = text_value(values, "text") or None
        return self.making.placing.span(number_in(values, "start"), number_in(values, "end"), quoted, place)


def _plain(verdict: Mapping[str, Any]) -> Mapping[str, Any]:
    """A verdict without what only follows from the evidence."""
    return {name: value for name, value in verdict.items() if name != "rests_on_evidence"}
