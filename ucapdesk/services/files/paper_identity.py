"""Finds the records that a paper speaks of on the desk: by names in both scripts, titles, dates and places, never by position.

Names and dates written otherwise may still mean the same thing. Other names of places are those of the reference lists; a Chinese
name of a person is compared by its sound, an office by its name without the place, a text in another language by its place among
as many others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from functools import cache, partial
from operator import attrgetter
from typing import Any

from ucapdesk.base.ids import derived_id
from ucapdesk.base.pinyin import is_pinyin
from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.formats.phrases.small_texts import folded_nfkc
from ucapdesk.model.codes import by_spelling, folded
from ucapdesk.model.dates.in_text import placed_dates
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.country_facts import place_code, place_key
from ucapdesk.model.text.person_names import is_spelled_whole
from ucapdesk.model.values import PartialDate, PersonName
from ucapdesk.store.desk import Desk

MOVED_DAYS = 92  # Days that a visit or meeting may have been moved by
ALIKE = 0.8
SHORTEST_WORD = 4
_BARE = re.compile(
    r"\b(?:municipal(?:ity)?|people.?s government|government|city|of|the|for)\b|人民政府|^市", re.IGNORECASE
)
_SIGNS = re.compile(r"[\W_]+")


def texts_of(said: Any) -> dict[str, str]:
    return {lang: folded(" ".join(str(text).split())) for lang, text in dict(said or {}).items() if text}


def names_here(pairs: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Return the names of places as a paper spells them, folded, with those on record; of pairs of names, told and here."""
    found: dict[str, str] = {}
    for told, here in pairs:
        known = texts_of(here)
        found |= {name: known[lang] for lang, name in texts_of(told).items() if known.get(lang, name) != name}
    return found


def as_spelt_here(text: str, names: Mapping[str, str]) -> str:
    said = folded(" ".join(text.split()))
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, names[name])
    return said


def place_keys(said: Any) -> list[str]:
    """Return what names of a place are compared by: the names, and the place of a reference list that they mean."""
    names = [str(text) for text in dict(said or {}).values() if text]
    return [*map(place_key, names), *(f"={code}" for name in names if (code := place_code(name)))]


def resembles(one: Any, other: Any) -> bool:
    """Return whether two names differ by letters or by words more, in a language that both have."""
    here, there = texts_of(one), texts_of(other)
    return any(_alike(here[lang], there[lang]) for lang in here.keys() & there.keys())


def _alike(one: str, other: str) -> bool:
    words, others = ({word for word in _SIGNS.split(text) if word} for text in (one, other))
    smaller = min(words, others, key=len)
    if smaller and (words <= others or others <= words):
        return any(len(word) >= SHORTEST_WORD for word in smaller)
    return min(len(one), len(other)) >= SHORTEST_WORD and SequenceMatcher(None, one, other).ratio() >= ALIKE


def is_pinyin_name(said: Any) -> bool:
    """Return whether the Latin name of a place may be one in pinyin, such as Suzhou beside Fuzhou."""
    return any(all(map(is_pinyin, text.split())) for text in texts_of(said).values() if text.isascii())


def office_key(names: Any, places: Iterable[str]) -> str:
    """Return the code of the office that one of the names means without its place; empty where none is known."""
    for name in texts_of(names).values():
        for place in sorted(map(folded, places), key=len, reverse=True):
            name = name.replace(place, " ")
        known = (by_spelling(offices, _bare).get(_bare(name)) for offices in ("short_forms", "bodies"))
        if code := next(filter(None, known), None):
            return code.code
    return ""


def _bare(name: str) -> str:
    return _SIGNS.sub("", _BARE.sub(" ", folded(name)))


def may_be_moved(told: str, here: str) -> bool:
    """Return whether two dates may be those of one thing that was moved, or of whose year one paper is mistaken."""
    one, other = PartialDate(told), PartialDate(here)
    if one.bounds[0][4:] == other.bounds[0][4:] and one.bounds[1][4:] == other.bounds[1][4:]:
        return told.count("-") > 1 and abs(int(told[:4]) - int(here[:4])) <= 1
    first, second = (date.fromisoformat(each.bounds[0]) for each in (one, other))
    return abs((first - second).days) <= MOVED_DAYS


def undated(text: str) -> str:
    for start, end, _ in reversed(placed_dates(text)):
        text = text[:start] + text[end:]
    return text.strip()


def in_other_language(
    records: Sequence[Any], field: str, told: Sequence[Mapping[str, Any]], wanted: Mapping[str, Any]
) -> Iterator[Any]:
    """Yield the record that a text in another language stands for: the one in its place among as many of them.

    Args:
        records: Those of one list on the desk, in their order.
        field: The text.
        told: The values of the same list in the paper, in their order.
        wanted: Those looked for.
    """
    here = [texts_of(getattr(record, field)) for record in records]
    there = [texts_of(each.get(field)) for each in told]
    apart = all(not (one.keys() & other.keys()) for one in here for other in there)
    said = [each.get(field) for each in told]
    if len(here) == len(there) and apart and wanted.get(field) in said:
        yield records[said.index(wanted.get(field))]


def only(found: Collection[Any]) -> list[Any]:
    """Return the one that was found; none where there are several."""
    return list(found) if len(found) == 1 else []


# Kinds that point to their UCAP, and by which field; other kinds of it are owned.
_OF_A_UCAP = {"pilot_project": "ucap", "meeting": "ucap", "visit": "ucaps"}


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
    with suppress(ValueError, TypeError):
        return [" ".join(str(cell).split()) for row in json.loads(rows or "[]") for cell in row if str(cell).strip()]
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
        self._spelt: dict[str, str] = {}
        self._known = {record.id for record in desk.read.many([draft.id for draft in drafts])}
        self._all, self._parts = cache(self._of_kind), cache(self._of_owner)
        self._finders: dict[str, Callable[[dict[str, Any]], Iterable[Record]]] = {
            "place": self._places, "organisation": self._organisations, "person": self._people, "programme": self._programmes,
            "ucap": self._ucaps, "theme": self._themes, "pilot_project": self._projects, "visit": self._visits,
            "meeting": self._meetings, "agenda_item": self._agenda, "ucap_item": self._items, "affiliation": self._posts,
            "itinerary_item": self._points, "participation": self._parts_taken,
        }  # fmt: skip

    def all(self) -> Iterable[RecordDraft]:
        for draft in self._drafts:
            values = {name: self._linked(value) for name, value in draft.values.items()}
            found = self._id(draft, values)
            self._renamed[draft.id] = self._desk.read.sames().shown(found)
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
        finder = self._finders.get(draft.kind)
        found = next((record for record in finder(values) if record.id not in self._used), None) if finder else None
        if found is None and kind.cls.identity and all(name in values for name in kind.cls.identity):
            return kind.make_id(values)
        if found is None and draft.kind == "place":
            found = self._spelt_otherwise(draft)
        if found is not None:
            if draft.kind == "place":
                self._spelt |= names_here([(values.get("name"), getattr(found, "name", None))])
            return found.id
        if draft.kind == "source_document" and self._again:
            return self._again
        said = values.get("sha256") or json.dumps([values.get(name) for name in kind.cls.title_fields], sort_keys=True)
        content = derived_id("glance", self._ucap, draft.kind, folded_nfkc(str(said)))
        if self._desk.read.kind_of(content) and content not in self._used:
            return content
        # What was renamed here since this very paper came in is still known by its place in it.
        free = draft.id not in self._known or bool(self._again)
        return draft.id if free and draft.id not in self._used else content

    # -- what is on the desk ----------------------------------------------------------------------

    def _of_kind(self, kind: str) -> list[Any]:
        return self._desk.read.many(self._desk.read.ids(kind) + self._desk.read.ids(kind, trash=True))

    def _of_owner(self, owner: str, kind: str) -> list[Any]:
        """Return what belongs to a record, in the Trash or not."""
        living, hidden = (self._desk.read.children(owner, KINDS[kind].cls, hidden=gone) for gone in (False, True))
        return [*living, *hidden]

    def _same_text(self, records: Iterable[Any], field: str, values: dict[str, Any]) -> Iterable[Record]:
        told = _texts(values.get(field))
        said = {*told, *(as_spelt_here(text, self._spelt) for text in told)}
        return (record for record in records if said & set(_texts(getattr(record, field))))

    def _of_ucap(self, kind: str) -> list[Any]:
        if field := _OF_A_UCAP.get(kind):  # one link or several: an id is in itself
            return [r for r in self._all(kind) if self._ucap in (getattr(r, field) or ())]
        return self._parts(self._ucap, kind)

    def _places(self, values: dict[str, Any]) -> Iterable[Record]:
        said = set(place_keys(values.get("name")))
        for place in self._all("place"):
            if place.type == "venue" or (values.get("parent") and place.parent and place.parent != values["parent"]):
                continue
            if said & {*place_keys(place.name), *place_keys({"": place.local_name})}:
                yield place

    def _spelt_otherwise(self, draft: RecordDraft) -> Record | None:
        """Return the partner of a UCAP with the other cities or the themes of this paper whose name differs by letters or by words.

        One letter makes another city of a name in pinyin, so that the themes have to be the same then.
        """
        partners = [d.values for d in self._drafts if d.kind == "ucap_place" and d.values.get("role") == "partner"]
        side = next((each["side"] for each in partners if each["place"] == draft.id), None)
        drafts = {d.id: d for d in self._drafts if d.kind == "place"}
        known = {r.id for each in partners for r in self._places(drafts[each["place"]].values)}
        for ucap in self._all("ucap") if side else ():
            parts: list[Any] = [part for part in self._parts(ucap.id, "ucap_place") if part.role == "partner"]
            shares = self._shares_themes(ucap.id)
            left = [part.place for part in parts if part.side == side and part.place not in known]
            if not shares and not known & {part.place for part in parts}:
                continue
            name = draft.values.get("name")
            found = [place for place in self._desk.read.many(left) if _may_be(place, draft.values)]
            alike = [place for place in found if resembles(getattr(place, "name", None), name)]
            if len(alike) == 1 and (shares or not is_pinyin_name(name)):
                return alike[0]
        return None

    def _shares_themes(self, ucap: str) -> bool:
        """Whether at least half of the themes of the paper, or of the UCAP, are those of the other."""
        here = [set(_texts(theme.name)) for theme in self._parts(ucap, "theme")]
        told = [set(_texts(d.values.get("name"))) for d in self._drafts if d.kind == "theme"]
        shared = sum(any(one & other for other in here) for one in told)
        return shared > 0 and 2 * shared >= min(len(here), len(told))

    def _organisations(self, values: dict[str, Any]) -> Iterable[Record]:
        office = self._office(values.get("name"), values.get("place"))
        for each in self._all("organisation"):
            if each.parent != values.get("parent"):
                continue
            same = office and each.place == values.get("place") and self._office(each.name, each.place) == office
            if same or any(self._same_text([each], "name", values)):
                yield each

    def _office(self, name: Any, place: str | None) -> str:
        """Return the office that a name means, without its place as it is called here and in the paper."""
        here = [getattr(record, "name", None) for record in self._desk.read.many([place] if place else [])]
        told = [d.values.get("name") for d in self._drafts if d.kind == "place" and self._renamed.get(d.id) == place]
        return office_key(name, [text for said in (*here, *told) for text in texts_of(said).values()])

    def _people(self, values: dict[str, Any]) -> Iterable[Record]:
        name, han = (KINDS["person"].fields[each].type.read(values.get(each)) for each in ("name", "name_han"))
        for person in self._all("person"):
            own, own_han = person.name, person.name_han
            latin = own and name and _whole(own) == _whole(name)
            written = own_han and han and (own_han.family, own_han.given) == (han.family, han.given)
            crossed = (both for both in ((han, own), (own_han, name)) if all(both))  # each in one script
            spoken = [own, own_han, name, han].count(None) == 2 and any(is_spelled_whole(*both) for both in crossed)
            apart = person.place and values.get("place") and person.place != values["place"]
            mail = person.email and values.get("email") and person.email.casefold() == values["email"].casefold()
            if ((latin or written or spoken) and not apart) or mail:
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
        themes = self._of_ucap("theme")
        yield from self._same_text(themes, "name", values)
        told = [d.values for d in self._drafts if d.kind == "theme"]
        left = [theme for theme in themes if not any(any(self._same_text([theme], "name", each)) for each in told)]
        for theme in left:
            goals = not theme.sdgs or not values.get("sdgs") or set(theme.sdgs) == set(values["sdgs"])
            renamed = _behind_colon(theme.print) == _behind_colon(values.get("print")) != ""
            if renamed or (goals and resembles(theme.name, values.get("name"))):
                yield theme
        yield from in_other_language(left, "name", told, values)

    def _projects(self, values: dict[str, Any]) -> Iterable[Record]:
        projects = self._of_ucap("pilot_project")
        yield from self._same_text(projects, "title", values)
        themes = set(values.get("themes", ()))
        told = [d.values for d in self._drafts if d.kind == "pilot_project"]
        told = [each for each in told if {self._renamed.get(id_, id_) for id_ in each.get("themes", ())} == themes]
        yield from in_other_language([p for p in projects if set(p.themes or ()) == themes], "title", told, values)

    def _items(self, values: dict[str, Any]) -> Iterable[Record]:
        items = [item for item in self._of_ucap("ucap_item") if item.type == values.get("type")]
        yield from self._same_text(items, "text", values)
        told = [d.values for d in self._drafts if d.kind == "ucap_item" and d.values.get("type") == values.get("type")]
        yield from in_other_language(items, "text", told, values)

    def _visits(self, values: dict[str, Any]) -> Iterable[Record]:
        visits = [v for v in self._of_ucap("visit") if v.travelling_side in (None, values.get("travelling_side"))]
        hosts = set(values.get("host_places", ()))
        visits = [v for v in visits if not hosts or not v.host_places or hosts & set(v.host_places)]
        told = values.get("dates")
        yield from _by_date(visits, attrgetter("dates"), told)
        yield from self._moved(visits, told, values.get("travelling_side"))

    def _moved(self, visits: Sequence[Any], told: str | None, side: str | None) -> Iterable[Record]:
        """Yield the only visit that the paper does not date, where this is its only date that no visit has."""
        drafts = [d.values for d in self._drafts if d.kind == "visit" and d.values.get("dates")]
        dates = [each["dates"] for each in drafts if each.get("travelling_side") in (None, side)]
        dated = partial(_by_date, date_of=attrgetter("dates"))
        left = [v for v in visits if v.dates and not any(any(dated([v], edtf=date)) for date in dates)]
        new = [date for date in dates if not any(dated(visits, edtf=date))]
        fitting = [visit for visit in left if told and may_be_moved(told, visit.dates.edtf)]
        if told in new and sum(any(may_be_moved(date, v.dates.edtf) for v in left) for date in new) == 1:
            yield from only(fitting)

    def _meetings(self, values: dict[str, Any]) -> Iterable[Record]:
        when = (values.get("when") or {}).get("date")
        meetings = self._of_ucap("meeting")
        numbered = [m for m in meetings if m.ordinal and m.ordinal == values.get("ordinal")]
        yield from _by_date(numbered, _held, when)
        yield from self._same_text(meetings, "title", values)
        yield from only([m for m in numbered if when and (day := _held(m)) and may_be_moved(when, day.edtf)])

    def _agenda(self, values: dict[str, Any]) -> Iterable[Record]:
        return self._same_text(self._parts(values.get("owner", ""), "agenda_item"), "title", values)

    def _posts(self, values: dict[str, Any]) -> Iterable[Record]:
        posts = self._parts(values.get("owner", ""), "affiliation")
        return (post for post in posts if post.organisation == values.get("organisation"))

    def _points(self, values: dict[str, Any]) -> Iterable[Record]:
        """Yield the points with the same title: of the very hour, of the same day; of another one where both plans have it once, or once at that place."""
        when, owner = values.get("when") or {}, values.get("owner", "")
        said: list[Any] = list(self._same_text(self._parts(owner, "itinerary_item"), "title", values))
        found = [point for point in said if point.when and point.when.date == when.get("date")]
        told = [d for d in self._drafts if d.kind == "itinerary_item" and self._linked(d.values.get("owner")) == owner]
        again = [d for d in told if set(_texts(d.values.get("title"))) & set(_texts(values.get("title")))]
        if not found and len(said) == len(again) == 1:
            return said  # it was moved
        where = set(_texts(values.get("address")))
        there = [point for point in said if where & set(_texts(point.address))]
        if not found and len(there) == 1 == sum(bool(where & set(_texts(d.values.get("address")))) for d in again):
            return there  # of several it is that of this place
        return sorted(found, key=lambda point: point.when.start != when.get("start"))

    def _parts_taken(self, values: dict[str, Any]) -> Iterable[Record]:
        """Yield the parts of somebody in the same thing: in this role, in another one."""
        parts: list[Any] = self._parts(values.get("owner", ""), "participation")
        same = [part for part in parts if part.role == values.get("role")]
        parts = [*same, *(part for part in parts if part not in same and not part.is_deleted)]
        said = set(_texts(values.get("free_name")))
        for part in parts:
            if (part.person and part.person == values.get("person")) or (said and said & set(_texts(part.free_name))):
                yield part


def _held(meeting: Any) -> PartialDate | None:
    return PartialDate(meeting.when.date) if meeting.when and meeting.when.date else None


def _texts(said: Any) -> list[str]:
    return [folded_nfkc(str(text)) for text in dict(said or {}).values() if text]


def _may_be(place: Any, values: dict[str, Any]) -> bool:
    told = values.get("country")
    return place.type == values.get("type", place.type) and (not told or not place.country or place.country == told)


def _behind_colon(said: str | None) -> str:
    """Return what the words of a theme say behind its name."""
    return folded_nfkc((said or "").partition(":")[2])


def _whole(name: PersonName) -> tuple[str, ...]:
    return tuple(sorted(folded_nfkc(str(name)).replace("-", " ").split()))


def _partners(pairs: Iterable[tuple[Any, Any]]) -> dict[str, set[str]]:
    told = [pair for pair in pairs if all(pair)]
    return {side: {place for where, place in told if where == side} for side in "AB"}


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
