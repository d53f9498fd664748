"""Steps: how much likelier or less likely something makes a candidate. Steps add up; each is a factor of STEP."""

from __future__ import annotations

STEP = 3.0
VERY, LIKELY, ANY, UNLIKELY, HARDLY = 2, 1, 0, -1, -2


def by_tag(*, very: str = "", likely: str = "", unlikely: str = "", hardly: str = "") -> dict[str, int]:
    """Steps for tags, each given as the string of its tags."""
    groups = ((very, VERY), (likely, LIKELY), (unlikely, UNLIKELY), (hardly, HARDLY))
    return {tag: steps for tags, steps in groups for tag in tags}
