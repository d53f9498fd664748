"""Published fact-checks and judgements given earlier, as they are stored, indexed and asked."""
