"""Laptops that a package tells of and nobody here has met. Invented ones cost whoever tells of them, and not the reader.

Anybody who was accepted can invent keys, and sign with each of them. So a giver may introduce so many and no more: then
their packages wait until a person says that it is right, and everybody else's come in as before.
"""

from __future__ import annotations

from ucapdesk.base.i18n import Message
from ucapdesk.base.json_text import dumps, loads
from ucapdesk.exchange.errors import ManyNewLaptops, NotANormalPackage
from ucapdesk.exchange.manifest import Manifest
from ucapdesk.exchange.package_limits import MOST_LISTED
from ucapdesk.store.desk import Desk

MAX_LAPTOPS_INTRODUCED = 50
"""How many laptops one giver introduces unasked."""
_KEY = "introduced"
"""Under which it is noted who introduced whom: laptops by the giver who is answerable for them."""


def _introduced(desk: Desk) -> dict[str, list[str]]:
    found = desk.db.execute("SELECT v FROM sync_meta WHERE k = ?", (_KEY,)).fetchone()
    return dict(loads(found[0])) if found else {}


def _known(desk: Desk) -> set[str]:
    query = "SELECT device_id FROM sync_device WHERE pubkey IS NOT NULL"
    return {desk.me().device_id, *(id_ for (id_,) in desk.db.execute(query).fetchall())}


def _new(desk: Desk, manifest: Manifest) -> list[str]:
    known = _known(desk) | {manifest.sender.device}
    return [line.id for line in manifest.devices if line.id not in known]


def refuse_many(desk: Desk, manifest: Manifest, file: str, *, accepted: bool) -> None:
    """Raise where a package tells of more laptops than its giver may introduce, or than a workspace holds."""
    new = _new(desk, manifest)
    if (whole := len(_known(desk)) + len(new)) > MOST_LISTED:
        raise NotANormalPackage(file=file, reason=Message("package", "{n} laptops", {"n": whole}))
    count = len(_introduced(desk).get(manifest.sender.device, ())) + len(new)
    if new and not accepted and count > MAX_LAPTOPS_INTRODUCED:
        person, laptop = manifest.sender.person or "—", manifest.sender.label or "—"
        raise ManyNewLaptops(file=file, person=person, laptop=laptop, count=count, most=MAX_LAPTOPS_INTRODUCED)


def note(desk: Desk, manifest: Manifest, *, accepted: bool) -> None:
    """Note who introduced whom, before they are known; nobody is answerable any more for those that a person accepted."""
    giver, introduced = manifest.sender.device, _introduced(desk)
    if accepted:
        introduced.pop(giver, None)
    elif new := _new(desk, manifest):
        introduced[giver] = [*introduced.get(giver, ()), *new]
    desk.db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", (_KEY, dumps(introduced)))


def forget_silent(desk: Desk) -> int:
    """Forget the laptops that never wrote anything nor gave a package here; how many. Each is asked about when it comes."""
    with desk.transaction() as db:
        found = db.execute(
            "SELECT ord, device_id FROM sync_device WHERE seq = 0 AND trust IN ('known', 'new') AND device_id NOT IN"
            " (SELECT from_dev FROM sync_import WHERE from_dev IS NOT NULL) AND device_id <> ?",
            (desk.me().device_id,),
        ).fetchall()
        silent = [ord_ for ord_, id_ in found if id_ not in desk.log.branches.kids]  # parted ones write in branches
        for ord_ in silent:
            db.execute("DELETE FROM sync_peer WHERE dev = ? OR of = ?", (ord_, ord_))
            db.execute("DELETE FROM sync_device WHERE ord = ?", (ord_,))
        desk.log.forget()
    return len(silent)
