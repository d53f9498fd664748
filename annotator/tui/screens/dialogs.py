"""Which screen shows which dialog."""

from __future__ import annotations

from typing import Any

from annotator.tui.dialogs import (
    Browse,
    Choose,
    Dialog,
    FillEvidence,
    ReadEvidence,
    ReadGuidelines,
    ReadKeys,
    ReadList,
    Watch,
    WriteText,
)
from annotator.tui.screens.choosing import BrowseScreen, ChooseScreen
from annotator.tui.screens.dashboard import DashboardScreen
from annotator.tui.screens.evidence import EvidenceListScreen, EvidenceScreen
from annotator.tui.screens.form import Form
from annotator.tui.screens.forms import HelpScreen, ListScreen, WriteScreen
from annotator.tui.screens.guidelines import GuidelinesScreen


def screen_of(dialog: Dialog[Any]) -> Form[Any]:
    """The screen that shows a dialog."""
    match dialog:
        case WriteText():
            return WriteScreen(dialog)
        case FillEvidence():
            return EvidenceScreen(dialog.title, dialog.known, dialog.waiting, dialog.draft, dialog.first)
        case ReadEvidence():
            return EvidenceListScreen(dialog.title, dialog.evidence, dialog.about)
        case ReadList():
            return ListScreen(dialog.title, dialog.lines, dialog.empty)
        case Choose():
            return ChooseScreen(dialog)
        case Browse():
            return BrowseScreen(dialog)
        case ReadGuidelines():
            return GuidelinesScreen(dialog.scheme, dialog.pages, dialog.chosen)
        case Watch():
            return DashboardScreen(dialog)
        case ReadKeys():
            return HelpScreen(dialog.title, dialog.groups)
    raise TypeError(f"no screen shows {dialog!r}")
