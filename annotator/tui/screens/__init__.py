"""Screens: each joins widgets to the review session."""
