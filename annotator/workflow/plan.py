"""Plans: what a decision would change, computed from the review alone; the session stores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from annotator.model.article import Claim
from annotator.model.late import dataclass
from annotator.model.ledger import Change


@dataclass(frozen=True, slots=True)
class Plan:
    """One decision to be: its action, the claim it is about, the registers it assigns and what it came from.

    `said` is what to tell the reviewer (empty: derived from the changes); `new_claims` are the claims that a change
    of the segmentation makes; `more` goes into the ledger entry's payload.
    """

    action: str
    claim: Claim | None
    changes: Sequence[Change]
    said: str = ""
    suggestions: Sequence[str] = ()
    new_claims: Sequence[Claim] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
