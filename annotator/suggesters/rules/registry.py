"""The registry of rules: one record holds all that is true of a rule, and everything else is derived from it.

A rule's id is stored with each proposal that it makes, so it never changes and is never given to another rule.
"""

from __future__ import annotations

from enum import IntEnum

from annotator.model.late import dataclass


class Family(IntEnum):
    """What finds an attribution, in the order of precedence: of equal cues the earlier family's wins."""

    LIGHT_VERB = 1
    VERB = 2
    PASSIVE = 3
    ADJECTIVE = 4
    NOUN = 5
    FIXED = 6
    LABEL = 7
    NEIGHBOUR = 8
    """No cue of its own sentence makes it: the sentences around it do, when they are joined."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is true of a rule, and so of each finding that it makes.

    `confidence` is how often it finds the right source with at least half of the content (a share, 0 to 1): measured on
    articles with gold attributions, pulled towards 0.65 where there are few, and rounded to a twentieth; set by hand
    where it fires seldom. Longer cues win over shorter ones, and of equals the earlier `family`.
    """

    id: str
    confidence: float
    family: Family
    clause: bool = False
    """Its content is a clause or a quotation: words that an event or a law can state too."""
    doubtful: bool = False
    """Its source is looked at even where it is a name or a pronoun: it often finds a deed."""
    takes_colon: bool = False
    """An introducing colon belongs to its cue."""
    takes_manner: bool = False
    """The day and the manner belong to its cue: "said Friday", "said with a laugh"."""
    cites: bool = False
    """Where its outlet reports "citing" people, these are the source of its words."""
    speaker_behind: bool = False
    """The speaker may stand behind the content, and ends what another rule takes for its own."""
    reports: bool = False
    """What its content tells of somebody else may be an attribution of its own."""
    reports_others: bool = False
    """Inside a quotation it tells for sure what somebody else, or a pronoun, has said."""
    quotes: bool = False
    """Its source is the speaker of the quotation beside it, and goes on speaking in the next sentence."""
    goes_on: bool = False
    """A quotation that stands alone behind it in its paragraph goes on with what it reports."""
    looks_back: bool = False
    """Without a content of its own it takes the sentence before."""

    def as_infinitive(self) -> Rule:
        """The same with an infinitive ("did little to discourage ..."); KeyError where the registry has no such row."""
        return RULES[f"to_{self.id}"]

    def as_nested(self) -> Rule:
        """The same reported inside another's words; KeyError where the registry has no such row."""
        return RULES[f"nested_{self.id}"]


RULES: dict[str, Rule] = {}
"""Every rule by its id."""


def _registered(rule: Rule, *, infinitive: float | None = None, nested: float | None = None) -> Rule:
    """The rule, now in the registry; with it what it is called with an infinitive and where it is nested."""
    rows = [rule]
    if infinitive is not None:
        rows.append(Rule(f"to_{rule.id}", infinitive, rule.family))
    if nested is not None:
        rows.append(Rule(f"nested_{rule.id}", nested, rule.family))
    for row in rows:
        assert row.id not in RULES, row.id
        RULES[row.id] = row
    return rule


LIGHT_VERB = _registered(Rule("light_verb", 0.65, Family.LIGHT_VERB))
STATEMENT_SAYING = _registered(Rule("statement_saying", 0.85, Family.LIGHT_VERB, reports=True, goes_on=True))
MADE_CLEAR = _registered(Rule("made_clear", 0.8, Family.LIGHT_VERB, goes_on=True))

QUOTE_THEN_SPEAKER = _registered(
    Rule(
        "quote_then_speaker", 0.95, Family.VERB, clause=True, takes_manner=True, cites=True, speaker_behind=True,
        reports=True, quotes=True,
    ),
    nested=0.9,
)  # fmt: skip
CLAUSE_THEN_SPEAKER = _registered(
    Rule(
        "clause_then_speaker", 0.85, Family.VERB, clause=True, takes_manner=True, cites=True, speaker_behind=True,
        reports=True, reports_others=True, goes_on=True,
    ),
    nested=0.8,
)  # fmt: skip
SPEAKER_THEN_QUOTE = _registered(
    Rule(
        "speaker_then_quote", 0.9, Family.VERB, clause=True, takes_colon=True, takes_manner=True, cites=True,
        reports=True, quotes=True,
    ),
    infinitive=0.5, nested=0.8,
)  # fmt: skip
SAID_THAT = _registered(
    Rule("said_that", 0.85, Family.VERB, clause=True, cites=True, reports=True, reports_others=True, goes_on=True),
    infinitive=0.4, nested=0.85,
)  # fmt: skip
SAID_CLAUSE = _registered(
    Rule(
        "said_clause", 0.85, Family.VERB, clause=True, takes_colon=True, cites=True, reports=True, reports_others=True,
        goes_on=True,
    ),
    infinitive=0.55, nested=0.8,
)  # fmt: skip
SAID_DOING = _registered(Rule("said_doing", 0.8, Family.VERB, reports=True), infinitive=0.5)
INTENDS = _registered(Rule("intends", 0.7, Family.VERB, doubtful=True), infinitive=0.35, nested=0.75)
OBJECT = _registered(Rule("object", 0.65, Family.VERB, goes_on=True), infinitive=0.45)
PHRASAL = _registered(Rule("phrasal", 0.7, Family.VERB, goes_on=True), infinitive=0.6)
FRONTED = _registered(Rule("fronted", 0.45, Family.VERB))
AS_SAID = _registered(Rule("as_said", 0.85, Family.VERB, takes_manner=True, reports=True))
SO_SAID = _registered(Rule("so_said", 0.75, Family.VERB, looks_back=True))
QUOTED_AS = _registered(Rule("quoted_as", 0.7, Family.VERB))
CITED = _registered(Rule("cited", 0.6, Family.VERB))
COLON = _registered(Rule("colon", 0.6, Family.VERB, takes_colon=True, reports=True))
LATE_COLON = _registered(Rule("late_colon", 0.8, Family.VERB, takes_colon=True))
BEFORE_COLON = _registered(Rule("before_colon", 0.6, Family.VERB, reports=True))
SPEAKER_STOP = _registered(Rule("speaker_stop", 0.2, Family.VERB))
INTRODUCTION = _registered(Rule("introduction", 0.7, Family.VERB, takes_colon=True))

PASSIVE = _registered(Rule("passive", 0.75, Family.PASSIVE))
PASSIVE_BY = _registered(Rule("passive_by", 0.6, Family.PASSIVE, doubtful=True))
SEEMING = _registered(Rule("seeming", 0.55, Family.PASSIVE))
ASKED = _registered(Rule("asked", 0.8, Family.PASSIVE))

ADJECTIVE = _registered(Rule("adjective", 0.65, Family.ADJECTIVE))

NOUN_CLAUSE = _registered(Rule("noun_clause", 0.7, Family.NOUN))
NOUN_OBJECT = _registered(Rule("noun_object", 0.4, Family.NOUN))
NOUN_SOURCELESS = _registered(Rule("noun_sourceless", 0.35, Family.NOUN))

ACCORDING_TO = _registered(
    Rule("according_to", 0.85, Family.FIXED, cites=True, speaker_behind=True, reports=True, reports_others=True),
    nested=0.8,
)
IN_POLL = _registered(Rule("in_poll", 0.5, Family.FIXED))
IN_WORDS = _registered(Rule("in_words", 0.65, Family.FIXED))
ADVERB = _registered(Rule("adverb", 0.5, Family.FIXED, reports=True))

LABEL = _registered(Rule("label", 0.65, Family.LABEL))
SIGNED = _registered(Rule("signed", 0.8, Family.LABEL, looks_back=True))

UNQUOTED_BLOCK = _registered(Rule("unquoted_block", 0.55, Family.NEIGHBOUR))
SENTENCE_THEN_QUOTE = _registered(Rule("sentence_then_quote", 0.45, Family.NEIGHBOUR))
QUOTE_THEN_SENTENCE = _registered(Rule("quote_then_sentence", 0.5, Family.NEIGHBOUR))
PARAGRAPH_THEN_QUOTE = _registered(Rule("paragraph_then_quote", 0.35, Family.NEIGHBOUR))
QUOTE_THEN_PARAGRAPH = _registered(Rule("quote_then_paragraph", 0.3, Family.NEIGHBOUR))
