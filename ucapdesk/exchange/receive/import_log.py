"""The records of received packages: devices, what each is known to hold, and the result for each file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message
from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.exchange.errors import UnknownLaptop
from ucapdesk.exchange.manifest import UNSIGNED, Manifest
from ucapdesk.exchange.receive.receive_report import APPLIED, WAITING, Report
from ucapdesk.exchange.trust import devices
from ucapdesk.store.desk import Desk
from ucapdesk.store.safety.erase import erased_names, forgotten, holds_a_name, name_hash
from ucapdesk.store.workspace.connection import Database


def note_devices(desk: Desk, manifest: Manifest, at: Mapping[bytes, tuple[str, int]], *, own_too: bool = False) -> None:
    """Note the devices a giver vouches for, the signed heads of their logs, and what each holds.

    Args:
        desk: Inside a transaction.
        manifest: Of the package.
        at: On which branches its logs stand here, where these are others than it says.
        own_too: Also of the device that this laptop has been until now, where it goes on as a new one.
    """
    me, now = None if own_too else desk.me().device_id, desk.workspace.clock()
    for line in manifest.devices:
        if line.id == me:
            continue
        device = desk.log.device(line.id)
        desk.db.execute(
            "UPDATE sync_device SET pubkey = ?, first_seen = coalesce(first_seen, ?), succ_of = coalesce(succ_of, ?),"
            " trust = CASE trust WHEN ? THEN ? ELSE trust END WHERE ord = ?",
            (line.key, now, line.succ_of, devices.NEW, devices.KNOWN, device.ord),
        )
        person = "" if _is_forgotten(desk, device.ord, line.person) else line.person
        desk.db.execute(
            "UPDATE sync_device SET person = ?, label = ? WHERE ord = ? AND coalesce(head_seq, -1) < ?",
            (person, line.label, device.ord, line.head.seq),
        )
    _note_heads(desk, manifest, at, me)
    _note_peers(desk, manifest)


def _note_heads(desk: Desk, manifest: Manifest, at: Mapping[bytes, tuple[str, int]], me: str | None) -> None:
    """Note the newest signed head of each log, but of one's own."""
    tree, keys = manifest.tree, {line.id: line.key for line in manifest.devices}
    for each in manifest.lines:
        if each.id != me and each.head.sig != UNSIGNED:
            chain = bytes.fromhex(each.head.chain)
            to = desk.log.device(at[chain][0] if chain in at else each.id)
            desk.db.execute(
                "UPDATE sync_device SET pubkey = ?, head_seq = ?, head_chain = ?, head_sig = ?"
                " WHERE ord = ? AND coalesce(head_seq, -1) < ?",
                (keys[tree.device(each.id)], each.head.seq, chain, each.head.signature, to.ord, each.head.seq),
            )


def _note_peers(desk: Desk, manifest: Manifest) -> None:
    """Note what each device was proved to hold."""
    proved = {**manifest.known, manifest.sender.device: manifest.head}
    ords = {d.id: d.ord for d in desk.log.devices.values()}
    held = ((ords[device], vector) for device, vector in proved.items() if device in ords)
    entries = [(dev, ords[of], seq) for dev, vector in held for of, seq in vector.items() if of in ords]
    sql = "INSERT INTO sync_peer VALUES(?, ?, ?) ON CONFLICT(dev, of) DO UPDATE SET seq = max(seq, excluded.seq)"
    desk.db.executemany(sql, entries)


def _is_forgotten(desk: Desk, ord_: int, name: str) -> bool:
    """Whether a laptop is no longer called by a name: that was asked, and nothing here is still told to be written under it."""
    gone, hashed = forgotten(desk.log), name_hash(name)
    if hashed not in gone.asked or gone.covers(ord_, hashed):
        return hashed in gone.asked
    query = "SELECT 1 FROM sync_changeset WHERE dev = ? AND person = ? LIMIT 1"
    return desk.db.execute(query, (ord_, name)).fetchone() is None


def note_import(desk: Desk, report: Report, sha256: str, copy: str, backup: Path | None = None) -> None:
    """Record the result for a file, replacing any earlier one, and note whether it waits.

    Args:
        desk: Inside a transaction.
        report: The result.
        sha256: Of the file.
        copy: The hash of what is kept of it.
        backup: The copy of the workspace that was made before.
    """
    manifest, db = report.manifest, desk.db
    taken_in = manifest is not None and report.state == APPLIED
    bundle = manifest.bundle_id if taken_in and manifest else copy or sha256
    _call_by_hash(db, bundle, sha256)
    since = db.execute("SELECT min(at) FROM sync_parked WHERE sha256 = ?", (copy,)).fetchone()[0]
    former = db.execute("SELECT bundle_id FROM sync_import WHERE sha256 = ? OR bundle_id = ?", (sha256, bundle))
    for each in former.fetchall():
        db.execute("DELETE FROM sync_import WHERE bundle_id = ?", each)
        db.execute("DELETE FROM sync_parked WHERE bundle_id = ?", each)
    if holds_a_name(report.file, erased_names(desk.log)):
        report = replace(report, file="")
    after = dumps(desk.log.vector()) if report.state == APPLIED else None
    db.execute(
        "INSERT INTO sync_import VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bundle, desk.workspace.clock(), report.file, manifest.sender.device if manifest else None,
            dumps(manifest.base) if manifest else None, after, sha256, report.state, dumps(report.to_json()),
            backup.name if backup and report.state == APPLIED else None,
            dumps({"sentence": report.why.sentence, "details": _plain(report.why)}) if report.why else None,
        ),
    )  # fmt: skip
    if report.state == WAITING:
        values = (bundle, copy, None, report.code, since or desk.workspace.clock())
        db.execute("INSERT INTO sync_parked VALUES(?, ?, ?, ?, ?)", values)


def _call_by_hash(db: Database, bundle: str, sha256: str) -> None:
    """Rename packages that wait since an earlier version from their own name to their hash, so that both files stay."""
    query = (
        "SELECT p.sha256 FROM sync_parked p JOIN sync_import i USING (bundle_id) WHERE bundle_id = ? AND i.sha256 <> ?"
    )
    for (copy,) in db.execute(query, (bundle, sha256)).fetchall():
        for table in ("sync_parked", "sync_import"):
            db.execute(f"UPDATE OR REPLACE {table} SET bundle_id = ? WHERE bundle_id = ?", (copy, bundle))


def said_again(kept: str | None, code: str | None) -> str:
    """Return the stored sentence about a file in today's language; about a new laptop in today's wording."""
    if not kept:
        return ""
    why = loads(kept)
    sentence = (
        UnknownLaptop.sentence if code == UnknownLaptop.code and "{number}" in why["sentence"] else why["sentence"]
    )
    error: type[UserError] = type("Kept", (UserError,), {"sentence": sentence})
    return error(**why["details"]).say()


def _plain(error: UserError) -> dict[str, Json]:
    return {
        name: value.say("en") if isinstance(value, Message) else value if isinstance(value, int) else str(value)
        for name, value in error.details.items()
    }
