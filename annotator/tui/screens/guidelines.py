"""The guidelines: the scheme's values with their definitions and examples, and the project's own pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Static

from annotator.model.guideline import Page
from annotator.model.scheme import Scheme, Value
from annotator.model.text import neutral_line, neutral_text
from annotator.tui.screens.form import ReadPage
from annotator.workflow.scheme_layouts import completion, facet_values, value_facts
from annotator.workflow.schemes import page_title

_WIDE = 100
"""Columns from which it stands beside the article."""


class GuidelinesScreen(ReadPage):
    """Stands beside the article, or under it where there is little room; the first page is the scheme itself."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - the base class declares it so
    CSS = """
    GuidelinesScreen { align: right middle; background: $background 0%; }
    GuidelinesScreen.-narrow { align: center bottom; }
    #guidelines { width: 50%; height: 100%; padding: 0 1; background: $surface; border: round $primary; }
    GuidelinesScreen.-narrow #guidelines { width: 100%; height: 60%; min-height: 10; max-height: 100%; }
    #guidelines VerticalScroll { height: 1fr; }
    #guidelines .guideline { height: auto; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right,tab", "turn(1)", "next page", priority=True),
        Binding("h,left,shift+tab", "turn(-1)", "page before", priority=True),
    ]

    def __init__(self, scheme: Scheme, pages: Sequence[Page], chosen: Collection[str]) -> None:
        super().__init__()
        self._scheme, self._pages, self._chosen = scheme, pages, chosen
        self._at = 0

    def compose(self) -> ComposeResult:
        """The title, the page and the keys."""
        # Textual looks at the width behind the first frame.
        self.add_class("-narrow" if self.app.size.width < _WIDE else "-wide")
        with Vertical(id="guidelines"):
            yield Label(self._title(), classes="form-title")
            with VerticalScroll():
                yield from self._widgets()
            turns = "← → pages · " if self._pages else ""
            yield Label(Content(f"↑ ↓ scroll · {turns}esc closes"), classes="form-keys")

    def _title(self) -> Content:
        if self._at:
            title = page_title(self._pages[self._at - 1])
        else:
            title = f"{self._scheme.name or 'Guidelines'} · {self._scheme.label}"
        count = f"  {self._at + 1}\xa0of\xa0{len(self._pages) + 1}" if self._pages else ""
        return Content(neutral_line(title) + count)

    def _widgets(self) -> list[Widget]:
        if self._at:
            # Deferred: most reviewers never open a page, and Markdown takes long to import.
            from textual.widgets import Markdown

            return [Markdown(neutral_text(self._pages[self._at - 1].text), open_links=False)]
        # As one text: Textual lays out and draws each widget by itself.
        return [Static(Content("\n\n").join(scheme_contents(self._scheme, self._chosen)), classes="guideline")]

    async def action_turn(self, step: int) -> None:
        """Turn to the next page, or to the one before."""
        at = self._at + step
        if not 0 <= at <= len(self._pages):
            return
        self._at = at
        scroll = self.query_one(VerticalScroll)
        # In one frame: between the two pages there is an empty one.
        async with self.batch():
            self.query_one(".form-title", Label).update(self._title())
            await scroll.remove_children()
            await scroll.mount(*self._widgets())
            scroll.scroll_home(animate=False)


def scheme_contents(scheme: Scheme, chosen: Collection[str]) -> list[Content]:
    """The scheme as paragraphs; what the claim has now (the ids in `chosen`) is marked as such."""
    found = [Content(_plain(scheme.about))] if scheme.about else []
    for heading, values in facet_values(scheme):
        found.append(Content.styled(heading, "bold underline"))
        found += [_value_content(scheme, value, chosen=value.id in chosen) for value in values]
    found.append(Content.styled("What completes a claim", "bold underline"))
    found.append(Content("\n".join(_plain(line) for line in completion(scheme))))
    return found


def _value_content(scheme: Scheme, value: Value, *, chosen: bool) -> Content:
    facts = "".join(f"\n→ {_plain(fact)}" for fact in value_facts(scheme, value))
    return Content.assemble(
        (f" {value.key} ", "bold reverse"),
        (f" {_plain(value.name)}", f"bold {readable(value.colour)}"),
        (" ✓ chosen" if chosen else "", "bold"),
        f"\n{_plain(value.definition)}",
        *((f"\n· {_plain(example)}", "italic") for example in value.examples),
        facts,
    )


def readable(colour: str) -> str:
    """A scheme's colour as a style of text: of the theme's colours the variant that is made to be read."""
    return f"$text-{colour.removeprefix('$').removeprefix('text-')}" if colour.startswith("$") else colour


def _plain(text: str) -> str:
    return neutral_line(" ".join(text.split()))
