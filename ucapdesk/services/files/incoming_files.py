"""Import of files from other programs, entry by entry: business cards and calendars.

A reader of such a file makes a ``Plan`` of it; window and command line show its lines, and import the ticked ones as
one step.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from ucapdesk.base.i18n import ntr
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the file.

    Attributes:
        number: Its place in the file, from 1.
        title: What it is called.
        what: What becomes of it, in words.
        ticked: Whether it is taken in unless somebody says otherwise.
        possible: Whether it can be taken in at all.
    """

    number: int
    title: str
    what: str
    ticked: bool = True
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a file, and how the wanted ones are written.

    Attributes:
        file: Its name.
        kind: The kind whose list shows the imported records.
        lines: All entries.
        write: Writes the lines of these numbers.
        left_out: Contents of the file for which no field exists.
    """

    file: str
    kind: str
    lines: tuple[Line, ...]
    write: Callable[[Save, Collection[int]], None]
    left_out: tuple[str, ...] = ()

    @property
    def ticked(self) -> list[int]:
        """The numbers of the lines that are imported unless the user decides otherwise."""
        return [line.number for line in self.lines if line.ticked and line.possible]


def take(desk: Desk, plan: Plan, chosen: Collection[int] | None = None) -> int:
    """Import lines of a file as one step, by default the ticked ones; return how many."""
    possible = {line.number for line in plan.lines if line.possible}
    numbers = sorted(possible & set(plan.ticked if chosen is None else chosen))
    if numbers:
        with desk.save(["records.import", {"n": len(numbers)}]) as work:
            plan.write(work, numbers)
    return len(numbers)


def say_taken(plan: Plan, n: int, *, tried: bool = False) -> str:
    """Return how many lines were imported, or would be, in a sentence."""
    if tried:
        return ntr("incoming", "{file}: {n} of {all} would be imported.", "{file}: {n} of {all} would be imported.", n,
                   file=plan.file, all=len(plan.lines))  # fmt: skip
    return ntr("incoming", "{file}: {n} of {all} imported.", "{file}: {n} of {all} imported.", n,
               file=plan.file, all=len(plan.lines))  # fmt: skip
