"""Syntax: noun phrases, predicates with their subjects, and clauses, found in the tags of a unit."""
