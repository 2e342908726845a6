"""The results of writing: the change that is told after a commit, a step taken back, a question that is left."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.store.log.changeset import StepLabel
from ucapdesk.store.merge.candidates import Candidate


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """A change, published once after its commit; every part that shows records reloads what it shows."""

    records: frozenset[tuple[str, str]]
    """kind and id of every record written, owners of sets included."""
    source: StepLabel
    """The label of the step that wrote them: an edit, an undo, a received package."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that changed."""
        return frozenset(kind for kind, _ in self.records)


@dataclass(frozen=True, slots=True)
class Undone:
    """An undone or redone step. ``skipped``: cells (id, cell) that hold something else by now."""

    label: StepLabel
    records: frozenset[tuple[str, str]]
    skipped: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A cell with several values that a person must choose from, or one that was merged by itself."""

    kind: str
    id: str
    cell: str
    state: str
    candidates: tuple[Candidate, ...]
