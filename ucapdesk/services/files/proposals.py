"""Proposals of papers and lists: files are read, each for itself, and nothing is written before a person has looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.base.progress import Progress, untold
from ucapdesk.formats.errors import NotAGlance, NoTextInDocument
from ucapdesk.formats.glance.glance_parts import Glance
from ucapdesk.formats.glance.glance_records import drafts
from ucapdesk.formats.glance.marks import PaperText
from ucapdesk.formats.lists.list_drafts import ListDrafts
from ucapdesk.services.files.draft_plan import DraftPlan
from ucapdesk.services.files.draft_records import DraftRecords, settle
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.files.not_named import not_named
from ucapdesk.services.files.office_lists import drafts_of, read_document
from ucapdesk.store.desk import Desk

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
    """Return the proposal of a list of people or of an itinerary."""
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
