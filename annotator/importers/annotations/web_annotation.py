"""W3C Web Annotation: JSON-LD, read as `exporters.web_annotation` writes it.

The document is an `AnnotationCollection` with its first page, an `AnnotationPage` or a list of annotations. One with
the motivation describing, whose body is a whole text, gives the article that its target's id names; `SpecificResource`s
with that `source` are spans of it, by a `TextPositionSelector`, which a `TextQuoteSelector` beside it proves. An
annotation that is assessing is a claim, one that is identifying an attribution, with `annotator:role` on each target.
JSON-LD is read by its keys, not expanded: the prefix `annotator:` must be written so. The reviewer is the creator's
`nickname`, else her `name`, `email` or IRI, else "gold". Offsets are code points, as the standard has them; programs
that count UTF-16 code units instead (Recogito's @recogito/text-annotator 4.1.1) are read with `--offsets utf-16`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import partial
from itertools import groupby
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.json_values import number_in, parsed, text_value, trouble
from annotator.importers.annotations.kept import Kept, kept_of
from annotator.importers.annotations.making import Making, Values
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.persons import person_of
from annotator.importers.decoding import decode
from annotator.importers.files import shown
from annotator.importers.rows import one_row, told
from annotator.model.annotated import GivenAttribution, GivenClaim
from annotator.model.attribution import Role
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit
from annotator.model.span import Span

PREFIX = "annotator:"
_HASH = "ni:///sha-256;"


def read_web_annotation(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article for each article and reviewer; raises ImportFailure for what is no such document."""
    origin = shown(path)
    try:
        document = parsed(decode(stream.read(), origin))
    except ValueError as error:
        raise ImportFailure(origin, f"broken JSON: {error}") from error
    described: dict[str, Values] = {}
    numbered = []
    ids: set[str] = set()
    for number, annotation in enumerate(_annotations(document.value, origin), 1):
        id_, target = text_value(annotation, "id"), annotation.get("target")
        reason = trouble(annotation) if document.suspect else None
        if reason or (id_ and id_ in ids):
            yield ImportFailure(origin, reason or f"the id {id_} is there twice: left out", f"annotation {number}")
            continue
        ids.add(id_)
        if annotation.get("motivation") == "describing" and isinstance(target, dict) and "source" not in target:
            described[text_value(target, "id")] = annotation
        else:
            numbered.append((number, annotation))
    for (source, nickname), group in groupby(numbered, key=lambda each: (_source(each[1]), _nickname(each[1]))):
        members = list(group)
        place = f"annotation {members[0][0]}"
        kept = partial(_kept, described.get(source, {}), source, origin, place, options)
        yield from told(_items(kept, members, options, nickname), origin, place)


def _items(
    kept_of_group: Callable[[], Kept], members: Sequence[tuple[int, Values]], options: AnnotationOptions, nickname: str
) -> Items:
    kept = kept_of_group()
    making = kept.making(options, options.offsets or OffsetUnit.CODE_POINTS)
    yield from _Work(making, kept, members).items(options, nickname)


def _annotations(document: Any, origin: str) -> list[Values]:
    page = document.get("first", document) if isinstance(document, dict) else document
    items = page.get("items") if isinstance(page, dict) else page
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ImportFailure(origin, "not a collection, page or list of Web Annotations")
    return items


def _targets(annotation: Values) -> list[Values]:
    targets = annotation.get("target")
    found = targets if isinstance(targets, list) else [targets]
    return [target for target in found if isinstance(target, dict)]


def _source(annotation: Values) -> str:
    return next((text_value(target, "source") for target in _targets(annotation)), "")


def _nickname(annotation: Values) -> str:
    """The creator's nickname, else her name, her address or her IRI; the first of several creators."""
    creator = annotation.get("creator")
    first = next(iter(creator), None) if isinstance(creator, list) else creator
    if isinstance(first, dict):
        return next((said for name in ("nickname", "name", "email", "id") if (said := text_value(first, name))), "")
    return first if isinstance(first, str) else ""


def _kept(annotation: Values, source: str, origin: str, place: str, options: AnnotationOptions) -> Kept:
    """The article that a `source` names, by the annotation that describes it or by the hash in its name."""
    target, body = annotation.get("target"), annotation.get("body")
    about = target if isinstance(target, dict) else {}
    publications = about.get(f"{PREFIX}publications")
    values = {
        "article_id": _id_of(source),
        "language": text_value(about, "language"),
        "rights": text_value(about, f"{PREFIX}rights"),
        "publications": [_ours(each) for each in publications if isinstance(each, dict)]
        if isinstance(publications, list)
        else [],
    }
    text = text_value(body, "value") if isinstance(body, dict) else ""
    return kept_of(text, values, origin, place, options)


def _id_of(source: str) -> str:
    """The article's id in a Named Information URI (RFC 6920); empty for any other address."""
    digest = source.removeprefix(_HASH)
    if digest == source:
        return ""
    try:
        return base64.urlsafe_b64decode(digest + "=" * (-len(digest) % 4)).hex()
    except (ValueError, binascii.Error):
        return ""


def _ours(values: Values) -> dict[str, Any]:
    """The values under the prefix, by their names without it."""
    return {key.removeprefix(PREFIX): value for key, value in values.items() if key.startswith(PREFIX)}


@dataclass(slots=True)
class _Work:
    """One reviewer's annotations of one article, with their numbers in the document, from 1."""

    making: Making
    kept: Kept
    members: Sequence[tuple[int, Values]]
    failures: list[ImportFailure] = field(default_factory=list)

    def items(self, options: AnnotationOptions, nickname: str) -> Items:
        claims: list[GivenClaim] = []
        attributions: list[GivenAttribution] = []
        for number, annotation in self.members:
            place = f"annotation {number}"
            try:
                with one_row(self.kept.origin, place):
                    if annotation.get("motivation") == "assessing":
                        claims.append(self._claim(annotation, place))
                    elif annotation.get("motivation") == "identifying":
                        attributions.append(self._attribution(annotation, place))
                    else:
                        said = "neither assessing nor identifying: left out"
                        self.making.left_out("other annotation", 1, place, said)
            except ImportFailure as failure:
                self.failures.append(failure)
        yield self.kept.article(person_of(options, nickname), claims, attributions)
        yield from self.making.placing.notes
        yield from self.failures

    def _claim(self, annotation: Values, place: str) -> GivenClaim:
        targets = _targets(annotation)
        if len(targets) != 1:
            raise self.making.failure("a claim has one target", place)
        bodies = list(_bodies(annotation))
        values: dict[str, Any] = {}
        for body in bodies:
            values |= _ours(body)
            if body.get("purpose") in ("commenting", "describing"):
                values["note" if body["purpose"] == "commenting" else "restatement"] = body.get("value")
        for name in ("verdicts", "evidence"):
            values[name] = [self._about(row, annotation) for row in self.making.rows(values, name, place)]
        return self.making.claim(self._span(targets[0], place), values, place, ("", "", text_value(values, "scheme")))

    def _about(self, row: Values, annotation: Values) -> dict[str, Any]:
        """A verdict or a piece of evidence with what it is about: this annotation's claim, or an attribution."""
        values = _ours(row)
        about = values.pop("about", None)
        return {**values, "target": CONTENT if about in (None, annotation.get("id")) else about}

    def _attribution(self, annotation: Values, place: str) -> GivenAttribution:
        spans: dict[Role, list[Span]] = {}
        for target in _targets(annotation):
            label = text_value(target, f"{PREFIX}role")
            role = self.making.labels.role(label)
            if role is None:
                said = f"{label or 'no role'} is no role in the label map: left out"
                self.making.left_out("unmapped span", 1, place, said)
            else:
                spans.setdefault(role, []).append(self._span(target, place))
        values: dict[str, Any] = {}
        for body in _bodies(annotation):
            values |= _ours(body)
        name = text_value(annotation, "id") or place
        return self.making.attribution(name, spans, values, place, text_value(values, "nested_in") or None)

    def _span(self, target: Values, place: str) -> Span:
        selectors = target.get("selector")
        found = {
            text_value(each, "type"): each
            for each in (selectors if isinstance(selectors, list) else [selectors])
            if isinstance(each, dict)
        }
        position = found.get("TextPositionSelector")
        if position is None:
            raise self.making.failure("a target without a TextPositionSelector", place)
        quoted = text_value(found.get("TextQuoteSelector", {}), "exact") or None
        return self.making.placing.span(number_in(position, "start"), number_in(position, "end"), quoted, place)


def _bodies(annotation: Values) -> Iterator[Values]:
    body = annotation.get("body")
    for each in body if isinstance(body, list) else [body]:
        if isinstance(each, dict):
            yield each
