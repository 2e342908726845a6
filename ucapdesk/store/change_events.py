"""The results of writing: the change that is told after a commit, a step taken back, a question that is left."""

from __future__ import annotations

from typing import NamedTuple

from ucapdesk.base.json_text import dumps
from ucapdesk.store.log.changeset import StepLabel
from ucapdesk.store.merge.candidates import Candidate
from ucapdesk.store.merge.cell_writer import MEMBER
from ucapdesk.store.merge.merged_records import SAME
from ucapdesk.store.workspace.connection import Database


class ChangeEvent(NamedTuple):
    """A change, published once after its commit; every part that shows records reloads what it shows."""

    records: frozenset[tuple[str, str]]
    """kind and id of every record written, owners of sets included."""
    source: StepLabel
    """The label of the step that wrote them: an edit, an undo, a received package."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that changed."""
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
    """Return the owners of the sets of which members were written."""
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
