"""The results of writing: what applying changesets did, the change that is told after a commit, a step taken back, a question that is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ucapdesk.base.json_text import dumps
from ucapdesk.store.log.changeset import StepLabel
from ucapdesk.store.merge.resolve import Candidate
from ucapdesk.store.merge.row_state import MEMBER
from ucapdesk.store.read.duplicate_records import SAME
from ucapdesk.store.workspace.database import Database


@dataclass(slots=True)
class Outcome:
    """The result of applying changesets: record ids by what happened, and counts."""

    changesets: int = 0
    new: set[tuple[str, str]] = field(default_factory=set)
    updated: set[tuple[str, str]] = field(default_factory=set)
    merged: set[tuple[str, str]] = field(default_factory=set)
    conflicts: set[tuple[str, str]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)  # The hashes of files named by records that were erased
    erased: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)  # Those of the erased records that were not erased before

    @property
    def touched(self) -> set[tuple[str, str]]:
        return self.new | self.updated

    def add(self, part: Outcome) -> None:
        self.changesets += part.changesets
        self.new |= part.new
        self.updated |= part.updated
        self.files |= part.files
        self.erased |= part.erased
        self.gone |= part.gone


class ChangeEvent(NamedTuple):
    """A change, published once after its commit; every part that shows records reloads what it shows."""

    records: frozenset[tuple[str, str]]  # kind and id of every record written, owners of sets included
    source: StepLabel  # The label of the step that wrote them: an edit, an undo, a received package

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.records)


class Undone(NamedTuple):
    """An undone or redone step. ``skipped``: cells (id, cell) that hold something else by now."""

    label: StepLabel
    records: frozenset[tuple[str, str]]
    skipped: tuple[tuple[str, str], ...]


class Question(NamedTuple):
    """A cell with several values that a person must choose from, or one that was merged by itself."""

    kind: str
    id: str
    cell: str
    state: str
    candidates: tuple[Candidate, ...]


def owners_of_members(db: Database, records: set[tuple[str, str]]) -> set[tuple[str, str]]:
    members = dumps([id_ for kind, id_ in records if kind == MEMBER])
    sql = """SELECT o.ent, o.id FROM sync_row m JOIN sync_row o ON o.id = m.owner
        WHERE m.id IN (SELECT value FROM json_each(?))"""
    return set(db.execute(sql, (members,)).fetchall()) if members != "[]" else set()


def linked(db: Database, records: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the records that a duplicate link connects or separates: they read differently now."""
    links = dumps([id_ for kind, id_ in records if kind == SAME])
    sql = f"""SELECT r.ent, r.id FROM "{SAME}" s JOIN sync_row r ON r.id IN (s.a, s.b)
        WHERE s.id IN (SELECT value FROM json_each(?))"""
    return set(db.execute(sql, (links,)).fetchall()) if links != "[]" else set()
