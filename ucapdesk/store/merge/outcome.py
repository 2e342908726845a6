"""The result of applying changesets."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """The result of applying changesets: record ids by what happened, and counts."""

    changesets: int = 0
    new: set[tuple[str, str]] = field(default_factory=set)
    updated: set[tuple[str, str]] = field(default_factory=set)
    merged: set[tuple[str, str]] = field(default_factory=set)
    conflicts: set[tuple[str, str]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    """The hashes of files named by records that were erased."""
    erased: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    """Those of the erased records that were not erased before."""

    @property
    def touched(self) -> set[tuple[str, str]]:
        """kind and id of everything that was written."""
        return self.new | self.updated

    def add(self, part: Outcome) -> None:
        """Add what came of other changesets."""
        self.changesets += part.changesets
        self.new |= part.new
        self.updated |= part.updated
        self.files |= part.files
        self.erased |= part.erased
        self.gone |= part.gone
