"""Where a content ends, and speakers and verbs that look like something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She criticized the plan during the storm.", "She | criticized | the plan during the storm"),
        ("She criticized the plan in a speech on Sunday.", "She | criticized | the plan"),
        ("She criticized three towns, including Porto.", "She | criticized | three towns, including Porto"),
        ("She criticized the plan, and he left the room.", "She | criticized | the plan"),
        ("She criticized the mayor, a former pilot.", "She | criticized | the mayor"),
        ("She wants to rebuild the ramp, a costly plan.", "She | wants | to rebuild the ramp"),
        ("She wants to rebuild the ramp, and the mayor agrees.", "She | wants | to rebuild the ramp"),
        (
            "She said that the ramp, which was built in May, was shut.",
            "She | said | that the ramp, which was built in May, was shut",
        ),
        (
            "She said the ramp was shut, but not for long.",
            "She | said | the ramp was shut, but not for long",
        ),
        ("She said the ramp was shut, but he went on.", "She | said | the ramp was shut"),
        ("(She said the ramp was shut.)", "She | said | the ramp was shut"),
        ("In a letter, she wrote, “The ramp is shut.”", "she | wrote | “The ramp is shut.”"),
        ("The ramp, she wrote, “is shut.”", "she | wrote | The ramp ... “is shut.”"),
    ],
)
def test_a_content_ends_before_what_the_author_adds(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pilots say Reyes is wrong.", "Pilots | say | Reyes is wrong"),
        ("The pilots also say business is poor.", "The pilots | also say | business is poor"),
        ("Both oppose the plan.", "Both | oppose | the plan"),
        ("Aides said details of the plan would follow.", "Aides | said | details of the plan would follow"),
        ("Reyes said Tuesday's vote would be close.", "Reyes | said | Tuesday's vote would be close"),
        ("This includes a new ramp, Reyes told a panel Monday.", "Reyes | told | This includes a new ramp"),
        ("Reyes, R-N.Y., said the ramp was shut.", "Reyes, R-N.Y., | said | the ramp was shut"),
        ("He added, though, that the ramp was shut.", "He | added | that the ramp was shut"),
        ("Given its age, the ramp will fall, Reyes said.", "Reyes | said | Given its age, the ramp will fall"),
        ("Reyes, after saying that the ramp was shut, left the room.", "Reyes | saying | that the ramp was shut"),
        (
            "The pilots whose boats were sold say the ramp is shut.",
            "The pilots whose boats were sold | say | the ramp is shut",
        ),
        ("The ramp appears to have held.", "- | appears | The ramp ... to have held"),
        ("The mayor seems to want a new ramp.", "The mayor | seems to want | a new ramp"),
    ],
)
def test_a_speaker_is_found_where_a_word_could_be_something_else(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The ramp is shut,” Reyes said, showing off a ‘new’ map. “It was old.”",
            "Reyes | said | “The ramp is shut,” ... “It was old.”",
        ),
        (
            "“The ramp is shut,” Reyes said. Now, “the ferry runs every hour of the day.”",
            "Reyes | said | “The ramp is shut,” ... Now, “the ferry runs every hour of the day.”",
        ),
        (
            "Reyes said that the ramp was shut. “It was old.”",
            "Reyes | said | that the ramp was shut ... “It was old.”",
        ),
    ],
)
def test_a_quotation_behind_a_report_goes_on_with_it(said: Said, text: str, expected: str) -> None:
    assert expected in said(text)


def test_a_sentence_that_leads_to_its_quotation_is_nobodys_yet(said: Said) -> None:
    text = "“The ramp is shut,” Reyes said. The ferry is known for “running every hour of the whole day.”"
    assert "Reyes | said | “The ramp is shut,”" in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He worried they would close the ramp.", "He | worried | they would close the ramp"),
        ("He's predicted big changes.", "He | 's predicted | big changes"),
        ("Reyes said repeatedly that the ramp was shut.", "Reyes | said repeatedly | that the ramp was shut"),
        ("She also argued in favor of the ramp.", "She | also argued in favor of | the ramp"),
        ("Pilots are predicting far more ships.", "Pilots | are predicting | far more ships"),
        ("“The ramp is shut,” a letter on the door reads.", "a letter on the door | reads | “The ramp is shut,”"),
        (
            "Reyes, citing “the law,” said the plan would fail.",
            "Reyes | said | the plan would fail",
        ),
    ],
)
def test_verbs_that_look_like_something_else_attribute(said: Said, text: str, expected: str) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pilots prefer to back a winner.", "Pilots | prefer | to back a winner"),
        ("He would like to see the ramp closed.", "He | would like | to see the ramp closed"),
        ("They like the ramp.", "They | like | the ramp"),
        ("Some pilots declined to comment, not wanting to anger her.", "Some pilots | declined | to comment"),
        ("Reyes told Porto News' “This Week” that the ramp was shut.", "Reyes | told | that the ramp was shut"),
        ("Reyes said on “This Week” that the ramp was shut.", "Reyes | said | that the ramp was shut"),
        ("Reyes still shows signs of anger.", "Reyes | still shows signs of | anger"),
    ],
)
def test_small_words_are_read_by_what_stands_around_them(said: Said, text: str, expected: str) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Now, after arguing that the ramp is shut, Reyes left.",
            "Reyes | arguing | that the ramp is shut",
        ),
        (
            "Although “it was old,” he claimed the ramp was safe.",
            "he | claimed | the ramp was safe",
        ),
        (
            "Even as he left the port, Reyes wouldn’t directly speculate about the motives.",
            "Reyes | wouldn’t directly speculate about | the motives",
        ),
        ("Another notes her years in Porto.", "Another | notes | her years in Porto"),
        ("“The ramp is shut,” Reyes shot back.", "Reyes | shot back | “The ramp is shut,”"),
        ("Reilly then discussed the plan.", "Reilly | then discussed | the plan"),
        ("Reyes replied evenly, “The ramp is shut.”", "Reyes | replied evenly | “The ramp is shut.”"),
        ("Reyes knows just what the port needs.", "Reyes | knows | just what the port needs"),
        ("Reyes told Porto News that, in May, the ramp was shut.", "Reyes | told | that, in May, the ramp was shut"),
        ("Those around him acknowledge that it is shut.", "Those around him | acknowledge | that it is shut"),
        ("Pilots in each state want the ramp to be mended.", "Pilots in each state | want | the ramp to be mended"),
    ],
)
def test_the_verb_has_what_stands_behind_it_and_not_what_stands_before(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union said “it is over” and left.", "The union | said | “it is over”"),
        ("Reyes tweeted “Thank you all” on Friday.", "Reyes | tweeted | “Thank you all”"),
        ("Reyes said “it is over” for the pilots.", "Reyes | said | “it is over” for the pilots"),
    ],
)
def test_a_quotation_ends_before_what_was_done_next_and_when(said: Said, text: str, expected: str) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize("sign", ["> ", ">> ", ">>", "• ", "* ", "· "])
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The mayor said that we knew.", "The mayor | said | that we knew"),
        ("We knew, Rui Lago said.", "Rui Lago | said | We knew"),
        ("RUI LAGO: We did not.", "RUI LAGO | : | We did not"),
        ("“We knew,” said Rui Lago.", "Rui Lago | said | “We knew,”"),
    ],
)
def test_what_heads_a_point_of_a_list_or_a_change_of_speakers_is_said_by_nobody(
    said: Said, sign: str, sentence: str, expected: str
) -> None:
    assert said(f"Rain fell.\n{sign}{sentence}") == [expected]


def test_a_change_of_speakers_in_the_middle_of_a_line_is_said_by_nobody(said: Said) -> None:
    assert said("“We knew,” Rui Lago said. >> Ana Prado said no.") == [
        "Rui Lago | said | “We knew,”",
        "Ana Prado | said | no",
    ]


def test_signs_alone_and_words_in_bold_are_left_as_they_are(said: Said) -> None:
    assert said("* * *\n>\n•") == []
    assert said("**The mayor** said that we knew.") == ["**The mayor** | said | that we knew"]
