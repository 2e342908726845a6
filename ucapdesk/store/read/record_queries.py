"""The questions by which records are read, made once for each kind: to make one takes longer than to ask it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select, text

from ucapdesk.model.record import Record, mapped


@cache
def by_id(cls: type[Record]) -> Select[Any]:
    """Return the question for records of a kind; ``ids`` is a JSON list of theirs."""
    return select(mapped(cls)).where(cls.id.in_(_listed("ids")))


@cache
def by_owner(cls: type[Record], order: tuple[str, ...]) -> Select[Any]:
    """Return the question for the parts of records; ``owners`` is a JSON list of ids, ``hidden`` 1 for what is in the Trash."""
    columns = mapped(cls).__table__.c
    wanted = select(cls).where(columns.owner.in_(_listed("owners")), text("+is_deleted = :hidden"))
    return wanted.order_by(*(columns[name] for name in order), columns.id)


def _listed(name: str) -> ScalarSelect[Any]:
    return select(func.json_each(bindparam(name)).table_valued("value").c.value).scalar_subquery()
