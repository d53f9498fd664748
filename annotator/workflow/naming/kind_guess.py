"""What kind of source a mention is, guessed from its words: rules for English news text, and never more than that."""

from __future__ import annotations

import re
from functools import lru_cache

from annotator.model.attribution import Anonymity
from annotator.model.language.mention import bare_name, has_title, name_key
from annotator.model.language.titles import ORGANISATION_WORDS
from annotator.model.source import SourceKind


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DOCUMENTS = _words(
    """report study survey poll statement letter email e-mail memo memorandum document documents paper papers filing
    filings lawsuit complaint indictment affidavit ruling verdict judgment law bill act treaty agreement review article
    book memoir transcript record records census figures data statistics website post tweet release announcement survey
    analysis assessment audit letter notice petition order reports studies"""
)
_PUBLISHERS = _words(
    """reuters afp ap bbc cnn nbc cbs abc npr bloomberg xinhua tass interfax dpa efe ansa kyodo axios politico newspaper
    magazine broadcaster times post herald tribune wire gazette courier guardian telegraph observer news daily journal
    chronicle press mirror inquirer dispatch newswire globe examiner sentinel bulletin echo ledger argus advertiser
    jazeera arabiya monde figaro spiegel zeitung pais mundo stampa itv rte nrk svt zdf ard rai cbc
    broadcasting"""
)
_GROUPS = _words(
    """people police officials residents villagers protesters demonstrators witnesses lawmakers legislators senators
    members families relatives staff crew public crowd couple pair majority minority troops militants rebels voters
    scientists researchers economists doctors activists analysts farmers
    workers traders experts supporters opponents neighbours neighbors
    forces soldiers fighters insurgents guards guerrillas marines firefighters fishermen policemen men women children
    parents survivors operators owners investors insurers nurses teachers pilots sailors drivers campaigners locals
    villagers prosecutors diplomats leaders ministers lawyers houthis talibs"""
)
# Capitals and countries that end like a plural, and stand for those who govern there.
_PLACES = _words(
    "brussels athens honduras cyprus wales laos barbados bahamas maldives netherlands philippines seychelles algiers"
)
# What stands inside the names of bodies and of no person.
_IN_BODIES = _words("the for without Without Sans against Against and &")
_NOBODY = _words("source sources someone somebody others many some critics observers insiders person persons")
_HEAD_ENDS = re.compile(
    r"\s(?:of|for|in|from|at|with|on|by|to|near|who|which|that|close|familiar|at|whose)\s|\s(?:said|quoted)\b"
)


@lru_cache(maxsize=16384)
def guessed_kind(mention: str, anonymity: Anonymity = Anonymity.NAMED, publisher: str = "") -> SourceKind:
    """The kind of source that the words name; `publisher` is the article's own."""
    name = bare_name(mention)
    if publisher and name_key(name) == name_key(publisher):
        return SourceKind.PUBLISHER
    words = _HEAD_ENDS.split(f"{name} ", maxsplit=1)[0].split() or name.split() or [""]
    lowers = [word.casefold().strip(".,’'") for word in words]
    proper = [word for word in words if word[:1].isupper()]
    head = lowers[-1]
    if head in _NOBODY or anonymity in (Anonymity.UNNAMED, Anonymity.NONE):
        return SourceKind.UNNAMED
    by_head = _of_head(words, head)
    if by_head is not None:
        return by_head
    if not proper or words[-1][:1].islower() or anonymity is Anonymity.DESCRIBED:
        return _described(head)
    definite = f"the {name.casefold()}" in mention.casefold()
    if "&" in words or "and" in lowers:
        return SourceKind.ORGANISATION
    if has_title(mention) or (len(proper) > 1 and not _acronym(words[-1]) and not definite):
        return SourceKind.PERSON
    return SourceKind.GROUP if _plural(head) and (definite or len(words) == 1) else SourceKind.ORGANISATION


def _of_head(words: list[str], head: str) -> SourceKind | None:
    """What the last word says, then what the first says of a whole name: "Bank Indonesia", "public broadcaster NRK"."""
    if head in _PUBLISHERS or "broadcaster" in words[:-1]:
        return SourceKind.PUBLISHER
    if words[0][:1].isupper() and words[-1][:1].isupper() and not _IN_BODIES.isdisjoint(words[1:-1]):
        return SourceKind.ORGANISATION
    if head in _GROUPS and head != "police":
        return SourceKind.GROUP
    if head in _DOCUMENTS:
        return SourceKind.DOCUMENT
    whole = all(word[:1].isupper() for word in words)
    first = words[0].casefold()
    body = head in ORGANISATION_WORDS or (whole and first in ORGANISATION_WORDS)
    # "Germany's Bundesbank": nobody's surname stands behind whose it is.
    owned = len(words) > 1 and words[-2].endswith(("'s", "’s")) and words[-1][:1].isupper()
    return SourceKind.ORGANISATION if body or owned else None


def _described(head: str) -> SourceKind:
    """No name: several people are a group, one is somebody unnamed."""
    return SourceKind.GROUP if _plural(head) else SourceKind.UNNAMED


def _plural(head: str) -> bool:
    return head.endswith("s") and not head.endswith(("ss", "us", "is")) and head not in _PLACES


def _acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return len(letters) > 1 and letters.isupper()
