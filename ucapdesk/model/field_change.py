"""A change of one field that somebody asks for, and the records to be created with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as part_of
from typing import Any, NamedTuple

from ucapdesk.model.kind import KindField

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
    made: list[Made] = part_of(default_factory=list)
    """Records to create in the same step, because the field links to them."""

    def apply(self, current: Any) -> Any:
        """Return the field's new value. Raises an ``EntryError`` where it is invalid."""
        for step in self.steps:
            current = step(current)
        return current
