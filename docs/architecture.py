"""The picture of the house in architecture.md, made from the imports: `python docs/architecture.py`."""

from __future__ import annotations

import re
from pathlib import Path

import grimp

PAGE = Path(__file__).with_name("architecture.md")
BEGIN, END = "<!-- imports: generated -->\n", "<!-- end of imports -->"
_PACKAGE = "annotator"
_LEFT_OUT = {"errors", "__main__"}


def picture() -> str:
    """The imports between the rooms as a Mermaid flowchart, in a fenced block."""
    graph = grimp.build_graph(_PACKAGE)
    arrows = set()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            rooms = tuple(name.split(".")[1] for name in (importer, imported) if "." in name)
            if len(rooms) == 2 and rooms[0] != rooms[1] and not _LEFT_OUT.intersection(rooms):
                arrows.add(rooms)
    lines = "".join(f"    {importer} --> {imported}\n" for importer, imported in sorted(arrows))
    return f"```mermaid\nflowchart TD\n{lines}```\n"


def with_picture(page: str) -> str:
    """The page with the picture of the present code in its place."""
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: BEGIN + picture() + END, page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(with_picture(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
