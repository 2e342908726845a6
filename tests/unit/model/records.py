"""Records made by hand, as a reader gets them: detached and read-only."""

from __future__ import annotations

from datetime import date
from typing import Any

from ucapdesk.base.ids import derived_id
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.record_rules import warnings
from ucapdesk.model.serialize import type_word

SAMPLES: dict[str, Any] = {
    "text": "Text",
    "bilingual": {"en": "Kick-off", "zh": "启动会"},
    "date": "2019-06-09/2019-06-15",
    "whole": 3,
    "yes_no": True,
    "when": {"date": "2019-06-12", "start": "09:00", "end": "10:30", "tz": "Europe/Madrid"},
    "quantity": {"value": 4000000, "is": "about", "print": "4 million"},
    "person_name": {"family": "Wu", "given": "Wenneng", "order": "family_first"},
    "han_name": {"family": "欧阳", "given": "修"},
    "money": {"value": "12.50", "currency": "EUR"},
    "counts": {"en": 2, "zh": 2},
    "geo": {"lat": "24.31", "lon": "109.41"},
    "file_ref": {"sha256": "0" * 64, "name": "scan.pdf", "mime": "application/pdf", "size": 12},
}


def make(kind: str, **values: Any) -> Any:
    """A record of a kind; values are given as a script would give them."""
    declared = KINDS[kind]
    record = declared.cls()
    record.__dict__["_open"] = True
    record.id = values.pop("id", derived_id("test", kind))
    for name, value in values.items():
        setattr(record, name, declared.fields[name].type.read(value))
    del record.__dict__["_open"]
    return record


def sample_value(field: KindField) -> Any:
    """Something that may stand in a field."""
    word = type_word(field)
    if word == "code":
        return next(iter(codes(field.meta.codes)))
    if word == "link":
        return derived_id("test", field.name)
    if word == "set":
        known = list(codes(field.meta.codes))[:2] if field.meta.codes else ["b", "a"]
        return [derived_id("test", "member")] if field.meta.kinds else known
    return SAMPLES[word]


def filled(kind: str) -> Any:
    """A record with something in every field."""
    return make(kind, **{name: sample_value(field) for name, field in KINDS[kind].fields.items()})


def warned(record: Any, *around: Any, today: date) -> list[str]:
    """What a record is warned of on a day, beside other records."""
    return [message.say("en") for message in warnings(record, today, around)]
