"""Whether the log of a device, after a package was applied, is the one that the device signed."""

from __future__ import annotations

from collections.abc import Mapping

from ucapdesk.exchange.errors import DamagedPackage, ForgedPackage
from ucapdesk.exchange.manifest import DeviceLine
from ucapdesk.exchange.package import Package
from ucapdesk.store.changeset import first_chain, next_chain
from ucapdesk.store.desk import Desk
from ucapdesk.store.identity import head_is_signed
from ucapdesk.store.log import Fork


def check_heads(desk: Desk, package: Package, held: Mapping[str, int]) -> None:
    """Whether everything that a package brought was signed by whoever wrote it.

    Args:
        desk: Inside the transaction that applied the package.
        package: What was applied.
        held: The highest number held of each device before.

    Raises:
        DamagedPackage: Something of it is missing.
        ForgedPackage: Something is not signed, or by another.
        Fork: Two write under one name.
    """
    for line in package.manifest.devices:
        _check_head(desk, package, line, held)
    for device in desk.log.devices.values():
        if device.seq > held.get(device.id, 0) and device.seq != package.manifest.head.get(device.id):
            raise ForgedPackage(file=package.name)  # more than its author has put a name to


def _check_head(desk: Desk, package: Package, line: DeviceLine, held: Mapping[str, int]) -> None:
    if line.head.seq == 0:
        return
    device = desk.log.devices.get(line.id)
    if device is None or device.seq < line.head.seq:
        raise DamagedPackage(file=package.name)
    chain = bytes.fromhex(line.head.chain)
    row = desk.db.execute(
        "SELECT chain FROM sync_changeset WHERE dev = ? AND seq = ?", (device.ord, line.head.seq)
    ).fetchone()
    if not head_is_signed(line.key, line.head.signature, desk.workspace.id, line.head.seq, chain):
        raise ForgedPackage(file=package.name)
    if bytes(row[0]) != chain:
        raise (
            Fork(line.id, line.head.seq)
            if _has_another_past(desk, package, line, held)
            else ForgedPackage(file=package.name)
        )


def _has_another_past(desk: Desk, package: Package, line: DeviceLine, held: Mapping[str, int]) -> bool:
    """Whether the package holds something else under a number that was here before."""
    last = min(held.get(line.id, 0), line.head.seq)
    chain = _chain_at(desk, line.id, package.manifest.base.get(line.id, 0))
    for changeset in package.changesets({}):
        if changeset.device == line.id and changeset.seq <= last:
            chain = next_chain(chain, changeset.lines)
    return _chain_at(desk, line.id, last) != chain


def _chain_at(desk: Desk, device: str, seq: int) -> bytes:
    row = desk.db.execute(
        "SELECT c.chain FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev WHERE d.device_id = ? AND c.seq = ?",
        (device, seq),
    ).fetchone()
    return bytes(row[0]) if row else first_chain(desk.workspace.id, device)
