"""A change of one field that somebody asks for, and the records to be created with it: for somebody or something that is not on
record yet, one with a name only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as part_of
from typing import Any, NamedTuple

from ucapdesk.base.fold import HAN
from ucapdesk.base.i18n import latin_language
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.record import Filed
from ucapdesk.model.text.person_names import read_person
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import TextType

Step = Callable[[Any], Any]


class Made(NamedTuple):
    """A record to create: its kind, its id, and the values of its fields."""

    kind: str
    id: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class FieldChange:
    """A change of one field; ``apply`` returns the new value for the current one."""

    field: KindField
    steps: list[Step] = part_of(default_factory=list)
    # Records to create in the same step, because the field links to them.
    made: list[Made] = part_of(default_factory=list)

    def apply(self, current: Any) -> Any:
        """Return the field's new value. Raises a ``UserError`` where it is invalid."""
        for step in self.steps:
            current = step(current)
        return current


# A name in both languages, one after the other: “Changsha 长沙”, “长沙市（Changsha）”.
_IN_BOTH = (
    rf"(?P<latin>[^{HAN}]*[^\W\d_{HAN}][^{HAN}]*?)[\s/(（]+(?P<zh>[{HAN}][^A-Za-zÀ-ž]*?)\s*[)）]?"
    rf"|(?P<zh2>[{HAN}][^A-Za-zÀ-ž]*?)[\s/(（]+(?P<latin2>[^\W\d_{HAN}][^{HAN}]*?)\s*[)）]?"
)


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
