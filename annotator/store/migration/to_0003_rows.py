"""How rows of the third schema are written: a copy of what wrote them then, for its migration.

What writes the present tables may change with them; this stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from annotator.errors import NotFoundError
from annotator.model.attribution import Attribution
from annotator.model.ledger import Entry
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, WorthSuggestion
from annotator.store import digests
from annotator.store.packing import packed_hash, packed_hashes, packed_id, packed_time
from annotator.store.payloads import shortened
from annotator.store.proposal_rows import Proposal, packed_proposals

KINDS = ("decision", "undo", "redo", "shared", "event")
USES = ("changed", "joined", "assigned")


ENTRY = (
    "id, database_id, lamport, kind, action, at, reviewer, session, article_id, claim_id, payload, payload_version, "
    "scheme_version, suggestions, others_visible, undoes, erased"
)
"""The columns of an entry before the third schema, as SQL over its table."""
SUGGESTION = "id, suggester, rule, confidence, kind, payload, current, ordinal"
"""The same of a suggestion."""


def entry_of(values: Sequence[Any]) -> Entry:
    """The entry of the values of ENTRY, but for the last; raises ValueError, TypeError or DomainError for none."""
    made = list(values)
    made[10] = json.loads(made[10])
    made[13] = tuple(json.loads(made[13]))
    made[14] = bool(made[14])
    return Entry(*made)


def proposal_of(values: Sequence[Any]) -> Proposal:
    """The proposal of the values of SUGGESTION; raises ValueError, TypeError, LookupError or DomainError for none."""
    id_, suggester, rule, confidence, kind, payload, current, place = values
    said = json.loads(payload)
    made: WorthSuggestion | AttributionSuggestion
    if kind == "worth":
        made = WorthSuggestion(Span(*said["span"]), said["worth"], rule, confidence)
    else:
        made = AttributionSuggestion(Attribution.from_payload(said["id"], said["attribution"]), rule, confidence)
    return Proposal(id_, suggester, kind, rule, bool(current), made, place)


def key_of(connection: sqlite3.Connection, kind: str, name: str) -> int:
    """The number of a name, given one where it is new."""
    row = connection.execute("select key from name where kind = ? and text = ?", (kind, name)).fetchone()
    if row is not None:
        return int(row[0])
    made = connection.execute("insert into name (kind, text) values (?, ?)", (kind, name)).lastrowid
    assert made is not None
    return made


def article_key(connection: sqlite3.Connection, article_id: str | None) -> int | None:
    """The ordinal of an article, None where it is unknown."""
    row = connection.execute("select ordinal from article where id = ?", (article_id,)).fetchone()
    return int(row[0]) if row else None


def entry_key(connection: sqlite3.Connection, entry_id: str) -> int:
    """The number of an entry; raises NotFoundError where there is none."""
    row = connection.execute("select key from ledger where id = ?", (packed_id(entry_id),)).fetchone()
    if row is None:
        raise NotFoundError(f"no ledger entry {entry_id}")
    return int(row[0])


def write_entry(connection: sqlite3.Connection, entry: Entry, *, erased: bool) -> None:
    """Write an entry of the ledger; raises NotFoundError where the article or entry that it names is not here."""
    article = None if entry.article_id is None else article_key(connection, entry.article_id)
    if article is None and entry.article_id is not None:
        raise NotFoundError(f"no article {entry.article_id[:12]}; ledger entry {entry.id} names it")
    salt = None if erased else digests.new_salt()
    digest = digests.UNKNOWN if salt is None else digests.payload_digest(entry.payload, salt)
    connection.execute(
        "insert into ledger (id, database, lamport, kind, action, at, reviewer, session, article, claim, payload, "
        "payload_version, scheme, suggestions, others_visible, undoes, erased, salt, digest, seal) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            packed_id(entry.id),
            key_of(connection, "database", entry.database_id),
            entry.lamport,
            KINDS.index(entry.kind),
            key_of(connection, "action", entry.action),
            packed_time(entry.at),
            None if entry.reviewer is None else key_of(connection, "reviewer", entry.reviewer),
            None if entry.session is None else key_of(connection, "session", entry.session),
            article,
            None if entry.claim_id is None else packed_hash(entry.claim_id),
            "" if erased else shortened(entry.payload, entry.claim_id),
            entry.payload_version,
            None if entry.scheme_version is None else key_of(connection, "scheme", entry.scheme_version),
            packed_hashes(entry.suggestions),
            entry.others_visible,
            None if entry.undoes is None else entry_key(connection, entry.undoes),
            erased,
            salt,
            digest,
            digests.seal(entry, digest),
        ),
    )


def write_bands(connection: sqlite3.Connection, ordinal: int, fingerprints: Iterable[int]) -> None:
    """Write the fingerprints of an article."""
    connection.executemany(
        "insert or ignore into near_band (band, article) values (?, ?)", [(band, ordinal) for band in fingerprints]
    )


def write_texts(connection: sqlite3.Connection, rows: list[tuple[int, str]]) -> None:
    """Index articles by their ordinals and what is indexed of them."""
    connection.executemany("insert into text_index (rowid, text) values (?, ?)", rows)


def write_proposals(connection: sqlite3.Connection, article_id: str, suggester: str, known: Sequence[Proposal]) -> None:
    """Write all that a suggester ever proposed for an article."""
    current = packed_proposals(article_id, [proposal for proposal in known if proposal.current])
    superseded = packed_proposals(article_id, [proposal for proposal in known if not proposal.current])
    digest = digests.row_digest("suggestion", article_id, suggester, current, superseded)
    connection.execute(
        "insert into suggestion (article, suggester, current, superseded, digest) values (?, ?, ?, ?, ?)",
        (article_key(connection, article_id), key_of(connection, "suggester", suggester), current, superseded, digest),
    )


def write_source(connection: sqlite3.Connection, source_id: str, value: Mapping[str, Any]) -> None:
    """Write a source with its other names."""
    id_, merged = packed_id(source_id), value["merged_into"]
    connection.execute(
        "insert into source_entity (id, name, kind, merged_into, article) values (?, ?, ?, ?, ?)",
        (
            id_,
            value["name"],
            value["kind"],
            None if merged is None else packed_id(merged),
            # No row has 0: what points at nothing is found when all are written.
            None if value["article_id"] is None else article_key(connection, value["article_id"]) or 0,
        ),
    )
    connection.executemany(
        "insert into source_alias (source, position, alias) values (?, ?, ?)",
        [(id_, position, alias) for position, alias in enumerate(value["aliases"])],
    )


def write_attribution(connection: sqlite3.Connection, own: tuple[int, int], id_: str, value: Mapping[str, Any]) -> None:
    """Write one attribution of a reviewer's, `own` being the numbers of article and reviewer."""
    spans = [
        list(chain.from_iterable(value["source"])),
        value["cue"],
        list(chain.from_iterable(value["content"])),
        *([value["relay"]] if value["relay"] else []),
    ]
    connection.execute(
        "insert into attribution (article, reviewer, id, type, form, anonymity, negated, parent, spans) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *own,
            packed_id(id_),
            value["type"],
            value["form"],
            value["anonymity"],
            int(bool(value["negated"])),
            None if value["parent"] is None else packed_id(value["parent"]),
            json.dumps(spans, separators=(",", ":")),
        ),
    )


def packed_target(target: str) -> bytes | str | int:
    """What a verdict or evidence is about: 0 for the claim's content."""
    return 0 if target == "content" else packed_id(target)
