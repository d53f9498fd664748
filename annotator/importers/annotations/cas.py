"""UIMA CAS in XMI or JSON, as `exporters.cas` writes it and as INCEpTION exports its layers; a file or a zip of them.

The spans and relations are what was marked. A span's label is what its feature `role`, `label` or `value` says, else
the name of its layer; a relation (`Governor`, `Dependent`) or a link feature (`role`, `target`) joins an attribution's
cue, or its content, to each of its other spans, and `nested_in` the cue to that of the outer one. Relations that lead
to the cue are turned round. Facets are the features of `webanno.custom.AttributionPart`, on any span of an attribution;
a layer called Claim is one of claims, with the features of `webanno.custom.Claim`. Tokens, sentences and what describes
the document are no annotations; everything else is left out and counted. Offsets are UTF-16 code units.

The reviewer is the `documentId`, where INCEpTION exports the user's name, else the export's; `INITIAL_CAS` is nobody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.annotations.cas_archive import PROJECT, cas_files
from annotator.importers.annotations.cas_file import CasFile, LoadedCas, load
from annotator.importers.annotations.json_values import NO_NUMBER, parsed, trouble
from annotator.importers.annotations.kept import Kept, kept_of
from annotator.importers.annotations.linked import NESTED, Link, Linked, Mark
from annotator.importers.annotations.making import Making
from annotator.importers.annotations.options import AnnotationOptions, Items
from annotator.importers.annotations.persons import person_of
from annotator.importers.files import shown
from annotator.importers.rows import one_row, told
from annotator.model.annotated import GivenClaim, Note
from annotator.model.attribution import Role
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit

ARTICLE, CLAIM = "webanno.custom.Article", "claim"
_METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_INITIAL, _CURATION = "INITIAL_CAS", "CURATION_USER"
_SCAFFOLD = (
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "org.dkpro.core.api.xml.type.",
    "uima.",
)
"""Where the types are that hold no annotations: segmentation, metadata, and what INCEpTION says of its layers."""
_INCEPTIONS = ("webanno.custom.", "custom.", "de.tudarmstadt.ukp.clarin.webanno.")
"""Where the types are that only INCEpTION, and our export, has."""
_LABELS = ("role", "label", "value")
_OF_CLAIMS = ("worth", "voice", "confidence", "restatement", "note", "flag", "skipped", "block")
_FACETS = {"act": "type", "type_": "type"} | {
    name: name for name in ("form", "anonymity", "negated", "source_name", "source_kind")
}
"""The features that hold facets; `type_` is what cassis calls one named `type`."""
_ANCHORS = (Role.CUE, Role.CONTENT)
_REPLACED = "\ufffd"


def read_cas(path: str, stream: BinaryIO, options: AnnotationOptions) -> Items:
    """One annotated article a CAS; raises ImportFailure for what is none, and for a zip that holds none."""
    if Path(path).name.startswith(PROJECT):
        yield Note(shown(path), kind="project description", count=1)
        return
    for file in cas_files(path, stream):
        if isinstance(file, ImportFailure):
            yield file
            continue
        yield from told(_document(file, options), file.origin)


def _document(file: CasFile, options: AnnotationOptions) -> Items:
    loaded = load(file)
    indexed = loaded.indexed()
    article = next((fs for fs in indexed if fs.type.name == ARTICLE), None)
    owner = _owner(loaded, indexed)
    if _INITIAL in (owner, file.owner, Path(file.origin).stem):
        yield Note(file.origin, "before anybody annotated: left out", kind="initial CAS", count=1)
        return
    kept = _kept(loaded, article, file.origin, options)
    making = kept.making(options, OffsetUnit.UTF16)
    reading = _Reading(loaded, making, indexed)
    attributions = reading.attributions()
    claims = list(reading.claims())
    reading.count_rest()
    making.left_out("publication", len(_texts(article, "publications")) - len(kept.values["publications"]), "")
    yield kept.article(person_of(options, owner, _text(article, "reviewer"), file.owner), claims, attributions)
    yield from making.placing.notes
    yield from reading.failures


def _owner(loaded: LoadedCas, indexed: list[Any]) -> str:
    """The user that INCEpTION names in the metadata; empty where the document's id may be anything."""
    if not any(type_.name.startswith(_INCEPTIONS) for type_ in loaded.cas.typesystem.get_types()):
        return ""
    owner = next((_text(fs, "documentId") for fs in indexed if fs.type.name == _METADATA), "")
    return _CURATION if owner.startswith(_CURATION) else owner


def _kept(loaded: LoadedCas, article: Any, origin: str, options: AnnotationOptions) -> Kept:
    """The article; its text is the database's, where that differs by nothing but what XML cannot hold."""
    values = {name: _text(article, name) for name in ("article_id", "rights")}
    language = next((_text(fs, "language") for fs in loaded.indexed() if fs.type.name == _METADATA), "")
    publications = list(_objects(_texts(article, "publications")))
    text = loaded.text
    stored = options.text_of(values["article_id"]) if _REPLACED in text and values["article_id"] else None
    if stored is not None and len(stored) == len(text):
        same = all(there in (here, _REPLACED) for here, there in zip(stored, text, strict=True))
        text = stored if same else text
    said = "" if language == "x-unspecified" else language
    return kept_of(text, {**values, "language": said, "publications": publications}, origin, "", options)


@dataclass(slots=True)
class _Reading:
    """One CAS into claims and attributions; what cannot be read is among the failures."""

    loaded: LoadedCas
    making: Making
    indexed: list[Any]
    failures: list[ImportFailure] = field(default_factory=list)

    def attributions(self) -> Any:
        """The attributions, by the relations, and with the facets that their spans have."""
        marks = {str(fs.xmiID): self._mark(fs) for fs in self._spans()}
        roles = {key: self.making.labels.role(mark.label) for key, mark in marks.items()}
        links = [_turned(link, roles) for link in self._links()]
        linked = Linked(self.making, marks, links, self._rows(roles, links), self.failures)
        return linked.attributions("")

    def claims(self) -> Iterator[GivenClaim]:
        """The annotations of the layers called Claim."""
        for fs in self.indexed:
            if not _is_claim(fs):
                continue
            place = f"annotation {fs.xmiID}"
            try:
                with one_row(self.making.placing.origin, place):
                    span = self.making.placing.span(*self._offsets(fs), None, place)
                    values = self._claim_values(fs, place)
                    claim = self.making.claim(span, values, place, ("", "", _text(fs, "scheme")))
                yield claim
            except ImportFailure as failure:
                self.failures.append(failure)

    def count_rest(self) -> None:
        """Count what was indexed and is no span, relation or claim, and the views besides the first."""
        others = Counter(_short(fs) for fs in self.indexed if not hasattr(fs, "begin") and not _is_scaffold(fs))
        for name, count in others.items():
            self.making.left_out(f"{name} structure", count, "")
        self.making.left_out("view", self.loaded.other_views, "")

    def _spans(self) -> Iterator[Any]:
        for fs in self.indexed:
            if hasattr(fs, "begin") and not (_is_scaffold(fs) or _is_claim(fs) or _is_relation(fs)):
                yield fs

    def _offsets(self, fs: Any) -> tuple[int, int]:
        return self.loaded.offsets.get(fs.xmiID, (NO_NUMBER, NO_NUMBER))

    def _mark(self, fs: Any) -> Mark:
        label = self._label(fs)
        return Mark(label, *self._offsets(fs), None, f"{_short(fs)} {fs.xmiID}")

    def _label(self, fs: Any) -> str:
        """The first of the labels that is a role's, else one that is left out on purpose, else the layer's name."""
        labels = [*filter(None, (_text(fs, name) for name in _LABELS)), _short(fs)]
        known = [label for label in labels if self.making.labels.knows_role(label)]
        return next((label for label in known if self.making.labels.role(label)), next(iter(known), labels[-1]))

    def _links(self) -> Iterator[Link]:
        for fs in self.indexed:
            if _is_relation(fs):
                label = next(filter(None, (_text(fs, name) for name in _LABELS)), _short(fs))
                yield Link(_key(fs.Governor), _key(fs.Dependent), label)
                continue
            for link in _links_of(fs):
                yield Link(_key(fs), _key(link.target), _text(link, "role"))

    def _rows(self, roles: Mapping[str, Role | None], links: list[Link]) -> list[dict[str, Any]]:
        """A row for each attribution that has a name, and for each nameless head of a relation that has facets."""
        outer = {link.head: link.child for link in links if link.label.lower() == NESTED}
        heads = {link.head for link in links}
        spans = {str(fs.xmiID): fs for fs in self._spans()}
        rows: dict[str, dict[str, Any]] = {}
        for key, fs in spans.items():
            role, name = roles[key], _text(fs, "attribution")
            facets = {ours: fs.get(theirs) for theirs, ours in _FACETS.items() if _value(fs, theirs) is not None}
            if role is None or not (name or (facets and key in heads)):
                continue
            row = rows.setdefault(name or f" {key}", {"id": name or None, "spans": {}})
            row["spans"].setdefault(role.value, []).append([*self._offsets(fs)])
            row |= {facet: value for facet, value in facets.items() if facet not in row}
            if key in outer and outer[key] in spans:
                row["parent"] = _text(spans[outer[key]], "attribution") or None
        return list(rows.values())

    def _claim_values(self, fs: Any, place: str) -> dict[str, Any]:
        verdicts = [self.making.object(each, place) for each in _texts(fs, "said")]
        if _value(fs, "verdict"):
            said = {name: _value(fs, name) for name in ("reason", "justification")}
            confidence = _value(fs, "verdict_confidence")
            verdicts.insert(0, {"value": _value(fs, "verdict"), "confidence": confidence, **said})
        evidence = [self.making.object(each, place) for each in _texts(fs, "evidence")]
        return {name: _value(fs, name) for name in _OF_CLAIMS} | {"verdicts": verdicts, "evidence": evidence}


def _objects(texts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The texts that are objects in JSON."""
    for text in texts:
        with suppress(ValueError):
            value = parsed(text).value
            if isinstance(value, dict) and trouble(value) is None:
                yield value


def _turned(link: Link, roles: Mapping[str, Role | None]) -> Link:
    """The link from the cue, or else from the content, whichever way it was drawn."""
    if link.label.lower() == NESTED:
        return link
    head, child = roles.get(link.head), roles.get(link.child)
    for role in _ANCHORS:
        if role in (head, child):
            return link if head is role else Link(link.child, link.head, "")
    return link


def _is_scaffold(fs: Any) -> bool:
    name: str = fs.type.name
    return name.startswith(_SCAFFOLD) or name == ARTICLE


def _is_claim(fs: Any) -> bool:
    return _short(fs).lower() == CLAIM and hasattr(fs, "begin")


def _is_relation(fs: Any) -> bool:
    return hasattr(fs, "Governor") and hasattr(fs, "Dependent")


def _short(fs: Any) -> str:
    name: str = fs.type.name
    return name.rpartition(".")[2]


def _key(fs: Any) -> str:
    return "" if fs is None else str(fs.xmiID)


def _links_of(fs: Any) -> Iterator[Any]:
    """What the link features of a span lead to: structures with a role and a target."""
    for feature in fs.type.all_features:
        for each in getattr(fs.get(feature.name), "elements", None) or ():
            if hasattr(each, "target") and hasattr(each, "role"):
                yield each


def _value(fs: Any, name: str) -> Any:
    """The value of the feature; None where there is none, or no such feature."""
    return getattr(fs, name, None)


def _text(fs: Any, name: str) -> str:
    found = _value(fs, name)
    return found if isinstance(found, str) else ""


def _texts(fs: Any, name: str) -> list[str]:
    """The texts of an array."""
    return [each for each in getattr(_value(fs, name), "elements", None) or () if isinstance(each, str)]
