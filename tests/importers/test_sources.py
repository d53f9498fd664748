from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ImportFailure
from annotator.importers import FORMATS, ImportOptions, PassedOver, read_sources
from annotator.model.article import Article

OPTIONS = ImportOptions()


def told(sources: Sequence[object], options: ImportOptions = OPTIONS, stdin: bytes = b"") -> list[str]:
    """What comes of the sources: texts, and the messages of failures."""
    items = read_sources([str(source) for source in sources], options, lambda: stdin)
    return [_told(item) for item in items]


def _told(item: Article | ImportFailure | PassedOver) -> str:
    if isinstance(item, PassedOver):
        return f"{item.origin}: {item.reason}"
    return item.text if isinstance(item, Article) else str(item)


def test_the_formats_that_the_documentation_names_are_all_there_are() -> None:
    assert list(FORMATS) == ["text", "markdown", "html", "jsonl", "json", "csv", "parquet", "docx", "odt", "rtf", "pdf"]
    suffixes = [suffix for row in FORMATS.values() for suffix in row.suffixes]
    assert len(set(suffixes)) == len(suffixes)


def test_every_format_and_suffix_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "importing.md"
    words = page.read_text(encoding="utf-8")
    for row in FORMATS.values():
        for name in (row.name, *row.suffixes):
            assert f"`{name}`" in words


def test_a_file_is_read_by_its_suffix_and_named_as_given(tmp_path: Path) -> None:
    path = tmp_path / "a.MD"
    path.write_text("# Storm\n\nBody.", encoding="utf-8")
    (article,) = read_sources([str(path)], OPTIONS)
    assert isinstance(article, Article)
    assert (article.text, article.origin) == ("Storm\n\nBody.", str(path))


def test_a_directory_is_walked_in_order_and_a_failure_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name, data in {
        "c.txt": b"Third.",
        "b/a.jsonl": b'{"text": "Second."}',
        "a.txt": b"First.",
        "bad.txt": b"",
        "photo.jpg": b"\xff\xd8\xff",
        ".hidden/a.txt": b"Never.",
        ".a.txt": b"Never.",
        "README.md": b"# About these files",
    }.items():
        (tmp_path / name).write_bytes(data)
    *lines, photo = told([tmp_path])
    assert lines == ["First.", "Second.", f"{tmp_path / 'bad.txt'}: empty: there is nothing in it", "Third."]
    assert photo.startswith(f"{tmp_path / 'photo.jpg'}: passed over: files ending in .jpg are not known")


def test_a_directory_with_nothing_to_import_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    photo, line = told([tmp_path])
    assert "photo.jpg: passed over" in photo
    assert "nothing to import in this directory" in line
    assert ".jsonl" in line


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent.txt", "no such file"),
        ("photo.jpg", "files ending in .jpg are not known"),
        ("letter.doc", "save it as docx or odt, and import that"),
        ("a.txt/b.txt", "no such file"),
        ("n\0.txt", "NUL"),
        ("x" * 300 + ".txt", "too long"),
        ("absent.jpg", "no such file"),
    ],
)
def test_what_cannot_be_opened_is_one_line_and_the_next_source_follows(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "letter.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    line, text = told([f"{tmp_path}/{name}", tmp_path / "a.txt"])
    assert reason in line
    assert text == "Words."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_devices_and_links_in_a_ring_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "ring.txt").symlink_to("ring.txt")
    (tmp_path / "around").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "lost.txt").symlink_to("nowhere.txt")
    lines = told([tmp_path, "/dev/zero"], ImportOptions(format="text"))
    assert [line.rpartition("/")[2].split(":")[0] for line in lines] == ["lost.txt", "pipe.txt", "ring.txt", "zero"]
    assert [line.split(": ")[1] for line in lines] == [
        "no such file",
        "not a regular file",
        "a symbolic link that leads to itself",
        "not a regular file",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words.", encoding="utf-8")
    path.chmod(0)
    assert "no permission" in told([path])[0]


def test_a_refusal_by_the_system_is_put_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    path = tmp_path / "a.txt"
    path.write_text("Words.", encoding="utf-8")
    monkeypatch.setattr("annotator.importers.files.os.open", refuse)
    assert told([path]) == [f"{path}: no permission to read it: check who may (ls -l)"]


def test_a_forced_format_goes_before_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.article"
    path.write_text("# Storm", encoding="utf-8")
    assert told([path, tmp_path], ImportOptions(format="markdown")) == ["Storm", "Storm"]
    assert "no format 'word' (known: text, markdown" in told([path], ImportOptions(format="word"))[0]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Plain words.", "Plain words."),
        (b"{curly} words.", "{curly} words."),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>A page.</p>", "A page."),
        (b'{"text": "A line."}\n', "A line."),
        (b'[\n {"text": "An item."}\n]', "An item."),
        (b'{\n "text": "An object."\n}', "An object."),
    ],
)
def test_standard_input_is_known_by_its_content(data: bytes, text: str) -> None:
    assert told(["-"], stdin=data) == [text]


def test_a_file_without_a_suffix_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "article"
    path.write_bytes(b"<html><body><p>A page.</p>")
    assert told([path]) == ["A page."]


def test_a_name_in_bytes_that_are_no_text_can_be_stored(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text("Words.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes names in Unicode only")
    (article,) = read_sources([str(tmp_path)], OPTIONS)
    assert isinstance(article, Article)
    assert article.origin.encode().endswith("caf\ufffd.txt".encode())


PIECES = st.sampled_from(
    (
        r'text,title|{"text":|"a b"|}|[|]|,|"|\ud800|'
        "<p>|<blockquote>|<q>|<pre>|<table><tr><td>|<li>|<br>|&nbsp;|"
        "---\n|title: x\n|# |> |*|_|`|](|)|=\n|\n|\r|\0|\x1b|word. |\xff\xfe|\xef\xbb\xbf|\xe9"
    )
    .encode("latin-1")
    .split(b"|")
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=30).map(b"".join)),
    st.sampled_from([*FORMATS, ""]),
    st.booleans(),
)
def test_any_bytes_as_any_format_are_articles_or_failures_of_one_line(data: bytes, name: str, unwrap: bool) -> None:
    items = list(read_sources(["-"], ImportOptions(format=name, unwrap=unwrap, max_bytes=10_000), lambda: data))
    assert items
    for item in items:
        if isinstance(item, ImportFailure):
            assert item.reason
            continue
        assert isinstance(item, Article)
        assert item.text.strip()
        at = 0
        for hint in item.hints:
            assert at <= hint.span.start
            assert hint.span.slice(item.text).strip()
            at = hint.span.end


MAIL = "Return-Path: <a@sela.example>\r\nSubject: a long\r\n line\r\nMIME-Version: 1.0\r\n\r\nThe ramp is shut.\r\n"
FEED = '<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>Ramp shut</title></item></channel></rss>'
NEWSWIRE = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><p>The ramp is shut.</p></newsItem>'


@pytest.mark.parametrize("data", [MAIL, FEED, NEWSWIRE])
def test_what_holds_an_article_among_much_else_is_no_text(tmp_path: Path, data: str) -> None:
    path = tmp_path / "story"
    path.write_text(data, encoding="utf-8")
    for source in ("-", str(path)):
        (failure,) = read_sources([source], ImportOptions(), data.encode)
        assert isinstance(failure, ImportFailure)
        assert "save the article in it as text or html" in str(failure)


def test_a_conversation_with_the_line_ends_of_windows_is_read_without_trying_every_way_to_end_its_lines() -> None:
    # Two ways to end each line were 2 ** 2000 ways to begin an e-mail.
    (article,) = read_sources(["-"], ImportOptions(), lambda: b"ANNA: The ramp is shut.\r\n" * 2000 + b"So it is.")
    assert isinstance(article, Article)
    assert article.text.count("ANNA") == 2000


@pytest.mark.parametrize("suffix", [".eml", ".rss", ".xml"])
def test_the_refusal_of_mail_and_feeds_says_what_to_save_them_as(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"story{suffix}"
    path.write_text(MAIL, encoding="utf-8")
    (failure,) = read_sources([str(path)], ImportOptions(), bytes)
    assert str(failure).endswith("save it as text or html, and import that")


@pytest.mark.parametrize(
    "data",
    [
        "Subject: to a vote\nThe ramp is shut.",
        '<?xml version="1.0"?><!-- by hand --><!DOCTYPE html><html><body><p>The ramp is shut.</p></body></html>',
    ],
)
def test_a_text_with_a_colon_and_a_page_with_a_comment_are_read(data: str) -> None:
    (article,) = read_sources(["-"], ImportOptions(), data.encode)
    assert isinstance(article, Article)
    assert "<" not in article.text
