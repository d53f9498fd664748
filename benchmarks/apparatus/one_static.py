"""The least that Textual can do, to compare with: one Static, which counts the keys."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class OneStatic(App[None]):
    """Shows how many keys were pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._keys = 0

    def compose(self) -> ComposeResult:
        """One Static."""
        yield Static("0 keys", id="count")

    def on_key(self) -> None:
        """Count the key."""
        self._keys += 1
        self.query_one("#count", Static).update(f"{self._keys} keys", layout=False)


if __name__ == "__main__":
    OneStatic().run()
