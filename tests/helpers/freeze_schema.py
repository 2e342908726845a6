"""The statements that make today's tables, for ``db/migrations/versions/0001_ground.sql``.

Until the first release that file is written anew whenever a declaration changes:
``python -m tests.helpers.freeze_schema``. After it, a changed declaration needs a step of its own.
"""

from __future__ import annotations

from pathlib import Path

from tests.helpers.source_tree import ROOT
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.log import log_tables
from ucapdesk.store.workspace import schema

FIRST = ROOT / "db" / "migrations" / "versions" / "0001_ground.sql"


def statements() -> str:
    """All of them, one after another, in an order that does not depend on the order of declaration."""
    found = [" ".join(statement.split()) for statement in log_tables.STATEMENTS]
    found += [statement for name in sorted(KINDS) for statement in schema.statements(KINDS[name])]
    return "".join(statement + ";\n" for statement in found)


def freeze(path: Path = FIRST) -> None:
    """Write them."""
    path.write_text(statements(), encoding="utf-8")


if __name__ == "__main__":
    freeze()
