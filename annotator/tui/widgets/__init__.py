"""Widgets: each shows one thing and never calls out."""
