"""Lists of offices taken in: people with their posts, itineraries; into the visit one is in, else the one of their days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.formats.errors import FileEmpty, FileKindUnknown, FileTooLarge, NotAGlance
from ucapdesk.formats.lists.itinerary_list import is_itinerary, itinerary_of
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import ListFile, list_files, pasted_list
from ucapdesk.formats.lists.people_list import is_people_list, people_of
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Visit
from ucapdesk.model.text.parse.itinerary_pieces import Find
from ucapdesk.services.files.draft_records import DraftRecords, settle, write_drafts
from ucapdesk.services.files.imports import ImportReport, import_files
from ucapdesk.services.records.records import get, titles
from ucapdesk.services.visits.calendar_import import NotAVisit, NoVisitThen, SeveralVisitsThen
from ucapdesk.services.visits.itinerary_entry import finder
from ucapdesk.store.desk import Desk

SHEETS = (".xlsx", ".csv")


def read_office_lists(desk: Desk, path: Path, owner: str | None = None) -> list[ListDrafts]:
    """Return the lists of people and the itineraries in a file as drafts; of an e-mail those in its attachments.

    Args:
        desk: The workspace.
        path: The file.
        owner: The visit one is in, whose programme an itinerary becomes, or the meeting; people take part in it.

    Raises:
        UserError: where the file cannot be read, or no visit or several are on record for the days of an itinerary.
    """
    try:
        files = list_files(path)
    except (FileEmpty, FileTooLarge, FileKindUnknown):
        if path.suffix.lower() in SHEETS:
            return []  # the reader of sheets says what is wrong
        raise
    target = _target(desk, owner) if owner else None
    lists = [file for file in files if is_itinerary(file) or is_people_list(file)]
    if lists:  # what else the e-mail says stands with the first
        rest = [line for file in files if file not in lists for line in file.lines]
        lists[0] = replace(lists[0], outside=(*lists[0].outside, *rest))
    return [found for file in lists if (found := _drafts_of(desk, file, target)) is not None]


def read_pasted_list(desk: Desk, text: str, owner: str = "", *, hosts: bool = False) -> ListDrafts | None:
    """Return rows copied from a table with heads as drafts; None where they are no list. ``hosts``: they receive. Raises as above."""
    file = pasted_list(tr("cards", "Clipboard"), text)
    target = _target(desk, owner) if owner else None
    tour = is_itinerary(file) and not (target and not target.in_groups)
    if not (tour or is_people_list(file)):
        return None
    return _drafts_of(desk, file, replace(target, hosts=True) if target and hosts else target)


def is_office_list(desk: Desk, path: Path, owner: str) -> bool:
    """Return whether a file holds a list of people, or, for a visit, its programme."""
    try:
        files = list_files(path)
    except UserError:
        return False
    in_visit = _target(desk, owner).in_groups
    return any(is_people_list(file) or (in_visit and is_itinerary(file)) for file in files)


def _drafts_of(desk: Desk, file: ListFile, target: ListTarget | None) -> ListDrafts | None:
    if not is_itinerary(file):
        return people_of(file, target or ListTarget(secret=desk.workspace.protected))
    return itinerary_of(file, target if target and target.in_groups else _of_those_days(desk, file))


def _target(desk: Desk, owner: str) -> ListTarget:
    record = get(desk, owner)
    if isinstance(record, Visit):
        return _of_visit(desk, record)
    if not isinstance(record, Meeting | ItineraryItem):
        raise NotAVisit(id=owner)
    return ListTarget(owner, secret=desk.workspace.protected, in_groups=False)


def _of_visit(desk: Desk, visit: Visit) -> ListTarget:
    days = visit.dates.bounds if visit.dates else None
    return ListTarget(visit.id, visit.travelling_side, days, desk.workspace.protected)


def _of_those_days(desk: Desk, file: ListFile) -> ListTarget:
    """Return the only visit on whose days all points of an itinerary are."""
    fitting = []
    for visit in desk.read.page(Visit, desk.read.ids(Visit, order="dates")):
        target = _of_visit(desk, visit)
        if target.days is None or not (target.days[0] > "0001" and target.days[1] < "9999"):
            continue
        found = itinerary_of(file, target)
        days = sorted(d.values["when"]["date"] for d in found.drafts if d.kind == "itinerary_item") if found else []
        if days and target.days[0] <= days[0] and days[-1] <= target.days[1]:
            fitting.append(target)
    if not fitting:
        said = sorted(
            {cell for table in file.tables for row in table for cell in row[:1] if any(map(str.isdigit, cell))}
        )
        raise NoVisitThen(file=file.name, days=", ".join(said[:5]) or "–")
    if len(fitting) > 1:
        raise SeveralVisitsThen(
            file=file.name, visits=", ".join(titles(desk, [each.owner for each in fitting]).values())
        )
    return fitting[0]


def drafts_of(desk: Desk, found: ListDrafts) -> DraftRecords:
    """Return the records of a list, with the people and places on record that it names, beyond doubt, in place of their names."""
    find, made = finder(desk), []
    for draft in found.drafts:
        found.read += [text for name in ("free_name", "address") for text in draft.values.get(name, {}).values()]
        values = dict(draft.values)
        if draft.kind == "participation" and (person := _named(find, "person", values.get("free_name"))):
            values = {"person": person} | {name: value for name, value in values.items() if name != "free_name"}
        if draft.kind == "itinerary_item" and (place := _named(find, "place", values.get("address"))):
            values = {"place": place} | {name: value for name, value in values.items() if name != "address"}
        made.append(replace(draft, values=values))
    found.drafts = made
    records = DraftRecords.of(desk, made)
    settle(desk, [records])
    return records


def _named(find: Find, kind: str, names: dict[str, str] | None) -> str | None:
    known = [found.id for name in (names or {}).values() if (found := find(kind, name))]
    return known[0] if known else None


def import_office_lists(
    desk: Desk, path: Path, *, dry_run: bool = False, visit: str | None = None
) -> list[ImportReport]:
    """Take in the lists of a file, each as one step; nothing where the file is no list of people and no itinerary."""
    reports = []
    for found in read_office_lists(desk, path, visit):
        paper = drafts_of(desk, found)
        if paper.has_news and not dry_run:
            with desk.save(["records.import", {"n": len(paper.new)}]) as work:
                write_drafts(desk, work, paper)
        reports.append(report_of_list(found.file.name, found, paper))
    return reports


def import_document(desk: Desk, path: Path, *, dry_run: bool = False, visit: str | None = None) -> list[ImportReport]:
    """Take in a paper; a document that is none may be a list of an office. Raises NotAGlance where it is neither."""
    try:
        return import_files(desk, [path], dry_run=dry_run)
    except NotAGlance:
        reports = import_office_lists(desk, path, dry_run=dry_run, visit=visit)
        if not reports:
            raise
        return reports


def report_of_list(file: str, found: ListDrafts, paper: DraftRecords) -> ImportReport:
    """Return the report of a list, which was taken in or would be."""
    made = tuple((draft.kind, draft.id) for draft in paper.made)
    told = tuple(f"{each}{tr('import', ' (not kept)') if each.secret else ''}" for each in found.not_placed)
    return ImportReport(
        file, len(paper.new), len(paper.made) - len(paper.new), tuple(paper.differs), (), made, found.accounted, told
    )
