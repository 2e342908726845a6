"""Desks in memory for plain examples: Ana, Bo and Chen, who pass files to one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.property.world import TestDesk, pass_on
from ucapdesk.base.ids import new_id
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual


@pytest.fixture
def ana() -> Iterator[TestDesk]:
    desk = TestDesk("ana")
    yield desk
    desk.close()


@pytest.fixture
def bo() -> Iterator[TestDesk]:
    desk = TestDesk("bo")
    yield desk
    desk.close()


@pytest.fixture
def chen() -> Iterator[TestDesk]:
    desk = TestDesk("chen")
    yield desk
    desk.close()


def meet(*desks: TestDesk) -> None:
    """Everybody gives everybody everything, until nothing is new."""
    for _ in range(2):
        for giver in desks:
            pass_on(giver, *(d for d in desks if d is not giver))


def add(desk: TestDesk, cls: type[Record], id_: str | None = None, **values: Any) -> str:
    with desk.save(["record.add", {}]) as save:
        return save.new(cls, id_, **values).id


def put(desk: TestDesk, id_: str, **values: Any) -> None:
    with desk.save(["record.edit", {}]) as save:
        save.edit(id_, values)


def title(desk: TestDesk, id_: str, **texts: str) -> None:
    with desk.save(["record.edit", {}]) as save:
        record: Any = save.get(KINDS[kind_of(desk, id_)].cls, id_)
        for lang, text in texts.items():
            record.title = (record.title or Bilingual()).put(lang, text)


def trash(desk: TestDesk, id_: str) -> None:
    with desk.save(["record.trash", {}]) as save:
        save.trash(id_)


def untrash(desk: TestDesk, id_: str) -> None:
    with desk.save(["record.restore", {}]) as save:
        save.untrash(id_)


def kind_of(desk: TestDesk, id_: str) -> str:
    return str(desk.db.execute("SELECT ent FROM sync_row WHERE id = ?", (id_,)).fetchone()[0])


def hidden(desk: TestDesk, id_: str) -> bool:
    return bool(desk.db.execute(f'SELECT is_deleted FROM "{kind_of(desk, id_)}" WHERE id = ?', (id_,)).fetchone()[0])


def shown(desk: TestDesk, id_: str, field: str) -> Any:
    kind = KINDS[kind_of(desk, id_)]
    stored = desk.db.execute(f'SELECT "{field}" FROM "{kind.name}" WHERE id = ?', (id_,)).fetchone()[0]
    return kind.fields[field].type.load(stored)


__all__ = ["ana", "bo", "chen", "new_id"]
