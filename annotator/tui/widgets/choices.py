"""A list of choices that knows how long it is as soon as it has room, and not only when it is painted."""

from __future__ import annotations

from typing import Literal

from textual import events
from textual.geometry import Size
from textual.widgets import OptionList


class Choices(OptionList):
    """Its lines are wrapped for the width that it has.

    Textual (8.2.8) wraps them when they are painted, and lays everything out and paints it again then.
    """

    _wrapped_for = 0
    """In cells."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """In cells. Textual (8.2.8) fails in less than one of width behind the padding of its lines."""
        padding = self.get_component_styles("option-list--option").padding.width
        return super().get_content_height(container, viewport, max(width, padding + 1))

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: FBT001, FBT002 - as the base class has it
        is_resized = super()._size_updated(size, virtual_size, container_size, layout)
        self._update_lines()
        if is_resized:
            self.scroll_to_highlight()
        return is_resized

    def _update_lines(self) -> None:
        width = self.scrollable_content_region.width
        if width != self._wrapped_for:
            self._wrapped_for = width
            self._line_cache.clear()
            self._option_render_cache.clear()
        super()._update_lines()

    def on_resize(self, event: events.Resize) -> None:
        """They are wrapped for it already."""
        event.prevent_default()

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        # Textual (8.2.8) fails where there is no room for a line.
        if self.scrollable_content_region:
            super()._move_page(direction)
