"""Finds the records that a paper speaks of on the desk: by names in both scripts, titles, dates and places, never by position."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from ucapdesk.base.ids import derived_id
from ucapdesk.formats.glance.glance_records import RecordDraft
from ucapdesk.formats.glance.text import folded
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.known_cities import known_city, place_key
from ucapdesk.model.values import PartialDate
from ucapdesk.store.desk import Desk

_OF_A_UCAP = {"pilot_project": "ucap", "meeting": "ucap", "visit": "ucaps"}
"""Kinds that point to their UCAP, and by which field; other kinds of it are owned."""


def identified(desk: Desk, drafts: Sequence[RecordDraft], here: str = "") -> tuple[list[RecordDraft], bool]:
    """Return the drafts under the ids of the records that are the same, and whether this very paper was taken in before.

    ``here`` is a record on the desk that the paper is about.
    """
    source = next(draft for draft in drafts if draft.kind == "source_document")
    earlier = desk.read.many(desk.read.ids("source_document") + desk.read.ids("source_document", trash=True))
    again = next((record.id for record in earlier if _same_paper(record, source)), "")
    return list(_Identity(desk, drafts, again, here).all()), bool(again)


def _same_paper(record: Any, source: RecordDraft) -> bool:
    if record.sha256 == source.values["sha256"]:
        return True
    return record.id == source.id and _words(record.rows) == _words(source.values.get("rows"))


def _words(rows: str | None) -> list[str]:
    try:
        return [" ".join(str(cell).split()) for row in json.loads(rows or "[]") for cell in row if str(cell).strip()]
    except (ValueError, TypeError):
        return []


class _Identity:
    """The records of one paper compared with those on one desk."""

    def __init__(self, desk: Desk, drafts: Sequence[RecordDraft], again: str, here: str) -> None:
        self._desk, self._here = desk, here
        self._again = again
        self._drafts = drafts
        self._renamed: dict[str, str] = {}
        self._used: set[str] = set()
        self._ucap = ""
        self._known = {record.id for record in desk.read.many([draft.id for draft in drafts])}
        self._loaded: dict[str, list[Record]] = {}
        self._finders: dict[str, Callable[[dict[str, Any]], Iterable[Record]]] = {
            "place": self._places, "organisation": self._organisations, "person": self._people, "programme": self._programmes,
            "ucap": self._ucaps, "theme": self._themes, "pilot_project": self._projects, "visit": self._visits,
            "meeting": self._meetings, "agenda_item": self._agenda, "ucap_item": self._items, "affiliation": self._posts,
            "itinerary_item": self._points, "participation": self._parts_taken,
        }  # fmt: skip

    def all(self) -> Iterable[RecordDraft]:
        """Yield the drafts, each with its id on this desk and its links to those of the others."""
        for draft in self._drafts:
            values = {name: self._linked(value) for name, value in draft.values.items()}
            found = self._id(draft, values)
            self._renamed[draft.id] = found
            self._used.add(found)
            if draft.kind == "ucap":
                self._ucap = found
            yield replace(draft, id=found, values=values)

    def _linked(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._linked(each) for each in value]
        return self._renamed.get(value, value) if isinstance(value, str) else value

    def _id(self, draft: RecordDraft, values: dict[str, Any]) -> str:
        kind = KINDS[draft.kind]
        if draft.id == self._here:
            return draft.id
        if kind.cls.identity and all(name in values for name in kind.cls.identity):
            return kind.make_id(values)
        finder = self._finders.get(draft.kind)
        found = next((record for record in finder(values) if record.id not in self._used), None) if finder else None
        if found is not None:
            return found.id
        if draft.kind == "source_document" and self._again:
            return self._again
        said = values.get("sha256") or json.dumps([values.get(name) for name in kind.cls.title_fields], sort_keys=True)
        content = derived_id("glance", self._ucap, draft.kind, folded(str(said)))
        if self._desk.read.kind_of(content) and content not in self._used:
            return content
        # What was renamed here since this very paper came in is still known by its place in it.
        free = draft.id not in self._known or bool(self._again)
        return draft.id if free and draft.id not in self._used else content

    # -- what is on the desk ----------------------------------------------------------------------

    def _all(self, kind: str) -> list[Record]:
        if kind not in self._loaded:
            ids = self._desk.read.ids(kind) + self._desk.read.ids(kind, trash=True)
            self._loaded[kind] = self._desk.read.many(ids)
        return self._loaded[kind]

    def _parts(self, owner: str, kind: str) -> list[Any]:
        """Return what belongs to a record, in the Trash or not."""
        return [*self._desk.read.children(owner, kind), *self._desk.read.children(owner, kind, hidden=True)]

    def _of_ucap(self, kind: str) -> list[Any]:
        if not self._ucap:
            return []
        if kind in _OF_A_UCAP:
            field = _OF_A_UCAP[kind]
            return [r for r in self._all(kind) if self._ucap in _many(getattr(r, field))]
        return self._parts(self._ucap, kind)

    def _places(self, values: dict[str, Any]) -> Iterable[Record]:
        said = set(_keys(values.get("name")))
        for place in self._all("place"):
            record: Any = place
            if record.type == "venue" or (values.get("parent") and record.parent and record.parent != values["parent"]):
                continue
            if said & {*_keys(record.name), *_keys({"": record.local_name})}:
                yield place

    def _organisations(self, values: dict[str, Any]) -> Iterable[Record]:
        for organisation in self._all("organisation"):
            record: Any = organisation
            same_parent = record.parent == values.get("parent")
            if same_parent and set(_texts(values.get("name"))) & set(_texts(record.name)):
                yield organisation

    def _people(self, values: dict[str, Any]) -> Iterable[Record]:
        name, han = values.get("name") or {}, values.get("name_han") or {}
        for person in self._all("person"):
            record: Any = person
            latin = (
                record.name
                and name
                and _whole(record.name.family, record.name.given) == _whole(name.get("family"), name.get("given"))
            )
            written = record.name_han and han and (record.name_han.family, record.name_han.given) == (
                han.get("family"), han.get("given"),
            )  # fmt: skip
            apart = record.place and values.get("place") and record.place != values["place"]
            mail = record.email and values.get("email") and record.email.casefold() == values["email"].casefold()
            if ((latin or written) and not apart) or mail:
                yield person

    def _programmes(self, values: dict[str, Any]) -> Iterable[Record]:
        return (r for r in self._all("programme") if getattr(r, "code", None) == values.get("code"))

    def _ucaps(self, values: dict[str, Any]) -> Iterable[Record]:
        wanted = _partners((d.values.get("side"), self._linked(d.values.get("place"))) for d in self._drafts
                           if d.kind == "ucap_place" and d.values.get("role") == "partner")  # fmt: skip
        for ucap in self._all("ucap"):
            parts: list[Any] = self._parts(ucap.id, "ucap_place")
            here = _partners((part.side, part.place) for part in parts if part.role == "partner")
            if all(
                2 * len(here[side] & wanted[side]) >= max(1, min(len(here[side]), len(wanted[side]))) for side in "AB"
            ):
                yield ucap

    def _themes(self, values: dict[str, Any]) -> Iterable[Record]:
        return _same_text(self._of_ucap("theme"), "name", values)

    def _projects(self, values: dict[str, Any]) -> Iterable[Record]:
        return _same_text(self._of_ucap("pilot_project"), "title", values)

    def _items(self, values: dict[str, Any]) -> Iterable[Record]:
        items = [item for item in self._of_ucap("ucap_item") if item.type == values.get("type")]
        return _same_text(items, "text", values)

    def _visits(self, values: dict[str, Any]) -> Iterable[Record]:
        visits = [v for v in self._of_ucap("visit") if v.travelling_side in (None, values.get("travelling_side"))]
        hosts = set(values.get("host_places", ()))
        visits = [v for v in visits if not hosts or not v.host_places or hosts & set(v.host_places)]
        return _by_date(visits, lambda visit: visit.dates, values.get("dates"))

    def _meetings(self, values: dict[str, Any]) -> Iterable[Record]:
        when = (values.get("when") or {}).get("date")
        meetings = self._of_ucap("meeting")
        numbered = [m for m in meetings if m.ordinal and m.ordinal == values.get("ordinal")]
        yield from _by_date(numbered, _held, when)
        yield from _same_text(meetings, "title", values)

    def _agenda(self, values: dict[str, Any]) -> Iterable[Record]:
        owner = values.get("owner", "")
        return _same_text(self._parts(owner, "agenda_item"), "title", values)

    def _posts(self, values: dict[str, Any]) -> Iterable[Record]:
        posts: list[Any] = self._parts(values.get("owner", ""), "affiliation")
        return (post for post in posts if post.organisation == values.get("organisation"))

    def _points(self, values: dict[str, Any]) -> Iterable[Record]:
        """Yield the points with the same title: of the very hour, of the same day; of another one where both plans have it once."""
        when, owner = values.get("when") or {}, values.get("owner", "")
        said: list[Any] = list(_same_text(self._parts(owner, "itinerary_item"), "title", values))
        found = [point for point in said if point.when and point.when.date == when.get("date")]
        told = [d for d in self._drafts if d.kind == "itinerary_item" and self._linked(d.values.get("owner")) == owner]
        again = [d for d in told if set(_texts(d.values.get("title"))) & set(_texts(values.get("title")))]
        if not found and len(said) == len(again) == 1:
            return said  # it was moved
        return sorted(found, key=lambda point: point.when.start != when.get("start"))

    def _parts_taken(self, values: dict[str, Any]) -> Iterable[Record]:
        parts: list[Any] = self._parts(values.get("owner", ""), "participation")
        said = set(_texts(values.get("free_name")))
        for part in parts:
            if (part.person and part.person == values.get("person")) or (said and said & set(_texts(part.free_name))):
                yield part


def _held(meeting: Any) -> PartialDate | None:
    return PartialDate(meeting.when.date) if meeting.when and meeting.when.date else None


def _many(value: Any) -> Iterable[str]:
    return () if value is None else (value,) if isinstance(value, str) else value


def _texts(said: Any) -> list[str]:
    return [folded(str(text)) for text in dict(said or {}).values() if text]


def _keys(said: Any) -> list[str]:
    keys = [place_key(str(text)) for text in dict(said or {}).values() if text]
    return keys + [f"={city.code}" for text in dict(said or {}).values() if text and (city := known_city(str(text)))]


def _whole(family: str | None, given: str | None) -> tuple[str, ...]:
    return tuple(sorted(folded(f"{family or ''} {given or ''}").replace("-", " ").split()))


def _partners(pairs: Iterable[tuple[Any, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"A": set(), "B": set()}
    for side, place in pairs:
        if side in found and place:
            found[side].add(place)
    return found


def _same_text(records: Iterable[Any], field: str, values: dict[str, Any]) -> Iterable[Record]:
    said = set(_texts(values.get(field)))
    return (record for record in records if said & set(_texts(getattr(record, field))))


def _by_date(records: Sequence[Any], date_of: Callable[[Any], Any], edtf: str | None) -> Iterable[Record]:
    """Yield records of the very date, then those of the same month or of days that overlap."""
    if not edtf:
        return
    told = PartialDate(edtf)
    dated = [(record, date) for record in records if (date := date_of(record))]
    yield from (record for record, date in dated if date.edtf == edtf)
    for record, date in dated:
        overlap = date.bounds[0] <= told.bounds[1] and told.bounds[0] <= date.bounds[1]
        if date.edtf != edtf and (overlap or date.bounds[0][:7] == told.bounds[0][:7]):
            yield record
