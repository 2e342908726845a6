"""Waiting packages: identified by their contents and not by their names, kept within bounds, until they are discarded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from ucapdesk.base.clock import moment
from ucapdesk.base.errors import UserError
from ucapdesk.base.json_text import loads
from ucapdesk.exchange import container
from ucapdesk.exchange.devices import KNOWN, Stranger, stranger
from ucapdesk.exchange.errors import NEWER_PACKAGE, OF_NEW_LAPTOPS, UNKNOWN_LAPTOP
from ucapdesk.exchange.package import open_package
from ucapdesk.exchange.reports import DISCARDED, said_again
from ucapdesk.store.desk import Desk
from ucapdesk.store.workspace.file_store import named_files


class WaitingPackage(NamedTuple):
    """One waiting package.

    Attributes:
        sha256: Of what is kept of it; that is what it goes by.
        file: What it was called.
        person, label: Whose it is, as it says itself.
        size: In bytes.
        since: When it came.
        code, why: What it waits for.
    """

    sha256: str
    file: str
    person: str
    label: str
    size: int
    since: datetime
    code: str
    why: str

    @property
    def name(self) -> str:
        return f"{self.file} ({self.person})" if self.person else self.file

    @property
    def is_strange(self) -> bool:
        return self.code in OF_NEW_LAPTOPS

    @property
    def is_new(self) -> bool:
        return self.code == UNKNOWN_LAPTOP.code

    @property
    def is_trusted(self) -> bool:
        """Whether an accepted laptop gave it; unknown for a newer format."""
        return not self.is_strange and self.code != NEWER_PACKAGE.code


def listed(desk: Desk) -> list[WaitingPackage]:
    """Return all waiting packages, the newest first."""
    rows = desk.ask(
        "SELECT p.sha256, i.file, i.error, p.reason, p.at, d.person, d.label FROM sync_parked p"
        " JOIN sync_import i ON i.bundle_id = p.bundle_id LEFT JOIN sync_device d ON d.device_id = i.from_dev"
        " ORDER BY p.at DESC, p.rowid DESC"
    )
    sizes = desk.workspace.files.sizes([row[0] for row in rows])
    found = []
    for sha256, file, error, code, at, person, label in rows:
        details = loads(error)["details"] if error else {}
        who = str(person or details.get("person") or ""), str(label or details.get("laptop") or "")
        why = said_again(error)
        found.append(WaitingPackage(sha256, file, *who, sizes.get(sha256, 0), moment(at), code or "", why))
    return found


def has_one_of_a_known_laptop(desk: Desk) -> bool:
    """Return whether one waits for its laptop to be accepted, and somebody has vouched for that laptop since."""
    query = (
        "SELECT 1 FROM sync_parked p JOIN sync_import i ON i.bundle_id = p.bundle_id"
        " JOIN sync_device d ON d.device_id = i.from_dev WHERE p.reason = ? AND d.trust = ? AND d.pubkey IS NOT NULL"
    )
    return bool(desk.ask(query, UNKNOWN_LAPTOP.code, KNOWN))


def stranger_of(desk: Desk, sha256: str) -> Stranger:
    """Return the laptop that gave a waiting package; takes as long as ``check_number``. Raises NoSuchWaiting."""
    each = _one(desk, sha256)
    manifest = open_package(desk.workspace.files.open(each.sha256), each.file).manifest
    return stranger(desk, manifest)._replace(why="" if each.is_new else each.why)


def discard(desk: Desk, sha256: str) -> WaitingPackage:
    """Discard one, by its hash or the beginning of it. Raises NoSuchWaiting, also where several begin so."""
    each = _one(desk, sha256)
    _let_go(desk, [each])
    return each


def keep_within_bounds(desk: Desk) -> None:
    """Discard packages that waited too long, and the oldest of accepted laptops where they are too many.

    Those of strangers are refused where there is no more room, so they never take the place of others.
    """
    oldest, kept, size, gone = moment(desk.workspace.clock()) - timedelta(container.WAITS_DAYS), 0, 0, []
    for each in listed(desk):
        if each.since < oldest:
            gone.append(each)
        elif each.is_trusted:
            kept, size = kept + 1, size + each.size
            if kept > 1 and (kept > container.MOST_WAITING or size > container.LARGEST_WAITING):
                gone.append(each)
    if gone:
        _let_go(desk, gone)


def has_room_for_strangers(desk: Desk, size: int, sha256: str) -> bool:
    """Return whether one more package of an unknown laptop is kept, or this one if it waits already."""
    there = [each.size for each in listed(desk) if not each.is_trusted and each.sha256 != sha256]
    return len(there) < container.MOST_STRANGE and sum(there) + size <= container.LARGEST_STRANGE


def _one(desk: Desk, sha256: str) -> WaitingPackage:
    found = [each for each in listed(desk) if sha256 and each.sha256.startswith(sha256.lower())]
    if len(found) != 1:
        raise UserError(
            "No waiting package, or more than one, has an id that begins with “{id}”. Nothing was changed; "
            "“ucapdesk waiting” lists them.",
            code="no-such-waiting",
            id=sha256,
        )
    return found[0]


def _let_go(desk: Desk, gone: list[WaitingPackage]) -> None:
    sql = "UPDATE sync_import SET state = ? WHERE bundle_id IN (SELECT bundle_id FROM sync_parked WHERE sha256 = ?)"
    with desk.transaction() as db:
        for each in gone:
            db.execute(sql, (DISCARDED, each.sha256))
            db.execute("DELETE FROM sync_parked WHERE sha256 = ?", (each.sha256,))
        named = named_files(db, trash=True).keys()
    desk.workspace.files.drop({each.sha256 for each in gone} - named)
