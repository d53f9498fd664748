"""Keys that come faster than a form deals with them: each waits until the one before it has had its whole effect.

Textual (8.2.8) hands a letter to the queue of the field in focus, looks for keys such as Tab, Backspace or the arrows
when the letter has come back from the field by way of everything around it, and does priority keys (ctrl+s, Escape) at
once. Of keys that come together, as over a slow line, those that end a form would go ahead of the letters before them,
and these would be lost. So would be those that come before a form that has just opened has a field in focus.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from textual import events
from textual.message_pump import MessagePump

LONGEST = 1.0
"""Seconds after which a key waits no longer: a form that has gone meanwhile would stop the keyboard for good."""


class TypedAhead:
    """The keys and pastes that wait.

    `handle` does one of them; `places` are whom it goes through then, one after another, and none for the workbench.
    `form` is the form on the screen, or None: before its first key it gets to whatever it does when it opens.
    """

    def __init__(
        self,
        handle: Callable[[events.Event], Awaitable[None]],
        places: Callable[[], Sequence[MessagePump]],
        form: Callable[[], MessagePump | None],
    ) -> None:
        self._handle, self._places, self._form = handle, places, form
        self._ready: MessagePump | None = None
        self._waiting: deque[events.Event] = deque()
        self._since: float | None = None
        """When the key was handed on that is still under way."""

    async def take(self, event: events.Event) -> None:
        """Handle the event now, or when it is its turn."""
        self._waiting.append(event)
        if self._since is None or monotonic() - self._since > LONGEST:
            await self._go_on()

    def hand_back(self, key: str) -> None:
        """Keep a key, by the keymap's name, for the form that has opened: it was waiting in the workbench."""
        character = " " if key == "space" else key if len(key) == 1 else None
        self._waiting.append(events.Key(key, character))
        if self._since is None:
            self._wait_for(self._form())

    async def _go_on(self) -> None:
        self._since = None
        while self._waiting and self._since is None:
            form = self._form()
            if form is not self._ready:
                self._wait_for(form)
                continue
            event, places = self._waiting.popleft(), self._places()
            await self._handle(event)
            if places:
                self._since = monotonic()
                self._follow(places, self._since)

    def _wait_for(self, form: MessagePump | None) -> None:
        """Let what waits go on once the form has opened; at once where there is none."""
        self._ready = form
        if form is not None:
            self._since = monotonic()
            self._follow([form], self._since)

    def _follow(self, places: Sequence[MessagePump], since: float) -> None:
        """Follow the key from queue to queue: behind it in the last, it has had its effect."""
        for number, place in enumerate(places, 1):
            rest = places[number:]
            if place.call_later(self._follow, rest, since) if rest else place.call_later(self._arrived, since):
                return

    async def _arrived(self, since: float) -> None:
        if since == self._since:
            await self._go_on()
