"""The payloads of the ledger in their short form: JSON without what its entry says already and without defaults.

Nothing is lost: what is read is what was given, or else the payload is kept as it was given. What an entry's digest is
made of, what is shown and what is exported is the payload itself, never this form.

An empty payload is an empty text. A decision's is an array of its changes, behind which stands an object with what else
the decision says. What most decisions say of their entry's own claim is a text: a letter (w: worth, o: voice,
v: verdict on the content), an equals sign and the value. Another change is an array that begins with a letter for its
table; 0 stands for the entry's own claim, the content as a target, and an attribution or source that the change before
named. An attribution's values follow in the order of `_ATTRIBUTION`, spans as flat pairs, without the defaults at the
end. An import has the lengths of its blocks and sentences; a number below one is a gap before the next that is not the
usual one.

Entries that were written before there were such texts have arrays in their place, and are read all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotator.model.article import BlockKind, Publication
from annotator.model.attribution import Anonymity, Attribution, AttributionType, Form
from annotator.model.judgement import CONTENT, Evidence
from annotator.model.ledger import payload_json
from annotator.store.json_values import json_value

_KIND_LETTERS = {
    BlockKind.HEADLINE: "h", BlockKind.BYLINE: "y", BlockKind.CAPTION: "c", BlockKind.CREDIT: "r", BlockKind.BODY: "b",
    BlockKind.QUOTE_INTRO: "i", BlockKind.BLOCK_QUOTE: "q", BlockKind.BOILERPLATE: "x",
}  # fmt: skip
_KINDS = {letter: kind.value for kind, letter in _KIND_LETTERS.items()}
_BETWEEN_BLOCKS, _BETWEEN_SENTENCES = 2, 1
"""The usual gaps, in code points: an empty line, a blank."""

_ATTRIBUTION: tuple[tuple[str, Any], ...] = (
    ("source", []), ("cue", None), ("content", []), ("form", Form.INDIRECT.value),
    ("anonymity", Anonymity.NAMED.value), ("relay", None), ("parent", None),
    ("type", AttributionType.STATEMENT.value), ("negated", False),
)  # fmt: skip
"""The values of an attribution in their order here, each with its default."""
SHORT_DEFAULTS = [default for _, default in _ATTRIBUTION]
"""What an attribution's list has at its end where it is shorter."""
CONTENT_PLACE = [name for name, _ in _ATTRIBUTION].index("content")
"""Where an attribution's content stands in its list."""
_SPANS = frozenset(("source", "content"))
_NAMES = frozenset(name for name, _ in _ATTRIBUTION)
# What is read has its keys in their order, as the JSON of a whole payload has them.
_DEFAULTS = dict(sorted(_ATTRIBUTION))

_OF_OWN_CLAIM: dict[tuple[str, ...], str] = {
    ("judgement", "worth"): "w", ("judgement", "voice"): "o", ("verdict", CONTENT, "value"): "v",
}  # fmt: skip
"""Letters for registers of the entry's own claim, by their tables and what follows the claim in their keys."""
_BY_LETTER = {letter: register for register, letter in _OF_OWN_CLAIM.items()}
MARKS = {"worth": ('"w=', '"worth"'), "verdict": ('"v=', '"value"')}
"""One of these stands in a payload for each assignment of a claim's worth, or of a verdict's value: the first for the
entry's own claim, the other for any.

Inside a text quotation marks are escaped; there or at the beginning of a name the first of two may stand for nothing.
"""


def worth_marks(values: Sequence[str]) -> tuple[list[str], list[str]]:
    """Texts of which one stands in a payload where one of these values is assigned to a claim's worth.

    The first are for the entry's own claim, the others stand once for each assignment to any.
    """
    others = [f'{before}{value}"' for value in values for before in ('"worth","', '"worth"],"')]
    return [f'"w={value}"' for value in values], others


_NO_EVIDENCE = dict(sorted({**Evidence("", "", question="-").as_payload(), "question": ""}.items()))
_NO_SOURCE: dict[str, Any] = {"aliases": [], "article_id": None, "kind": 0, "merged_into": None, "name": 0}
_NO_PUBLICATION = dict.fromkeys(sorted(Publication.__slots__), "")
_AS_GIVEN = "payload"
"""The key of a payload that would otherwise be taken for one of these forms."""
_MORE = ("origin", "rights", "language", "splitter")


def shortened(payload: Mapping[str, Any], claim_id: str | None = None, written: str | None = None) -> str:
    """The short form of an entry's payload; `claim_id` is the entry's own claim.

    `written` is what `payload_json` makes of the payload, where that is known. Raises DomainError for a lone surrogate.
    """
    if not payload:
        return ""
    whole = written if written is not None else payload_json(payload)
    short = _short(payload, claim_id)
    if short is not None:
        shorter = _written(short)
        # Anything that is not in the forms above, an unknown key or a number for a text, is kept as it is.
        if len(shorter) < len(whole) and _reads_as(shorter, claim_id, whole):
            return shorter
    return whole if _reads_as(whole, claim_id, whole) else _written({_AS_GIVEN: payload})


# One for all payloads: `json.dumps` would make one for each.
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _written(short: Any) -> str:
    return _COMPACT.encode(short)


def _reads_as(written: str, claim_id: str | None, whole: str) -> bool:
    try:
        return payload_json(lengthened(written, claim_id)) == whole
    except (AttributeError, LookupError, TypeError, ValueError):
        return False


def lengthened(stored: str, claim_id: str | None = None) -> dict[str, Any]:
    """The payload that was shortened; raises ValueError, LookupError, TypeError or AttributeError for anything else."""
    if not stored:
        return {}
    short = _loaded(stored)
    if isinstance(short, list):
        return _decision(short, claim_id)
    if "b" in short and "s" in short:
        return _import(short)
    return dict(short.get(_AS_GIVEN, short))


def _loaded(stored: str) -> Any:
    try:
        return json_value(stored)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _short(payload: Mapping[str, Any], claim_id: str | None) -> Any:
    try:
        if "changes" in payload:
            return _short_decision(payload, claim_id)
        if "sentences" in payload:
            return _short_import(payload)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # Not in the form that our own code gives it.
        return None
    return None


# Decisions


def _short_decision(payload: Mapping[str, Any], claim_id: str | None) -> list[Any]:
    last: dict[str, str | None] = {"claim": claim_id, "attribution": None, "source": None}
    short: list[Any] = []
    for table, key, value in payload["changes"]:
        if isinstance(value, str) and key[0] == claim_id and (table, *key[1:]) in _OF_OWN_CLAIM:
            short.append(f"{_OF_OWN_CLAIM[table, *key[1:]]}={value}")
            continue
        letter, shorten = _SHORTEN[table]
        short.append([letter, *shorten(list(key), value, last)])
    more = {name: value for name, value in payload.items() if name != "changes"}
    return [*short, more] if more else short


def _decision(short: Sequence[Any], claim_id: str | None) -> dict[str, Any]:
    last: dict[str, str | None] = {"claim": claim_id, "attribution": None, "source": None}
    more: dict[str, Any] = {}
    changes: list[list[Any]] = []
    for change in short:
        if isinstance(change, dict):
            more = change
        elif isinstance(change, str):
            letter, value = change.split("=", 1)
            table, *key = _BY_LETTER[letter]
            changes.append([table, [claim_id, *key], value])
        else:
            table, lengthen = _LENGTHEN[change[0]]
            changes.append([table, *lengthen(change[1:], last)])
    return dict(sorted({"changes": changes, **more}.items()))


_Last = dict[str, str | None]


def _short_judgement(key: list[str], value: Any, last: _Last) -> list[Any]:
    return [_or_zero(key[0], last["claim"]), key[1], value]


def _judgement(short: list[Any], last: _Last) -> tuple[list[Any], Any]:
    claim, facet, value = short
    return [last["claim"] if claim == 0 else claim, facet], value


def _short_verdict(key: list[str], value: Any, last: _Last) -> list[Any]:
    return [_or_zero(key[0], last["claim"]), _or_zero(key[1], CONTENT), key[2], value]


def _verdict(short: list[Any], last: _Last) -> tuple[list[Any], Any]:
    claim, target, facet, value = short
    return [last["claim"] if claim == 0 else claim, CONTENT if target == 0 else target, facet], value


def _short_attribution(key: list[str], value: Any, last: _Last) -> list[Any]:
    last["attribution"] = key[0]
    return [key[0], None if value is None else short_attribution(value)]


def _attribution(short: list[Any], last: _Last) -> tuple[list[Any], Any]:
    id_, value = short
    last["attribution"] = id_
    return [id_], None if value is None else long_attribution(value)


def short_attribution(value: Mapping[str, Any]) -> list[Any]:
    """An attribution's values as a list; raises KeyError or ValueError for what is not one's."""
    if value.keys() != _NAMES:
        raise ValueError("not an attribution")
    short: list[Any] = []
    for name, _ in _ATTRIBUTION:
        given = value[name]
        short.append([offset for span in given for offset in span] if name in _SPANS else given)
    return _without_defaults(short)


def short_of(made: Attribution) -> list[Any]:
    """What `short_attribution` makes of the attribution's values, at once: an import has many."""
    return _without_defaults(
        [
            [offset for span in made.source for offset in (span.start, span.end)],
            made.cue.as_pair() if made.cue is not None else None,
            [offset for span in made.content for offset in (span.start, span.end)],
            made.form.value,
            made.anonymity.value,
            made.relay.as_pair() if made.relay is not None else None,
            made.parent,
            made.type.value,
            made.negated,
        ]
    )


def _without_defaults(short: list[Any]) -> list[Any]:
    while short and short[-1] == _ATTRIBUTION[len(short) - 1][1]:
        short.pop()
    return short


def long_attribution(short: Sequence[Any]) -> dict[str, Any]:
    """The values of an attribution that were made a list of, under their names."""
    value = dict(_DEFAULTS)
    value |= {name: given for (name, _), given in zip(_ATTRIBUTION, short, strict=False)}
    for name in _SPANS:
        flat = value[name]
        value[name] = [[flat[at], flat[at + 1]] for at in range(0, len(flat), 2)]
    return value


def _short_evidence(key: list[str], value: Any, last: _Last) -> list[Any]:
    if value is None:
        return [key[0], None]
    kept = {name: each for name, each in value.items() if each != _NO_EVIDENCE[name]}
    if value["claim_id"] == last["claim"]:
        kept["claim_id"] = 0
    return [key[0], kept]


def _evidence(short: list[Any], last: _Last) -> tuple[list[Any], Any]:
    id_, kept = short
    if kept is None:
        return [id_], None
    value = {**_NO_EVIDENCE, **kept}
    if value["claim_id"] == 0:
        value["claim_id"] = last["claim"]
    return [id_], value


def _short_source(key: list[str], value: Any, last: _Last) -> list[Any]:
    last["source"] = key[0]
    if value is None:
        return [key[0], None]
    return [key[0], {name: each for name, each in value.items() if each != _NO_SOURCE[name]}]


def _source(short: list[Any], last: _Last) -> tuple[list[Any], Any]:
    id_, kept = short
    last["source"] = id_
    return [id_], None if kept is None else {**_NO_SOURCE, **kept}


def _short_assignment(key: list[str], value: Any, last: _Last) -> list[Any]:
    return [_or_zero(key[0], last["attribution"]), _or_zero(value, last["source"])]


def _assignment(short: list[Any], last: _Last) -> tuple[list[Any], Any]:
    id_, value = short
    return [last["attribution"] if id_ == 0 else id_], last["source"] if value == 0 else value


def _short_plain(key: list[str], value: Any, _last: _Last) -> list[Any]:
    return [key[0], value]


def _plain(short: list[Any], _last: _Last) -> tuple[list[Any], Any]:
    return [short[0]], short[1]


def _or_zero(value: Any, known: str | None) -> Any:
    return 0 if value is not None and value == known else value


_SHORTEN: dict[str, tuple[str, Callable[[list[str], Any, _Last], list[Any]]]] = {
    "judgement": ("j", _short_judgement),
    "verdict": ("v", _short_verdict),
    "attribution": ("a", _short_attribution),
    "evidence": ("e", _short_evidence),
    "source": ("s", _short_source),
    "attribution_source": ("t", _short_assignment),
    "boundary": ("b", _short_plain),
    "refusal": ("r", _short_plain),
}
_LENGTHEN: dict[str, tuple[str, Callable[[list[Any], _Last], tuple[list[Any], Any]]]] = {
    "j": ("judgement", _judgement),
    "v": ("verdict", _verdict),
    "a": ("attribution", _attribution),
    "e": ("evidence", _evidence),
    "s": ("source", _source),
    "t": ("attribution_source", _assignment),
    "b": ("boundary", _plain),
    "r": ("refusal", _plain),
}


# Imports


def _short_import(payload: Mapping[str, Any]) -> dict[str, Any]:
    more = {name: value for name, value in payload.items() if name not in ("blocks", "sentences", "publication")}
    publication = {name: value for name, value in payload["publication"].items() if value != _NO_PUBLICATION[name]}
    return {
        **{name: value for name, value in more.items() if value != "" or name not in _MORE},
        "publication": publication,
        "k": "".join(_KIND_LETTERS[BlockKind(kind)] for _, _, kind in payload["blocks"]),
        "b": _lengths([(start, end) for start, end, _ in payload["blocks"]], _BETWEEN_BLOCKS),
        "s": _lengths(payload["sentences"], _BETWEEN_SENTENCES),
    }


def _import(short: dict[str, Any]) -> dict[str, Any]:
    blocks, sentences = _parts(short)
    whole = {
        **dict.fromkeys(_MORE, ""),
        **{name: value for name, value in short.items() if name not in ("k", "b", "s")},
        "publication": {**_NO_PUBLICATION, **short["publication"]},
        "blocks": [list(block) for block in blocks],
        "sentences": [list(span) for span in sentences],
    }
    return dict(sorted(whole.items()))


def stored_parts(stored: str) -> tuple[Sequence[Sequence[Any]], Sequence[Sequence[int]]]:
    """The blocks and the sentences that `lengthened` has of an import, alone; raises what that does."""
    short = _loaded(stored)
    if "b" in short and "s" in short:
        return _parts(short)
    whole = lengthened(stored)
    return whole["blocks"], whole["sentences"]


def _parts(short: Mapping[str, Any]) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    kinds = [_KINDS[letter] for letter in short["k"]]
    blocks = _spans(short["b"], _BETWEEN_BLOCKS)
    both = [(start, end, kind) for (start, end), kind in zip(blocks, kinds, strict=True)]
    return both, _spans(short["s"], _BETWEEN_SENTENCES)


def _lengths(spans: Sequence[Sequence[int]], usual: int) -> list[int]:
    lengths: list[int] = []
    at = -usual
    for start, end in spans:
        if start - at != usual:
            lengths.append(at - start)
        lengths.append(end - start)
        at = end
    return lengths


def _spans(lengths: Sequence[int], usual: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at, gap = -usual, usual
    for number in lengths:
        if number < 1:
            gap = -number
        else:
            start = at + gap
            at, gap = start + number, usual
            spans.append((start, at))
    return spans
