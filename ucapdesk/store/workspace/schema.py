"""The tables of the kinds, as their declarations say: SQL that makes them, and what a database lacks of it."""

from __future__ import annotations

from collections.abc import Mapping

from ucapdesk.model.kind import Kind
from ucapdesk.store.workspace.connection import Database

CHECKED_LATE = "DEFERRABLE INITIALLY DEFERRED"
"""Links are checked at the commit: a package may bring a record before the one it names."""
OPENING_ORDERS = ("sort_en", "sort_zh", "when", "dates")
"""The columns by which a long list is opened; each has an index."""


RESERVED = frozenset({"when", "group", "order", "to"})
"""Names of columns that are words of SQL."""


def table(kind: Kind) -> str:
    """Return the statement that makes the table of a kind."""
    rules = {"id": " NOT NULL", "is_deleted": " DEFAULT '0' NOT NULL"}
    lines = [f"{_quoted(name)} {column.type.sql}{rules.get(name, '')}" for name, column in kind.cls.columns.items()]
    lines.append("PRIMARY KEY (id)")
    lines += [f"FOREIGN KEY({_quoted(name)}) REFERENCES {to} (id) {CHECKED_LATE}" for name, to in kind.links.items()]
    return f"CREATE TABLE {kind.name} (\n    " + ",\n    ".join(lines) + "\n)"


def indexes(kind: Kind) -> dict[str, str]:
    """Return the statements that make the indexes of a kind, by name: one for each order of a long list and each link."""
    found = {name: f"is_deleted, {_quoted(name)}, id" for name in OPENING_ORDERS if name in kind.cls.columns}
    found |= {name: _quoted(name) for name in kind.links}
    names = {f"ix_{kind.name}_{name}": columns for name, columns in found.items()}
    return {name: f"CREATE INDEX {name} ON {kind.name} ({columns})" for name, columns in sorted(names.items())}


def statements(kind: Kind) -> list[str]:
    """Return the statements that make the table of a kind with its indexes."""
    return [table(kind), *indexes(kind).values()]


def _quoted(name: str) -> str:
    return f'"{name}"' if name in RESERVED else name


def lacking(db: Database, kinds: Mapping[str, Kind]) -> list[str]:
    """Return the statements that bring a database to the declarations; they only add."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    found: list[str] = []
    for name, kind in kinds.items():
        if name not in tables:
            found += statements(kind)
            continue
        there = dict(db.execute(f'SELECT name, type FROM pragma_table_info("{name}")').fetchall())
        links = dict(db.execute(f'SELECT "from", "table" FROM pragma_foreign_key_list("{name}")').fetchall())
        for column, each in kind.cls.columns.items():
            if there.get(column) != each.type.sql or links.get(column, "") != each.target:
                link = f" REFERENCES {each.target} (id) {CHECKED_LATE}" if each.target else ""
                found.append(f"ALTER TABLE {name} ADD COLUMN {_quoted(column)} {each.type.sql}{link}")
        known = {index for (index,) in db.execute(f'SELECT name FROM pragma_index_list("{name}")')}
        found += [sql for index, sql in indexes(kind).items() if index not in known]
    return found
