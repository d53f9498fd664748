"""Libraries of the extra `documents`: imported when they are needed, and named where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from annotator.errors import ImportFailure


def needed(module: str, origin: str) -> Any:
    """The module; raises ImportFailure, with what to install, where it is not there."""
    try:
        return import_module(module)
    except ImportError as error:
        reason = "needs the extra 'documents': pip install 'annotator[documents]', or save it as plain text"
        raise ImportFailure(origin, reason) from error
