"""The originals of MoUs, counted by language: one column in place of one for each language.

Lines of the log keep the names that were signed; ``store/log/changeset.py`` reads them with those of today.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LANGUAGES = ("de", "en", "es", "it", "zh")


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    counts = ", ".join(f"'{lang}', originals_{lang}" for lang in LANGUAGES)
    run(f"UPDATE agreement SET originals_by_language = NULLIF(json_patch('{{}}', json_object({counts})), '{{}}')")
    for lang in LANGUAGES:
        was, now = f"originals_{lang}", f"originals_by_language.{lang}"
        run(f"UPDATE sync_row SET heads = replace(heads, '\"{was}\":', '\"{now}\":') WHERE ent = 'agreement'")
        run(f"UPDATE sync_conflict SET fld = '{now}' WHERE fld = '{was}'")
        run(f"ALTER TABLE agreement DROP COLUMN {was}")
