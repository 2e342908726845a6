"""The redacted reader of a paper: it reads records without what the readers of the paper may not see.

Records that were merged come as one, so that nobody stands in a list twice.

Papers read through this alone. It remembers what was read, since the time in the footer is that of the newest change
among it, and it empties internal fields, so that no maker of a paper has to think of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.orm.attributes import set_committed_value

from ucapdesk.base.clock import local_time, moment, today
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.partnership_kinds import Country, Place, Programme
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, ItineraryItem, Meeting
from ucapdesk.model.record import Record
from ucapdesk.model.rules.place_time import venue_of
from ucapdesk.model.rules.sides import Sides
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import FileRef
from ucapdesk.papers.request import PRINCIPAL, Circle, Request
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import TIMED, place_fields, place_time, set_shown

if TYPE_CHECKING:
    from ucapdesk.briefing.blocks.content import Paper

R = TypeVar("R", bound=Record)
P = TypeVar("P", Place, Organisation)
T = TypeVar("T")
# Kinds that are named wherever they take part, however their own record is marked.
_NAMED = (Person, Organisation, Place, Country, Programme)


Again = Callable[[str], "tuple[Paper, RedactedReader, Request]"]


class RedactedReader:
    """Reads records for one paper."""

    def __init__(
        self, desk: Desk, circle: Circle = PRINCIPAL, *, private: bool = False, again: Again | None = None,
        day: date | None = None,
    ) -> None:  # fmt: skip
        """Begin a paper.

        Args:
            desk: The workspace.
            circle: Who will hold the paper.
            private: Whether private numbers were asked for; only a circle of the own side has them.
            again: Makes the paper of a pack as it would be today, for papers that tell what has changed.
            day: That of the paper; by default today.
        """
        self.again = again
        self._day = day
        self.desk = desk
        self.circle = circle
        self.private = private
        self.seen: dict[str, Record] = {}
        self.sides: dict[str, Sides] = {}  # The names of a record's sides, by its id
        # read once, for what the paper tells and for the facts it needs beside
        self._records: dict[str, Record] = {}
        self._absent: set[tuple[type[Record], str]] = set()
        self._lists: dict[object, list[Record]] = {}
        self._made: dict[object, object] = {}
        self._sames = desk.read.sames()
        self.clocks = place_time(desk)

    @cached_property
    def aside(self) -> RedactedReader:
        """Return a reader for facts that the paper needs but does not tell."""
        found = RedactedReader(self.desk, self.circle, private=self.private, day=self._day)
        found._records, found._absent, found._lists = self._records, self._absent, self._lists
        return found

    def title(self, record: Record) -> str:
        return title_of(record, names=lambda id_: self.desk.read.titles([id_], language()).get(id_, ""))

    def subject(self, id_: str) -> Record:
        return self.get(KINDS[self.desk.read.kind_of(id_) or ""].cls, id_)

    def get(self, kind: type[R], id_: str) -> R:
        found = self.desk.read.get(kind, id_)
        assert found is not None, "asked for by its kind"
        return self._cleared(found)

    def known(self, id_: str) -> Record | None:
        """Return a record of any kind that was read before; None where it was not."""
        return self._records.get(id_)

    def one(self, kind: type[R], id_: str | None) -> R | None:
        """Return the record a field links to, unless it is in the Trash."""
        return next(iter(self.all(kind, [id_])), None)

    def all(self, kind: type[R], ids: Iterable[str | None] | None) -> list[R]:
        """Return the living records of these ids, in this order, each once; merged records as the one that is shown."""
        wanted = list(dict.fromkeys(map(self._sames.shown, filter(None, ids or ()))))
        unknown = [id_ for id_ in wanted if id_ not in self._records and (kind, id_) not in self._absent]
        if unknown:
            self._note(self.desk.read.page(kind, unknown))
            self._absent.update((kind, id_) for id_ in unknown if id_ not in self._records)
        found = [each for each in map(self._records.get, wanted) if isinstance(each, kind)]
        self.seen.update((each.id, each) for each in found)
        return found

    def upwards(self, kind: type[P], id_: str | None) -> Iterator[P]:
        known: set[str] = set()
        while (record := self.one(kind, id_)) and record.id not in known:
            yield record
            known.add(record.id)
            id_ = record.parent

    def children(self, kind: type[R], owner: str) -> list[R]:
        """Return the parts of a record, in order."""
        return self._listed((kind, owner), lambda: self.desk.read.children(owner, kind))

    def read_children(self, kind: type[Record], owners: Iterable[str]) -> None:
        """Read the parts of several records at once, before ``children`` is asked for those of each."""
        unknown = [id_ for id_ in dict.fromkeys(owners) if (kind, id_) not in self._lists]
        for owner, found in self.desk.read.children_of(unknown, kind).items():
            self._lists[kind, owner] = list(self._note(found))

    def linked(self, kind: type[R], order: str = "sort_en", **where: object) -> list[R]:
        """Return the living records whose field has this value: ``linked(Meeting, "when", visit=id)``; all without one."""
        asked = (kind, order, *where.items())
        return self._listed(asked, lambda: self.desk.read.listed(kind, order=order, where=where))

    def read_linked(self, kind: type[Record], order: str, name: str, ids: Iterable[str]) -> None:
        """Read at once what several values of a field lead to, before ``linked`` is asked for that of each."""
        unknown = [id_ for id_ in dict.fromkeys(ids) if (kind, order, (name, id_)) not in self._lists]
        if not unknown:
            return
        records = self._note(self.desk.read.listed(kind, order=order, where={name: unknown}))
        found = grouped((getattr(record, name), record) for record in records)
        self._lists |= {(kind, order, (name, id_)): found.get(id_, []) for id_ in unknown}

    def remembered(self, asked: object, make: Callable[[], T]) -> T:
        """Return what was made of records for this question, once for the whole paper."""
        if asked not in self._made:
            self._made[asked] = make()
        return self._made[asked]  # type: ignore[return-value]  # the question tells what it is

    def file(self, file: FileRef | None) -> bytes | None:
        files = self.desk.workspace.files
        return files.read(file.sha256) if file is not None and file.sha256 and files.has(file.sha256) else None

    def as_one(self, record: Record) -> list[str]:
        """Return the ids of all records merged with this one, the shown one first."""
        return self._sames.all_of([record.id])

    @cached_property
    def today(self) -> date:
        """The day on which the paper is made: what is late then is late on Home too."""
        return self._day or today(self.desk.workspace.clock)

    def newest_change(self) -> tuple[datetime, str]:
        """Return when anything that was read was last written, on this laptop's clock, and by whom."""
        time, person = self.desk.read.newest_change(self._sames.all_of(self.seen))
        return local_time(moment(time)), person

    def _listed(self, asked: object, ask: Callable[[], list[R]]) -> list[R]:
        """Return a list, read once: the parts of a paper ask for the same ones again and again."""
        if asked not in self._lists:
            self._lists[asked] = list(self._note(ask()))
        self.seen.update((each.id, each) for each in self._lists[asked])
        return list(self._lists[asked])  # type: ignore[arg-type]  # the kind is part of what was asked

    def _note(self, records: Sequence[R]) -> list[R]:
        return [self._cleared(record) for record in records if not record.is_deleted and self.may_read(record)]

    def may_read(self, record: Record) -> bool:
        if self.circle.is_own:
            return True
        if isinstance(record, AgendaItem | Attachment) and record.internal:
            return False
        if isinstance(record, ItineraryItem) and record.type == "internal":
            return False
        return isinstance(record, _NAMED) or getattr(record, "marking", None) != "internal"

    def _cleared(self, record: R) -> R:
        """Return the record without the fields hidden from this circle, with times and place from related records.

        It is this paper's own copy: a point has place and title of its meeting where it has none of its own, unless its readers may
        not know of that.
        """
        if isinstance(record, TIMED):
            set_shown(record, {"when": self.clocks.told(record)})
        if isinstance(record, ItineraryItem):
            meeting = self.one(Meeting, record.meeting)
            title = record.title or (meeting.title if meeting else None)
            set_shown(record, {**place_fields(venue_of(record, meeting)), "title": title})
        for each in KINDS[type(record).__tablename__].fields.values():
            if not self.circle.sees(each, private=self.private):
                set_committed_value(record, each.name, None)
        self.seen[record.id] = self._records[record.id] = record
        return record
