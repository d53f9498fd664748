"""Evidence as it is kept: its addresses and dates are put right or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from annotator.errors import DomainError
from annotator.model.dates import is_after, partial_date
from annotator.model.web_address import web_address

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LAST = re.compile(r"(.*\s)(https?://\S+)", re.IGNORECASE | re.DOTALL)
_FEWEST_WORDS = 3
_CHECKS: Mapping[str, Callable[[str], str]] = {
    "url": web_address,
    "archived_url": web_address,
    "published_at": partial_date,
    "retrieved_at": partial_date,
}


def checked_field(name: str, given: str) -> str:
    """A field of a piece of evidence as it is kept; raises DomainError for what is no address or no date."""
    check = _CHECKS.get(name)
    return check(given) if check else given


def parted(pasted: str) -> tuple[str, str] | None:
    """The address and the passage of what was pasted in one go; None where it is not both.

    The address stands first on a line of its own, or last behind the words. A line break inside an address that was
    wrapped is none of these: what follows it has no three words.
    """
    text = pasted.strip()
    if len(_ADDRESS.findall(text)) != 1:
        return None
    first, _, rest = text.partition("\n")
    if _ADDRESS.fullmatch(first.strip()) and len(rest.split()) >= _FEWEST_WORDS:
        return first.strip(), rest.strip()
    behind = _LAST.fullmatch(text)
    if behind is None or len(behind[1].split()) < _FEWEST_WORDS:
        return None
    return behind[2], behind[1].strip()


def checked_fields(given: Mapping[str, str], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """All fields as they are kept; those that are as `known` says stay exactly as they are.

    Raises DomainError for what is no address or no date, and for a publication after its retrieval.
    """
    known = known or {}
    kept = {name: value if known.get(name) == value else checked_field(name, value) for name, value in given.items()}
    published, retrieved = (kept.get(name, "") for name in ("published_at", "retrieved_at"))
    changed = any(kept.get(name, "") != known.get(name, "") for name in ("published_at", "retrieved_at"))
    if changed and published and retrieved and is_after(published, retrieved):
        raise DomainError(f"published on {published}, after it was retrieved ({retrieved}): one of them is wrong")
    return kept
