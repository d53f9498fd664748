"""Drafts that the database could not take (locked, full, gone): a file beside the configuration, until it can."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.article import Claim
from annotator.model.draft_key import DraftKey
from annotator.model.hashing import sha256
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.store import aliases
from annotator.workflow.session import ReviewSession

_PLACE = "place"


@dataclass(frozen=True, slots=True)
class SpareDrafts:
    """Where one reviewer's drafts for one database wait; the file is hers alone (mode 0600)."""

    path: Path

    def write(self, drafts: Mapping[DraftKey, Mapping[str, Any] | None]) -> None:
        """Add these, or the newest of them; where that cannot be written there is no further place to turn to."""
        self._replace({**self.read(), **drafts})

    def _replace(self, drafts: Mapping[DraftKey, Mapping[str, Any] | None]) -> None:
        rows = [[*key, payload] for key, payload in drafts.items()]
        half = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
                json.dump(rows, file)
            half.replace(self.path)

    def read(self) -> dict[DraftKey, Mapping[str, Any] | None]:
        """What waits; nothing where there is no such file or it cannot be read."""
        try:
            rows = json.loads(self.path.read_text(encoding="ascii"))
            return {DraftKey(*map(str, row[:3])): row[3] for row in rows}
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return {}

    def forget(self, keys: Collection[DraftKey]) -> None:
        """These wait no more."""
        left = {key: payload for key, payload in self.read().items() if key not in keys}
        if left:
            self._replace(left)
        else:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def bring_home(self, session: ReviewSession) -> None:
        """Put what waits into the database; what it does not take goes on waiting."""
        home = []
        for key, payload in self.read().items():
            with suppress(AnnotatorError):
                if key.kind == _PLACE and payload is not None:
                    session.leave(Claim(key.article_id, Span(payload["start"], payload["end"])))
                else:
                    session.save_draft(key, payload)
                home.append(key)
        if home:
            self.forget(home)


def place_draft(claim: Claim) -> tuple[DraftKey, Mapping[str, Any]]:
    """The claim on the screen, as what waits beside the drafts: it is the place to come back to."""
    return DraftKey(claim.article_id, _PLACE, ""), {"start": claim.span.start, "end": claim.span.end}


def spare_drafts(folder: Path, database: Path, reviewer: str) -> SpareDrafts:
    """The file of one reviewer and one database in `folder`."""
    named = sha256(f"{database.absolute()}\0{reviewer}".encode(errors="surrogateescape")).hexdigest()[:16]
    return SpareDrafts(folder / "drafts" / f"{named}.json")


def bring_home(folder: Path, database: Path, reviewer: str, session: ReviewSession) -> None:
    """Put what waits for the reviewer, under whatever name of hers, into the database."""
    for name in aliases.own_names(session.store.connection, reviewer):
        spare_drafts(folder, database, name).bring_home(session)
