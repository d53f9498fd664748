from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from annotator.editing.draft import Draft, drafts_at
from annotator.model.attribution import Anonymity, Attribution, Form, Role
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.review import ArticleReview
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion
from annotator.tui.card import Card
from annotator.tui.claim_view import claim_view
from annotator.tui.widgets.claim_lines import claim_lines, judged_in_few

INES = 2


def card(review: ArticleReview, index: int, **more: object) -> Card:
    return replace(Card(review, index, review.state(review.claims[index], "both")), **more)  # type: ignore[arg-type]


def rows(card: Card, width: int = 60, *, wide: bool = True) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in claim_lines(claim_view(card), width, wide=wide)]


def row(card: Card, label: str, *, wide: bool = True) -> str:
    """The first row that begins with the label, without it."""
    found = next(line for line in rows(card, wide=wide) if line.strip("▸ ").startswith(label))
    return found.strip("▸ ").removeprefix(label).strip()


def judged(review: ArticleReview, index: int, **facets: object) -> ArticleReview:
    claim = review.claims[index]
    return replace(review, judgements={claim.id: replace(Judgement(), **facets)})  # type: ignore[arg-type]


def kept(review: ArticleReview, **changes: object) -> ArticleReview:
    """The suggested attribution of Ines Duarte, kept with changes."""
    made = replace(review.article.attributions[0][1].attribution, id="mine", **changes)  # type: ignore[arg-type]
    return replace(review, attributions=(made,))


def verdict_on(review: ArticleReview, index: int, verdict: Verdict) -> ArticleReview:
    claim = review.claims[index]
    return replace(review, verdicts={**review.verdicts, (claim.id, verdict.target): verdict})


def test_the_title_says_which_claim_and_how_far_it_is(review: ArticleReview) -> None:
    assert "Claim 3 of 6" in rows(card(review, INES))[0]
    assert "to do" in rows(card(review, INES))[0]
    assert "done" in rows(card(judged(review, 0, worth="0", voice="author"), 0))[0]
    assert "passed over" in rows(card(judged(review, 0, skipped=True), 0))[0]
    assert "⚑" in rows(card(judged(review, 0, flag=True), 0))[0]


def test_in_a_narrow_panel_the_title_leaves_out_how_many_claims_there_are(review: ArticleReview) -> None:
    waiting = replace(claim_view(card(review, INES)), state="awaiting verdict")
    for width in (40, 42, 43, 80):
        title = "".join(text for text, _ in claim_lines(waiting, width, wide=False, more="*")[0])
        assert cell_len(title) == width
        assert title.endswith(" awaiting verdict ─")
        assert title.startswith("─ Claim 3 of 6 ─" if width > 42 else "─ Claim 3 ─")


def test_in_a_narrow_panel_the_title_of_a_flagged_claim_says_how_far_it_is(review: ArticleReview) -> None:
    begun = replace(claim_view(card(review, INES)), state="in progress", flagged=True)
    for width in (36, 40, 44, 60):
        title = "".join(text for text, _ in claim_lines(begun, width, wide=False, more="*")[0])
        assert cell_len(title) == width
        assert title.endswith("⚑ flagged in progress ─" if width > 43 else "⚑ in progress ─")


def test_a_suggested_attribution_is_marked_as_one(review: ArticleReview) -> None:
    shown = card(review, INES)
    assert row(shown, "Says") == "? Ines Duarte"
    assert row(shown, "Cue") == "told → the Sela Post"
    assert row(shown, "Said") == "that two cables had “lost tension”"
    assert row(shown, "Form") == "mixed · named · statement"
    styles = {style for line in claim_lines(claim_view(shown), 60, wide=True) for _, style in line}
    assert {"source suggested", "cue suggested", "content suggested"} <= styles


def test_a_kept_attribution_is_not_marked_and_says_what_it_is(review: ArticleReview) -> None:
    shown = card(kept(review, negated=True, parent="outer"), INES)
    assert row(shown, "Says") == "└ Ines Duarte"
    assert row(shown, "Form").endswith("negated · nested")


def test_in_narrow_places_source_and_cue_share_a_line(review: ArticleReview) -> None:
    narrow = rows(card(review, INES), wide=False)
    assert any("Ines Duarte · told" in line for line in narrow)
    assert len(narrow) <= 8


def test_a_source_that_is_too_long_shows_both_its_ends(review: ArticleReview) -> None:
    text = review.article.text
    start = text.index("Ines Duarte")
    long = kept(review, source=(Span(start, min(len(text), start + 200)),))
    end = " ".join(text[start : start + 200].split())[-6:]
    for wide in (False, True):
        says = row(card(long, INES), "Says", wide=wide)
        assert says.startswith("Ines")
        assert end in says


def test_several_attributions_are_numbered_and_one_is_expanded(review: ArticleReview) -> None:
    first, second = card(review, 3), card(review, 3, candidate=1)
    assert row(first, "Says") == "? she"
    assert any("⇥ 2" in line and "(no source)" in line for line in rows(first))
    assert row(second, "Says") == "? (no source)"
    assert any("⇥ 1" in line and "she" in line for line in rows(second))


def test_the_three_states_of_the_voice_differ(review: ArticleReview) -> None:
    assert "author's voice" in row(card(review, 1), "Voice")
    assert "?" in row(card(review, 1), "Voice")
    assert row(card(judged(review, 1, voice="author"), 1), "Voice") == "author's voice"
    assert row(card(kept(review), INES), "Says") == "Ines Duarte"


def test_the_authors_voice_beside_an_attribution_is_said(review: ArticleReview) -> None:
    claim = review.claims[INES]
    both = replace(kept(review), judgements={claim.id: Judgement(voice="author")})
    assert row(card(both, INES), "Voice") == "author's voice as well"


def test_worth_is_settled_suggested_or_missing(review: ArticleReview) -> None:
    assert row(card(review, 0), "Worth").startswith("? 0")
    assert row(card(review, 1), "Worth").startswith("-")
    assert row(card(judged(review, 1, worth="2"), 1), "Worth") == "2 check-worthy"


def test_a_verdict_without_evidence_is_shown_as_such(review: ArticleReview) -> None:
    claim = review.claims[1]
    plain = verdict_on(review, 1, Verdict(CONTENT, "supported", confidence="high", justification="counted twice"))
    assert row(card(plain, 1), "Verdict") == "supported · high confidence · no evidence"
    assert row(card(plain, 1), "Because") == "counted twice"
    based = replace(plain, evidence=(Evidence("e1", claim.id, answer="yes", stance="supports"),))
    assert row(card(based, 1), "Verdict") == "supported · high confidence"
    assert row(card(based, 1), "Evidence") == "supports: yes"


def test_no_verdict_shows_its_keys(review: ArticleReview) -> None:
    assert row(card(review, 1), "Verdict") == "-  s r m n"


def test_a_missing_reason_is_said_to_be_missing(review: ArticleReview) -> None:
    missing = verdict_on(review, 1, Verdict(CONTENT, "mixed"))
    assert "reason missing" in row(card(missing, 1), "Verdict")
    given = verdict_on(review, 1, Verdict(CONTENT, "mixed", reason="outdated"))
    assert "mixed or misleading: outdated" in row(card(given, 1), "Verdict")


def test_what_a_long_verdict_lacks_is_said_beside_it_in_a_narrow_panel_too(review: ArticleReview) -> None:
    long = verdict_on(review, 1, Verdict(CONTENT, "mixed", reason="conflict", confidence="medium"))
    shown = rows(card(long, 1), 48)
    at = next(number for number, line in enumerate(shown) if line.startswith(" Verdict"))
    assert [line.strip() for line in shown[at : at + 3]] == [
        "Verdict  mixed or misleading: conflicting",
        "evidence · medium confidence",
        "no evidence",
    ]
    assert all(cell_len(line) <= 48 for line in shown)
    (line,) = (line for line in rows(card(long, 1), 48, wide=False) if line.startswith(" Verdict"))
    assert line.strip() == "Verdict  mixed or misleading: co… · no evidence"


@pytest.mark.parametrize("width", [30, 40, 60, 80, 90])
def test_on_one_line_worth_and_verdict_are_both_said(review: ArticleReview, width: int) -> None:
    given = judged(review, INES, worth="2")
    for shown, says in (
        (review, ("Worth    ? 2", "Verdict -")),
        (judged(review, INES, worth="1"), ("Worth    1 ", "Verdict -")),
        (verdict_on(given, INES, Verdict(CONTENT, "supported")), ("Worth    2 ", "Verdict supp")),
        (verdict_on(given, INES, Verdict(CONTENT, "mixed", confidence="low")), ("Worth    2 ", "Verdict mix")),
    ):
        (line,) = judged_in_few(claim_view(card(shown, INES)), width, 1)
        words = "".join(text for text, _ in line)
        assert cell_len(words) <= width
        assert all(each in words for each in says), words
    if width >= 80:
        assert words.endswith("· no evidence")


def test_a_value_with_a_long_name_is_wrapped_and_not_cut_off(review: ArticleReview) -> None:
    name = "true in direction and wrong in size by a tenth or more"
    value = replace(review.scheme.worth[2], name=name)
    scheme = replace(review.scheme, worth=(*review.scheme.worth[:2], value))
    shown = rows(card(replace(judged(review, 1, worth="2"), scheme=scheme), 1), 40)
    at = next(number for number, line in enumerate(shown) if line.startswith(" Worth"))
    assert " ".join(line.strip() for line in shown[at : at + 3]).startswith(f"Worth    2 {name}")


def test_the_target_of_the_verdict_is_pointed_at(review: ArticleReview) -> None:
    shown = rows(card(verdict_on(kept(review), INES, Verdict("mine", "refuted")), INES, target="mine"))
    assert any(line.startswith("▸Did say") and "refuted" in line for line in shown)
    assert any(line.startswith(" Verdict") for line in shown)


def test_note_restatement_and_confidence_are_listed(review: ArticleReview) -> None:
    shown = card(judged(review, 1, note="seen\nat the quay", restatement="It closed.", confidence="low"), 1)
    assert row(shown, "Note") == "seen at the quay"
    assert row(shown, "Restated") == "It closed."
    assert row(shown, "Sure") == "low"


def test_a_draft_shows_marks_keys_for_what_is_missing_and_candidates(review: ArticleReview) -> None:
    made = review.article.attributions[0][1].attribution
    draft = Draft("d1", cue=made.cue)
    shown = card(
        review,
        INES,
        draft=draft,
        proposed=(Form.MIXED, Anonymity.UNNAMED),
        numbered=[(Role.CONTENT, span) for span in made.content],
    )
    assert row(shown, "Says") == "-  w"
    assert row(shown, "Cue") == "told"
    assert row(shown, "Said") == "-  d"
    assert row(shown, "Form") == "mixed · unnamed · statement"
    assert row(shown, "1").startswith("that two cables")


def test_what_the_reviewer_chose_is_shown_instead_of_what_is_proposed(review: ArticleReview) -> None:
    draft = Draft("d1", content=(Span(0, 6),), form=Form.DIRECT, negated=True)
    shown = card(review, INES, draft=draft, proposed=(Form.MIXED, Anonymity.UNNAMED))
    assert row(shown, "Form") == "direct · unnamed · statement · negated"


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("width", [24, 40, 80])
def test_no_line_of_text_is_wider_than_the_panel(review: ArticleReview, width: int, wide: bool) -> None:
    claim = review.claims[INES]
    full = replace(
        kept(review),
        judgements={claim.id: Judgement(worth="2", note="漢字 " * 30, restatement="long " * 30)},
        evidence=(Evidence("e1", claim.id, question="why? " * 20, answer="because " * 20),),
    )
    labels = ("Says", "Said", "Note", "Restated", "Evidence", "Form")
    for line in rows(card(full, INES), width, wide=wide):
        if line.strip().startswith(labels) and "·" not in line:
            assert cell_len(line) <= width


@pytest.mark.parametrize(
    ("question", "shown"), [("Where?", "Where? at sea"), ("Where", "Where: at sea"), ("在哪里？", "在哪里？ at sea")]
)
def test_a_question_has_one_sign_between_itself_and_its_answer(
    question: str, shown: str, review: ArticleReview
) -> None:
    pieces = (Evidence("e1", review.claims[1].id, question=question, answer="at sea"),)
    assert row(card(replace(review, evidence=pieces), 1), "Evidence") == shown


def test_control_characters_of_notes_and_evidence_are_shown_as_pictures(review: ArticleReview) -> None:
    claim = review.claims[1]
    nasty = replace(
        judged(review, 1, note="\x1b[31mred", restatement="a\u202eb"),
        evidence=(Evidence("e1", claim.id, answer="\x9b2J"),),
    )
    text = "\n".join(rows(card(nasty, 1)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x9b" not in text
    assert "␛[31mred" in text


def test_a_very_long_claim_is_cut_and_says_so(review: ArticleReview) -> None:
    text = "word " * 400
    article = replace(review.article, text=text, sentences=(replace(review.article.sentences[0], span=Span(0, 1999)),))
    article = replace(article, worths=(), attributions=())
    shown = rows(card(replace(review, article=article), 0))
    assert sum(line.strip().startswith("word") for line in shown) == 8
    assert any(line.endswith("…") for line in shown)


def test_several_contents_are_shown_with_what_was_left_out(review: ArticleReview) -> None:
    text = review.article.text
    first, second = text.index("two cables"), text.index("“lost")
    made = Attribution("mine", (), Span(first - 5, first - 1), (Span(first, first + 10), Span(second, second + 5)))
    assert row(card(replace(review, attributions=(made,)), INES, candidate=0), "Said") == "two cables … “lost"


def test_how_far_a_block_quote_runs_is_asked_where_the_suggestion_is_not_sure(review: ArticleReview) -> None:
    told = review.article.attributions[0][1]
    block = replace(told.attribution, form=Form.BLOCK)

    def form(confidence: float, attribution: Attribution = block) -> str:
        made = (("a0", AttributionSuggestion(attribution, "made up", confidence)),)
        return row(card(replace(review, article=replace(review.article, attributions=made)), INES), "Form")

    assert "ends here?" in form(0.5)
    assert "ends here?" not in form(0.9)
    assert "ends here?" not in form(0.5, told.attribution)


@pytest.mark.parametrize(
    ("width", "says"), [(32, "12/12 taken"), (60, "12/12 taken"), (160, "you took 12 of 12 by this rule")]
)
def test_what_was_learned_is_never_cut_behind_a_long_source(review: ArticleReview, width: int, says: str) -> None:
    told = review.article.attributions[0][1]
    made = (("a0", replace(told, record=(12, 12))),)
    learned = replace(review, article=replace(review.article, attributions=made))
    shown = card(learned, INES, entity="Ines Duarte, the harbour master of the port of Quillfeather")
    (form,) = (line for line in rows(shown, width, wide=False) if "Form" in line)
    assert form.endswith(f" · {says}")
    assert cell_len(form) <= width
    assert form.split()[1] == told.attribution.form.value
    assert "you took" not in "".join(rows(card(review, INES), width, wide=False))


def test_what_an_earlier_claim_settled_says_so(review: ArticleReview) -> None:
    claims = review.claims
    made = Attribution("mine", (), None, (Span(claims[2].span.start, claims[3].span.end),), form=Form.BLOCK)
    kept_there = replace(review, attributions=(made,))
    assert "settled in claim 3" in row(card(kept_there, 3, candidate=0), "Form")
    assert "settled" not in row(card(kept_there, 2, candidate=0), "Form")


def test_a_claims_drafts_stand_in_the_order_of_the_panel(review: ArticleReview) -> None:
    claim = review.claims[3]
    outer = Attribution("z", (), None, (claim.span,), form=Form.BLOCK)
    inner = Attribution("a", (), None, (claim.span,), form=Form.BLOCK, parent="z")
    known = replace(review, attributions=(inner, outer))
    found = drafts_at(known, claim)
    panel = [made for made, _ in Card(known, 3, known.state(claim, "both")).candidates]
    assert [draft.id for draft in found if draft.kept] == ["z", "a"]
    assert [draft.content for draft in found] == [made.content for made in panel]
    assert [draft.kept for draft in found] == sorted((draft.kept for draft in found), reverse=True)


@pytest.mark.parametrize(("language", "why"), [("fr", "language fr"), ("", "language not known")])
def test_where_no_rules_are_the_panel_says_why_nothing_is_suggested(
    review: ArticleReview, language: str, why: str
) -> None:
    article = replace(review.article, language=language, searched=False, attributions=())
    found = rows(card(replace(review, article=article), INES), width=60)
    at = next(number for number, line in enumerate(found) if "not judged" in line)
    assert found[at + 1].strip() == f"{why}: no attributions are suggested"
    # In the panel of a terminal of 120 columns too.
    narrower = " ".join(rows(card(replace(review, article=article), INES), width=48))
    assert f"{why}: no attributions are suggested" in " ".join(narrower.split())


def test_a_suggested_worth_says_why_below_it_or_behind_it(review: ArticleReview) -> None:
    why = "0.91: a number, compares"
    wide = rows(card(review, INES, worth_because=why))
    at = next(index for index, line in enumerate(wide) if "? 2 check-worthy" in line)
    assert why not in wide[at]
    assert wide[at + 1].strip() == why
    assert row(card(review, INES, worth_because=why), "Worth", wide=False).endswith(why)
    cut = row(card(review, INES, worth_because=why * 9), "Worth", wide=False)
    assert cut.endswith("…")
    assert cell_len(f"Worth {cut}") <= 60
    assert "number" not in "".join(rows(card(judged(review, INES, worth="2"), INES)))


def test_where_there_is_room_the_reasons_take_two_lines_before_they_are_cut(review: ArticleReview) -> None:
    why = "0.96: reports what somebody said, past fact, names a law, something that is counted, a share"
    shown = rows(card(review, INES, worth_because=why))
    at = next(number for number, line in enumerate(shown) if line.strip().startswith("0.96"))
    assert " ".join(line.strip() for line in shown[at : at + 2]) == why
    longer = rows(card(review, INES, worth_because=why * 3))
    assert longer[at + 1].endswith("…")
