"""Reading: a text as tokens, quotations and units, and a part of speech for each token."""
