"""The project's own settings: who leads it, and whether reviewers may see each other's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

from annotator.errors import DecisionRefused, DomainError
from annotator.model.late import dataclass


class Visibility(StrEnum):
    """Whether reviewers see each other's decisions: `blind` until both are done with a claim, or `open` to all."""

    BLIND = "blind"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Project:
    """What holds for all reviewers of a project; nobody leads it, and reviewers are blind, until somebody says else.

    It is `organised` once it has a lead or somebody's work is handed out: exports and reports are blind from then on.
    `renamed` has the present name of each reviewer who is called otherwise by now.
    """

    lead: str | None = None
    visibility: Visibility = Visibility.BLIND
    handed_out: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def organised(self) -> bool:
        """Whether who asks matters to what exports and reports show."""
        return self.lead is not None or self.handed_out

    @property
    def open(self) -> bool:
        """Whether everybody may see everybody's decisions."""
        return self.visibility is Visibility.OPEN

    def sees_all(self, reviewer: str | None) -> bool:
        """Whether exports and reports show this reviewer (None: it is not known who asks) everybody's work.

        Raises DecisionRefused for a name that leads to another.
        """
        self.check_name(reviewer)
        return self.open or not self.organised or (self.lead is not None and reviewer == self.lead)

    def check_lead(self, reviewer: str | None, what: str) -> None:
        """Raise DecisionRefused where somebody else leads the project; `what` is what only the lead may do."""
        self.check_name(reviewer)
        if self.lead is not None and reviewer != self.lead:
            who = f"you are {reviewer}" if reviewer else f"say who you are: annotator --reviewer {self.lead} ..."
            raise DecisionRefused(f"{what} is for {self.lead}, who leads this project ({who})")

    def check_name(self, reviewer: str | None) -> None:
        """Raise DecisionRefused, which says the present name, for a reviewer who is called otherwise by now."""
        now = self.renamed.get(reviewer or "")
        if now is not None:
            raise DecisionRefused(f"{reviewer} is called {now} in this project now: annotator --reviewer {now} ...")


SETTINGS = ("lead", "visibility")
"""The names of the registers of a project's settings."""


def project_of(values: Mapping[str, Any], *, handed_out: bool, renamed: Mapping[str, str] | None = None) -> Project:
    """The project that stored settings describe; raises DomainError for a value that is none."""
    lead = values.get("lead")
    try:
        visibility = Visibility(values.get("visibility") or Visibility.BLIND)
    except ValueError as error:
        raise DomainError(f"no such visibility: {values['visibility']!r}") from error
    if lead is not None and not isinstance(lead, str):
        raise DomainError(f"no such lead: {lead!r}")
    renamed = renamed or {}
    return Project(renamed.get(lead or "", lead), visibility, handed_out, renamed)
