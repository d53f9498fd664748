"""DOCX: a walk over the document's XML, because no library keeps all of its words and none of the deleted ones.

Kept are inserted and moved words (once), content controls, smart tags, the results of fields, text boxes (once, behind
their paragraph), and the words of footnotes at the end. Left out are deleted, hidden and struck-out words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.importers.documents.package import Package, opened, text_at
from annotator.importers.documents.written import Properties, Written
from annotator.importers.draft import Drafts
from annotator.importers.options import ImportOptions
from annotator.importers.raised_figures import LOWERED, PLAIN, RAISED
from annotator.model.article import BlockKind
from annotator.model.late import dataclass

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Documents that are saved as "strict" have the same elements under other names.
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_OFFICE_DOCUMENT = "/officeDocument"
_SKIPPED = frozenset(
    ["del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "pPr", "rPr", "rt", "sdtPr"]
)
_AS_SPACE = frozenset(["tab", "br", "cr", "ptab"])
_SET_AS = {"superscript": RAISED, "subscript": LOWERED}
_KINDS = {"heading": BlockKind.HEADLINE, "title": BlockKind.HEADLINE, "quote": BlockKind.BLOCK_QUOTE,
          "intense": BlockKind.BLOCK_QUOTE, "caption": BlockKind.CAPTION}  # fmt: skip


def read_docx(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is no such document or has no text."""
    with opened(source, options) as package:
        name = _main_part(package)
        root = package.part(name)
        body = None if root is None else next((each for each in root if _local(each) == "body"), None)
        if body is None:
            raise ImportFailure(source.origin, "no Word document in it: save it as .docx or as plain text")
        walk = _Walk(_styles(package.part(_beside(name, "styles.xml"))))
        walk.blocks(body)
        for kind in ("footnotes", "endnotes"):
            walk.notes(package.part(_beside(name, f"{kind}.xml")), kind)
        core = package.part("docProps/core.xml")
        properties = Properties(
            title=text_at(core, f"{_DC}title"),
            author=text_at(core, f"{_DC}creator"),
            published_at=text_at(core, f"{_TERMS}created"),
            language=text_at(core, f"{_DC}language"),
        )
        if not walk.written.paragraphs:
            raise ImportFailure(source.origin, "no text in it: it may be pictures alone")
        yield walk.written.draft(properties)


def _main_part(package: Package) -> str:
    relations = package.part("_rels/.rels")
    for relation in () if relations is None else relations:
        if (relation.get("Type") or "").endswith(_OFFICE_DOCUMENT):
            return str(relation.get("Target") or "").lstrip("/")
    return "word/document.xml"


def _beside(name: str, other: str) -> str:
    return f"{name.rpartition('/')[0]}/{other}".lstrip("/")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str = "val") -> str:
    return str(element.get(f"{_W}{name}") or element.get(f"{_STRICT_W}{name}") or "")


def _child(element: Any, name: str) -> Any:
    return next((each for each in element if _local(each) == name), None)


def _styles(root: Any) -> dict[str, str]:
    """The styles' English names, in lower case, by their ids."""
    found = {}
    for style in () if root is None else root:
        named = _child(style, "name") if _local(style) == "style" else None
        if named is not None:
            found[_value(style, "styleId")] = _value(named).lower()
    return found


@dataclass(slots=True)
class _Walk:
    """One pass over the document; `boxes` are the text boxes of the present paragraph, `cited` the notes so far."""

    styles: dict[str, str]
    written: Written = field(default_factory=Written)
    boxes: list[Any] = field(default_factory=list)
    cited: list[tuple[str, str]] = field(default_factory=list)
    before: str = ""

    def blocks(self, parent: Any) -> None:
        """Take the paragraphs and tables of a part, whatever wraps them."""
        for child in parent:
            name = _local(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                self.table(child)
            elif name not in _SKIPPED and name:
                self.blocks(child)

    def paragraph(self, element: Any) -> None:
        text = self.before + self.words(element)
        self.before = ""
        style = _child(element, "pPr")
        mark = None if style is None else _child(style, "rPr")
        if mark is not None and _child(mark, "del") is not None:
            # Its end was deleted, so what follows goes on in the same paragraph.
            self.before = text
        else:
            self.written.add(text, self.kind(style))
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)

    def kind(self, style: Any) -> BlockKind | None:
        named = None if style is None else _child(style, "pStyle")
        name = "" if named is None else self.styles.get(_value(named), _value(named)).lower()
        return next((kind for word, kind in _KINDS.items() if name.startswith(word)), None)

    def table(self, element: Any) -> None:
        """A line a row, with bars between the cells."""
        for row in element.iter(f"{_W}tr", f"{_STRICT_W}tr"):
            if next(row.iterancestors(f"{_W}tbl", f"{_STRICT_W}tbl")) is element and not self.is_deleted(row):
                cells = (" ".join(" ".join(self.words(each).split()) for each in self.paragraphs(cell)) for cell in row)
                self.written.add(" | ".join(filter(None, map(str.strip, cells))))

    def is_deleted(self, row: Any) -> bool:
        properties = _child(row, "trPr")
        return properties is not None and _child(properties, "del") is not None

    def paragraphs(self, cell: Any) -> Iterator[Any]:
        return cell.iter(f"{_W}p", f"{_STRICT_W}p") if _local(cell) == "tc" else iter(())

    def words(self, element: Any) -> str:
        """The words of an element as they are read; text boxes and notes are kept for later."""
        pieces = []
        for child in element:
            name = _local(child)
            if name == "t":
                pieces.append(child.text or "")
            elif name in _AS_SPACE:
                pieces.append(" ")
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name in ("footnoteReference", "endnoteReference"):
                self.cited.append((f"{name.removesuffix('Reference')}s", _value(child, "id")))
                self.written.left_out["note mark"] += 1
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name == "r":
                pieces.append(self.run(child))
            elif name and name not in _SKIPPED:
                pieces.append(self.words(child))
        return "".join(pieces)

    def run(self, element: Any) -> str:
        properties = _child(element, "rPr")
        words = self.words(element)
        for name, what in (
            ("vanish", "hidden stretch"),
            ("strike", "struck-out stretch"),
            ("dstrike", "struck-out stretch"),
        ):
            found = None if properties is None else _child(properties, name)
            if found is not None and _value(found) not in ("0", "false", "off") and words.strip():
                self.written.left_out[what] += 1
                return ""
        aligned = None if properties is None else _child(properties, "vertAlign")
        set_as = _SET_AS.get(_value(aligned)) if aligned is not None and words else None
        return f"{set_as}{words}{PLAIN}" if set_as else words

    def notes(self, root: Any, kind: str) -> None:
        """The notes that the text cites, in its order, as paragraphs at the end."""
        there = {} if root is None else {_value(each, "id"): each for each in root}
        for of, id_ in list(self.cited):
            if of == kind and id_ in there:
                self.blocks(there[id_])
