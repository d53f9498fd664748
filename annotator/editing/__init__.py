"""Editing: attributions in the making, by words, clauses and candidates. Pure: no screen and no database."""
