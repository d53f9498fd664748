"""Sources: whose words the attribution gives, decided by one key; and the project's sources, to walk and to mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotator.model.source import Citation, Registry, SourceEntity, SourceKind
from annotator.reports.sources import SourceLine, SourceReport
from annotator.tui.screens.choosing import BrowseScreen, Choice, ChooseScreen
from annotator.workflow import sources
from annotator.workflow.plan import Plan
from annotator.workflow.proposing import SourceProposal, propose, source_words
from annotator.workflow.session import Settled

if TYPE_CHECKING:
    from annotator.tui.screens.workbench import Workbench

_BROWSE_KEYS = {
    "enter": "its claims",
    "R": "renames",
    "M": "merges into another",
    "K": "changes its kind",
    "H": "history",
    "u": "undo",
    "U": "redo",
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
        """Choose whose words the attribution shown gives: proposals first, then every source by what is typed."""
        desk, claim = self.desk, self.desk.claim
        shown = desk.card().expanded()
        if shown is None or shown.id not in {made.id for made in desk.review.attributions}:
            desk.say("accept or mark the attribution first: then it has a source")
            return

        def then(registry: Registry) -> None:
            self.registry = registry
            proposals = propose(desk.review, shown, registry)

            def taken(entity: object) -> None:
                if isinstance(entity, SourceEntity):
                    desk.ask_clerk(lambda session: session.take(sources.assign, claim, shown.id, entity), desk.settle)

            def search(typed: str) -> Sequence[Choice]:
                return _choices(registry, proposals, typed)

            title = f"Whose words: {source_words(desk.review, shown)}"
            desk.app.push_screen(ChooseScreen(title, search, "a name"), taken)

        desk.ask_clerk(lambda session: session.registry, then)

    def name_of(self, attribution_id: str) -> str:
        """The source of one of the reviewer's attributions, in words; empty where none is assigned."""
        entity = sources.source_of(self.desk.review, self.registry, attribution_id)
        return f"{entity.name} ({entity.kind.value})" if entity is not None else ""

    # All sources

    def browse(self, lit: str | None = None) -> None:
        """Walk through the project's sources with the reviewer's own counts."""

        def then(found: tuple[SourceReport, Registry]) -> None:
            report, self.registry = found
            choices = [Choice(_line(line), line.entity.id) for line in report.sources]
            title = f"{len(choices)} sources · your claims · supported · refuted"
            empty = "No sources yet: they are made when attributions are accepted."
            self.desk.app.push_screen(BrowseScreen(title, choices, _BROWSE_KEYS, empty, lit), self._walked)

        self.desk.ask_clerk(lambda s: (sources.own_listing(s.store, s.reviewer), s.registry), then)

    def _walked(self, answer: tuple[str, object] | None) -> None:
        if answer is None:
            self.refresh()
            return
        key, source_id = answer
        if key in ("u", "U"):
            self.desk.ask_clerk(
                lambda session: session.settle_back("undo" if key == "u" else "redo"), self._settled(source_id)
            )
        elif isinstance(source_id, str):
            entity = self.registry.entities[source_id]
            {"enter": self._cited, "R": self._rename, "M": self._merge, "K": self._next_kind, "H": self._history}[key](
                entity
            )

    def _settled(self, lit: object) -> Callable[[Settled], None]:
        def then(settled: Settled) -> None:
            self.desk.say(settled.said)
            self.browse(lit if isinstance(lit, str) else None)

        return then

    def _settle(self, planner: Callable[..., Plan], entity: SourceEntity, *more: object) -> None:
        self.desk.ask_clerk(lambda session: session.settle(planner, entity.id, *more), self._settled(entity.id))

    def _rename(self, entity: SourceEntity) -> None:
        self.desk.asking.words(
            "the source's name", entity.name, lambda name: self._settle(sources.rename, entity, name)
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
            choices = [
                Choice(f"{citation.title}  ·  {citation.verdict or 'no verdict'}", citation) for citation in citations
            ]
            screen = BrowseScreen(f"Claims of {entity.name}", choices, {"enter": "goes there"}, "No claim of yours.")
            self.desk.app.push_screen(screen, chosen)

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


def _line(line: SourceLine) -> str:
    verdicts = line.numbers.verdicts
    counts = f"{line.numbers.claims:>4} {verdicts.get('supported', 0):>4} {verdicts.get('refuted', 0):>4}"
    return f"{counts}  {_named(line.entity)}"
