"""Published fact-checks and earlier judgements, found for claims, shown and taken."""
