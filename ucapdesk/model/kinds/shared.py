"""Rows that serve other records: links between look-alikes, and the members of sets."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.model.record import Ordered, Record, field, owner


class SameAs(Record):
    """Two records that are one thing, or (``differs``) that were found not to be."""

    label, plural = "Same-as link", "Same-as links"
    title_fields: ClassVar[tuple[str, ...]] = ("a",)
    called_after: ClassVar[bool] = True
    identity: ClassVar[tuple[str, ...]] = ("a", "b")

    @classmethod
    def derived_name(cls, **identity: str) -> tuple[str, ...]:
        """``smaller id|greater id``, so that both directions make one row."""
        return tuple(sorted(identity.values()))

    a: Mapped[str | None] = field("One record", column=True, needed=True)
    b: Mapped[str | None] = field("The other record", column=True, needed=True)
    differs: Mapped[bool | None] = field("Not the same", column=True)


class Member(Ordered, Record):
    """One member of one set of one record. ``role`` is the set's field, ``member`` a code, a word or an id."""

    label, plural = "Member", "Members"
    reserved: ClassVar[bool] = True
    title_fields: ClassVar[tuple[str, ...]] = ("member",)
    identity: ClassVar[tuple[str, ...]] = ("owner", "role", "member")

    owner: Mapped[str | None] = owner("*")
    role: Mapped[str | None] = field("Set")
    member: Mapped[str | None] = field("Member")
