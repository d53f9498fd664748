"""Documents of UIMA CAS as INCEpTION exports them, made of a few elements, and what reading them gives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

from annotator.errors import ImportFailure
from annotator.model.annotated import GivenArticle, Note

TEXT = "🌊 The ramp is shut. Ana Silva said the ferry sank. Bo denied it."
NAMESPACES = (
    'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
    'xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmi:version="2.0"'
)
STRING = "uima.cas.String"
LAYERS: Mapping[str, Mapping[str, str]] = {
    "webanno.custom.Source": {},
    "webanno.custom.Cue": {"form": STRING, "anonymity": STRING},
    "webanno.custom.Content": {},
    "webanno.custom.Span": {"label": STRING},
    "webanno.custom.Mood": {"value": STRING},
    "webanno.custom.Claim": {"verdict": STRING},
    "webanno.custom.Relation": {
        "label": STRING,
        "Governor": "uima.tcas.Annotation",
        "Dependent": "uima.tcas.Annotation",
    },
    "webanno.custom.Topic": {"name": STRING},
    "webanno.custom.AttributionPart": {"role": STRING, "attribution": STRING, "act": STRING, "form": STRING},
    "webanno.custom.AttributionRelation": {
        "role": STRING,
        "Governor": "webanno.custom.AttributionPart",
        "Dependent": "webanno.custom.AttributionPart",
    },
}
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"


def types_of(layers: Mapping[str, Mapping[str, str]] = LAYERS) -> bytes:
    """A type system as INCEpTION exports it."""

    def described(name: str, super_: str, features: Mapping[str, str]) -> str:
        rows = "".join(
            f"<featureDescription><name>{feature}</name><description/><rangeTypeName>{held}</rangeTypeName>"
            "</featureDescription>"
            for feature, held in features.items()
        )
        return (
            f"<typeDescription><name>{name}</name><description/><supertypeName>{super_}</supertypeName>"
            f"<features>{rows}</features></typeDescription>"
        )

    found = [described(METADATA, "uima.tcas.DocumentAnnotation", {"documentId": STRING, "documentTitle": STRING})]
    for name, features in layers.items():
        super_ = "uima.cas.AnnotationBase" if name.endswith("Topic") else "uima.tcas.Annotation"
        found.append(described(name, super_, features))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><typeSystemDescription '
        f'xmlns="http://uima.apache.org/resourceSpecifier"><types>{"".join(found)}</types></typeSystemDescription>'
    ).encode()


def at(words: str) -> str:
    """Where the words are, in UTF-16 code units: the text has one character of two at its beginning."""
    start = TEXT.index(words) + 1
    return f'begin="{start}" end="{start + len(words)}"'


def xmi(*elements: str, owner: str = "ana", prolog: str = "", text: str = TEXT) -> str:
    """A document of these elements, whose xmi ids count from 10."""
    numbered = [
        element.replace(" ", f' xmi:id="{number}" sofa="1" ', 1)
        for number, element in enumerate(
            (f'<meta:DocumentMetaData begin="0" end="3" language="en" documentId="{owner}"/>', *elements), 9
        )
    ]
    members = " ".join(str(number) for number in range(9, 9 + len(numbered)))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<xmi:XMI {NAMESPACES}><cas:NULL xmi:id="0"/>{"".join(numbered)}'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>'
        f'<cas:View sofa="1" members="{members}"/></xmi:XMI>'
    )


SPANS = (
    f"<custom:Source {at('Ana Silva')}/>",
    f"<custom:Cue {at('said')} form='indirect' anonymity='described'/>",
    f"<custom:Content {at('the ferry sank')}/>",
)
MARKED = (
    *SPANS,
    f'<custom:Relation {at("Ana Silva")} Governor="11" Dependent="10"/>',
    f'<custom:Relation {at("the ferry sank")} Governor="11" Dependent="12"/>',
)


class Found:
    """What a path gave."""

    def __init__(self, items: Iterable[GivenArticle | Note | ImportFailure]) -> None:
        every = list(items)
        self.articles = [item for item in every if isinstance(item, GivenArticle)]
        self.left_out = {item.kind: item.count for item in every if isinstance(item, Note) and item.kind}
        self.failures = [item for item in every if isinstance(item, ImportFailure)]

    @property
    def said(self) -> list[tuple[str, ...]]:
        """Who, how and what of each attribution of the first article."""
        text = self.articles[0].text
        return [
            tuple(span.slice(text) for _, span in each.attribution.role_spans())
            for each in self.articles[0].attributions
        ]


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


SAID = [("Ana Silva", "said", "the ferry sank")]
ReadCas = Callable[..., Found]
