"""Articles into proposed attributions and check-worthiness: rules, no weights, no network."""
