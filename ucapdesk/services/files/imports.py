"""Import of papers and of offices' lists: each file is read for itself, placed, and proposed; or taken in at once.

A paper becomes records once; importing it again changes nothing and reports differences. Lists are people with their posts,
itineraries and minutes; they go into the visit one is in, else into the one of their days. Of a proposal nothing is written
before a person has looked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.i18n import Message, ntr, tr
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.formats.errors import FileEmpty, FileKindUnknown, FileTooLarge, NotAGlance, NoTextInDocument
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import assign, bytes_of, kind_of_file, read_all, read_lines, source_of
from ucapdesk.formats.glance.provenance import PaperText
from ucapdesk.formats.glance.record_drafts import RecordDraft, drafts
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import (
    MOST_LINES,
    MOST_SIGNS,
    ListFile,
    Table,
    lines_of_markdown,
    list_files,
    pasted_list,
    pasted_text,
)
from ucapdesk.formats.lists.minutes_text import is_minutes, minutes_of
from ucapdesk.formats.lists.people_list import is_people_list, people_of
from ucapdesk.formats.lists.programmes import is_itinerary, itinerary_of, programme_in
from ucapdesk.formats.paper_contents import Accounted, Glance, GlanceTable, oddity
from ucapdesk.formats.phrases.field_labels import field_of, is_exact
from ucapdesk.formats.phrases.small_texts import folded_nfkc
from ucapdesk.formats.whole_files import SHEET_MODULES
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Visit
from ucapdesk.model.rules.country_facts import place_key
from ucapdesk.model.text.typed_lines import Find
from ucapdesk.services.errors import NOT_A_VISIT, NOT_IMPORTABLE
from ucapdesk.services.files.draft_plan import DraftPlan, ProposedLine, proposed_lines
from ucapdesk.services.files.draft_records import Difference, DraftRecords, is_listed, not_named, settle, write_drafts
from ucapdesk.services.files.file_formats import FORMATS, GLANCES, PACKAGES, SCANS
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.line_entry import record_finder
from ucapdesk.services.records.records import get, titles
from ucapdesk.services.visits.calendar_import import NO_VISIT_THEN, SEVERAL_VISITS_THEN
from ucapdesk.services.visits.visits import side_names
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import travelling_side

MAX_NAME = 120  # Characters of the name of a file that are told


@dataclass(frozen=True, slots=True)
class AssignField:
    """A field of the UCAP table to which text can be assigned by hand; ``by_side``: it has a cell for each side."""

    key: str
    label: Message
    by_side: bool = False


# The fields in the order of the table. The country's row stands for the older rows of state and country too.
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
        cities = {folded_nfkc(city.name) for city in glance.sides[0].cities}
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
    from ucapdesk.formats.blocks.pdf import page_pictures

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
        raise NOT_IMPORTABLE(file=path.name, suffixes=", ".join(known))
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
    lost = oddity("left_over", "", {"print": " ".join(dict.fromkeys(accounted.nothing))})
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


LONGEST_START = 300  # Lines at the beginning of a long text, and characters of each, that tell what it is


def read_office_lists(
    desk: Desk, path: Path, owner: str | None = None, *, new_visit: bool = False, rest: bool = True
) -> list[ListDrafts]:
    """Return the lists of people, itineraries and minutes in a file as drafts; of an e-mail those in its attachments.

    Args:
        desk: The workspace.
        path: The file.
        owner: The visit one is in, whose programme an itinerary becomes, or the meeting; people take part in it.
        new_visit: An itinerary makes a visit where none is on record for its days.
        rest: What else an e-mail says stands with its first list.

    Raises:
        UserError: where the file cannot be read, or no visit or several are on record for the days of an itinerary.
    """
    try:
        files = list_files(path)
    except (FileEmpty, FileTooLarge, FileKindUnknown):
        if path.suffix.lower() in SHEET_MODULES:
            return []  # the reader of sheets says what is wrong
        raise
    files = [part for file in files for part in _by_kind(file)]
    target = _target(desk, owner) if owner else None
    lists = [file for file in files if _is_list(file)]
    if lists and rest:
        said = [line for file in files if file not in lists for line in replace(file, unread=()).lines if line.strip()]
        unread = tuple(name for file in files for name in file.unread)
        lists[0] = replace(lists[0], outside=(*lists[0].outside, *said), unread=unread)
    return [found for file in lists if (found := _drafts_of(desk, file, target, new_visit=new_visit)) is not None]


def read_pasted(
    desk: Desk,
    text: str,
    owner: str = "",
    *,
    hosts: bool = False,
    day: str = "",
    minutes: bool = False,
    joins: bool = False,
) -> ListDrafts | None:
    """Return what was pasted as drafts: rows of a table with heads, a programme, minutes; None where it is none of them.

    Args:
        desk: The workspace.
        text: What was pasted.
        owner: The visit or meeting one is in.
        hosts: Its people receive.
        day: The day of hours that stand before any day.
        minutes: Its lines are minutes, whatever they say.
        joins: Its people take part in something that is made with them; a programme or minutes do not.

    Raises:
        UserError: where the text is too long, or several visits are on record for its days.
    """
    name = tr("cards", "Clipboard")
    made = ListTarget(new_id(), secret=desk.workspace.protected, in_groups=False) if joins else None
    target = _target(desk, owner) if owner else made
    target = replace(target, hosts=hosts or None, day=day) if target else None
    if text.lstrip().startswith("|"):
        text = "\n".join(lines_of_markdown(text))
    if "\t" in text:
        file = pasted_list(name, text)
        if is_people_list(file) or (is_itinerary(file) and not (target and not target.in_groups)):
            return _drafts_of(desk, file, target, new_visit=True)
    file = replace(pasted_text(name, text), text=()) if joins else _short(pasted_text(name, text))
    if minutes or (file.text and _is_list(file)) or (file.text and day and programme_in(file, day)):
        return _drafts_of(desk, file, target, new_visit=True, minutes=minutes)
    return None


def looks_like_minutes(text: str) -> bool:
    return is_minutes(_beginning(pasted_text("", text)))


def _beginning(file: ListFile) -> ListFile:
    return replace(file, text=tuple(line[:LONGEST_START] for line in file.text[:LONGEST_START]))


def _short(file: ListFile) -> ListFile:
    """Return a text that is not too long; an empty one where it is, and no programme or minutes anyway."""
    if len(file.text) <= MOST_LINES and sum(map(len, file.text)) <= MOST_SIGNS:
        return file
    if _is_list(_beginning(file)):
        raise UserError(
            "The text has {n} lines; a programme or minutes of up to {most} lines can be read. "
            "Nothing was changed; paste it in parts, or attach it as a file.",
            code="too-many-lines",
            n=len(file.text),
            most=MOST_LINES,
        )
    return replace(file, text=())


def is_office_list(desk: Desk, path: Path, owner: str) -> bool:
    """Return whether a file holds a list of people or minutes, or, for a visit, its programme."""
    try:
        files = list_files(path)
    except UserError:
        return False
    in_visit = _target(desk, owner).in_groups
    return any(_is_list(file) if in_visit else is_people_list(file) or is_minutes(file) for file in files)


def _by_kind(file: ListFile) -> list[ListFile]:
    """Return a file with tables of people and of an itinerary as two; a table without a head goes with the one before."""
    people: list[Table] = []
    tours: list[Table] = []
    into = people
    for table in file.tables:
        alone = replace(file, tables=(table,))
        into = tours if is_itinerary(alone) else people if is_people_list(alone) else into
        into.append(table)
    if not tours or not people or not is_people_list(replace(file, tables=tuple(people))):
        return [file]
    other = hashlib.sha256(f"{file.sha256} itinerary".encode()).hexdigest()
    return [replace(file, tables=tuple(people)), replace(file, tables=tuple(tours), outside=(), sha256=other)]


def _is_list(file: ListFile) -> bool:
    return is_itinerary(file) or is_people_list(file) or is_minutes(file) or programme_in(file) is not None


def _drafts_of(
    desk: Desk, file: ListFile, target: ListTarget | None, *, new_visit: bool = False, minutes: bool = False
) -> ListDrafts | None:
    table = is_itinerary(file) or is_people_list(file)
    if minutes or (not table and is_minutes(file)):
        return _minutes_of(desk, file, target, whole=minutes)
    days = target.days if target else None
    day = (target.day if target else "") or (days[0] if days and days[0] == days[1] else "")
    tour = file if table else programme_in(file, day)
    if tour is None or not is_itinerary(tour):
        return people_of(file, target or ListTarget(secret=desk.workspace.protected))
    if target and target.in_groups:
        return itinerary_of(tour, target)
    fitting = _of_those_days(desk, tour, new_visit=new_visit)
    return itinerary_of(tour, fitting) if fitting else _with_visit(desk, tour)


def _minutes_of(desk: Desk, file: ListFile, target: ListTarget | None, *, whole: bool) -> ListDrafts:
    """Return minutes of the meeting one is in, else of a new one, which belongs to the visit one is in."""
    here = target or ListTarget(secret=desk.workspace.protected)
    visit = here.owner if here.in_groups else ""
    meeting = replace(here, owner="") if here.in_groups else here
    return minutes_of(file, meeting, today(desk.workspace.clock), visit, whole=whole)


def _with_visit(desk: Desk, tour: ListFile) -> ListDrafts:
    """Return an itinerary with a visit of its days. Refused where it tells none, as without a year."""
    target = ListTarget(derived_id("glance", "list", "visit", tour.sha256), secret=desk.workspace.protected)
    found = itinerary_of(tour, target)
    days = _days_of(found)
    if found is None or not days:
        raise _no_visit(tour, ())
    dates = days[0] if days[0] == days[-1] else f"{days[0]}/{days[-1]}"
    values = {"title": found.drafts[0].values["title"], "dates": dates, "source": found.source}
    found.drafts.insert(1, RecordDraft("visit", target.owner, "1", values))
    return found


def _days_of(found: ListDrafts | None) -> list[str]:
    """Return the days of the points of an itinerary, in order."""
    return sorted(d.values["when"]["date"] for d in found.drafts if d.kind == "itinerary_item") if found else []


def _target(desk: Desk, owner: str) -> ListTarget:
    record = get(desk, owner)
    if isinstance(record, Visit):
        return _of_visit(desk, record)
    if not isinstance(record, Meeting | ItineraryItem):
        raise NOT_A_VISIT(id=owner)
    return ListTarget(owner, secret=desk.workspace.protected, in_groups=False, cities=_cities(desk, owner))


def _of_visit(desk: Desk, visit: Visit) -> ListTarget:
    days = visit.dates.bounds if visit.dates else None
    side, cities = travelling_side(desk, visit) or None, _cities(desk, visit.id)
    return ListTarget(visit.id, side, days, desk.workspace.protected, cities=cities)


def _cities(desk: Desk, id_: str) -> dict[str, str]:
    return {place_key(name): each.side for each in side_names(desk, id_).parties for name in each.name.values()}


def _of_those_days(desk: Desk, file: ListFile, *, new_visit: bool = False) -> ListTarget | None:
    """Return the only visit on whose days all points of an itinerary are; None where there is none and one may be made."""
    targets = (_of_visit(desk, visit) for visit in desk.read.listed(Visit, order="dates"))
    dated = ((each, *each.days) for each in targets if each.days and each.days[0] > "0001" and each.days[1] < "9999")
    told = ((each, first, last, _days_of(itinerary_of(file, each))) for each, first, last in dated)
    fitting = [each for each, first, last, days in told if days and first <= days[0] and days[-1] <= last]
    if not fitting and not new_visit:
        raise _no_visit(file, _days_of(itinerary_of(file, ListTarget())))
    if len(fitting) > 1:
        said = titles(desk, [each.owner for each in fitting])
        raise SEVERAL_VISITS_THEN(file=file.name, visits=", ".join(said.values()))
    return next(iter(fitting), None)


def _no_visit(file: ListFile, days: Sequence[str]) -> UserError:
    firsts = {row[0] for table in file.tables for row in table if row}
    dated = sorted(cell for cell in firsts if any(map(str.isdigit, cell)))  # without a year
    ends = dict.fromkeys((days[0], days[-1])) if days else dated[:5]
    return NO_VISIT_THEN(file=file.name, days=" – ".join(ends) if days else ", ".join(ends) or "–")


def drafts_of(desk: Desk, found: ListDrafts) -> DraftRecords:
    """Return the records of a list, with the people and places on record that it names, beyond doubt, in place of their names."""
    find, made = record_finder(desk), []
    people = {id_: known for id_, name in found.named.items() if (known := _named(find, "person", {"": name}))}
    for draft in found.drafts:
        if draft.id in people:
            continue
        found.read += [text for name in ("free_name", "address") for text in draft.values.get(name, {}).values()]
        values: dict[str, Any] = {
            name: people.get(value, value) if isinstance(value, str) else value for name, value in draft.values.items()
        }
        if draft.kind == "participation" and (person := _named(find, "person", values.get("free_name"))):
            values = {"person": person} | {name: value for name, value in values.items() if name != "free_name"}
        if draft.kind == "itinerary_item" and (place := _named(find, "place", values.get("address"))):
            values = {"place": place} | {name: value for name, value in values.items() if name != "address"}
        made.append(replace(draft, values=values))
    found.drafts = made
    records = DraftRecords.of(desk, made, found.target.owner)
    settle(desk, [records])
    return records


def _named(find: Find, kind: str, names: dict[str, str] | None) -> str | None:
    known = [found.id for name in (names or {}).values() if (found := find(kind, name))]
    return known[0] if known else None


def read_document(
    desk: Desk, path: Path, visit: str | None = None, *, new_visit: bool = False
) -> tuple[list[Glance], list[ListDrafts]]:
    """Return the papers of a document, else its lists; of an e-mail both. Raises why it is neither; arguments as of ``read_office_lists``."""
    mail = path.suffix.lower() == ".eml"
    try:
        papers = read_papers(path)
    except UserError as error:
        may_be = mail or isinstance(error, NotAGlance)
        if not may_be or not (lists := read_office_lists(desk, path, visit, new_visit=new_visit)):
            raise
        return [], lists
    # whose labels are hardly those of a paper
    doubtful = [paper for paper in papers if len({row.label for row in paper.rows if is_exact(row.label)}) < 2]
    doubtful = doubtful if doubtful and _begins_as_list(path) else []
    if not mail and not doubtful:
        return papers, []
    sure = [paper for paper in papers if paper not in doubtful]
    found = read_office_lists(desk, path, visit, new_visit=new_visit, rest=not sure)
    return (sure if found else papers), found


def _begins_as_list(path: Path) -> bool:
    firsts = [replace(file, tables=file.tables[:1]) for file in list_files(path)]
    return any(is_itinerary(first) or is_people_list(first) for first in firsts)


def import_office_lists(
    desk: Desk, path: Path, *, dry_run: bool = False, visit: str | None = None
) -> list[ImportReport]:
    """Take in the lists of a file, each as one step; nothing where the file is no list of people and no itinerary."""
    return list(_take_lists(desk, read_office_lists(desk, path, visit), dry_run=dry_run))


def _take_lists(desk: Desk, lists: Sequence[ListDrafts], *, dry_run: bool) -> Iterator[ImportReport]:
    for found in lists:
        paper = drafts_of(desk, found)
        if paper.has_news and not dry_run:
            with desk.save(["records.import", {"n": len(paper.new)}]) as work:
                write_drafts(desk, work, paper)
        left = tuple(f"{each}{tr('import', ' (not kept)') if each.secret else ''}" for each in found.not_placed)
        odd = not_named(desk, paper.made)
        yield report_of(desk, found.file.name, paper, odd, accounted=found.accounted, not_placed=left)


def import_document(desk: Desk, path: Path, *, dry_run: bool = False, visit: str | None = None) -> list[ImportReport]:
    """Take in the papers of a document, else its lists; of an e-mail both. Raises why it is neither."""
    papers, lists = read_document(desk, path, visit)
    return [*take_in(desk, papers, dry_run=dry_run), *_take_lists(desk, lists, dry_run=dry_run)]


OfficeList = ListDrafts


@dataclass(slots=True)
class ReadFiles:
    """Files that were read.

    Attributes:
        papers: The papers.
        lists: The lists of people and itineraries.
        by_hand: Files without the labels of a paper, and scans.
        refused: Names of the files that cannot be read, each with the sentence why.
    """

    papers: list[Glance] = field(default_factory=list)
    lists: list[ListDrafts] = field(default_factory=list)
    by_hand: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def read_files(desk: Desk, paths: Sequence[Path], visit: str | None = None, progress: Progress = untold) -> ReadFiles:
    """Read papers and lists, each for itself. A single file that cannot be read raises its error."""
    found = ReadFiles()
    for number, path in enumerate(paths, 1):
        try:
            papers, lists = read_document(desk, path, visit, new_visit=True)
            found.papers += papers
            found.lists += lists
        except (NoTextInDocument, NotAGlance):
            found.by_hand.append(path)
        except UserError as error:
            if len(paths) == 1:
                raise
            found.refused.append((path.name, error.say()))
        progress(number, len(paths))
    return found


def plan_papers(desk: Desk, papers: Sequence[Glance]) -> list[Plan]:
    """Return the proposals of papers that are taken in as one step, see ``batches``."""
    made = [DraftRecords.of(desk, drafts(glance)) for glance in papers]
    settle(desk, made)
    return [_plan_paper(desk, glance, records) for glance, records in zip(papers, made, strict=True)]


def _plan_paper(desk: Desk, glance: Glance, records: DraftRecords) -> Plan:
    return DraftPlan(desk, records, PaperText(glance.lines)).plan(
        glance.source.file,
        "ucap",
        accounted=glance.accounted,
        oddities=tuple((odd.row, odd.what.say(), odd.done.say()) for odd in glance.oddities),
        shows=next((draft.id for draft in records.made if draft.kind == "ucap"), ""),
    )


def plan_list(desk: Desk, found: ListDrafts) -> Plan:
    owner = found.target.owner
    records = drafts_of(desk, found)
    text = PaperText(found.file.lines)
    kept = tr("import", "Kept word for word with the source.")
    away = tr("import", "Not kept: only protected workspaces keep it.")
    away = tr("import", "Not kept: there is no field for it.") if desk.workspace.protected else away
    return DraftPlan(desk, records, text).plan(
        found.file.name,
        found.kind or ("person" if not owner else "meeting" if desk.read.kind_of(owner) == "meeting" else "visit"),
        accounted=found.accounted,
        oddities=tuple(
            (each.where, tr("import", "“{text}” has no field.", text=each.text), away if each.secret else kept)
            for each in found.not_placed
        )
        + not_named(desk, records.made),
        shows=owner,
    )
