"""How the time of each step of an import and of the span mode grows with the text, on 442 kinds of odd text.

Run it with `python -m benchmarks.scaling [--quick] [--step STEP...] [--kind PART...]`. Each kind of text is made in
three sizes, each four times as long as the one before. What is said is the exponent of the growth between the first and
the last: 1 where twice the text takes twice the time, 2 where it takes four times as long. A time below LEAST seconds
says nothing: the exponent is then that of the growth from LEAST. The exit status is 1 where one is above MOST.

Times are of the processor, best of the repeats, without Python's garbage collector; an exponent that is too high is
measured again, because others who use the machine make a time longer and never shorter.
"""

from __future__ import annotations

import argparse
import gc
import io
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from annotator.errors import AnnotatorError
from annotator.importers.decoding import Source
from annotator.importers.draft import article_from
from annotator.importers.formats import FORMATS
from annotator.importers.options import ImportOptions
from annotator.model.article import Segmentation, check_segmentation
from annotator.model.attribution import Role
from annotator.model.candidates import Marks
from annotator.model.language.folding import fold
from annotator.model.language.languages import guessed_language
from annotator.model.language.shingles import bands, shingles
from annotator.model.language.sought import Sought
from annotator.model.language.words import letters, words
from annotator.model.span import Span
from annotator.segmentation import split
from annotator.suggesters import suggest
from annotator.suggesters.candidates import Candidates
from benchmarks.apparatus.table import print_table
from benchmarks.apparatus.text_kinds import KINDS, made

SIZES = (8_000, 32_000, 128_000)
QUICK_SIZES = (250, 1_000, 4_000)
MOST = 1.15
LEAST = 0.004
AGAIN = 4


@dataclass(frozen=True, slots=True)
class Given:
    """A text with its segmentation, both made before any time is taken."""

    text: str
    segmentation: Segmentation


def read_as(name: str) -> Callable[[Given], object]:
    """What reads the text as a file of that format does, with hard-wrapped lines joined."""
    options = ImportOptions(unwrap=True)

    def read(given: Given) -> None:
        source = Source("made", io.BytesIO(given.text.encode()))
        try:
            for draft in FORMATS[name].read(source, options):
                if isinstance(draft, AnnotatorError):
                    return
                article_from(draft, source, options)
        except AnnotatorError:
            # What is refused is refused in time.
            return

    return read


def offered(given: Given) -> None:
    """What the span mode offers for the claim in the middle of the text: once read, at every key."""
    known = Candidates(given.text, given.segmentation)
    sentences = given.segmentation.sentences
    if not sentences:
        return
    claim: Span = sentences[len(sentences) // 2].span
    cue = next(iter(known.of(Role.CUE, claim, Marks())), None)
    marks = known.completion(claim, cue) if cue else Marks()
    known.of(Role.SOURCE, claim, marks)
    known.of(Role.CONTENT, claim, marks)
    known.alternatives(claim, marks)


def searched(given: Given) -> None:
    """Looking through the text for words, all hits with their places."""
    for sought in ("the pier", "e", "said"):
        list(Sought(sought).spans(given.text))
    fold(given.text)


STEPS: Mapping[str, Callable[[Given], object]] = {
    "split": lambda given: split(given.text),
    "check": lambda given: check_segmentation(given.text, given.segmentation),
    "suggest": lambda given: suggest(given.text, given.segmentation, language="en", publisher="The Example Post"),
    "language": lambda given: guessed_language(given.text),
    "text": read_as("text"),
    "markdown": read_as("markdown"),
    "search": searched,
    "near": lambda given: bands(shingles(given.text)),
    "words": lambda given: (words(given.text), letters(given.text)),
    "span mode": offered,
}


@dataclass(frozen=True, slots=True)
class Growth:
    """The seconds that the three sizes took, and the exponent that follows; 0 where all are too short to say one."""

    kind: str
    step: str
    seconds: tuple[float, ...]
    exponent: float


def seconds_of(step: Callable[[Given], object], given: Given) -> float:
    """Seconds of the processor."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        step(given)
        return time.process_time() - started
    finally:
        gc.enable()


def exponent(sizes: Sequence[int], seconds: Sequence[float], least: float) -> float:
    """The exponent between the first size that takes long enough and the last; 0 where there are not two such."""
    known = [(size, each) for size, each in zip(sizes, seconds, strict=True) if each >= least]
    if not known:
        return 0.0
    # A time too short to be measured was at most `least`.
    first = max((size for size, each in zip(sizes, seconds, strict=True) if each < least), default=0)
    start = (first, least) if len(known) == 1 and first else known[0]
    (small, short), (large, long) = start, known[-1]
    return log(long / short) / log(large / small) if large > small else 0.0


def growth(kind: str, step: str, texts: Sequence[Given], sizes: Sequence[int], repeat: int) -> Growth:
    """The growth of one step on one kind; measured again up to `repeat` times while it is too high."""
    best = [float("inf")] * len(sizes)
    found = 0.0
    for _ in range(repeat):
        best = [min(known, seconds_of(STEPS[step], text)) for known, text in zip(best, texts, strict=True)]
        found = exponent(sizes, best, LEAST)
        if found <= MOST:
            break
    return Growth(kind, step, tuple(best), found)


def growths(kinds: Sequence[str], steps: Sequence[str], sizes: Sequence[int], repeat: int) -> Iterator[Growth]:
    """The growth of each step on each kind."""
    # What is loaded once is no part of the time of any kind.
    warm = Given(made(KINDS[0], 500), split(made(KINDS[0], 500)))
    for step in steps:
        STEPS[step](warm)
    for kind in kinds:
        texts = [Given(text, split(text)) for text in (made(kind, size) for size in sizes)]
        for step in steps:
            yield growth(kind, step, texts, sizes, repeat)


def rows_of(found: Sequence[Growth], steps: Sequence[str]) -> list[tuple[str, ...]]:
    """A row a kind: the milliseconds of all steps on the longest text, then each step's exponent."""
    by_kind: dict[str, dict[str, Growth]] = {}
    for each in found:
        by_kind.setdefault(each.kind, {})[each.step] = each
    return [
        (
            repr(kind),
            f"{1000 * sum(each.seconds[-1] for each in of_kind.values()):,.0f}",
            *(f"{of_kind[step].exponent:.2f}" if of_kind[step].exponent else "-" for step in steps),
        )
        for kind, of_kind in by_kind.items()
    ]


def main() -> int:
    """Print one line a kind; the exit status is 1 where something grows faster than the text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="short texts, every fortieth kind: show that it runs")
    parser.add_argument("--step", action="append", choices=list(STEPS), help="only this step")
    parser.add_argument("--kind", action="append", help="only kinds whose names have this in them")
    options = parser.parse_args()
    steps = options.step or list(STEPS)
    kinds = [kind for kind in KINDS if not options.kind or any(part in kind for part in options.kind)]
    kinds = kinds[::40] if options.quick else kinds
    sizes = QUICK_SIZES if options.quick else SIZES
    found = list(growths(kinds, steps, sizes, 1 if options.quick else AGAIN))
    title = f"Growth: {len(kinds)} kinds of {', '.join(f'{size:,}' for size in sizes)} code points"
    print_table(title, ("kind", "ms", *steps), rows_of(found, steps))
    over = [each for each in found if each.exponent > MOST]
    for each in over:
        taken = ", ".join(f"{1000 * seconds:.1f}" for seconds in each.seconds)
        print(f"above {MOST}: {each.step} on {each.kind!r}: {each.exponent:.2f} ({taken} ms)")
    print(f"{len(found)} growths, the highest {max(each.exponent for each in found):.2f}, {len(over)} above {MOST}")
    return 1 if over and not options.quick else 0


if __name__ == "__main__":
    sys.exit(main())
