"""Leading a project: who leads it, and whether reviewers may see each other's work."""

from __future__ import annotations

from annotator.errors import DecisionRefused
from annotator.model.project import Visibility
from annotator.store import Store, project


def set_lead(store: Store, name: str, reviewer: str | None) -> None:
    """Say who leads the project; once somebody does, only she can pass that on. Raises like `check_new_lead`."""
    check_new_lead(store, name, reviewer)
    project.set_value(store, "lead", name, reviewer)


def check_new_lead(store: Store, name: str, reviewer: str | None) -> None:
    """Raise DecisionRefused where the reviewer cannot say that this name leads the project."""
    present = project.load_project(store)
    present.check_lead(reviewer, "naming the lead")
    present.check_name(name)
    if present.lead == name:
        raise DecisionRefused(f"{name} leads this project already")


def set_visibility(store: Store, visibility: Visibility, reviewer: str | None) -> None:
    """Let everybody see everybody's decisions from now on, or nobody. Raises DecisionRefused."""
    present = project.load_project(store)
    present.check_lead(reviewer, "saying who sees what")
    if present.visibility is visibility:
        raise DecisionRefused(f"this project is {visibility.value} already")
    project.set_value(store, "visibility", visibility.value, reviewer)
