"""The first tables: all kinds of record, the log, what is derived from it, drafts and the search index.

The numbers before this one were never released; their steps are folded into it.

The statements stand beside this file as they were when it was released; they never follow the declarations.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
