"""Chains: whom the words passed through, from the reader back to whoever said them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.model.attribution import Attribution
from annotator.model.span import Span

FRAGMENTS = " … "
"""What stands between the pieces of a discontinuous span."""


def chain(text: str, publisher: str, path: Iterable[Attribution]) -> list[str | None]:
    """The publisher, then for each attribution from the outermost in: the outlet it was told to, and its source.

    A source that the text does not give is None; a step that repeats the one before is written once.
    """
    steps: list[str | None] = [publisher] if publisher else []
    for attribution in path:
        relay = attribution.relay
        if relay is not None and not _repeats(told := relay.slice(text), steps):
            steps.append(told)
        source = joined(attribution.source, text) or None
        if source is None or not _repeats(source, steps):
            steps.append(source)
    return steps


def _repeats(step: str, steps: Sequence[str | None]) -> bool:
    before = steps[-1] if steps else None
    return before is not None and (step == before or step.casefold() == before.casefold())


def path_to(attribution: Attribution, by_id: Mapping[str, Attribution]) -> list[Attribution]:
    """The attribution behind everything that it is nested in, the outermost first."""
    path = [attribution]
    while path[0].parent is not None and path[0].parent in by_id:
        path.insert(0, by_id[path[0].parent])
    return path


def joined(spans: Sequence[Span], text: str) -> str:
    """The sliced texts of a role's spans in one string."""
    # Nearly all have one.
    return spans[0].slice(text) if len(spans) == 1 else FRAGMENTS.join([span.slice(text) for span in spans])


def nested_order(attributions: Sequence[Attribution]) -> list[tuple[Attribution, int]]:
    """Attributions with what is nested in each behind it, and how deep each is nested among those given."""
    by_id = {attribution.id: attribution for attribution in attributions}
    paths = {attribution.id: path_to(attribution, by_id) for attribution in attributions}

    order = {id_: at for at, id_ in enumerate(by_id)}

    def place(attribution: Attribution) -> list[int]:
        return [order[outer.id] for outer in paths[attribution.id]]

    return [(attribution, len(paths[attribution.id]) - 1) for attribution in sorted(attributions, key=place)]
