"""The texts of list cells: the reader's language first, a tag where only the other one exists, and warnings in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ucapdesk.base.i18n import LANGUAGES, counterpart, dotted, language, pair, tr
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.listing import is_date, usual_columns
from ucapdesk.model.record import Record
from ucapdesk.model.rules.lateness import OVERDUE, WORDS, lateness
from ucapdesk.model.text.format.dates_in_words import say_date, say_when
from ucapdesk.model.text.format.fields_in_words import own_title, say, say_field, tag_of
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.records.lists import condition_name
from ucapdesk.ui.toolkit.row_painter import RowChip

TOLD_SHORT = 2
"""Number of fields on the second line of a row."""


@dataclass(frozen=True, slots=True)
class ListCell:
    """One cell: its text, a tag of its language, the text in the other language, and chips."""

    text: str
    tag: str = ""
    other: str = ""
    chips: tuple[RowChip, ...] = ()
    line: str = ""
    letter: str = ""
    empty: bool = False
    """Whether the text only stands in for a missing one."""

    def tip(self) -> str:
        """Return the full text, for a tooltip where it may have been cut."""
        return "\n".join(filter(None, (self.text, self.other, self.line)))

    def aloud(self, label: str) -> str:
        """Return the cell as a screen reader says it: ``Due 12 March 2026, overdue``."""
        text = f"{label} {self.text}" if label and self.text else self.text or label
        first = " ".join(filter(None, (text, f"({self.tag})" if self.tag else "")))
        return ", ".join(filter(None, (first, self.other, self.line, *(chip.word for chip in self.chips))))


def summary_fields(kind: Kind) -> list[KindField]:
    """Return the fields of the second line: when, where or who, status, then the remaining columns."""

    def rank(each: KindField) -> int:
        near = bool({"place", "organisation", "person"} & set(each.meta.kinds))
        return 0 if is_date(each) else 1 if near else 2 if each.name == "status" else 3 if each.meta.kinds else 4

    return sorted([kind.shown[name] for name in usual_columns(kind)], key=rank)


def wording_of(desk: Desk, kind: Kind, day: date, rows: Sequence[Record], fields: Iterable[KindField]) -> Wording:
    """Return the formatter of some records of a kind on a day, with the titles of linked records read once for all."""
    titles = [kind.fields[name] for name in kind.cls.title_fields]
    return Wording(kind, records.linked_titles(desk, rows, (*fields, *titles)), day)


class Wording:
    """Formats the cells of some records."""

    def __init__(self, kind: Kind, names: dict[str, str], day: date) -> None:
        self._kind, self._names, self._day = kind, names, day
        self._lang = language()
        self._other = counterpart(self._lang)

    def title(self, record: Record) -> ListCell:
        """Return the title of a record in both languages, with chips for a missing language and lateness."""
        text, other = (_line(own_title(record, each, self._name)) for each in (self._lang, self._other))
        value = getattr(record, self._kind.cls.title_fields[0])
        return ListCell(
            text or self._kind.label(self._lang), tag_of(value, self._lang), "" if other == text else other,
            (*self._lacking(value), *self._late(record)), empty=not text,
        )  # fmt: skip

    def cell(self, record: Record, field: KindField) -> ListCell:
        """Return the cell of a field of a record."""
        value = field.value(record, self._day)
        said = _line(say_field(field, record, self._day, self._lang, self._linked))
        late = lateness(record, field.name, self._day) if is_date(field) else ""
        return ListCell(said, tag_of(value, self._lang), chips=(_late_chip(late),) if late else ())

    def summary(self, record: Record, fields: Sequence[KindField], titles: Collection[str] = ()) -> str:
        """Return the most telling fields in one line, without those the title already shows."""
        said: dict[str, str] = {}
        for field in fields:
            text = self._short(field, field.value(record, self._day))
            if text and text not in titles:
                said.setdefault("day" if is_date(field) else field.name, text)
        return dotted(*[*said.values()][:TOLD_SHORT])

    def _short(self, field: KindField, value: Any) -> str:
        if isinstance(value, When):
            return say_when(value, self._lang, zone=False)
        if isinstance(value, PartialDate):
            return say_date(value, self._lang)
        if isinstance(field.type, BilingualType) and field.meta.long:
            return ""
        return _line(say(field, value, self._lang, self._linked))

    def _late(self, record: Record) -> tuple[RowChip, ...]:
        late = (
            lateness(record, name, self._day)
            for name in ("due", "expires", "signing_planned")
            if name in self._kind.fields
        )
        return tuple(_late_chip(each) for each in late if each)

    def _lacking(self, value: Any) -> tuple[RowChip, ...]:
        said = lacking(value)
        if isinstance(value, Bilingual) and value and any(value.state(lang) == "outdated" for lang in LANGUAGES):
            said.append(tr("list", "outdated"))
        return tuple(map(RowChip, said))

    def _name(self, id_: str) -> str:
        return self._names.get(id_, "")

    def _linked(self, id_: str) -> str:
        return self._names.get(id_) or tr("list", "(not here)")


def lacking(value: Any) -> list[str]:
    """Return a word for each language in which a text is missing; none for what is no text, or is empty."""
    texts = value if isinstance(value, Bilingual) and value else None
    return [condition_name(f"{lang}.missing") for lang in pair() if texts and texts.state(lang) == "missing"]


def _late_chip(late: str) -> RowChip:
    return RowChip(WORDS[late].say(), "error" if late == OVERDUE else "warn")


def _line(text: str) -> str:
    return " ".join(text.split())
