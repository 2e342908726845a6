"""The proposal of a paper or a list: each record with its fields, where they stand, to be taken, changed or left.

Values are shown as they are typed, and read again where somebody changes them: also links, codes and times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.fold import fold
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGE_NAMES, Message, language, ntr, tr
from ucapdesk.formats.glance.provenance import PaperText
from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.formats.phrases.small_texts import plain_person
from ucapdesk.model.codes import code_label, find_code
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.errors import EntryError
from ucapdesk.model.kinds import KINDS, KindField
from ucapdesk.model.kinds.paper_kinds import SourceDocument
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.text.typed_fields import as_typed, read_day, read_typed
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, When
from ucapdesk.model.values.partial_date import days_later
from ucapdesk.services.files.draft_records import (
    OF_ORDER,
    OF_OUR_OWN,
    PRINTS,
    TRASH,
    Difference,
    DraftRecords,
    say_trashed,
    write_drafts,
)
from ucapdesk.services.files.incoming_files import Plan, PlanLine
from ucapdesk.services.files.paper_questions import as_decided, decided
from ucapdesk.services.records import history
from ucapdesk.services.records.completion import offers
from ucapdesk.services.records.records import titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

VALUES_JOINED_BY = "; "
_ZONE = re.compile(r"\s+([A-Z]\w+(?:/\w+)+)\s*$")
_YES, _NO = Message("form", "Yes"), Message("form", "No")


@dataclass(frozen=True, slots=True)
class ChangedValues:
    """Types and reads the values of drafts; ``title`` gives the name of a record or a draft."""

    desk: Desk
    drafts: Mapping[str, RecordDraft]
    title: Callable[[str], str]

    def typed(self, field: KindField, value: Any, lang: str) -> str | None:
        """Return a value, or its text in a language, as it is typed; None for what no line can hold."""
        if lang:
            return str(value[lang])
        if isinstance(value, bool):
            return (_YES if value else _NO).say()
        if isinstance(value, When):
            return _typed_when(value)
        if isinstance(value, PersonName):
            return str(value)
        if field.meta.kinds or field.meta.codes:
            members = value if field.is_set else [value]
            return VALUES_JOINED_BY.join(
                self.title(each) if field.meta.kinds else code_label(field.meta.codes, each) for each in members
            )
        return None if isinstance(value, dict) else as_typed(value, language()) or None

    def read(self, kind: str, field: KindField, said: str, held: Any) -> Any:
        """Return the value of a typed text. Raises an ``EntryError`` where it cannot be read."""
        said = said.strip()
        if said in (_YES.say(), _NO.say()) and isinstance(held, bool):
            return said == _YES.say()
        if isinstance(held, When) and said:
            return self._read_when(said, held)
        if field.name == "name" and kind == "person":
            return field.type.read(plain_person(said).get("name"))
        if said and field.meta.kinds:
            ids = [self._linked(field, each) for each in (_parts(said) if field.is_set else [said])]
            return field.type.read(ids if field.is_set else ids[0])
        if said and field.meta.codes and field.is_set and not find_code(field.meta.codes, said):
            said = ",".join(find_code(field.meta.codes, each) or each for each in _parts(said))
        return read_typed(field, said, today(self.desk.workspace.clock), language(), held)

    def _read_when(self, said: str, held: When) -> When:
        zone = _ZONE.search(said)
        day, hours = read_day(_ZONE.sub("", said), today(self.desk.workspace.clock), language(), held)
        first, _, last = (day or "").partition("/")
        start, end = hours
        kept = held.end_date if first == held.date and end else None
        if start and end and end < start and is_day(first) and not (kept or held.end_tz):  # there it may be earlier
            kept = days_later(first, 1)
        return replace(held, date=first, start=start, end=end, end_date=last or kept, tz=zone[1] if zone else held.tz)

    def _linked(self, field: KindField, said: str) -> str:
        """Return the id of what is called so: in the file, else here; the only one whose name has these words will do."""
        wanted, any_kind = fold(said).strip(), "*" in field.meta.kinds
        for draft in self.drafts.values():
            if (any_kind or draft.kind in field.meta.kinds) and fold(self.title(draft.id)).strip() == wanted:
                return draft.id
        found = offers(self.desk, field, said)
        same = [each for each in found if wanted in (fold(each.name).strip(), fold(each.other).strip())] or found
        if len(same) != 1:
            kinds = tr("log", ", ").join(KINDS[kind].plural() for kind in field.meta.kinds if kind in KINDS)
            raise EntryError(
                "Nothing among {kinds}, here or in the file, is called “{said}”; nothing was changed. Type a name as its list has it, or leave this line.",
                code="no-such-name",
                kinds=kinds or field.label(),
                said=said,
            )
        return same[0].key


def _parts(said: str) -> Iterator[str]:
    return (part for part in re.split(r"\s*[;；\n]\s*", said) if part)


def _typed_when(when: When) -> str:
    days = f"{when.date}/{when.end_date}" if when.end_date and not when.start else when.date
    hours = "–".join(filter(None, (when.start, when.end)))
    return " ".join(filter(None, (say_date(PartialDate(days), language()) if days else "", hours, when.tz)))


@dataclass(frozen=True, slots=True)
class _Cell:
    """The meaning of a line of the proposal: a field of a draft, or one language of it; an empty field is the record."""

    draft: str
    field: str = ""
    lang: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A record or a value that a file proposes, in words; ``under``: the number of the record that a value is of."""

    number: int
    title: str
    what: str
    under: int = 0


def proposed_lines(desk: Desk, records: DraftRecords) -> tuple[ProposedLine, ...]:
    lines = DraftPlan(desk, records, PaperText(())).plan("", "").lines
    return tuple(ProposedLine(line.number, line.title, line.what, line.under) for line in lines)


class DraftPlan:
    """Makes the plan of a file of drafts, and writes what of it is taken, as it was changed."""

    def __init__(self, desk: Desk, records: DraftRecords, text: PaperText) -> None:
        self._desk, self._records, self._text = desk, records, text
        self._drafts = {draft.id: draft for draft in records.made}
        self._cells: dict[int, _Cell] = {}
        self._changed: dict[_Cell, Any] = {}
        known = desk.read.many([draft.id for draft in records.made])
        self._titles = titles(desk, [record.id for record in known])
        self._decided = decided(desk.read.listed(SourceDocument)) if records.differs else frozenset()
        self._values = ChangedValues(desk, self._drafts, self._title)

    def plan(self, file: str, kind: str, **told: Any) -> Plan:
        """Return the plan; ``told`` are the parts of it that say what is odd and what was left out."""
        return Plan(file, kind, tuple(self._lines()), self.write, text=self._text.lines, change=self.change, **told)

    # -- lines ------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[PlanLine]:
        fresh = {draft.id for draft in self._records.new}
        asked = grouped((each.id, each) for each in self._records.differs)
        known = 0
        for draft in self._records.made:
            new = draft.id in fresh
            if draft.kind == "source_document" or (draft.kind == "country" and not new):
                continue
            if not (new or self._records.fills.get(draft.id) or draft.id in asked):
                known += 1
                continue
            values = draft.values if new else self._records.fills.get(draft.id, {})
            group = self._number(_Cell(draft.id))
            fields = [*self._fields(draft, group, values, new=new), *self._questions(asked.get(draft.id, ()), group)]
            marks = dict.fromkeys(mark for line in fields for mark in line.marks)
            for name in PRINTS:
                marks |= dict.fromkeys(self._text.of_value(draft.kind, name, draft.values.get(name)))
            what = self._what(draft, new=new)
            title = f"{KINDS[draft.kind].label()}: {self._title(draft.id)}"
            yield PlanLine(group, title, what, possible=new or bool(fields), marks=tuple(marks))
            yield from fields
        if known:
            said = ntr("import", "{n} more record of the file", "{n} more records of the file", known)
            what = tr("import", "on record already, nothing new")
            yield PlanLine(self._number(_Cell("")), said, what, possible=False, sums_up=True)

    def _number(self, cell: _Cell) -> int:
        number = len(self._cells) + 1
        self._cells[number] = cell
        return number

    def _what(self, draft: RecordDraft, *, new: bool) -> str:
        if new:
            return tr("import", "new")
        if any(each.id == draft.id and each.field == TRASH for each in self._records.differs):
            return say_trashed(self._desk, draft.id)
        return tr("import", "is on record")

    def _fields(self, draft: RecordDraft, group: int, values: Mapping[str, Any], *, new: bool) -> Iterator[PlanLine]:
        kind = KINDS[draft.kind]
        for name, value in values.items() if draft.kind not in OF_OUR_OWN else ():
            field = kind.fields[name]
            if name in OF_ORDER or name in PRINTS or field.meta.owner or field.meta.machine:
                continue
            if name in kind.cls.identity and field.meta.kinds:
                continue
            read = field.type.read(value) if new else value
            plain = draft.values.get(name)
            for lang in read if isinstance(read, Bilingual) else ("",):
                cell = _Cell(draft.id, name, lang)
                said = plain.get(lang) if lang and isinstance(plain, dict) else plain
                marks = self._text.of_value(draft.kind, name, said)
                what = "" if new else tr("import", "fills in an empty field")
                yield PlanLine(
                    self._number(cell), self._line_title(field, read, lang), what, under=group, marks=marks,
                    typed=self._values.typed(field, read, lang),
                )  # fmt: skip

    def _questions(self, differs: Iterable[Difference], group: int) -> Iterator[PlanLine]:
        for each in differs:
            name, _, lang = each.field.partition(".")
            if name not in KINDS[each.kind].fields:
                continue
            here, there = (self._cell_text(each, value) for value in (each.here, each.file))
            label = history.label_of(each.kind, each.field)
            said = tr("import", "{field}: “{here}” here, “{file}” in the paper.", field=label, here=here, file=there)
            if (each.kind, name) == ("itinerary_item", "when"):
                said = tr("import", "Moved? “{here}” here, “{file}” in the paper.", here=here, file=there)
            marks = self._text.of_value(each.kind, name, each.file)
            number = self._number(_Cell(each.id, name, lang, asks=True))
            known = as_decided(each.id, each.field, each.here, each.file) in self._decided
            again = self._records.again or known  # its questions were kept when it came first
            what = tr("import", "left as it is here") if again else tr("import", "becomes a question")
            yield PlanLine(number, said, what, under=group, marks=marks)

    def _cell_text(self, each: Difference, value: Any) -> str:
        name, _, lang = each.field.partition(".")
        field = KINDS[each.kind].fields[name]
        if value is None:
            return "—"
        if lang or (isinstance(value, str | int) and not field.meta.kinds):
            return history.say_cell(self._desk, each.kind, each.field, value)
        return say(field, field.type.read(value), names=self._title)

    def _line_title(self, field: KindField, value: Any, lang: str) -> str:
        if lang:
            return f"{field.label()} ({LANGUAGE_NAMES.get(lang, lang)}): {value[lang]}"
        return f"{field.label()}: {say(field, value, names=self._title)}"

    def _title(self, id_: str) -> str:
        if self._titles.get(id_):  # of what was removed for good nothing is known here
            return self._titles[id_]
        draft = self._drafts.get(id_)
        if draft is None:
            return titles(self._desk, [id_]).get(id_, id_)
        kind = KINDS[draft.kind]
        names = [*kind.cls.title_fields, "name_phonetic", "free_name", "side"]
        fields = [kind.fields[name] for name in names if name in kind.fields and draft.values.get(name)]
        told = ((field, draft.values[field.name]) for field in fields if not field.meta.owner)
        said = [say(field, field.type.read(value), names=self._title) for field, value in told]
        most = 2 if draft.kind in ("person", "affiliation") else 1
        found = self._titles[id_] = " · ".join(dict.fromkeys(said[:most])) or kind.label()
        return found

    # -- changing ---------------------------------------------------------------------------------

    def change(self, number: int, typed: str) -> str:
        """Change the value of a line; return what the line says then. Raises an ``EntryError`` where it cannot be read."""
        cell = self._cells[number]
        draft = self._drafts[cell.draft]
        field = KINDS[draft.kind].fields[cell.field]
        if cell.lang:
            self._changed[cell] = typed.strip()
            return self._line_title(field, {cell.lang: " ".join(typed.split())}, cell.lang)
        held = field.type.read(draft.values.get(cell.field))
        self._changed[cell] = value = self._values.read(draft.kind, field, typed, held)
        return self._line_title(field, value, "")

    # -- writing ----------------------------------------------------------------------------------

    def write(self, work: Save, numbers: Collection[int]) -> None:
        """Write what these lines take: without records and fields that are left, with what was changed."""
        left = {cell for number, cell in self._cells.items() if number not in numbers}
        fresh = {draft.id for draft in self._records.new}
        off = {cell.draft for cell in left if not cell.field}
        gone = off & fresh
        new = [each for draft in self._records.new if (each := self._kept(draft, left, gone)) is not None]
        kept = {id_: self._kept_values(id_, said, left) for id_, said in self._records.fills.items() if id_ not in off}
        fills = {id_: values for id_, values in kept.items() if values}
        asked = ((each, _Cell(each.id, *each.field.partition(".")[::2], asks=True)) for each in self._records.differs)
        differs = [each for each, cell in asked if each.id not in off and cell not in left]
        write_drafts(self._desk, work, replace(self._records, new=new, fills=fills, differs=differs))

    def _kept(self, draft: RecordDraft, left: Collection[_Cell], gone: set[str]) -> RecordDraft | None:
        """Return a new draft without what is left; None where it, its owner or what it is about is left."""
        kind = KINDS[draft.kind]
        lost = {name for name, value in draft.values.items() if isinstance(value, str) and value in gone}
        if draft.id in gone or any(kind.fields[name].meta.owner or name in kind.cls.identity for name in lost):
            gone.add(draft.id)
            return None
        values = {name: [each for each in value if each not in gone] if isinstance(value, list) else value
                  for name, value in draft.values.items() if name not in lost}  # fmt: skip
        kept = {name: None if isinstance(value, str) and value in gone else value
                for name, value in self._kept_values(draft.id, values, left).items()}  # fmt: skip
        return replace(draft, values={name: value for name, value in kept.items() if value not in (None, "", [], {})})

    def _kept_values(self, id_: str, values: Mapping[str, Any], left: Collection[_Cell]) -> dict[str, Any]:
        kept = {name: self._changed_value(id_, name, value, left)
                for name, value in values.items() if _Cell(id_, name) not in left}  # fmt: skip
        return {name: value for name, value in kept.items() if value is not None}

    def _changed_value(self, id_: str, name: str, value: Any, left: Collection[_Cell]) -> Any:
        """Return a value as it was changed: of a new draft plain, of one that fills in as records hold it."""
        field, plain = KINDS[self._drafts[id_].kind].fields[name], not isinstance(value, Bilingual)
        changed = self._changed.get(_Cell(id_, name))
        if changed is not None:
            return field.type.plain(changed) if id_ in {draft.id for draft in self._records.new} else changed
        texts = dict(value.items()) if isinstance(value, dict | Bilingual) else {}
        cells = {lang: _Cell(id_, name, lang) for lang in texts}
        if not any(cell in left or cell in self._changed for cell in cells.values()):
            return value
        told = {lang: self._changed.get(cell, texts[lang]) for lang, cell in cells.items() if cell not in left}
        kept = {lang: text for lang, text in told.items() if text}
        return (kept if plain else Bilingual(kept)) or None
