"""The keymap: one table of every action, from which dispatch, footer, help, palette and the README's keys derive.

A key is the character it types ("?", "|", "U") or a name: space, enter, tab, escape, backspace, delete, the arrows
(up, down, left, right), home, end, pageup, pagedown, f1 to f12, and ctrl+ or shift+ before one of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.editing.span_labels import LETTERS
from annotator.errors import ConfigError
from annotator.model.late import dataclass
from annotator.model.scheme import Scheme
from annotator.tui.keyboards import plain

REVIEW, SPANS, LABELS, SPLIT = "review", "spans", "labels", "split"
QUEUE, CONFIRM, REASON, ADJUDICATE = "queue", "confirm", "reason", "adjudicate"
MODES = {
    REVIEW: "Reviewing an article",
    SPANS: "Marking source, cue and content",
    LABELS: "Marking by the letters of two words",
    SPLIT: "Splitting a claim",
    QUEUE: "The queue of articles",
    CONFIRM: "Answering a question",
    REASON: "Giving a verdict's reason",
    ADJUDICATE: "Settling what reviewers differ on",
}


def reason_mode(verdict: str) -> str:
    """The mode in which a verdict's reasons are keys; each such verdict has its own."""
    return f"{REASON} {verdict}"


def verdict_asked(mode: str) -> str:
    """The verdict whose reason a mode asks for."""
    return mode.removeprefix(f"{REASON} ")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does: `keys` are separated by blanks, `hint` is the footer's word for it."""

    id: str
    keys: str
    help: str
    group: str
    modes: tuple[str, ...]
    hint: str = ""

    @property
    def key_list(self) -> list[str]:
        """The keys, one by one."""
        return self.keys.split()


_EVERYWHERE = (REVIEW, SPANS, SPLIT, QUEUE, ADJUDICATE)
# Where letters name words, only what has no letter can be everywhere.
_WITHOUT_LETTERS = (*_EVERYWHERE, LABELS)


def _table() -> Iterator[Action]:
    review, spans, split, queue = (REVIEW,), (SPANS,), (SPLIT,), (QUEUE,)
    yield Action("claim.next", "j down", "the next claim", "Move", review, "move")
    yield Action("claim.previous", "k up", "the claim before", "Move", review)
    yield Action("claim.open", "space", "the next open claim", "Move", review, "next open")
    yield from _far("claim", review)
    yield Action("article.previous", "[ P", "the article before", "Move", review)
    yield Action("article.next", "] N", "the next article", "Move", review)
    yield Action("queue.toggle", "q", "the queue of articles, and back", "Move", (REVIEW, QUEUE, ADJUDICATE), "queue")
    yield Action("accept", "enter", "accept what is suggested for the claim", "Decide", review, "accept")
    yield Action("accept.one", ";", "accept only the attribution that is shown", "Decide", review, "only this")
    yield Action("refuse", "backspace delete", "refuse the suggestion that is shown", "Decide", review, "refuse")
    yield Action("candidate.next", "tab", "show the next attribution of the claim", "Attribution", review, "next")
    yield Action("alternative.source", "W", "another candidate for who says it", "Attribution", review, "other")
    yield Action("alternative.cue", "C", "another candidate for the cue", "Attribution", review)
    yield Action("alternative.content", "D", "another candidate for what is said", "Attribution", review)
    yield Action("alternative.back", "left", "back to the candidate shown before", "Attribution", review, "back")
    yield Action("worth.all", "!", "accept every suggested 0 in the article", "Decide", review, "all 0")
    yield Action("nesting.in", ".", "step into the nested attribution", "Attribution", review, "nested")
    yield Action("nesting.out", ",", "step out to the attribution around it", "Attribution", review)
    yield Action("sentence.more", "} L", "extend the content by a sentence", "Attribution", review, "longer")
    yield Action("sentence.less", "{ H", "shorten the content by a sentence", "Attribution", review)
    yield Action("paragraph.more", ")", "extend the content by a paragraph", "Attribution", review)
    yield Action("paragraph.less", "(", "shorten the content by a paragraph", "Attribution", review)
    yield Action("voice", "a", "author's voice: the article itself asserts it", "Attribution", review, "author's voice")
    yield Action("spans", "e", "mark source, cue and content", "Attribution", review, "spans")
    yield Action("source.same", "=", "same source as the claim before", "Attribution", review, "same source")
    yield Action("source", "B", "name the source, from the project's or a new one", "Attribution", review, "by whom")
    yield Action("sources", "S", "the project's sources", "Attribution", (REVIEW, QUEUE), "sources")
    yield Action("target", "t", "turn the verdict to the content, or to an attribution", "Decide", review)
    yield Action("evidence", "v", "evidence for the claim", "Evidence and notes", review, "evidence")
    yield Action("evidence.again", "E", "use earlier evidence again for the claim", "Evidence and notes", review)
    yield Action(
        "seen", "b", "seen before: fact-checks and verdicts about the same", "Evidence and notes", review, "seen"
    )
    yield Action("justification", "J", "justify the verdict", "Evidence and notes", review)
    yield Action("evidence.last", "V", "evidence for the claim that was decided last", "Evidence and notes", review)
    yield Action(
        "justification.last",
        "K",
        "justify the verdict of the claim decided last",
        "Evidence and notes",
        review,
    )
    yield Action("note", "o", "a note", "Evidence and notes", (REVIEW, ADJUDICATE), "note")
    yield Action("question", "Q", "a question to the lead about the claim", "Evidence and notes", review)
    yield Action("dashboard", "p", "the project's progress: who, how fast, until when", "Other", queue, "team")
    yield Action("questions", "Q", "questions to the lead, and answers", "Other", (QUEUE, ADJUDICATE), "questions")
    yield Action("note.editor", "O", "a note in $EDITOR", "Evidence and notes", review)
    yield Action("restatement", "i", "restate the claim in words that stand alone", "Evidence and notes", review)
    yield Action("confidence", "c", "confidence: low, medium, high, none", "Decide", review)
    yield Action("flag", "f", "raise or lower the flag", "Decide", review, "flag")
    yield Action("skip", "p", "pass over the claim, or take that back", "Decide", review, "pass over")
    yield Action("unfold", "* f4", "the whole claim panel, page by page, and back", "Move", (REVIEW, SPANS))
    yield Action("split", "| T", "split the claim", "Claims", review)
    yield Action("join", "+", "join the claim with the next", "Claims", review)
    yield Action(
        "undo", "u", "undo: the first press shows what will be undone", "Undo", (REVIEW, QUEUE, ADJUDICATE), "undo"
    )
    yield Action("redo", "U", "redo: the first press shows what will be redone", "Undo", (REVIEW, QUEUE, ADJUDICATE))
    yield Action("history", "h", "the claim's history", "Undo", review)
    yield Action("copy", "y", "copy the claim", "Other", review)
    yield Action("copy.url", "Y", "copy the article's address", "Other", review)
    yield Action("find", "/", "find in this article and the others", "Find", review, "find")
    yield Action("find.next", ">", "the next hit, in this article or a later one", "Find", review)
    yield Action("find.previous", "<", "the hit before", "Find", review)
    yield Action("check.first", "F", "go through open claims by check-worthiness, or in order", "Move", review)
    yield Action("reuse", "R", "a colleague's verdict and evidence, in an open project", "Evidence and notes", review)
    yield Action(
        "twofold",
        "Z",
        "what you decided differently on two machines",
        "Other",
        (REVIEW, QUEUE, ADJUDICATE),
        "two ways",
    )
    yield Action("case.back", "M", "back to settling what reviewers differ on", "Other", review, "settle")
    yield Action("advance", "A", "after a verdict go on to the next open claim, or stay", "Other", review)

    yield Action("word.next", "l right", "the next word", "Move", (SPANS, SPLIT), "word")
    yield Action("word.previous", "h left", "the word before", "Move", (SPANS, SPLIT))
    yield Action("clause.next", ".", "the next clause", "Move", (SPANS, SPLIT), "clause")
    yield Action("clause.previous", ",", "the clause before", "Move", (SPANS, SPLIT))
    yield Action("sentence.next", "j down", "the next sentence", "Move", spans, "sentence")
    yield Action("sentence.previous", "k up", "the sentence before", "Move", spans)
    yield Action("paragraph.next", "] pagedown", "the next paragraph", "Move", spans)
    yield Action("paragraph.previous", "[ pageup", "the paragraph before", "Move", spans)
    yield Action("letter.extend", ")", "one letter more", "Extend", spans)
    yield Action("letter.shrink", "(", "one letter less", "Extend", spans)
    yield Action("word.extend", "L shift+right", "one word more", "Extend", spans, "extend")
    yield Action("word.shrink", "H shift+left", "one word less", "Extend", spans)
    yield Action("clause.extend", ">", "one clause more", "Extend", spans)
    yield Action("clause.shrink", "<", "one clause less", "Extend", spans)
    yield Action("sentence.extend", "J shift+down", "one sentence more", "Extend", spans)
    yield Action("sentence.shrink", "K shift+up", "one sentence less", "Extend", spans)
    yield Action("paragraph.extend", "} M", "one paragraph more", "Extend", spans)
    yield Action("paragraph.shrink", "{ N", "one paragraph less", "Extend", spans)
    yield Action("word.earlier", "b", "begin one word earlier", "Extend", spans)
    yield Action("word.later", "i", "begin one word later", "Extend", spans)
    yield Action("clause.earlier", "B", "begin one clause earlier", "Extend", spans)
    yield Action("clause.later", "I", "begin one clause later", "Extend", spans)
    yield Action("selection.swap", "v", "extend and shrink at the other end", "Extend", spans, "other end")
    yield Action("mark.source", "w", "this is who says it", "Mark", spans, "who")
    yield Action("mark.cue", "c", "these words attribute it", "Mark", spans, "cue")
    yield Action("mark.content", "d", "this is what is said", "Mark", spans, "said")
    yield Action("mark.source.add", "W", "one more piece of who says it", "Mark", spans)
    yield Action("mark.content.add", "D", "one more piece of what is said", "Mark", spans, "+said")
    yield Action("mark.relay", "o", "the outlet it was told to, or none", "Mark", spans, "relay")
    yield Action("labels", ";", "mark by letters: of the first word, then of the last", "Mark", spans, "letters")
    yield Action("mark.remove", "backspace delete", "remove the mark under the selection, else the last", "Mark", spans)
    yield Action("marks.undo", "u", "the marks as they were before the last key", "Mark", spans, "back")
    yield Action("type", "t", "type: statement, decree, intention, belief, attitude", "Kind", spans, "type")
    yield Action("form", "f", "form: direct, indirect, mixed, block", "Kind", spans, "form")
    yield Action("anonymity", "a", "named, described, unnamed, none", "Kind", spans, "named?")
    yield Action("negation", "-", "negated, or not", "Kind", spans, "not")
    yield Action("parent", "p", "nested in the next larger attribution, or in none", "Kind", spans, "nest")
    yield Action("draft.next", "tab", "the next attribution of the claim", "Attribution", spans, "next")
    yield Action("draft.new", "+", "a new attribution", "Attribution", spans, "new")
    yield Action("draft.keep", "enter", "keep it", "Attribution", spans, "keep")
    yield Action("draft.remove", "X", "remove the attribution", "Attribution", spans)
    yield Action("spans.leave", "q escape", "leave; what is marked waits here", "Attribution", spans, "leave")
    for digit in "123456789":
        yield Action(
            f"candidate.{digit}",
            digit,
            f"take candidate {digit}",
            "Attribution",
            spans,
            "candidates" if digit == "1" else "",
        )

    for letter in LETTERS:
        yield Action(
            f"label.{letter}", letter, f"the word under {letter}", "Mark", (LABELS,), "word" if letter == "a" else ""
        )
    yield Action("labels.leave", "escape", "mark no word by letters", "Mark", (LABELS,), "back")

    yield Action("split.here", "enter |", "split the claim at the cursor", "Claims", split, "split here")
    yield Action("split.leave", "q escape", "leave it whole", "Claims", split, "leave it whole")

    yield Action("row.next", "j down", "the next article", "Move", queue, "move")
    yield Action("row.previous", "k up", "the article before", "Move", queue)
    yield from _far("row", queue, "article")
    yield Action("row.open", "enter", "review the article", "Open", queue, "review")
    yield Action("queue.sort", "s", "sort by the next column", "Arrange", queue, "sort")
    yield Action("queue.filter", "f", "show the next kind of articles", "Arrange", queue, "filter")
    yield Action("queue.find", "/", "find in titles and publishers", "Arrange", queue, "find")
    yield Action("queue.all", "escape", "show all articles again", "Arrange", queue, "show all")

    settle = (ADJUDICATE,)
    for digit in "123456789":
        yield Action(f"take.{digit}", digit, f"take what reviewer {digit} decided", "Decide", settle, "take")
    yield Action("case.facet", "tab", "take one facet alone: the next that differs, or all", "Decide", settle, "facet")
    yield Action("case.own", "enter M", "decide yourself, with the usual keys", "Decide", settle, "your own")
    yield Action("case.open", "space", "the next difference that is not settled", "Move", settle, "next")
    yield Action("case.next", "j down", "the next difference of the article", "Move", settle, "move")
    yield Action("case.previous", "k up", "the difference before", "Move", settle)
    yield Action("case.article", "] N", "the next article with a difference", "Move", settle)
    yield Action("case.marks", "l right", "the next reviewer's marks in the text", "Show", settle, "marks")
    yield Action("case.marks.back", "h left", "the marks of the reviewer before", "Show", settle)
    yield Action("case.names", "x", "hide the reviewers' names, or show them", "Show", settle, "names")

    yield Action("confirm.yes", "y enter", "yes", "Answer", (CONFIRM,), "yes")
    yield Action("confirm.no", "n q escape", "no", "Answer", (CONFIRM,), "no")

    yield Action("theme", "f2", "light or dark", "Other", _WITHOUT_LETTERS)
    yield Action("guidelines", "G", "what the values mean, and the project's guidelines", "Other", _EVERYWHERE)
    yield Action("help", "? f1", "all keys", "Other", _WITHOUT_LETTERS, "help")
    yield Action("palette", "ctrl+p", "every action by name", "Other", _WITHOUT_LETTERS)
    yield Action("quit", "ctrl+q", "quit: everything is stored already", "Other", _WITHOUT_LETTERS)


def _far(head: str, modes: tuple[str, ...], name: str = "") -> Iterator[Action]:
    """The keys that go far among what the actions of a head step through."""
    yield Action(f"{head}.first", "home", f"the first {name or head}", "Move", modes)
    yield Action(f"{head}.last", "end", f"the last {name or head}", "Move", modes)
    yield Action(f"{head}.page_down", "pagedown ctrl+f", "a screen down", "Move", modes)
    yield Action(f"{head}.page_up", "pageup ctrl+b", "a screen up", "Move", modes)


def actions(scheme: Scheme, keys: Mapping[str, str] | None = None) -> list[Action]:
    """Every action, the scheme's values included, with the user's own keys where given."""
    known = list(_table())
    at = next(index for index, action in enumerate(known) if action.id == "voice")
    values = [
        Action(f"worth.{value.id}", value.key, f"worth checking: {value.name}", "Decide", (REVIEW,), value.key)
        for value in scheme.worth
    ]
    values += [
        Action(f"verdict.{value.id}", value.key, f"verdict: {value.name}", "Decide", (REVIEW,), value.name)
        for value in scheme.verdict
    ]
    known[at:at] = values
    for verdict in (verdict for verdict in scheme.verdict if verdict.reasons):
        mode = (reason_mode(verdict.id),)
        known += [
            Action(f"reason.{reason.id}", reason.key, f"{verdict.name}: {reason.name}", "Answer", mode, reason.name)
            for reason in verdict.reasons
        ]
        known.append(Action("without.reason", "enter", "the verdict now, its reason later", "Answer", mode, "later"))
        known.append(Action("reason.leave", "q escape", "no verdict after all", "Answer", mode, "leave"))
    return [*_with_own_keys(known, keys)] if keys else known


def _with_own_keys(known: Sequence[Action], keys: Mapping[str, str]) -> Iterator[Action]:
    """The actions with the user's keys; where such a key is the second one of another action, that one does without."""
    taken = {
        (mode, key) for action in known if action.id in keys for mode in action.modes for key in keys[action.id].split()
    }
    for action in known:
        if action.id in keys:
            yield replace(action, keys=keys[action.id])
        else:
            first, *others = action.key_list
            left = [key for key in others if not any((mode, key) in taken for mode in action.modes)]
            yield replace(action, keys=" ".join([first, *left]))


class Keymap:
    """Which action a key means in a mode; raises ConfigError where two actions of a mode share a key.

    `letters` are those of the user's layout; what a character means itself goes before what lies on its key.
    """

    def __init__(self, known: Sequence[Action], letters: Mapping[str, str] | None = None) -> None:
        self.actions = list(known)
        self._letters = letters or {}
        self._by_key: dict[tuple[str, str], Action] = {}
        self._by_id = {action.id: action for action in reversed(self.actions)}
        self._of_mode: dict[str, list[Action]] = {}
        for action in known:
            for mode in action.modes:
                for key in action.key_list:
                    other = self._by_key.setdefault((mode, key), action)
                    if other is not action:
                        raise ConfigError(f"key {key!r} means both {other.id} and {action.id} in mode {mode!r}")

    def action(self, mode: str, key: str) -> Action | None:
        """The action of a key in a mode."""
        return self._by_key.get((mode, key)) or self._by_key.get((mode, plain(key, self._letters)))

    def of_mode(self, mode: str) -> Sequence[Action]:
        """The mode's actions in the table's order."""
        found = self._of_mode.get(mode)
        if found is None:
            found = self._of_mode[mode] = [action for action in self.actions if mode in action.modes]
        return found

    def by_id(self, action_id: str) -> Action:
        """The action with this id."""
        return self._by_id[action_id]


_SHOWN = {"enter": "⏎", "space": "␣", "tab": "⇥", "escape": "esc", "backspace": "⌫", "delete": "del"}
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "pgup", "pagedown": "pgdn"}


def shown(key: str) -> str:
    """A key as the screen writes it."""
    head, plus, name = key.rpartition("+")
    if plus and head and name:
        return f"{head}+{shown(name)}"
    return _SHOWN.get(key) or _ARROWS.get(key) or key


def pressed(key: str, character: str | None) -> str:
    """The keymap's name for a key event: the character where it types a visible one, else the key's name."""
    if character is not None and len(character) == 1 and character.isprintable() and character != " ":
        return character
    return key
