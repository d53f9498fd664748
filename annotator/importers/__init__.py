"""Paths, addresses and bytes into articles; one module a format."""
