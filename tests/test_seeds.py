"""The sample articles: that each shows what seeds/README.md says it does."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotator.importers import ImportOptions, read_sources
from annotator.model.article import Article

SEEDS = Path(__file__).parent.parent / "seeds"
NAMES = sorted(path.name for path in SEEDS.iterdir() if path.name != "README.md")
LONG = [name for name in NAMES if Path(name).suffix in {".txt", ".md", ".html"}]


def read(name: str) -> str:
    return (SEEDS / name).read_text(encoding="utf-8")


def lines(name: str) -> list[str]:
    return [line for line in read(name).splitlines() if line.strip()]


def records(name: str) -> list[dict[str, str]]:
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in read(name).splitlines()]
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def front_matter(name: str) -> dict[str, str]:
    head = read(name).split("---\n")[1]
    return dict(line.split(": ", 1) for line in head.splitlines())


def imported(name: str) -> list[Article]:
    found = list(read_sources([str(SEEDS / name)], ImportOptions()))
    articles = [item for item in found if isinstance(item, Article)]
    assert articles == found, "a seed that cannot be imported"
    return articles


def words(text: str) -> int:
    return len(re.findall(r"\w[\w’'.,]*", text))


class Words(HTMLParser):
    """The text of each kind of element that a web page holds, outside its head."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.inside: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "img", "br"}:
            self.open.append(" ".join([tag, *(value or "" for name, value in attrs if name == "class")]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().split()[0] == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            self.inside[element] = self.inside.get(element, "") + data


@pytest.fixture(scope="module")
def page() -> dict[str, str]:
    parser = Words()
    parser.feed(read("07-ferry-fire.html"))
    assert not parser.open
    return parser.inside


def test_there_are_seeds_in_every_form_the_tool_reads() -> None:
    assert {Path(name).suffix for name in NAMES} == {".txt", ".md", ".html", ".jsonl", ".csv"}
    assert len(LONG) >= 8


def test_the_readme_names_every_file_and_no_other() -> None:
    rows = [line for line in read("README.md").splitlines() if line.startswith("| [")]
    named = [re.findall(r"\[([^]]+)\]\(([^)]+)\)", row.split("|")[1]) for row in rows]
    assert [links for links in named if len(links) != 1] == []
    assert [links[0][0] for links in named] == NAMES
    assert [links[0][1] for links in named] == NAMES
    assert all(len(row.split("|")[3].strip()) > 40 for row in rows)


@pytest.mark.parametrize("name", [*NAMES, "README.md"])
def test_seeds_are_clean_unicode_text(name: str) -> None:
    text = read(name)
    assert text.endswith("\n")
    assert not re.search(r"[\r\t\ufeff\u00ad\x00-\x08]", text)
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("name", LONG)
def test_long_articles_are_long_and_carry_figures(name: str) -> None:
    text = re.sub(r"<style>.*?</style>|<[^>]*>|^---\n.*?\n---\n", " ", read(name), flags=re.DOTALL)
    assert words(text) >= 400
    assert len(re.findall(r"\d[\d,.]*", text)) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_no_real_agency_and_no_real_address_is_used(name: str) -> None:
    text = read(name)
    assert not re.search(r"\b(Reuters|AFP|Agence France|Associated Press|Bloomberg|BBC|CNN)\b", text)
    hosts = re.findall(r"https?://([^/\s\"]+)|[\w.]+@([\w.]+\w)", text)
    assert all(re.fullmatch(r"([\w-]+\.)*example\.(com|org)", "".join(host)) for host in hosts)


def test_the_wire_story_has_what_stands_around_its_text() -> None:
    headline, byline, caption, credit, lead, *rest = lines("01-harbour-cranes.txt")
    assert headline.endswith("harbour master says")
    assert byline.startswith("By ")
    assert caption.endswith(".")
    assert credit == "Photo: Lena Brackwater/Example Wire"
    assert lead.startswith("PORT HALLORAN, Velmora, March 4 (Example Wire) — ")
    assert rest[-1].startswith("(Reporting by ")


@pytest.mark.parametrize(
    "passage",
    [
        "told Example Wire that",
        "The Castle Mere Courier reported on Wednesday that an engineer",
        "the Courier quoted the engineer as saying",
        "reportedly",
        "who spoke on condition of anonymity",
        "people familiar with the matter",
        "officials said",
        "declined to say",
        "He did not say whether",
        "denied that",
        "did not respond to requests for comment",
        "according to figures published",
        "34%",
    ],
)
def test_the_wire_story_attributes_in_many_ways(passage: str) -> None:
    assert passage in read("01-harbour-cranes.txt")


@pytest.mark.parametrize(
    ("introduction", "first_words", "after"),
    [
        ("The Coast Ledger reports:", ["The log shows", "The reading was", "State rules require"], "That leaves"),
        ("Mayor Lucinda Farrowgate wrote to residents on Friday:", ["I want to be plain"], "The letter does not say"),
    ],
)
def test_block_quotes_that_nothing_closes(introduction: str, first_words: list[str], after: str) -> None:
    paragraphs = lines("02-water-plant.txt")
    at = paragraphs.index(introduction) + 1
    quoted = paragraphs[at : at + len(first_words)]
    for paragraph, start in zip(quoted, first_words, strict=True):
        assert paragraph.startswith(start)
        assert '"' not in paragraph
    assert paragraphs[at + len(first_words)].startswith(after)


def test_the_round_up_uses_straight_quotation_marks_and_ends_in_boilerplate() -> None:
    text = read("02-water-plant.txt")
    assert text.count('"') >= 6
    assert not set(text) & set("“”‘’")
    tail = lines("02-water-plant.txt")[-5:]
    for start, line in zip(["Read more", "Sign up", "Share", "COMMENTS", "©"], tail, strict=True):
        assert line.startswith(start)
    assert "Supposedly" in text
    assert "citing the Channel 6 report" in text


def test_all_other_prose_uses_curly_quotation_marks() -> None:
    for name in LONG:
        if name in {"02-water-plant.txt", "07-ferry-fire.html"}:
            continue
        text = read(name)
        assert '"' not in text, name
        assert text.count("“") >= 2, name


def test_the_interview_alternates_questions_and_answers() -> None:
    turns = [line[:2] for line in (row.removeprefix("**") for row in lines("03-river-interview.md")) if line[1] == ":"]
    assert turns == ["Q:", "A:"] * 8
    assert front_matter("03-river-interview.md")["title"].startswith("‘")
    assert "My professor used to say, “" in read("03-river-interview.md")
    assert "A government source says" in read("03-river-interview.md")


def test_the_opinion_column_speaks_in_its_authors_voice() -> None:
    text = read("04-night-buses-opinion.md")
    assert "*Opinion*" in text
    assert len(re.findall(r"\bI\b", text)) >= 8
    assert "?" in text
    assert "“revellers”" in text
    assert "According to the board’s own survey, 61 per cent" in text


def test_the_table_adds_up_and_the_lists_are_lists() -> None:
    rows = [re.split(r" {2,}", line) for line in lines("05-school-meals-figures.txt") if "    " in line]
    head, *districts, total = rows
    assert head == ["District", "Meals a day", "Cost a meal", "Thrown away"]
    meals = [int(row[1].replace(",", "")) for row in districts]
    costs = [float(row[2].removeprefix("$")) for row in districts]
    wasted = [float(row[3].removesuffix("%")) for row in districts]
    assert len(districts) == 4
    assert total[1] == f"{sum(meals):,}"
    assert total[2] == f"${sum(m * c for m, c in zip(meals, costs, strict=True)) / sum(meals):.2f}"
    assert total[3] == f"{sum(m * w for m, w in zip(meals, wasted, strict=True)) / sum(meals):.1f}%"
    starts = [line.split()[0] for line in lines("05-school-meals-figures.txt")]
    assert starts.count("•") == 5
    assert [start for start in starts if re.fullmatch(r"\d\.", start)] == ["1.", "2.", "3.", "4.", "5."]


@pytest.mark.parametrize(
    ("name", "first_words"),
    [
        ("06-dam-hearing.txt", ["“I was home in bed", "“I asked him", "“So I told him"]),
        ("06-dam-hearing.txt", ["“Because I believed", "“And because"]),
        ("07-ferry-fire.html", ["“He was very kind", "“Then the floor"]),
    ],
)
def test_quotations_over_several_paragraphs_close_once(name: str, first_words: list[str]) -> None:
    paragraphs = [re.sub(r"<[^>]*>", "", line) for line in lines(name)]
    at = next(number for number, line in enumerate(paragraphs) if line.startswith(first_words[0]))
    quoted = paragraphs[at : at + len(first_words)]
    for paragraph, start in zip(quoted, first_words, strict=True):
        assert paragraph.startswith(start)
        assert paragraph.count("“") == 1
    assert ["”" in paragraph for paragraph in quoted] == [False] * (len(quoted) - 1) + [True]


@pytest.mark.parametrize(
    "abbreviation",
    ["U.S. ", "Lt. Gov. ", "Sen. ", "Dr. ", "Mr. ", "No. 3", "a.m. ", "Jan. 20", "St. ", "J. R. ", "Dept. ", "in. "],
)
def test_the_hearing_is_full_of_abbreviations(abbreviation: str) -> None:
    assert abbreviation in read("06-dam-hearing.txt")


def test_the_hearing_credits_a_photo_by_way_of_another_outlet() -> None:
    caption = next(line for line in lines("06-dam-hearing.txt") if line.endswith(")"))
    assert caption.endswith("(Imre Castleford/Example Wire via The Tamarack Observer)")


def test_the_web_page_wraps_its_article_in_everything_else(page: dict[str, str]) -> None:
    assert "cookies" in page["div cookie-banner"]
    assert "Tide tables" in page["nav"]
    assert "Saint Orla towed" in page["aside related"]
    assert "Ladle man" in page["section comments"]
    assert "newsletter" in page["footer"]
    assert "Photo: Greta Holloway/Example Wire" in page["figcaption"]
    assert "no evidence that the surveyor went aboard" in page["blockquote"]
    assert words(page["article"]) >= 400
    for outside in ("cookies", "Tide tables", "Ladle man", "newsletter"):
        assert outside not in page["article"]


def test_the_feature_decrees_intends_believes_and_denies() -> None:
    text = read("08-cottage-hospital.md")
    for cue in (
        "ordered its 41 staff",
        "promises to finish",
        "believes he would",
        "denied that",
        "The estimate assumed",
    ):
        assert cue in text
    assert re.search(r"^> ", text, re.MULTILINE)
    assert re.search(r"^## ", text, re.MULTILINE)
    assert re.search(r"\[[^]]+\]\(https://", text)
    assert re.search(r"(?<!\*)\*[^*\n]+\*(?!\*)", text)


@pytest.mark.parametrize("name", ["09-wire-items.jsonl", "10-city-briefs.csv"])
def test_two_short_items_come_with_their_publication(name: str) -> None:
    items = records(name)
    assert len(items) == 2
    for item in items:
        assert set(item) == {"title", "publisher", "author", "published_at", "url", "language", "text"}
        assert item["language"] == "en"
        assert re.match(r"\d{4}-\d\d-\d\d", item["published_at"])
        assert item["text"].count("\n\n") >= 2
        assert words(item["text"]) >= 80


def test_the_wire_items_open_with_datelines() -> None:
    assert all(
        re.match(r"[A-Z ]+, \w+, \w+ \d+ \(Example Wire\) — ", row["text"]) for row in records("09-wire-items.jsonl")
    )


@pytest.mark.parametrize("name", LONG)
def test_a_long_seed_is_imported_as_one_long_article(name: str) -> None:
    (article,) = imported(name)
    assert words(article.text) >= 400


@pytest.mark.parametrize("name", ["09-wire-items.jsonl", "10-city-briefs.csv"])
def test_a_seed_of_two_items_is_imported_with_all_their_fields(name: str) -> None:
    for article, item in zip(imported(name), records(name), strict=True):
        publication = article.publication
        assert article.text == f"{item['title']}\n\n{item['text']}"
        assert article.language == item["language"]
        assert publication.title == item["title"]
        assert publication.publisher == item["publisher"]
        assert publication.author == item["author"]
        assert publication.url == item["url"]
        assert publication.published_at == item["published_at"]


@pytest.mark.parametrize("name", [name for name in LONG if name.endswith(".md")])
def test_a_markdown_seed_is_imported_with_its_front_matter_and_without_its_marks(name: str) -> None:
    (article,) = imported(name)
    given = front_matter(name)
    assert article.text.startswith(given["title"])
    assert article.publication.author == given["author"]
    assert article.publication.publisher == given["publisher"]
    assert article.publication.published_at == given["published_at"]
    assert not re.search(r"\*\*|^#|^>|^---|\]\(", article.text, re.MULTILINE)


def test_the_web_page_is_imported_without_what_surrounds_its_article() -> None:
    (article,) = imported("07-ferry-fire.html")
    assert article.publication.title.startswith("Ferry crew fought")
    assert article.publication.publisher == "The Sandmouth Gazette"
    assert article.publication.author == "Niall Trevanion"
    assert article.publication.published_at.startswith("2026-03-19")
    assert "He reportedly broke the glass with a ladle." in article.text
    for outside in ("cookies", "Tide tables", "towed into Sandmouth", "Ladle man", "newsletter"):
        assert outside not in article.text
