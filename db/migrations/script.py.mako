"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Only add: op.create_table, op.add_column(..., inline_references=True), op.create_index.
    ${upgrades if upgrades else "pass"}
