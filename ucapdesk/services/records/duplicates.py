"""Duplicates: records that are one thing. Merge them, mark them as different, separate them again, and find candidates.

Merging rewrites nothing. Both records stay as they were written and are read as one: the first of them is listed,
what it does not say is read from the other, and links to either lead to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from ucapdesk.base.clock import local_time, moment
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, dotted, language, ntr, tr
from ucapdesk.base.pinyin import latin_words
from ucapdesk.model.dates.formatting import say_day
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.paper_kinds import SameAs
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import Names, say
from ucapdesk.model.values import Bilingual, HanName, PartialDate
from ucapdesk.services.records import records
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.duplicate_records import APART, LOOKED_AT, SAME, Alike, Sames, joined_field
from ucapdesk.store.read.duplicate_records import alike as find_alike
from ucapdesk.store.read.history_in_words import titles_in
from ucapdesk.store.save import Save
from ucapdesk.store.workspace.database import driver_of

__all__ = ["Alike"]

NEAR = 30  # How many search hits are compared with a shown record
REASONS: Mapping[str, Message] = {
    "email": Message("same", "same e-mail address"),
    "phone": Message("same", "same telephone number"),
    "account": Message("same", "same WeChat account"),
    "website": Message("same", "same website"),
    "han": Message("same", "same name in characters"),
    "name": Message("same", "same name"),
    "sound": Message("same", "names that sound alike"),
    "similar": Message("same", "similar names"),
}


class ComparedField(NamedTuple):
    """The values of one field in two records, in the reader's words."""

    field: str
    label: str
    a: str
    b: str

    @property
    def differ(self) -> bool:
        return bool(self.a and self.b and self.a != self.b)


def can_be_same(kind: Kind) -> bool:
    """Return whether records of a kind can be merged: those that stand on their own and are no shared list."""
    return kind.name in LISTED and not kind.owners and not kind.cls.identity


# -- saying ---------------------------------------------------------------------------------------


def say_same(desk: Desk, a: str, b: str, *, keep: Collection[str] = ()) -> str:
    """Merge two records; return the id of the one that is shown from now on.

    Args:
        desk: The workspace.
        a: One record.
        b: The other.
        keep: Fields of which the value of the record that will not be shown is taken over.

    Raises:
        NotOfOneKind, OneRecord, PartOfSomething, NoSuchRecord, InTrash: With nothing changed.
    """
    one, other = _two(desk, records.shown(desk, a), records.shown(desk, b))
    shown, hidden = sorted((one, other), key=lambda record: record.id)
    with desk.save(["same.link", {"id": shown.id, "other": hidden.id}]) as work:
        _link(work, shown.id, hidden.id, differs=False)
        kind = kind_of(shown)
        for name in keep:
            taken = joined_field(kind.fields[name], [getattr(hidden, name), getattr(shown, name)])
            setattr(work.get(kind.cls, shown.id), name, taken)
    return shown.id


def say_different(desk: Desk, a: str, b: str) -> None:
    """Mark two records as different; they are no longer offered, and merged ones are separated."""
    _two(desk, a, b, again=True)
    own = KINDS[SAME].make_id({"a": a, "b": b})
    parted = [link for link in _links_between(desk, a, b) if link != own]
    with desk.save(["same.differ", {"id": a, "other": b}]) as work:
        for link in parted:
            work.trash(link)
        _link(work, a, b, differs=True)


def undo_same(desk: Desk, id_: str, other: str) -> None:
    """Separate merged records without marking them as different. Raises NotOne."""
    links = _links_between(desk, id_, other)
    if not links:
        raise UserError(
            "“{a}” and “{b}” are not marked as the same, so there is nothing to separate. Nothing was changed.",
            code="not-one",
            a=records.title_or_id(desk, id_),
            b=records.title_or_id(desk, other),
        )
    with desk.save(["same.part", {"id": id_, "other": other}]) as work:
        for link in links:
            work.trash(link)


def _two(desk: Desk, a: str, b: str, *, again: bool = False) -> tuple[Record, Record]:
    """Return two living records of one kind. ``again``: they may be merged already."""
    one, other = (records.living(desk, id_) for id_ in (a, b))
    names = records.titles(desk, [a, b])
    if type(one) is not type(other):
        kinds = {"kind_a": kind_of(one).label(), "kind_b": kind_of(other).label()}
        raise UserError(
            "“{a}” ({kind_a}) and “{b}” ({kind_b}) are of different kinds, so they cannot be the same. Nothing was changed.",
            code="not-of-one-kind",
            a=names.get(a, ""),
            b=names.get(b, ""),
            **kinds,
        )
    if a == b or (not again and records.shown(desk, a) == records.shown(desk, b)):
        raise UserError(
            "“{title}” was named twice. Nothing was changed; name the two records that are the same.",
            code="one-record",
            title=names.get(a) or a,
        )
    if not can_be_same(kind_of(one)):
        raise UserError(
            "Only independent records can be marked as the same, and “{title}” ({kind}) is part of another. "
            "Nothing was changed.",
            code="part-of-something",
            title=names.get(a) or a,
            kind=kind_of(one).label(),
        )
    return one, other


def _link(work: Save, a: str, b: str, *, differs: bool) -> None:
    first, second = sorted((a, b))
    link = work.new(SameAs, a=first, b=second)
    link.differs = differs


def _links_between(desk: Desk, a: str, b: str) -> list[str]:
    """Return the links that merge two records: the one between them; where others do so too, all those of the second."""
    whole = desk.read.sames().whole(a)
    if b not in whole:
        return []
    links = desk.read.page(SameAs, desk.read.ids(SAME))
    said = [link for link in links if not link.differs and {link.a, link.b} <= set(whole)]
    direct = [link for link in said if {link.a, link.b} == {a, b}]
    if b not in Sames((link.a or "", link.b or "") for link in said if link not in direct).whole(a):
        return [link.id for link in direct]
    return [link.id for link in said if b in (link.a, link.b)]


def merged_then(desk: Desk, seen: Mapping[str, int]) -> Sames:
    """Return what was merged for somebody who had seen the changes of laptops up to some numbers; for nobody what ever was."""
    links = desk.read.page(SameAs, [*desk.read.ids(SAME), *desk.read.ids(SAME, trash=True)])
    told = [
        [each for each in desk.history(link.id) if not seen or each.seq <= seen.get(each.device, 0)] for link in links
    ]
    said = [[each.label[0] for each in done][-1 if seen else 0 :] for done in told]
    return Sames(
        [(link.a or "", link.b or "") for link, labels in zip(links, said, strict=True) if "same.link" in labels]
    )


# -- looking --------------------------------------------------------------------------------------


def find(desk: Desk, among: Collection[str] | None = None) -> list[Alike]:
    """Return possible duplicates among people, organisations and places, the surest first. ``among``: see ``store.read.duplicate_search``."""
    with desk.workspace.readers.connect() as connection:
        return find_alike(driver_of(connection), among)


def find_of(desk: Desk, id_: str) -> list[Alike]:
    record: Any = records.get(desk, id_)
    kind = kind_of(record)
    if kind.name not in LOOKED_AT or record.is_deleted:
        return []
    said = [getattr(record, name, None) for name in ("name", "name_han", "email", "website", "acronym")]
    words = [text for each in said if each for text in (each.values() if isinstance(each, Bilingual) else [str(each)])]
    words += [sound] if isinstance(said[1], HanName) and (sound := latin_words(said[1].joined)[0]) else []
    near = {hit.id for text in words for hit in desk.read.search(text, kinds=[kind.name], limit=NEAR)}
    with desk.workspace.readers.connect() as connection:
        return find_alike(driver_of(connection), [id_], only=[*near, *desk.read.sames().of(id_)])


def concerned(desk: Desk, written: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the written records as kind and id; for a merge link the record shown."""
    links = desk.read.page(SameAs, [id_ for kind, id_ in written if kind == SAME])
    shown = {records.shown(desk, link.a) for link in links if link.a}
    told = {(kind_of(record).name, record.id) for record in desk.read.many(sorted(shown))}
    return frozenset({each for each in written if each[0] != SAME} | told)


def others(desk: Desk, id_: str) -> list[str]:
    """Return the living records that somebody merged with this one; a part is one with others as what it belongs to is."""
    kind = KINDS.get(desk.read.kind_of(id_) or "")
    return [each for each in desk.read.sames().of(id_) if each != id_] if kind and can_be_same(kind) else []


def reasons(alike: Alike) -> str:
    return tr("log", ", ").join(REASONS[each].say() for each in alike.why if each in REASONS)


def beside(desk: Desk, a: str, b: str, lang: str | None = None) -> list[ComparedField]:
    """Return the values of two records side by side, each as written; fields empty in both are left out.

    Rows without a field tell what else helps: who created it, its parts, how often it is linked to.
    """
    found = desk.read.apart([a, b])
    if len(found) < 2:
        return []
    lang, kind = lang or language(), kind_of(found[0])
    name = titles_in(desk, lang)
    rows = [ComparedField("", tr("same", "Recorded by"), *(_recorded(desk, each.id) for each in found))]
    rows += [
        ComparedField(
            field.name, field.label(lang), *(_said(field, getattr(each, field.name), lang, name) for each in found)
        )
        for field in kind.fields.values()
        if field.name not in APART and not field.meta.local
    ]
    rows += _parts_beside(desk, kind, [each.id for each in found], lang)
    return [row for row in rows if row.a or row.b]


def _recorded(desk: Desk, id_: str) -> str:
    first = next(iter(desk.history(id_)), None)
    if first is None:
        return ""
    day = say_day(PartialDate(f"{local_time(moment(first.time)):%Y-%m-%d}"), language())
    return dotted(first.person or "—", day)


def _parts_beside(desk: Desk, kind: Kind, ids: Sequence[str], lang: str) -> list[ComparedField]:
    """Return the parts of two records that are not merged yet, and how often others link to each."""
    if records.shown(desk, ids[0]) == records.shown(desk, ids[1]):
        return []
    owned = [records.children(desk, id_) for id_ in ids]
    titles = records.titles(desk, [part.id for each in owned for of in each.values() for part in of], lang)
    rows = []
    for part in kind.children:
        a, b = (tr("log", ", ").join(titles.get(one.id) or "—" for one in each.get(part.name, ())) for each in owned)
        rows.append(ComparedField("", part.plural(lang), a, b))
    used = (len(desk.read.referring(id_)) for id_ in ids)
    said = (ntr("same", "in {n} record", "in {n} records", n) if n else "" for n in used)
    return [*rows, ComparedField("", tr("same", "Named"), *said)]


def _said(field: KindField, value: Any, lang: str, name: Names) -> str:
    if isinstance(value, Bilingual):
        return " / ".join(dict.fromkeys(value.values()))
    return "" if value is None or value == () else say(field, value, lang, name)
