"""Titles: the offices that stand before a name, and the words that end the names of organisations.

The rules are for English news text; words of other languages pass through them unchanged.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES = _words(
    """mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister rabbi imam sheikh sheik
    president vice-president minister premier chancellor governor mayor senator sen congressman congresswoman
    representative rep secretary ambassador judge justice sheriff gov lt lieutenant gen general col colonel maj major
    capt captain cpl corporal sgt sergeant pvt adm admiral cmdr commander officer inspector detective king queen prince
    princess pope cardinal bishop archbishop councillor councilor alderman coach spokesman spokeswoman spokesperson
    chairman chairwoman chair councilman councilwoman councillor lawmaker auditor treasurer comptroller coroner
    superintendent constable nurse pastor attorney lawyer director commissioner envoy deputy acting former state
    speaker candidate nominee ceo cfo
    engineer prosecutor economist historian architect ex-president ex-minister adviser advisor aide leader captain
    strategist counsel whip"""
)
ORGANISATION_WORDS = _words(
    """ministry department agency company firm corporation bank university college school institute institution council
    committee commission court tribunal parliament congress senate assembly government administration cabinet party
    union association federation foundation trust society league club team army navy police force guard service office
    authority bureau board organisation organization charity ngo group alliance coalition embassy hospital church
    airline airlines network station yard plant house centre center museum airport port fund exchange regulator watchdog
    inc ltd llc plc corp co gmbh consortium cooperative laboratory lab think-tank kremlin pentagon state city town
    county region province republic kingdom nation country island clinic brigade division campaign startup motors
    electric dynamics mills lines airways systems industries partners holdings media research energy studios foods
    power services technologies capital kitchens emirates nations corps line radio television tv treasury reserve
    command patrol registry palace street coastguard military opposition secretariat exchequer guild syndicate
    bundesbank watch international operator insurer lender retailer manufacturer carrier utility chain supermarket
    brewer shipyard
    ferries railways rail logistics pharmaceuticals chemicals fisheries breweries stores hotels holding trains buses
    channel broadcasting"""
)
"""Words that end the names of organisations, in lower case."""
_LONG_TITLES = (
    "prime minister", "vice president", "deputy prime minister", "secretary of state", "attorney general",
    "secretary general", "chief executive officer", "chief executive", "police chief", "fire chief", "chief justice",
    "lieutenant governor", "lt gov", "lt col", "maj gen", "foreign minister", "finance minister", "defence minister",
    "defense minister", "interior minister", "health minister", "foreign secretary", "home secretary",
    "defense secretary", "defence secretary", "treasury secretary", "press secretary", "state senator",
)  # fmt: skip
_LONGEST_TITLE = 3
# "White House Chief of Staff Ana Lima": an office with "of", in front of a name.
_OFFICE_OF = re.compile(
    r"\b(?:Chief of (?:the )?(?:\w+ )?Staff|Leader of the \w+|Chancellor of the Exchequer"
    r"|Secretary of (?:State|Defen[cs]e|Energy|Education|Labou?r|Transportation|Agriculture|Commerce|Health"
    r"|Homeland Security|the \w+)|Director of (?:National Intelligence|Public \w+|Communications|Operations|Research)"
    r"|(?:Vice )?(?:Minister|Head) of (?:the )?[A-Z]\w+(?: Affairs)?)\s+(?=[^\W\d_a-z][\w’'-]*\s+[^\W\d_a-z][^\s]*$)"
)
INSIDE_NAMES = _words("of the for and & de del della di da do dos du la le van von der den bin ibn al el ben y e to")
PARTICLES = INSIDE_NAMES - _words("of the for and & to")


def is_capital(word: str) -> bool:
    """Whether a word is written as names are: "Duarte", "al-Reyes", "d'Orsi"."""
    return word[:1].isupper() or word.startswith(("al-", "d’", "d'"))


def _plain_title(word: str) -> str:
    """ "minister" of "Minister-elect" and "Gov.": the title itself, in lower case."""
    lower = word.lower().replace(".", "")
    return next((lower.removesuffix(end) for end in ("-elect", "-designate") if lower.endswith(end)), lower)


def title_length(words: list[str]) -> int:
    """How many words at the beginning are one title; 0 where they are a part of a body's name."""
    if words and words[-1].lower().strip(".") in ORGANISATION_WORDS:
        # "General Motors" and "Justice Department" are no names with titles.
        return 0
    lowers = [_plain_title(word) for word in words]
    for length in range(_LONGEST_TITLE, 1, -1):
        if len(words) > length and " ".join(lowers[:length]) in _LONG_TITLES:
            return length
    for at in range(1, len(words) - 2):
        if lowers[at] in TITLES and _is_office(words[: at + 1]) and is_capital(words[at + 1]):
            # "Transport Minister Jory Aldane", "New York Mayor Ana Lima", "Bank of Norway Governor Ana Lima"
            return at + 1 if is_capital(words[at + 2]) or words[at + 2].lower() in PARTICLES else 0
    return int(len(words) > 1 and lowers[0] in TITLES)


def _is_office(words: list[str]) -> bool:
    """Whether a title and the capitals before it are one office; "of" needs a body: "Friends of Minister Duarte"."""
    if all(map(is_capital, words)):
        return True
    whole = all(is_capital(word) or word.lower() in ("of", "for", "on", "the") for word in words)
    return whole and is_capital(words[-2]) and not ORGANISATION_WORDS.isdisjoint(word.lower() for word in words)


def without_title(name: str) -> str:
    """The name without the offices before it: "White House Chief of Staff Ana Lima" is "Ana Lima"."""
    office = _OFFICE_OF.search(name)
    if office is not None and all(map(is_capital, name[: office.start()].split())):
        name = name[office.end() :]
    words = name.split()
    while length := title_length(words):
        following = words[length].lower()
        if (not is_capital(words[length]) and following not in PARTICLES) or following in ORGANISATION_WORDS:
            # "Director of Health", "the lieutenant governor" and "Justice Department lawyers" are no names with titles.
            break
        words = words[length:]
    return " ".join(words)
