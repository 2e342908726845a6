"""One change of many records as one step: a tag, a status or a link for all of them. Members of a set stay.

Before anything is written, ``effects`` tells for every record what it would become.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import say as say_value
from ucapdesk.model.values import Bilingual, FileRef
from ucapdesk.model.values.groups import GroupType
from ucapdesk.services.records.records import Changes, change_within
from ucapdesk.store.desk import Desk

# Add to a set, remove from a set, set always, set only where empty, clear.
ADD, TAKE, SET, FILL, EMPTY = "add", "take", "set", "fill", "empty"
NAMED_IN_LABEL = 50  # Maximum number of records that the log's label names; the changeset itself names all


@dataclass(frozen=True, slots=True)
class Bulk:
    field: KindField
    how: str
    value: Any

    def __call__(self, current: Any) -> Any:
        if self.how == EMPTY:
            return self.field.type.load(None)
        if self.how == ADD:
            return current.plus(*self.value)
        if self.how == TAKE:
            return current.minus(*self.value)
        if isinstance(self.value, Bilingual):
            return self._texts(current or Bilingual())
        return current if self.how == FILL and is_filled(current) else self.value

    def _texts(self, current: Bilingual) -> Bilingual:
        for lang, text in self.value.items():
            if self.how == SET or lang not in current:
                current = current.put(lang, text)
        return current


class Effect(NamedTuple):
    id: str
    title: str
    before: str
    after: str


def ways(field: KindField) -> tuple[str, ...]:
    """Return the ways in which a field of many records can be changed; adding comes first."""
    return (ADD, TAKE) if field.is_set else (SET, FILL, EMPTY)


def fields_of(kind: Kind) -> list[KindField]:
    """Return the fields that can be changed in many records: tags and links first, then as declared."""
    found = [each for each in kind.fields.values() if not (each.meta.owner or each.meta.local or each.name == "pos")]
    found = [each for each in found if not each.by_program]
    found = [each for each in found if not (isinstance(each.type, GroupType) and each.type.cls is FileRef)]
    first = ("tags", "status", "visit", "ucap", "ucaps")
    return sorted(found, key=lambda each: first.index(each.name) if each.name in first else len(first))


def effects(desk: Desk, ids: Sequence[str], bulk: Bulk) -> list[Effect]:
    records = [record for record in desk.read.many(ids) if kind_of(record).name == bulk.field.kind]
    pairs = [(record.id, getattr(record, bulk.field.name)) for record in records]
    changed = [(id_, old, new) for id_, old in pairs if (new := bulk(old)) != old]
    links = {link for _, *both in changed for value in both for link in bulk.field.links(value)}
    titles = desk.read.titles({*links, *(id_ for id_, _, _ in changed)}, language())

    def said(value: Any) -> str:
        return say_value(bulk.field, value, None, lambda id_: titles.get(id_) or id_)

    label = KINDS[bulk.field.kind].label()
    return [Effect(id_, titles.get(id_) or label, said(old), said(new)) for id_, old, new in changed]


def say(desk: Desk, bulk: Bulk, n: int) -> str:
    """Return the change in a sentence: ``12 records: add Tags “energy”``."""
    titles = desk.read.titles(bulk.field.links(bulk.value), language())
    value = say_value(bulk.field, bulk.value, None, lambda id_: titles.get(id_) or id_)
    label = bulk.field.label()
    if bulk.how == ADD:
        return ntr("bulk", "{n} record: add “{value}” to {field}", "{n} records: add “{value}” to {field}", n,
                   field=label, value=value)  # fmt: skip
    if bulk.how == TAKE:
        return ntr("bulk", "{n} record: remove “{value}” from {field}", "{n} records: remove “{value}” from {field}", n,
                   field=label, value=value)  # fmt: skip
    if bulk.how == EMPTY:
        return ntr("bulk", "{n} record: empty {field}", "{n} records: empty {field}", n, field=label)
    return ntr("bulk", "{n} record: set {field} to “{value}”", "{n} records: set {field} to “{value}”", n,
               field=label, value=value)  # fmt: skip


def way_label(how: str) -> str:
    return {
        ADD: tr("bulk", "Add"),
        TAKE: tr("bulk", "Remove"),
        SET: tr("bulk", "Set and replace"),
        FILL: tr("bulk", "Set where empty"),
        EMPTY: tr("bulk", "Empty"),
    }[how]


def change(desk: Desk, ids: Sequence[str], bulk: Bulk, *, progress: Progress = untold) -> int:
    wanted = {effect.id: {bulk.field.name: FieldChange(bulk.field, [bulk])} for effect in effects(desk, ids, bulk)}
    edit_many(desk, wanted, progress=progress)
    return len(wanted)


def edit_many(desk: Desk, changes: Mapping[str, Changes], *, progress: Progress = untold) -> None:
    """Change several records, by id, as one step; none of them where one change fails."""
    if not changes:
        return
    label: list[Any] = ["records.edit", {"n": len(changes)}]
    if len(changes) <= NAMED_IN_LABEL:
        label[1]["ids"] = list(changes)
    with desk.save(label) as work:
        for done, (id_, each) in enumerate(changes.items(), 1):
            change_within(desk, work, id_, each)
            progress(done, len(changes))
