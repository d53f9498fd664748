"""Numbers on the command line, which say in plain words what they may be."""

from __future__ import annotations

import math
from typing import Any

import click


class WholeNumber(click.IntRange):
    """A whole number within bounds."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; raises BadParameter for what is none, or out of bounds."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not a whole number{_bounds(self.min, self.max)}", param, ctx)


class Number(click.FloatRange):
    """A number within bounds."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; raises BadParameter for what is none, or out of bounds."""
        try:
            number = super().convert(value, param, ctx)
        except click.BadParameter:
            number = math.nan
        # "nan" is a float that lies within all bounds.
        if math.isnan(number):
            self.fail(f"'{value}' is not a number{_bounds(self.min, self.max)}", param, ctx)
        return number


def _bounds(least: float | None, most: float | None) -> str:
    if most is None:
        return "" if least is None else f", {least:g} or more"
    return f" up to {most:.10g}" if least is None else f" from {least:g} to {most:.10g}"
