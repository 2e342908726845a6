"""Whether the log of a device, after a package was applied, is the one that the device signed."""

from __future__ import annotations

from collections.abc import Mapping

from ucapdesk.exchange.errors import DamagedPackage, ForgedPackage
from ucapdesk.exchange.manifest import DeviceLine
from ucapdesk.exchange.package import Package
from ucapdesk.store.changeset import first_chain, next_chain
from ucapdesk.store.identity import head_is_signed
from ucapdesk.store.log import Fork, Log


def check_heads(log: Log, package: Package, held: Mapping[str, int]) -> None:
    """Whether everything that a package brought was signed by whoever wrote it.

    Args:
        log: Which took its changesets in.
        package: What was applied.
        held: The highest number held of each device before.

    Raises:
        DamagedPackage: Something of it is missing.
        ForgedPackage: Something is not signed, or by another.
        Fork: Two write under one name.
    """
    for line in package.manifest.devices:
        _check_head(log, package, line, held)
    for device in log.devices.values():
        if device.seq > held.get(device.id, 0) and device.seq != package.manifest.head.get(device.id):
            raise ForgedPackage(file=package.name)  # more than its author has put a name to


def _check_head(log: Log, package: Package, line: DeviceLine, held: Mapping[str, int]) -> None:
    if line.head.seq == 0:
        return
    device = log.devices.get(line.id)
    if device is None or device.seq < line.head.seq:
        raise DamagedPackage(file=package.name)
    chain = bytes.fromhex(line.head.chain)
    if not head_is_signed(line.key, line.head.signature, log.workspace, line.head.seq, chain):
        raise ForgedPackage(file=package.name)
    if log.chain_at(device, line.head.seq) != chain:
        raise (
            Fork(line.id, line.head.seq)
            if _has_another_past(log, package, line, held)
            else ForgedPackage(file=package.name)
        )


def _has_another_past(log: Log, package: Package, line: DeviceLine, held: Mapping[str, int]) -> bool:
    """Whether the package holds something else under a number that was here before."""
    last = min(held.get(line.id, 0), line.head.seq)
    chain = _chain_at(log, line.id, package.manifest.base.get(line.id, 0))
    for changeset in package.changesets({}):
        if changeset.device == line.id and changeset.seq <= last:
            chain = next_chain(chain, changeset.lines)
    return _chain_at(log, line.id, last) != chain


def _chain_at(log: Log, device: str, seq: int) -> bytes:
    known = log.devices.get(device)
    return log.chain_at(known, seq) if known else first_chain(log.workspace, device)
