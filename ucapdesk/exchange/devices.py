"""The laptops of a workspace: who they are, how far their logs go, and whether their packages are taken in.

A package by somebody nobody knows yet is taken in only after a person has compared a number by telephone. Whoever is
known vouches for the laptops in his own packages.
"""

from __future__ import annotations

import base64
import os
import platform
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.ids import derived_id
from ucapdesk.exchange.container import MOST_DEVICES
from ucapdesk.exchange.errors import NO_SUCH_DEVICE
from ucapdesk.exchange.manifest import UNSIGNED, BranchLine, DeviceLine, Head, Manifest, short
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.branches import ENTITY
from ucapdesk.store.log.changeset import first_chain
from ucapdesk.store.merge.resolve import settle
from ucapdesk.store.merge.row_state import TRASHED, load_one

CHECK_COST = 2**15  # Cost of scrypt for a check number
ME, KNOWN, NEW, BLOCKED, RETIRED = "me", "known", "new", "blocked", "retired"


class KnownLaptop(NamedTuple):
    """A laptop as it is known here.

    Attributes:
        id: Its id.
        person: Who wrote on it last.
        label: Its name.
        trust: me, known, new, blocked or retired.
        seq: Its last changeset that is held here.
        has: The own last changeset it is known to hold.
        key: Its public key; empty where that is not known.
        twice: Whether it wrote twice under its name: it was copied, or put back to an older state.
    """

    id: str
    person: str
    label: str
    trust: str
    seq: int
    has: int
    key: bytes
    twice: bool = False


class Stranger(NamedTuple):
    """A laptop under the name it gives itself, and the number of its key, which no name can change."""

    device: str
    person: str
    label: str
    number: str
    why: str = ""  # Why it is asked about, where it is not simply new here


def stranger(desk: Desk, manifest: Manifest) -> Stranger:
    """Return the giver of a package; takes as long as ``check_number``."""
    sender = manifest.sender
    return Stranger(sender.device, sender.person, sender.label, check_number(desk.workspace.id, manifest.giver.key))


def described(desk: Desk, device: str) -> Stranger:
    """Return a laptop of this workspace with its number; takes as long as ``check_number``."""
    each = next((each for each in listed(desk) if each.id == device), None)
    if each is None:
        raise NO_SUCH_DEVICE(id=device)
    return Stranger(each.id, each.person, each.label, check_number(desk.workspace.id, each.key) if each.key else "")


def own_label() -> str:
    return platform.node() or platform.system()


@lru_cache(maxsize=1024)
def check_number(workspace: str, public_key: bytes) -> str:
    """Return twelve digits of a laptop's key in a workspace, which two people can compare by telephone.

    Takes some tenths of a second on purpose, so never in the window's thread: who wants a key with the same figures has to
    try a million million of them, each as slowly, and for each workspace anew.
    """
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    salt = f"ucapx1-check{workspace}".encode()
    drawn = Scrypt(salt=salt, length=16, n=CHECK_COST, r=8, p=5).derive(public_key)
    figures = f"{int.from_bytes(drawn, 'big') % 10**12:012d}"
    return " ".join(figures[at : at + 3] for at in range(0, 12, 3))


def check_numbers(desk: Desk, known: Collection[KnownLaptop]) -> dict[str, str]:
    """Return the check numbers of several laptops by id, computed in parallel, without those of unknown keys."""
    keys = [(each.id, each.key) for each in known if each.key]
    with ThreadPoolExecutor(os.cpu_count()) as several:
        numbers = several.map(lambda pair: check_number(desk.workspace.id, pair[1]), keys)
        return dict(zip((id_ for id_, _ in keys), numbers, strict=True))


def own_id(desk: Desk) -> str | None:
    """Return the device that writes here; in a read-only workspace the one that wrote last."""
    if not desk.workspace.read_only:
        return desk.me().device_id
    row = desk.db.execute("SELECT v FROM sync_meta WHERE k = 'me'").fetchone()
    return str(row[0]) if row else None


def listed(desk: Desk) -> list[KnownLaptop]:
    me = own_id(desk)
    with desk.alone():
        own = desk.log.devices[me].ord if me in desk.log.devices else None
        has = dict(desk.db.execute("SELECT dev, seq FROM sync_peer WHERE of = ?", (own,)).fetchall())
        sql = "SELECT ord, device_id, person, label, trust, seq, pubkey FROM sync_device ORDER BY ord"
        rows = desk.db.execute(sql).fetchall()
        tree = desk.log.branches
    gone = retired(desk)
    if me not in {row[1] for row in rows} and not desk.workspace.read_only:  # it has written nothing yet
        rows.append((0, me, None, None, ME, 0, desk.me().public_key))
    found = [
        KnownLaptop(
            id_, one_line(person or (desk.workspace.person if id_ == me else "")), one_line(label or (own_label() if id_ == me else "")), _trust(id_, trust, me, gone), seq, has.get(ord_, 0),
            bytes(key or b""), id_ in tree.kids,
        )
        for ord_, id_, person, label, trust, seq, key in rows
        if id_ not in tree.nodes
    ]  # fmt: skip
    return sorted(found, key=lambda device: device.trust != ME)


def _trust(id_: str, trust: str, me: str | None, gone: Iterable[str]) -> str:
    if id_ == me:
        return ME
    if trust == BLOCKED:
        return trust
    return RETIRED if id_ in gone else KNOWN if trust == ME else trust


def trust_of(desk: Desk, device: str) -> str | None:
    """Return whether packages of a device are received; None for an unknown one."""
    row = desk.db.execute("SELECT trust, pubkey FROM sync_device WHERE device_id = ?", (device,)).fetchone()
    return row[0] if row and row[1] else None


def block(desk: Desk, device: str) -> None:
    """Refuse packages given by a laptop, on this one. Its earlier changes stay."""
    device = _other(desk, device)
    with desk.transaction() as db:
        db.execute("UPDATE sync_device SET trust = ? WHERE device_id = ?", (BLOCKED, device))


def accept(desk: Desk, device: str) -> None:
    device = _other(desk, device)
    with desk.transaction() as db:
        db.execute("UPDATE sync_device SET trust = ? WHERE device_id = ?", (KNOWN, device))


def retire(desk: Desk, device: str) -> None:
    """Tell everybody that a laptop is no longer in use; nobody waits for it any more."""
    device = _other(desk, device)
    with desk.save(["device.retire", {"device": device}]) as work:
        work.rows([(ENTITY, derived_id("device", device), {"device": device, "state": RETIRED, TRASHED: 0})])


def retired(desk: Desk) -> set[str]:
    """Return the laptops that are no longer in use, unless whoever said so took it back."""
    with desk.alone():
        return {device for device in desk.log.devices if _is_retired(desk, device)}


def _is_retired(desk: Desk, device: str) -> bool:
    row = load_one(desk.db, derived_id("device", device))
    if row is None or row.ent != ENTITY or "state" not in row.heads or not desk.merge.liveness.alive(row):
        return False
    return bool(settle(desk.log, row, "state", asked=False, long=False).value == RETIRED)


def _other(desk: Desk, said: str) -> str:
    """Return another laptop by its id or the beginning of it. Raises NotYourself, and NoSuchDevice also where several begin so."""
    own, known = desk.me().device_id, desk.log.devices
    found = [said] if said in known else [each for each in {own, *known} if said and each.startswith(said.lower())]
    if len(found) != 1:
        raise NO_SUCH_DEVICE(id=said)
    if found[0] == own:
        raise UserError(
            "This is the laptop you are working on. Nothing was changed; block or retire it on another one.",
            code="not-yourself",
        )
    return found[0]


def lines(desk: Desk) -> list[DeviceLine]:
    """Return every device whose work is held, and this one, each with its signed head."""
    me, store, log = desk.me(), desk.workspace.id, desk.log
    rows = desk.db.execute(
        "SELECT device_id, pubkey, person, label, succ_of FROM sync_device"
        " WHERE pubkey IS NOT NULL AND device_id <> ? ORDER BY ord",
        (me.device_id,),
    ).fetchall()
    found = [
        DeviceLine(id_, _b64(key), short(person), short(label), head, succ)
        for id_, key, person, label, succ in rows
        if id_ not in log.branches.nodes and (head := _head(desk, id_))
    ]
    silent = [line for line in found if not line.head.seq]
    found = [line for line in found if line.head.seq]
    found += silent[: max(0, MOST_DEVICES - 1 - len(found))]
    own = desk.log.devices.get(me.device_id)
    seq, chain = (own.seq, own.chain) if own else (0, first_chain(store, me.device_id))
    head = Head(seq, chain.hex(), _b64(me.sign_head(store, me.device_id, seq, chain)))
    who = short(desk.workspace.person), short(own_label())
    noted = desk.db.execute("SELECT succ_of FROM sync_device WHERE device_id = ?", (me.device_id,)).fetchone()
    succ_of = (noted and noted[0]) or me.succ_of
    return [DeviceLine(me.device_id, _b64(me.public_key), *who, head, succ_of), *found]


def branches(desk: Desk) -> list[BranchLine]:
    """Return the branches of laptops that wrote twice under one name, each after what it goes on from."""
    tree = desk.log.branches
    ids = [id_ for device in sorted(tree.parted()) for id_ in tree.of_device(device)[1:]]
    return [BranchLine(id_, *tree.nodes[id_], head) for id_ in ids if (head := _head(desk, id_))]


def _head(desk: Desk, id_: str) -> Head | None:
    """Return the signed head of a device or branch, or where it ends; None for one known by name only."""
    end = desk.log.branches.end(id_)
    if end is not None:
        return Head(end, desk.log.chain_at(desk.log.devices[id_], end).hex(), UNSIGNED)
    query = "SELECT head_seq, head_chain, head_sig FROM sync_device WHERE device_id = ? AND head_sig IS NOT NULL"
    row = desk.db.execute(query, (id_,)).fetchone()
    return Head(row[0], bytes(row[1]).hex(), _b64(row[2])) if row else None


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
