"""Groups of fields in the forms of kinds, as their presentation says.

A group only puts fields in order: what it does not name stands at the end of its first group, so a field added to a
kind is in its form without a line here. How a record is filed comes last, for every kind the same.
"""

from __future__ import annotations

from typing import NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.ui.record.presentation import presentation

HIDDEN = ("owner", "pos")


class FieldGroup(NamedTuple):
    """Fields under a heading; the first group of a form has none."""

    key: str
    heading: Message | None
    fields: tuple[KindField, ...]


FILING = ("filing", Message("group", "Filing"), "tags marking notes source source_place")


def is_shown(field: KindField, *, local: bool) -> bool:
    """Return whether a form shows a field. ``local``: with those that stay on this laptop."""
    return field.name not in HIDDEN and not field.meta.machine and (local or not field.meta.local)


def groups_of(kind: Kind, *, local: bool) -> list[FieldGroup]:
    """Return the groups of a kind's form; every visible field stands in one of them, once, but those that its page shows.

    ``local``: with the fields that stay on this laptop.
    """
    titles = [name for name in kind.cls.title_fields if name in kind.fields]
    page = presentation(kind.name)
    names_ = (name for name in dict.fromkeys((*titles, *kind.fields)) if name not in page.on_page)
    free = [name for name in names_ if is_shown(kind.fields[name], local=local)]
    groups = []
    for key, heading, names in (*page.groups, FILING):
        mine = [name for name in names.split() if name in free]
        free = [name for name in free if name not in mine]
        groups.append(FieldGroup(key, heading, tuple(kind.fields[name] for name in mine)))
    first = FieldGroup("", None, tuple(kind.fields[name] for name in free))
    return [first, *(group for group in groups if group.fields)]
