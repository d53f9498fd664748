"""Proposing whose words an attribution gives: known sources by name, surname and coreference, or a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from annotator.errors import DomainError
from annotator.model.article import BlockKind
from annotator.model.attribution import Attribution
from annotator.model.language.mention import PRONOUNS, bare_name, gender_of_title, has_title, name_key, surname_key
from annotator.model.late import NamedTuple, dataclass
from annotator.model.review import ArticleReview
from annotator.model.source import LONGEST_SOURCE_NAME, Registry, SourceEntity, SourceKind
from annotator.model.stored_article import StoredArticle
from annotator.model.text import neutral_line
from annotator.workflow.naming.bodies import can_be, names_body
from annotator.workflow.naming.kind_guess import guessed_kind
from annotator.workflow.naming.roles import has_role, named_with, role_of

SURE_IF_NEW = 0.76
CONFIDENT = 0.75
"""The best proposal is taken without asking where it is this sure."""
_NOT_SURE = 0.6
_NEAR = 2
"""Blocks from a pronoun back to who it stands for, for that to be sure."""
_NOBODY = frozenset(
    (
        *("i", "we", "you", "who", "which", "that", "what", "one", "both", "all", "some", "many", "others"),
        *("everybody", "everyone", "anybody", "anyone", "nobody"),
        *(f"{some} of them" for some in ("one", "some", "both", "many", "all", "none", "two")),
    )
)
"""Words that stand for nobody who could be found by rules."""
_BODIES = (SourceKind.ORGANISATION, SourceKind.PUBLISHER)
_SELF = frozenset(
    f"{determiner} {noun}"
    for determiner in ("the", "this")
    for noun in ("paper", "newspaper", "outlet", "magazine", "website", "site", "publication", "broadcaster", "network")
)


@dataclass(frozen=True, slots=True)
class SourceProposal:
    """A source that an attribution may have; one that would be made new has an empty id.

    `reason` says why in words, `confidence` how sure the rule is, from 0 to 1.
    """

    entity: SourceEntity
    reason: str
    confidence: float

    @property
    def known(self) -> bool:
        """Whether the project has this source already."""
        return bool(self.entity.id)

    @property
    def sure(self) -> bool:
        """Whether it can be taken without asking, where it is the best one."""
        return self.confidence >= CONFIDENT


class _Mention(NamedTuple):
    """A source that the article mentions: its words, its offset (code points), and its source where that is decided.

    `is_full` says that its name is one, and of several words.
    """

    text: str
    start: int
    kind: SourceKind
    assigned: SourceEntity | None
    name: str
    is_full: bool


def source_words(review: ArticleReview, attribution: Attribution) -> str:
    """What the article calls the source: the words of its spans on one line, empty where it has none."""
    return _words(review.article, attribution)


def _words(article: StoredArticle, attribution: Attribution) -> str:
    return " ".join(" ".join([span.slice(article.text) for span in attribution.source]).split())


def propose(review: ArticleReview, attribution: Attribution, registry: Registry) -> list[SourceProposal]:
    """Who the attribution's source can be, best first; nothing for one without a source."""
    words = source_words(review, attribution)
    if not bare_name(words) or words.casefold() in _NOBODY:
        return []
    start = attribution.source[0].start
    pronoun = PRONOUNS.get(words.casefold())
    if pronoun is not None:
        found = list(_for_pronoun(review, registry, pronoun, start))
    else:
        found = list(_for_name(review, registry, attribution, words, start))
    best: dict[tuple[str, str], SourceProposal] = {}
    for proposal in found:
        if not proposal.known and _there(registry, proposal.entity, review.article.id):
            continue
        key = (proposal.entity.id, "" if proposal.known else name_key(proposal.entity.name))
        if key not in best or best[key].confidence < proposal.confidence:
            best[key] = proposal
    return sorted(best.values(), key=lambda proposal: -proposal.confidence)


def propose_unkept(review: ArticleReview, attribution: Attribution, registry: Registry) -> list[SourceProposal]:
    """The proposals for an attribution that may not be kept yet, or not as it is shown: as if it were."""
    others = [mine for mine in review.attributions if mine.id != attribution.id]
    return propose(replace(review, attributions=(*others, attribution)), attribution, registry)


def _there(registry: Registry, made: SourceEntity, article_id: str) -> bool:
    """Whether there is a source of the name already, which one more would only be taken for."""
    return any(known.article_id in (made.article_id, article_id) for known in registry.named(made.name))


def _for_name(
    review: ArticleReview, registry: Registry, attribution: Attribution, words: str, start: int
) -> Iterator[SourceProposal]:
    kind = guessed_kind(words, attribution.anonymity, _publisher(review))
    name = bare_name(words)
    shared = _proper(name) or kind in (SourceKind.UNNAMED, SourceKind.GROUP)
    exact = registry.named(words)
    if exact:
        yield from _exact(review, registry, exact, shared=shared)
    if words.casefold() in _SELF and _publisher(review):
        yield from _by_name(registry, _publisher(review), SourceKind.PUBLISHER, "the outlet itself", 0.8)
        return
    # One of several namesakes is not settled by making one more.
    new = 0.5 if exact and shared else SURE_IF_NEW
    antecedents = _antecedents(review, registry, words, start)
    for antecedent in antecedents:
        sure = 0.9 if len(antecedents) == 1 else 0.6
        yield from _of_mention(registry, antecedent, f"{antecedent.name}, in this article", sure)
        new = 0.5
    role = role_of(words, headline=_in_headline(review, start))
    if role and not antecedents and not exact:
        kinds = _BODIES if names_body(role) else (SourceKind.PERSON,)
        called = [(full, guessed_kind(full)) for full in named_with(review.article.text, role)]
        called = [(full, of) for full, of in called if of in kinds]
        for full, of in called:
            yield from _by_name(registry, full, of, f"{full}, in this article", 0.8 if len(called) == 1 else 0.6)
            new = 0.5
        if not called and names_body(role):
            for proposal in _named_bodies(review, registry, role, start):
                yield proposal
                new = 0.5
    if _proper(name) and not antecedents:
        alone = len(name.split()) == 1
        full = _full_name(review, name) if alone and not exact else ""
        if full:
            yield from _by_name(registry, full, guessed_kind(full), f"{full}, in this article", 0.8)
        elif alone or kind is SourceKind.PERSON:
            for entity in registry.with_surname(name):
                yield SourceProposal(entity, "the same surname", (0.7 if has_title(words) else 0.6) if alone else 0.4)
                new = 0.5 if alone else new
    yield from _new(name, kind, new, None if shared else review.article.id)


@lru_cache(maxsize=1024)
def _proper(name: str) -> bool:
    """Whether it is a name: a capital in it, and not only because it begins a sentence with a common word."""
    return any(word[:1].isupper() for word in name.split()[1:]) or (name[:1].isupper() and len(name.split()) == 1)


def _full_name(review: ArticleReview, surname: str) -> str:
    """The one longer name that the article's text gives to the surname, or empty."""
    # A point ends a sentence but behind an initial or a short title.
    word = r"(?:[^\W\d_a-z]\w{0,2}\.|[^\W\d_a-z][\w’'-]*)\s"
    found = re.findall(rf"\b((?:{word}){{1,3}}{re.escape(surname)})\b", review.article.text)
    names = {bare_name(each) for each in found}
    names = {name for name in names if len(name.split()) > 1 and surname_key(name) == surname_key(surname)}
    return names.pop() if len(names) == 1 else ""


def _exact(
    review: ArticleReview, registry: Registry, exact: list[SourceEntity], *, shared: bool
) -> Iterator[SourceProposal]:
    """The sources of the same name; where that is no proper name ("the board"), or several have it, this article's."""
    here = set(exact)
    if len(exact) > 1 or not shared:
        mine = {mention.assigned for mention in _mentions(review, registry) if mention.assigned is not None}
        here = {entity for entity in exact if entity in mine or entity.article_id == review.article.id}
    for entity in exact:
        yield SourceProposal(entity, "the same name", 0.97 if here == {entity} else 0.6)


def _for_pronoun(review: ArticleReview, registry: Registry, pronoun: str, start: int) -> Iterator[SourceProposal]:
    """Whoever was named last and fits; then whoever was named before that."""
    others = _called_otherwise(review, registry, pronoun)
    before = (m for m in _mentions(review, registry) if m.start < start and m.assigned not in others)
    fitting = [mention for mention in before if _fits(mention, pronoun)]
    for place, mention in enumerate(_last_of_each(fitting)):
        near = _blocks_between(review, mention.start, start) <= _NEAR
        sure = 0.8 if near and not place and pronoun in ("he", "she") else 0.6 - 0.1 * min(place, 4)
        yield from _of_mention(registry, mention, f"{mention.name}, named before", sure)


def _named_bodies(review: ArticleReview, registry: Registry, role: str, start: int) -> Iterator[SourceProposal]:
    """The bodies named before that "the bank" can be, the last one first: sure where it is the only one, and near.

    A name of one word is as often a surname: left out where the article gives a longer name to it, and never sure.
    """
    before = (m for m in _mentions(review, registry) if m.start < start and m.kind in _BODIES and can_be(role, m.name))
    fitting = _last_of_each(m for m in before if _proper(m.name) and (" " in m.name or not _full_name(review, m.name)))
    for place, mention in enumerate(fitting):
        near = _blocks_between(review, mention.start, start) <= _NEAR
        known = mention.assigned is not None or " " in mention.name
        sure = 0.8 if near and known and len(fitting) == 1 else _NOT_SURE - 0.1 * min(place, 4)
        yield from _of_mention(registry, mention, f"{mention.name}, named before", sure)


def _called_otherwise(review: ArticleReview, registry: Registry, pronoun: str) -> set[SourceEntity | None]:
    """The sources that the article calls by another pronoun."""
    called = (
        (PRONOUNS.get(source_words(review, known).casefold()), registry.resolve(review.sources.get(known.id)))
        for known in review.attributions
    )
    return {entity for other, entity in called if entity is not None and other not in (None, pronoun)}


def _fits(mention: _Mention, pronoun: str) -> bool:
    if pronoun in ("he", "she"):
        return mention.kind is SourceKind.PERSON and gender_of_title(mention.text) in ("", pronoun)
    if pronoun == "it":
        return mention.kind in (SourceKind.ORGANISATION, SourceKind.PUBLISHER, SourceKind.DOCUMENT)
    return mention.kind is not SourceKind.DOCUMENT


def _antecedents(review: ArticleReview, registry: Registry, words: str, start: int) -> list[_Mention]:
    """Those with a longer name that the words are short for: the ones before, or else (headlines) behind.

    A surname or the last word of a name ("Duarte", "the Courier"), what an organisation is ("the ministry"), or what
    somebody with a name was said to be ("the mayor").
    """
    name = bare_name(words)
    headline = _in_headline(review, start)
    role = role_of(words, headline=headline)
    short = len(name.split()) == 1 and (name[:1].isupper() or words.casefold().startswith("the "))
    if not short and not role:
        return []
    key = name_key(name)
    found = [
        mention
        for mention in _mentions(review, registry)
        if mention.is_full
        and ((short and _short_for(key, mention, words, headline=headline)) or (role and _plays(mention, role)))
    ]
    return _last_of_each([m for m in found if m.start < start]) or _last_of_each(found)


def _plays(mention: _Mention, role: str) -> bool:
    """Whether somebody or some body with a name was said to be "the mayor" or "the operator"."""
    of_kind = mention.kind in _BODIES if names_body(role) else mention.kind is SourceKind.PERSON
    return of_kind and has_role(mention.text, role)


def _in_headline(review: ArticleReview, start: int) -> bool:
    kinds = (block.kind for block in review.article.blocks if block.span.start <= start < block.span.end)
    return next(kinds, BlockKind.BODY) is BlockKind.HEADLINE


def _short_for(key: str, mention: _Mention, words: str, *, headline: bool) -> bool:
    parts = name_key(mention.name).split()
    definite = words.casefold().startswith("the ")
    if mention.kind is SourceKind.PERSON:
        return (definite and key not in parts and has_role(mention.text, key)) or surname_key(mention.name) == key
    # Headlines do without "the".
    return (definite or headline) and key in (parts[0], parts[-1])


def _last_of_each(mentions: Iterable[_Mention]) -> list[_Mention]:
    """The last mention of each name, the last one first."""
    last: dict[str, _Mention] = {}
    for mention in sorted(mentions, key=lambda mention: -mention.start):
        last.setdefault(mention.assigned.id if mention.assigned else name_key(mention.name), mention)
    return list(last.values())


def _mentions(review: ArticleReview, registry: Registry) -> list[_Mention]:
    """What the article's own and suggested attributions call their sources, pronouns left out."""
    publisher = _publisher(review)
    mine = _mentioned(review.article, publisher, review.attributions)
    found: dict[int, _Mention] = {}
    for id_, mention in (*_suggested_mentions(review.article, publisher), *mine):
        assigned = registry.resolve(review.sources[id_]) if id_ in review.sources else None
        known = mention if assigned is None else mention._replace(kind=assigned.kind, assigned=assigned)
        found[mention.start] = known
    return list(found.values())


def _mentioned(
    article: StoredArticle, publisher: str, attributions: Iterable[Attribution]
) -> Iterator[tuple[str, _Mention]]:
    """What each of these calls its source, with its id; nothing of a pronoun or of one without a source."""
    for attribution in attributions:
        words = _words(article, attribution)
        name = bare_name(words)
        if name and words.casefold() not in PRONOUNS:
            kind = guessed_kind(words, attribution.anonymity, publisher)
            is_full = len(name.split()) > 1 and _proper(name)
            yield attribution.id, _Mention(words, attribution.source[0].start, kind, None, name, is_full)


_LAST: list[tuple[StoredArticle, str, Sequence[tuple[str, _Mention]]]] = []
"""The article that was asked for last, with its publisher and what is suggested of it: it is asked at every claim."""


def _suggested_mentions(article: StoredArticle, publisher: str) -> Sequence[tuple[str, _Mention]]:
    """What an article's suggested attributions call their sources."""
    for known, by, mentions in _LAST:
        if known is article and by == publisher:
            return mentions
    suggested = (suggestion.attribution for _, suggestion in article.attributions)
    found = list(_mentioned(article, publisher, suggested))
    # Another thread may ask for another article meanwhile: it replaces all of it at once.
    _LAST[:] = [(article, publisher, found)]
    return found


def _of_mention(registry: Registry, mention: _Mention, reason: str, confidence: float) -> Iterator[SourceProposal]:
    if mention.assigned is not None:
        yield SourceProposal(mention.assigned, reason, confidence)
    else:
        yield from _by_name(registry, mention.name, mention.kind, reason, confidence)


def _by_name(
    registry: Registry, name: str, kind: SourceKind, reason: str, confidence: float
) -> Iterator[SourceProposal]:
    """The known source with the name, each of several namesakes, none of them sure, or a new one."""
    exact = registry.named(name)
    for entity in exact:
        yield SourceProposal(entity, reason, confidence if len(exact) == 1 else min(confidence, _NOT_SURE))
    if not exact:
        yield SourceProposal(SourceEntity("", _fitting(name), kind), reason, confidence)


def _new(name: str, kind: SourceKind, confidence: float, article_id: str | None) -> Iterator[SourceProposal]:
    try:
        yield SourceProposal(SourceEntity("", _fitting(name), kind, article_id=article_id), "new", confidence)
    except DomainError:
        # Nothing is left of the words but marks: there is nothing to propose.
        return


def _fitting(name: str) -> str:
    return neutral_line(name)[:LONGEST_SOURCE_NAME].strip()


def _publisher(review: ArticleReview) -> str:
    return next((known.publisher for known in review.article.publications if known.publisher), "")


def _blocks_between(review: ArticleReview, earlier: int, later: int) -> int:
    return sum(earlier < block.span.start <= later for block in review.article.blocks)
