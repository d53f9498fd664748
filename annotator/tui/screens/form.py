"""What all forms over the workbench have in common: their style sheet, which is read when the first of them opens."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Form(ModalScreen[Answer]):
    """A form, list or page over the workbench, answered with `Answer`."""

    CSS_PATH = "forms.tcss"
