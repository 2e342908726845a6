"""All data the workspace holds of a person, for their requests, and the retention dates of everybody on record.

The list of what is kept only tells; nothing is removed by itself. Removing a person for good is
``services.people.privacy.erase``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ucapdesk.base.clock import local_time, today
from ucapdesk.base.errors import UserError
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message, language, ntr, tr
from ucapdesk.formats.whole_files import SHEET_MODULES, ending_of, write_file
from ucapdesk.model.codes import folded
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Participation, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services.people.privacy import all_names, mentions, records_about_them
from ucapdesk.services.records import history, records
from ucapdesk.store.desk import Desk

JSON = ".json"
_OCCASIONS: tuple[type[Record], ...] = (Visit, Meeting, ItineraryItem)
SOON = 90  # Days before the end of a retention period from which it is reported


# -- all data of one person -----------------------------------------------------------------------


class Datum(NamedTuple):
    part: str
    record: str
    field: str
    value: str


def everything(desk: Desk, id_: str) -> list[Datum]:
    """Return all data of a person, in words: the record, also where it was recorded twice, its parts, participations, its history, and links to it."""
    person = records.get(desk, id_)
    if not isinstance(person, Person):
        raise UserError(
            "{id} is not a person. Nothing was written; this is about the data of people.",
            code="not-a-persons-data",
            id=id_,
        )
    whole = desk.read.sames().whole(id_)
    found = [said for each in desk.read.apart(whole) for said in _fields(desk, each, tr("personal", "The person"))]
    parts = [part for of_kind in records.children(desk, id_).values() for part in of_kind]
    for part in parts:
        found += _fields(desk, part, kind_of(part).plural())
    named = set()
    for use in desk.read.referring(id_):
        record = desk.read.record(use.id)
        if record is None or record.is_deleted or getattr(record, "owner", None) in whole:
            continue
        named.add(use.id)
        found += _use(desk, record, use.field)
    for each in (*whole, *(part.id for part in parts), *records_about_them(desk, id_)):
        found += _earlier(desk, each, whole)
    others = [each for each in mentions(desk, all_names(desk, id_)) if each not in named and each not in whole]
    titles, kinds = records.titles(desk, others), desk.read.kinds_of(others)
    what = tr("personal", "Texts that hold the name")
    found += [Datum(what, titles.get(each, each), KINDS[kinds[each]].label(), each) for each in others]
    return [*dict.fromkeys(found)]


def _earlier(desk: Desk, id_: str, whole: Collection[str]) -> Iterator[Datum]:
    """Yield every value that the fields of a record ever had, but while it was about somebody else; of a part with its kind."""
    kind = KINDS[desk.read.kind_of(id_) or Person.__tablename__]
    of_what = "" if kind.cls is Person else f"{kind.label()} › "
    now = None
    for _, step in groupby(history.of(desk, id_), key=lambda entry: entry.n):
        written = [*step]
        before, now = now, next((entry.new for entry in written if entry.field == kind.cls.about), now)
        was, is_ = (whom is None or whom in whole for whom in (before, now))
        for entry in written:
            said = (was and entry.before, is_ and entry.after)
            if any(said):
                wrote = f"{local_time(entry.time):%Y-%m-%d %H:%M} {entry.person}"
                values = " → ".join(each or "–" for each in said)
                yield Datum(tr("personal", "Earlier values"), wrote, f"{of_what}{entry.field_label}", values)


def _fields(desk: Desk, record: Record, part: str) -> Iterator[Datum]:
    title = records.title(desk, record.id)
    for field in kind_of(record).fields.values():
        value = getattr(record, field.name)
        if field.name in ("owner", "pos") or not is_filled(value):
            continue
        names = records.titles(desk, field.links(value)) if field.meta.kinds else {}
        said = say(field, value, language(), lambda id_, names=names: names.get(id_, id_))  # type: ignore[misc]
        if hasattr(value, "values") and len(value) > 1:
            said = " / ".join(value.values())
        yield Datum(part, title, field.label(), said)


def _use(desk: Desk, record: Record, field: str) -> Iterator[Datum]:
    """Yield where a record links to the person; for a part also its owner, and all it says of the person."""
    kind, owner = kind_of(record), getattr(record, "owner", None) or ""
    titles = records.titles(desk, [record.id, owner])
    where = titles.get(owner, "") if owner else titles.get(record.id, "")
    label = kind.fields[field].label()
    if kind.name in ("participation", "contact_role", "signatory"):
        said = [f"{each.field}: {each.value}" for each in _fields(desk, record, "") if each.field != label]
        yield Datum(kind.plural(), where, label, "; ".join(said) or "✓")
    else:
        named = titles.get(record.id, record.id)
        yield Datum(tr("personal", "Named in"), where, f"{kind.label()} › {label}", named)


def heads() -> tuple[str, str, str, str]:
    return tr("personal", "Part"), tr("personal", "Record"), tr("personal", "Field"), tr("personal", "Value")


def write(desk: Desk, id_: str, target: Path) -> int:
    ending, found = ending_of(target, (JSON, *SHEET_MODULES)), everything(desk, id_)
    if ending != JSON:
        _write_sheet(target, heads(), found)
    else:
        whole = records.as_json(desk, records.get(desk, id_), with_children=True)
        said = {"person": id_, "record": whole, "data": [each._asdict() for each in found]}
        write_file(target, json.dumps(said, ensure_ascii=False, indent=1).encode())
    return len(found)


def _write_sheet(target: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from ucapdesk.formats.sheets.sheet import write_sheet

    write_sheet(target, tr("personal", "Personal data"), heads, rows, "ucapdesk personal data")


# -- who is kept how long -------------------------------------------------------------------------

DUE = ("over", "soon")
# The period has ended; it ends within ``SOON`` days; none was set; it ends later.
RETENTION_STATES: Mapping[str, Message] = {
    "over": Message("personal", "ended"),
    "soon": Message("personal", "ends soon"),
    "no_date": Message("personal", "no end set"),
    "kept": Message("personal", "kept"),
}


class RetentionEntry(NamedTuple):
    """The retention period of a person's data.

    Attributes:
        id: The person.
        name: What they are called.
        until: The end, as precise as it is known, in words; empty for none.
        state: One of ``RETENTION_STATES``.
        consent: What is recorded of their consent.
        last: The last day on which they took part in anything, in words; empty where that is not known.
        last_day: The same as ISO date, for sorting.
    """

    id: str
    name: str
    until: str
    state: str
    consent: str
    last: str
    last_day: str


def retention(desk: Desk, *, due_only: bool = False) -> list[RetentionEntry]:
    """Return everybody on record: ended periods first, then people without one, the longest absent on top."""
    now = today(desk.workspace.clock)
    people = desk.read.listed(Person)
    last = _last_days(desk)
    names = records.titles(desk, [person.id for person in people])
    found = []
    for person in people:
        day = last.get(person.id, "")
        said = say_date(PartialDate(day), language()) if day else ""
        until = say_date(person.keep_until, language()) if person.keep_until else ""
        found.append(RetentionEntry(person.id, names.get(person.id, ""), until, _state(person.keep_until, now), person.consent or "",
                          said, day))  # fmt: skip
    if due_only:
        found = [each for each in found if each.state in DUE]
    return sorted(found, key=lambda each: ([*RETENTION_STATES].index(each.state), each.last_day, folded(each.name)))


def rows(kept: Iterable[RetentionEntry]) -> list[tuple[str, ...]]:
    return [
        (RETENTION_STATES[each.state].say(), each.name, each.until, each.last, each.consent, each.id) for each in kept
    ]


def say_over(kept: Sequence[RetentionEntry]) -> str:
    over, soon = (sum(each.state == state for each in kept) for state in DUE)
    if over:
        return ntr("personal", "The retention period of {n} person has ended.",
                   "The retention periods of {n} people have ended.", over)  # fmt: skip
    if soon:
        return ntr("personal", "No retention period has ended; that of {n} person ends soon.",
                   "No retention period has ended; those of {n} people end soon.", soon)  # fmt: skip
    return tr("personal", "No retention period has ended or ends soon.")


def retention_heads() -> tuple[str, ...]:
    fields = KINDS["person"].fields
    return (tr("personal", "State"), KINDS["person"].label(), fields["keep_until"].label(),
            tr("personal", "Last took part"), fields["consent"].label(), "id")  # fmt: skip


def write_retention(kept: list[RetentionEntry], target: Path) -> int:
    _write_sheet(target, retention_heads(), rows(kept))
    return len(kept)


def _state(until: PartialDate | None, now: date) -> str:
    if until is None:
        return "no_date"
    end = until.bounds[1]
    if end < now.isoformat():
        return "over"
    return "soon" if end <= (now + timedelta(SOON)).isoformat() else "kept"


def _last_days(desk: Desk) -> dict[str, str]:
    """Return, by person, the last known day of anything they took part in, or were named in: as a chair, as who leads a point."""
    parts = [(part.owner, part.person) for part in desk.read.listed(Participation) if part.person and part.owner]
    for record in (record for cls in _OCCASIONS for record in desk.read.listed(cls)):
        links = (each for each in kind_of(record).links if Person.__tablename__ in each.meta.kinds)
        parts += [(record.id, id_) for each in links for id_ in each.links(getattr(record, each.name))]
    by_owner = grouped(parts)
    found: dict[str, str] = {}
    for owner in desk.read.many(list(by_owner)):
        day = _last_day(owner)
        for person in by_owner[owner.id] if day else ():
            found[person] = max(day, found.get(person, ""))
    return found


def _last_day(record: Record | None) -> str:
    when = getattr(record, "when", None)
    dates = getattr(record, "dates", None)
    if isinstance(when, When) and when.day:
        return when.end_date or when.date or ""
    return dates.ends[1].rstrip("~?%") if isinstance(dates, PartialDate) and dates.ends[1] != ".." else ""
