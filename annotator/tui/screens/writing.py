"""Writing beside the claim: notes, restatements, justifications and evidence, each kept as a draft while typed."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from annotator.model.article import Claim
from annotator.model.judgement import CONTENT, Evidence
from annotator.model.scheme import name_of
from annotator.model.text import neutral_line
from annotator.tui.screens.evidence import EVIDENCE_FIELDS, EvidenceListScreen, EvidenceScreen
from annotator.tui.screens.forms import WriteScreen, one_line
from annotator.workflow import judging
from annotator.workflow.session import Decided

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: a claim, and which of its verdicts."""

    claim: Claim
    target: str


class Writing:
    """The forms of the review mode."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self.judged: str | None = None

    def follow(self, decided: Decided) -> None:
        """A decision was taken: where the present claim has a verdict, `V` and `K` are about it now."""
        if decided.claim_id == self.desk.claim.id and decided.review.verdicts_of(self.desk.claim):
            self.judged = decided.claim_id

    def left_behind(self) -> int | None:
        """The number of the claim decided last, where it has a verdict and is not the present one."""
        index = self.desk.index_of(self.judged, None) if self.judged else None
        if index is None or index == self.desk.present:
            return None
        return index + 1 if self.desk.review.verdicts_of(self.desk.review.claims[index]) else None

    def note(self) -> None:
        """A note."""
        text = self.desk.review.judgement(self.desk.claim).note or ""
        self._write("note", f"Note on claim {self.desk.present + 1}", text, self._here(), judging.note)

    def restatement(self) -> None:
        """The claim in words that stand alone; begins with the claim's own."""
        known = self.desk.review.judgement(self.desk.claim).restatement
        text = known or " ".join(self.desk.claim.span.slice(self.desk.review.article.text).split())
        self._write("restatement", "The claim in words that stand alone", text, self._here(), judging.restatement)

    def justification(self) -> None:
        """Why the verdict is what it is."""
        self._justify(self._here())

    def justification_last(self) -> None:
        """Why the verdict of the claim decided last is what it is."""
        self._with_last(self._justify)

    def _justify(self, subject: Subject) -> None:
        verdict = self.desk.review.verdict(subject.claim, subject.target)
        if verdict is None:
            self.desk.say("give a verdict first: a justification belongs to one", "wrong")
            return
        title = self._title("Why the verdict is what it is", subject)
        text = verdict.justification or ""
        self._write("justification", title, text, subject, judging.justification, subject.target)

    def _here(self) -> Subject:
        return Subject(self.desk.claim, self.desk.target)

    def _with_last(self, then: Callable[[Subject], None]) -> None:
        """Go on with the claim that was decided last, wherever she is in the article."""

        def found(last: tuple[Claim, str] | None) -> None:
            if last is None:
                self.desk.say("no verdict of yours stands in this article yet", "wrong")
            else:
                then(Subject(*last))

        self.desk.ask_clerk(lambda session: session.judged_last(), found)

    def _title(self, what: str, subject: Subject) -> str:
        """What a form is for: with the claim's number, its verdict and how it begins."""
        review, claim = self.desk.review, subject.claim
        verdict = review.verdict(claim, subject.target)
        said = name_of(review.scheme.known_verdict(verdict.value), verdict.value) if verdict else "no verdict yet"
        words = one_line(claim.span.slice(review.article.text))
        return f"{what} · claim {review.claims.index(claim) + 1} · {said} · {words}"

    def _keep(self, subject: Subject, decided: Decided) -> None:
        """Show what a form led to, and go on where that settles the present claim."""
        if subject.claim.id == self.desk.claim.id:
            self.desk.decided(decided)
        else:
            self._settle(subject, decided)

    def _settle(self, subject: Subject, decided: Decided) -> None:
        """Show what a form led to, from the claim that she is at."""
        if subject.claim.id != self.desk.claim.id:
            number = decided.review.claims.index(subject.claim) + 1
            self.desk.settle(replace(decided, claim_id=None, said=f"claim {number}: {decided.said}"))
        else:
            self.desk.settle(decided)

    def _write(
        self, kind: str, title: str, text: str, subject: Subject, planner: Callable[..., Any], *more: str
    ) -> None:
        desk, claim = self.desk, subject.claim

        def draft(now: str) -> None:
            desk.keep_draft(kind, claim.id, {"text": now})

        def done(now: str | None) -> None:
            if now is None:
                return
            desk.keep_draft(kind, claim.id, None)
            if now.strip() != text.strip() or kind == "restatement":
                desk.save(
                    lambda session: session.take(planner, claim, now, *more),
                    lambda decided: self._settle(subject, decided),
                )

        def begin(waiting: Mapping[str, Any] | None) -> None:
            start = str(waiting["text"]) if waiting else text
            desk.app.push_screen(WriteScreen(title, start, draft, self._edited), done)

        desk.ask_clerk(lambda session: session.draft(kind, claim.id), begin)

    def note_in_editor(self) -> None:
        """The note in $EDITOR."""
        claim = self.desk.claim
        before = self.desk.review.judgement(claim).note or ""
        text = self._edited(before)
        if text is not None and text.strip() != before.strip():
            self.desk.save(lambda session: session.take(judging.note, claim, text), self.desk.settle)

    def _edited(self, text: str) -> str | None:
        """The text after $VISUAL or $EDITOR had it, or None with a message where that failed."""
        command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            path = Path(folder) / "note.txt"
            path.write_text(text, encoding="utf-8")
            try:
                with self.desk.app.suspend():
                    status = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's own editor
            except (OSError, SuspendNotSupported) as error:
                self.desk.say(f"{neutral_line(command[0])} cannot be opened: {error}; set $EDITOR", "wrong")
                return None
            self.desk.app.refresh()
            if status:
                self.desk.say(f"{command[0]} ended with {status}: the note is as it was", "wrong")
                return None
            return path.read_text(encoding="utf-8", errors="replace")

    def evidence(self) -> None:
        """The claim's evidence: the form at once where there is none, else what is there."""
        self._read(self._here())

    def evidence_last(self) -> None:
        """The evidence of the claim decided last."""
        self._with_last(self._read)

    def _read(self, subject: Subject) -> None:
        desk = self.desk
        found = desk.review.evidence_of(subject.claim)
        if not found:
            self._fill(subject, None)
            return

        def chosen(answer: tuple[str, int] | None) -> None:
            if answer is None:
                return
            key, number = answer
            if key == "X":
                claim, id_ = subject.claim, found[number].id
                desk.save(
                    lambda session: session.take(judging.remove_evidence, claim, id_),
                    lambda decided: self._settle(subject, decided),
                )
            else:
                self._fill(subject, None if key == "+" else found[number])

        about = [self._about(evidence) for evidence in found]
        title = self._title("Evidence", subject)
        desk.app.push_screen(EvidenceListScreen(title, found, about), chosen)

    def _about(self, evidence: Evidence) -> str:
        """What a piece is evidence on, where that is not the claim's content."""
        found = [made for made in self.desk.review.attributions if made.id == evidence.target]
        cues = [made.cue.slice(self.desk.review.article.text) for made in found if made.cue is not None]
        return "" if evidence.target == CONTENT else f"on the attribution “{' '.join(cues)}”"

    def _fill(self, subject: Subject, known: Evidence | None) -> None:
        desk, claim = self.desk, subject.claim
        key = known.id if known else claim.id
        today = datetime.now(UTC).date().isoformat()
        fields = (
            {name: str(getattr(known, name)) for name, _, _ in EVIDENCE_FIELDS} if known else {"retrieved_at": today}
        )

        def draft(values: dict[str, str]) -> None:
            desk.keep_draft("evidence", key, values)

        def done(values: dict[str, str] | None) -> None:
            if values is None:
                return
            desk.keep_draft("evidence", key, None)
            if known is not None and values == fields:
                return
            made = {**values, "target": known.target if known else subject.target}
            evidence_id = known.id if known else None
            desk.save(
                lambda session: session.take(judging.evidence, claim, made, evidence_id),
                lambda decided: self._keep(subject, decided),
            )

        def begin(waiting: Mapping[str, Any] | None) -> None:
            title = self._title("Evidence", subject)
            desk.app.push_screen(EvidenceScreen(title, fields, waiting or {}, draft), done)

        desk.ask_clerk(lambda session: session.draft("evidence", key), begin)
