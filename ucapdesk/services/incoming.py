"""What a file from elsewhere holds, line by line, before any of it is taken in: business cards, dates of a calendar.

Whoever reads such a file makes a ``Plan`` of it; window and command line show its lines, and take in those that are ticked as
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
    """One thing in the file.

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
    """The lines of a file, and how those that are wanted are written.

    Attributes:
        file: Its name.
        kind: Whose list shows what was taken in.
        lines: Everything in it.
        write: Writes the lines of these numbers.
        left_out: What the file says and no field of ours holds.
    """

    file: str
    kind: str
    lines: tuple[Line, ...]
    write: Callable[[Save, Collection[int]], None]
    left_out: tuple[str, ...] = ()

    @property
    def ticked(self) -> list[int]:
        """The numbers of the lines that are taken in unless somebody says otherwise."""
        return [line.number for line in self.lines if line.ticked and line.possible]


def take(desk: Desk, plan: Plan, chosen: Collection[int] | None = None, *, initiator: object = None) -> int:
    """Take in lines of a file as one step, by default the ticked ones; how many."""
    possible = {line.number for line in plan.lines if line.possible}
    numbers = sorted(possible & set(plan.ticked if chosen is None else chosen))
    if numbers:
        with desk.save(["records.import", {"n": len(numbers)}], initiator=initiator) as work:
            plan.write(work, numbers)
    return len(numbers)


def say_taken(plan: Plan, n: int, *, tried: bool = False) -> str:
    """How much was taken in, or would be, in a sentence."""
    if tried:
        return ntr("incoming", "{file}: {n} of {all} would be taken in.", "{file}: {n} of {all} would be taken in.", n,
                   file=plan.file, all=len(plan.lines))  # fmt: skip
    return ntr("incoming", "{file}: {n} of {all} taken in.", "{file}: {n} of {all} taken in.", n,
               file=plan.file, all=len(plan.lines))  # fmt: skip
