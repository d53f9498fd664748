"""Writing beside the claim: notes, restatements, justifications and evidence, each kept as a draft while typed."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from annotator.model.judgement import Evidence
from annotator.model.text import neutral_line
from annotator.tui.screens.forms import EVIDENCE_FIELDS, EvidenceScreen, ListScreen, WriteScreen, one_line
from annotator.workflow import judging

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench


class Writing:
    """The forms of the review mode."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk

    def note(self) -> None:
        """A note."""
        text = self.desk.review.judgement(self.desk.claim).note or ""
        self._write("note", f"Note on claim {self.desk.present + 1}", text, judging.note)

    def restatement(self) -> None:
        """The claim in words that stand alone; begins with the claim's own."""
        known = self.desk.review.judgement(self.desk.claim).restatement
        text = known or " ".join(self.desk.claim.span.slice(self.desk.review.article.text).split())
        self._write("restatement", "The claim in words that stand alone", text, judging.restatement)

    def justification(self) -> None:
        """Why the verdict is what it is."""
        verdict = self.desk.review.verdict(self.desk.claim, self.desk.target)
        if verdict is None:
            self.desk.say("give a verdict first: a justification belongs to one", "wrong")
            return
        self._write(
            "justification", "Why the verdict is what it is", verdict.justification or "", judging.justification
        )

    def _write(self, kind: str, title: str, text: str, planner: Callable[..., Any]) -> None:
        desk, claim, target = self.desk, self.desk.claim, self.desk.target
        more = (target,) if kind == "justification" else ()

        def draft(now: str) -> None:
            desk.keep_draft(kind, claim.id, {"text": now})

        def done(now: str | None) -> None:
            if now is None:
                return
            desk.keep_draft(kind, claim.id, None)
            if now.strip() != text.strip() or kind == "restatement":
                desk.ask_clerk(lambda session: session.take(planner, claim, now, *more), desk.settle)

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
            self.desk.ask_clerk(lambda session: session.take(judging.note, claim, text), self.desk.settle)

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
        """The claim's evidence: the form at once where there is none, else the list."""
        desk = self.desk
        found = desk.review.evidence_of(desk.claim)
        if not found:
            self._fill(None)
            return

        def chosen(answer: tuple[str, int] | None) -> None:
            if answer is None:
                return
            key, at = answer
            if key == "+":
                self._fill(None)
            elif key == "X":
                claim = desk.claim
                job_id = found[at].id
                desk.ask_clerk(lambda session: session.take(judging.remove_evidence, claim, job_id), desk.settle)
            else:
                self._fill(found[at])

        lines = [_line(evidence) for evidence in found]
        keys = {"enter": "changes it", "+": "adds", "X": "removes"}
        desk.app.push_screen(ListScreen(f"Evidence for claim {desk.present + 1}", lines, keys), chosen)

    def _fill(self, known: Evidence | None) -> None:
        desk, claim, target = self.desk, self.desk.claim, self.desk.target
        subject = known.id if known else claim.id
        today = datetime.now(UTC).date().isoformat()
        fields = (
            {name: str(getattr(known, name)) for name, _, _ in EVIDENCE_FIELDS} if known else {"retrieved_at": today}
        )

        def draft(values: dict[str, str]) -> None:
            desk.keep_draft("evidence", subject, values)

        def done(values: dict[str, str] | None) -> None:
            if values is None:
                return
            desk.keep_draft("evidence", subject, None)
            made = {**values, "target": known.target if known else target}
            evidence_id = known.id if known else None
            desk.ask_clerk(lambda session: session.take(judging.evidence, claim, made, evidence_id), desk.decided)

        def begin(waiting: Mapping[str, Any] | None) -> None:
            title = f"Evidence for claim {desk.present + 1}"
            desk.app.push_screen(EvidenceScreen(title, {**fields, **(waiting or {})}, draft), done)

        desk.ask_clerk(lambda session: session.draft("evidence", subject), begin)


def _line(evidence: Evidence) -> str:
    said = " ".join(filter(None, (evidence.question, evidence.answer, evidence.passage, evidence.url)))
    return one_line(f"{evidence.stance or '-'}: {said}")
