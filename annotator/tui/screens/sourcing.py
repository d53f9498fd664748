"""Sources: whose words the attribution gives, decided by one key; and the project's sources, to walk and to mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotator.errors import DecisionRefused, DomainError
from annotator.model.attribution import Attribution
from annotator.model.scheme import Scheme, name_of
from annotator.model.source import Citation, Registry, SourceEntity, SourceKind
from annotator.tui.screens.choosing import BrowseScreen, Choice, ChooseScreen
from annotator.workflow import reading, sources
from annotator.workflow.plan import Plan
from annotator.workflow.proposing import SourceProposal, propose_unkept, source_words
from annotator.workflow.reading import ListedSource
from annotator.workflow.session import Decided, ReviewSession, Settled

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench

_BACK_KEYS = {"u": "undo", "U": "redo"}
_BROWSE_KEYS = {
    "enter": "its claims",
    "R": "renames",
    "A": "adds another name",
    "M": "merges into another",
    "K": "changes its kind",
    "H": "history",
    **_BACK_KEYS,
}


class Sourcing:
    """The sources' part of the review mode."""

    def __init__(self, desk: Workbench) -> None:
        self.desk = desk
        self.registry = Registry()

    def refresh(self) -> None:
        """Read what has changed among the project's sources, and show it."""

        def then(registry: Registry) -> None:
            self.registry = registry
            self.desk.paint()

        self.desk.ask_clerk(lambda session: session.registry, then)

    # One attribution's source

    def choose(self) -> None:
        """Choose whose words the attribution shown gives: proposals first, then every source by what is typed.

        One that is not hers yet is kept with the source that is chosen, in one entry; without a choice nothing is.
        """
        desk, claim = self.desk, self.desk.claim
        shown = desk.card().expanded()
        if shown is None:
            desk.say("there is no attribution here that could have a source: e marks one")
            return
        attribution, before = shown, desk.review.attributions

        def kept(decided: Decided) -> None:
            made = next(made for made in decided.review.attributions if made not in before)
            desk.settle(decided)
            desk.candidate = [other.id for other, _ in desk.card().candidates].index(made.id)
            desk.paint()

        def taken(entity: object) -> None:
            if not isinstance(entity, SourceEntity):
                return
            if attribution in before:
                desk.save(lambda session: session.take(sources.assign, claim, attribution.id, entity), desk.settle)
            else:
                desk.save(lambda session: session.take(sources.keep_with_source, claim, attribution, entity), kept)

        def then(registry: Registry) -> None:
            self.registry = registry
            proposals = propose_unkept(desk.review, attribution, registry)

            def search(typed: str) -> Sequence[Choice]:
                return _choices(registry, proposals, typed)

            title = f"Whose words: {source_words(desk.review, attribution)}"
            desk.app.push_screen(ChooseScreen(title, search, "a name"), taken)

        desk.ask_clerk(lambda session: session.registry, then)

    def name_of(self, attribution_id: str) -> str:
        """The source of one of the reviewer's attributions, in words; empty where none is assigned."""
        entity = sources.source_of(self.desk.review, self.registry, attribution_id)
        return f"{entity.name} ({entity.kind.value})" if entity is not None else ""

    def expected(self, attribution: Attribution) -> str:
        """Whose words an attribution would give if it were accepted: with a ? where that is sure, else for B to say."""
        found = next(iter(propose_unkept(self.desk.review, attribution, self.registry)), None)
        if found is None:
            return ""
        name = f"{found.entity.name} ({found.entity.kind.value})"
        return f"? {name}" if found.sure else f"B: {name}?"

    # All sources

    def browse(self, lit: str | None = None, *, said: str = "", wrong: str = "") -> None:
        """Walk through the project's sources with the reviewer's own counts; what the last key did is said there."""

        def then(found: tuple[list[ListedSource], Registry]) -> None:
            listed, self.registry = found
            scheme = self.desk.scheme
            columns = _columns(listed, scheme)
            choices = [Choice(_line(line, columns), line.entity.id) for line in listed]
            count = f"{len(choices)} source{'' if len(choices) == 1 else 's'}"
            names = [f"{value.key} = {value.name}" for value in scheme.verdict]
            title = " · ".join([count, *names]) if choices else count
            empty = "No sources yet: they are made when attributions are accepted."
            keys = _BROWSE_KEYS if choices else _BACK_KEYS
            head = _head(columns)
            screen = BrowseScreen(title, choices, keys, empty, lit, head=head, said=said, wrong=wrong)
            self.desk.app.push_screen(screen, self._walked)

        self.desk.ask_clerk(lambda session: (reading.own_sources(session), session.registry), then)

    def _walked(self, answer: tuple[str, object] | None) -> None:
        if answer is None:
            self.refresh()
            return
        key, source_id = answer
        if key in ("u", "U"):
            self._try(lambda session: session.settle_back("undo" if key == "u" else "redo"), source_id)
        elif isinstance(source_id, str):
            entity = self.registry.entities[source_id]
            does = {"enter": self._cited, "R": self._rename, "A": self._add_alias, "M": self._merge}
            (does | {"K": self._next_kind, "H": self._history})[key](entity)

    def _try(self, job: Callable[[ReviewSession], Settled], lit: object) -> None:
        """Take a decision on the sources and come back to the list, which says what became of it or why nothing did."""

        def attempt(session: ReviewSession) -> tuple[str, str]:
            try:
                return job(session).said, ""
            except (DecisionRefused, DomainError) as refused:
                return "", str(refused)

        def then(outcome: tuple[str, str]) -> None:
            said, wrong = outcome
            self.desk.say(said)
            self.browse(lit if isinstance(lit, str) else None, said=said, wrong=wrong)

        self.desk.save(attempt, then)

    def _settle(self, planner: Callable[..., Plan], entity: SourceEntity, *more: object) -> None:
        self._try(lambda session: session.settle(planner, entity.id, *more), entity.id)

    def _rename(self, entity: SourceEntity) -> None:
        self.desk.asking.words(
            "the source's name", entity.name, lambda name: self._settle(sources.rename, entity, name)
        )

    def _add_alias(self, entity: SourceEntity) -> None:
        self.desk.asking.words(
            f"another name of {entity.name}", "", lambda name: self._settle(sources.add_alias, entity, name)
        )

    def _merge(self, entity: SourceEntity) -> None:
        def search(typed: str) -> Sequence[Choice]:
            found = self.registry.search(typed, 50) if typed.strip() else self.registry.standing()
            return [Choice(_named(other), other) for other in found if other.id != entity.id]

        def taken(other: object) -> None:
            if isinstance(other, SourceEntity):
                self._settle(sources.merge, entity, other.id)

        self.desk.app.push_screen(ChooseScreen(f"{entity.name} is the same as", search, "a name"), taken)

    def _next_kind(self, entity: SourceEntity) -> None:
        kinds = list(SourceKind)
        self._settle(sources.set_kind, entity, kinds[(kinds.index(entity.kind) + 1) % len(kinds)])

    def _history(self, entity: SourceEntity) -> None:
        def then(lines: list[tuple[str, str]]) -> None:
            choices = [Choice(f"{at[:19].replace('T', ' ')}  {said}", entity.id) for at, said in lines]
            screen = BrowseScreen(f"History of {entity.name} (UTC)", choices, {}, "Nothing yet.")
            self.desk.app.push_screen(screen, lambda _: self.browse(entity.id))

        self.desk.ask_clerk(lambda session: sources.history(session.store, entity.id, session.reviewer), then)

    def _cited(self, entity: SourceEntity) -> None:
        def then(citations: list[Citation]) -> None:
            scheme = self.desk.scheme
            # Where all are of one article its title stands above them, and room is left for the claims' words.
            titles = {each.article_id: each.title for each in citations}
            one = next(iter(titles.values())) if len(titles) == 1 else ""
            choices = [Choice(_claim(each, scheme, titled=not one), each) for each in citations]
            title, keys, empty = f"Claims of {entity.name}", {"enter": "goes there"}, "No claim of yours."
            self.desk.app.push_screen(BrowseScreen(title, choices, keys, empty, head=one), chosen)

        def chosen(answer: tuple[str, object] | None) -> None:
            if answer is None:
                self.browse(entity.id)
            elif isinstance(answer[1], Citation):
                self.desk.open_article(answer[1].article_id, claim=(answer[1].claim_id, answer[1].start))

        self.desk.ask_clerk(lambda session: sources.cited(session.store, entity.id, session.reviewer), then)


def _choices(registry: Registry, proposals: Sequence[SourceProposal], typed: str) -> Sequence[Choice]:
    """What may be meant: the proposals while nothing is typed, else known sources, and the typed name as a new one."""
    if not typed.strip():
        known = [Choice(f"{_named(made.entity)}  ·  {made.reason}", made.entity) for made in proposals]
        proposed = {made.entity.id for made in proposals}
        return known + [Choice(_named(entity), entity) for entity in registry.standing() if entity.id not in proposed]
    found = [Choice(_named(entity), entity) for entity in registry.search(typed)]
    name = " ".join(typed.split())
    if registry.named(name):
        return found
    kinds = [made.entity.kind for made in proposals if not made.known] or [SourceKind.PERSON]
    return [*found, Choice(f"+ {name} ({kinds[0].value}, new)", SourceEntity("", name, kinds[0]))]


def _named(entity: SourceEntity) -> str:
    mark = "" if entity.id else "+ "
    also = f"  also {', '.join(entity.aliases[:3])}" if entity.aliases else ""
    return f"{mark}{entity.name} ({entity.kind.value}{'' if entity.id else ', new'}){also}"


_Columns = Sequence[tuple[str, Sequence[str]]]
"""The list's columns of verdicts: what stands above each, and the ids of the verdicts that it counts."""


def _columns(listed: Sequence[ListedSource], scheme: Scheme) -> _Columns:
    """One for each verdict of the scheme under its key, and one for those of an earlier scheme where there are any."""
    known = {value.id for value in scheme.verdict}
    earlier = sorted({id_ for line in listed for id_ in line.verdicts} - known)
    return [*((value.key, [value.id]) for value in scheme.verdict), *([("other", earlier)] if earlier else [])]


def _head(columns: _Columns) -> str:
    return " ".join(["claims", *(f"{key:>{_WIDTH}}" for key, _ in columns)])


_WIDTH = 4


def _line(line: ListedSource, columns: _Columns) -> str:
    counts = [sum(line.verdicts.get(id_, 0) for id_ in ids) for _, ids in columns]
    shown = [f"{count or '·':>{max(_WIDTH, len(key))}}" for (key, _), count in zip(columns, counts, strict=True)]
    return f"{' '.join([f'{line.claims:>6}', *shown])}  {_named(line.entity)}"


_WORDS = 36
"""Code points of a claim's words in a line, so that number, words and verdict fit in 80 columns."""


def _claim(citation: Citation, scheme: Scheme, *, titled: bool) -> str:
    """A claim's line: its number in the article, how it begins, its verdict, and the article where it is not plain."""
    words = citation.words if len(citation.words) <= _WORDS else f"{citation.words[: _WORDS - 1]}…"
    line = f"{citation.number:>3}  {words:<{_WORDS}}  {_verdict(citation, scheme)}"
    return f"{line}  ·  {citation.title}" if titled else line


def _verdict(citation: Citation, scheme: Scheme) -> str:
    if citation.verdict is None:
        return "no verdict"
    return name_of(scheme.known_verdict(citation.verdict), citation.verdict)
