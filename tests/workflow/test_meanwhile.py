"""Whatever another process does between two decisions: nothing that was read before it is used after it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.model.article import Article, Publication
from annotator.model.check import Check
from annotator.model.draft_key import DraftKey
from annotator.store import Store, articles, doctor, ledger, open_store, project
from annotator.store.fact_checks import checks
from annotator.workflow import attributing, judging, renaming, suggesting, uniting
from annotator.workflow.fact_checks.check_matching import words_of
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented
from tests.workflow.renamed import RAIN, RAMP, at_work, new_store, rename, work

SEEDS = int(os.environ.get("SEEDS", "4"))
Elsewhere = Callable[[Store, random.Random], object]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    """A desk at which ana and ben have worked."""
    opened = new_store(tmp_path / "desk.db")
    work(opened)
    yield opened
    opened.close()


@pytest.fixture
def there(here: Store) -> Iterator[Store]:
    """The same database, opened by another process as it were."""
    opened = open_store(here.path)
    yield opened
    opened.close()


@pytest.fixture
def copy(here: Store, tmp_path: Path) -> Path:
    """A copy in which both went on, and somebody new too."""
    here.rest()
    target = tmp_path / "elsewhere.db"
    shutil.copyfile(here.path, target)
    with closing(open_store(target)) as opened:
        for reviewer in ("ana", "ben", "carl"):
            session = at_work(opened, reviewer)
            session.apply(judging.worth, session.review.claims[0], "1")
            session.apply(judging.note, session.review.claims[2], f"{reviewer}'s")
    return target


def deeds(copy: Path) -> dict[str, Elsewhere]:
    """What another process may do."""

    def imports(store: Store, chosen: random.Random) -> None:
        text = f"Fog came on day {chosen.random()}. It stayed."
        articles.add_article(store, Article(text, "fog.txt", Publication("Fog")), segmented(text), [], None)

    def brings_checks(store: Store, chosen: random.Random) -> None:
        found = Check("one", f"Two cables held on day {chosen.random()}.", date="2026-01-01")
        checks.save(store, [(found, words_of(found))], "checks.jsonl", words_of)

    def decides(store: Store, chosen: random.Random) -> None:
        session = at_work(store, chosen.choice(["ana", "ben"]))
        session.apply(judging.worth, chosen.choice(session.review.claims), chosen.choice("012"))

    return {
        "renames her": lambda store, _: rename(store, "ana", "dora"),
        "renames another": lambda store, _: rename(store, "ben", "bert"),
        "joins another with her": lambda store, _: rename(store, "ben", "ana"),
        "takes a name back": lambda store, _: renaming.take_back(store, None, None),
        "purges the article": lambda store, _: articles.purge_article(store, RAMP.id, None),
        "purges another": lambda store, _: articles.purge_article(store, RAIN.id, None),
        "merges": lambda store, _: list(uniting.merge(store, [copy], None)),
        "imports": imports,
        "asks the suggesters": lambda store, _: list(suggesting.suggest_again(store, [RAMP.id])),
        "brings fact-checks": brings_checks,
        "changes the project": lambda store, chosen: project.set_value(
            store, "guidelines", f"# {chosen.random()}", None
        ),
        "decides": decides,
    }


def decide(session: ReviewSession, chosen: random.Random) -> str:
    """One thing that a reviewer does, as her screen has it; what was refused, or nothing."""
    review = session.review
    claim = chosen.choice(review.claims)
    possible: list[Callable[[], object]] = [
        lambda: session.apply(judging.worth, claim, chosen.choice("012")),
        lambda: session.apply(judging.note, claim, f"note {chosen.random()}"),
        lambda: session.apply(judging.verdict, claim, "refuted"),
        lambda: session.apply(attributing.accept, claim),
        session.undo,
        session.undo,
        session.redo,
        lambda: session.save_draft(DraftKey(review.article.id, "note", claim.id), {"text": "half"}),
    ]
    try:
        chosen.choice(possible)()
    except AnnotatorError as error:
        return str(error)
    return ""


def check(store: Store, session: ReviewSession, name: str) -> None:
    """The database is sound, and her review is that of whoever opens the article now."""
    assert list(doctor.examine(store, words_of=words_of)) == [], name
    with suppress(AnnotatorError):
        session.news()
        now = ReviewSession(store, session.reviewer)
        fresh, _ = now.open(session.review.article.id)
        assert session.review.judgements == fresh.judgements, name
        assert session.review.verdicts == fresh.verdicts, name
        assert session.review.attributions == fresh.attributions, name


NAMES = list(deeds(Path()))


@pytest.mark.parametrize("name", NAMES)
def test_what_another_did_is_what_the_next_decision_is_made_of(
    here: Store, there: Store, copy: Path, name: str
) -> None:
    ana = at_work(here, "ana")
    chosen = random.Random(name)
    assert decide(ana, random.Random(3)) == ""
    deeds(copy)[name](there, chosen) if name != "takes a name back" else None
    before = len(list(ledger.entries(there)))
    refused = [decide(ana, chosen) for _ in range(8)]
    if name in ("renames her", "purges the article"):
        assert all(refused)
        assert len(list(ledger.entries(there))) == before
    else:
        assert "" in refused
    check(there, ana, name)


@pytest.mark.times(SEEDS / 4)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_many_things_in_any_order_leave_a_sound_database(here: Store, there: Store, copy: Path, seed: int) -> None:
    chosen = random.Random(seed)
    done: list[str] = []
    with ExitStack() as held:
        second = held.enter_context(closing(open_store(here.path)))
        sessions = [at_work(here, "ana"), at_work(second, "ben")]
        for _ in range(25):
            name = chosen.choice(NAMES)
            with suppress(AnnotatorError):
                deeds(copy)[name](there, chosen)
                done.append(name)
            for session in sessions:
                decide(session, chosen)
        assert list(doctor.examine(there, words_of=words_of)) == [], done
        for session in sessions:
            check(there, session, str(done))
