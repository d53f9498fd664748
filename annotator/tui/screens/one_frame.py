"""A screen that opens in one frame: laid out once, and painted once.

Textual (8.2.8) lays a screen that opens out four times and paints it each time: when it is resumed, when it is told the
size that this has given it, when its widgets ask for a layout because one has given them room, and when whoever opened
it hears that it is there. Only the first shows anything new.
"""

from __future__ import annotations

from typing import Self, TypeVar

from textual import messages
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

Answer = TypeVar("Answer")


class OneFrame(Screen[Answer]):
    """Answered with `Answer`; who asks for a layout or a painting that has been made meanwhile gets no other.

    Where another version of Textual has other names for what is its own, screens open as they do there.
    """

    _opens = True
    """Whether it is not said yet to whoever opened it that it is there."""
    _laid_out_at = _painted_at = 0.0
    """When it was laid out last, and when all of it was painted first, by the clock of messages."""

    def on_compose(self) -> None:
        """Hear when that is said: the application waits for a screen's widgets before its next message."""
        self.app.call_later(self.call_later, self._is_there)

    def _is_there(self) -> None:
        self._opens = False

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Ask for a painting or a layout of all; while the screen opens it has just had both."""
        if self._opens and self._painted_at and not regions:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def update_node_styles(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - as there
        """Work the styles out anew; while the screen opens its widgets have just got theirs, and it alone has not."""
        if animate or self._painted_at:
            super().update_node_styles(animate)
        else:
            self.app.stylesheet.update_nodes([self])

    def on_layout(self, message: messages.Layout) -> None:
        """A widget asks for a layout."""
        _answered(message, self._laid_out_at)

    def on_update(self, message: messages.Update) -> None:
        """A widget asks to be painted."""
        _answered(message, self._painted_at)

    def _screen_resized(self, size: Size) -> None:
        if size != self._size:
            super()._screen_resized(size)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002 - as there
        if scroll or self.app._batch_count:
            # What is painted while the application starts is shown later.
            super()._refresh_layout(size, scroll)
            return
        self._laid_out_at = Message().time
        asked = {each: _asks(each) for each in self._parts()} if self._painted_at else {}
        bars = self._bars()
        if not self._painted_at:
            # It may have been laid out where nothing is shown, as behind the palette: then that is no news any more.
            self._dirty_widgets.add(self)
        # Painted once it is laid out for good.
        with self.app.batch_update():
            super()._refresh_layout(size)
            if self._bars() != bars:
                super()._refresh_layout(size)
        self._painted_at = self._painted_at or self._laid_out_at
        for each in self._parts():
            # They ask for a layout because one has given them room; the first was for all of them.
            each._layout_required, each._repaint_required = asked.get(each, (False, False))

    def _parts(self) -> list[Widget]:
        """The screen, all that it is made of, and the scroll bars."""
        widgets = self.walk_children(Widget, with_self=True)
        with_bars = [(each, each._vertical_scrollbar, each._horizontal_scrollbar) for each in widgets]
        return [part for parts in with_bars for part in parts if part is not None]

    def _bars(self) -> list[tuple[bool, bool]]:
        """Which scroll bars there are: they take room from their widgets."""
        widgets = self.walk_children(Widget, with_self=True)
        return [(each.show_vertical_scrollbar, each.show_horizontal_scrollbar) for each in widgets]


def _asks(widget: Widget) -> tuple[bool, bool]:
    """Whether a widget is about to ask for a layout, and to be painted."""
    return widget._layout_required, widget._repaint_required


def _answered(message: Message, at: float) -> None:
    """Pass over a message that is older than what it asks for."""
    if message.time < at:
        message.stop()
        message.prevent_default()
