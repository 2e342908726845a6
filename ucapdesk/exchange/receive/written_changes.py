"""Notes what the changesets of a package write while they pass, and puts what became of the records into its report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from ucapdesk.base.i18n import language
from ucapdesk.base.json_text import Json
from ucapdesk.exchange.package import Reading
from ucapdesk.exchange.receive import removal
from ucapdesk.exchange.receive.import_session import Run
from ucapdesk.exchange.receive.receive_report import (
    APPLIED,
    KNOWN,
    MOST_LINES,
    MOST_VALUES,
    NEW,
    SEPARATED,
    UPDATED,
    Report,
    WrittenRecord,
)
from ucapdesk.exchange.receive.receive_report import TRASHED as GONE
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.kinds.place_kinds import Country
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import Changeset
from ucapdesk.store.merge.merged_records import SAME
from ucapdesk.store.merge.outcome import Outcome
from ucapdesk.store.merge.row_state import ERASED, TRASHED
from ucapdesk.store.read.duplicate_search import LOOKED_AT, alike
from ucapdesk.store.read.titles import titles
from ucapdesk.store.refusals import Named, note_links

COUNTRY = Country.__tablename__
ODD_CLOCK = 10 * 60 * 10**6
"""Microseconds by which another clock may be ahead before that is reported."""


@dataclass(slots=True)
class Written:
    """The contents of changesets, noted while they pass."""

    trashed: set[tuple[str, str]] = field(default_factory=set)
    listed: set[tuple[str, str]] = field(default_factory=set)
    said: set[tuple[str, str]] = field(default_factory=set)
    """Of the countries those that the program lists, and those about which a person wrote something."""
    cells: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    erasing: removal.Named = field(default_factory=dict)
    named: Named = field(default_factory=dict)


def noted(
    run: Run, changesets: Iterator[Changeset], reading: Reading, written: Written, report: Report
) -> Iterator[Changeset]:
    """Yield the changesets, noting what they write and whose clock is odd."""
    now, before = run.desk.workspace.clock(), run.done
    for changeset in changesets:
        run.done = before + reading.changesets
        run.progress(run.done, max(run.whole, run.done))
        for ent, id_, cells in changeset.rows:
            note_links(written.named, ent, cells)
            if ent == ERASED:
                removal.note(run.desk, id_, cells, report, written.erasing)
            if ent == COUNTRY:
                (written.said if changeset.by_a_person else written.listed).add((ent, id_))
            if cells.get(TRASHED) == 1 and ent in LISTED:
                written.trashed.add((ent, id_))
            if run.dry:
                written.cells.setdefault(id_, set()).update(cells)
                if id_ in written.values or len(written.values) < MOST_VALUES:
                    written.values.setdefault(id_, {}).update(cells)
        if changeset.time > now + ODD_CLOCK:
            report.ahead = max(report.ahead, (changeset.time - now) // 10**6)
        yield changeset


def _is_hidden(desk: Desk, kind: str, id_: str) -> bool:
    row = desk.db.execute(f'SELECT is_deleted FROM "{LISTED[kind].name}" WHERE id = ?', (id_,)).fetchone()
    return bool(row and row[0])


def _was_merge(desk: Desk, kind: str, id_: str) -> bool:
    """Return whether a record merges two others into one."""
    said = f'SELECT 1 FROM "{SAME}" WHERE id = ? AND NOT coalesce(differs, 0)'
    return kind == SAME and desk.db.execute(said, (id_,)).fetchone() is not None


def report_effects(run: Run, report: Report, outcome: Outcome, written: Written) -> None:
    """Put into a report what became of the records."""
    desk = run.desk
    report.state = APPLIED if outcome.changesets or report.healed else KNOWN
    wrote = (outcome.new, outcome.updated - outcome.new)
    gone = {each for each in written.trashed if any(each in of_it for of_it in wrote) and _is_hidden(desk, *each)}
    left_out = gone | (written.listed - written.said) | {each for each in outcome.updated if each[1] in outcome.erased}
    came, changed = ([each for each in of_it if each[0] in LISTED and each not in left_out] for of_it in wrote)
    parted = {each for each in gone if _was_merge(desk, *each)}
    gone -= parted
    report.new, report.updated, report.trashed, report.separated = len(came), len(changed), len(gone), len(parted)
    report.merged, report.conflicts = len(outcome.merged), len(outcome.conflicts)
    report.kept = sum(cell == TRASHED for _, cell in outcome.conflicts)
    report.erased = sum(kind == "person" and id_ in outcome.gone for kind, id_ in outcome.updated)
    if run.dry:
        report.lines = tuple(_lines(desk, {NEW: came, UPDATED: changed, GONE: gone, SEPARATED: parted}, written))
        report.alike = _alike(desk, {id_ for kind, id_ in came if kind in LOOKED_AT})


def _lines(desk: Desk, by_what: Mapping[str, Collection[tuple[str, str]]], written: Written) -> Iterator[WrittenRecord]:
    """Yield the records with their new titles, inside the transaction."""
    for what, of_it in by_what.items():
        shown = sorted(of_it)[:MOST_LINES]
        called = titles(desk.db, [id_ for _, id_ in shown], language())
        for kind, id_ in shown:
            cells = tuple(sorted(written.cells.get(id_, ())))
            yield WrittenRecord(kind, id_, called.get(id_, ""), what, cells, written.values.get(id_, {}))


def _alike(desk: Desk, came: Collection[str]) -> tuple[str, ...]:
    """Return the titles of possible duplicates of records that were here before."""
    pairs = alike(desk.db, came) if came else []
    here = {pair.a if pair.b in came else pair.b for pair in pairs if not {pair.a, pair.b} <= set(came)}
    return tuple(titles(desk.db, sorted(here), language()).values())
