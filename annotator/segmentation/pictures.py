"""What stands around a picture: captions and credits, told by the looks of one line.

Every test takes a line without the white space around it.
"""

from __future__ import annotations

import re

NAME = r"[A-ZÀ-Þ][\w.’'-]*"
NAMES = rf"{NAME}(?:\s(?:{NAME}|de|da|del|di|van|von|der|bin|al|el|of|the|and|&)){{0,7}}"

_AGENCIES = (
    *("AFP", "AP", r"A\.P\.", "Associated Press", "The Associated Press", "Reuters", "REUTERS", "Getty(?: Images)?"),
    *("EPA(?:-EFE)?", "EFE", "DPA", "dpa", "ANSA", "TASS", "Xinhua", "UPI", "Bloomberg", "AAP"),
    *("Shutterstock", "iStock", "Alamy", "Anadolu(?: Agency)?", "NurPhoto", "Zuma Press", "SIPA", "Wikimedia Commons"),
    *(
        "Agence France-Presse",
        "ISNA",
        "PTI",
        "ANI",
        "Kyodo",
        "Yonhap",
        "Pool",
        "Handout",
        "Supplied",
        "[Ff]ile [Pp]hoto",
    ),
)
_AGENCY = f"(?:{'|'.join(_AGENCIES)})"
_LABELS = (
    "(?:File |Handout |AP |AFP |Reuters |Courtesy )?(?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?)(?: [Cc]redits?)?",
    "Photographs?|Photography|Pics?|Graphics?|Video|Illustration|Fotos?|Bild|Bilder|Imagen|Crédits?(?: photo)?",
    "Credits?|Source|Quelle",
)
_LABEL = f"(?:{'|'.join(_LABELS)})"
_BY = "(?:by|of|from|via|courtesy of|supplied by|provided by|taken by)"
_SLASHED = rf"{NAMES}\s?/\s?{NAMES}(?:\s?/\s?{NAMES})*(?:,?\s(?:via|for|through)\s{NAMES}(?:/{NAMES})?)?"
# "Reuters, citing two officials, reported that": words in commas behind an agency, and a sentence that goes on.
_NO_SENTENCE = r"(?!,\s[a-z][^,.!?]*,\s[a-z])"

_CREDITS = (
    rf"{_AGENCY}(?:\s(?:[Pp]hoto|[Ii]mages?|[Vv]ideo))?{_NO_SENTENCE}(?:(?:\s?[/,|]\s?|\s[–—-]\s)[^.!?]{{1,60}})?(?:\svia\s[^.!?]{{1,40}})?",
    rf"{_LABEL}\s?[:|/]\s?[^!?]{{1,90}}",
    rf"{_LABEL}\s{_BY}:?\s{NAMES}(?:\s?[/,|(–—-]\s?[^!?]{{1,60}})?",
    r"(?:Handout|Supplied|Courtesy|Provided)\s(?:photo\s)?(?:by|via|from|of)\s[^.!?]{2,60}",
    _SLASHED,
    rf"©\s?(?:{_AGENCY}|(?:\d{{4}}\s)?{_SLASHED})",
)
_CREDIT = re.compile(rf"[(\[|]?\s?(?:{'|'.join(_CREDITS)})\s?\.?\s?[)\]]?")

# A credit that ends the caption's own line; between brackets, or behind a full stop.
_TAILS = (
    rf"[(\[](?:{_LABEL}\s?[:/]\s?|{_LABEL}\s{_BY}\s)[^()\[\]]{{0,80}}[)\]]\.?",
    rf"\((?:{_AGENCY}(?:\s(?:[Pp]hoto|[Ii]mages?|[Vv]ideo))?(?:\s?[/,|–—-]\s?[^()]{{1,60}})?|{_SLASHED})\)\.?",
    r"(?:Photo|Photograph|Image|Picture|Credit|Photo credit|Foto|Bild):\s[^.!?]{2,60}\.?",
    rf"(?:Photo|Photograph|Image)\s{_BY}:?\s{NAMES}(?:\s?/\s?{NAMES})?\.?",
    rf"{_AGENCY}\s?/\s?{NAMES}",
    rf"(?<=[.!?”\"’)]\s){_SLASHED}",
)
# A look before the long way: one of these is in each of them.
_IN_EVERY_TAIL = ("(", "[", "/", ":", "Photo", "Image")
_TAIL_CREDIT = re.compile(rf"(?<=\S)\s+(?P<credit>{'|'.join(_TAILS)})$")

_CAPTIONS = (
    r"(?:FILE PHOTO|File photo|FILE|File|CAPTION|Caption|PHOTO CAPTION|PICTURED|Bildunterschrift)\s?[:–—-]\s?\S.*",
    r"(?:Pictured|Seen here|Shown here)\b.*",
    r"An? (?:(?:file|handout|undated|aerial) ){1,2}(?:photo|photograph|image|picture)\b.*",
    r"An? (?:photo|photograph|image|picture) (?:of|provided|released|taken|posted)\b.*",
    r"In this (?:[\w.,-]+\s){0,5}(?:photo|photograph|image|picture)\b.*",
)
_CAPTION = re.compile("|".join(_CAPTIONS))
_POINTS = re.compile(
    r"\((?:left|right|cent(?:re|er)|[lrc]|top|bottom|above|below|pictured|file|archive)\)"
    r"|\b(?:pictured|seen here|file photo|(?:is|are) seen|from left|left to right)\b",
    re.IGNORECASE,
)
LONGEST_CREDIT = 120
LONGEST_CAPTION = 400


def is_credit(line: str) -> bool:
    """Whose picture it is: "AFP", "Photo: Jane Doe", "Jane Doe/Example via Reuters"."""
    return len(line) <= LONGEST_CREDIT and bool(_CREDIT.fullmatch(line))


def is_source(line: str) -> bool:
    """Whether a credit names where figures or facts come from and not whose a picture is."""
    return line.startswith(("Source", "Quelle", "["))


def tail_credit(line: str) -> int | None:
    """Where a credit at the end of a caption's line begins, in code points, or None."""
    may_end_so = len(line) <= LONGEST_CAPTION and any(map(line.__contains__, _IN_EVERY_TAIL))
    found = _TAIL_CREDIT.search(line) if may_end_so else None
    return found.start("credit") if found else None


def is_caption(line: str) -> bool:
    """Whether the line says of itself that it goes with a picture."""
    return len(line) <= LONGEST_CAPTION and bool(_CAPTION.fullmatch(line))


def points_into_picture(line: str) -> bool:
    """Whether the line shows the reader something in a picture ("left", "pictured", "is seen")."""
    return len(line) <= LONGEST_CAPTION and bool(_POINTS.search(line))
