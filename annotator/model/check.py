"""Published fact-checks, and what a claim has in common with one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.model.late import dataclass
from annotator.model.reviewer import ADJUDICATED


@dataclass(frozen=True, slots=True)
class Check:
    """A published fact-check: what was claimed, by whom and when, and what the publisher found.

    `id` names it in its collection; `date` is the day it was published and `modified` the one it was last changed, in
    ISO 8601 or empty; `verdict` is in the publisher's own words, and `value` what that comes to (supported, refuted,
    mixed or not_enough), empty where that is not known. A `withdrawn` one no longer stands.
    """

    id: str
    claim: str
    title: str = ""
    speaker: str = ""
    date: str = ""
    verdict: str = ""
    value: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    modified: str = ""
    withdrawn: bool = False

    @property
    def key(self) -> str:
        """What a newer row about the same fact-check has in common with this one: its address, or else its id."""
        return self.url or f"{self.publisher}\n{self.id or self.claim}"

    @property
    def latest(self) -> str:
        """The day it was last changed or published."""
        return max(self.modified, self.date)


@dataclass(frozen=True, slots=True)
class Since:
    """What has become of a fact-check: what it says now, whether it once came to something else, and still stands.

    `said` is its verdict in the publisher's words, or its title where it has none: what evidence taken of it answers.
    """

    said: str
    was_other: bool = False
    withdrawn: bool = False

    def of(self, answer: str) -> str:
        """What has become of evidence with this answer: "withdrawn", "corrected", or nothing."""
        if self.withdrawn:
            return "withdrawn"
        return "corrected" if self.was_other and answer != self.said else ""

    def in_words(self, answer: str) -> str:
        """The same for where there is room, with what a corrected one says now."""
        became = self.of(answer)
        return f"corrected: it says “{self.said}” now" if became == "corrected" else became


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for among the checks: a claim's text, and who said it when, as far as that is known."""

    text: str
    speaker: str = ""
    date: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A check that may be about the same, how surely (0 to 1), and in words what agrees and what does not."""

    check: Check
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that may have settled a claim before: a published fact-check, or an earlier judgement, `own`.

    That is one's own, or the lead's who settled it: then the check's `publisher` is the adjudicated layer. The check's
    `id` is the reviewer and the earlier claim's id, `url` is empty, `title` is the article's and `verdict` the name of
    the verdict. It is `stale` where it is older than a year, and `contradicted` where another that was seen for the
    same claim comes to the opposite.
    """

    check: Check
    score: float
    why: tuple[str, ...]
    own: bool = False
    stale: bool = False
    contradicted: bool = False

    @property
    def value(self) -> str:
        """What its verdict says about the claim: turned round where one of the two denies the other."""
        turned = {"supported": "refuted", "refuted": "supported"} if "negated" in self.why else {}
        return turned.get(self.check.value, self.check.value)

    @property
    def by(self) -> str:
        """Who came to that: the publisher, "you", or "the lead" where it was settled."""
        if not self.own:
            return self.check.publisher
        return "the lead" if self.check.publisher == ADJUDICATED else "you"

    @property
    def key(self) -> str:
        """What names it where it was taken."""
        return self.check.id if self.own else self.check.key


Found = Mapping[str, Sequence[Seen]]
"""By claim id what was seen before, best first."""
