"""The marks inside a Markdown paragraph: which characters only mark, so that they can be taken out.

Taken out are the marks of emphasis, strong emphasis and code, the brackets and targets of links and images, the angle
brackets of addresses, the backslash of an escape, the marks of footnotes, and what is struck out, with its words.
Every scan is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from annotator.model.late import dataclass

_TOKEN = re.compile(r"\\(?:[!-/:-@\[-`{-~]|(?=\n))|`+|!?\[|\]|\*+|_+|~~|<(?:https?://|mailto:)[^\s<>]{1,2000}>")
_TARGET = re.compile(
    r"\(\s{0,9}(?:<[^<>\n]{0,2000}>|(?:[^()\s]|\([^()\s]{0,500}\)){0,2000})(?:\s{1,9}[\"'(][^\"()]{0,500}[\"')])?\s{0,9}\)"
)
_LONGEST_CODE_MARK = 3
_REFERENCE = re.compile(r"\s?\[([^\[\]]{0,200})\]")


@dataclass(frozen=True, slots=True)
class Marks:
    """The offsets (code points, ascending) of what falls away, and how much of it was struck out or marked a note."""

    offsets: list[int]
    struck: int = 0
    notes: int = 0


def marks_in(text: str, references: Collection[str] = ()) -> Marks:
    """What only marks in a paragraph, and what is struck out in it.

    `references` names the link targets in lower case, and the footnotes with a circumflex before the name.
    """
    scan = _Scan(text, references)
    scan.run()
    return Marks(sorted(scan.marks), scan.struck, scan.notes)


class _Scan:
    """One pass over one paragraph, with the marks that still wait for their other half."""

    def __init__(self, text: str, references: Collection[str]) -> None:
        self.text = text
        self.references = references
        self.marks: set[int] = set()
        self.brackets: list[tuple[int, int]] = []
        self.openers: dict[str, list[tuple[int, int]]] = {"*": [], "_": [], "~": []}
        self.unclosed_code: set[int] = set()
        self.struck = self.notes = 0

    def run(self) -> None:
        at = 0
        while (match := _TOKEN.search(self.text, at)) is not None:
            at = self.token(match)

    def token(self, match: re.Match[str]) -> int:
        """Take one token; where to go on."""
        mark, start, end = match[0], match.start(), match.end()
        if mark[0] == "\\":
            self.marks.add(start)
        elif mark[0] == "<":
            self.marks |= {start, end - 1}
        elif mark[0] == "`":
            return self.code(start, end)
        elif mark[-1] == "[":
            self.brackets.append((start, end))
        elif mark == "]":
            return self.link(start)
        else:
            self.emphasis(mark[0], start, end)
        return end

    def code(self, start: int, end: int) -> int:
        length = end - start
        if length <= _LONGEST_CODE_MARK and length not in self.unclosed_code:
            closing = re.compile(rf"(?<!`)`{{{length}}}(?!`)").search(self.text, end)
            if closing is not None:
                self.marks |= {*range(start, end), *range(closing.start(), closing.end())}
                return closing.end()
            self.unclosed_code.add(length)
        return end

    def link(self, closing: int) -> int:
        if not self.brackets:
            return closing + 1
        start, end = self.brackets.pop()
        if self.text[end] == "^" and self.text[end:closing].lower() in self.references:
            self.marks |= {*range(start, closing + 1)}
            self.notes += 1
            return closing + 1
        target = _TARGET.match(self.text, closing + 1)
        if target is None:
            reference = _REFERENCE.match(self.text, closing + 1)
            if reference is None or (reference[1] or self.text[end:closing]).lower() not in self.references:
                return closing + 1
            target = reference
        self.marks |= {*range(start, end), *range(closing, target.end())}
        return target.end()

    def emphasis(self, mark: str, start: int, end: int) -> None:
        """Pair a run of marks with those that wait, after CommonMark's rule of left and right flanking runs."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        if mark == "*" and before.isdigit() and after.isdigit():
            # CommonMark makes 234 of 2*3*4.
            return
        can_close = bool(before.strip())
        can_open = bool(after.strip())
        if mark == "_":
            can_close, can_open = can_close and not after.isalnum(), can_open and not before.isalnum()
        waiting = self.openers[mark]
        while can_close and waiting and start < end:
            opened, opened_end = waiting.pop()
            pairs = min(opened_end - opened, end - start)
            if mark == "~":
                self.strike(opened, end)
                return
            self.marks |= {*range(opened_end - pairs, opened_end), *range(start, start + pairs)}
            start += pairs
            if opened < opened_end - pairs:
                waiting.append((opened, opened_end - pairs))
        if can_open and start < end:
            waiting.append((start, end))

    def strike(self, start: int, end: int) -> None:
        """Take out what is struck out, and one of the two blanks around it."""
        behind = self.text[end : end + 1]
        if self.text[start - 1 : start].isspace() and (not behind or behind.isspace()) and start:
            start -= 1
        self.marks |= {*range(start, end)}
        self.struck += 1
