"""A database of a workspace whose rows a test writes as it likes, without the log."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine

from db.migrations.declared_tables import beside_the_kinds, tables
from ucapdesk.base.ids import new_id
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.search.full_text import index_rows
from ucapdesk.store.workspace.database import add_functions


def connect(path: Path) -> Any:
    db = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA key=\"x'" + "0b" * 32 + "'\"")
    db.execute("PRAGMA synchronous=OFF")
    add_functions(db)
    return db


@cache
def empty() -> bytes:
    """The file of a database that holds all tables and nothing else; made once, as 36 tables take a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        engine = create_engine("sqlite://", creator=lambda: connect(path), module=driver)
        tables().create_all(engine, tables=[t for t in tables().tables.values() if t.name in KINDS])
        engine.dispose()
        db = connect(path)
        for statement in beside_the_kinds():
            db.execute(statement)
        db.execute("PRAGMA journal_mode=WAL")
        db.close()
        return path.read_bytes()


class Rows:
    """Tables of all kinds and the search index, encrypted, written to by hand."""

    def __init__(self, path: Path, file: bytes = b"") -> None:
        path.write_bytes(file or empty())
        self.engine: Engine = create_engine("sqlite://", creator=lambda: connect(path), module=driver)
        self.db = connect(path)

    def put(self, kind: str, id_: str | None = None, /, *, hidden: bool = False, **values: Any) -> str:
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
        return int(self.db.execute("SELECT n FROM sync_row WHERE id=?", (id_,)).fetchone()[0])

    def close(self) -> None:
        self.db.close()
        self.engine.dispose()


@cache
def filled(fill: Callable[[Rows], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Rows(path := Path(folder) / "store.db")
        fill(made)
        made.close()
        return path.read_bytes()


def _stored(kind: str, name: str, value: Any) -> Any:
    type_ = KINDS[kind].fields[name].type
    return type_.store(type_.read(value))


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    made = Rows(tmp_path / "store.db")
    yield made
    made.close()
