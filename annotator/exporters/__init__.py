"""Claim records into bytes; one module a format."""
