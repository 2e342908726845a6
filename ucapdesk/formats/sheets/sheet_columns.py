"""The columns of a spreadsheet, derived from the declared fields of a kind, and the cell contents of each.

A text has a column for each of the two languages of records and for each other one that is written, a name one for each of
its parts. A date has two: as a person reads it, and as EDTF or ISO, which loses nothing. Links are told by title. The id of
the record stands in the last column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, LANGUAGES, language, latin_language, pair, tr
from ucapdesk.base.json_text import dumps
from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.listing import is_date
from ucapdesk.model.text.assignments import read_value
from ucapdesk.model.text.fields_in_words import Names, say
from ucapdesk.model.values import Bilingual, FileRef, Geo, HanName, Money, PersonName, When
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.groups import GroupType

ID, EXACT = "id", "exact"  # The column of the record's id; the lossless part of a date, and the id of the owner
WHOLE = "whole"  # The column part for whole names in sheets of other programs; ours have a column for each part
IN_PARTS = (PersonName, HanName, Geo)  # Groups whose parts are columns of their own
STRANGERS = word_table("sheet_names")  # Column heads for names in sheets of other programs
MEMBERS_JOINED_BY = "; "  # The separator between the members of a set; titles may hold commas
MAX_CELL_CHARS = 32_767  # Maximum number of characters in a spreadsheet cell


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: a field, or a part of it (a language, a part of a name, ``EXACT``). Without a field it is the id."""

    field: KindField | None
    part: str = ""

    @property
    def key(self) -> str:
        """The head for machines: ``title.zh``, ``due``, ``due.exact``, ``id``."""
        if self.field is None:
            return ID
        return f"{self.field.name}.{self.part}" if self.part else self.field.name

    def head(self, lang: str | None = None) -> str:
        """Return the head in a language: ``Title · English``, ``Due``, ``Due · ISO``."""
        if self.field is None:
            return ID
        label = self.field.label(lang)
        return f"{label} · {_part(self.part, lang)}" if self.part else label

    @property
    def read_only(self) -> bool:
        if self.field is None:
            return False
        is_file = isinstance(self.field.type, GroupType) and self.field.type.cls is FileRef
        return not self.field.stored or self.field.by_program or is_file

    def cell(self, record: Any, names: Names, today: date, lang: str | None = None) -> str | int:
        """Return the cell of a record on a day; empty for no value."""
        if self.field is None:
            return str(record.id)
        said = self._cell_text(self.field.value(record, today), names, lang)
        return said if isinstance(said, int) else said[:MAX_CELL_CHARS]

    def _cell_text(self, value: Any, names: Names, lang: str | None) -> str | int:
        assert self.field is not None
        if value is None:
            return ""
        if isinstance(value, Bilingual):
            return value.get(self.part, "")
        if self.part == EXACT:
            return exact(value)
        if self.part:
            return str(getattr(value, self.part) or "")
        if self.field.meta.shape == "zone":  # a city may have a namesake, and the sheet is read again
            return MEMBERS_JOINED_BY.join(value) if self.field.is_set else str(value)
        if self.field.is_set:
            return MEMBERS_JOINED_BY.join(say(self.field, type(value)((one,)), lang, names) for one in value)
        if isinstance(value, Money):
            return f"{value.value or ''} {value.currency or ''}".strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return say(self.field, value, lang, names)

    def take(self, said: str, current: Any, ids: Callable[[KindField, str], str], lang: str) -> Any:
        """Return the field's new value for a cell of a sheet in a language. ``ids`` finds linked records by title.

        Raises a ``UserError`` for what cannot be.
        """
        field = self.field
        assert field is not None
        if isinstance(field.type, BilingualType):
            return (current or Bilingual()).put(self.part, said)
        if self.part and self.part != EXACT:
            held = dict(field.type.plain(current) or {})
            return read_value(field, {**{k: v for k, v in held.items() if v}, self.part: said})
        if field.is_set:
            members = [one.strip() for one in said.replace("；", ";").split(";") if one.strip()]
            if field.meta.codes:
                members = [str(one) for each in members for one in read_value(field, [_bare(each)])]
            return field.type.read([ids(field, one) if field.meta.kinds else one for one in members])
        return ids(field, said) if field.meta.kinds else read_value(field, said, current, lang)


def _bare(label: str) -> str:
    """Return the code of ``7 Affordable and clean energy``: 7."""
    number, _, rest = label.partition(" ")
    return number if number.isdigit() and rest else label


def exact(value: Any) -> str:
    if isinstance(value, When):
        if value.end_date or value.end_tz:
            return dumps({key: said for key, said in asdict(value).items() if said})
        hours = "-".join(filter(None, (value.start, value.end)))
        return " ".join(filter(None, (value.date, hours, value.tz)))
    return str(getattr(value, "edtf", value))


def _part(part: str, lang: str | None) -> str:
    if part in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[part]
    return {
        EXACT: tr("sheet", "ISO", lang),
        WHOLE: tr("sheet", "whole name", lang),
        "family": tr("sheet", "family name", lang),
        "given": tr("sheet", "given name", lang),
        "order": tr("sheet", "order", lang),
        "lat": tr("sheet", "latitude", lang),
        "lon": tr("sheet", "longitude", lang),
    }[part]


def columns_of_sheet(fields: Iterable[KindField], written: Mapping[str, Collection[str]]) -> list[SheetColumn]:
    """Return the columns for some fields, in their order; the id last.

    Args:
        fields: The fields.
        written: By field the languages in which texts are written.
    """

    def languages(field: KindField) -> Iterable[str]:
        return (lang for lang in _languages() if lang in pair() or lang in written.get(field.name, ()))

    return [*(column for field in fields for column in _columns(field, languages(field))), SheetColumn(None)]


def _languages() -> tuple[str, ...]:
    """Return the languages of texts, those of records first and Chinese behind the other one."""
    return tuple(dict.fromkeys((latin_language(), *sorted(pair()), *LANGUAGES)))


def _columns(field: KindField, languages: Iterable[str]) -> list[SheetColumn]:
    if isinstance(field.type, BilingualType):
        return [SheetColumn(field, lang) for lang in languages]
    if isinstance(field.type, GroupType) and field.type.cls in IN_PARTS:
        return [SheetColumn(field, part) for part in field.type.keys]
    return [SheetColumn(field, part) for part in (("", EXACT) if is_date(field) or field.meta.owner else ("",))]


def columns_to_read(fields: Iterable[KindField]) -> Iterator[SheetColumn]:
    """Yield the columns to read: ours, and the whole names of other programs' sheets."""
    for column in (*(column for field in fields for column in _columns(field, _languages())), SheetColumn(None)):
        whole = SheetColumn(column.field, WHOLE)
        if column.part == "family" and whole.key in STRANGERS:
            yield whole
        yield column


def usual_languages() -> Collection[str]:
    """Return the languages in which sheets that somebody else made are taken to be."""
    return {"en", "zh", *pair()}


def match_heads(kind: Kind, heads: Sequence[str]) -> dict[int, SheetColumn]:
    known: dict[str, SheetColumn] = {}
    columns = list(columns_to_read(kind.shown.values()))
    for column in columns:
        for spelling in (column.key, *(column.head(lang) for lang in INTERFACE_LANGUAGES)):
            known.setdefault(_folded(spelling), column)
    for column in columns:  # a text under its bare label, in a sheet that somebody else made
        if column.field and column.part in usual_languages():
            known.setdefault(_folded(column.field.label(column.part)), column)
        for spelling in STRANGERS.get(column.key, ()):
            known.setdefault(spelling, column)
    found: dict[int, SheetColumn] = {}
    for place, head in enumerate(heads):
        meant = known.get(_folded(head))
        if meant is not None and meant not in found.values():
            found[place] = meant
    return found


def language_of(columns: Mapping[int, SheetColumn], heads: Sequence[str]) -> str:
    """Return the language in which most heads of a sheet are written, the reader's own where several may be it.

    A script, which writes heads for machines, writes numbers as in English.
    """

    def matching(lang: str) -> int:
        said = ((_folded(heads[place]), column) for place, column in columns.items())
        return sum(head == _folded(col.head(lang)) or (lang == "en" and head == _folded(col.key)) for head, col in said)

    return max(INTERFACE_LANGUAGES, key=lambda lang: (matching(lang), lang == language()))


def _folded(head: str) -> str:
    return " ".join(folded(head).replace("·", " ").replace("・", " ").split())


def unmatched(heads: Sequence[str], matched: Container[int]) -> list[str]:
    return [head for place, head in enumerate(heads) if head and place not in matched]
