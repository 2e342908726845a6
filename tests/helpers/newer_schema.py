"""A step after the newest: what an update of the program brings, for tests of updating and of failing at it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ucapdesk.base.paths import migrations
from ucapdesk.store.workspace import database

STEP = '''
"""A kind, a field, an index and a link more."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("plate", sa.Text),
    )
    op.add_column("meeting", sa.Column("dress_code", sa.Text))
    op.add_column("visit", sa.Column("vehicle", sa.Text, sa.ForeignKey("vehicle.id")), inline_references=True)
    op.create_index("ix_visit_vehicle", "visit", ["vehicle"])
    op.execute("INSERT INTO vehicle(id, plate) SELECT 'v' || n, id FROM sync_row")
    {more}
'''


def next_steps(tmp_path: Path, more: str = "pass") -> tuple[Path, str]:
    """The program's steps and one more: their folder, and the name of the step."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    revision = f"{int(database.HEAD) + 1:04}"
    step = STEP.format(revision=revision, before=database.HEAD, more=more)
    (folder / "versions" / f"{revision}_next.py").write_text(step, encoding="utf-8")
    return folder, revision


def become_newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "pass") -> str:
    """Be, for the rest of the test, the program that knows one step more; its name."""
    folder, revision = next_steps(tmp_path, more)
    monkeypatch.setattr(database, "HEAD", revision)
    monkeypatch.setattr(database, "migrations", lambda: folder)
    return revision
