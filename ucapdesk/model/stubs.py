"""A record that begins with its name alone, because somebody was named who is not on record yet."""

from __future__ import annotations

from typing import Any

from ucapdesk.model.kind import Kind
from ucapdesk.model.names import read_person
from ucapdesk.model.record import Filed
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import TextType


def can_begin(kind: Kind) -> bool:
    """Whether a record of the kind can begin with its name alone: it stands on its own and has a title that is typed."""
    return issubclass(kind.cls, Filed) and kind.cls.title_fields[0] in kind.fields and not kind.cls.identity


def stub(kind: Kind, said: str) -> dict[str, Any]:
    """The values of a record that is named so; empty where nothing is said."""
    said = " ".join(said.split())
    if kind.name == "person":
        return read_person(said)
    field = kind.fields[kind.cls.title_fields[0]]
    if not said or not isinstance(field.type, BilingualType | TextType):
        return {}
    return {field.name: field.type.read(said)}
