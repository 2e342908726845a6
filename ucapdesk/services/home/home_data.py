"""The data of the Home page: what happens now, days and months, the visit that runs, actions, what needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ucapdesk.base.i18n import dotted
from ucapdesk.model.listing import ListView
from ucapdesk.services.records.search import Found


class VisitNow(NamedTuple):
    """The visit that runs, or the next one. ``when``: how far it is, in words; ``gaps``: what it still lacks; ``to_do``:
    how much of its checklist is not done, and how much of that is ``late``.
    """

    id: str
    title: str
    dates: str
    when: str
    running: bool
    people: int
    gaps: tuple[str, ...]
    to_do: int = 0
    late: int = 0


class ToDo(NamedTuple):
    """An action, when it is due, and whether it is overdue.

    Attributes:
        note: The due date, and whether the action is put off.
    """

    id: str
    title: str
    due: str
    note: str
    overdue: bool


class Need(NamedTuple):
    """Something that needs attention, and where it leads: a record, a list, or a command of the menus.

    Attributes:
        later: Whether it can be put off until its next step.
        whose: The person responsible for it, if anybody is named.
    """

    sentence: str
    urgent: bool = False
    id: str = ""
    view: ListView | None = None
    command: str = ""
    later: bool = False
    whose: str = ""


class Waiting(NamedTuple):
    """The counts of the exchange, read on the thread of the window, for they come from the log."""

    to_decide: int = 0
    to_give: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that runs, has just ended, or comes next, in words, and whether it is a meeting that nobody has logged."""

    id: str
    heading: str
    title: str
    note: str
    to_log: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The parts of the page that change from minute to minute.

    Attributes:
        place: The host city while a visit runs, and its local time.
        zone: The zone whose clock the page uses; hours on any other clock say so themselves.
    """

    day: str
    place: str
    zone: str | None
    now: tuple[Happening, ...]

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return dotted(self.day, self.place)


class Point(NamedTuple):
    """An event at an hour of a day."""

    id: str
    hours: str
    title: str
    where: str


class Day(NamedTuple):
    """A day with its events; ``travelled``: whether a visit takes place on it.

    Attributes:
        counted: The number of events, and of their participants as far as known, in words.
        lacking: The texts in one language only: record, field, and the missing language.
    """

    date: str
    title: str
    points: tuple[Point, ...]
    tomorrow: bool = False
    counted: str = ""
    lacking: tuple[tuple[str, str, str], ...] = ()
    travelled: bool = False


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month: its events in words, and where a click leads: to a record, or to the meetings of the day.

    Attributes:
        inside: Whether it belongs to this month, and not to its edge.
        count: The number of meetings and programme items.
        off: Whether it is a public holiday, or a working day of a weekend, in one of the countries.
    """

    day: date
    inside: bool
    today: bool
    visits: tuple[str, ...]
    count: int
    said: str
    off: bool = False


class Month(NamedTuple):
    """A month by weeks, from Monday on."""

    first: date
    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[MonthDay, ...], ...]


@dataclass(frozen=True, slots=True)
class Home(Clock):
    """The whole page.

    Attributes:
        beside: The other visits that run.
        mine: Whether ``actions`` are those of the user; else everybody's, as nobody of that name is on record.
    """

    month: Month | None
    empty: bool
    visit: VisitNow | None
    beside: tuple[VisitNow, ...]
    days: tuple[Day, ...]
    mine: bool
    actions: tuple[ToDo, ...]
    all_actions: int
    needs: tuple[Need, ...]
    recent: tuple[Found, ...]
