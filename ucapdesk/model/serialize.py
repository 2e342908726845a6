"""Records and kinds as plain JSON, as the command line prints and scripts read them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.json_text import Json
from ucapdesk.model.kinds import KINDS, LISTED, Kind, KindField
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType

# States of a text that JSON leaves out: nobody said anything, or the text itself is null.
NOTHING_SAID = ("", "missing")


def kind_of(record: Record) -> Kind:
    return KINDS[type(record).__tablename__]


def record_to_json(record: Record) -> dict[str, Json]:
    """Return a record with its id, its kind, every declared field (null when empty) and the states of its translations."""
    kind = kind_of(record)
    plain: dict[str, Json] = {"id": record.id, "kind": kind.name}
    states: dict[str, Json] = {}
    for name, each in kind.fields.items():
        value = getattr(record, name)
        plain[name] = each.type.plain(value)
        if said := states_of(value):
            states[name] = said
    plain["states"] = states
    return plain


def computed_json(record: Record, today: date) -> dict[str, Json]:
    """Return the computed values of a record on a day, or what was entered in their place."""
    return {field.name: field.type.plain(field.value(record, today)) for field in kind_of(record).follows}


def states_of(value: object) -> dict[str, str]:
    """Return the states of the texts of a bilingual value, by language; empty for anything else."""
    if not isinstance(value, Bilingual):
        return {}
    said = {lang: value.state(lang) for lang in dict.fromkeys(cell.partition(".")[0] for cell in value.cells)}
    return {lang: state for lang, state in said.items() if state not in NOTHING_SAID}


def type_word(field: KindField) -> str:
    """Return the type of a field in one word: ``bilingual``, ``date``, ``set``, ``link``, ``code``, ``when`` …"""
    return field.type.word or ("link" if field.meta.kinds else "code" if field.meta.codes else "text")


def describe_kinds() -> list[dict[str, Json]]:
    """Return every kind a user meets with its fields in the order of declaration, as the test of released names reads it."""
    return [_kind(kind) for kind in LISTED.values()]


def _kind(kind: Kind) -> dict[str, Json]:
    return {
        "kind": kind.name,
        "labels": {lang: kind.label(lang) for lang in LANGUAGES},
        "plurals": {lang: kind.plural(lang) for lang in LANGUAGES},
        "owners": list(kind.owners),
        "ordered": kind.ordered,
        "fields": [_field(field) for field in kind.shown.values()],
    }


def _field(field: KindField) -> dict[str, Any]:
    meta = field.meta
    return {
        "name": field.name,
        "labels": {lang: field.label(lang) for lang in LANGUAGES},
        "type": type_word(field),
        "codes": meta.codes or None,
        "kinds": list(meta.kinds),
        "bilingual": isinstance(field.type, BilingualType),
        "set": field.is_set,
        "long": meta.long,
        "needed": meta.needed,
        "internal": meta.internal,
        "local": meta.local,
        "owner": meta.owner,
        **({"computed": "if_empty" if field.stored else "always"} if meta.follows else {}),
    }
