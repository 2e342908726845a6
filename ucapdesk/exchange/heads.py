"""Whether the log of a device, after a package was applied, is the one that the device signed."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from ucapdesk.exchange.errors import DamagedPackage, ForgedPackage
from ucapdesk.exchange.manifest import DeviceLine
from ucapdesk.exchange.package import Package
from ucapdesk.store.changeset import first_chain, next_chain
from ucapdesk.store.desk import Desk
from ucapdesk.store.identity import head_is_signed
from ucapdesk.store.log import Fork


def check_head(desk: Desk, package: Package, line: DeviceLine, held: Mapping[str, int]) -> None:
    """Raises DamagedPackage where something is missing, ForgedPackage where it is another's, Fork for two under one name.

    Args:
        desk: Inside the transaction that applied the package.
        package: What was applied.
        line: The device, with its signed head.
        held: The highest number held of each device before.
    """
    if line.head.seq == 0:
        return
    device = desk.log.devices.get(line.id)
    if device is None or device.seq < line.head.seq:
        raise DamagedPackage(file=package.name)
    chain = bytes.fromhex(line.head.chain)
    row = desk.db.execute(
        "SELECT chain FROM sync_changeset WHERE dev = ? AND seq = ?", (device.ord, line.head.seq)
    ).fetchone()
    signature = base64.b64decode(line.head.sig)
    if not head_is_signed(line.key, signature, desk.workspace.id, line.head.seq, chain):
        raise ForgedPackage(file=package.name)
    if bytes(row[0]) != chain:
        raise (
            Fork(line.id, line.head.seq)
            if _has_another_past(desk, package, line, held)
            else ForgedPackage(file=package.name)
        )


def _has_another_past(desk: Desk, package: Package, line: DeviceLine, held: Mapping[str, int]) -> bool:
    """Whether the package holds something else under a number that was here before."""
    chain, known = first_chain(desk.workspace.id, line.id), held.get(line.id, 0)
    for changeset in package.changesets({}):
        if changeset.device == line.id:
            chain = next_chain(chain, changeset.lines)
            if changeset.seq == min(known, line.head.seq):
                break
    row = desk.db.execute(
        "SELECT c.chain FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev WHERE d.device_id = ? AND c.seq = ?",
        (line.id, min(known, line.head.seq)),
    ).fetchone()
    return bool(row) and bytes(row[0]) != chain
