"""Exercises: articles with an answer key, for practice (she hears at once what the key says) or as a hidden check."""

from __future__ import annotations

from enum import StrEnum


class Exercise(StrEnum):
    """What an article with an answer key is for."""

    PRACTICE = "practice"
    CHECK = "check"


SETTING = "exercise:"
"""How the names of the settings begin that say which articles are exercises; the article's id follows."""
