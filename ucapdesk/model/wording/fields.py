"""Any field of any record in words: what lists, forms, history and papers show of a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.values import (
    Bilingual,
    FileRef,
    Geo,
    HanName,
    Money,
    PartialDate,
    PersonName,
    Quantity,
    When,
)
from ucapdesk.model.wording.dates import say_date, say_when
from ucapdesk.model.wording.names import say_name, say_person
from ucapdesk.model.wording.numbers import say_money, say_number, say_quantity

Names = Callable[[str], str]
"""The title of a record for its id."""

_SAYERS: dict[type, Callable[[Any, str], str]] = {
    PartialDate: say_date,
    When: say_when,
    Quantity: say_quantity,
    Money: say_money,
    PersonName: lambda value, lang: say_name(value),
    HanName: lambda value, lang: str(value),
    Geo: lambda value, lang: ", ".join(filter(None, (value.lat, value.lon))),
    FileRef: lambda value, lang: value.name or "",
    Bilingual: lambda value, lang: value.said(lang),
    bool: lambda value, lang: tr("paper", "Yes", lang) if value else tr("paper", "No", lang),
    int: lambda value, lang: say_number(value, lang),
}


def say(field: KindField, value: Any, lang: str | None = None, names: Names = str) -> str:
    """A field's value in words of a language; text that is only there in another language is said in that.

    Args:
        field: The field the value is of.
        value: Its value; None and empty sets are said as nothing.
        lang: The language, by default the reader's.
        names: Gives the title of a linked record for its id.
    """
    lang = lang or language()
    if value is None:
        return ""
    if field.is_set:
        return ("、" if lang == "zh" else ", ").join(_single(field, one, lang, names) for one in value)
    if isinstance(value, str):
        return _single(field, value, lang, names)
    return _SAYERS[type(value)](value, lang)


def title_of(record: Record, lang: str | None = None, names: Names = str) -> str:
    """What a record is called in lists and sentences: its first filled title field, else its kind."""
    kind, lang = KINDS[type(record).__tablename__], lang or language()
    if kind.name == "person" and (name := say_person(record, lang, salutation=False)):
        return name
    for name in kind.cls.title_fields:
        if said := say(kind.fields[name], getattr(record, name), lang, names):
            return said
    return kind.label(lang)


def _single(field: KindField, value: str, lang: str, names: Names) -> str:
    """One text, code or link."""
    if field.meta.codes:
        label = code_label(field.meta.codes, value, lang)
        return f"{value} {label}" if value.isdigit() and label != value else label
    if field.meta.kinds:
        return names(value)
    if field.name == "date":  # the day of a visit, which is part of its id and therefore plain text
        try:
            return say_date(PartialDate(value), lang)
        except ValueError:
            return value
    return value
