"""Undoes a whole receive, as long as it is the newest thing that happened here: the backup is put back."""

from __future__ import annotations

import contextlib

from ucapdesk.base.errors import UserError
from ucapdesk.base.json_text import loads
from ucapdesk.exchange.receive.receive_report import APPLIED
from ucapdesk.store.desk import Desk


def last_receive(desk: Desk) -> str | None:
    """Return the package whose receive can be undone now, by its id."""
    with desk.alone():
        row = desk.db.execute(
            "SELECT bundle_id, head, backup FROM sync_import WHERE state = ? AND backup IS NOT NULL"
            " ORDER BY rowid DESC LIMIT 1",
            (APPLIED,),
        ).fetchone()
        if row is None or loads(row[1]) != desk.log.vector() or _wrote_last(desk):
            return None
        return str(row[0]) if (desk.workspace.backups / row[2]).exists() else None


def _wrote_last(desk: Desk) -> bool:
    """Return whether this laptop itself wrote with the receive: a number once used is never used again."""
    query = "SELECT device_id FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev ORDER BY n DESC LIMIT 1"
    row = desk.db.execute(query).fetchone()
    return row is not None and row[0] == desk.me().device_id


def take_back(desk: Desk, bundle: str) -> None:
    """Restore the workspace to before a package was received. Raises WrittenSinceReceived, with nothing changed."""
    if last_receive(desk) != bundle:
        raise UserError(
            "Something was written after this package was received, so receiving it cannot be undone as a whole. "
            "Nothing was changed; restore single fields from the history of each record.",
            code="written-since-received",
        )
    with desk.alone():
        (name,) = desk.db.execute("SELECT backup FROM sync_import WHERE bundle_id = ?", (bundle,)).fetchone()
        before = set(desk.db.execute("SELECT ent, id FROM sync_row").fetchall())
        with contextlib.closing(desk.workspace.open_copy(desk.workspace.backups / name)) as copy:
            copy.backup(desk.db)
        desk.log.forget()
    desk.publish({(ent, id_) for ent, id_ in before if not ent.startswith("~")}, ["receive.take_back", {}])
