"""Judges which records are data of somebody who is removed for good, and whether a removal may come in.

Both depend only on which changesets are held, never on the order in which they came, or two laptops that took them in
differently would show different things, and refuse one another's packages for ever:

- A line goes when its header lists it under somebody removed; a record goes as a whole when all who made it without knowing
  of each other say that it is theirs (``data_owner.claims``). Else it stays, with what its other lines say.
- A removal comes in where what its author had seen allows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ucapdesk.model.kind import Kind
from ucapdesk.store.log.changeset import OWN_LINES, Changeset
from ucapdesk.store.log.data_owner import Claims, agreed, claims, line_owner
from ucapdesk.store.log.liveness import unseen
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge.row_state import ERASED, Heads, Held
from ucapdesk.store.safety.erase import BlankedWithoutErasing, ErasesOthers, Removals, are_erased, asked_for


@dataclass(slots=True)
class RemovalJudge:
    """The removals of what is taken in at once.

    Attributes:
        proven: Whether only people and what is shown to be part of them may be removed for good. Not asked of what is here
            already: an earlier version took it in.
        removals: What was taken out of lines before they came.
        heads: Of each record of which a line asks for the removal, the heads of that.
        new: The records whose removal is asked for the first time.
        labelled: Those of which the removal asks for more to be taken out of labels.
    """

    log: Log
    kinds: Mapping[str, Kind]
    proven: bool
    removals: Removals = field(default_factory=Removals)
    heads: dict[str, Heads] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    labelled: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)
    _parts: dict[str, Held] = field(default_factory=dict)

    def look_up(self, changesets: Iterable[Changeset]) -> None:
        """Find out who is removed of those that headers name."""
        people = {person for changeset in changesets for person in changeset.whose or ()} - {OWN_LINES}
        self._gone |= asked_for(self.log.db, people)

    def ask(self, row: Held, dot: Dot, seen: Mapping[int, int], *, labelled: bool) -> None:
        """Note that a line asks for the removal of a record."""
        before = self.heads.get(row.id, row.heads.get(ERASED, []))
        self.heads[row.id] = [*unseen(before, dot, seen), *dot]
        self._gone.add(row.id)
        if ERASED not in row.heads:
            self.new.add(row.id)
        if labelled:
            self.labelled.add(row.id)

    def is_gone(self, person: str | None) -> bool:
        """Return whether the removal of somebody was asked for."""
        return person is not None and (person in self._gone or are_erased(self.log.db, [person]))

    def lists_gone(self, changeset: Changeset) -> bool:
        """Return whether a changeset that was looked up says that lines of it are data of somebody removed."""
        return not self._gone.isdisjoint(changeset.whose or ())

    def check(self, row: Held, dot: Dot) -> None:
        """Check a removal of a record, or of a line of it, by what its author had seen.

        Raises ErasesOthers where it is neither a person nor a part of one.
        """
        if not self.proven or ERASED in row.heads:
            return
        person = agreed(claims(self.log, self.kinds, row, self.log.past(dot)))
        if person is None:
            raise ErasesOthers(row.ent, row.id)
        self._parts[person] = row

    def check_all(self) -> None:
        """Check, when all is taken in, that the people were removed as well. Raises BlankedWithoutErasing or ErasesOthers."""
        if not self.removals.were_asked(self.log):
            raise BlankedWithoutErasing
        for person, part in self._parts.items():
            if not are_erased(self.log.db, [person]):
                raise ErasesOthers(part.ent, part.id)

    def goes(self, row: Held, top: str, known: dict[str, Claims]) -> str | None:
        """Return with whom a record goes as a whole: itself where that was asked for; None if it stays.

        Args:
            row: The record.
            top: What it belongs to, if that is nobody's and goes all the same (``top_of``), or nothing.
            known: The claims found so far.
        """
        said = claims(self.log, self.kinds, row, known=known)
        if len(said) > 1:
            return None
        if self.asks_for(row):
            return row.id
        person = agreed(said)
        return person if self.is_gone(person) else top or None

    def asks_for(self, row: Held) -> bool:
        """Return whether a line asks for the removal of this very record."""
        return row.id in self.heads or bool(row.heads.get(ERASED))

    def top_of(self, row: Held, person: str, known: dict[str, Claims]) -> str:
        """Return with what the parts of a record that goes with a person go, although they are nobody's: an earlier version did so."""
        return "" if self.proven or agreed(known[row.id]) else person

    def listed(self, people: Collection[str]) -> Iterator[str]:
        """Yield the records of which a line is data of these people, as its header says."""
        for changeset in self.log.naming(people):
            for _, id_, _ in changeset.rows:
                if changeset.person_of(id_) in people:
                    yield id_

    def lines_of_gone(self, row: Held) -> dict[int, str]:
        """Return the lines about a record that are still there and go, though it stays: by place in the log, whose they are."""
        return {
            n: person
            for n, _, _, changeset in self.log.touching(row.n)
            for ent, id_, said in changeset.lines_of(row.id)
            if not isinstance(said, str)
            if (person := line_owner(self.log, self.kinds, changeset, (ent, id_, said))) and self.is_gone(person)
        }
