"""Who may come in, and as whom: one secret link a reviewer."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping

from annotator.model.late import dataclass

_BYTES = 24


@dataclass(frozen=True, slots=True)
class Links:
    """The reviewer of each token. `alone` comes in without one: the only reviewer, on this machine."""

    reviewers: Mapping[str, str]
    alone: str | None = None

    def reviewer(self, token: str | None) -> str | None:
        """Whose token it is; None for nobody's."""
        if self.alone is not None:
            return self.alone
        if not token:
            return None
        # Every one is compared, and each in the same time: how long it takes says nothing.
        found = [name for known, name in self.reviewers.items() if hmac.compare_digest(known.encode(), token.encode())]
        return found[0] if found else None


def new_links(reviewers: Iterable[str]) -> Links:
    """A new secret link for each reviewer."""
    return Links({secrets.token_urlsafe(_BYTES): name for name in reviewers})


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches the address."""
    return host in ("localhost", "::1") or host.startswith("127.")
