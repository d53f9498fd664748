"""Reviewing: the keys that judge the present claim and move through the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from annotator.model.attribution import Attribution, Role
from annotator.model.judgement import CONTENT, Verdict
from annotator.tui.keymap import QUEUE, reason_mode, verdict_asked
from annotator.tui.screens.forms import ListScreen, one_line
from annotator.workflow import attributing, judging, segmenting

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Reviewing:
    """What the keys of the review mode do; `do_x_y` performs the action `x.y`."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk

    # Moving

    def do_claim_next(self) -> None:
        """The next claim."""
        self.desk.go_to(self.desk.present + 1)

    def do_claim_previous(self) -> None:
        """The claim before."""
        self.desk.go_to(self.desk.present - 1)

    def do_claim_open(self) -> None:
        """The next open claim, around the end of the article."""
        index = self.desk.review.next_open(self.desk.present, self.desk.pass_)
        if index is None:
            self.desk.say(self.desk.all_settled())
        else:
            self.desk.go_to(index)

    def do_claim_first(self) -> None:
        """The first claim."""
        self.desk.go_to(0)

    def do_claim_last(self) -> None:
        """The last claim."""
        self.desk.go_to(len(self.desk.review.claims) - 1)

    def do_claim_page_down(self) -> None:
        """A screen down."""
        view = self.desk.article_view
        self.desk.go_to(view.claim_rows_away(self.desk.present, view.page - 2))

    def do_claim_page_up(self) -> None:
        """A screen up."""
        view = self.desk.article_view
        self.desk.go_to(view.claim_rows_away(self.desk.present, 2 - view.page))

    def do_article_next(self) -> None:
        """The next article."""
        self._step(1)

    def do_article_previous(self) -> None:
        """The article before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        def then(article_id: str | None) -> None:
            if article_id is None:
                self.desk.say("this is the last article" if step > 0 else "this is the first article")
            else:
                self.desk.open_article(article_id)

        self.desk.ask_clerk(lambda session: session.neighbour(step), then)

    def do_queue_toggle(self) -> None:
        """The queue of articles."""
        self.desk.leave_claim()
        self.desk.set_mode(QUEUE)

    def do_candidate_next(self) -> None:
        """Expand the next of the claim's attributions; `e` then opens it."""
        card = self.desk.card()
        count, shown = len(card.candidates), card.shown_index()
        if count > 1 and shown is not None:
            self._expand((shown + 1) % count)
            self.desk.paint()
        elif count:
            self._expand(0)
            self.desk.say("there is no other attribution here: e opens this one")
        else:
            self.desk.say("there is no attribution here: e marks one")

    def _expand(self, index: int) -> None:
        self.desk.candidate = index
        self.desk.alternatives.forget()

    def do_alternative(self, role: str) -> None:
        """Show the next-best source, cue or content of what is suggested, or what was shown before."""
        if role == "back":
            self.desk.alternatives.back()
        else:
            self.desk.alternatives.next(Role(role))

    # Deciding

    def do_accept(self) -> None:
        """Take what is suggested, as it is shown."""
        other, waiting = self.desk.alternatives.shown, self.desk.marking.waiting
        if self.desk.claim.id in waiting and self.desk.review.suggested_attributions(self.desk.claim):
            waiting.discard(self.desk.claim.id)
            self.desk.say("what you marked waits: e goes on there, ⏎ again takes what is suggested", "asked")
            return
        if other is None:
            self.desk.decide(attributing.accept)
        elif self._is_hers(other.attribution):
            self.desk.decide(attributing.keep_attribution, other.attribution)
        else:
            self.desk.decide(attributing.accept, other.attribution)

    def do_accept_one(self) -> None:
        """Take only the attribution that is shown."""
        shown = self.desk.card().expanded()
        if shown is None or self._is_hers(shown):
            self.desk.say("no suggestion is shown: ⇥ shows the next attribution")
        else:
            self.desk.decide(attributing.accept_one, shown)

    def do_refuse(self) -> None:
        """Refuse the suggestion that is shown."""
        shown = self.desk.card().expanded()
        suggested = self.desk.review.suggested_attributions(self.desk.claim)
        id_ = next((id_ for id_, made in suggested if shown is not None and made.attribution.id == shown.id), None)
        if id_ is None:
            self.desk.say("no suggestion is shown: ⇥, e and X remove an attribution that is yours")
        else:
            self.desk.decide_here(attributing.refuse, id_)

    def _is_hers(self, attribution: Attribution) -> bool:
        return any(mine.id == attribution.id for mine in self.desk.review.attributions)

    def do_sentence(self, way: str) -> None:
        """The content shown ends a sentence later or sooner."""
        self._stretch("sentence", way)

    def do_paragraph(self, way: str) -> None:
        """The content shown ends a paragraph later or sooner."""
        self._stretch("paragraph", way)

    def _stretch(self, unit: Literal["sentence", "paragraph"], way: str) -> None:
        shown = self.desk.card().expanded()
        if shown is None:
            self.desk.say("no attribution is shown here: e marks one")
        else:
            self.desk.decide_here(attributing.stretch, shown, unit, 1 if way == "more" else -1)

    def do_nesting_in(self) -> None:
        """Show the first attribution that is nested in the one shown: here, else in the claim where it is."""
        card = self.desk.card()
        shown = card.expanded()
        self._show(card.place_inside(shown) if shown is not None else None, "nothing is nested in it")

    def do_nesting_out(self) -> None:
        """Show the attribution that the one shown is nested in."""
        card = self.desk.card()
        shown = card.expanded()
        self._show(card.place_outside(shown) if shown is not None else None, "it is nested in nothing")

    def _show(self, place: tuple[int, int] | None, otherwise: str) -> None:
        """Expand the attribution at a place: a claim's index, and which of its candidates."""
        desk = self.desk
        if place is None:
            desk.say(otherwise if desk.card().candidates else "there is no attribution here: e marks one")
            return
        index, at = place
        if index != desk.present:
            desk.go_to(index)
            desk.say(f"in claim {index + 1}")
        self._expand(at)
        desk.paint()

    def do_worth_all(self) -> None:
        """Every suggested 0 of the article."""
        self.desk.save(lambda session: session.take(judging.worth_all), self.desk.decided)

    def do_worth(self, value: str) -> None:
        """A check-worthiness."""
        self.desk.decide(judging.worth, value)

    def do_verdict(self, value: str) -> None:
        """A verdict; one that takes a reason asks for it first, and is decided with the answer."""
        known = self.desk.review.scheme.verdict_value(value)
        now = self._verdict()
        if known.reasons and not (now is not None and now.value == value and now.reason is not None):
            self.desk.set_mode(reason_mode(value))
            self.desk.say(f"{known.name}: why?", "asked")
        else:
            self.desk.decide(judging.verdict, value, self.desk.target)

    def _verdict(self) -> Verdict | None:
        return self.desk.review.verdict(self.desk.claim, self.desk.target)

    def do_voice(self) -> None:
        """The author's voice; asks first where an attribution says something else."""
        review, claim = self.desk.review, self.desk.claim
        if review.judgement(claim).voice is None and review.attributed(claim):
            self.desk.asking.confirm("an attribution covers this claim: author's voice all the same?", self._voice)
        else:
            self._voice()

    def _voice(self) -> None:
        self.desk.decide(judging.voice)

    def do_source_same(self) -> None:
        """Same source as the claim before."""
        other = self.desk.alternatives.shown
        shown = other.attribution if other is not None and not self._is_hers(other.attribution) else None
        self.desk.decide(attributing.same_source, shown)

    def do_source(self) -> None:
        """Whose words they are."""
        self.desk.sourcing.choose()

    def do_sources(self) -> None:
        """The project's sources."""
        self.desk.sourcing.browse()

    def do_target(self) -> None:
        """Step through what the verdict can be on."""
        claim = self.desk.claim
        ids = [attribution.id for attribution in self.desk.review.attributions_of(claim)]
        targets = [CONTENT, *ids]
        at = targets.index(self.desk.target) if self.desk.target in targets else 0
        self.desk.target = targets[(at + 1) % len(targets)]
        if self.desk.target == CONTENT:
            self.desk.say("verdict on the content: is it true?" if ids else "only the content can be judged here")
        else:
            self._expand(ids.index(self.desk.target))
            self.desk.say("verdict on the attribution: did they say it?")
        self.desk.paint()

    def do_confidence(self) -> None:
        """The next confidence."""
        self.desk.decide_here(judging.confidence, self.desk.target)

    def do_flag(self) -> None:
        """Raise or lower the flag."""
        self.desk.decide_here(judging.flag)

    def do_skip(self) -> None:
        """Pass the claim over and go on."""
        self.desk.decide(judging.skip)

    def do_split(self) -> None:
        """Choose where to split."""
        self.desk.splitting.begin()

    def do_join(self) -> None:
        """Join with the next claim."""
        self.desk.decide_here(segmenting.join)

    def do_spans(self) -> None:
        """Mark spans."""
        self.desk.marking.begin()

    # Undo

    def do_undo(self) -> None:
        """Go to what would be undone and name it; undo it where that is here."""
        self.desk.undoing.take_back("undo")

    def do_redo(self) -> None:
        """Go to what would be redone and name it; redo it where that is here."""
        self.desk.undoing.take_back("redo")

    # Reading and writing beside the claim

    def do_history(self) -> None:
        """The claim's history."""
        claim = self.desk.claim

        def then(lines: list[tuple[str, str]]) -> None:
            shown = [f"{at[:19].replace('T', ' ')}  {one_line(words)}" for at, words in lines]
            title = f"History of claim {self.desk.present + 1} (UTC)"
            self.desk.app.push_screen(ListScreen(title, shown, {}, "Nothing has been decided here yet."))

        self.desk.ask_clerk(lambda session: session.history(claim), then)

    def do_evidence(self) -> None:
        """The claim's evidence."""
        self.desk.writing.evidence()

    def do_evidence_last(self) -> None:
        """The evidence of the claim that was decided last."""
        self.desk.writing.evidence_last()

    def do_justification_last(self) -> None:
        """The justification of the claim that was decided last."""
        self.desk.writing.justification_last()

    def do_note(self) -> None:
        """Write a note."""
        self.desk.writing.note()

    def do_note_editor(self) -> None:
        """Write a note in $EDITOR."""
        self.desk.writing.note_in_editor()

    def do_restatement(self) -> None:
        """Write the restatement."""
        self.desk.writing.restatement()

    def do_justification(self) -> None:
        """Write the verdict's justification."""
        self.desk.writing.justification()

    def do_copy(self) -> None:
        """Copy the claim's text."""
        self._copy(self.desk.claim.span.slice(self.desk.review.article.text), "the claim")

    def do_copy_url(self) -> None:
        """Copy the article's address."""
        urls = [publication.url for publication in self.desk.review.article.publications if publication.url]
        if urls:
            self._copy(urls[0], "the article's address")
        else:
            self.desk.say("this article has no address")

    def _copy(self, text: str, what: str) -> None:
        """Put a text on the terminal's clipboard (OSC 52)."""
        self.desk.app.copy_to_clipboard(text)
        self.desk.say(f"copied {what}, if your terminal allows it")

    def do_find(self) -> None:
        """Ask for the words to find."""
        self.desk.finding.ask()

    def do_find_next(self) -> None:
        """The next hit."""
        self.desk.finding.step(1)

    def do_find_previous(self) -> None:
        """The hit before."""
        self.desk.finding.step(-1)

    def do_advance(self) -> None:
        """Go on by itself, or stay."""
        self.desk.advance = not self.desk.advance
        self.desk.say("the next open claim comes by itself" if self.desk.advance else "the claim stays: space goes on")

    # Answers

    def do_reason(self, reason: str) -> None:
        """A verdict and its reason, or the reason of one that has none yet."""
        value, waits = self._answered()
        if waits:
            self.desk.decide(judging.reason, reason, self.desk.target)
        else:
            self.desk.decide(judging.verdict, value, self.desk.target, reason)

    def do_without_reason(self) -> None:
        """The verdict without a reason for now: the claim stays open."""
        value, waits = self._answered()
        if waits:
            self.desk.say("the claim stays open until the verdict has a reason")
        else:
            self.desk.decide_here(judging.verdict, value, self.desk.target)

    def _answered(self) -> tuple[str, bool]:
        """The verdict whose reason was asked for, back in the review mode; and whether it has only that to wait for."""
        value, now = verdict_asked(self.desk.mode), self._verdict()
        self.desk.show_review()
        return value, now is not None and now.value == value

    def do_reason_leave(self) -> None:
        """No verdict after all."""
        self.desk.show_review()
        self.desk.say("nothing is decided")
