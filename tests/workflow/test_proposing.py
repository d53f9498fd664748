from __future__ import annotations

import pytest

from annotator.model.article import Block, BlockKind, Publication
from annotator.model.attribution import Anonymity, Attribution
from annotator.model.review import ArticleReview
from annotator.model.scheme import default_scheme
from annotator.model.source import Registry, SourceEntity, SourceKind
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.model.suggestion import AttributionSuggestion
from annotator.workflow.naming.kind_guess import guessed_kind
from annotator.workflow.naming.proposing import SourceProposal, _mentions, propose

DUARTE = SourceEntity("1", "Ines Duarte", SourceKind.PERSON, ("I. Duarte",))
BOARD = SourceEntity("2", "board", SourceKind.ORGANISATION, article_id="elsewhere")
SOURCE = SourceEntity("3", "source", SourceKind.UNNAMED)


def proposals(
    text: str,
    *entities: SourceEntity,
    about: str | None = None,
    publisher: str = "",
    assigned: dict[str, str] | None = None,
    anonymity: Anonymity = Anonymity.NAMED,
    headline: bool = False,
) -> list[SourceProposal]:
    """What is proposed for the last source in braces (or the one `about`), where each {source} says something."""
    plain, spans = "", []
    for piece in text.split("{"):
        source, brace, rest = piece.partition("}")
        if brace:
            spans.append(Span(len(plain), len(plain) + len(source)))
        plain += source + rest if brace else piece
    made = [
        Attribution(f"a{n}", (span,), Span(span.end + 1, span.end + 2), (Span(0, 1),), anonymity=anonymity)
        for n, span in enumerate(spans)
    ]
    wanted = next((a for a in made if a.source[0].slice(plain) == about), made[-1])
    blocks, at = [], 0
    for line in plain.split("\n"):
        kind = BlockKind.HEADLINE if headline and not at else BlockKind.BODY
        blocks.append(Block(Span(at, at + len(line)), kind))
        at += len(line) + 1
    given = assigned or {}
    mine = tuple(a for a in made if a.source[0].slice(plain) in given)
    suggested = tuple(
        (a.id, AttributionSuggestion(a, "by hand", 1.0)) for a in made if a not in mine and a is not wanted
    )
    article = StoredArticle(
        "here", plain, (Publication(publisher=publisher),), "", "", tuple(blocks), (), (), suggested
    )
    review = ArticleReview(
        article,
        "ana",
        default_scheme(),
        attributions=mine,
        sources={a.id: given[a.source[0].slice(plain)] for a in mine},
    )
    return propose(review, wanted, Registry().changed(entities))


def best(text: str, *entities: SourceEntity, **more: object) -> tuple[str, str, bool]:
    """Name and kind of the best proposal, and whether it is sure."""
    found = proposals(text, *entities, **more)[0]  # type: ignore[arg-type]
    return found.entity.name, found.entity.kind.value, found.sure


def test_a_known_name_or_alias() -> None:
    for mention in ("Ines Duarte", "Minister INES DUARTE", "“I. Duarte”", "the harbour master, Ines Duarte,"):
        (found, *_) = proposals(f"{{{mention}}} said so.", DUARTE)
        assert found.entity is DUARTE
        assert (found.known, found.sure, found.reason) == (True, True, "the same name")


def test_a_new_source_is_proposed_without_title_and_apposition() -> None:
    assert best("{Harbour master Ines Duarte, 52,} said so.") == ("Ines Duarte", "person", True)


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("2024 the Northshore Health Board", "Northshore Health Board"),
        ("But the Northshore Health Board’s", "Northshore Health Board"),
        ("the Northshore Health Board itself (the board", "Northshore Health Board"),
    ],
)
def test_a_new_source_is_called_as_a_newsroom_would_write_it(mention: str, name: str) -> None:
    assert best(f"{{{mention}}} said so.") == (name, "organisation", True)


def test_a_name_inside_a_description_is_not_who_is_described() -> None:
    for mention, name, kind in (
        (
            "an engineer employed by the contractor, Dunmore & Vale,",
            "engineer employed by the contractor",
            "unnamed",
        ),
        ("two people close to the company, Acme Corp,", "two people close to the company", "group"),
    ):
        assert best(f"{{{mention}}} said so.", anonymity=Anonymity.DESCRIBED)[:2] == (name, kind)


def test_a_count_or_a_date_is_nobody() -> None:
    assert proposals("{6 (unnamed)} said so.") == []
    assert proposals("{Last week} said so.") == []
    assert proposals("{Ines Duarte} spoke. {41%} agreed. {She} left.")[0].entity.name == "Ines Duarte"


def test_a_surname_is_whoever_the_article_named_before() -> None:
    text = "{Ines Duarte, harbour master,} said so. {Bram Vale} denied it. {Duarte} insisted."
    assert best(text) == ("Ines Duarte", "person", True)
    assert best(text, DUARTE, assigned={"Ines Duarte, harbour master,": "1"})[0] == "Ines Duarte"


def test_a_source_of_a_name_that_is_there_is_not_offered_as_a_new_one() -> None:
    courier = SourceEntity("7", "Castle Mere Courier", SourceKind.PUBLISHER)
    assert [p.entity for p in proposals("{The Castle Mere Courier} wrote it.", courier)] == [courier]
    namesakes = [SourceEntity(id_, "Ines Duarte", SourceKind.PERSON) for id_ in "89"]
    found = proposals("{Ines Duarte} said so. {Duarte} insisted.", *namesakes, about="Duarte")
    assert {proposal.entity.id for proposal in found} == {"8", "9", ""}
    assert not found[0].sure


def test_a_headline_is_told_by_what_follows() -> None:
    assert best("{Duarte} warns of flood\n{Ines Duarte} said so.", about="Duarte") == ("Ines Duarte", "person", True)


@pytest.mark.parametrize(
    ("mention", "follows"),
    [
        ("harbour master", "{Ines Duarte, the harbour master,} said so."),
        ("Harbour Master", "{Ines Duarte, harbour master of Sela,} said so. {Bram Vale, an aide to her,} did not."),
        ("the engineer", "{Ines Duarte, the chief engineer,} said so."),
        ("engineer", "{Engineer Ines Duarte} said so."),
        ("harbour master", "Nobody knew. Ines Duarte, the harbour master, came. {She} said so."),
        ("harbour master", "The harbour master, Ines Duarte, came. {Nobody} knew."),
    ],
)
def test_a_role_in_a_headline_is_whom_the_body_names_with_it(mention: str, follows: str) -> None:
    assert best(f"Bridge unsafe, {{{mention}}} says\n{follows}", about=mention, headline=True) == (
        "Ines Duarte",
        "person",
        True,
    )


def test_a_role_that_nobody_or_more_than_one_has_is_not_sure_to_be_anybody() -> None:
    text = "Bridge unsafe, {engineer} says\n{Ines Duarte, an engineer,} said so, and {Bram Vale, an engineer,} too."
    found = proposals(text, about="engineer", headline=True)
    assert {proposal.entity.name for proposal in found[:2]} == {"Bram Vale", "Ines Duarte"}
    assert not found[0].sure
    other = "Bridge unsafe, {harbour master} says\n{Ines Duarte, an aide to the harbour master,} said so."
    assert best(other, about="harbour master", headline=True)[0] == "harbour master"
    police = "Bridge unsafe, {police} say\n{Ines Duarte, a police spokeswoman,} said so."
    assert best(police, about="police", headline=True)[0] == "police"


def test_a_role_of_several_words_is_found_in_the_body_too() -> None:
    assert best("{Ines Duarte, the harbour master,} said so. {The harbour master} went on.")[0] == "Ines Duarte"
    assert best("{Ines Duarte of the World Bank} said so. {The World Bank} went on.")[0] == "World Bank"


def test_a_headline_does_without_the_before_what_an_organisation_is() -> None:
    text = "{Board} says no\n{The Northshore Health Board} said so."
    assert best(text, about="Board", headline=True) == ("Northshore Health Board", "organisation", True)


def test_a_surname_whose_full_name_only_the_text_gives() -> None:
    assert best("The gate was built by Walt Venning. {Venning} said so.") == ("Walt Venning", "person", True)


def test_two_of_one_surname_are_not_told_apart() -> None:
    found = proposals("{Ines Duarte} and {Bram Duarte} came. {Duarte} said so.")
    assert [proposal.entity.name for proposal in found] == ["Bram Duarte", "Ines Duarte", "Duarte"]
    assert not found[0].sure


def test_a_surname_alone_is_proposed_and_not_taken_for_a_known_person() -> None:
    found = proposals("{Minister Duarte} said so.", DUARTE)
    assert found[0].entity is DUARTE
    assert not found[0].sure
    assert best("{Maria Duarte} said so.", DUARTE) == ("Maria Duarte", "person", True)


def test_a_pronoun_is_whoever_was_named_last_and_fits() -> None:
    assert best("{Ines Duarte} said so. {The ministry} denied it. {She} insisted.") == ("Ines Duarte", "person", True)
    assert best("{Ines Duarte} spoke. {Mr. Bram Vale} came. {She} said.") == ("Ines Duarte", "person", True)
    assert best("{The ministry} spoke. {Ines Duarte} came. {It} said.") == ("ministry", "organisation", False)


def test_who_is_called_she_is_not_he() -> None:
    text = "{Bram Vale} spoke. {Ines Duarte} did. {She} went on. {He} laughed."
    vale = SourceEntity("9", "Bram Vale", SourceKind.PERSON)
    known = {"Ines Duarte": "1", "She": "1", "Bram Vale": "9"}
    assert best(text, DUARTE, vale, assigned=known)[0] == "Bram Vale"


def test_a_pronoun_far_from_any_name_is_not_sure() -> None:
    (found,) = proposals("{Ines Duarte} said so.\nOne.\nTwo.\nThree.\n{She} insisted.")
    assert (found.entity.name, found.sure) == ("Ines Duarte", False)
    assert proposals("{She} insisted.") == []
    assert proposals("{Who} said so?") == []


def test_the_outlet_itself_and_its_short_name() -> None:
    for mention in ("the newspaper", "Castle Mere Courier"):
        assert best(f"It went, {{{mention}}} said.", publisher="Castle Mere Courier") == (
            "Castle Mere Courier",
            "publisher",
            True,
        )
    assert best("{The Castle Mere Courier} wrote it. {the Courier} said.")[:2] == ("Castle Mere Courier", "publisher")


def test_what_somebody_is_and_what_an_organisation_is() -> None:
    assert best("{The mayor, Gethin Rusk,} said so. {The mayor} went on.") == ("Gethin Rusk", "person", True)
    assert best("{The Northshore Health Board} met. {the board} said.") == (
        "Northshore Health Board",
        "organisation",
        True,
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{Vale & Co} cut its fares. {The company} said so.", "Vale & Co"),
        ("{Sela Airways} cut its fares. {The airline} said so.", "Sela Airways"),
        ("{The Foreign Office} wrote. {The ministry} said so.", "Foreign Office"),
        ("{Castle Mere Ferries, the operator,} wrote. {The operator} said so.", "Castle Mere Ferries"),
        ("The operator Castle Mere Ferries ran late. {The operator} said so.", "Castle Mere Ferries"),
        ("{Sela Television} wrote. {The broadcaster} said so.", "Sela Television"),
    ],
)
def test_the_company_is_the_body_named_before(text: str, name: str) -> None:
    (found, *_) = proposals(text)
    assert (found.entity.name, found.sure) == (name, True)


def test_the_bank_is_no_ministry_and_no_surname() -> None:
    for before in ("{The Ministry of Health} wrote.", "{Sela Airways} wrote.", "Ines Duarte came. {Duarte} wrote."):
        assert [found.entity.name for found in proposals(f"{before} {{The bank}} said so.")] == ["bank"]


def test_which_of_two_banks_is_asked() -> None:
    found = proposals("{Vale Savings Bank} wrote. {The Bank of Sela} wrote. {The lender} said so.")
    assert [each.entity.name for each in found[:2]] == ["Bank of Sela", "Vale Savings Bank"]
    assert not any(each.sure for each in found)


def test_what_is_no_proper_name_is_the_articles_own() -> None:
    found = proposals("{The board} said so.", BOARD)
    assert (found[0].entity.name, found[0].known, found[0].entity.article_id) == ("board", False, "here")
    assert found[1].entity is BOARD
    here = SourceEntity("4", "board", SourceKind.ORGANISATION, article_id="here")
    assert proposals("{The board} said so.", BOARD, here)[0].entity is here


def test_somebody_unnamed_is_how_they_are_called() -> None:
    (found, *_) = proposals("{A source} said so.", SOURCE, anonymity=Anonymity.UNNAMED)
    assert found.entity is SOURCE
    assert found.sure


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("Ines Duarte", "person"),
        ("Minister Duarte", "person"),
        ("The mayor, Gethin Rusk,", "person"),
        ("the World Bank", "organisation"),
        ("Ministry of Health", "organisation"),
        ("NATO", "organisation"),
        ("Vale & Co", "organisation"),
        ("a spokesman", "unnamed"),
        ("a company spokeswoman", "unnamed"),
        ("critics", "unnamed"),
        ("residents", "group"),
        ("the Democrats", "group"),
        ("two officials", "group"),
        ("a report by the auditors", "document"),
        ("The letter", "document"),
        ("Reuters", "publisher"),
        ("The Castle Mere Courier", "publisher"),
        ("Forces", "group"),
        ("Syrian Democratic Forces", "group"),
        ("Border Guards", "group"),
        ("Treasury", "organisation"),
        ("Britain’s Treasury", "organisation"),
        ("Norway’s Norrbank", "organisation"),
        ("the bank", "organisation"),
        ("the insurer", "organisation"),
        ("Castle Mere Ferries", "organisation"),
        ("Pilots Without Borders", "organisation"),
        ("Help the Sailors", "organisation"),
        ("Downing Street", "organisation"),
        ("the broadcaster", "publisher"),
        ("public broadcaster NRK", "publisher"),
        ("Trump’s National Security Adviser Ana Lima", "person"),
        ("", "unnamed"),
    ],
)
def test_the_kind_is_guessed(mention: str, kind: str) -> None:
    assert guessed_kind(mention).value == kind


def test_the_articles_own_publisher_is_one() -> None:
    assert guessed_kind("Quillfeather", publisher="The Quillfeather") is SourceKind.PUBLISHER


@pytest.mark.parametrize("words", ["Brussels", "the Philippines", "Honduras"])
def test_a_place_that_ends_like_a_plural_is_no_group(words: str) -> None:
    assert guessed_kind(words) is SourceKind.ORGANISATION


@pytest.mark.parametrize("words", ["the state", "the university"])
def test_a_word_of_somebodys_description_is_no_role_of_hers(words: str) -> None:
    text = f"{{Lorna Hale, a law professor at Tamarack State University,}} said no. {{{words}}} has not answered."
    assert "Lorna Hale" not in [found.entity.name for found in proposals(text) if found.sure]


def test_what_an_article_suggests_is_gone_through_once_for_all_its_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(words: str, anonymity: Anonymity, publisher: str) -> SourceKind:
        asked.append(words)
        return guessed_kind(words, anonymity, publisher)

    made = [Attribution(f"a{n}", (Span(n, n + 3),), Span(9, 10), (Span(20, 30),)) for n in (0, 4, 12)]
    suggested = tuple((a.id, AttributionSuggestion(a, "by hand", 1.0)) for a in made)
    article = StoredArticle("once", "Ann Bob the Eve spoke about it.", (), "", "", (), (), (), suggested)
    monkeypatch.setattr("annotator.workflow.naming.proposing.guessed_kind", noted)
    found = [
        [mention.text for mention in _mentions(ArticleReview(article, "ana", default_scheme()), Registry())]
        for _ in range(2)
    ]
    assert found == [["Ann", "Bob", "Eve"]] * 2
    assert asked == ["Ann", "Bob", "Eve"]
