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
from collections.abc import Iterable, Iterator, Mapping
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
from annotator.exporters.cas_types import ARTICLE, CLAIM, METADATA, PART, RELATION, SENTENCE, TEXTS, type_system
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import json_text
from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.record import ClaimRecord
from annotator.model.span import Span, trimmed

TYPE_SYSTEM = "TypeSystem.xml"
NESTED = "nested_in"
UNKNOWN_LANGUAGE = "x-unspecified"
"""UIMA's word for it."""

REPLACED = "control character[s] replaced"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_cas_xmi(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The type system, then the documents in XMI; raises ExportFailure, also without cassis."""
    types = _types("cas-xmi")
    yield TYPE_SYSTEM, [types.to_xml().encode()]
    for annotated in counted_articles(records, losses):
        cas = _Document(annotated, options, losses, types, xml=True).cas()
        yield f"{_path(annotated)}.xmi", [cas.to_xmi().encode()]


def write_cas_json(records: Iterable[ClaimRecord], options: ExportOptions, losses: Losses) -> Files:
    """The type system, then the documents in JSON; raises ExportFailure, also without cassis."""
    types = _types("cas-json")
    yield TYPE_SYSTEM, [types.to_xml().encode()]
    for annotated in counted_articles(records, losses):
        cas = _Document(annotated, options, losses, types, xml=False).cas()
        yield f"{_path(annotated)}.json", [f"{cas.to_json()}\n".encode("utf-8", errors="backslashreplace")]


def _types(name: str) -> Any:
    try:
        return type_system()
    except ImportError as error:
        raise ExportFailure(f"{name} needs dkpro-cassis: pip install 'annotator[cas]'") from error


def _path(annotated: AnnotatedArticle) -> str:
    return f"{folder_name(annotated.reviewer)}/{annotated.article.id[:16]}"


@dataclass(slots=True)
class _Document:
    """One reviewer's work on one article as a CAS; `xml` says that it will be written in XML."""

    annotated: AnnotatedArticle
    options: ExportOptions
    losses: Losses
    types: Any
    xml: bool

    def cas(self) -> Any:
        """The cassis.Cas, with offsets in code points, which it turns into the files' when it writes."""
        from cassis import Cas

        article = self.annotated.article
        cas = Cas(self.types, sofa_string=self._held(article.text), sofa_mime="text/plain")
        title = next((each.title for each in article.publications if each.title), None)
        language = article.language or UNKNOWN_LANGUAGE
        whole = {"begin": 0, "end": len(article.text), "language": language}
        cas.add(self._made(METADATA, whole | {"documentId": self.annotated.reviewer, "documentTitle": title}))
        sentences = sentences_of(article.text, [record.span for record in self.annotated.claims])
        cas.add_all(self._made(SENTENCE, _at(span)) for span in sentences)
        cas.add(self._made(ARTICLE, _at(sentences[0]) | self._article()))
        cas.add_all(self._made(CLAIM, _at(record.span) | self._claim(record)) for record in self.annotated.claims)
        parts = {made.id: self._parts(made) for made in self.annotated.attributions}
        heads = {made.id: parts[made.id][anchor(made)] for made in self.annotated.attributions}
        for spans in parts.values():
            cas.add_all(spans.values())
        for made in self.annotated.attributions:
            cas.add_all(self._relations(made, parts[made.id], heads))
        if not self.options.with_text:
            cas.sofa_string = None  # The offsets are still turned by the text that was there.
        return cas

    def _made(self, name: str, values: Mapping[str, Any]) -> Any:
        """A feature structure with the values that there are."""
        held = {feature: self._held(value) for feature, value in values.items() if value is not None}
        return self.types.get_type(name)(**held)

    def _held(self, value: Any) -> Any:
        """The value as the file can hold it."""
        if isinstance(value, list):
            return self.types.get_type(TEXTS)(elements=[self._held(each) for each in value])
        if not self.xml or not isinstance(value, str):
            return value
        text, replaced = _NOT_IN_XML.subn("\ufffd", value)
        self.losses.add(REPLACED, replaced)
        return text

    def _article(self) -> dict[str, Any]:
        article = self.annotated.article
        publications = [json_text(asdict(each)) for each in article.publications]
        return {
            "article_id": article.id,
            "reviewer": self.annotated.reviewer,
            "rights": article.rights or None,
            "tool_version": self.options.tool_version or None,
            "publications": publications or None,
        }

    def _claim(self, record: ClaimRecord) -> dict[str, Any]:
        judgement = record.judgement
        verdicts = verdict_values(self.annotated, record, self.losses)
        content = next((verdict for verdict in verdicts if verdict["target"] == CONTENT), {})
        said = [json_text(verdict) for verdict in verdicts if verdict is not content]
        evidence = [json_text(each) for each in evidence_values(self.annotated, record, self.losses)]
        return {
            **asdict(judgement),
            "verdict": content.get("value"),
            "reason": content.get("reason"),
            "verdict_confidence": content.get("confidence"),
            "justification": content.get("justification"),
            "state": record.state.value,
            "block": record.kind.value,
            "scheme": record.scheme or None,
            "evidence": evidence or None,
            "said": said or None,
        }

    def _parts(self, made: Attribution) -> dict[tuple[Role, Span], Any]:
        """The attribution's spans by role and place; the one that stands for the whole has the facets."""
        name = self.annotated.names[made.id]
        facets = self._facets(made)
        return {
            place: self._made(
                PART,
                _at(place[1])
                | {"role": place[0].value, "attribution": name}
                | (facets if place == anchor(made) else {}),
            )
            for place in made.role_spans()
        }

    def _facets(self, made: Attribution) -> dict[str, Any]:
        source = self.annotated.sources.get(made.id)
        return {
            "act": made.type.value,
            "form": made.form.value,
            "anonymity": made.anonymity.value,
            "negated": made.negated,
            "source_name": source.name if source and self.options.with_text else None,
            "source_kind": source.kind.value if source else None,
        }

    def _relations(
        self, made: Attribution, parts: Mapping[tuple[Role, Span], Any], heads: Mapping[str, Any]
    ) -> Iterator[Any]:
        """Those of one attribution with these parts; `heads` are the anchors of all."""
        head = heads[made.id]
        links = [(role.value, part) for (role, _), part in parts.items() if part is not head]
        if made.parent is not None:
            links.append((NESTED, heads[made.parent]))
        for role, part in links:
            ends = {"Governor": head, "Dependent": part}
            yield self._made(RELATION, {"begin": part.begin, "end": part.end, "role": role} | ends)


def _at(span: Span) -> dict[str, Any]:
    return {"begin": span.start, "end": span.end}


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
