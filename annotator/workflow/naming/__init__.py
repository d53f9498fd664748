"""Whom an attribution names: sources known by name, by role or by what they are."""
