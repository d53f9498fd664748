"""Matching over a collection of 300 fact-checks of our own, a dozen of which are about the seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.matching import agreeing
from annotator.model.check import Sought
from annotator.workflow.fact_checks.check_files import checks_in_memory
from annotator.workflow.fact_checks.check_matching import Checks, matches

COLLECTION = Path(__file__).parents[1] / "data" / "fact_checks.jsonl"


def unexpected(failure: Exception) -> None:
    raise failure


@pytest.fixture(scope="module")
def collection() -> Iterator[Checks]:
    with checks_in_memory(str(COLLECTION), unexpected) as checks:
        yield checks


def best(collection: Checks, text: str, **said: str) -> tuple[str, float, str]:
    found = matches(collection, Sought(text, **said), 5)
    return found[0].check.url.rpartition("/")[2], found[0].score, ", ".join(found[0].why)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The berth handled 212,000 containers last year, or 34% of the harbour’s traffic, according to figures "
            "published in January by the Velmora Ports Authority.",
            "halloran-berth-share",
        ),
        (
            "For eleven days in January, the tap water of about 58,000 people in Ashgrove, Tamarack, carried more "
            "nitrate than state law allows.",
            "ashgrove-nitrate",
        ),
        ("Until 2019 Sandmouth had eleven night routes.", "night-bus-routes"),
        ("an evening passenger costs the city 7.20 crowns and pays 1.80", "night-bus-cost"),
        (
            "Schools in the four largest districts of Tamarack throw away almost 6,000 untouched or half-eaten meals "
            "a day, the state auditor said on Tuesday",
            "school-meals-waste",
        ),
        (
            "Last winter’s flood was the highest since measurements began in 1904, yet in the market town of Lower "
            "Stell the water reached nine.",
            "ambrel-measurements",
        ),
        ("an ambulance from Saltmarsh would reach Ellersby in 34 minutes", "cottage-minutes"),
    ],
)
def test_a_claim_of_the_seeds_is_found(collection: Checks, text: str, wanted: str) -> None:
    slug, score, _ = best(collection, text)
    assert slug == wanted
    assert score > 0.5


def test_what_is_about_something_else_is_not_said_to_match(collection: Checks) -> None:
    for text in ("He bought a second-hand accordion.", "The cat sat still.", "Nobody answered on Monday."):
        assert all(each.score < 0.5 for each in matches(collection, Sought(text), 5))


def test_nothing_matches_a_text_without_words_that_are_known(collection: Checks) -> None:
    assert matches(collection, Sought("zzxqv"), 5) == []
    assert matches(collection, Sought(""), 5) == []
    assert matches(collection, Sought('" * NEAR( ^'), 5) == []


def test_a_denial_of_the_claim_is_said_to_be_one(collection: Checks) -> None:
    found = matches(collection, Sought("Maren Oakhurst was warned in writing that a gate of the dam could jam."), 2)
    why = {each.check.url.rpartition("/")[2]: each.why for each in found}
    assert "negated" in why["dam-never-warned"]
    assert "negated" not in why["dam-warned-twice"]


def test_numbers_and_years_are_compared(collection: Checks) -> None:
    _, _, why = best(collection, "Berth 4 at Port Halloran handled 212,000 containers in 2019.")
    assert "same number (" in why
    assert "212000" in why
    _, _, why = best(collection, "An ambulance from Saltmarsh reaches Ellersby in 71 minutes.")
    assert "other number (34, not 71)" in why or "same number (71)" in why
    _, _, why = best(collection, "Thrown-away school meals cost Tamarack's taxpayers $1.1 million in 2025.")
    assert "other year (2021, not 2025)" in why


def test_a_number_that_is_another_is_named_also_where_others_agree(collection: Checks) -> None:
    _, _, why = best(collection, "Berth 4 handled 112,000 containers last year, 34% of Port Halloran's traffic.")
    assert "same number (34, 4)" in why
    assert "other number (212000, not 112000)" in why


def test_a_speaker_and_a_date_are_compared_where_they_are_known(collection: Checks) -> None:
    text = "Maren Oakhurst was warned in writing, twice, that a gate of the Larch Hollow Dam could jam."
    _, _, why = best(collection, text, speaker="Walt Venning", date="2026-01-20")
    assert "the same sentence" in why
    assert "same speaker (Walt Venning)" in why
    assert "checked 5 days later" in why
    _, _, why = best(collection, text, speaker="Edda Korhollen")
    assert "other speaker (Walt Venning)" in why


def test_a_post_says_itself_who_wrote_it_and_when(collection: Checks) -> None:
    post = (
        "Half our imports stuck because #PortHalloran closed a berth!! https://t.co/x — Walt Venning (@wvenning) "
        "March 4, 2026"
    )
    slug, _, why = best(collection, post)
    assert slug == "halloran-tenth-of-imports"
    assert "checked on" in why or "checked 1 days later" in why or "checked 1 day later" in why


def test_spelling_and_endings_do_not_hide_a_check(collection: Checks) -> None:
    slug, _, _ = best(collection, "Ambulances reaching Ellersby from Saltmarsh need thirty-four minutes")
    assert slug == "cottage-minutes"


def test_the_same_input_gives_the_same_answer_in_the_same_order(collection: Checks) -> None:
    sought = Sought("The swimming pool of Oldmere loses water, said Orla Fenwright.")
    with checks_in_memory(str(COLLECTION), unexpected) as again:
        assert matches(again, sought, 10) == matches(collection, sought, 10)


@pytest.mark.parametrize(
    ("said", "own", "language", "marked"),
    [
        (
            "Berth 4 handled 212,000 containers, it said.",
            "The port’s berths handle 212,000 containers; it said so.",
            "en",
            ["Berth", "handled", "212,000", "containers", "said"],
        ),
        ("Die Häfen sind zu.", "„Der Hafen“ ist zu.", "de", ["Häfen"]),
        ("大阪の港は閉鎖", "港は大阪", "ja", ["大阪", "港は"]),
        ("", "The berth", "", []),
        ("A tax on those with cars", "Those with cars owe the tax", "", ["tax", "cars"]),
        ("Fluten wurden seltener", "Seltener wurden Fluten", "de", ["Fluten", "seltener"]),
        ("Le pont était fermé", "Il était fermé, le pont", "fr", ["pont", "fermé"]),
        ("El puente estaba cerrado", "Estaba cerrado el puente", "es", ["puente", "cerrado"]),
        ("Satama on auki", "Satama on nyt auki", "fi", ["Satama", "auki"]),
    ],
)
def test_the_words_that_agree_are_known_whatever_their_endings(
    said: str, own: str, language: str, marked: list[str]
) -> None:
    assert [span.slice(said) for span in agreeing(said, own, language)] == marked


def test_small_words_are_not_named_among_those_that_both_have(tmp_path: Path) -> None:
    # In a collection of two checks every word is rare.
    rows = tmp_path / "two.jsonl"
    ferries = '{"claim": "Ferries were sent round by the river."}'
    rows.write_text(
        f'{ferries}\n{{"claim": "Die Fähre fuhr langsam auf dem Fluss.", "language": "de"}}\n', encoding="utf-8"
    )
    with checks_in_memory(str(rows), unexpected) as two:
        found = matches(two, Sought("The ferry went round, by the river: ferries were there."), 1)
        german = matches(two, Sought("Auf dem Fluss fuhr langsam eine Fähre.", language="de"), 2)
    assert found[0].why[-1] == "same words (Ferries, river, round)"
    assert german[0].why[-1] == "same words (fuhr, langsam)"
