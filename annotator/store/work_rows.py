"""The rows of one reviewer's work on one article: made of the registers of the ledger, read, and what they mean.

Article and reviewer stand first in every row of these tables; here they are left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

from annotator.model.attribution import Attribution, attribution_from_flat
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.store.connection import Store
from annotator.store.json_values import json_value
from annotator.store.packing import Packed, packed_hash, packed_id, unpacked_hash, unpacked_id

Register = tuple[str, ...]
Row = tuple[Any, ...]
Work = tuple[int, int]
"""The numbers of an article and of a reviewer."""

EVIDENCE = (
    "evidence.id, claim, target, question, answer, answer_type, url, archived_url, medium, publisher, published_at, "
    "retrieved_at, passage, stance"
)
"""What a piece of evidence is made of, as SQL over its table."""

TABLES = {
    "boundary": "position, kind",
    "refusal": "suggestion",
    "judgement": "claim, worth, voice, restatement, flag, note, confidence, skipped",
    "attribution": "id, type, form, anonymity, negated, parent, spans",
    "attribution_source": "attribution, source",
    "verdict": "claim, target, value, reason, confidence, justification",
    "evidence": EVIDENCE,
}
"""The columns of each table, as SQL over it."""


def stored_rows(store: Store, work: Work, table: str) -> list[Row]:
    """The rows of a reviewer and article in a table."""
    return store.connection.execute(_OWN_ROWS[table], work).fetchall()


_OWN_ROWS = {
    table: f"select {columns} from {table} where article = ? and reviewer = ?" for table, columns in TABLES.items()
}


# What registers stand for


def rows_of(state: Mapping[Register, Any]) -> dict[str, set[Row]]:
    """The rows of every table that these registers stand for.

    None is cleared, and what is said to be an attribution is one. Raises DomainError, KeyError, TypeError, ValueError
    or AttributeError for other values that no register has.
    """
    made: dict[str, set[Row]] = {table: set() for table in TABLES}
    judgements: dict[str, dict[str, Any]] = {}
    verdicts: dict[tuple[str, str], dict[str, Any]] = {}
    for (table, *key), value in state.items():
        if table == "judgement":
            judgements.setdefault(key[0], {})[key[1]] = value
        elif table == "verdict":
            verdicts.setdefault((key[0], key[1]), {})[key[2]] = value
        else:
            made[table].add(_ROWS[table](key[0], value))
    made["judgement"] = {_judgement_row(claim, facets) for claim, facets in judgements.items() if any_set(facets)}
    made["verdict"] = {
        (
            packed_hash(claim),
            packed_target(target),
            *map(facets.get, ("value", "reason", "confidence", "justification")),
        )
        for (claim, target), facets in verdicts.items()
    }
    return made


def any_set(facets: Mapping[str, Any]) -> bool:
    """Whether a judgement of these facets says anything."""
    return any(value for facet, value in facets.items() if facet in _YES_OR_NO) or any(
        value is not None for facet, value in facets.items() if facet not in _YES_OR_NO
    )


_YES_OR_NO = ("flag", "skipped")


def _judgement_row(claim_id: str, facets: Mapping[str, Any]) -> Row:
    texts = ("worth", "voice", "restatement")
    return (
        packed_hash(claim_id), *map(facets.get, texts), int(bool(facets.get("flag"))), facets.get("note"),
        facets.get("confidence"), int(bool(facets.get("skipped"))),
    )  # fmt: skip


def attribution_row(id_: str, value: Mapping[str, Any]) -> Row:
    """The row of an attribution's values, of which it is known that they are an attribution's."""
    spans = [
        list(chain.from_iterable(value["source"])),
        value["cue"] or None,
        list(chain.from_iterable(value["content"])),
        *([value["relay"]] if value["relay"] else []),
    ]
    return (
        packed_id(id_),
        value["type"],
        value["form"],
        value["anonymity"],
        int(bool(value["negated"])),
        None if value["parent"] is None else packed_id(value["parent"]),
        _COMPACT.encode(spans),
    )


# One for all rows: `json.dumps` would make one for each.
_COMPACT = json.JSONEncoder(separators=(",", ":"))


def evidence_row(id_: str, value: Mapping[str, Any]) -> Row:
    """The row of a piece of evidence; raises DomainError for what is none."""
    fields = Evidence.from_payload(id_, value).as_payload()
    return packed_id(id_), packed_hash(fields.pop("claim_id")), packed_target(fields.pop("target")), *fields.values()


def packed_target(target: str) -> Packed | int:
    """What a verdict or evidence is about, as the tables have it: 0 for the claim's content."""
    return 0 if target == CONTENT else packed_id(target)


_ROWS: Mapping[str, Callable[[str, Any], Row]] = {
    "attribution": attribution_row,
    "evidence": evidence_row,
    "boundary": lambda position, kind: (int(position), kind),
    "refusal": lambda suggestion, _: (packed_hash(suggestion),),
    "attribution_source": lambda attribution, source: (packed_id(attribution), packed_id(source)),
}


# What rows mean

_KEPT = 1024
"""So many rows of a table are kept at the least, whatever they are of."""

Made = TypeVar("Made")


class Remembered(Generic[Made]):
    """What is made of rows, and the same of a row that is as it was: by that it is seen what has changed.

    Every decision reads all rows of its article, and has changed few of them. All of these are kept, however many they
    are, until more than _KEPT other rows have been read: a cache of a fixed size would lose each row of a longer
    article just before it is asked for. A row takes about half a kilobyte, an attribution's one: 20,000 claims with
    worth, verdict and attribution 34 MB, which are given back some articles later.
    """

    def __init__(self, make: Callable[[Row], Made]) -> None:
        self._make = make
        self._kept: tuple[dict[Row, Made], dict[Row, Made]] = ({}, {})

    def of(self, rows: Iterable[Row]) -> list[Made]:
        """What the rows of one article mean, in their order."""
        # Another thread may read another article meanwhile, and replace both.
        new, old = self._kept
        found: list[Made] = []
        for row in rows:
            made = new.get(row)
            if made is None:
                made = old.get(row)
                new[row] = made = self._make(row) if made is None else made
            found.append(made)
        if len(new) > _KEPT:
            self._kept = {}, new
        return found


def work_of(rows: Callable[[str], Iterable[Row]]) -> dict[str, Any]:
    """What the rows of the tables say, by the names of ArticleReview; what is refused is not among it."""
    attributions = _ATTRIBUTIONS.of(rows("attribution"))
    evidence = [evidence_of(row) for row in rows("evidence")]
    return {
        "boundaries": dict(rows("boundary")),
        "judgements": dict(_JUDGEMENTS.of(rows("judgement"))),
        "verdicts": dict(_VERDICTS.of(row for row in rows("verdict") if row[2] is not None)),
        # In the order of the ids as they are outside, which is not that of the packed ones.
        "attributions": tuple(sorted(attributions, key=lambda made: made.id)),
        "evidence": tuple(sorted(evidence, key=lambda found: found.id)),
        "sources": {
            unpacked_id(attribution): unpacked_id(source) for attribution, source in rows("attribution_source")
        },
    }


def evidence_of(row: Sequence[Any]) -> Evidence:
    """The piece of evidence of a row of EVIDENCE."""
    return Evidence(unpacked_id(row[0]), unpacked_hash(row[1]), target_of(row[2]), *row[3:])


def _judgement(row: Row) -> tuple[str, Judgement]:
    return unpacked_hash(row[0]), Judgement(row[1], row[2], row[3], bool(row[4]), row[5], row[6], bool(row[7]))


def _verdict(row: Row) -> tuple[tuple[str, str], Verdict]:
    target = target_of(row[1])
    return (unpacked_hash(row[0]), target), Verdict(target, *row[2:])


def target_of(stored: Any) -> str:
    """What a verdict or a piece of evidence is about, from what the tables have."""
    return CONTENT if stored == 0 else unpacked_id(stored)


def attribution_of(row: Sequence[Any]) -> Attribution:
    """The attribution of a row."""
    id_, type_, form, anonymity, negated, parent, written = row
    source, cue, content, *relay = json_value(written)
    return attribution_from_flat(
        unpacked_id(id_),
        source,
        cue,
        content,
        (type_, form, anonymity, negated),
        None if parent is None else unpacked_id(parent),
        relay[0] if relay else None,
    )


_JUDGEMENTS, _VERDICTS, _ATTRIBUTIONS = Remembered(_judgement), Remembered(_verdict), Remembered(attribution_of)
