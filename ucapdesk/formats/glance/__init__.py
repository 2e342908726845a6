"""Reads papers of the "UCAP at a glance" family: the table, its meaning, and drafts of records.

``understand(read(path))`` gives everything the paper says; ``drafts(glance)`` gives it as records.
"""

from __future__ import annotations

from ucapdesk.formats.glance.additions import additions
from ucapdesk.formats.glance.gather import missing_labels
from ucapdesk.formats.glance.glance_parts import Glance, GlanceTable, Oddity
from ucapdesk.formats.glance.glance_records import RecordDraft, drafts, glance_id
from ucapdesk.formats.glance.glance_table import assign, read, read_lines
from ucapdesk.formats.glance.oddities import from_plain
from ucapdesk.formats.glance.understand import understand

__all__ = [
    "Glance",
    "GlanceTable",
    "Oddity",
    "RecordDraft",
    "additions",
    "assign",
    "drafts",
    "from_plain",
    "glance_id",
    "missing_labels",
    "read",
    "read_lines",
    "understand",
]
