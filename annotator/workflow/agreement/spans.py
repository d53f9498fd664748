"""Agreement on spans: what reviewers marked in the sentences that they have done, counted article by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from itertools import chain, combinations, groupby

from annotator.agreement import Counted, Ratings, measured_counts, value_and_reason
from annotator.agreement.ratings import Pattern, Patterns
from annotator.agreement.span_scores import COUNTED, MEASURES, Edges, f1, span_counts, touched
from annotator.agreement.unitizing import Unit, Variant, flattened, lengths_of, unit_counts, unitized_alpha
from annotator.model.attribution import Attribution, Role
from annotator.model.first_decisions import FirstDecision, FirstDecisions
from annotator.model.language.words import words
from annotator.model.late import dataclass
from annotator.model.span import Span
from annotator.model.stored_article import StoredArticle
from annotator.reports.agreement import AgreementRow, TextAlpha
from annotator.workflow.agreement.rows import rows_of

SENTENCES = "attributed"
ALL_SPANS = "spans"
ROLES = (Role.SOURCE, Role.CUE, Role.CONTENT)
_VARIANTS: tuple[tuple[str, Variant], ...] = (
    ("unitized_alpha", "u"),
    ("unitized_alpha_binary", "binary"),
    ("unitized_alpha_coding", "cu"),
)

_Named = tuple[str, ...]


def span_facet(role: Role) -> str:
    """The facet of a role's spans."""
    return f"{role.value}_span"


def token_facet(role: Role) -> str:
    """The facet of the tokens that a role's spans touch."""
    return f"{role.value}_tokens"


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reviewer's marks in one article, and the sentences (by number) that she has done."""

    place: int
    sentences: Mapping[int, bool]
    spans: Mapping[Role, list[Edges]]
    outermost: list[Unit]


@dataclass(slots=True)
class SpanAgreement:
    """What is counted of the articles so far, for these reviewers."""

    reviewers: Sequence[str]
    sentences: list[Patterns] = field(default_factory=list)
    tokens: dict[Role, list[Patterns]] = field(default_factory=lambda: {role: [] for role in ROLES})
    pairs: list[Counter[_Named]] = field(default_factory=list)
    units: list[Counter[_Named]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, article: StoredArticle, found: Iterable[FirstDecisions]) -> None:
        """Count an article."""
        readings = [_reading(article, self.reviewers.index(each.reviewer), each.made) for each in found if each.made]
        if not readings:
            return
        self._add_sentences(article, readings)
        by_sentence = [
            [(word.start, word.end) for word in words(article.text, each.span.start, each.span.end)]
            for each in article.sentences
        ]
        self._add_tokens(by_sentence, readings)
        if len(readings) > 1:
            self.pairs.append(_pair_counts(article, by_sentence, readings))
            self.units.append(_unit_counts(article, readings))
            self.texts.append((article.id, article.title))

    def _pattern(self, given: Mapping[int, int]) -> Pattern:
        return tuple(given.get(place) for place in range(len(self.reviewers)))

    def _add_sentences(self, article: StoredArticle, readings: Sequence[_Reading]) -> None:
        patterns: Counter[Pattern] = Counter()
        for number in range(len(article.sentences)):
            given = {each.place: int(each.sentences[number]) for each in readings if number in each.sentences}
            if given:
                patterns[self._pattern(given)] += 1
        self.sentences.append(patterns)

    def _add_tokens(self, by_sentence: Sequence[Sequence[Edges]], readings: Sequence[_Reading]) -> None:
        tokens = list(chain.from_iterable(by_sentence))
        readers = [_readers(readings, number) for number, own in enumerate(by_sentence) for _ in own]
        for role in ROLES:
            marked = {each.place: touched(tokens, each.spans[role]) for each in readings}
            given = (
                {place: int(token in marked[place]) for place in places}
                for token, places in enumerate(readers)
                if places
            )
            self.tokens[role].append(Counter(map(self._pattern, given)))

    # Rows

    def ratings(self) -> Iterator[tuple[str, Ratings]]:
        """Facet and ratings of sentences and of tokens."""
        for facet, clusters in ((SENTENCES, self.sentences), *((token_facet(r), self.tokens[r]) for r in ROLES)):
            made = Ratings(("no", "yes"), tuple(self.reviewers), tuple(clusters))
            yield facet, made.of_those_who_rated()

    def rows(self, resamples: int, seed: int) -> Iterator[AgreementRow]:
        """F1 of each pair and role, then alpha for unitizing of each role and of all together."""
        for clusters, wanted in ((self.pairs, self._f1s()), (self.units, self._alphas())):
            found = measured_counts(clusters, [each for _, each in wanted], resamples=resamples, seed=seed)
            for (facet, _), each in zip(wanted, found, strict=True):
                yield from rows_of(facet, [each])

    def _f1s(self) -> list[tuple[str, Counted[_Named]]]:
        whole = _added(self.pairs)
        wanted = []
        for role in ROLES:
            for first, second in combinations(range(len(self.reviewers)), 2):
                pair = (role.value, str(first), str(second))
                if (*pair, "exact", COUNTED[0]) in whole:
                    marks = sum(whole[*pair, "exact", what] for what in COUNTED[:2])
                    names = self.reviewers[first], self.reviewers[second]
                    wanted += [
                        (span_facet(role), Counted(f"f1_{measure}", partial(_f1_of, pair, measure), marks, names))
                        for measure in MEASURES
                    ]
        return wanted

    def _alphas(self) -> list[tuple[str, Counted[_Named]]]:
        whole = _added(self.units)
        readers = tuple(name for place, name in enumerate(self.reviewers) if whole["reader", str(place)])
        return [
            (facet, Counted(name, partial(_alpha_of, facet, variant), whole["marks", facet], readers))
            for facet in (*map(span_facet, ROLES), ALL_SPANS)
            for name, variant in (_VARIANTS if facet == ALL_SPANS else _VARIANTS[:1])
        ]

    def by_text(self) -> Iterator[TextAlpha]:
        """Alpha for unitizing of all spans, of each text that two have read."""
        for (article_id, title), counts in zip(self.texts, self.units, strict=True):
            value, why = value_and_reason(partial(_alpha_of, ALL_SPANS, "u"), counts)
            yield TextAlpha(article_id, title, ALL_SPANS, value, why)


def _added(counters: Iterable[Counter[_Named]]) -> Counter[_Named]:
    whole: Counter[_Named] = Counter()
    for counts in counters:
        whole.update(counts)
    return whole


def _reading(article: StoredArticle, place: int, made: Sequence[FirstDecision]) -> _Reading:
    latest: dict[str, Attribution] = {}
    for decision in sorted(made, key=lambda decision: decision.order):
        latest |= {attribution.id: attribution for attribution in decision.attributions}
    spans: dict[Role, list[Edges]] = {role: [] for role in ROLES}
    outermost: list[Unit] = []
    for attribution in latest.values():
        for role, span in attribution.role_spans():
            if role not in spans:
                continue
            spans[role].append((span.start, span.end))
            if attribution.parent not in latest:
                outermost.append((span.start, span.end, role.value))
    return _Reading(place, _done_sentences(article, made), spans, flattened(outermost))


def _done_sentences(article: StoredArticle, made: Sequence[FirstDecision]) -> dict[int, bool]:
    """By number the sentences all of which is done, each with whether an attribution covered it when it was."""
    found: dict[int, bool] = {}
    for number, sentence in enumerate(article.sentences):
        at, attributed = sentence.span.start, False
        for decision in made:
            span = decision.claim.span
            if not span.overlaps(sentence.span):
                continue
            if article.text[at : max(at, span.start)].strip():
                break
            at = max(at, span.end)
            attributed |= any(attribution.covers(sentence.span) for attribution in decision.attributions)
        if not article.text[at : max(at, sentence.span.end)].strip():
            found[number] = attributed
    return found


def _marks(spans: Iterable[Edges], token: Span) -> bool:
    return any(start < token.end and token.start < end for start, end in spans)


def _readers(readings: Iterable[_Reading], number: int) -> list[int]:
    """The places of those who have done the sentence of this number."""
    return [each.place for each in readings if number in each.sentences]


def _pair_counts(
    article: StoredArticle, by_sentence: Sequence[Sequence[Edges]], readings: Sequence[_Reading]
) -> Counter[_Named]:
    counts: Counter[_Named] = Counter()
    for one, other in combinations(sorted(readings, key=lambda reading: reading.place), 2):
        common = [number for number in one.sentences if number in other.sentences]
        places = [article.sentences[number].span for number in common]
        tokens = [token for number in common for token in by_sentence[number]]
        if common:
            counts.update(_counts_of_pair(one, other, places, tokens))
    return counts


def _counts_of_pair(one: _Reading, other: _Reading, places: Sequence[Span], tokens: Sequence[Edges]) -> Counter[_Named]:
    counts: Counter[_Named] = Counter()
    for role in ROLES:
        found = span_counts(_standing_in(one.spans[role], places), _standing_in(other.spans[role], places), tokens)
        counts.update({(role.value, str(one.place), str(other.place), *key): count for key, count in found.items()})
    return counts


def _standing_in(spans: Iterable[Edges], places: Sequence[Span]) -> list[Edges]:
    """The spans that stand in one of these places, wholly or in part."""
    return sorted(span for span in spans if any(_marks([span], place) for place in places))


def _unit_counts(article: StoredArticle, readings: Sequence[_Reading]) -> Counter[_Named]:
    """The counts for alpha for unitizing; a run of sentences that the same reviewers have done is a text by itself."""
    counts: Counter[_Named] = Counter()

    def readers_of(number: int) -> tuple[int, ...]:
        return tuple(place for place, each in enumerate(readings) if number in each.sentences)

    for readers, run in groupby(range(len(article.sentences)), readers_of):
        numbers = list(run)
        if len(readers) > 1:
            text = Span(article.sentences[numbers[0]].span.start, article.sentences[numbers[-1]].span.end)
            counts.update(_counts_of_run(text, [readings[place] for place in readers]))
    return counts


def _counts_of_run(text: Span, readers: Sequence[_Reading]) -> Counter[_Named]:
    counts: Counter[_Named] = Counter({("reader", str(each.place)): 1 for each in readers})
    for facet, units_of in _UNITS.items():
        marked = [_within(units_of(each), text.start, text.end) for each in readers]
        counts["marks", facet] = sum(map(len, marked))
        for (what, size, one, other), count in unit_counts(len(text), marked).items():
            counts[facet, what, str(size), one, other] = count
    return counts


def _of_role(role: Role, reading: _Reading) -> list[Unit]:
    return flattened((start, end, role.value) for start, end in reading.spans[role])


_UNITS: Mapping[str, Callable[[_Reading], list[Unit]]] = {
    **{span_facet(role): partial(_of_role, role) for role in ROLES},
    ALL_SPANS: lambda reading: reading.outermost,
}


def _within(units: Iterable[Unit], start: int, end: int) -> list[Unit]:
    cut = ((max(since, start) - start, min(until, end) - start, value) for since, until, value in units)
    return [unit for unit in cut if unit[0] < unit[1]]


def _f1_of(pair: _Named, measure: str, counts: Mapping[_Named, int]) -> float:
    own = {(measure, what): counts.get((*pair, measure, what), 0) for what in COUNTED}
    return f1(own, measure)


def _alpha_of(facet: str, variant: Variant, counts: Mapping[_Named, int]) -> float:
    own = [((key[1], int(key[2]), key[3], key[4]), count) for key, count in counts.items() if key[0] == facet and count]
    return unitized_alpha(lengths_of(own), variant)
