"""The characters that end sentences and what may close behind them, as patterns.

The terminals are those that Unicode lists as Sentence_Terminal (UAX 44, PropList.txt) for the scripts in use, with
the ellipses and the half-width full stop. Only `.`, `!`, `?` and their combined forms need white space behind them:
all the others stand in scripts that hardly use any, or never inside a word or a number.
"""

from __future__ import annotations

import re

# What str.splitlines breaks at.
BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
LINE = re.compile(f"[^{BREAKS}]+")

INVISIBLE = "\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"

_SPACED = ".!?…‼‽⁇⁈⁉"
WIDE_STOPS = (
    "\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u104a\u104b\u1362\u1367\u1368"
    "\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d-\u1b7f\u1c3b"
    "\u1c3c\u1c7e\u1c7f\u2cf9-\u2cfb\u2e3c\u3002\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8"
    "\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe52\ufe56\ufe57\uff01\uff0e\uff1f\uff61"
    "\U00011141-\U00011143"
)
# A run of stops, the points of a spaced ellipsis too;
# or one semicolon or colon, which the Greek question mark and the Armenian full stop look like.
STOPS = re.compile(
    rf"[{_SPACED}{WIDE_STOPS};\u037e:](?:(?<![;\u037e:])[{_SPACED}{WIDE_STOPS}]*(?:\s\.(?![.\w])){{0,8}})?"
)
WIDE = re.compile(rf"[{WIDE_STOPS}]")

# Behind a stop: quotation marks and brackets that close, marks of notes, and once more a closing mark that French and
# the typewriter set apart. Behind a word and a full stop, a short figure with no space is the mark of a note too.
_NOTES = r"(?:\s?\[(?:\d[\d\s,–-]{0,6}|[a-z]|(?:note|nb|n)\s\d{1,3})\]|[¹²³⁰⁴-⁹]{1,3}(?:[⁻–,][¹²³⁰⁴-⁹]{1,3})?)"
_GAP = rf"[\s{INVISIBLE}]*"
CLOSE = re.compile(
    rf"([\"'”’»›«‹)\]}}*_“†‡]*{_NOTES}{{0,12}}(?:\s(?:[\"”»]|''|’’)(?=[\s,;:.!?)]|$){_NOTES}{{0,12}})?){_GAP}"
)
CLOSE_WIDE = re.compile(rf"([」』】〕〉》）”’\"'»«)\]]*{_NOTES}{{0,12}}){_GAP}")
GAP = re.compile(_GAP)
NOTE = re.compile(r"\d{1,3}(?:[,–-]\d{1,3}){0,3}(?=\s|$)")

# The next sentence or word behind a gap.
NEXT = re.compile(r"(?P<open>[\"'“‘„‚,`«‹»(\[{¿¡*_…•·.\s-]{0,12})(?P<word>[^\W_][\w’']{0,40})?")

# Han, kana and half-width kana: what a stop may stand between with no space.
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")
GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
ARMENIAN = re.compile("[\u0531-\u0587]")
