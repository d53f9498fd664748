"""Looks: what the pieces of a painted line look like, in words, and as styles of a theme.

A look is written as `bold underline $text-success on $primary 22%`: attributes, the colour of the letters, and what
they stand on; `not italic` takes an attribute away. Colours are the theme's (`$`), the terminal's (`ansi_green`) or
any that Textual reads. A style sheet could say the same, but Textual (8.2.8) works out every class of every widget
again whenever one is mounted, and that was a fifth of the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rich.style import Style
from textual.color import Color

Look = tuple[Mapping[str, bool], str, str]
"""Attributes of letters, their colour and what they stand on; empty where the look leaves that open."""

_ATTRIBUTES = frozenset(("bold", "italic", "underline", "reverse"))
_SHADE = re.compile(r"(?P<colour>.+?)(?: (?P<share>\d+)%)?")


def look_of(words: str) -> Look:
    """The look that is written so."""
    letters, _, ground = words.partition(" on ") if not words.startswith("on ") else ("", "", words[3:])
    attributes: dict[str, bool] = {}
    colour: list[str] = []
    said = True
    for word in letters.split():
        if word == "not":
            said = False
        elif word in _ATTRIBUTES:
            attributes[word], said = said, True
        else:
            colour.append(word)
    return attributes, " ".join(colour), ground


def over(look: Look, other: Look) -> Look:
    """A look with all that another says in place of what it says itself."""
    return other[0] or look[0], other[1] or look[1], other[2] or look[2]


def style_of_look(look: Look, ground: Color, variables: Mapping[str, str]) -> Style:
    """The style that a look adds to text on a ground, with a theme's variables; translucent colours are mixed with it.

    Raises textual.color.ColorParseError for what is no colour.
    """
    attributes, letters, below = look
    if below:
        ground += _colour(below, variables)
    return Style(
        color=(ground + _colour(letters, variables)).rich_color if letters else None,
        bgcolor=ground.rich_color if below else None,
        bold=attributes.get("bold"),
        italic=attributes.get("italic"),
        underline=attributes.get("underline"),
        reverse=attributes.get("reverse"),
    )


def _colour(words: str, variables: Mapping[str, str]) -> Color:
    """A colour by its name and, in per cent, how much of it is seen; `auto` is what can be read on the ground."""
    shade = _SHADE.fullmatch(words)
    assert shade is not None
    named, share = shade["colour"], int(shade["share"] or 100)
    if named.startswith("$"):
        return _colour(variables[named[1:]], variables).multiply_alpha(share / 100)
    if named == "auto":
        return Color.automatic(share)
    return Color.parse(named).multiply_alpha(share / 100)
