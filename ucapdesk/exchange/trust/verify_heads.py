"""Checks that the logs in a package are the ones that their authors signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ucapdesk.exchange.errors import DamagedPackage, ForgedPackage
from ucapdesk.exchange.manifest import BranchLine, DeviceLine
from ucapdesk.exchange.package import Package
from ucapdesk.store.log.log import Fork, Log
from ucapdesk.store.merge.branch_merge import BranchMeeting
from ucapdesk.store.workspace.identity import head_is_signed


def check_heads(log: Log, package: Package, held: Mapping[str, int]) -> None:
    """Check that everything a package brought was signed by its author.

    Args:
        log: Which took its changesets in.
        package: What was applied.
        held: The highest number held of each device before.

    Raises:
        DamagedPackage: Something of it is missing.
        ForgedPackage: Something is not signed, or by another.
        Fork: What is here, or in the package, is another past than the one that was signed.
    """
    for line in _ends(log.workspace, package, lambda line: _held(log, line)):
        raise Fork(line.id, line.head.seq)
    for device in log.devices.values():
        came = device.seq > max(held.get(device.id, 0), device.after)
        if came and device.seq != package.manifest.head.get(device.id):
            raise ForgedPackage(file=package.name)  # more than its author has put a name to


def _held(log: Log, line: DeviceLine | BranchLine) -> bytes | None:
    device = log.devices.get(line.id)
    return log.chain_at(device, line.head.seq) if device and device.seq >= line.head.seq else None


def check_meeting(meeting: BranchMeeting, package: Package) -> None:
    """Check the same for a package that was read by itself. Raises DamagedPackage or ForgedPackage."""
    theirs = meeting.theirs.chains

    def chain(line: DeviceLine | BranchLine) -> bytes | None:
        return theirs.get((line.id, line.head.seq)) or meeting.ours.chains.get((line.id, line.head.seq))

    for _ in _ends(meeting.log.workspace, package, chain):
        raise ForgedPackage(file=package.name)
    if any(seq > package.manifest.head.get(id_, 0) for id_, seq in theirs):
        raise ForgedPackage(file=package.name)


def _ends(
    workspace: str, package: Package, chain_of: Callable[[DeviceLine | BranchLine], bytes | None]
) -> Iterator[DeviceLine | BranchLine]:
    """Yield those whose log differs from the signed one. Raises DamagedPackage or ForgedPackage for what is missing or unsigned."""
    tree, keys = package.manifest.tree, {line.id: line.key for line in package.manifest.devices}
    for line in package.manifest.lines:
        if line.head.seq == 0:
            continue
        chain = chain_of(line)
        if chain is None:
            raise DamagedPackage(file=package.name)
        key, head, signed = keys[tree.device(line.id)], line.head, bytes.fromhex(line.head.chain)
        if tree.end(line.id) is None and not head_is_signed(key, head.signature, workspace, head.seq, signed):
            raise ForgedPackage(file=package.name)
        if chain != signed:
            yield line
