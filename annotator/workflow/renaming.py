"""Renaming a reviewer, or joining two who are one: by the lead, shown first, and to be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from annotator.errors import DecisionRefused, NotFoundError
from annotator.model.judgement import CONTENT
from annotator.model.late import dataclass
from annotator.model.ledger import Entry, effective
from annotator.model.reviewer import ADJUDICATED
from annotator.store import Store, aliases, ledger, project
from annotator.store import renaming as names
from annotator.store.rebuilding import work_pairs

_WHAT = "renaming reviewers"
_JUDGED = ("judgement", "verdict")


@dataclass(frozen=True, slots=True)
class Renaming:
    """A renaming that has been planned and not done; a `joining` where the new name is somebody's already.

    `decisions` and `articles` are those of the old name. `standing` counts the claims that both have decided, by the
    name whose entry is the later one in the ledger: where they differ it stands.
    """

    old: str
    new: str
    joining: bool
    decisions: int
    articles: int
    standing: Mapping[str, int]


def plan(store: Store, old: str, new: str, by: str | None) -> Renaming:
    """Plan what a reviewer is called from now on.

    Raises DecisionRefused for who does not lead the project and for names that cannot be joined, and NotFoundError
    for an old name that nobody has.
    """
    present = project.load_project(store)
    present.check_lead(by, _WHAT)
    everybody = names.everybody(store)
    _check_names(old, new, present.renamed)
    if old not in everybody:
        there = f"here are: {', '.join(everybody)}" if everybody else "nobody has done anything yet"
        raise NotFoundError(f"{store.path}: no reviewer {old!r}; {there}")
    decisions, articles = names.decided(store, old)
    joining = new in everybody
    return Renaming(old, new, joining, decisions, articles, _standing(store, old, new) if joining else {})


def _check_names(old: str, new: str, renamed: Mapping[str, str]) -> None:
    if ADJUDICATED in (old, new):
        raise DecisionRefused(f"{ADJUDICATED!r} is the name of what the lead settles, and nobody's")
    if old == new:
        raise DecisionRefused(f"{old} is called so already")
    if renamed.get(new) == old:
        raise DecisionRefused(
            f"{new} is an earlier name of {old}: `annotator project rename --undo {new}` brings it back"
        )
    for name in (old, new):
        if name in renamed:
            raise DecisionRefused(f"{name} is called {renamed[name]} now: name {renamed[name]} instead")


def _standing(store: Store, old: str, new: str) -> Counter[str]:
    """The claims that both have decided, by the name whose entry is the later one."""
    found: Counter[str] = Counter()
    pairs = work_pairs(store)
    theirs = {article_id for name, article_id in pairs if name == new}
    for name, article_id in pairs:
        if name != old or article_id not in theirs:
            continue
        mine, others = (_last_decided(store, each, article_id) for each in (old, new))
        found.update(old if mine[claim] > others[claim] else new for claim in mine.keys() & others.keys())
    return found


def _last_decided(store: Store, reviewer: str, article_id: str) -> dict[str, tuple[int, str, str]]:
    """The claims that a reviewer has judged, each with the place of her last entry that does so."""
    last: dict[str, tuple[int, str, str]] = {}
    for entry in effective(list(ledger.entries_of(store, reviewer, article_id))):
        for change in entry.changes:
            if change.table in _JUDGED and (change.table == "judgement" or change.key[1] == CONTENT):
                last[change.key[0]] = entry.order
    return last


def rename(store: Store, planned: Renaming, by: str | None) -> None:
    """Do what was planned; raises DecisionRefused like `plan`."""
    present = project.load_project(store)
    present.check_lead(by, _WHAT)
    _check_names(planned.old, planned.new, present.renamed)
    names.rename(store, planned.old, planned.new, by)


def take_back(store: Store, old: str | None, by: str | None) -> Entry:
    """Take the last renaming back, or the last one of a name, and say which it was; what was decided stays decided.

    Each decision is then again whose name it was made under. Raises DecisionRefused where there is none.
    """
    project.load_project(store).check_lead(by, _WHAT)
    holding = names.renamings(store, old)
    if not holding:
        raise DecisionRefused(f"{old} was not renamed" if old else "nobody was renamed")
    names.take_back(store, holding[-1], by)
    return holding[-1]


def circles_cut(store: Store) -> list[tuple[str, str]]:
    """Names that two machines have made lead to each other: the one that stands, and the one it would lead to."""
    ahead, now = aliases.aliases(store.connection), aliases.now_called(store.connection)
    return sorted((name, to) for name, to in ahead.items() if name not in now)
