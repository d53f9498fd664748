"""Sources: whose words the attribution gives, decided by one key; and the project's sources, to walk and to mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from annotator.errors import DecisionRefused, DomainError
from annotator.model.counts import counted
from annotator.model.draft_key import DraftKey
from annotator.model.scheme import Scheme, name_of
from annotator.model.source import Citation, Registry, SourceEntity, SourceKind
from annotator.tui.actions.deciding import apply
from annotator.tui.actions.opening import open_article, refresh_sources
from annotator.tui.context import Context
from annotator.tui.dialogs import Browse, Choice, Choose
from annotator.workflow import reading, same_sources, sources
from annotator.workflow.naming.proposing import SourceProposal, propose_unkept, source_words
from annotator.workflow.plan import Plan
from annotator.workflow.reading import ListedSource
from annotator.workflow.session import DecisionResult, ReviewSession, SourcesResult

_BACK_KEYS = {"u": "undo", "U": "redo"}
_WITH_KEYS = {
    "enter": "its claims",
    "R": "renames",
    "A": "adds another name",
    "M": "merges into another",
    "K": "changes its kind",
    "H": "history",
}

# One attribution's source


def choose_source(context: Context) -> None:
    """Choose whose words the attribution shown gives: proposals first, then every source by what is typed.

    One that is not hers yet is kept with the source that is chosen, in one entry; without a choice nothing is.
    """
    state, claim = context.state, context.state.claim
    shown = state.card().expanded()
    if shown is None:
        state.say("there is no attribution here that could have a source: e marks one")
        return
    attribution, before = shown, state.review.attributions

    def kept(decided: DecisionResult) -> None:
        made = next(made for made in decided.review.attributions if made not in before)
        apply(context, decided)
        state.candidate = [other.id for other, _ in state.card().candidates].index(made.id)

    key = DraftKey(claim.article_id, "source", claim.id)

    def taken(entity: object) -> None:
        if not isinstance(entity, SourceEntity):
            return
        if attribution in before:
            context.finish(
                key,
                lambda session: session.apply(sources.assign, claim, attribution.id, entity),
                partial(apply, context),
            )
        else:
            context.finish(
                key, lambda session: session.apply(sources.keep_with_source, claim, attribution, entity), kept
            )

    def then(registry: Registry) -> None:
        state.registry = registry
        proposals = propose_unkept(state.review, attribution, registry)

        def search(typed: str) -> Sequence[Choice]:
            return _choices(registry, proposals, typed)

        title = f"Whose words: {source_words(state.review, attribution)}"
        context.terminal.open(_choose(context, title, search, key), taken)

    context.read(lambda session: session.registry, then)


def _choose(context: Context, title: str, search: Callable[[str], Sequence[Choice]], key: DraftKey) -> Choose:
    """A list that narrows by a name that is typed; it begins with what was typed before without a choice."""
    waiting = context.state.drafts.get(key, {})

    def draft(now: str) -> None:
        context.keep_draft(key, {"text": now} if now.strip() else None)

    return Choose(title, search, "a name", str(waiting.get("text", "")), draft)


# All sources


def browse_sources(context: Context, lit: str | None = None, *, said: str = "", wrong: str = "") -> None:
    """Walk through the project's sources with the reviewer's own counts; what the last key did is said there."""
    state = context.state

    def then(found: tuple[list[ListedSource], Registry]) -> None:
        listed, state.registry = found
        columns = _columns(listed, state.scheme)
        choices = [Choice(_line(line, columns), line.entity.id) for line in listed]
        count = counted(len(choices), "source")
        names = [f"{value.key} = {value.name}" for value in state.scheme.verdict]
        title = " · ".join([count, *names]) if choices else count
        empty = "No sources yet: they are made when attributions are accepted."
        doubled = same_sources.count(state.registry)
        joins = {"J": f"joins {doubled} of the same name"} if doubled else {}
        keys = {**_WITH_KEYS, **joins, **_BACK_KEYS} if choices else _BACK_KEYS
        dialog = Browse(title, choices, keys, empty, lit, _head(columns), said, wrong)
        context.terminal.open(dialog, partial(_walked, context))

    context.read(lambda session: (reading.own_sources(session), session.registry), then)


def _walked(context: Context, answer: tuple[str, object] | None) -> None:
    if answer is None:
        refresh_sources(context)
        return
    key, source_id = answer
    if key in ("u", "U"):
        _try(context, lambda session: session.undo_or_redo_sources("undo" if key == "u" else "redo"), source_id)
    elif key == "J":
        _try(context, lambda session: session.apply_to_sources(same_sources.join), source_id)
    elif isinstance(source_id, str):
        _WITH_SOURCE[key](context, context.state.registry.entities[source_id])


def _try(
    context: Context, job: Callable[[ReviewSession], SourcesResult], lit: object, key: DraftKey | None = None
) -> None:
    """Take a decision on the sources and come back to the list, which says what became of it or why nothing did.

    `key` is the draft of what was typed for it.
    """

    def attempt(session: ReviewSession) -> tuple[str, str]:
        try:
            with session.finishing(key):
                return job(session).said, ""
        except (DecisionRefused, DomainError) as refused:
            return "", str(refused)

    def then(outcome: tuple[str, str]) -> None:
        said, wrong = outcome
        if key is not None and not wrong:
            context.finished(key)
        context.state.say(said)
        browse_sources(context, lit if isinstance(lit, str) else None, said=said, wrong=wrong)

    context.drafts.hand_over()
    context.save(attempt, then)


def _change(
    context: Context, planner: Callable[..., Plan], entity: SourceEntity, *more: object, key: DraftKey | None = None
) -> None:
    _try(context, lambda session: session.apply_to_sources(planner, entity.id, *more), entity.id, key)


def _rename(context: Context, entity: SourceEntity) -> None:
    key = context.draft_key("source-name", entity.id)
    context.ask("the source's name", entity.name, partial(_change, context, sources.rename, entity, key=key), key)


def _add_alias(context: Context, entity: SourceEntity) -> None:
    key = context.draft_key("source-alias", entity.id)
    then = partial(_change, context, sources.add_alias, entity, key=key)
    context.ask(f"another name of {entity.name}", "", then, key)


def _merge(context: Context, entity: SourceEntity) -> None:
    registry, key = context.state.registry, context.draft_key("source-merge", entity.id)

    def search(typed: str) -> Sequence[Choice]:
        found = registry.search(typed, 50) if typed.strip() else _alike_first(registry, entity)
        return [Choice(_named(other), other) for other in found if other.id != entity.id]

    def taken(other: object) -> None:
        if isinstance(other, SourceEntity):
            _change(context, sources.merge, entity, other.id, key=key)

    context.terminal.open(_choose(context, f"{entity.name} is the same as", search, key), taken)


def _alike_first(registry: Registry, entity: SourceEntity) -> list[SourceEntity]:
    """All sources, in front those whose name says the same as this one's."""
    alike = registry.named(entity.name)
    return [*alike, *(other for other in registry.unmerged() if other not in alike)]


def _next_kind(context: Context, entity: SourceEntity) -> None:
    kinds = list(SourceKind)
    _change(context, sources.set_kind, entity, kinds[(kinds.index(entity.kind) + 1) % len(kinds)])


def _history(context: Context, entity: SourceEntity) -> None:
    def then(lines: list[tuple[str, str]]) -> None:
        choices = [Choice(f"{at[:19].replace('T', ' ')}  {said}", entity.id) for at, said in lines]
        dialog = Browse(f"History of {entity.name} (UTC)", choices, {}, "Nothing yet.", opened_by="H")
        context.terminal.open(dialog, lambda _: browse_sources(context, entity.id))

    context.read(lambda session: sources.history(session.store, entity.id, session.reviewer), then)


def _cited(context: Context, entity: SourceEntity) -> None:
    def then(citations: list[Citation]) -> None:
        scheme = context.state.scheme
        # Where all are of one article its title stands above them, and room is left for the claims' words.
        titles = {each.article_id: each.title for each in citations}
        one = next(iter(titles.values())) if len(titles) == 1 else ""
        choices = [Choice(_claim(each, scheme, titled=not one), each) for each in citations]
        title, keys, empty = f"Claims of {entity.name}", {"enter": "goes there"}, "No claim of yours."
        context.terminal.open(Browse(title, choices, keys, empty, head=one), chosen)

    def chosen(answer: tuple[str, object] | None) -> None:
        if answer is None:
            browse_sources(context, entity.id)
        elif isinstance(answer[1], Citation):
            open_article(context, answer[1].article_id, (answer[1].claim_id, answer[1].start))

    context.read(lambda session: sources.cited(session.store, entity.id, session.reviewer), then)


_WITH_SOURCE: dict[str, Callable[[Context, SourceEntity], None]] = {
    "enter": _cited,
    "R": _rename,
    "A": _add_alias,
    "M": _merge,
    "K": _next_kind,
    "H": _history,
}


def _choices(registry: Registry, proposals: Sequence[SourceProposal], typed: str) -> Sequence[Choice]:
    """What may be meant: the proposals while nothing is typed, else known sources, and the typed name as a new one."""
    if not typed.strip():
        known = [Choice(_proposed(made), made.entity) for made in proposals]
        proposed = {made.entity.id for made in proposals}
        return known + [Choice(_named(entity), entity) for entity in registry.unmerged() if entity.id not in proposed]
    found = [Choice(_named(entity), entity) for entity in registry.search(typed)]
    name = " ".join(typed.split())
    if registry.named(name):
        return found
    kinds = [made.entity.kind for made in proposals if not made.known] or [SourceKind.PERSON]
    return [*found, Choice(f"+ {name} ({kinds[0].value}, new)", SourceEntity("", name, kinds[0]))]


def _proposed(made: SourceProposal) -> str:
    """A proposal with why it is one; that it is new its name says already."""
    return f"{_named(made.entity)}  ·  {made.reason}" if made.known else _named(made.entity)


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
