"""The vectors of a project's fact-checks, kept so that a model makes them once; those of one model at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.model.check import Check
from annotator.model.late import dataclass
from annotator.store.connection import Store, translated
from annotator.store.fact_checks.check_index import FIELDS, check_from, key_of

_AT_ONCE = 400

Vector = tuple[int, bytes, bytes]
"""A fact-check's ordinal, and the vectors of its claim and of its title."""


@dataclass(frozen=True, slots=True)
class KeptModel:
    """The model that the vectors are of; `whole` where every present fact-check has its own."""

    name: str
    identity: str
    whole: bool


def kept_model(store: Store) -> KeptModel | None:
    """The model that vectors are kept of, or None."""
    with translated(store.path):
        row = store.connection.execute(
            "select name, identity, fact_check_model.changes is fact_check_size.changes "
            "from fact_check_model, fact_check_size"
        ).fetchone()
    return KeptModel(row[0], row[1], bool(row[2])) if row else None


def use_model(store: Store, name: str, identity: str) -> None:
    """Keep vectors of this model from now on; those of another one are forgotten."""
    with store.transaction():
        known = store.connection.execute("select name, identity from fact_check_model").fetchone()
        if known is None or known[1] != identity:
            store.connection.execute("delete from fact_check_vector")
            store.connection.execute("delete from judged_vector")
            store.connection.execute("delete from fact_check_model")
            store.connection.execute(
                "insert into fact_check_model (only, name, identity) values (1, ?, ?)", (name, identity)
            )
        elif known[0] != name:
            store.connection.execute("update fact_check_model set name = ?", (name,))


_MISSING = (
    "from fact_check left join fact_check_vector on fact_check_vector.ordinal = fact_check.ordinal "
    "where replaced_by is null and fact_check_vector.ordinal is null"
)


def missing(store: Store) -> int:
    """How many present fact-checks have no vectors."""
    with translated(store.path):
        return int(store.connection.execute(f"select count(*) {_MISSING}").fetchone()[0])


def without_vectors(store: Store, after: int, most: int) -> list[tuple[int, str, str]]:
    """The ordinals, claims and titles of the next ones that have none, by their ordinals."""
    with translated(store.path):
        return store.connection.execute(
            f"select fact_check.ordinal, fact_check.claim, fact_check.title {_MISSING} and fact_check.ordinal > ? "
            "order by fact_check.ordinal limit ?",
            (after, most),
        ).fetchall()


def keep(store: Store, identity: str, vectors: Sequence[Vector]) -> None:
    """Keep some vectors, but not of what was removed or replaced meanwhile, or by a model that counts no more."""
    with store.transaction():
        store.connection.executemany(
            "insert into fact_check_vector (ordinal, claim, title) select ?1, ?2, ?3 where exists "
            "(select 1 from fact_check where ordinal = ?1 and replaced_by is null) and exists "
            "(select 1 from fact_check_model where identity = ?4) on conflict do nothing",
            [(*each, identity) for each in vectors],
        )


def settle(store: Store) -> None:
    """Note that every present fact-check has its vectors, where that is so."""
    with store.transaction():
        if not missing(store):
            store.connection.execute("update fact_check_model set changes = (select changes from fact_check_size)")


def blocks(store: Store, size: int) -> Iterator[list[Vector]]:
    """The vectors of all that can be found, so many at a time."""
    with translated(store.path):
        rows = store.connection.execute(
            "select fact_check_vector.ordinal, fact_check_vector.claim, fact_check_vector.title "
            "from fact_check_vector join fact_check on fact_check.ordinal = fact_check_vector.ordinal "
            "where withdrawn = 0 and replaced_by is null order by fact_check_vector.ordinal"
        )
        while block := rows.fetchmany(size):
            yield block


def vectors_of(store: Store, checks: Sequence[Check]) -> Mapping[str, tuple[bytes, bytes]]:
    """The vectors of some fact-checks, by their ids."""
    by_key = {key_of(check): check.id for check in checks}
    found: dict[str, tuple[bytes, bytes]] = {}
    keys = list(by_key)
    with translated(store.path):
        for at in range(0, len(keys), _AT_ONCE):
            part = keys[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            for key, claim, title in store.connection.execute(
                "select key, fact_check_vector.claim, fact_check_vector.title from fact_check join fact_check_vector "
                "on fact_check_vector.ordinal = fact_check.ordinal "
                f"where key in ({marks}) and replaced_by is null",
                part,
            ):
                found[by_key[key]] = (claim, title)
    return found


def checks_at(store: Store, ordinals: Sequence[int]) -> list[Check]:
    """The fact-checks with these ordinals, in their order; those that are gone are left out."""
    marks = ", ".join("?" * len(ordinals))
    with translated(store.path):
        rows = store.connection.execute(
            f"select ordinal, {', '.join(FIELDS)} from fact_check where ordinal in ({marks})", list(ordinals)
        )
        found = {row[0]: check_from(row[1:]) for row in rows}
    return [found[ordinal] for ordinal in ordinals if ordinal in found]
