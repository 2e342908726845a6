"""The results of receiving files, and the records kept of them: devices, and what each is known to hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, ntr, tr
from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.exchange import devices
from ucapdesk.exchange.errors import Refusal
from ucapdesk.exchange.manifest import UNSIGNED, Manifest
from ucapdesk.store.desk import Desk
from ucapdesk.store.safety.erase import erased_names, forgotten, holds_a_name, name_hash

APPLIED, KNOWN, WAITING, REFUSED = "applied", "known", "parked", "refused"
DISCARDED = "discarded"  # One that waited and was let go


COPIED = Message(
    "exchange",
    "This workspace had been copied, or put back to an older state. From now on it writes as a new laptop; nothing is lost.",
)
TWICE = Message(
    "exchange",
    "{who} wrote twice under one name: the laptop was copied, or put back to an older state. Both are kept; nothing is lost.",
)
MOST_LINES = 400
MOST_VALUES = 1000  # Maximum number of records of which a preview keeps the written values
NEW, UPDATED, TRASHED, SEPARATED = "new", "updated", "trashed", "separated"


class WrittenRecord(NamedTuple):
    """One record that a package writes.

    Attributes:
        what: new, updated, trashed or separated.
        cells: Those that were written.
        values: What was written into them last, as the log has it; not of all records of a large package.
    """

    kind: str
    id: str
    title: str
    what: str
    cells: tuple[str, ...]
    values: Mapping[str, Json]


@dataclass(slots=True)
class Report:
    """The result for one file; ``manifest`` where it could be read.

    Attributes:
        file: Its name.
        state: applied, known, parked or refused.
        new, updated, trashed: Records, as far as they have a list of their own.
        separated: Merges of two records that were taken back.
        already: Changesets that were here before.
        merged: Texts that were merged by themselves.
        conflicts: Cells that a person must decide.
        kept: Of these whether a record goes to the Trash, which one put there and another went on writing in.
        erased: People whose data is removed for good.
        erasing: What those of them are called that are here.
        gone: Everything that they are called.
        forgetting: Authors whose names are to be forgotten.
        emptied: Titles of records in which what was said of a person whose data is removed was emptied after it.
        dropped: Packages that waited and may hold what it removes: they are dropped.
        left: Where copies still hold what it removes.
        renewed: Whether this laptop had been put back to an older state, and becomes a new one.
        parted: Ids of laptops found to have written twice under one name.
        newer: Whether it holds fields of a newer version, kept until the update.
        ahead: Seconds by which the giver's clock seems to be ahead.
        healed: Lines of the log that were left out on the way here before, and came complete now.
        missing: Files that were damaged on the way; they are asked for again.
        lines: The records it writes, with their new titles; of a preview only, and no more than ``MOST_LINES``.
        alike: Titles of new records that may be duplicates of one here; of a preview only.
        why: Where it is refused.
    """

    file: str
    state: str = APPLIED
    new: int = 0
    updated: int = 0
    trashed: int = 0
    separated: int = 0
    already: int = 0
    merged: int = 0
    conflicts: int = 0
    kept: int = 0
    erased: int = 0
    erasing: tuple[str, ...] = ()
    gone: set[str] = field(default_factory=set)
    forgetting: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    left: UserError | None = None
    renewed: bool = False
    parted: tuple[str, ...] = ()
    newer: bool = False
    ahead: int = 0
    missing: int = 0
    healed: int = 0
    manifest: Manifest | None = None
    lines: tuple[WrittenRecord, ...] = ()
    alike: tuple[str, ...] = ()
    why: UserError | None = None

    def of_laptops(self) -> Iterator[Message]:
        """Yield the messages about laptops that wrote twice under one name, this one or others."""
        if self.renewed:
            yield COPIED
        named = {line.id: line for line in self.manifest.devices} if self.manifest else {}
        for id_ in () if self.renewed else self.parted:
            line = named.get(id_)
            who = " · ".join(filter(None, (line.person, line.label))) if line else ""
            yield replace(TWICE, args={"who": who or id_})

    def say_of_giver(self) -> Iterator[str]:
        """Yield what is worth knowing of the giver's program, clock and files, in sentences."""
        if self.newer:
            yield tr(
                "exchange",
                "It was made with a newer UCAPDesk. What this one does not know yet is kept and shows after an update.",
            )
        if self.ahead:
            yield tr(
                "exchange",
                "The clock of that laptop is ahead of this one: one of the two is wrong. Nothing is lost; times shown may be wrong.",
            )
        if n := len(self.manifest.left_out) if self.manifest else 0:
            yield ntr(
                "exchange",
                "{n} file was left out and can be asked for.",
                "{n} files were left out and can be asked for.",
                n,
            )

    @property
    def written(self) -> int:
        return self.new + self.updated + self.trashed + self.separated

    def say_separated(self) -> str:
        return ntr("exchange", "{n} merged pair separated again", "{n} merged pairs separated again", self.separated)

    @property
    def code(self) -> str | None:
        return self.why.code if isinstance(self.why, Refusal) else None

    def say_healed(self) -> str:
        return ntr(
            "exchange",
            "{n} line that somebody had left out on the way to you is put back.",
            "{n} lines that somebody had left out on the way to you are put back.",
            self.healed,
        )

    def say_consequences(self) -> Iterator[str]:
        """Yield what was emptied and dropped after data of people was removed, and what still holds it, in sentences."""
        if self.emptied:
            yield tr(
                "exchange",
                "What was linked here to a person whose data is removed is emptied too, but stays in the history: {titles}.",
                titles=tr("log", ", ").join(self.emptied),
            )
        if self.dropped:
            yield say_dropped(self.dropped)
        if self.left:
            yield self.left.say()

    def to_json(self) -> dict[str, Json]:
        counted = ("new", "updated", "trashed", "separated", "already", "merged", "conflicts")
        said = {"file": self.file, "state": self.state, "code": self.code}
        return {**said, **{name: getattr(self, name) for name in counted}}


def say_dropped(packages: Sequence[str]) -> str:
    return ntr(
        "exchange",
        "{n} package that waited was dropped, since it may hold what is removed: {names}. Ask its sender for a new one.",
        "{n} packages that waited were dropped, since they may hold what is removed: {names}. Ask their senders for new ones.",
        len(packages),
        names=tr("log", ", ").join(packages),
    )


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


def said_again(kept: str | None) -> str:
    """Return the stored sentence about a file in today's language."""
    if not kept:
        return ""
    why = loads(kept)
    error = UserError(**why["details"])
    error.sentence = why["sentence"]
    return error.say()


def _plain(error: UserError) -> dict[str, Json]:
    return {
        name: value.say("en") if isinstance(value, Message) else value if isinstance(value, int) else str(value)
        for name, value in error.details.items()
    }
