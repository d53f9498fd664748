"""The lead's session on the adjudicated layer."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import DecisionRefused
from annotator.model.reviewer import ADJUDICATED
from annotator.model.scheme import Scheme
from annotator.store import open_store, project
from annotator.workflow.session import ReviewSession


def open_layer(path: Path, scheme: Scheme, lead: str) -> ReviewSession:
    """The lead's session on the adjudicated layer.

    Raises StoreError for a database that cannot be used, and DecisionRefused where somebody else leads the project.
    """
    store = open_store(path, scheme=scheme)
    try:
        project.load_project(store).check_lead(lead, "adjudication")
    except DecisionRefused:
        store.close()
        raise
    return ReviewSession(store, ADJUDICATED, by=lead)
