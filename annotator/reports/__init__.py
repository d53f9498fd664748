"""Rows into numbers, and numbers into their layouts."""
