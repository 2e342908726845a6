"""An opened package: its signature checked, its contents ready to be read, its logs those that their authors signed. Nothing is written."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from ucapdesk.base.i18n import Message
from ucapdesk.base.json_text import loads
from ucapdesk.exchange.container import (
    BLOBS,
    CHANGES,
    MANIFEST,
    MIB,
    SIGNATURE,
    Container,
    begins_as_one,
    is_protected,
)
from ucapdesk.exchange.encryption import unprotect
from ucapdesk.exchange.errors import (
    BAD_LINE,
    FORGED_PACKAGE,
    NEWER_PACKAGE,
    NOT_A_NORMAL_PACKAGE,
    PASSPHRASE_OF_PACKAGE,
    DamagedPackage,
)
from ucapdesk.exchange.manifest import (
    BranchLine,
    DeviceLine,
    Manifest,
    NewerFormat,
    NotAManifest,
    Part,
    read,
    signature_fits,
)
from ucapdesk.store.log.changeset import Changeset, Damaged, parse
from ucapdesk.store.log.log import Fork, Log
from ucapdesk.store.merge.branch_merge import BranchMeeting
from ucapdesk.store.workspace.identity import head_is_signed

# A header as we write it, read four times as fast as by the parser; any other goes to the parser.
_HEADER = re.compile(
    rb'\{"d":"([a-z2-7]{16})",.*"n":(\d{1,9}),"p":"[^"\\]*"(?:,"x":"[0-9a-f]{64}")?,"s":(\d{1,15}),"t":\d+'
    rb'(?:,"u":\[[\d,]*\])?(?:,"v":\{[^{}]*\})?,"y":\d+\}'
)


@dataclass(slots=True)
class Reading:
    """The progress of reading a package: its line, its changesets, and how many of these were held before.

    ``branch``: the one that the changeset at hand belongs to, where its device wrote twice under one name.
    """

    line: int = 0
    changesets: int = 0
    known: int = 0
    branch: str = ""


@dataclass(slots=True)
class Package:
    """One opened package. ``name`` is what sentences call it."""

    name: str
    manifest: Manifest
    container: Container

    @property
    def blobs(self) -> list[Part]:
        return [part for part in self.manifest.parts if part.name != CHANGES]

    def changesets(
        self, held: Mapping[str, int], reading: Reading | None = None, also: Collection[tuple[str, int]] = ()
    ) -> Iterator[Changeset]:
        """Yield its changes in order, without those that are held already.

        What is held is passed over unread: the chain of every device goes on from where it stands here to the head that
        the device signed, which shows a different past as well as a changed line does.

        Args:
            held: The highest number held of each device.
            reading: Told how far it is.
            also: Of those that are held the ones to be read all the same, by device and number.

        Raises:
            BAD_LINE, NOT_A_NORMAL_PACKAGE: For what cannot be read.
            DamagedPackage: At the end, where the hash of the whole is wrong.
        """
        reading = reading or Reading()
        part = next((part for part in self.manifest.parts if part.name == CHANGES), None)
        if part is None:
            return
        digest, tree = hashlib.sha256(), self.manifest.tree
        too_long = NOT_A_NORMAL_PACKAGE(file=self.name, reason=Message("package", "a line without end"))
        try:
            lines = _unknown(self.container.lines(CHANGES, digest, too_long), held, reading, also)
            for changeset in parse(lines, loads):
                if reading.branch:
                    if tree.device(reading.branch) != changeset.device:
                        raise Damaged(reading.line)
                    changeset.device = reading.branch
                yield changeset
        except (Damaged, UnicodeDecodeError) as error:
            raise BAD_LINE(file=self.name, line=reading.line) from error
        if digest.hexdigest() != part.sha256:
            raise DamagedPackage(file=self.name)

    def blob(self, part: Part) -> Iterator[bytes]:
        """Yield the bytes of a file in parts of a megabyte. Raises DamagedPackage where they do not match their hash."""
        digest, held = hashlib.sha256(), bytearray()
        for piece in self.container.pieces(BLOBS + part.sha256):
            digest.update(piece)
            held += piece
            while len(held) >= MIB:
                yield bytes(held[:MIB])
                del held[:MIB]
        if digest.hexdigest() != part.sha256:
            raise DamagedPackage(file=self.name)
        if held:
            yield bytes(held)


def _unknown(
    parts: Iterator[list[bytes]], held: Mapping[str, int], reading: Reading, also: Collection[tuple[str, int]]
) -> Iterator[str]:
    """Yield the lines of changesets that are not held. Raises UnicodeDecodeError, which is a ValueError."""
    besides = {(device.encode(), seq) for device, seq in also}
    numbers = {device.encode(): seq for device, seq in held.items()}
    left = at = 0  # rows of the changeset at hand, and the next line of these, which may lie beyond them
    for lines in parts:
        before, end = reading.line, len(lines)
        while at < end:
            line = lines[at]
            at += 1
            if left:
                left -= 1
            else:
                reading.changesets += 1
                branch = line[:16] if line[16:18] == b" {" else b""
                line = line[17:] if branch else line
                found = _HEADER.fullmatch(line)
                device, seq, rows = (found[1], int(found[3]), int(found[2])) if found else _header(line)
                device = branch or device
                if 0 < seq <= numbers.get(device, 0):
                    reading.known += 1
                    if not besides or (device, seq) not in besides:
                        at += rows
                        continue
                reading.branch, left = branch.decode(), rows
            reading.line = before + at
            yield line.decode()
        reading.line, at = before + min(at, end), max(0, at - end)


def _header(line: bytes) -> tuple[bytes, int, int]:
    """Return device, number and row count of a header that another program wrote; unknown values where it is none."""
    try:
        said = loads(line.decode())
        return str(said["d"]).encode(), int(said["s"]), max(0, int(said["n"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return b"", 1, 0


def open_package(file: BinaryIO, name: str, passphrase: str | None = None) -> Package:
    """Open a package and check the signature of its manifest. Raises a ``Refusal``."""
    if is_protected(file):
        file = unprotected(file, name, passphrase)
    container = Container(file, name)
    said = container.read(MANIFEST)
    try:
        manifest = read(said)
    except NewerFormat as error:
        raise NEWER_PACKAGE(file=name, app=error.app) from None
    except NotAManifest:
        raise DamagedPackage(file=name) from None
    if not signature_fits(said, manifest.giver, container.read(SIGNATURE)):
        raise FORGED_PACKAGE(file=name)
    if container.names != {MANIFEST, SIGNATURE, *(part.name for part in manifest.parts)}:
        raise DamagedPackage(file=name)
    return Package(name, manifest, container)


def unprotected(file: BinaryIO, name: str, passphrase: str | None) -> io.BufferedReader:
    """Return a package as it is read with its passphrase. Raises PASSPHRASE_OF_PACKAGE and what ``unprotect`` raises."""
    begins_as_one(file, name)
    if passphrase is None:
        raise PASSPHRASE_OF_PACKAGE(file=name)
    return unprotect(file, passphrase, name)


def check_heads(log: Log, package: Package, held: Mapping[str, int]) -> None:
    """Check that everything a package brought was signed by its author.

    Args:
        log: Which took its changesets in.
        package: What was applied.
        held: The highest number held of each device before.

    Raises:
        DamagedPackage: Something of it is missing.
        FORGED_PACKAGE: Something is not signed, or by another.
        Fork: What is here, or in the package, is another past than the one that was signed.
    """
    for line in _ends(log.workspace, package, lambda line: _held(log, line)):
        raise Fork(line.id, line.head.seq)
    for device in log.devices.values():
        came = device.seq > max(held.get(device.id, 0), device.after)
        if came and device.seq != package.manifest.head.get(device.id):
            raise FORGED_PACKAGE(file=package.name)  # more than its author has put a name to


def _held(log: Log, line: DeviceLine | BranchLine) -> bytes | None:
    device = log.devices.get(line.id)
    return log.chain_at(device, line.head.seq) if device and device.seq >= line.head.seq else None


def check_meeting(meeting: BranchMeeting, package: Package) -> None:
    """Check the same for a package that was read by itself. Raises DamagedPackage or FORGED_PACKAGE."""
    theirs = meeting.theirs.chains

    def chain(line: DeviceLine | BranchLine) -> bytes | None:
        return theirs.get((line.id, line.head.seq)) or meeting.ours.chains.get((line.id, line.head.seq))

    for _ in _ends(meeting.log.workspace, package, chain):
        raise FORGED_PACKAGE(file=package.name)
    if any(seq > package.manifest.head.get(id_, 0) for id_, seq in theirs):
        raise FORGED_PACKAGE(file=package.name)


def _ends(
    workspace: str, package: Package, chain_of: Callable[[DeviceLine | BranchLine], bytes | None]
) -> Iterator[DeviceLine | BranchLine]:
    """Yield those whose log differs from the signed one. Raises DamagedPackage or FORGED_PACKAGE for what is missing or unsigned."""
    tree, keys = package.manifest.tree, {line.id: line.key for line in package.manifest.devices}
    for line in package.manifest.lines:
        if line.head.seq == 0:
            continue
        chain = chain_of(line)
        if chain is None:
            raise DamagedPackage(file=package.name)
        key, head, signed = keys[tree.device(line.id)], line.head, bytes.fromhex(line.head.chain)
        if tree.end(line.id) is None and not head_is_signed(key, head.signature, workspace, head.seq, signed):
            raise FORGED_PACKAGE(file=package.name)
        if chain != signed:
            yield line
