"""ODT: a walk over the document's XML: what was deleted stands at its front and is passed over."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.importers.documents.package import opened, text_at
from annotator.importers.documents.written import Properties, Written
from annotator.importers.draft import Drafts
from annotator.importers.options import ImportOptions
from annotator.importers.raised_figures import LOWERED, PLAIN, RAISED
from annotator.model.article import BlockKind
from annotator.model.late import dataclass

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE = (f"{{{_OASIS}{name}:1.0}}" for name in ("office", "text", "table"))
_STYLE, _META = f"{{{_OASIS}style:1.0}}", f"{{{_OASIS}meta:1.0}}"
_DRAW = f"{{{_OASIS}drawing:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset(
    [f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", f"{_OFFICE}annotation", f"{_TEXT}hidden-text",
     f"{_TEXT}hidden-paragraph", f"{_TEXT}ruby-text", f"{_OFFICE}forms", f"{_TEXT}sequence-decls",
     f"{_TEXT}table-of-content", f"{_TEXT}variable-decls", f"{_TEXT}user-field-decls"]
)  # fmt: skip
_AS_SPACE = frozenset([f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"])
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_KINDS = {"title": BlockKind.HEADLINE, "heading": BlockKind.HEADLINE, "quotations": BlockKind.BLOCK_QUOTE,
          "caption": BlockKind.CAPTION, "illustration": BlockKind.CAPTION}  # fmt: skip


def read_odt(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is no such document or has no text."""
    with opened(source, options) as package:
        root = package.part("content.xml")
        body = None if root is None else next(root.iter(f"{_OFFICE}text"), None)
        if body is None:
            raise ImportFailure(source.origin, "no text document in it: save it as .odt or as plain text")
        walk = _Walk(_styles(root))
        walk.blocks(body)
        for note in walk.later:
            walk.blocks(note)
        if not walk.written.paragraphs:
            raise ImportFailure(source.origin, "no text in it: it may be pictures alone")
        meta = package.part("meta.xml")
        yield walk.written.draft(
            Properties(
                title=text_at(meta, f"{_DC}title"),
                author=text_at(meta, f"{_META}initial-creator") or text_at(meta, f"{_DC}creator"),
                published_at=text_at(meta, f"{_META}creation-date"),
                language=text_at(meta, f"{_DC}language"),
            )
        )


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says: the style it is made from, and whether its words are struck out, hidden, raised or lowered."""

    parent: str
    struck: bool
    hidden: bool
    set_as: str = ""


def _styles(root: Any) -> dict[str, _Look]:
    found = {}
    for style in root.iter(f"{_STYLE}style"):
        properties = next(style.iter(f"{_STYLE}text-properties"), None)
        struck = "none" if properties is None else properties.get(f"{_STYLE}text-line-through-style", "none")
        through = "none" if properties is None else properties.get(f"{_STYLE}text-line-through-type", "none")
        hidden = "" if properties is None else properties.get(f"{_TEXT}display", "")
        position = "" if properties is None else properties.get(f"{_STYLE}text-position", "")
        parent = style.get(f"{_STYLE}parent-style-name") or ""
        found[style.get(f"{_STYLE}name") or ""] = _Look(
            parent, {struck, through} != {"none"}, hidden == "none", _set_as(position)
        )
    return found


def _set_as(position: str) -> str:
    """By a style's position: "super 58%", "33% 58%", "sub", "-33% 58%"."""
    place = position.split(" ", 1)[0]
    if place in ("", "0%"):
        return ""
    return LOWERED if place == "sub" or place.startswith("-") else RAISED


@dataclass(slots=True)
class _Walk:
    """One pass over the document; `boxes` belong to the present paragraph, `later` are the notes."""

    styles: dict[str, _Look]
    origins: dict[str, str] = field(default_factory=dict)
    written: Written = field(default_factory=Written)
    boxes: list[Any] = field(default_factory=list)
    later: list[Any] = field(default_factory=list)

    def blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag in _PARAGRAPHS:
                self.written.add(self.words(child), self.kind(child))
                boxes, self.boxes = self.boxes, []
                for box in boxes:
                    self.blocks(box)
            elif child.tag == f"{_TABLE}table-row":
                self.written.add(" | ".join(filter(None, (self.cell(cell) for cell in child))))
            elif child.tag not in _SKIPPED:
                self.blocks(child)

    def cell(self, cell: Any) -> str:
        return " ".join(" ".join(self.words(each).split()) for each in cell.iter(*_PARAGRAPHS)).strip()

    def kind(self, paragraph: Any) -> BlockKind | None:
        if paragraph.tag == f"{_TEXT}h":
            return BlockKind.HEADLINE
        name = self.outermost(paragraph.get(f"{_TEXT}style-name") or "")
        return next((kind for word, kind in _KINDS.items() if name.lower().startswith(word)), None)

    def outermost(self, name: str) -> str:
        """The style that a style goes back to; in a circle, which no program writes, the one that was asked first."""
        passed = []
        while name not in self.origins:
            passed.append(name)
            self.origins[name] = name
            look = self.styles.get(name)
            name = (look and look.parent) or name
        self.origins |= dict.fromkeys(passed, self.origins[name])
        return self.origins[name]

    def words(self, element: Any) -> str:
        """The words of an element as they are read."""
        pieces = [element.text or ""]
        for child in element:
            pieces += [self.inside(child), child.tail or ""]
        return "".join(pieces)

    def inside(self, child: Any) -> str:
        if child.tag in _AS_SPACE:
            return " "
        if child.tag == f"{_TEXT}note":
            self.later += [each for each in child if each.tag == f"{_TEXT}note-body"]
            self.written.left_out["note mark"] += 1
            return ""
        if child.tag == f"{_DRAW}text-box":
            self.boxes.append(child)
            return ""
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            return ""
        words = self.words(child)
        look = self.styles.get(child.get(f"{_TEXT}style-name") or "") if child.tag == f"{_TEXT}span" else None
        if look is not None and (look.struck or look.hidden) and words.strip():
            self.written.left_out["struck-out stretch" if look.struck else "hidden stretch"] += 1
            return ""
        return f"{look.set_as}{words}{PLAIN}" if look is not None and look.set_as and words else words
