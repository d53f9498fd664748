"""The words by which a text hands over to somebody else's: verbs of speech and their like."""

from __future__ import annotations

import re

# The third person of these is the plural of a noun too.
_LIKE_NOUNS = (
    *("report", "note", "state", "tweet", "post", "answer", "claim", "comment", "remark", "quote", "vow"),
    *("pledge", "demand", "joke", "boast", "wonder", "urge", "caution"),
)
_REGULAR = (
    *("add", "explain", "declare", "announce", "observe", "respond", "warn", "argue", "conclude", "continue"),
    *("concede", "recall", "insist", "acknowledge", "ask", "elaborate", "describe", "recount", "predict"),
    *("relate", "stress", "emphasize", "emphasise", "suggest", "complain", "confirm", "remind", "opine"),
    *("cite", "mention", "thunder", "summarize", "summarise", "reveal", "muse", "contend", "assert"),
    *("maintain", "lament", "clarify", "testify", "reply", "deny"),
)
_IRREGULAR_PAST = ("(?<!That )said", "ruled", "told", "wrote", "read", "put it", "spoke out", "spoke", "admitted")
_IRREGULAR = (
    *("say", "says", "saying", "tell", "tells", "telling", "admits", "admitting"),
    *("write", "writes", "writing", "written", "reads", "reading"),
)
_FOREIGN = (
    *("berichtet", "schreibt", "schrieb", "sagte", "erklärte", "teilte", "dijo", "escribió", "informó"),
    *("declaró", "afirmó", "déclaré", "écrit", "rapporte"),
)


def _past(verb: str) -> str:
    if verb.endswith("y"):
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _present(verb: str) -> str:
    return verb[:-1] + "ies" if verb.endswith("y") else verb + "s"


def _participle(verb: str) -> str:
    return verb.removesuffix("e") + "ing"


_EVERY = (*_REGULAR, *_LIKE_NOUNS)
_PAST = (*_IRREGULAR_PAST, *map(_past, _EVERY))
_UNAMBIGUOUS = (*_PAST, *_IRREGULAR, *map(_present, _REGULAR), *map(_participle, _EVERY))
_PLURALS = "|".join(map(_present, _LIKE_NOUNS))

# Any form of a verb of speech; and only what is no other word, as a sign that the article itself speaks.
SPEECH = rf"(?:{'|'.join(_UNAMBIGUOUS)}|{_PLURALS})"
NARRATION = rf"(?:{'|'.join(_PAST)}|says|tells|writes|argues|insists|explains|adds)"

_CUE = re.compile(
    rf"\b(?:{'|'.join((*_UNAMBIGUOUS, *_FOREIGN))})\b|\b(?:{_PLURALS})\b(?=.{{0,25}}$)"
    r"|\b(?:[Aa]ccording to|as follows|in part|in full|(?:[Hh]e|[Ss]he|[Tt]hey) had this to say)\b"
    r"|\b[Ii]n (?:his|her|their|its) (?:own )?words\b|\b(?:statement|excerpt|quotation|passage|transcript)\b"
    r"|^(?:From|Via)\s(?:the\s)?[A-ZÀ-Þ][^,:]{1,60}:$"
)
# How far before the colon the cue of an introduction stands, in code points.
CUE_REACH = 100


def has_cue(clause: str) -> bool:
    """Whether a cue stands shortly before the end of a clause that ends with a colon."""
    return bool(_CUE.search(clause, max(0, len(clause) - CUE_REACH)))
