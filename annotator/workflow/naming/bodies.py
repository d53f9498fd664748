"""Bodies: which organisation words such as "the bank", "the company" or "the ministry" can stand for.

The rules are for English news text. As "he" is somebody named before, "the bank" is a body named before; but it is no
ministry, and "the airline" is no bank.
"""

from __future__ import annotations

from annotator.model.language.mention import name_key


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_GENERAL = {
    "business": _words(
        "company firm group business corporation giant conglomerate enterprise startup start-up co ltd plc"
    ),
    "government": _words("body authority administration government"),
}
# Words of one row can mean the same body; the words of a kind's general row mean any of the kind.
_ALIKE = {
    "business": (
        _words("bank banks bundesbank banking savings bancorp lender"),
        _words("airline airlines airways air carrier"),
        _words("insurer insurance assurance mutual"),
        _words("operator ferries rail railway railways trains buses lines transit port ports shipping ferry"),
        _words("manufacturer maker carmaker motors electric works industries aerospace steel mills"),
        _words("retailer stores supermarket supermarkets chain shops foods market"),
        _words("developer homes properties estates housing"),
        _words("utility supplier power energy water gas grid"),
        _words("yard shipyard shipbuilder boatyard dockyard"),
    ),
    "government": (
        _words("ministry department office treasury exchequer pentagon"),
        _words("agency bureau service authority office administration inspectorate"),
        _words("regulator watchdog authority office agency"),
        _words("commission committee panel inquiry"),
        _words("council board assembly"),
        _words("parliament congress senate house chamber assembly bundestag"),
    ),
    "court": (_words("court tribunal"),),
    "labour": (_words("union guild brotherhood federation"), _words("association league society federation")),
    "learning": (_words("university college institute school academy"),),
    "care": (_words("hospital clinic infirmary"),),
    "arms": (_words("army military forces command"), _words("navy fleet"), _words("force police constabulary")),
    "outlet": (
        _words("broadcaster television tv radio broadcasting channel network station"),
        _words("newspaper paper daily times post herald courier gazette tribune journal telegraph"),
        _words("agency press"),
    ),
    "cause": (
        _words("charity trust foundation fund society"),
        _words("party democrats alliance"),
        _words("club team"),
        _words("church cathedral diocese"),
        _words("museum gallery"),
    ),
}  # fmt: skip
_KINDS = {
    word: {kind for kind, rows in _ALIKE.items() if word in _GENERAL.get(kind, frozenset()).union(*rows)}
    for word in frozenset().union(*_GENERAL.values(), *(row for rows in _ALIKE.values() for row in rows))
}


def names_body(role: str) -> bool:
    """Whether a role such as "bank" or "central bank" (in lower case) says what a body is, and nothing of a person."""
    return role.rpartition(" ")[2] in _KINDS


def can_be(role: str, name: str) -> bool:
    """Whether a body of this name can be meant by a role such as "bank" (in lower case): its name does not forbid it.

    "Vale & Sons" can be the bank, the airline and the company; "Sela Airways" the airline and the company.
    """
    word = role.rpartition(" ")[2]
    said = [each for each in name_key(name).split() if each in _KINDS]
    return not said or any(_alike(word, each) for each in said)


def _alike(one: str, other: str) -> bool:
    """Whether two words can mean one body: in one row, or of one kind and one of them general."""
    for kind in _KINDS[one] & _KINDS[other]:
        if not _GENERAL.get(kind, frozenset()).isdisjoint((one, other)):
            return True
        if any({one, other} <= row for row in _ALIKE[kind]):
            return True
    return False
