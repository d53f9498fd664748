#!/usr/bin/env bash
# textacy 0.13.0 (spaCy 3.8.18): two apostrophes turn the quotations of an article inside out.
#
# One would expect direct_quotations to find what stands between quotation marks. It takes every token that spaCy calls
# a quotation mark, two by two, and the apostrophe of "the workers' union" is such a token. What opens a quotation
# behind it closes one, so that what was said is in none; what is found is the space between a quotation and the next
# such apostrophe, with whoever stands there as the speaker. With one such apostrophe, or three, ValueError speaks of a
# quotation that is not closed; with two, all seems well.
#
# It matters for us because what textacy finds is compared with our suggestions, or brought to us as somebody's spans.
# Our own rules tell apostrophes from quotation marks (annotator/suggesters/reading/quotations.py), and
# docs/suggesters.md says it of textacy.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check textacy==0.13.0 spacy==3.8.18

cat >"$folder/expected" <<'END'
textacy 0.13.0, spaCy 3.8.18
The union said: "Pay fell again last year." A lawyer denied that. 
  [union] [said] '"Pay fell again last year."'
The workers' union said: "Pay fell again last year." The owners' lawyer denied that. 
  [lawyer] [denied] '" The owners\''
The workers' union said: "Pay fell again last year." A lawyer denied that. 
  ValueError: 3 quotation marks found, indicating an unclosed quotation
END

cat >"$folder/quote.py" <<'END'
from importlib.metadata import version

import spacy
from spacy.tokens import Doc
from textacy.extract.triples import direct_quotations

print(f"textacy {version('textacy')}, spaCy {version('spacy')}")
NLP = spacy.blank("en")
# What a parser makes of the sentences, given by hand: no model is needed. A head is counted from the sentence's first token.
PARSED = {
    'The workers\' union said: "Pay fell again last year." ': (
        "DET NOUN PART NOUN VERB PUNCT PUNCT NOUN VERB ADV ADJ NOUN PUNCT PUNCT",
        (1, 3, 1, 4, 4, 4, 8, 8, 4, 8, 11, 8, 8, 8),
        "det poss case nsubj ROOT punct punct nsubj ccomp advmod amod npadvmod punct punct",
    ),
    'The union said: "Pay fell again last year." ': (
        "DET NOUN VERB PUNCT PUNCT NOUN VERB ADV ADJ NOUN PUNCT PUNCT",
        (1, 2, 2, 2, 6, 6, 2, 6, 9, 6, 6, 6),
        "det nsubj ROOT punct punct nsubj ccomp advmod amod npadvmod punct punct",
    ),
    "The owners' lawyer denied that. ": (
        "DET NOUN PART NOUN VERB PRON PUNCT",
        (1, 3, 1, 4, 4, 4, 4),
        "det poss case nsubj ROOT obj punct",
    ),
    "A lawyer denied that. ": ("DET NOUN VERB PRON PUNCT", (1, 2, 2, 2, 2), "det nsubj ROOT obj punct"),
}
LEMMAS = {"said": "say", "denied": "deny", "fell": "fall"}


def parsed(*sentences):
    words, spaces, parts, heads, relations, starts = [], [], [], [], [], []
    for sentence in sentences:
        tokens, (tags, places, names) = NLP(sentence), PARSED[sentence]
        heads += [len(words) + place for place in places]
        starts += [place == 0 for place in range(len(tokens))]
        words += [token.text for token in tokens]
        spaces += [bool(token.whitespace_) for token in tokens]
        parts, relations = parts + tags.split(), relations + names.split()
    lemmas = [LEMMAS.get(word, word) for word in words]
    return Doc(NLP.vocab, words, spaces, pos=parts, heads=heads, deps=relations, lemmas=lemmas, sent_starts=starts)


with_both, with_none, with_one = parsed(*list(PARSED)[::2]), parsed(*list(PARSED)[1::2]), parsed(*list(PARSED)[::3])
for document in (with_none, with_both, with_one):
    print(document.text)
    try:
        for quotation in direct_quotations(document):
            print(f"  {quotation.speaker} {quotation.cue} {quotation.content.text!r}")
    except ValueError as error:
        print(f"  ValueError: {str(error).split(';')[0]}")
END

"$folder/venv/bin/python" "$folder/quote.py" 2>"$folder/said" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    cat "$folder/said" >&2
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
