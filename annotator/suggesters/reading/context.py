"""Context: a word among the words around it, as the tagger looks at it."""

from __future__ import annotations

from annotator.model.late import dataclass
from annotator.suggesters.reading import pos
from annotator.suggesters.reading.grammar import tags_of_words

FOLDED = "QQ"
"""The form of a token that is a whole quotation."""


# Not frozen: one is made for nearly every second word of a text, and takes a third of the time so.
@dataclass(slots=True)
class TokenContext:
    """A word in its unit: all forms, the tags decided so far, its index and its lower-case form."""

    forms: list[str]
    tags: list[str]
    index: int
    lower: str

    @property
    def directly(self) -> str:
        """The tag right before; ^ at the start."""
        return self.tags[self.index - 1] if self.index else pos.START

    @property
    def before(self) -> str:
        """The tag before, adverbs passed over; ^ at the start."""
        at = self.at_before
        return self.tags[at] if at >= 0 else pos.START

    @property
    def at_before(self) -> int:
        """The index of the word before, adverbs passed over; -1 at the start."""
        at = self.index - 1
        while at >= 0 and self.tags[at] == pos.ADVERB:
            at -= 1
        return at

    @property
    def word_before(self) -> str:
        """The form right before, as it is written."""
        return self.forms[self.index - 1] if self.index else ""

    @property
    def next_form(self) -> str:
        """The form behind, as it is written; a full stop at the end."""
        return self.forms[self.index + 1] if self.index + 1 < len(self.forms) else "."

    @property
    def next_tag(self) -> str:
        """What the lists know of the form behind; nothing where it is not listed."""
        return tags_of_words().get(self.next_form.lower(), "")

    @property
    def ahead(self) -> str:
        """`next_tag`, where an unlisted word counts as a noun and a mark as itself."""
        form = self.next_form
        return self.next_tag or (pos.NOUN if form[0].isalpha() else form[0])
