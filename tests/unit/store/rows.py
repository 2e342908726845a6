"""A database of a workspace whose rows a test writes as it likes, without the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, Table, create_engine

from ucapdesk.base.ids import new_id
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.store.search_index import index_rows
from ucapdesk.store.tables import STATEMENTS


class Rows:
    """Tables of all kinds and the search index, encrypted, written to by hand."""

    def __init__(self, path: Path) -> None:
        def connect() -> Any:
            db = driver.connect(str(path), isolation_level=None, check_same_thread=False)
            db.execute("PRAGMA key=\"x'" + "0b" * 32 + "'\"")
            db.execute("PRAGMA journal_mode=WAL")
            return db

        self.engine: Engine = create_engine("sqlite://", creator=connect, module=driver)
        own = [table for table in Record.metadata.tables.values() if table.name in KINDS]
        Record.metadata.create_all(self.engine, tables=own)
        self.db = connect()
        for statement in STATEMENTS:
            self.db.execute(statement)

    def put(self, kind: str, id_: str | None = None, /, *, hidden: bool = False, **values: Any) -> str:
        """Write a record, given as a person would give it, and index it."""
        id_ = id_ or new_id()
        fields = KINDS[kind].fields
        stored = {name: _stored(kind, name, value) for name, value in values.items()}
        assert stored.keys() <= fields.keys()
        owner = values.get("owner")
        row = {"id": id_, "is_deleted": int(hidden), **stored}
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        self.db.execute(f'INSERT OR REPLACE INTO "{kind}"({columns}) VALUES({marks})', tuple(row.values()))
        heads = '{"~":[1,1]}' if hidden else "{}"
        self.db.execute(
            "INSERT INTO sync_row(id, ent, owner, heads) VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET heads=excluded.heads",
            (id_, kind, owner, heads),
        )
        index_rows(self.db, {kind: {self.number(id_): id_}})
        return id_

    def number(self, id_: str) -> int:
        """The row's number in the log's tables and in the index."""
        return int(self.db.execute("SELECT n FROM sync_row WHERE id=?", (id_,)).fetchone()[0])

    def close(self) -> None:
        """Give the file back."""
        self.db.close()
        self.engine.dispose()


def _stored(kind: str, name: str, value: Any) -> Any:
    type_ = KINDS[kind].fields[name].type
    return type_.store(type_.read(value))


def table(kind: str) -> Table:
    """The table of a kind."""
    found = KINDS[kind].cls.__table__
    assert isinstance(found, Table)
    return found


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    """An empty database."""
    made = Rows(tmp_path / "store.db")
    yield made
    made.close()
