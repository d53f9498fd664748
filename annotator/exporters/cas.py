"""UIMA CAS for INCEpTION and DKPro, in XMI and in JSON (0.4.0): a folder with the type system and one file a document.

The documents are `REVIEWER/ARTICLE.xmi` or `.json`, named like those of `exporters.brat`. `TypeSystem.xml` is that of
`exporters.cas_types`, whose descriptions say what the types and features hold. Each attribution is spans with a `role`,
joined by relations as span tools have them: from its cue (or its first content, where it has none) to each of its other
spans, with that span's role, and `nested_in` to the outer attribution's. A relation has the offsets of its Dependent.
There are no tokens: INCEpTION makes them, inside the sentences, where a document has none.

Offsets in the files are UTF-16 code units, which cassis counts. XML 1.0 has no place for control characters but tab,
line feed and carriage return: in XMI they are U+FFFD. Without text there is no `sofaString`, and no `source_name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from annotator.errors import ExportFailure
from annotator.exporters.annotated_article import (
    AnnotatedArticle,
    anchor,
    counted_articles,
    evidence_values,
    folder_name,
    verdict_values,
)
from annotator.exporters.cas_types import ARTICLE, CLAIM, METADATA, PART, RELATION, SENTENCE, type_system
from annotator.exporters.cas_writing import SOFA, Structure, cas_json, types_json, xmi
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import json_text
from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT
from annotator.model.offsets import OffsetUnit, ruler
from annotator.model.record import ClaimRecord
from annotator.model.span import Span, trimmed

TYPE_SYSTEM = "TypeSystem.xml"
NESTED = "nested_in"
UNKNOWN_LANGUAGE = "x-unspecified"
"""UIMA's word for it."""

REPLACED = "control characters replaced"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_cas_xmi(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The type system, then the documents in XMI; raises ExportFailure, also without cassis."""
    yield TYPE_SYSTEM, [_types("cas-xmi").to_xml().encode()]
    for annotated in counted_articles(records, losses):
        document = _Document(annotated, options, losses, xml=True)
        yield f"{_path(annotated)}.xmi", [xmi(document.structures(), document.text()).encode()]


def write_cas_json(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The type system, then the documents in JSON; raises ExportFailure, also without cassis."""
    types = _types("cas-json")
    yield TYPE_SYSTEM, [types.to_xml().encode()]
    opening = types_json(types)
    for annotated in counted_articles(records, losses):
        document = _Document(annotated, options, losses, xml=False)
        written = cas_json(document.structures(), document.text(), opening)
        yield f"{_path(annotated)}.json", [f"{written}\n".encode("utf-8", errors="backslashreplace")]


def _types(name: str) -> Any:
    try:
        return type_system()
    except ImportError as error:
        raise ExportFailure(f"{name} needs dkpro-cassis: pip install 'annotator[cas]'") from error


def _path(annotated: AnnotatedArticle) -> str:
    return f"{folder_name(annotated.reviewer)}/{annotated.article.id[:16]}"


class _Document:
    """One reviewer's work on one article as a CAS; `xml` says that it will be written in XML."""

    def __init__(self, annotated: AnnotatedArticle, options: ExportOptions, losses: Losses, *, xml: bool) -> None:
        self._annotated, self._options, self._losses, self._xml = annotated, options, losses, xml
        self._measured = ruler(annotated.article.text, OffsetUnit.UTF16).measured
        self._made: list[Structure] = []

    def text(self) -> str | None:
        """The text; None where it is left out: the offsets are still those in it."""
        text = self._held(self._annotated.article.text)
        return text if self._options.with_text else None

    def structures(self) -> list[Structure]:
        """All feature structures, in the order of their ids."""
        annotated = self._annotated
        article = annotated.article
        title = next((each.title for each in article.publications if each.title), None)
        language = article.language or UNKNOWN_LANGUAGE
        said = {"language": language, "documentTitle": title, "documentId": annotated.reviewer}
        self._add(METADATA, Span(0, len(article.text)), said)
        sentences = sentences_of(article.text, [record.span for record in annotated.claims])
        for span in sentences:
            self._add(SENTENCE, span, {})
        self._add(ARTICLE, sentences[0], self._article())
        for record in annotated.claims:
            self._add(CLAIM, record.span, self._claim(record))
        parts = {made.id: self._parts(made) for made in annotated.attributions}
        heads = {made.id: parts[made.id][anchor(made)] for made in annotated.attributions}
        for made in annotated.attributions:
            self._relate(made, parts[made.id], heads)
        return self._made

    def _add(self, type_: str, span: Span, values: Mapping[str, Any]) -> Structure:
        """A feature structure with the values that there are."""
        held = {feature: self._held(value) for feature, value in values.items() if value is not None}
        return self._put(type_, *self._measured(span), held)

    def _put(self, type_: str, begin: int, end: int, held: Mapping[str, Any]) -> Structure:
        made = Structure(SOFA + 1 + len(self._made), type_, begin, end, held)
        self._made.append(made)
        return made

    def _held(self, value: Any) -> Any:
        """The value as the file can hold it."""
        if not self._xml or isinstance(value, bool) or (isinstance(value, str) and value.isprintable()):
            return value
        if isinstance(value, list):
            return [self._held(each) for each in value]
        text, replaced = _NOT_IN_XML.subn("\ufffd", value)
        self._losses.add(REPLACED, replaced)
        return text

    def _article(self) -> dict[str, Any]:
        article = self._annotated.article
        publications = [json_text(asdict(each)) for each in article.publications]
        return {
            "article_id": article.id,
            "reviewer": self._annotated.reviewer,
            "rights": article.rights or None,
            "tool_version": self._options.tool_version or None,
            "publications": publications or None,
        }

    def _claim(self, record: ClaimRecord) -> dict[str, Any]:
        judgement = record.judgement
        verdicts = verdict_values(self._annotated, record, self._losses)
        content = next((verdict for verdict in verdicts if verdict["target"] == CONTENT), {})
        said = [json_text(verdict) for verdict in verdicts if verdict is not content]
        evidence = [json_text(each) for each in evidence_values(self._annotated, record, self._losses)]
        return {
            "worth": judgement.worth,
            "voice": judgement.voice,
            "verdict": content.get("value"),
            "reason": content.get("reason"),
            "verdict_confidence": content.get("confidence"),
            "justification": content.get("justification"),
            "confidence": judgement.confidence,
            "restatement": judgement.restatement,
            "note": judgement.note,
            "flag": judgement.flag,
            "skipped": judgement.skipped,
            "state": record.state._value_,
            "block": record.kind._value_,
            "scheme": record.scheme or None,
            "evidence": evidence or None,
            "said": said or None,
        }

    def _parts(self, made: Attribution) -> dict[tuple[Role, Span], Structure]:
        """The attribution's spans by role and place; the one that stands for the whole has the facets."""
        name, head = self._annotated.names[made.id], anchor(made)
        parts = {}
        for place in dict.fromkeys(made.role_spans()):
            said = {"role": place[0]._value_, "attribution": name, **(self._facets(made) if place == head else {})}
            parts[place] = self._add(PART, place[1], said)
        return parts

    def _facets(self, made: Attribution) -> dict[str, Any]:
        source = self._annotated.sources.get(made.id)
        return {
            "act": made.type._value_,
            "form": made.form._value_,
            "anonymity": made.anonymity._value_,
            "negated": made.negated,
            "source_name": source.name if source and self._options.with_text else None,
            "source_kind": source.kind.value if source else None,
        }

    def _relate(
        self, made: Attribution, parts: Mapping[tuple[Role, Span], Structure], heads: Mapping[str, Structure]
    ) -> None:
        """The relations of one attribution with these parts; `heads` are the anchors of all."""
        head = heads[made.id]
        links = [(role._value_, part) for (role, _), part in parts.items() if part is not head]
        if made.parent is not None:
            links.append((NESTED, heads[made.parent]))
        for role, part in links:
            self._put(RELATION, part.begin, part.end, {"role": role, "Governor": head.id, "Dependent": part.id})


def sentences_of(text: str, claims: Iterable[Span]) -> list[Span]:
    """The claims, and each line of what lies between them: ordered, disjoint, and all of the text but white space.

    INCEpTION shows only what is in a sentence. A claim that overlaps one before it makes none.
    """
    found: list[Span] = []
    for claim in sorted(claims):
        if not found or claim.start >= found[-1].end:
            found.append(claim)
    edges = [0, *(edge for span in found for edge in (span.start, span.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        breaks = [start - 1, *(at for at in range(start, end) if text[at] == "\n"), end]
        lines = (trimmed(text, before + 1, after) for before, after in pairwise(breaks))
        found += [line for line in lines if line is not None]
    return sorted(found)
