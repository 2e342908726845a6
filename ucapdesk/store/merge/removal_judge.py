"""Judges which records are data of somebody who is removed for good, and whether a removal may come in.

Both depend only on which changesets are held, never on the order in which they came, or two laptops that took them in
differently would show different things, and refuse one another's packages for ever:

- A line goes when its header lists it under somebody removed; a record goes as a whole when all who made it without knowing
  of each other say that it is theirs (``data_owner.claims``). Else it stays, with what its other lines say. Of changesets of
  before, whose headers say nothing, only lines that make a person go for themselves.
- A removal comes in where one of those who made the record, as far as the author had seen, says that it is a removed person's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ucapdesk.base.json_text import Json
from ucapdesk.model.kind import Kind
from ucapdesk.store.log.changeset import OWN_LINES, Blanked, Changeset, Row
from ucapdesk.store.log.data_owner import PERSON, Claims, agreed, claims
from ucapdesk.store.log.liveness import unseen
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge.row_state import ERASED, Heads, Held, is_of_the_log, load
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
    unsigned: set[str] = field(default_factory=set)
    """Records of which lines were taken out that nobody signed as somebody's."""
    _gone: set[str] = field(default_factory=set)
    _asked: list[tuple[Held, Claims]] = field(default_factory=list)
    _pasts: dict[Dot, dict[int, int]] = field(default_factory=dict)

    def look_up(self, changesets: Iterable[Changeset]) -> None:
        """Find out who is removed of those that headers name."""
        people = {person for changeset in changesets for person in _people_in(changeset)}
        self._gone |= asked_for(self.log.db, people)

    def ask(self, row: Held, dot: Dot, seen: Mapping[int, int], *, labelled: bool) -> None:
        """Note that a line asks for the removal of a record."""
        before = self.heads.get(row.id, row.heads.get(ERASED, []))
        self.heads[row.id] = [*unseen(before, dot, seen), *dot]
        self._gone.add(row.id)
        if not row.heads.get(ERASED):  # also one that went with somebody else
            self.new.add(row.id)
        if labelled:
            self.labelled.add(row.id)

    def is_gone(self, person: str | None) -> bool:
        """Return whether the removal of somebody was asked for."""
        return person is not None and (person in self._gone or are_erased(self.log.db, [person]))

    def names_gone(self, changeset: Changeset) -> bool:
        """Return whether lines of a changeset that was looked up are data of somebody removed."""
        return not self._gone.isdisjoint(_people_in(changeset))

    def lines_gone(self, changeset: Changeset, id_: str) -> bool:
        """Return whether a line of it about a record is."""
        return any(_line_owner(changeset, *each) in self._gone for each in changeset.owned_lines_of(id_))

    def check(self, row: Held, dot: Dot) -> None:
        """Check a removal of a record, or of a line of it, by what its author had seen; also where it is removed already.

        Raises ErasesOthers where nobody says that it is a person or a part of one.
        """
        if not self.proven:
            return
        if dot not in self._pasts:
            self._pasts[dot] = self.log.whole_past(dot)
        people = claims(self.log, self.kinds, row, self._pasts[dot]) - {None}
        if not people:
            raise ErasesOthers(row.ent, row.id)
        self._asked.append((row, people))

    def check_all(self) -> None:
        """Check, when all is taken in, that the people were removed as well. Raises BlankedWithoutErasing or ErasesOthers."""
        if not self.removals.were_asked(self.log):
            raise BlankedWithoutErasing
        gone = asked_for(self.log.db, {str(person) for _, people in self._asked for person in people})
        for row, people in self._asked:
            if gone.isdisjoint(people):
                raise ErasesOthers(row.ent, row.id)

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

    def concerned(self) -> Iterator[Held]:
        """Yield the records of which a line may be data of those whose removal is new: as headers say, or by what they belonged to."""
        unsigned = dict[str, Json]()
        found = {*self.unsigned}
        for changeset in self.log.naming(self.new):
            lines: list[Row | Blanked] = [*changeset.rows, *changeset.blanked]
            for _, id_, said in lines:
                if any(person in self.new for _, person in changeset.owned_lines_of(id_)):
                    found.add(id_)
                elif changeset.whose is None and not isinstance(said, str) and "owner" in said:
                    unsigned.setdefault(id_, said["owner"])
        for row in load(self.log.db, {*found, *unsigned}).values():
            if row.id in found or row.owner != unsigned[row.id]:  # else it is found with that
                yield row

    def lines_of_gone(self, row: Held) -> dict[int, str]:
        """Return the lines about a record that are still there and go, though it stays: by place in the log, whose they are."""
        return {
            n: person
            for n, _, _, changeset in self.log.touching(row.n)
            for line, listed in changeset.owned_lines_of(row.id)
            if not isinstance(line[2], str) and self.is_gone(person := _line_owner(changeset, line, listed)) and person
        }


def _people_in(changeset: Changeset) -> Collection[str]:
    """Return whose data lines of a changeset are, as its header says; where it says nothing, people alone are known."""
    if changeset.whose is not None:
        return changeset.whose.keys() - {OWN_LINES}
    return {id_ for ent, id_, _ in changeset.rows if ent == PERSON}


def _line_owner(changeset: Changeset, line: Row | Blanked, listed: str | None) -> str | None:
    """Return whose data a line is for itself, whatever its record is."""
    ent, id_, _ = line
    if is_of_the_log(ent) or changeset.whose is not None:
        return None if is_of_the_log(ent) else listed
    return id_ if ent == PERSON else None
