"""Digests: what the doctor knows damage by, in entries of the ledger and in rows that no entry determines.

An entry's payload is digested with a salt of its own. A purge erases payload and salt: then nobody can try whether the
erased payload was this or that, and the digest stays for the comparison with other copies of the ledger. The seal is
made of everything else in an entry together with that digest, so it holds after a purge too. Neither depends on what
stands before an entry, so that ledgers can be united. BLAKE2 takes the salt as a parameter (RFC 7693 has no salt; the
reference implementation and `hashlib` do).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from annotator.model.hashing import blake2b
from annotator.model.ledger import Entry, payload_json

SALT_BYTES = blake2b.SALT_SIZE
"""How long a salt is: nobody can go through all of them."""
_DIGEST_BYTES, _SEAL_BYTES = 16, 8

UNKNOWN = bytes(_DIGEST_BYTES)
"""In the place of the digest of a payload that was erased before there were digests."""


def new_salt() -> bytes:
    """Random bytes."""
    return os.urandom(SALT_BYTES)


def payload_digest(payload: Mapping[str, Any], salt: bytes) -> bytes:
    """The digest of a payload as it is shown and exported, whatever its form in the database."""
    return written_digest(payload_json(payload), salt)


def written_digest(written: str, salt: bytes) -> bytes:
    """The same of a payload that `payload_json` has written."""
    return blake2b(written.encode(), digest_size=_DIGEST_BYTES, salt=salt).digest()


def seal(entry: Entry, digest: bytes) -> bytes:
    """The digest of an entry's other fields together with that of its payload."""
    fields = [
        entry.id, entry.database_id, entry.lamport, entry.kind, entry.action, entry.at, entry.reviewer, entry.session,
        entry.article_id, entry.claim_id, entry.payload_version, entry.scheme_version, list(entry.suggestions),
        entry.others_visible, entry.undoes, digest.hex(),
    ]  # fmt: skip
    return _short(fields)


def row_digest(*values: object) -> bytes:
    """The digest of a row that no entry of the ledger determines; bytes count as their hexadecimal digits."""
    return _short([value.hex() if isinstance(value, bytes) else value for value in values])


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _short(values: list[Any]) -> bytes:
    return blake2b(_COMPACT.encode(values).encode("utf-8", errors="surrogatepass"), digest_size=_SEAL_BYTES).digest()
