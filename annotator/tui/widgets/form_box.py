"""The box of a form: where there is no room for all of it, what can be scrolled gives way, and the keys below stay."""

from __future__ import annotations

from textual.containers import Vertical
from textual.geometry import Size
from textual.layout import ArrangeResult, Layout
from textual.layouts.vertical import VerticalLayout
from textual.widget import Widget


class FormLayout(VerticalLayout):
    """One under another; the tallest of those that scroll has the rows that the others leave, and at least one."""

    name = "form"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: FBT001, FBT002 - as the base class has it
        """Where each is in `size`; without a height, as where there is room for all."""
        placements = super().arrange(parent, children, size, greedy)
        over = max((each.region.bottom for each in placements), default=0) - size.height
        scrolls = [at for at, each in enumerate(placements) if each.widget.is_scrollable]
        if over <= 0 or not size.height or not scrolls:
            return placements
        tallest = max(scrolls, key=lambda at: placements[at].region.height)
        over = min(over, placements[tallest].region.height - 1)
        placements[tallest] = placements[tallest]._replace(region=placements[tallest].region.shrink((0, 0, over, 0)))
        behind = [each._replace(region=each.region.translate((0, -over))) for each in placements[tallest + 1 :]]
        return [*placements[: tallest + 1], *behind]


class FormBox(Vertical):
    """Holds a form's title, what it is about, what is said of it, and its keys."""

    @property
    def layout(self) -> Layout:
        """Ours, whatever the style sheet says."""
        return _FORM


_FORM = FormLayout()
