"""Context: a word among the words around it, as the tagger looks at it."""

from __future__ import annotations

from annotator.model.known import Known
from annotator.model.late import dataclass
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import tags_of_words

FOLDED = "QQ"
"""The form of a token that is a whole quotation."""


# Not frozen: the tagger moves one along each unit, because one for nearly every second word took a third of its time.
@dataclass(slots=True)
class TokenContext:
    """A word in its unit: all forms, the tags (those before it are decided), its index and its lower-case form.

    `directly` is the tag right before, and `before` the one before with adverbs passed over, at `at_before`; ^ and -1
    at the start.
    """

    forms: list[str]
    tags: list[str]
    index: int = 0
    lower: str = ""
    directly: str = pos.START
    before: str = pos.START
    at_before: int = -1

    def move(self, index: int, lower: str) -> None:
        """Stand at another word, behind all that are decided."""
        self.index, self.lower = index, lower
        tags, at = self.tags, index - 1
        self.directly = tags[at] if index else pos.START
        while at >= 0 and tags[at] == pos.ADVERB:
            at -= 1
        self.before = tags[at] if at >= 0 else pos.START
        self.at_before = at

    @property
    def word_before(self) -> str:
        """The form right before, as it is written."""
        return self.forms[self.index - 1] if self.index else ""

    @property
    def next_form(self) -> str:
        """The form behind, as it is written; a full stop at the end."""
        behind = self.index + 1
        return self.forms[behind] if behind < len(self.forms) else "."

    @property
    def next_tag(self) -> str:
        """What the lists know of the form behind; nothing where it is not listed."""
        return _LISTED[self.next_form]

    @property
    def ahead(self) -> str:
        """`next_tag`, where an unlisted word counts as a noun and a mark as itself."""
        form = self.next_form
        return _LISTED[form] or (pos.NOUN if form[0].isalpha() else form[0])


def _listed(form: str) -> str:
    return tags_of_words().get(form.lower(), "")


_LISTED = Known(_listed)
