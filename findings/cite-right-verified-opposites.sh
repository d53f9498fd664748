#!/usr/bin/env bash
# cite-right 0.4.0: an answer that says the opposite of its source is verified, with the source's sentence as evidence.
#
# One would expect verify_facts to verify what the source says, and not its opposite, another figure, another year or
# another person: it takes a text apart into claims and gives each a status and a confidence. Of "he did resign", where
# the source has "he did not resign", the status is "verified" and the confidence 1.0, because each word of the claim
# stands in the sentence; 50.5 for 60.5 percent, 2018 for 2019, and the minister for the mayor are verified with .86 or
# more. is_grounded and is_hallucinated agree with that. align_citations, on which all three are built, looks for
# contradictions and calls the first three "partial", but that goes no further, and of the fourth it says "supported".
# What has no word of the source is unverified. The manual has a configuration against false citations of negations,
# figures and names, which wants a model of embeddings: without one, what the source says word for word is unverified too.
#
# It matters for us because "verified" is what a fact-checker's reader believes, and evidence of that kind is brought to
# us with its passage: the passage contradicts the claim that it stands beside. Our matching compares negation, figures,
# years and names by themselves. docs/evidence.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check cite-right==0.4.0

cat >"$folder/expected" <<'END'
cite-right 0.4.0
The mayor said on Monday that he did not resign.
  verify_facts: verified, 1.00, by 'The mayor said on Monday that he did not resign'
  is_grounded: True, is_hallucinated: False, align_citations: supported
The mayor said on Monday that he did resign.
  verify_facts: verified, 1.00, by 'The mayor said on Monday that he did not resign'
  is_grounded: True, is_hallucinated: False, align_citations: partial
Turnout was 50.5 percent in the north.
  verify_facts: verified, 0.86, by 'Turnout was 60.5 percent in the north'
  is_grounded: True, is_hallucinated: False, align_citations: partial
Two of nine cables broke in 2018.
  verify_facts: verified, 0.86, by 'Two of nine cables broke in'
  is_grounded: True, is_hallucinated: False, align_citations: partial
The minister said on Monday that he did not resign.
  verify_facts: verified, 0.90, by 'The mayor said on Monday that he did not resign'
  is_grounded: True, is_hallucinated: False, align_citations: supported
Fishermen protested at noon.
  verify_facts: unverified, 0.00, by '-'
  is_grounded: False, is_hallucinated: True, align_citations: unsupported
with the manual's configuration, which wants a model, and without a model
  The mayor said on Monday that he did not resign. unverified
  The mayor said on Monday that he did resign. unverified
END

cat >"$folder/verify.py" <<'END'
from importlib.metadata import version

from cite_right import (
    CitationConfig,
    CitationWeights,
    FactVerificationConfig,
    align_citations,
    is_grounded,
    is_hallucinated,
    verify_facts,
)

SOURCE = (
    "The mayor said on Monday that he did not resign. Turnout was 60.5 percent in the north. "
    "Two of nine cables broke in 2019."
)
TRUE = "The mayor said on Monday that he did not resign."
OPPOSITE = "The mayor said on Monday that he did resign."
print("cite-right", version("cite-right"))
for claim in (
    TRUE,
    OPPOSITE,
    "Turnout was 50.5 percent in the north.",
    "Two of nine cables broke in 2018.",
    "The minister said on Monday that he did not resign.",
    "Fishermen protested at noon.",
):
    (found,) = verify_facts(claim, [SOURCE]).claim_verifications
    evidence = found.best_citation.evidence if found.best_citation else "-"
    print(claim)
    print(f"  verify_facts: {found.status}, {found.confidence:.2f}, by {evidence!r}")
    print(f"  is_grounded: {is_grounded(claim, [SOURCE])}, is_hallucinated: {is_hallucinated(claim, [SOURCE])},", end=" ")
    print("align_citations:", ", ".join(span.status for span in align_citations(claim, [SOURCE])))

print("with the manual's configuration, which wants a model, and without a model")
precise = CitationConfig(
    top_k=1,
    min_alignment_score=0,
    min_answer_coverage=0.4,
    supported_answer_coverage=0.6,
    min_embedding_similarity=0.3,
    min_final_score=2.6,
    weights=CitationWeights(alignment=1.0, answer_coverage=1.0, evidence_coverage=0.0, lexical=0.5, embedding=0.5),
)
for claim in (TRUE, OPPOSITE):
    (found,) = verify_facts(claim, [SOURCE], config=FactVerificationConfig(citation_config=precise)).claim_verifications
    print(f"  {claim} {found.status}")
END

"$folder/venv/bin/python" "$folder/verify.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
