"""Import of files from other programs, entry by entry: cards and calendars, papers and lists, programmes and minutes.

A reader of such a file, or the proposal made of a paper (``draft_plan``), makes a ``Plan`` of it; window and command line show its
lines, and import the ticked ones as one step. "Nothing was left out" is said only where that was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ucapdesk.base.i18n import ntr, sentences, tr
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

if TYPE_CHECKING:
    from ucapdesk.formats.glance.provenance import TextSpan
    from ucapdesk.formats.paper_contents import Accounted

__all__ = ["Accounted", "Plan", "PlanLine", "TextSpan", "say_taken", "take", "take_all", "was_imported"]


IMPORTED = "records.import"  # The name of a step that imports


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One entry of the file.

    Attributes:
        number: Its place in the file, from 1.
        title: What it is called.
        what: What becomes of it, in words.
        ticked: Whether it is taken in unless somebody says otherwise.
        possible: Whether it can be taken in at all.
        under: The number of the line it is a part of; 0 for one that stands by itself.
        marks: Where it stands in the text of the file.
        typed: Its value as a text that can be changed; None where it can only be taken or left.
        sums_up: Whether it only says how many others there are; it is no entry itself.
    """

    number: int
    title: str
    what: str
    ticked: bool = True
    possible: bool = True
    under: int = 0
    marks: tuple[TextSpan, ...] = ()
    typed: str | None = None
    sums_up: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a file, and how the wanted ones are written.

    Attributes:
        file: Its name.
        kind: The kind whose list shows the imported records.
        lines: All entries.
        write: Writes the lines of these numbers.
        left_out: Contents of the file for which no field exists.
        text: The file line by line, to be shown beside the lines.
        change: Changes the value of a line, and returns what the line says then. Raises a ``UserError`` where it cannot.
        accounted: What became of the words of the file, where that was measured.
        oddities: What a careful reader would stumble over: where, what, and what was done.
        shows: The record to show afterwards.
    """

    file: str
    kind: str
    lines: tuple[PlanLine, ...]
    write: Callable[[Save, Collection[int]], None]
    left_out: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    change: Callable[[int, str], str] | None = None
    accounted: Accounted | None = None
    oddities: tuple[tuple[str, str, str], ...] = ()
    shows: str = ""

    @property
    def ticked(self) -> list[int]:
        """The numbers of the lines that are imported unless the user decides otherwise."""
        return [line.number for line in self.lines if line.ticked and line.possible]


def take(desk: Desk, plan: Plan, chosen: Collection[int] | None = None) -> int:
    """Import lines of a file as one step, by default the ticked ones; return how many."""
    return take_all(desk, [(plan, plan.ticked if chosen is None else chosen)])


def take_all(desk: Desk, plans: Sequence[tuple[Plan, Collection[int]]]) -> int:
    """Import lines of several files as one step; return how many."""
    picked = [(plan, frozenset(chosen)) for plan, chosen in plans]
    taken = [(plan, [line for line in plan.lines if line.possible and line.number in some]) for plan, some in picked]
    wanted = [(plan, sorted(line.number for line in lines)) for plan, lines in taken if lines]
    n = sum(not line.under for _, lines in taken for line in lines)
    if wanted:
        with desk.save([IMPORTED, {"n": n}]) as work:
            for plan, numbers in wanted:
                plan.write(work, numbers)
    return n


def was_imported(desk: Desk, id_: str, cell: str) -> bool:
    return next((each.label[0] == IMPORTED for each in reversed(desk.history(id_)) if each.field == cell), False)


def say_taken(plan: Plan, n: int, *, tried: bool = False) -> str:
    """Return how many lines were imported, or would be, in a sentence."""
    all_ = sum(not (line.under or line.sums_up) for line in plan.lines)
    if tried:
        return ntr("incoming", "{file}: {n} of {all} would be imported.", "{file}: {n} of {all} would be imported.", n,
                   file=plan.file, all=all_)  # fmt: skip
    return ntr("incoming", "{file}: {n} of {all} imported.", "{file}: {n} of {all} imported.", n,
               file=plan.file, all=all_)  # fmt: skip


def say_accounted(found: Accounted) -> str:
    """Return how many words are in fields and labels, how many are only quoted as odd, and which reached none of them."""
    counts = {"n": found.words, "fields": found.fields, "labels": found.labels}
    said = tr("import", "{n} words: {fields} in fields, {labels} in labels.", **counts)
    if found.oddities:
        said = tr(
            "import", "{n} words: {fields} in fields, {labels} in labels, {odd} in no field but quoted as odd.",
            **counts, odd=found.oddities,
        )  # fmt: skip
    if not found.nothing:
        return sentences(said, tr("import", "Nothing was left out."))
    left = ntr("import", "{n} reached nothing: {words}.", "{n} reached nothing: {words}.", len(found.nothing),
               words=" ".join(dict.fromkeys(found.nothing)))  # fmt: skip
    return sentences(said, left)
