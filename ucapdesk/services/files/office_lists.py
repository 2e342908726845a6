"""Lists of offices taken in: people with their posts, itineraries; into the visit one is in, else the one of their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ucapdesk.base.i18n import tr
from ucapdesk.formats.errors import FileEmpty, FileKindUnknown, FileTooLarge, NotAGlance
from ucapdesk.formats.glance import RecordDraft
from ucapdesk.formats.lists.itinerary_list import is_itinerary, itinerary_of
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import ListFile, list_file
from ucapdesk.formats.lists.people_list import people_of
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.text.parse.itinerary_pieces import Find
from ucapdesk.services.files.draft_records import DraftRecords, settle, write_drafts
from ucapdesk.services.files.imports import ImportReport, import_files
from ucapdesk.services.records.records import get, titles
from ucapdesk.services.visits.calendar_import import NotAVisit, NoVisitThen, SeveralVisitsThen
from ucapdesk.services.visits.itinerary_entry import finder
from ucapdesk.store.desk import Desk

SHEETS = (".xlsx", ".csv")


def read_office_list(desk: Desk, path: Path, visit: str | None = None) -> ListDrafts | None:
    """Return a list of people or an itinerary as drafts; None where the file is neither.

    Args:
        desk: The workspace.
        path: The file.
        visit: The visit one is in: people take part in it, and an itinerary becomes its programme.

    Raises:
        UserError: where the file cannot be read, or no visit or several are on record for the days of an itinerary.
    """
    try:
        file = list_file(path)
    except (FileEmpty, FileTooLarge, FileKindUnknown):
        if path.suffix.lower() in SHEETS:
            return None  # the reader of sheets says what is wrong
        raise
    into = _target(desk, get(desk, visit)) if visit else None
    if not is_itinerary(file):
        return people_of(file, into or ListTarget(secret=desk.workspace.protected))
    found = itinerary_of(file, into or _of_those_days(desk, file))
    if found is not None:
        named = [draft.values.get(name, {}) for draft in found.drafts for name in ("free_name", "address")]
        found.read += [text for texts in named for text in texts.values()]  # a name may become a link
        found.drafts = _with_records(desk, found.drafts)
    return found


def _target(desk: Desk, visit: object) -> ListTarget:
    if not isinstance(visit, Visit):
        raise NotAVisit(id=getattr(visit, "id", ""))
    days = visit.dates.bounds if visit.dates else None
    return ListTarget(visit.id, visit.travelling_side, days, desk.workspace.protected)


def _of_those_days(desk: Desk, file: ListFile) -> ListTarget:
    """Return the only visit on whose days all points of an itinerary are."""
    fitting = []
    for visit in desk.read.page(Visit, desk.read.ids(Visit, order="dates")):
        target = _target(desk, visit)
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
            file=file.name, visits=", ".join(titles(desk, [each.visit for each in fitting]).values())
        )
    return fitting[0]


def _with_records(desk: Desk, drafts: Sequence[RecordDraft]) -> list[RecordDraft]:
    """Return drafts with the people and places on record that they name, beyond doubt, in place of their names."""
    find, made = finder(desk), []
    for draft in drafts:
        values = dict(draft.values)
        if draft.kind == "participation" and (person := _named(find, "person", values.get("free_name"))):
            values = {"person": person} | {name: value for name, value in values.items() if name != "free_name"}
        if draft.kind == "itinerary_item" and (place := _named(find, "place", values.get("address"))):
            values = {"place": place} | {name: value for name, value in values.items() if name != "address"}
        made.append(replace(draft, values=values))
    return made


def _named(find: Find, kind: str, names: dict[str, str] | None) -> str | None:
    known = [found.id for name in (names or {}).values() if (found := find(kind, name))]
    return known[0] if known else None


def import_office_list(
    desk: Desk, path: Path, *, dry_run: bool = False, visit: str | None = None
) -> ImportReport | None:
    """Take in a list as one step; None where the file is no list of people and no itinerary."""
    found = read_office_list(desk, path, visit)
    if found is None:
        return None
    paper = DraftRecords.of(desk, found.drafts)
    settle(desk, [paper])
    if paper.has_news and not dry_run:
        with desk.save(["records.import", {"n": len(paper.new)}]) as work:
            write_drafts(desk, work, paper)
    return report_of_list(path.name, found, paper)


def import_document(desk: Desk, path: Path, *, dry_run: bool = False, visit: str | None = None) -> list[ImportReport]:
    """Take in a paper; a document that is none may be a list of an office. Raises NotAGlance where it is neither."""
    try:
        return import_files(desk, [path], dry_run=dry_run)
    except NotAGlance:
        report = import_office_list(desk, path, dry_run=dry_run, visit=visit)
        if report is None:
            raise
        return [report]


def report_of_list(file: str, found: ListDrafts, paper: DraftRecords) -> ImportReport:
    """Return the report of a list, which was taken in or would be."""
    made = tuple((draft.kind, draft.id) for draft in paper.made)
    told = tuple(f"{each}{tr('import', ' (not kept)') if each.secret else ''}" for each in found.not_placed)
    return ImportReport(
        file, len(paper.new), len(paper.made) - len(paper.new), tuple(paper.differs), (), made, found.accounted, told
    )
