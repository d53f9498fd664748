"""Strings as JSON has them, on one line; most of a row's were written before: names, and values of the scheme."""

from __future__ import annotations

import re
from json.encoder import encode_basestring

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029]")
_MOST_KNOWN = 5_000
_LONGEST_KNOWN = 200


def one_line(text: str) -> str:
    """JSON without the characters that some readers break lines at: they are escaped.

    DEL, the controls from U+0080 and the separators U+2028 and U+2029 are.
    """
    # Mostly there is nothing to look for, and these are the quickest ways to know.
    if (text.isascii() and "\x7f" not in text) or text.isprintable():
        return text
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def quoted(text: str) -> str:
    """The text as a string of JSON."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    # It is what the encoder of `json_text` has for texts.
    return one_line(encode_basestring(text))


class Quoted(dict[str | None, str]):
    """Strings that come again and again, each with what `quoted` makes of it; null for None."""

    def __missing__(self, text: str | None) -> str:
        made = "null" if text is None else quoted(text)
        if len(made) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[text] = made
        return made
