"""The project's label scheme and its guideline pages in the store: what the ledger says of them, and what is in use."""

from __future__ import annotations

from annotator.errors import DecisionRefused
from annotator.model.guideline import Page
from annotator.model.ledger import Entry, payload_json
from annotator.model.scheme import Scheme, default_scheme, scheme_from_data
from annotator.store import ledger
from annotator.store.connection import SCHEME, Store, translated

PAGE = "scheme-page"
"""The ledger's action for a page of guidelines, and in the table meta the beginning of its key."""

ACTIONS = (SCHEME, PAGE)


def project(store: Store, entry: Entry) -> None:
    """Write what an entry says about the scheme or a page into the table meta."""
    if entry.action == SCHEME:
        key, value = SCHEME, payload_json(entry.payload[SCHEME])
    else:
        key, value = f"{PAGE}:{entry.payload['name']}", entry.payload["text"]
    store.connection.execute("delete from meta where key = ?", (key,))
    if value is not None:
        store.connection.execute("insert into meta (key, value) values (?, ?)", (key, value))


def check_current(store: Store) -> None:
    """Raise DecisionRefused where the project has another scheme by now than the store was opened with."""
    row = store.connection.execute(
        "select json_extract(value, '$.id') || '@' || json_extract(value, '$.version') from meta where key = ?",
        (SCHEME,),
    ).fetchone()
    label = row[0] if row else default_scheme().label
    if label != store.scheme.label:
        raise DecisionRefused(f"the project's scheme is {label} now: quit and start again to decide under it")


def earlier_schemes(store: Store) -> list[Scheme]:
    """Every scheme that the project has ever had, oldest first, the default one before them."""
    found = ledger.shared_entries(store, SCHEME)
    return [default_scheme(), *(scheme_from_data(entry.payload[SCHEME], f"entry {entry.id}") for entry in found)]


def used_values(store: Store) -> dict[tuple[str, ...], int]:
    """How often each value stands in somebody's present work: by facet and id, a reason's by its verdict's as well."""
    return {
        tuple(key): count
        for *key, count in store.connection.execute(
            "select 'check-worthiness', worth, count(*) from judgement where worth is not null group by 2 union all "
            "select 'voice', voice, count(*) from judgement where voice is not null group by 2 union all "
            "select 'verdict', value, count(*) from verdict where value is not null group by 2"
        )
    } | {
        ("reason", value, reason): count
        for value, reason, count in store.connection.execute(
            "select value, reason, count(*) from verdict where value is not null and reason is not null group by 1, 2"
        )
    }


# Pages


def pages(store: Store) -> list[Page]:
    """The project's pages of guidelines, by their names."""
    with translated(store.path):
        rows = store.connection.execute(
            "select substr(key, ?), value from meta where key glob ? order by key", (len(PAGE) + 2, f"{PAGE}:*")
        )
        return [Page(*row) for row in rows]


def write_page(store: Store, name: str, text: str | None, reviewer: str | None) -> bool:
    """Attach a page or change it, or (None) take it away: one ledger entry; False where it is so already."""
    with store.transaction():
        row = store.connection.execute("select value from meta where key = ?", (f"{PAGE}:{name}",)).fetchone()
        if (row[0] if row else None) == text:
            return False
        payload = {"name": name, "text": text}
        project(store, ledger.append(store, "shared", PAGE, payload, reviewer=reviewer))
    return True
