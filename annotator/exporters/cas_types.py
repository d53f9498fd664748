"""The type system of the CAS exports: DKPro's sentence and metadata, and layers as INCEpTION takes them for its own.

INCEpTION makes a layer of a type that is in TypeSystem.xml if it can tell what it is (its TypeSystemAnalysis): a span
layer has features of simple values and texts in arrays; a relation layer has `Governor` and `Dependent` besides, both
of one span layer. So all spans of attributions are of one layer, which their `role` divides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
ARTICLE = "webanno.custom.Article"
CLAIM = "webanno.custom.Claim"
PART = "webanno.custom.AttributionPart"
RELATION = "webanno.custom.AttributionRelation"
TEXT, FLAG, TEXTS = "uima.cas.String", "uima.cas.Boolean", "uima.cas.StringArray"
ANNOTATION, DOCUMENT = "uima.tcas.Annotation", "uima.tcas.DocumentAnnotation"

TYPES: Mapping[str, tuple[str, str, Mapping[str, tuple[str, str]]]] = {
    METADATA: (
        DOCUMENT,
        "DKPro Core's metadata of a document.",
        {
            "documentTitle": (TEXT, "The title of the first publication."),
            "documentId": (TEXT, "The reviewer's handle, as INCEpTION writes it."),
            "documentUri": (TEXT, "Not used."),
            "collectionId": (TEXT, "Not used."),
            "documentBaseUri": (TEXT, "Not used."),
            "isLastSegment": (FLAG, "Not used."),
        },
    ),
    SENTENCE: (
        ANNOTATION,
        "DKPro Core's sentence: one for each claim, and one for each line of what lies between them.",
        {"id": (TEXT, "Not used.")},
    ),
    ARTICLE: (
        ANNOTATION,
        "What is known of the article, on its first sentence.",
        {
            "article_id": (TEXT, "The hash that the article is known by."),
            "reviewer": (TEXT, "Whose work it is."),
            "rights": (TEXT, "What may be done with the article."),
            "tool_version": (TEXT, "The version of Annotator that exported it."),
            "publications": (TEXTS, "Where it was published: JSON, one object each."),
        },
    ),
    CLAIM: (
        ANNOTATION,
        "A claim, and what was decided of it.",
        {
            "worth": (TEXT, "Check-worthiness: a value of the scheme."),
            "voice": (TEXT, "The author's own voice, where that was decided."),
            "verdict": (TEXT, "The verdict on the content: a value of the scheme."),
            "reason": (TEXT, "The verdict's reason."),
            "verdict_confidence": (TEXT, "How sure the verdict is: low, medium or high."),
            "justification": (TEXT, "Why the verdict is that."),
            "confidence": (TEXT, "How sure the judgement is: low, medium or high."),
            "restatement": (TEXT, "The claim in words that stand alone."),
            "note": (TEXT, "A note."),
            "flag": (FLAG, "Flagged."),
            "skipped": (FLAG, "Skipped."),
            "state": (TEXT, "to_do, in_progress, awaiting, done or skipped: follows from the rest."),
            "block": (TEXT, "The kind of block that it stands in: headline, body, ..."),
            "scheme": (TEXT, "The scheme's version at the last decision."),
            "evidence": (TEXTS, "JSON, one object per piece; its target is content or an attribution."),
            "said": (TEXTS, "Verdicts on attributions: JSON, one object each."),
        },
    ),
    PART: (
        ANNOTATION,
        "A span of an attribution. The facets are on its cue, or on its first content where it has none.",
        {
            "role": (TEXT, "source, cue, content or relay."),
            "attribution": (TEXT, "The attribution's name in this document: the same on all its spans."),
            "act": (TEXT, "The kind of act: statement, decree, intention, belief or attitude."),
            "form": (TEXT, "direct, indirect, mixed or block."),
            "anonymity": (TEXT, "named, described, unnamed or none."),
            "negated": (FLAG, "Whether the attribution is negated."),
            "source_name": (TEXT, "The source's canonical name."),
            "source_kind": (TEXT, "The source's kind."),
        },
    ),
    RELATION: (
        ANNOTATION,
        "From an attribution's cue, or its first content, to each of its other spans, and to the outer attribution's.",
        {
            "role": (TEXT, "source, content or relay; nested_in."),
            "Governor": (PART, "The cue, or the first content."),
            "Dependent": (PART, "The other span."),
        },
    ),
}
"""The types by their names: supertype, description, and the features with what they hold and their description."""


def type_system() -> Any:
    """A cassis.TypeSystem with these types; raises ImportError where cassis is not installed."""
    from cassis import TypeSystem

    types = TypeSystem()
    for name, (supertype, description, _) in TYPES.items():
        types.create_type(name, supertype, description)
    for name, (_, _, features) in TYPES.items():
        for feature, (held, description) in features.items():
            types.create_feature(name, feature, held, description=description)
    return types
