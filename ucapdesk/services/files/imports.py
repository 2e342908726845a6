"""Import of UCAP papers. A paper becomes records once; importing it again changes nothing and reports differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ucapdesk.base.i18n import Message, ntr
from ucapdesk.base.one_line import one_line
from ucapdesk.formats.errors import NoTextInDocument
from ucapdesk.formats.glance.glance_parts import Accounted, Glance, GlanceTable
from ucapdesk.formats.glance.glance_records import drafts
from ucapdesk.formats.glance.glance_table import assign, bytes_of, kind_of_file, read_all, read_lines, source_of
from ucapdesk.formats.glance.labels import field_of
from ucapdesk.formats.glance.marks import PaperText
from ucapdesk.formats.glance.oddities import told as told_oddity
from ucapdesk.formats.glance.text import folded
from ucapdesk.formats.glance.understand import understand
from ucapdesk.services.errors import NotImportable
from ucapdesk.services.files.draft_plan import ProposedLine, proposed_lines
from ucapdesk.services.files.draft_records import Difference, DraftRecords, is_listed, settle, write_drafts
from ucapdesk.services.files.file_formats import FORMATS, GLANCES, PACKAGES, SCANS
from ucapdesk.store.desk import Desk

MAX_NAME = 120
"""Characters of the name of a file that are told."""


@dataclass(frozen=True, slots=True)
class AssignField:
    """A field of the UCAP table to which text can be assigned by hand; ``by_side``: it has a cell for each side."""

    key: str
    label: Message
    by_side: bool = False


ASSIGNABLE = (
    AssignField("cities", Message("paper", "Cities"), by_side=True),
    AssignField("state_country", Message("paper", "State/Country or region"), by_side=True),
    AssignField("population", Message("paper", "Population"), by_side=True),
    AssignField("area", Message("paper", "Size in km²"), by_side=True),
    AssignField("pairing", Message("paper", "Pairing agreement signing date (joint declaration)"), by_side=True),
    AssignField("visits", Message("paper", "Date of city visit to counterpart city"), by_side=True),
    AssignField("period", Message("assign", "Period of cooperation")),
    AssignField("themes", Message("paper", "Cooperation themes")),
    AssignField("related", Message("assign", "Related SDGs and Urban Agenda topics")),
    AssignField("focus", Message("assign", "Key focus of cooperation themes")),
    AssignField("challenges", Message("paper", "Key challenges of cooperation theme")),
    AssignField("objective", Message("paper", "Main objective of UCAP")),
    AssignField("activities", Message("paper", "Short description of main activities and key outputs")),
    AssignField("results", Message("paper", "Expected results – benefits")),
    AssignField("contacts", Message("assign", "Contact persons"), by_side=True),
    AssignField("contacts.programme", Message("assign", "Contact persons of the programme")),
)
"""The fields in the order of the table. The country's row stands for the older rows of state and country too."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of importing one file.

    Attributes:
        file: Its name.
        new: How many records were created (or would be).
        already: How many of its records existed before, in the Trash or not.
        differs: The differences in those.
        oddities: What a careful reader would stumble over: ``row``, ``what`` and what was ``done``.
        records: kind and id of everything the paper mentions.
        accounted: What became of each word of the file, where that was measured.
        not_placed: The words that no field took.
        proposed: Each record with its values, as the page of proposals shows them.
    """

    file: str
    new: int
    already: int
    differs: tuple[Difference, ...]
    oddities: tuple[dict[str, str], ...]
    records: tuple[tuple[str, str], ...]
    accounted: Accounted | None = None
    not_placed: tuple[str, ...] = ()
    proposed: tuple[ProposedLine, ...] = ()

    def say(self) -> str:
        """Return how many records were created, in a sentence."""
        return ntr("import", "{file}: {n} new record, {already} already there.",
                   "{file}: {n} new records, {already} already there.", self.new, file=one_line(self.file, MAX_NAME),
                   already=self.already)  # fmt: skip


def import_files(desk: Desk, paths: Sequence[Path], *, dry_run: bool = False) -> list[ImportReport]:
    """Take in UCAPs at a glance as one step; nothing at all where one of them cannot be read.

    Args:
        desk: The workspace.
        paths: The files.
        dry_run: Only tell what would become of them.
    """
    return take_in(desk, [paper for path in paths for paper in read_papers(path)], dry_run=dry_run)


def take_in(desk: Desk, glances: Sequence[Glance], *, dry_run: bool = False) -> list[ImportReport]:
    """Create the records of papers that were read, as one step; arguments as of ``import_files``."""
    reports: list[ImportReport] = []
    for batch in batches(glances):
        papers = [(glance, DraftRecords.of(desk, drafts(glance))) for glance in batch]
        settle(desk, [paper for _, paper in papers])
        news = [paper for _, paper in papers if paper.has_news]
        if news and not dry_run:
            with desk.save(["records.import", {"n": sum(len(paper.new) for paper in news)}]) as work:
                for paper in news:
                    write_drafts(desk, work, paper)
        for glance, paper in papers:
            odd = ((each.row, each.what.say(), each.done.say()) for each in glance.oddities)
            left = tuple(" ".join(filter(None, [row.label, *row.cells])) for row in glance.unplaced)
            reports.append(report_of(desk, glance.source.file, paper, odd, accounted=glance.accounted, not_placed=left))
    return reports


def batches(glances: Sequence[Glance]) -> Iterator[list[Glance]]:
    """Yield papers that can be taken in as one step: of two on the same city the second sees what the first brought."""
    batch: list[Glance] = []
    met: set[str] = set()
    for glance in glances:
        cities = {folded(city.name) for city in glance.sides[0].cities}
        if cities & met:
            yield batch
            batch, met = [], set()
        batch.append(glance)
        met |= cities
    if batch:
        yield batch


def lines_or_scan(path: Path) -> tuple[str, ...]:
    """Return the text of a file line by line, for assigning it; nothing of a scan, which has pictures of pages only."""
    try:
        return read_lines(_importable(path))
    except NoTextInDocument:
        return ()


def pages_of(path: Path) -> list[tuple[int, int, bytes] | bytes]:
    """Return the pages of a scan as pictures, see ``PagePicture``; a picture as the file that it is."""
    from ucapdesk.formats.glance.pdf import page_pictures

    data = bytes_of(path)
    return [data] if kind_of_file(path.name, data) == "picture" else [*page_pictures(path.name, data)]


def import_assigned(desk: Desk, path: Path, assigned: Mapping[str, tuple[str, str]], title: str = "") -> ImportReport:
    """Import a paper whose text the user assigned to the fields, as one step.

    Args:
        desk: The workspace.
        path: The file the text came from.
        assigned: Text by the key of its field (see ``ASSIGNABLE``), for each side; one text alone stands first.
        title: The title of the paper, if it has one.
    """
    cells: dict[str, str | tuple[str, str]] = {}
    for key, (first, second) in assigned.items():
        parts = {"contacts.A": (first, ""), "contacts.B": (second, "")} if key == "contacts" else {key: (first, second)}
        cells |= {name: pair for name, pair in parts.items() if any(text.strip() for text in pair)}
    table = assign(lines_or_scan(path), cells, source_of(path), title.strip())
    return take_in(desk, [understand(table, by_hand=True)])[0]


def _importable(path: Path) -> Path:
    if path.suffix.lower() not in (*GLANCES, *SCANS, ".csv"):
        known = dict.fromkeys(suffix for each in FORMATS if each.way not in {"", PACKAGES} for suffix in each.suffixes)
        raise NotImportable(file=path.name, suffixes=", ".join(known))
    return path


def read_papers(path: Path) -> list[Glance]:
    """Return the paper in a file, or those attached to an e-mail, with what became of each word. Raises one of ``formats.errors``."""
    first, *others = read_all(_importable(path))
    names = [table.source.file for table in others]
    attached = (_accounted(table, read_lines(path, only=table.source.file)) for table in others)
    return [_accounted(first, read_lines(path, without=names)), *attached]


def _accounted(table: GlanceTable, lines: tuple[str, ...]) -> Glance:
    glance = replace(understand(table), lines=lines)
    told = [str(said) for odd in glance.oddities for said in odd.what.args.values()]
    told += [odd.row for odd in glance.oddities if odd.code == "unknown_row"]  # its label is shown beside it
    labels = [row.label for row in glance.rows if field_of(row.label)]
    accounted = PaperText(lines).account(drafts(glance), told, labels)
    if not accounted.nothing:
        return replace(glance, accounted=accounted)
    lost = told_oddity("left_over", "", {"print": " ".join(dict.fromkeys(accounted.nothing))})
    return replace(glance, accounted=accounted, oddities=(*glance.oddities, lost))


def report_of(
    desk: Desk, file: str, paper: DraftRecords, odd: Iterable[tuple[str, str, str]],
    *, accounted: Accounted | None, not_placed: tuple[str, ...],
) -> ImportReport:  # fmt: skip
    """Return the report of one file, which was taken in or would be; arguments as its attributes."""
    fresh = {draft.id for draft in paper.new}
    there = [draft for draft in paper.made if draft.id not in fresh and not is_listed(desk, draft)]
    oddities = tuple({"row": row, "what": what, "done": done} for row, what, done in odd)
    made = tuple((draft.kind, draft.id) for draft in paper.made)
    return ImportReport(
        file, len(paper.new), len(there), tuple(paper.differs), oddities, made,
        accounted, not_placed, proposed_lines(desk, paper),
    )  # fmt: skip
