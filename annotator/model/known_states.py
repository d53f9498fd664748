"""The states of a review's claims: each kind of claim is looked at once, and after a decision the claims it changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

from annotator.model.scheme import Pass

K = TypeVar("K")
S = TypeVar("S")


class KnownStates(Generic[S]):
    """The states by pass, of claims that are told by their places.

    `kinds` are for each claim all that its state follows from: claims that are alike in it are in the same state.
    `of_kind` are the states that are known of kinds, in every review by one scheme.
    """

    def __init__(self, kinds: list[Hashable], of_kind: dict[Pass, dict[Hashable, S]]) -> None:
        self._kinds, self._of_kind = kinds, of_kind
        self._by_pass: dict[Pass, list[S]] = {}
        self._before: Mapping[Pass, list[S]] = {}
        self._changed: Collection[int] = ()

    def followed(self, changed: Mapping[int, Hashable]) -> KnownStates[S]:
        """Those of the same claims when some (by their places) are of these kinds."""
        kinds = [*self._kinds]
        for place, kind in changed.items():
            kinds[place] = kind
        made = KnownStates(kinds, self._of_kind)
        made._before, made._changed = self._by_pass, changed
        return made

    def of(self, pass_: Pass, state: Callable[[int, Pass], S]) -> list[S]:
        """The states of all claims in a pass; `state` says what that of a claim is."""
        states = self._by_pass.get(pass_)
        if states is None:
            known = self._before.get(pass_)
            if known is None:
                states = self._all(pass_, state)
            else:
                states = [*known]
                for place in self._changed:
                    states[place] = self._state(pass_, place, state)
            self._by_pass[pass_] = states
        return states

    def _all(self, pass_: Pass, state: Callable[[int, Pass], S]) -> list[S]:
        of_kind = self._of_kind.setdefault(pass_, {})
        for kind in set(self._kinds) - of_kind.keys():
            of_kind[kind] = state(self._kinds.index(kind), pass_)
        return [of_kind[kind] for kind in self._kinds]

    def _state(self, pass_: Pass, place: int, state: Callable[[int, Pass], S]) -> S:
        of_kind, kind = self._of_kind.setdefault(pass_, {}), self._kinds[place]
        found = of_kind.get(kind)
        if found is None:
            found = of_kind[kind] = state(place, pass_)
        return found


def changed(before: Mapping[K, object], after: Mapping[K, object]) -> set[K]:
    """The keys of which one of the two says what the other does not; of what is equal and not the same, too."""
    known = before.get
    return {key for key, value in after.items() if known(key) is not value} | (before.keys() - after.keys())
