"""An earlier build of the tool, taken out of git, to be measured beside the present one in the same run."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def earlier_build(commit: str, folder: Path) -> Path | None:
    """The folder to import the package `annotator` of a commit from, below `folder`; None where git cannot give it."""
    try:
        given = subprocess.run(["git", "archive", commit, "annotator"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    into = folder / f"annotator-{commit}"
    with tarfile.open(fileobj=io.BytesIO(given.stdout)) as archive:
        archive.extractall(into, filter="data")
    return into
