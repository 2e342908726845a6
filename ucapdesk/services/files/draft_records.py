"""Drafts of records on their way into the desk: what is new, what they fill in, where they differ; written in one save.

Also told is what is on record where another edition of a list could name it, and does not: a point called off, somebody
replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import tr
from ucapdesk.base.json_text import Json, as_lines
from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.model.kinds import KINDS, KindField
from ucapdesk.model.kinds.partnership_kinds import Country
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Participation
from ucapdesk.model.record import Record
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, Quantity, When
from ucapdesk.services.files.paper_identity import as_spelt_here, identified, names_here, undated
from ucapdesk.services.records.history import is_taken_back
from ucapdesk.services.records.records import titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

TRASH = "trash"  # Stands for a field where a record of the paper is in the Trash here
# Fields that tell of a paper and of the order in it, not of what it is about.
OF_ORDER = ("pos", "source", "source_place", "reference")
PRINTS = ("print", "references_print", "cities_print", "countries_print", "visits_print", "places_print", "label_text")
OF_OUR_WORDS = (*PRINTS, "surname_capitals", "title")  # Fields that hold the words of one paper, or are made of them
DAYS = ("dates", "when")
OF_A_SIDE = ("place", "ucap_side")  # Kinds that hold the same figures of a partner
# Kinds whose values do not come from the paper: names of countries, and the source file.
OF_OUR_OWN = ("country", "source_document")

_PLAIN_QUOTES = str.maketrans("’‘ʼ“”", "'''\"\"")  # Signs in which a text may differ from a paper without a question


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose value here differs from the paper; the value here stays.

    ``also``: the same difference in other records, decided with this one.
    """

    kind: str
    id: str
    field: str
    here: Json
    file: Json
    also: tuple[Difference, ...] = ()

    @property
    def name(self) -> str:
        return self.field.partition(".")[0]


@dataclass(slots=True)
class DraftRecords:
    """One file on its way into the desk: its drafts under their ids here, what is new, filled in, or different."""

    made: list[RecordDraft]
    again: bool
    new: list[RecordDraft] = dataclass_field(default_factory=list)
    fills: dict[str, dict[str, Any]] = dataclass_field(default_factory=dict)
    differs: list[Difference] = dataclass_field(default_factory=list)

    @classmethod
    def of(cls, desk: Desk, drafts: Sequence[RecordDraft], here: str = "") -> DraftRecords:
        """Return drafts under the ids of the records that are the same on this desk, not settled yet; arguments as of ``identified``."""
        return cls(*identified(desk, drafts, here))

    @property
    def has_news(self) -> bool:
        return bool(self.new or self.fills)


def settle(desk: Desk, papers: Sequence[DraftRecords]) -> None:
    """Tell what is new in papers, what they fill in, and where they differ from the records here."""
    known = {record.id: record for record in desk.read.many([draft.id for paper in papers for draft in paper.made])}
    known = {id_: record for id_, record in known.items() if not (record.is_deleted and is_taken_back(desk, id_))}
    met = set(known)
    for paper in papers:
        paper.new = [draft for draft in paper.made if draft.id not in met]
        paper.again = paper.again and not any(draft.kind == "source_document" for draft in paper.new)
        met |= {draft.id for draft in paper.made}
        there = [draft for draft in paper.made if draft.id in known and not is_listed(desk, draft)]
        if not paper.again:
            paper.fills = {draft.id: fills for draft in there if (fills := _fills(known[draft.id], draft))}
        places = [d for d in there if d.kind == "place"]
        names = names_here((d.values.get("name"), getattr(known[d.id], "name", None)) for d in places)
        taken = {
            (id_, f"{name}.{lang}" if lang else name)
            for id_, fills in paper.fills.items()
            for name, value in fills.items()
            for lang in (value if isinstance(value, Bilingual) else ("",))
        }
        found = _differences((known[draft.id], draft) for draft in there)
        told = [
            d for d in found if (d.id, d.field) not in taken and d.name not in OF_ORDER and not _is_spelling(d, names)
        ]
        paper.differs = told if paper.again else list(_asked(paper.made, told))


def _is_spelling(told: Difference, names: Mapping[str, str]) -> bool:
    """Whether texts differ by the spelling of a place alone, which is asked once, of the place."""
    if (told.kind, told.name) == ("place", "name") or not names:
        return False
    texts = isinstance(told.here, str) and isinstance(told.file, str)
    return texts and as_spelt_here(str(told.file), names) == as_spelt_here(str(told.here), {})


def _asked(made: Sequence[RecordDraft], told: Sequence[Difference]) -> Iterator[Difference]:
    """Yield the differences that are questions: no titles of ours, no prints, and those that are one fact as one."""
    moved = {each.id for each in told if (each.kind, each.field) == ("visit", "dates")}
    within = {d.id: str(visit) for d in made if d.kind == "meeting" and (visit := d.values.get("visit")) in moved}
    dated = {each.id for each in told if each.name in DAYS}
    along = [each for each in told if each.id in dated and _gives_the_day(each)]
    asks = (each for each in told if each not in along and _is_question(each))
    asked = grouped((_fact(each, within), each) for each in (*asks, *along))
    for first, *others in asked.values():
        yield replace(first, also=tuple(others))


def _is_question(told: Difference) -> bool:
    """Return whether a difference is asked about: no words of ours but the title of a point, nor the role of whoever a list gives none."""
    of_our_words = told.name in OF_OUR_WORDS and (told.kind, told.name) != ("itinerary_item", "title")
    return not of_our_words and (told.kind, told.name, told.file) != ("participation", "role", "delegate")


def _gives_the_day(told: Difference) -> bool:
    """Return whether a title differs by nothing but the day that it names, as that of a visit without any other."""
    here, there = str(told.here or ""), str(told.file or "")
    return told.name == "title" and here != there and bool(undated(here) != here and undated(here) == undated(there))


def _fact(told: Difference, within: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a difference is about: a meeting is on the days of its visit, a side has the figures of its city."""
    if told.name in DAYS or _gives_the_day(told):
        return "days", within.get(told.id, told.id)
    if told.kind in OF_A_SIDE:
        return told.field, str(told.here), str(told.file)
    return told.kind, told.id, told.field


def _fills(record: Record, draft: RecordDraft) -> dict[str, Any]:
    """Return the values of a paper for what is empty here; of a text the languages that it lacks."""
    if record.is_deleted or draft.kind in OF_OUR_OWN:
        return {}
    found: dict[str, Any] = {}
    for name, told in values_of(draft).items():
        here = getattr(record, name)
        if isinstance(told, Bilingual):
            if missing := {lang: text for lang, text in told.items() if not (here or {}).get(lang)}:
                found[name] = Bilingual(missing)
        elif _adds(KINDS[draft.kind].fields[name], here, told):
            found[name] = told
    return {name: value for name, value in found.items() if name not in OF_ORDER}


def _adds(field: KindField, here: Any, told: Any) -> bool:
    """Whether a value of a paper takes nothing away: of an empty field, or with more links than are here."""
    if here is None or here == "" or (field.is_set and not here):
        return True
    return field.is_set and bool(field.meta.kinds) and set(here) < set(told)


def write_drafts(desk: Desk, work: Save, paper: DraftRecords) -> None:
    """Write what is new and what is filled in; what differs is kept with the source, as questions."""
    for draft in paper.new:
        values = values_of(draft)
        if draft.kind == "source_document":
            values["imported"] = PartialDate(today(desk.workspace.clock).isoformat())
        if draft.kind == "source_document" and paper.differs:
            owners = {each.id: str(owner) for each in paper.made if (owner := each.values.get("owner"))}
            values["oddities"] = _with_differences(str(draft.values.get("oddities") or "[]"), paper.differs, owners)
        work.new(KINDS[draft.kind].cls, draft.id, **values)
    kinds = {draft.id: draft.kind for draft in paper.made}
    for id_, fills in paper.fills.items():
        record = work.get(KINDS[kinds[id_]].cls, id_)
        work.edit(id_, {name: _joined(getattr(record, name), value) for name, value in fills.items()})


def _joined(here: Any, told: Any) -> Any:
    """Return a value that fills in; a text joins the other languages, of which all that was said holds."""
    if not isinstance(told, Bilingual) or not here:
        return told
    for lang, text in told.items():
        here = here.put(lang, text)
    return here


def _with_differences(oddities: str, differs: Sequence[Difference], owners: Mapping[str, str]) -> str:
    """Return the oddities of a source with what it says otherwise than the records: questions that stay with it."""
    kept = json.loads(oddities)
    for each in differs:
        args: dict[str, Any] = {"here": _shown(each.here), "file": _shown(each.file)} | _cell_of(each)
        args |= {"also": [_cell_of(other) for other in each.also]} if each.also else {}
        args |= {"owner": owners[each.id]} if each.id in owners else {}
        kept.append({"code": "differs", "row": "", "args": args})
    return as_lines(kept)


def _cell_of(told: Difference) -> dict[str, Json]:
    return {"kind": told.kind, "id": told.id, "field": told.field, "was": told.here, "there": told.file}


def _shown(value: Json) -> Json:
    plain = value is None or isinstance(value, str | int)
    return value if plain else json.dumps(value, ensure_ascii=False)


def is_listed(desk: Desk, draft: RecordDraft) -> bool:
    """Return whether a record comes from a list every workspace has, and nobody wrote into it."""
    return draft.kind == Country.__tablename__ and desk.read.only_of_the_program(draft.id)


def say_trashed(desk: Desk, id_: str) -> str:
    """Return why a record that a file names again is not taken in."""
    if desk.read.is_erased(id_):
        return tr("import", "All data of this record was removed for good.")
    return tr("import", "It is in the Trash here.")


def values_of(draft: RecordDraft) -> dict[str, Any]:
    return {name: KINDS[draft.kind].fields[name].type.read(value) for name, value in draft.values.items()}


def _differences(pairs: Iterable[tuple[Record, RecordDraft]]) -> Iterator[Difference]:
    for record, draft in pairs:
        if record.is_deleted:
            yield Difference(draft.kind, draft.id, TRASH, here=True, file=False)
        elif draft.kind not in OF_OUR_OWN:
            for name, value in values_of(draft).items():
                yield from _different(record, KINDS[draft.kind].fields[name], value)


def _as_exact(told: When, here: When) -> When:
    """Return a time as a paper tells it, with the zone that no paper names, and with the hours where it names the day alone."""
    if told.date == here.date and not told.start:
        told = replace(told, start=here.start, end=here.end, end_date=told.end_date or here.end_date)
    return replace(told, tz=told.tz or here.tz, end_tz=told.end_tz or here.end_tz)


def _says_the_same(here: Any, told: Any) -> bool:
    """Whether two values are one; of figures their words do not count, nor a year that only one of them names.

    A list names people without telling which part of a name is which.
    """
    if isinstance(here, PersonName) and isinstance(told, PersonName):
        return str(here).casefold() == str(told).casefold()
    if isinstance(here, Quantity) and isinstance(told, Quantity):
        same = (here.value, here.is_ == "not_available") == (told.value, told.is_ == "not_available")
        return same and (here.year == told.year or None in (here.year, told.year))
    return bool(here == told)


def _different(record: Record, field: KindField, told: Any) -> Iterator[Difference]:
    """Yield the cells of a field that differ from the paper, in the paper's own languages."""
    here = getattr(record, field.name)
    if isinstance(here, When) and isinstance(told, When):
        told = _as_exact(told, here)
    if field.is_set and field.meta.kinds and set(told) <= set(here or ()):
        return  # the paper names fewer of them, which takes none away
    if isinstance(told, Bilingual):
        for lang, text in told.items():
            if str((here or {}).get(lang) or "").translate(_PLAIN_QUOTES) != text.translate(_PLAIN_QUOTES):
                yield Difference(field.kind, record.id, f"{field.name}.{lang}", (here or {}).get(lang), text)
    elif (set(here or ()) != set(told)) if field.is_set else not _says_the_same(here, told):
        yield Difference(field.kind, record.id, field.name, field.type.plain(here), field.type.plain(told))


_OF_LISTS = {"itinerary_item": ItineraryItem, "participation": Participation}


def not_named(desk: Desk, drafts: Sequence[RecordDraft]) -> tuple[tuple[str, str, str], ...]:
    """Return as oddities the points and participants on record that the drafts of a list, which has others of them, do not name."""
    found = list(_not_named(desk, drafts))
    said = titles(desk, [record.id for record in found])
    what = tr("import", "It is on record, and not in this file.")
    done = tr("import", "It stays until you move it to the Trash.")
    return tuple((_called(record, said[record.id]), what, done) for record in found)


def _called(record: Any, title: str) -> str:
    if not isinstance(record, ItineraryItem):
        return title
    when = KINDS["itinerary_item"].fields["when"]
    return f"{say(when, record.when)}: {title}"


def _not_named(desk: Desk, drafts: Sequence[RecordDraft]) -> Iterator[Any]:
    named = {draft.id for draft in drafts}
    known = {record.id for record in desk.read.many(list(named)) if not record.is_deleted}
    told = grouped(((d.kind, d.values["owner"]), d) for d in drafts if d.kind in _OF_LISTS)
    for (kind, owner), of_owner in told.items():
        again = any(draft.id in known for draft in of_owner) or (owner in named and owner in known)
        others = [record for record in desk.read.children(owner, _OF_LISTS[kind]) if record.id not in named]
        left = [record for record in others if _could_be(record, [draft.values for draft in of_owner])]
        if again and len(left) <= len(of_owner):  # a list that only tells of some is no other edition
            yield from left


def _could_be(record: Any, told: Sequence[dict[str, Any]]) -> bool:
    """Return whether a record is among those that a list tells: on its day, where it is of one only, and for its groups; of its roles and sides."""
    if isinstance(record, ItineraryItem):
        days = {values["when"]["date"] for values in told}
        of_group = not record.group or record.group in {values.get("group") for values in told}
        day = record.when.date if record.when else None
        return bool(day and (len(days) > 1 or day in days) and of_group)
    return any((values.get("role"), values.get("side")) == (record.role, record.side) for values in told)
