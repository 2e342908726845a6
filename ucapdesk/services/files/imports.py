"""Import of UCAP papers. A paper becomes records once; importing it again changes nothing and reports differences."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, ntr
from ucapdesk.base.json_text import Json
from ucapdesk.formats.errors import NotAGlance
from ucapdesk.formats.glance import Glance, RecordDraft, assign, drafts, read, read_lines, understand
from ucapdesk.formats.glance.glance_table import source_of
from ucapdesk.formats.glance.leftover import word_count
from ucapdesk.formats.glance.office_list import read_office_list
from ucapdesk.formats.glance.text import folded
from ucapdesk.model.kinds import KINDS, KindField
from ucapdesk.model.kinds.place_kinds import Country
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.errors import NotImportable
from ucapdesk.services.files.file_formats import GLANCES
from ucapdesk.services.files.paper_identity import identified
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

TRASH = "trash"
"""Stands for a field where a record of the paper is in the Trash here."""
OF_ORDER = ("pos", "source", "source_place", "reference")
"""Fields that tell of a paper and of the order in it, not of what it is about."""
OF_OUR_WORDS = ("label_text", "print", "references_print", "cities_print", "countries_print", "visits_print", "places_print",
                "surname_capitals", "title")  # fmt: skip
"""Fields that hold the words of one paper, or are made of them."""
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
        words: How many words the paper has; each is in a field, in an oddity or in a label.
        not_placed: The words that no field took.
    """

    file: str
    new: int
    already: int
    differs: tuple[Difference, ...]
    oddities: tuple[dict[str, str], ...]
    records: tuple[tuple[str, str], ...]
    words: int = 0
    not_placed: tuple[str, ...] = ()

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
    reports: list[ImportReport] = []
    for batch in _batches(glances):
        papers = [_Paper(glance, *identified(desk, drafts(glance))) for glance in batch]
        _settle(desk, papers)
        if any(paper.new or paper.fills for paper in papers) and not dry_run:
            label = ["records.import", {"n": sum(len(paper.new) for paper in papers)}]
            with desk.save(label) as work:
                for paper in papers:
                    _write(desk, work, paper)
                    reports.append(_report(desk, paper))
                    if progress:
                        progress(len(reports), len(glances))
        else:
            reports += [_report(desk, paper) for paper in papers]
    return reports


@dataclass(slots=True)
class _Paper:
    """One paper on its way into the desk: its drafts under their ids here, what is new, filled in, or different."""

    glance: Glance | None
    made: list[RecordDraft]
    again: bool
    new: list[RecordDraft] = dataclass_field(default_factory=list)
    fills: dict[str, dict[str, Any]] = dataclass_field(default_factory=dict)
    differs: list[Difference] = dataclass_field(default_factory=list)


def _batches(glances: Sequence[Glance]) -> Iterator[list[Glance]]:
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


def _settle(desk: Desk, papers: Sequence[_Paper]) -> None:
    """Tell what is new in papers, what they fill in, and where they differ from the records here."""
    known = {record.id: record for record in desk.read.many([draft.id for paper in papers for draft in paper.made])}
    met = set(known)
    for paper in papers:
        paper.new = [draft for draft in paper.made if draft.id not in met]
        met |= {draft.id for draft in paper.made}
        there = [draft for draft in paper.made if draft.id in known and not _is_listed(desk, draft)]
        if not paper.again:
            paper.fills = {draft.id: fills for draft in there if (fills := _fills(known[draft.id], draft))}
        told = list(_differences((known[draft.id], draft) for draft in there))
        told = [
            d
            for d in told
            if (name := d.field.partition(".")[0]) not in paper.fills.get(d.id, {}) and name not in OF_ORDER
        ]
        paper.differs = told if paper.again else list(_asked(paper.made, told))


def _asked(made: Sequence[RecordDraft], told: Sequence[Difference]) -> Iterator[Difference]:
    """Yield the differences that are questions: no titles of ours, no prints, and of a visit and its meeting one."""
    visits = {d.id for d in told if d.kind == "visit" and d.field == "dates"}
    within = {draft.id for draft in made if draft.kind == "meeting" and draft.values.get("visit") in visits}
    for each in told:
        name = each.field.partition(".")[0]
        if name not in OF_OUR_WORDS and not (each.id in within and name == "when"):
            yield each


def _fills(record: Record, draft: RecordDraft) -> dict[str, Any]:
    """Return the values of a paper for what is empty here; a text in another language than here joins it."""
    if record.is_deleted or draft.kind in OF_OUR_OWN:
        return {}
    found: dict[str, Any] = {}
    for name, told in values_of(draft).items():
        here = getattr(record, name)
        if isinstance(told, Bilingual):
            there = dict((here or {}).items())
            missing = {lang: text for lang, text in told.items() if not there.get(lang)}
            if missing:
                found[name] = Bilingual({**there, **missing})
        elif _adds(KINDS[draft.kind].fields[name], here, told):
            found[name] = told
    return {name: value for name, value in found.items() if name not in OF_ORDER}


def _adds(field: KindField, here: Any, told: Any) -> bool:
    """Whether a value of a paper takes nothing away: of an empty field, or with more links than are here."""
    if here is None or here == "" or (field.is_set and not here):
        return True
    return field.is_set and bool(field.meta.kinds) and set(here) < set(told)


def _write(desk: Desk, work: Save, paper: _Paper) -> None:
    for draft in paper.new:
        values = values_of(draft)
        if draft.kind == "source_document" and paper.differs:
            values["oddities"] = _with_differences(str(draft.values.get("oddities") or "[]"), paper.differs)
        work.new(KINDS[draft.kind].cls, draft.id, **values, **_own_facts(desk, draft))
    for id_, fills in paper.fills.items():
        work.edit(id_, fills)


def _with_differences(oddities: str, differs: Sequence[Difference]) -> str:
    """Return the oddities of a source with what it says otherwise than the records: questions that stay with it."""
    kept = json.loads(oddities)
    for each in differs:
        args = {
            "kind": each.kind,
            "id": each.id,
            "field": each.field,
            "here": _shown(each.here),
            "file": _shown(each.file),
        }
        kept.append({"code": "differs", "row": "", "args": {**args, "was": each.here, "there": each.file}})
    return json.dumps(kept, ensure_ascii=False)


def _shown(value: Json) -> Json:
    return (
        value if isinstance(value, str | int | bool | float) or value is None else json.dumps(value, ensure_ascii=False)
    )


def import_office_list(desk: Desk, path: Path, *, dry_run: bool = False) -> ImportReport | None:
    """Take in a list of people as an office keeps it, as one step; None where the file is no such list."""
    found = read_office_list(path)
    if found is None:
        return None
    paper = _Paper(None, *identified(desk, found.drafts))
    _settle(desk, [paper])
    if (paper.new or paper.fills) and not dry_run:
        with desk.save(["records.import", {"n": len(paper.new)}]) as work:
            _write(desk, work, paper)
    there = len(paper.made) - len(paper.new)
    made = tuple((draft.kind, draft.id) for draft in paper.made)
    return ImportReport(path.name, len(paper.new), there, tuple(paper.differs), (), made, 0, tuple(found.not_placed))


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
    if path.suffix.lower() not in GLANCES:
        raise NotImportable(file=path.name)
    return path


def _read(path: Path) -> Glance:
    return understand(read(_importable(path)))


def _report(desk: Desk, paper: _Paper) -> ImportReport:
    fresh = {draft.id for draft in paper.new}
    there = [draft for draft in paper.made if draft.id not in fresh and not _is_listed(desk, draft)]
    glance = paper.glance
    assert glance is not None, "lists are told of by themselves"
    return ImportReport(
        file=glance.source.file,
        new=len(paper.new),
        already=len(there),
        differs=tuple(paper.differs),
        oddities=tuple({"row": odd.row, "what": odd.what.say(), "done": odd.done.say()} for odd in glance.oddities),
        records=tuple((draft.kind, draft.id) for draft in paper.made),
        words=word_count(glance),
        not_placed=tuple(" ".join(filter(None, [row.label, *row.cells])) for row in glance.unplaced),
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
    if field.is_set and field.meta.kinds and set(told) <= set(here or ()):
        return  # the paper names fewer of them, which takes none away
    if isinstance(told, Bilingual):
        for lang, text in told.items():
            if (here or {}).get(lang) != text:
                yield Difference(field.kind, record.id, f"{field.name}.{lang}", (here or {}).get(lang), text)
    elif (set(here or ()) != set(told)) if field.is_set else here != told:
        yield Difference(field.kind, record.id, field.name, field.type.plain(here), field.type.plain(told))
