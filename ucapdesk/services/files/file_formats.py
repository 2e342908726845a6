"""The registry of file formats: what comes in, what goes out, and what each is called.

Menus, file dialogs, the command line and the manual's table follow from ``FORMATS``. What a format needs is imported when a
file of it is read or written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.i18n import Message, sentences, tr
from ucapdesk.formats.errors import UNKNOWN_ENDING
from ucapdesk.formats.whole_files import SHEET_MODULES, TEXT
from ucapdesk.model.kinds import LISTED
from ucapdesk.services.records.records import kind_named, titles
from ucapdesk.store.desk import Desk

if TYPE_CHECKING:
    from ucapdesk.services.files.incoming_files import Plan


NOTHING_WITH_A_DAY = Failure(
    "nothing-with-a-day",
    "Nothing here has a date, so there is no calendar to write. Nothing was written; without a date: {titles}.",
)


NOTHING_TO_COME = Failure(
    "nothing-to-come",
    "There is nothing for a calendar here: a visit needs a programme, and what is over or done is left out. "
    "Nothing was written.",
)


class WrittenFile(NamedTuple):
    """The contents of a written file: how many cards or events, and what was left out for lack of a day."""

    n: int
    left_out: tuple[str, ...] = ()


Write = Callable[[Desk, Sequence[str], Path, bool], WrittenFile]
Read = Callable[[Desk, Path, str | None], "Plan"]
# The ways in which files are received: papers and office lists (UCAPs at a glance, programmes, minutes, lists in
# documents), tables of records, entries to tick, packages of colleagues.
PAPERS, SHEETS, ENTRIES, PACKAGES = "papers", "sheets", "entries", "packages"


class FileFormat(NamedTuple):
    """One file format.

    Attributes:
        title: What dialogs and the manual call it.
        suffixes: Of its files, the usual one first.
        way: In which way it is received; empty for one that is only written.
        read: Makes the plan of a file whose entries are ticked; given the visit that a calendar becomes.
        writers: Kind → writes records of it into a file; the flag says whether private numbers may be included.
        private: Whether it can hold private numbers.
        version: Which of the newer versions it is, where the same suffix has several.
    """

    title: Message
    suffixes: Collection[str]
    way: str = ""
    read: Read | None = None
    writers: Mapping[str, Write] = MappingProxyType({})
    private: bool = False
    version: str = ""

    @property
    def suffix(self) -> str:
        return next(iter(self.suffixes))


def _read_cards(desk: Desk, path: Path, visit: str | None) -> Plan:
    from ucapdesk.services.people import vcards

    return vcards.plan_file(desk, path, visit)


def _read_calendar(desk: Desk, path: Path, visit: str | None) -> Plan:
    from ucapdesk.services.visits import calendar_import

    return calendar_import.plan_file(desk, path, visit)


def _write_cards(version: str, desk: Desk, ids: Sequence[str], target: Path, private: bool) -> WrittenFile:
    from ucapdesk.services.people import vcards

    return WrittenFile(vcards.export_cards(desk, ids, target, private=private, version=version))


def _write_minutes(desk: Desk, ids: Sequence[str], target: Path, _private: bool) -> WrittenFile:
    from ucapdesk.services.files import word_papers

    word_papers.write(desk, ids, target, document="minutes")
    return WrittenFile(1)


def _write_calendar(kind: str, desk: Desk, ids: Sequence[str], target: Path, _private: bool) -> WrittenFile:
    from ucapdesk.formats.ics import write_calendar
    from ucapdesk.services.visits import calendars

    dates = calendars.of(desk, kind, ids)
    if not dates.events:
        raise NOTHING_WITH_A_DAY(titles=", ".join(dates.left_out)) if dates.left_out else NOTHING_TO_COME()
    said = titles(desk, list(ids))
    name = " · ".join(dict.fromkeys(said.values())) if len(said) < 4 else desk.workspace.name
    write_calendar(target, name, dates.events)
    return WrittenFile(len(dates.events), tuple(dates.left_out))


GLANCES = (".txt", ".docx", ".pdf", ".odt", ".rtf", ".html", ".htm", ".md", ".eml")
SCANS = (".jpg", ".jpeg", ".png")
MOST_LINES, WIDEST_LINE = 2_000, 200  # How much of a file is shown beside its entries; a photo in it is one long line
CALENDARS = ("person", "visit", "meeting", "action_item", "agreement")
# All formats; of a suffix that several have, the first one that reads or writes what is asked for is taken.
FORMATS = (
    FileFormat(Message("format", "UCAP at a glance"), GLANCES, PAPERS),
    FileFormat(Message("format", "Picture of a paper, to be typed"), SCANS, PAPERS),
    FileFormat(Message("format", "Spreadsheet"), SHEET_MODULES.keys(), SHEETS),
    FileFormat(
        Message("outgoing", "Business card (.vcf)"), (".vcf",), ENTRIES, _read_cards,
        {"person": partial(_write_cards, "3.0")}, private=True,
    ),
    FileFormat(
        Message("outgoing", "Business card, vCard 4.0 (.vcf)"), (".vcf",),
        writers={"person": partial(_write_cards, "4.0")}, private=True, version="4.0",
    ),
    FileFormat(
        Message("outgoing", "Calendar (.ics)"), (".ics",), ENTRIES, _read_calendar,
        {kind: partial(_write_calendar, kind) for kind in CALENDARS},
    ),
    FileFormat(Message("outgoing", "Agenda or minutes (.docx)"), (".docx",), writers={"meeting": _write_minutes}),
    FileFormat(Message("format", "Package of a colleague"), (".ucapx",), PACKAGES),
)  # fmt: skip


# -- files that come in ---------------------------------------------------------------------------


def incoming_suffixes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(suffix for each in FORMATS if each.way for suffix in each.suffixes))


def incoming_format(path: Path) -> FileFormat | None:
    return next((each for each in FORMATS if each.way and path.suffix.lower() in each.suffixes), None)


def way_of(path: Path) -> str:
    """Return the way in which a file is received; an unknown one that of papers, which explains the error."""
    if path.suffix.lower() == TEXT:
        from ucapdesk.formats.glance.glance_table import is_paper

        return PAPERS if is_paper(path) else SHEETS
    known = incoming_format(path)
    return known.way if known else PAPERS


def plan_of(desk: Desk, path: Path, visit: str | None = None) -> Plan:
    """Return the entries of a card or calendar, to be ticked; papers are read by ``proposals``."""
    read = next(each.read for each in FORMATS if each.read and path.suffix.lower() in each.suffixes)
    return _with_text(read(desk, path, visit), path)


def _with_text(plan: Plan, path: Path) -> Plan:
    """Return a plan with the lines of its file, in which each entry is found by its title."""
    from ucapdesk.formats.blocks.text_file import decoded
    from ucapdesk.formats.glance.provenance import PaperText

    try:
        lines = decoded(path.name, path.read_bytes()).splitlines()[:MOST_LINES]
    except (UserError, OSError):
        return plan  # its own reader read it; only the picture beside it is missing
    text = PaperText([line[:WIDEST_LINE] for line in lines])
    parted = ((line, re.split(r" · |, ", line.title)) for line in plan.lines)
    marked = [replace(line, marks=tuple(mark for part in said for mark in text.find(part))) for line, said in parted]
    return replace(plan, text=text.lines, lines=tuple(marked))


# -- files that go out ----------------------------------------------------------------------------


def outgoing_formats(kind: str) -> tuple[FileFormat, ...]:
    return tuple(each for each in FORMATS if kind in each.writers)


def sheet_files() -> str:
    """Return what a dialog that asks for a table offers: ``Spreadsheets (*.xlsx *.csv)``."""
    return f"{tr('export', 'Spreadsheets')} ({' '.join(f'*{suffix}' for suffix in SHEET_MODULES)})"


def write(
    desk: Desk, kind: str, ids: Sequence[str], target: Path, *, private: bool = False, form: FileFormat | None = None
) -> WrittenFile:
    """Write records of a kind into one file; its suffix decides the form, unless one is given."""
    kind_named(kind)
    suffix = target.suffix.lower()
    form = form or next((each for each in outgoing_formats(kind) if suffix in each.suffixes), None)
    if form is None:
        there = ", ".join([*dict.fromkeys(each.suffix for each in outgoing_formats(kind)), *SHEET_MODULES])
        if not suffix:
            raise UNKNOWN_ENDING(file=target.name, suffixes=there)
        raise UserError(
            "Records of the kind {kind} cannot be exported as {suffix} files. Nothing was written; available: {suffixes}.",
            code="no-such-file",
            kind=kind,
            suffix=suffix,
            suffixes=there,
        )
    return form.writers[kind](desk, ids, target, private)


def kinds() -> frozenset[str]:
    return frozenset(kind for each in FORMATS for kind in each.writers if kind in LISTED)


def say(written: WrittenFile, target: Path) -> str:
    titles = tr("log", ", ").join(written.left_out)
    left = tr("outgoing", "Left out, because the day is not known: {titles}.", titles=titles) if titles else ""
    return sentences(tr("outgoing", "{file} was written.", file=target.name), left)


def table(lang: str) -> list[tuple[str, str, str, str]]:
    """Return the table of formats: what each is called, its suffixes, whether it is received, and the kinds it is written of."""
    rows = [(tr("format", "Format", lang), tr("format", "Files", lang), tr("format", "Received", lang),
             tr("format", "Written of", lang))]  # fmt: skip
    for each in FORMATS:
        kinds = tr("log", ", ", lang).join(LISTED[kind].plural(lang) for kind in each.writers)
        of = tr("format", "every list", lang) if each.way == SHEETS else kinds
        rows.append((each.title.say(lang), " ".join(each.suffixes), tr("format", "yes", lang) if each.way else "", of))
    return rows
