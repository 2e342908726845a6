"""Import of UCAP papers. A paper becomes records once; importing it again changes nothing and reports differences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, ntr
from ucapdesk.base.json_text import Json
from ucapdesk.formats.errors import NotAGlance
from ucapdesk.formats.glance import Glance, RecordDraft, assign, drafts, read, read_lines, understand
from ucapdesk.formats.glance.glance_table import source_of
from ucapdesk.model.kinds import KINDS, KindField
from ucapdesk.model.kinds.place_kinds import Country
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.errors import NotImportable
from ucapdesk.store.desk import Desk

SUFFIXES = (".txt", ".docx", ".pdf", ".odt", ".rtf", ".html", ".htm", ".md", ".eml")
TRASH = "trash"
"""Stands for a field where a record of the paper is in the Trash here."""
OF_OUR_OWN = ("country", "source_document")
"""Kinds whose values do not come from the paper: names of countries, and the source file."""


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
class Difference:
    """A field whose value here differs from the paper; the value here stays."""

    kind: str
    id: str
    field: str
    here: Json
    file: Json


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
    """

    file: str
    new: int
    already: int
    differs: tuple[Difference, ...]
    oddities: tuple[dict[str, str], ...]
    records: tuple[tuple[str, str], ...]

    def say(self) -> str:
        """Return how many records were created, in a sentence."""
        return ntr("import", "{file}: {n} new record, {already} already there.",
                   "{file}: {n} new records, {already} already there.", self.new, file=self.file,
                   already=self.already)  # fmt: skip


Progress = Callable[[int, int], None]
"""Called with files done and files in all. Raising in it stops the import and leaves everything as it was."""


def import_files(desk: Desk, paths: Sequence[Path], *, dry_run: bool = False) -> list[ImportReport]:
    """Take in UCAPs at a glance as one step; nothing at all where one of them cannot be read.

    Args:
        desk: The workspace.
        paths: The files.
        dry_run: Only tell what would become of them.
    """
    return take_in(desk, [_read(path) for path in paths], dry_run=dry_run)


def read_papers(paths: Sequence[Path], progress: Progress | None = None) -> tuple[list[Glance], list[Path]]:
    """Read papers without writing anything; return the input of ``take_in``, and the files whose labels were not found."""
    found, by_hand = [], []
    for number, path in enumerate(paths, 1):
        try:
            found.append(_read(path))
        except NotAGlance:
            by_hand.append(path)
        if progress:
            progress(number, len(paths))
    return found, by_hand


def take_in(
    desk: Desk,
    glances: Sequence[Glance],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[ImportReport]:
    """Create the records of papers that were read, as one step; arguments as of ``import_files``."""
    made = [drafts(glance) for glance in glances]
    known = {record.id for record in desk.read.many([draft.id for each in made for draft in each])}
    news: list[list[RecordDraft]] = []
    for each in made:
        news.append([draft for draft in each if draft.id not in known])
        known |= {draft.id for draft in each}
    if any(news) and not dry_run:
        label = ["records.import", {"n": sum(map(len, news))}]
        with desk.save(label) as work:
            for number, new in enumerate(news, 1):
                for draft in new:
                    work.new(KINDS[draft.kind].cls, draft.id, **values_of(draft), **_own_facts(desk, draft))
                if progress:
                    progress(number, len(news))
    return [_report(desk, *each) for each in zip(glances, made, news, strict=True)]


def lines_of(path: Path) -> tuple[str, ...]:
    """Return the text of a file line by line, for assigning it."""
    return read_lines(_importable(path))


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
    table = assign(lines_of(path), cells, source_of(path), title.strip())
    return take_in(desk, [understand(table, by_hand=True)])[0]


def _importable(path: Path) -> Path:
    if path.suffix.lower() not in SUFFIXES:
        raise NotImportable(file=path.name)
    return path


def _read(path: Path) -> Glance:
    return understand(read(_importable(path)))


def _report(desk: Desk, glance: Glance, made: Sequence[RecordDraft], new: Sequence[RecordDraft]) -> ImportReport:
    fresh = {draft.id for draft in new}
    there = [draft for draft in made if draft.id not in fresh and not _is_listed(desk, draft)]
    known = {record.id: record for record in desk.read.many([draft.id for draft in there])}
    return ImportReport(
        file=glance.source.file,
        new=len(new),
        already=len(there),
        differs=tuple(_differences((known[draft.id], draft) for draft in there if draft.id in known)),
        oddities=tuple({"row": odd.row, "what": odd.what.say(), "done": odd.done.say()} for odd in glance.oddities),
        records=tuple((draft.kind, draft.id) for draft in made),
    )


def _is_listed(desk: Desk, draft: RecordDraft) -> bool:
    """Return whether a record comes from a list every workspace has, and nobody wrote into it."""
    return draft.kind == Country.__tablename__ and desk.read.only_of_the_program(draft.id)


def values_of(draft: RecordDraft) -> dict[str, Any]:
    """Return the values of a draft as records hold them."""
    fields = KINDS[draft.kind].fields
    return {name: fields[name].type.read(value) for name, value in draft.values.items()}


def _own_facts(desk: Desk, draft: RecordDraft) -> dict[str, Any]:
    """Return the values that no paper can give: the day it was imported."""
    if draft.kind != "source_document":
        return {}
    return {"imported": PartialDate(today(desk.workspace.clock).isoformat())}


def _differences(pairs: Iterable[tuple[Record, RecordDraft]]) -> Iterator[Difference]:
    for record, draft in pairs:
        if record.is_deleted:
            yield Difference(draft.kind, draft.id, TRASH, here=True, file=False)
        elif draft.kind not in OF_OUR_OWN:
            for name, value in values_of(draft).items():
                yield from _different(record, KINDS[draft.kind].fields[name], value)


def _different(record: Record, field: KindField, told: Any) -> Iterator[Difference]:
    """Yield the cells of a field that differ from the paper, in the paper's own languages."""
    here = getattr(record, field.name)
    if isinstance(told, Bilingual):
        for lang, text in told.items():
            if (here or {}).get(lang) != text:
                yield Difference(field.kind, record.id, f"{field.name}.{lang}", (here or {}).get(lang), text)
    elif (set(here or ()) != set(told)) if field.is_set else here != told:
        yield Difference(field.kind, record.id, field.name, field.type.plain(here), field.type.plain(told))
