"""Nothing in any text steers the terminal: every screen is pressed through, and every byte looked at.

The markers are harmless: a colour, a title that is made up, a link, characters that reorder text, a shift of the set
of characters. One list for all of them, put into everything that comes from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from annotator.model.article import Article, Publication
from annotator.model.attribution import Attribution
from annotator.model.draft_key import DraftKey
from annotator.model.ledger import uuid7
from annotator.model.source import SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.store import open_store
from annotator.workflow import attributing, ingest, judging, sources
from annotator.workflow.session import ReviewSession

COLOUR, TITLE, LINK = "\x1b[35;9;53m", "\x1b]0;invented title\x07", "\x1b]8;;https://marker.example\x1b\\"
MARKERS = (COLOUR, TITLE, LINK, "\u202e", "\u2066", "\x9b35m", "\x9d0;invented\x9c", "\x0e", "\x08")
M = "".join(MARKERS)
BYTES = [marker.encode() for marker in (COLOUR, "\u202e", "\u2066", "\x9b", "\x9d", "\x9c", "\x0e", "\x08")]
BYTES += [b"\x1b]0;", b"\x1b]8;", COLOUR.encode("latin-1"), b"\x9b35m"]
"""What must never come out: of titles and links the beginning is enough."""

SAID = f"the old ramp{M}said holds"
TEXT = (
    f"Bridge{M}headline shut\n\nIt was late{M}claim at night. Ines{M}source Duarte told{M}cue the Post that {SAID}. "
    f"Nobody{M}nobody was hurt.\n\n“We are{M}quoted tired,” she said. It rained{M}rained. Traffic waits.\n"
)


@dataclass
class Place:
    """Where everything is, with markers in the names of files and folders too."""

    folder: Path
    config: Path
    database: Path


@pytest.fixture
def place(tmp_path: Path, terminal: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = tmp_path / f"folder{M.replace('/', '')}"
    folder.mkdir()
    made = Place(folder, folder / "config.toml", folder / "annotations.db")
    monkeypatch.setenv("ANNOTATOR_DB", str(made.database))
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(made.config))
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("BROWSER", "true")
    return made


@pytest.fixture
def worked(place: Place, run: Callable[..., str]) -> Place:
    """A database in which everything that can be written has markers, the reviewer's own words among it."""
    if _MADE:
        place.database.write_bytes(_MADE[0])
        return place
    publication = Publication(
        title=f"title{M}",
        publisher=f"publisher{M}",
        author=f"author{M}",
        published_at="2026-03-10",
        url="https://a.example/x",
    )
    own = place.folder / "own.toml"
    known = resources.files("annotator.model").joinpath("schemes/annotator-default.toml").read_text(encoding="utf-8")
    escaped = "".join(f"\\u{ord(character):04x}" for character in M)
    own.write_text(
        known.replace('definition = """', f'definition = """definition{escaped}').replace(
            "version = 1", "version = 77"
        ),
        encoding="utf-8",
    )
    with closing(open_store(place.database)):
        run("scheme", "use", str(own))
    with closing(open_store(place.database)) as store:
        near = TEXT.replace("Traffic waits.", "Traffic waits. And waits.")
        for article in (
            Article(TEXT, f"origin{M}.txt", publication),
            Article(near, f"second{M}.txt", Publication(publisher=f"other{M}")),
        ):
            assert [made.result for made in ingest.ingest(store, [article])] == ["added"]
        session = ReviewSession(store, "ana")
        article_id = session.article_to_review()
        assert article_id is not None
        review, _ = session.open(article_id)
        claim = next(claim for claim in review.claims if SAID in claim.span.slice(TEXT))
        source, cue = (TEXT.index(words) for words in ("Ines", "told"))
        content = TEXT.index(SAID)
        attribution = Attribution(
            uuid7(),
            (Span(source, TEXT.index(" told")),),
            Span(cue, TEXT.index(" the Post")),
            (Span(content, content + len(SAID)),),
        )
        session.apply(attributing.keep_attribution, claim, attribution)
        kept = session.review.attributions[0].id
        session.apply(
            sources.assign,
            claim,
            kept,
            SourceEntity("", "Ines Duarte entity", SourceKind.PERSON),
        )
        session.apply(judging.verdict, claim, "supported")
        session.apply(judging.justification, claim, f"because{M}")
        session.apply(judging.note, claim, f"written{M}\nsecond line{M}")
        session.apply(judging.restatement, claim, f"restated{M}")
        fields = {name: f"{name}{M}" for name in ("question", "answer", "passage", "medium", "publisher")}
        session.apply(judging.evidence, claim, fields)
        session.apply(judging.evidence, claim, {"answer": f"second piece{M}"})
        session.save_draft(DraftKey(article_id, "justification", claim.id), {"text": f"draft{M}"})
        session.leave(claim)
    _MADE.append(place.database.read_bytes())
    return place


_MADE: list[bytes] = []
"""The database, once it has been made."""


# What is pressed in the workbench: the words of each are done one after another.
SCRIPTS = [
    "\t WCD * * G jj l l h h \x1b ? jj \x1b",
    "S j H q R \x1b",
    "S \r q",
    "S A \x1b",
    "S M tag \x1b",
    "h j q",
    "o \x1b i \x1b J \x1b",
    "v j y o \r \t \t \t \x1b",
    "v + \x1b",
    "B Du \x1b",
    "t t c / ramp \r > < f f",
    "e ; \x1b tfa- ? \x1b L w c d + \t u q",
    "| l . q k | \r u u",
    "a y u u",
    "m 1 u u",
    "O",
    "y Y A A f2 f2",
    "\x10 verdict \x1b",
    "q s f f f f f f / tag \r / \x7f\x7f\x7f\r ? \x1b S q",
    "q u",
    "\x1b[F \x1b[H j ! u u",
    "p u + u",
]


PAGES = {"G": "Worth checking", "l": "Rule"}
"""Of the first script the keys that open a page, and what stands there."""


def assert_harmless(output: bytes) -> None:
    for sequence in BYTES:
        at = output.find(sequence)
        assert at < 0, f"{sequence!r} came out: {output[max(0, at - 80) : at + 80]!r}"


@pytest.mark.parametrize("size", [(80, 24), (150, 45)], ids=["small", "large"])
def test_no_screen_of_the_workbench_lets_a_text_steer_the_terminal(
    size: tuple[int, int], worked: Place, terminal: Callable[..., Any], run: Callable[..., str]
) -> None:
    page = worked.folder / "page.md"
    page.write_text(f"# Page{M}\n\nRule{M}, [a link{M}](https://marker.example/{M}) and `code{M}`.\n", encoding="utf-8")
    run("scheme", "page", str(page))
    screen = terminal("review", size=size)
    screen.wait_for(r"Claim \d+ of \d+")
    for script in SCRIPTS:
        for keys in script.split(" "):
            screen.type(keys)
            # Only behind a lone Escape the next key would be taken for a part of it.
            screen.settle(0.15 if keys.endswith("\x1b") else 0.1)
            # A page comes part by part, and a machine that is busy is silent for longer in between.
            if script is SCRIPTS[0] and keys in PAGES:
                screen.wait_for(PAGES[keys])
        # Out of whatever is open, so that the next script begins in the review.
        screen.type("\x1b")
        screen.settle()
    screen.type("\x1b\x11")
    assert screen.ended() == 0
    assert_harmless(screen.output)
    shown = [b"title", b"publisher", b"headline", b"claim", b"source", b"said", b"written", b"restated", b"because"]
    shown += [
        b"question",
        b"answer",
        b"passage",
        b"medium",
        b"entity",
        b"Page",
        b"Rule",
        b"link",
        b"second piece",
        b"draft",
    ]
    assert [words for words in shown if words not in screen.output] == []


def test_the_first_question_and_a_message_in_the_corner_are_harmless_too(
    worked: Place, terminal: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name cannot be remembered: what is said about it names the file.
    monkeypatch.delenv("ANNOTATOR_REVIEWER")
    monkeypatch.setenv("ANNOTATOR_CONFIG", f"/proc/config{M.replace('/', '')}.toml")
    screen = terminal()
    screen.wait_for("Who is reviewing")
    screen.type("\x1b[200~b\x9b35m\u202eo\x1b[201~")
    screen.settle()
    screen.type("\r")
    screen.wait_for("the name cannot")
    screen.settle()
    screen.type("\x11")
    screen.ended()
    assert_harmless(screen.output)


COMMANDS = [
    ["import", "FOLDER"],
    ["import", f"nowhere{M}"],
    ["articles"],
    ["find", "ramp"],
    ["near"],
    ["edit", "ID"],
    ["language", "ID"],
    ["report", "progress"],
    ["report", "sources"],
    ["report", "suggestions"],
    ["report", "agreement"],
    ["scheme", "show"],
    ["scheme", "check", "SCHEME"],
    ["scheme", "use", "SCHEME"],
    ["export", "jsonl"],
    ["export", "csv"],
    ["export", "parquet"],
    ["suggesters", "use", f"made-up{M}"],
    ["split", "STORY"],
    ["worth", "STORY"],
    ["remove", "--purge", "ID"],
    ["doctor"],
    ["review", f"what{M}"],
    [f"command{M}"],
    ["articles", f"--option{M}"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]).split("\x1b")[0])
def test_no_command_lets_a_text_steer_the_terminal(
    command: list[str], worked: Place, terminal: Callable[..., Any]
) -> None:
    story = worked.folder / f"story{M.replace('/', '')}.txt"
    story.write_text(f"A new{M} text. The mayor said{M} it holds.\n", encoding="utf-8")
    broken = worked.folder / "broken.jsonl"
    broken.write_text('{"text": 5, "title": "\\u001b[35;9;53m"}\n{"\\u202e": 1}\n', encoding="utf-8")
    scheme = worked.folder / "scheme.toml"
    scheme.write_text('id = "a\\u001b[35;9;53m"\nname = "b\\u202e"\n"\\u009b" = 1\n', encoding="utf-8")
    with closing(open_store(worked.database)) as store:
        article_id = ReviewSession(store, "ana").article_to_review()
    named = {"FOLDER": str(worked.folder), "ID": article_id, "SCHEME": str(scheme), "STORY": str(story)}
    screen = terminal(*(named.get(word, word) for word in command))
    if "--purge" in command:
        screen.wait_for("for good")
        screen.type("n\n")
    screen.ended()
    assert screen.text.strip()
    assert_harmless(screen.output)
