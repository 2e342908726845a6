"""New records with a name only, for somebody or something that is not on record yet."""

from __future__ import annotations

import re
from typing import Any

from ucapdesk.base.fold import HAN
from ucapdesk.base.i18n import latin_language
from ucapdesk.model.kind import Kind
from ucapdesk.model.record import Filed
from ucapdesk.model.rules.names import read_person
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import TextType

_IN_BOTH = (
    rf"(?P<latin>[^{HAN}]*[^\W\d_{HAN}][^{HAN}]*?)[\s/(（]+(?P<zh>[{HAN}][^A-Za-zÀ-ž]*?)\s*[)）]?"
    rf"|(?P<zh2>[{HAN}][^A-Za-zÀ-ž]*?)[\s/(（]+(?P<latin2>[^\W\d_{HAN}][^{HAN}]*?)\s*[)）]?"
)
"""A name in both languages, one after the other: “Changsha 长沙”, “长沙市（Changsha）”."""


def can_begin(kind: Kind) -> bool:
    """Return whether a record of the kind can start with its name alone: it stands on its own and has a typed title."""
    return issubclass(kind.cls, Filed) and kind.cls.title_fields[0] in kind.fields and not kind.cls.identity


def stub(kind: Kind, said: str) -> dict[str, Any]:
    """Return the values of a record with this name; empty for an empty name."""
    said = " ".join(said.split())
    if kind.name == "person":
        return read_person(said)
    field = kind.fields[kind.cls.title_fields[0]]
    if not said or not isinstance(field.type, BilingualType | TextType):
        return {}
    both = re.fullmatch(_IN_BOTH, said) if isinstance(field.type, BilingualType) else None
    if both is not None:
        latin, chinese = both["latin"] or both["latin2"], both["zh"] or both["zh2"]
        return {field.name: field.type.read({latin_language(): latin, "zh": chinese})}
    return {field.name: field.type.read(said)}
