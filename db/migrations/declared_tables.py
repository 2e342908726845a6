"""The tables of all kinds, as their declarations say; steps and tests compare them with what the steps make."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

from ucapdesk.base.paths import migrations
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record, mapped

# Only so that links to "any record" can name their target; the first step is what makes the table.
Table("sync_row", Record.metadata, Column("n", Integer, primary_key=True), Column("id", Text, unique=True))


def tables() -> MetaData:
    """Return the tables of all kinds."""
    for cls in Record.__subclasses__():
        mapped(cls)
    return Record.metadata


def beside_the_kinds() -> list[str]:
    """Return the statements that make all other tables: the log, what is derived from it, exchange, drafts and the search."""
    ground = (migrations() / "versions" / "0003_ground.sql").read_text(encoding="utf-8")
    statements = (each for each in ground.split(";\n") if each)
    return [each for each in statements if each.split("(")[0].split()[2] not in KINDS and " ix_" not in each]
