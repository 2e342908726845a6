"""The oddities a UCAP paper can hold: the texts about each, and about what was done.

The texts are for a coordinator who has the paper in the other hand; ``Notes`` collects them while reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ucapdesk.base.i18n import Message
from ucapdesk.formats.glance.glance_parts import Oddity
from ucapdesk.model.codes import word_table

TEXTS = word_table("oddities")
"""Code → what is odd, and what was done about it."""


def told(code: str, row: str, args: Mapping[str, object]) -> Oddity:
    """Return the oddity ``code`` in the row with the label ``row``; ``args`` fill both of its texts."""
    what, done = (Message("glance", text, MappingProxyType(dict(args))) for text in TEXTS[code])
    return Oddity(code, row, what, done)


def as_plain(oddities: Iterable[Oddity]) -> list[dict[str, object]]:
    """Return oddities without their texts, as they are kept with the source."""
    return [{"code": odd.code, "row": odd.row, "args": dict(odd.what.args)} for odd in oddities]


class Notes:
    """Collects oddities in the order they are met, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Oddity] = {}

    def add(self, code: str, row: str, /, **args: object) -> None:
        """Note the oddity ``code`` in the row with the label ``row``; ``args`` fill both of its texts."""
        self._found.setdefault((code, row, str(sorted(args.items()))), told(code, row, args))

    def in_order(self, labels: Sequence[str]) -> tuple[Oddity, ...]:
        """Return all oddities in the order of the paper's rows; those of the whole document come last."""
        place = {label: at for at, label in reversed(list(enumerate(labels)))}
        return tuple(sorted(self._found.values(), key=lambda odd: place.get(odd.row, len(place))))
