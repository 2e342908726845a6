"""A declared kind as the rest of the program reads it: fields, owners, parts, and the field of each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ucapdesk.base.i18n import tr
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.model.codes import code_label
from ucapdesk.model.record import Computed, Field, Record, declared_fields
from ucapdesk.model.rules.sides import NOBODY, SIDES, Sides
from ucapdesk.model.values.cells import CellType, MembersType

NAME_WEIGHT = 3  # Search weight from which on a field is a name: found first, and by its sound


@dataclass(frozen=True, slots=True)
class KindField:
    """One field of a kind."""

    kind: str
    name: str
    meta: Field
    type: CellType[Any]
    # The names of the sides in this field's record; empty in lists of many records.
    sides: Sides = field(default=NOBODY, compare=False)
    stored: bool = True  # False for values that are only computed

    def label(self, lang: str | None = None) -> str:
        said = tr(f"{self.kind}.{self.name}", self.meta.label, lang)
        return said.format(side=self.sides.say(self.meta.of_side, lang)) if self.meta.of_side else said

    def example(self) -> str:
        return tr("typed", self.meta.example) if self.meta.example else ""

    def code_label(self, code: str, lang: str | None = None) -> str:
        """Return the label of one of its codes; a side by its name."""
        named = self.meta.codes == "side" and code in SIDES
        return self.sides.say(code, lang) if named else code_label(self.meta.codes, code, lang)

    @property
    def tells_sides(self) -> bool:
        return bool(self.meta.of_side) or self.meta.codes == "side"

    def among(self, sides: Sides) -> KindField:
        return replace(self, sides=sides)

    @property
    def is_set(self) -> bool:
        """True where its members are rows of their own and the column is derived."""
        return isinstance(self.type, MembersType)

    def links(self, value: Any) -> list[str]:
        """Return the ids of the records that a value links to; none of a field without links."""
        if not self.meta.kinds or not value:
            return []
        return list(value) if self.is_set else [value]

    def value(self, record: Record, today: date) -> Any:
        """Return its value on a day: the entered one, else the one computed from the other fields."""
        entered = getattr(record, self.name) if self.stored else None
        return self.meta.follows(record, today) if self.meta.follows and self._is_empty(entered) else entered

    def is_followed(self, record: Record) -> bool:
        """Return whether its value is computed because none was entered."""
        return self.stored and self.meta.follows is not None and self._is_empty(getattr(record, self.name))

    def _is_empty(self, entered: Any) -> bool:
        return entered is None or (self.is_set and not entered)

    @property
    def by_program(self) -> bool:
        """True where the program alone writes it, when it prints or imports."""
        return self.meta.printed or self.meta.machine


@dataclass(frozen=True)
class Kind:
    """A kind of record. ``fields`` keeps the order of declaration."""

    cls: type[Record]
    name: str
    fields: Mapping[str, KindField]
    children: list[Kind] = field(default_factory=list)
    _places: dict[str, tuple[KindField, str] | None] = field(default_factory=dict)
    # The values that are read like fields but never entered.
    computed: Mapping[str, KindField] = field(default_factory=dict)

    def label(self, lang: str | None = None) -> str:
        return tr("kind", self.cls.label, lang)

    def plural(self, lang: str | None = None) -> str:
        """Return its name for many records, in a language."""
        return tr("kind", self.cls.plural, lang)

    @cached_property
    def shown(self) -> Mapping[str, KindField]:
        """Everything that can be read of a record: the fields, then the computed values."""
        return MappingProxyType({**self.fields, **self.computed})

    @property
    def follows(self) -> tuple[KindField, ...]:
        """The fields whose value is computed, always or where none was entered."""
        return tuple(each for each in self.shown.values() if each.meta.follows)

    @cached_property
    def told(self) -> tuple[KindField, ...]:
        """The computed values that are searched, by their words of the day, which no index holds."""
        return tuple(each for each in self.follows if each.meta.search)

    @cached_property
    def links(self) -> tuple[KindField, ...]:
        """The fields that link to other records, that of the owner too."""
        return tuple(each for each in self.fields.values() if each.meta.kinds)

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """The kinds it can belong to; empty for records that stand on their own."""
        return self.fields["owner"].meta.kinds if "owner" in self.fields else ()

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """The kinds that a record can be data of: what it belongs to, or the person that it is about."""
        return self.fields[self.cls.about].meta.kinds if self.cls.about else self.owners

    @property
    def ordered(self) -> bool:
        return "pos" in self.fields

    @property
    def searched(self) -> tuple[KindField, ...]:
        """The fields whose words the index holds."""
        return tuple(f for f in self.fields.values() if f.meta.search and not f.meta.follows)

    @property
    def names(self) -> tuple[KindField, ...]:
        return tuple(f for f in self.searched if f.meta.search >= NAME_WEIGHT)

    @cached_property
    def indexed(self) -> frozenset[str]:
        """The fields whose change moves a record in searches or in sorted lists."""
        return frozenset({field.name for field in self.searched} | set(self.cls.title_fields))

    @property
    def sets(self) -> tuple[KindField, ...]:
        """The fields whose members are rows of their own."""
        return tuple(f for f in self.fields.values() if f.is_set)

    def place_of(self, cell: str) -> tuple[KindField, str] | None:
        """Return the field of a cell and its key in it; None where this version does not know the cell."""
        try:
            return self._places[cell]
        except KeyError:
            name, _, key = cell.partition(".")
            known = self.fields.get(name)
            if known and (known.is_set or known.meta.local or bool(key) != known.type.keyed):
                known = None  # it has no such cell in the log
            found = self._places[cell] = (known, key) if known else None
            return found

    def make_id(self, values: Mapping[str, Any], otherwise: str = "") -> str:
        """Return the id of a new record: derived where all its identity is given, else ``otherwise``, else random."""
        given = {name: str(values[name]) for name in self.cls.identity if values.get(name) is not None}
        if self.cls.identity and len(given) == len(self.cls.identity):
            return derived_id(*self.cls.derived_name(**given))
        return otherwise or new_id()

    def free_id(self, values: Mapping[str, Any], held: Callable[[str], Mapping[str, Any]], otherwise: str = "") -> str:
        """Return the id of a new record: not a derived one whose living record, told by ``held``, says something else by now."""
        id_ = self.make_id(values, otherwise)
        was = held(id_) if self.cls.identity else {}
        return id_ if not was or self.make_id(was) == id_ else new_id()


def load_kinds(classes: Iterable[type[Record]]) -> Mapping[str, Kind]:
    kinds = {kind.name: kind for kind in map(_read, classes)}
    for kind in kinds.values():
        for name in kinds.keys() & kind.owners:
            kinds[name].children.append(kind)
    return MappingProxyType(kinds)


def _read(cls: type[Record]) -> Kind:
    kind = cls.__tablename__
    fields = {name: KindField(kind, name, each.meta, held) for name, each, held in declared_fields(cls)}
    computed = {
        name: KindField(kind, name, each.meta, Record.type_annotation_map[each.holds], stored=False)
        for name, each in vars(cls).items()
        if isinstance(each, Computed)
    }
    return Kind(cls, kind, MappingProxyType(fields), computed=MappingProxyType(computed))
