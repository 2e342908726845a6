"""Whose names as authors are taken out of the log: asked for by their own laptop, or by more than half of all laptops.

Anybody who was accepted can sign a removal, with the names that are to be forgotten in it. That must not blank the names of
others in all history, so a name goes from what the laptop wrote that asks for it itself, and from everything once more than
half of the laptops that had written by then have asked. Both follow from signed changesets and what their authors had seen,
so every desk comes to the same, in whatever order they arrive. Whoever says to have seen nobody is no majority of one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

Dot = tuple[int, int]


@dataclass(slots=True)
class Forgotten:
    """Requests to forget names, so far. ``laptop`` tells of a local number which laptop it is: branches of one are one."""

    laptop: Callable[[int], str]
    asked: dict[str, dict[Dot, str]] = field(default_factory=dict)
    """The hash of each name: which changesets asked, and with the removal of which record."""
    everywhere: set[str] = field(default_factory=set)

    def note(self, dot: Dot, seen: Mapping[int, int], record: str, names: Collection[str]) -> None:
        """A changeset asks for names to be forgotten; its author had seen so much. Those before it are noted already."""
        laptops = {self.laptop(ord_) for ord_ in (dot[0], *(ord_ for ord_, seq in seen.items() if seq))}
        for name in names:
            marks = self.asked.setdefault(name, {})
            marks[dot] = record
            agreed = {self.laptop(ord_) for ord_, seq in marks if ord_ == dot[0] or seq <= seen.get(ord_, 0)}
            if 1 < len(laptops) < 2 * len(agreed):
                self.everywhere.add(name)

    def covers(self, ord_: int, name: str) -> bool:
        """Whether a name goes from what a laptop wrote under it, by the hash of the name."""
        if name in self.everywhere:
            return True
        marks = self.asked.get(name, ())
        return bool(marks) and self.laptop(ord_) in {self.laptop(by) for by, _ in marks}
