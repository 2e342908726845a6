"""One function per user intent, named like the menu entry; the only way to write. Window and command line call these."""

from __future__ import annotations

from ucapdesk.store.desk import ChangeSet, Desk, Undone

__all__ = ["ChangeSet", "Desk", "Undone"]
