from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, label_map, read_annotations
from annotator.model.annotated import GivenArticle, Note
from annotator.model.attribution import Anonymity, Attribution, Form

TEXT = "Ana Ruiz 🌊 said the quay\nwould hold.\n\n“It holds,” an aide told me, “for now.” Sources hint at cracks.\n"


def at(*words: str) -> str:
    """Where the words are in the text, as brat writes it, and the words."""
    starts = [TEXT.index(each) for each in words]
    pairs = ";".join(f"{start} {start + len(each)}" for start, each in zip(starts, words, strict=True))
    return f"{pairs}\t{' '.join(words)}".replace("\n", " ")


GOLD = "\n".join(
    (
        f"T1\tSource {at('Ana Ruiz')}",
        f"T2\tCue {at('said')}",
        f"T3\tContent {at(chr(10).join(('the quay', 'would hold')))}",
        f"T4\tAttribution {at('said')}",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        f"T5\tSource {at('an aide')}",
        f"T6\tCue {at('told')}",
        f"T7\tContent {at('“It holds,”', '“for now.”')}",
        f"T8\tAttribution {at('told')}",
        "E2\tAttribution:T8 Source:T5 Cue:T6 Content:T7",
        f"T9\tCue {at('Sources hint')}",
        f"T10\tContent {at('at cracks')}",
        f"T11\tAttribution-no-source {at('Sources hint')}",
        "E3\tAttribution-no-source:T11 ",
        "E4\tAttribution-no-source:T11 Cue:T9 Content:T10",
    )
)
AIDE = TEXT.index("an aide")


def corpus(folder: Path, annotations: str = GOLD, text: str = TEXT, *, annotators: tuple[str, ...] = ("d473",)) -> Path:
    """A folder as PolNeAR is published: texts and annotations apart, an annotator behind each name."""
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    (folder / "text" / "wire_quay.txt").write_bytes(text.encode())
    for annotator in annotators:
        (folder / "attributions" / f"wire_quay_{annotator}.ann").write_bytes(annotations.encode())
    return folder


def read(folder: Path, **options: Any) -> tuple[list[GivenArticle], list[Note], list[ImportFailure]]:
    items = list(read_annotations([str(folder)], ANNOTATION_FORMATS["brat"], AnnotationOptions(**options)))
    return (
        [item for item in items if isinstance(item, GivenArticle)],
        [item for item in items if isinstance(item, Note)],
        [item for item in items if isinstance(item, ImportFailure)],
    )


def words(attribution: Attribution, text: str = TEXT) -> tuple[list[str], str, list[str]]:
    cue = attribution.cue.slice(text) if attribution.cue else ""
    return [span.slice(text) for span in attribution.source], cue, [span.slice(text) for span in attribution.content]


def test_a_published_corpus_loads_as_gold(tmp_path: Path) -> None:
    (article,), notes, failures = read(corpus(tmp_path))
    assert (article.text, article.reviewer, failures) == (TEXT.rstrip(), "gold", [])
    assert [words(each.attribution) for each in article.attributions] == [
        (["Ana Ruiz"], "said", ["the quay\nwould hold"]),
        (["an aide"], "told", ["“It holds,”", "“for now.”"]),
        ([], "Sources hint", ["at cracks"]),
    ]
    assert article.attributions[2].attribution.anonymity is Anonymity.NONE
    assert [(note.said, note.place) for note in notes] == [("an event that marks nothing: left out", "line 14, E3")]


def test_offsets_that_quote_something_else_are_failures_with_line_and_item(tmp_path: Path) -> None:
    wrong = GOLD.replace(f"Source {AIDE} {AIDE + 7}", f"Source {AIDE + 1} {AIDE + 8}")
    (article,), _, (failure,) = read(corpus(tmp_path, wrong))
    assert failure.place == "line 6, T5"
    assert failure.reason == f"{AIDE + 1}..{AIDE + 8} is 'n aide ' and not 'an aide'; --realign looks for it nearby"
    assert len(article.attributions) == 2


def test_realign_finds_the_nearest_and_says_what_it_moved(tmp_path: Path) -> None:
    wrong = GOLD.replace(f"Source {AIDE} {AIDE + 7}", f"Source {AIDE + 9} {AIDE + 16}")
    (article,), notes, failures = read(corpus(tmp_path, wrong), realign=True)
    assert failures == []
    assert (f"'an aide' moved from {AIDE + 9} to {AIDE}", "line 6, T5") in [(note.said, note.place) for note in notes]
    assert words(article.attributions[1].attribution)[0] == ["an aide"]


def test_words_that_are_nowhere_stay_a_failure_with_realign(tmp_path: Path) -> None:
    wrong = GOLD.replace("\tan aide", "\ta nurse")
    _, _, (failure,) = read(corpus(tmp_path, wrong), realign=True)
    assert failure.reason == "'a nurse' is nowhere in the text"


def test_offsets_count_both_characters_of_a_crlf(tmp_path: Path) -> None:
    text = "Rain\r\n\r\nAna said it rained."
    lines = (
        "T1\tSource 8 11\tAna\nT2\tCue 12 16\tsaid\nT3\tContent 17 26\tit rained\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
    )
    (article,), _, failures = read(corpus(tmp_path, lines, text))
    assert failures == []
    assert article.text == "Rain\n\nAna said it rained."
    assert words(article.attributions[0].attribution, article.text) == (["Ana"], "said", ["it rained"])


def test_spans_that_share_their_edges_are_each_moved_once(tmp_path: Path) -> None:
    text = "First\r\nsecond\r\nAna said the quay fell\r\n"

    def marked(words: str) -> str:
        start = text.index(words)
        return f"{start} {start + len(words)}\t{words}"

    lines = (
        f"T1\tSource {marked('Ana')}",
        f"T2\tCue {marked('said')}",
        f"T3\tContent {marked('the quay fell')}",
        f"T4\tSource {marked('the quay')}",
        f"T5\tCue {marked('fell')}",
        f"T6\tContent {marked('the quay fell')}",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
        "E2\tAttribution:T5 Source:T4 Cue:T5 Content:T6",
    )
    (article,), _, failures = read(corpus(tmp_path, "\n".join(lines), text))
    assert failures == []
    assert [words(each.attribution, article.text) for each in article.attributions] == [
        (["Ana"], "said", ["the quay fell"]),
        (["the quay"], "fell", ["the quay fell"]),
    ]


def test_several_annotators_of_one_text_are_several_reviewers(tmp_path: Path) -> None:
    found, _, failures = read(corpus(tmp_path, annotators=("d473", "ef2d")))
    assert [article.reviewer for article in found] == ["d473", "ef2d"]
    assert failures == []


def test_several_annotators_are_not_taken_for_one_reviewer(tmp_path: Path) -> None:
    found, _, failures = read(corpus(tmp_path, annotators=("d473", "ef2d")), reviewer="gold")
    assert found == []
    assert len(failures) == 2
    assert "several files annotate wire_quay.txt" in failures[0].reason


def test_a_pair_side_by_side_and_the_name_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.ann").write_bytes(GOLD.encode())
    (article,), _, _ = read(tmp_path, reviewer="team")
    assert (article.reviewer, len(article.attributions)) == ("team", 3)


def test_no_text_anywhere_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_bytes(GOLD.encode())
    found, _, (failure,) = read(tmp_path)
    assert found == []
    assert "no .txt file of the same name beside it" in failure.reason


@pytest.mark.parametrize(
    "line",
    [
        *("T1\tSource x y\tno", "E1\tAttribution", "nonsense", "R1\tNestedIn Arg1:E1", "\tT1 Source 0 3"),
        f"T9\tSource 0 {'9' * 5000}\tno",
    ],
)
def test_a_line_that_is_none_of_brats_is_a_failure_and_the_rest_goes_in(tmp_path: Path, line: str) -> None:
    (article,), _, (failure,) = read(corpus(tmp_path, f"{GOLD}\n{line}\n"))
    assert (failure.place, failure.reason) == ("line 16", "not a line of brat standoff")
    assert len(article.attributions) == 3


_REST = ("unmapped span", "relation", "attribute", "note", "normalisation", "equivalence")


def test_an_id_that_is_there_twice_is_a_failure_and_the_first_stays(tmp_path: Path) -> None:
    again = next(line for line in GOLD.splitlines() if line.startswith("T1\t"))
    (article,), _, (failure,) = read(corpus(tmp_path, f"{GOLD}\n{again}\n"))
    assert (failure.place, failure.reason) == ("line 16", "the id is there twice: left out")
    assert len(article.attributions) == 3


def test_what_is_in_no_event_is_counted_by_kind(tmp_path: Path) -> None:
    more = (
        f"T20\tPerson {at('aide')}",
        f"T21\tSource {at('aide')}",
        "R1\tKnows Arg1:T20 Arg2:T21",
        "A9\tGender T20 f",
        "#9\tAnnotatorNotes T20\tsure?",
        "N1\tReference T20 Wikidata:Q1\taide",
        "*\tAlias T20 T21",
    )
    _, notes, failures = read(corpus(tmp_path, f"{GOLD}\n" + "\n".join(more) + "\n"))
    assert failures == []
    counts = {note.kind: note.count for note in notes if note.kind in _REST}
    assert counts == dict.fromkeys(_REST, 1)


def test_a_cue_of_two_pieces_becomes_one_and_is_said(tmp_path: Path) -> None:
    split = GOLD.replace(f"T6\tCue {at('told')}", f"T6\tCue {at('aide', 'told')}")
    (article,), notes, _ = read(corpus(tmp_path, split))
    assert words(article.attributions[1].attribution)[1] == "aide told"
    assert ("a cue of 2 pieces made one", "line 10, E2") in [(note.said, note.place) for note in notes]


def test_an_event_without_a_cue_is_a_block_quote(tmp_path: Path) -> None:
    (article,), _, _ = read(corpus(tmp_path, GOLD.replace(" Cue:T6", "")))
    assert article.attributions[1].attribution.form is Form.BLOCK


def test_an_event_as_an_argument_is_nested(tmp_path: Path) -> None:
    text = "Ana said Bo thinks it rained."
    lines = (
        "T1\tsource 0 3\tAna\nT2\tcue 4 8\tsaid\nT3\tcontent 9 28\tBo thinks it rained\n"
        "T4\tsource 9 11\tBo\nT5\tcue 12 18\tthinks\nT6\tcontent 19 28\tit rained\n"
        "E1\tattribution:T2 source:T1 cue:T2 content:T3 content2:E2\n"
        "E2\tattribution:T5 source:T4 cue:T5 content:T6\n"
    )
    (article,), _, failures = read(corpus(tmp_path, lines, text))
    assert failures == []
    assert [(each.attribution.id, each.attribution.parent) for each in article.attributions] == [
        ("E1", None),
        ("E2", "E1"),
    ]


def test_who_speaks_and_who_is_quoted_is_read_from_the_roles_and_not_from_the_kinds_of_what_is_marked(
    tmp_path: Path,
) -> None:
    lines = (
        f"T1\tPerson {at('an aide')}",
        f"T2\tPerson {at('told')}",
        f"T3\tPerson {at('“It holds,”')}",
        f"T4\tAttribution {at('told')}",
        "E1\tAttribution:T4 Content:T3 Source:T1 Cue:T2",
        "A1\tNegated E1",
    )
    (article,), _, failures = read(corpus(tmp_path, "\n".join(lines)))
    assert failures == []
    (given,) = article.attributions
    assert words(given.attribution) == (["an aide"], "told", ["“It holds,”"])
    assert given.attribution.negated


def test_a_label_map_renames_roles_and_attributions(tmp_path: Path) -> None:
    theirs = GOLD
    for ours, other in (("\tSource ", "\tHolder "), (" Source:", " Holder:"), ("Content", "Said")):
        theirs = theirs.replace(ours, other)
    theirs = theirs.replace("\tAttribution:", "\tOpinion:")
    labels = label_map(
        b'[roles]\nSaid = "content"\n[attributions]\nOpinion = {type = "belief"}\n'
        b'[attributions.Attribution-no-source]\nanonymity = "unnamed"\n',
        "map.toml",
    )
    (article,), _, failures = read(corpus(tmp_path, theirs), labels=labels)
    assert failures == []
    assert [words(each.attribution)[2] for each in article.attributions][2] == ["at cracks"]
    assert article.attributions[0].attribution.type == "belief"
    assert article.attributions[2].attribution.anonymity is Anonymity.UNNAMED
