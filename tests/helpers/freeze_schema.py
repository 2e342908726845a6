"""The statements that make today's tables, for ``db/migrations/versions/0001_ground.sql``.

Until the first release that file is written anew whenever a declaration changes:
``python -m tests.helpers.freeze_schema``. After it, a changed declaration needs a step of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.helpers.source_tree import ROOT
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.store.log import log_tables

FIRST = ROOT / "db" / "migrations" / "versions" / "0001_ground.sql"


def statements() -> str:
    """All of them, one after another, in an order that does not depend on the order of declaration."""
    dialect = sqlite.dialect()
    found = [" ".join(statement.split()) for statement in log_tables.STATEMENTS]
    for name in sorted(KINDS):
        table = Record.metadata.tables[name]
        found.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        found += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return "".join(re.sub(r"[ \t]+\n", "\n", statement).replace("\t", "    ") + ";\n" for statement in found)


def freeze(path: Path = FIRST) -> None:
    """Write them."""
    path.write_text(statements(), encoding="utf-8")


if __name__ == "__main__":
    freeze()
