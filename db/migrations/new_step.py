"""Writes the step that brings the tables to what the declarations of the kinds say: ``make migration NAME="vehicles"``.

The step only adds: tables, columns, indexes. It stays as it was written, whatever becomes of the declarations.
"""

from __future__ import annotations

import re
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.migrations.declared_tables import tables
from ucapdesk.base.paths import migrations
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.database import engine_for

CONSTANTS = Path(database.__file__)
LATE = "DEFERRABLE INITIALLY DEFERRED"
"""Links are checked at the commit: a package may bring a record before the one it names."""
STEP = '''"""{title}

The statements stand beside this file as they were when it was released; they never follow the declarations.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
'''


def lacking(folder: Path) -> list[str]:
    """Return the statements that the steps of a folder lack."""

    def ours(_: object, name: str | None, type_: str, *_rest: object) -> bool:
        return type_ != "table" or name in KINDS

    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Cannot correctly sort tables")  # their links go round in circles
        path = Path(scratch) / "store.db"
        database.migrate(path, folder=folder)
        engine = engine_for(path)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_object": ours})
            changes = compare_metadata(context, tables())
        engine.dispose()
    return [statement for change in changes for statement in _statements(change)]


def _statements(change: Any) -> Iterator[str]:
    """Yield the statements of one difference between tables and declarations."""
    dialect: Any = sqlite.dialect()
    match change:
        case ("add_table", table):
            yield re.sub(r"[ \t]+\n", "\n", str(CreateTable(table).compile(dialect=dialect)).strip()).replace(
                "\t", "    "
            )
            for index in sorted(table.indexes, key=lambda each: str(each.name)):
                yield str(CreateIndex(index).compile(dialect=dialect))
        case ("add_column", _, table, column):
            said = dialect.ddl_compiler(dialect, None).get_column_specification(column)
            links = [f" REFERENCES {key.target_fullname.replace('.', '(')}) {LATE}" for key in column.foreign_keys]
            yield f"ALTER TABLE {table} ADD COLUMN {said}{''.join(links)}"
        case ("add_index", index):
            yield str(CreateIndex(index).compile(dialect=dialect))
        case ("add_fk", _):
            return  # of a column that is added with it
        case _:
            raise ValueError(f"a step only adds, this would change what is there: {change}")


def write_step(name: str, folder: Path | None = None) -> str:
    """Write the step into a folder of steps; return its revision, empty where nothing lacks."""
    folder = folder or migrations()
    statements = lacking(folder)
    if not statements:
        return ""
    revision = f"{int(database.HEAD) + 1:04}"
    file = folder / "versions" / f"{revision}_{re.sub(r'[^a-z0-9]+', '_', name.lower()).strip('_') or 'fields'}"
    file.with_suffix(".sql").write_text("".join(f"{each};\n" for each in statements), encoding="utf-8")
    step = STEP.format(title=f"{name.rstrip('.').capitalize()}.", revision=revision, before=database.HEAD)
    file.with_suffix(".py").write_text(step, encoding="utf-8")
    return revision


def main() -> None:
    """Write the step, and say that it is the newest one."""
    revision = write_step(" ".join(sys.argv[1:]))
    if not revision:
        print("The steps make what the declarations say; there is nothing to write.")
        return
    text = CONSTANTS.read_text(encoding="utf-8")
    text = re.sub(r'^HEAD = "\d+"', f'HEAD = "{revision}"', text, flags=re.MULTILINE)
    text = re.sub(r"^SCHEMA = \d+", f"SCHEMA = {int(revision)}", text, flags=re.MULTILINE)
    CONSTANTS.write_text(text, encoding="utf-8")
    print(f"Wrote step {revision}; look at it, then run tests/unit/store/test_migrate.py.")


if __name__ == "__main__":
    main()
