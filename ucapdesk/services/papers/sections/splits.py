"""Where the delegation splits: stretches of a day at which each of two or three groups has a programme of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ucapdesk.model.kinds.visits import ItineraryItem, TransportLeg

Thing = ItineraryItem | TransportLeg
MOST = 3
"""Groups that a page has columns for; more stand one under the other, each with its name."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Things of a day in their order; ``groups``: of which groups, where each has a column."""

    things: tuple[Thing, ...]
    groups: tuple[str, ...] = ()

    @property
    def by_start(self) -> Iterator[tuple[ItineraryItem, ...]]:
        """The points that begin at one time."""
        items = [thing for thing in self.things if isinstance(thing, ItineraryItem)]
        for _, together in groupby(items, key=lambda item: (item.when and item.when.start) or ""):
            yield tuple(together)


def stretches(things: Sequence[Thing], *, narrow: bool) -> Iterator[Stretch]:
    """The day in stretches; ``narrow``: on a page without room for columns, where it is one."""
    for is_split, some in groupby(things, key=lambda thing: not narrow and bool(_group(thing))):
        found = tuple(some)
        groups = tuple(sorted({_group(thing) for thing in found})) if is_split else ()
        yield Stretch(found, groups if 1 < len(groups) <= MOST else ())


def _group(thing: Thing) -> str:
    return (thing.group or "") if isinstance(thing, ItineraryItem) else ""
