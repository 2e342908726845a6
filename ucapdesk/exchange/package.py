"""A package that lies in front of us: opened, its signature checked, its contents ready to be read. Nothing is written."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ucapdesk.base.json_text import loads
from ucapdesk.exchange import limits
from ucapdesk.exchange.container import BLOBS, CHANGES, MANIFEST, SIGNATURE, Container, is_protected
from ucapdesk.exchange.errors import (
    BadLine,
    DamagedPackage,
    ForgedPackage,
    NewerPackage,
    NotANormalPackage,
    PassphraseOfPackage,
)
from ucapdesk.exchange.manifest import Manifest, NewerFormat, NotAManifest, Part, read, signature_fits
from ucapdesk.exchange.protect import unprotect
from ucapdesk.store.changeset import Changeset, Damaged, parse


@dataclass(slots=True)
class Package:
    """One opened package. ``name`` is what sentences call it."""

    name: str
    manifest: Manifest
    container: Container

    @property
    def blobs(self) -> list[Part]:
        """The files in it."""
        return [part for part in self.manifest.parts if part.name != CHANGES]

    def changesets(self) -> Iterator[Changeset]:
        """Its changes in their order. Raises BadLine, DamagedPackage or NotANormalPackage, at the end also for a wrong hash."""
        part = next((part for part in self.manifest.parts if part.name == CHANGES), None)
        if part is None:
            return
        digest = hashlib.sha256()
        too_long = NotANormalPackage(file=self.name, reason="a line too long")
        try:
            yield from parse(_hashed(self.container.lines(CHANGES, too_long), digest), loads)
        except Damaged as error:
            raise BadLine(file=self.name, line=error.line) from error
        if digest.hexdigest() != part.sha256:
            raise DamagedPackage(file=self.name)

    def blob(self, part: Part) -> Iterator[bytes]:
        """The bytes of a file in it, in parts of a megabyte. Raises DamagedPackage where they are not what they should be."""
        digest, held = hashlib.sha256(), bytearray()
        for piece in self.container.pieces(BLOBS + part.sha256):
            digest.update(piece)
            held += piece
            while len(held) >= limits.MIB:
                yield bytes(held[: limits.MIB])
                del held[: limits.MIB]
        if digest.hexdigest() != part.sha256:
            raise DamagedPackage(file=self.name)
        if held:
            yield bytes(held)


def _hashed(lines: Iterator[str], digest: hashlib._Hash) -> Iterator[str]:
    for line in lines:
        digest.update(line.encode() + b"\n")
        yield line


def open_package(file: BinaryIO, name: str, passphrase: str | None = None) -> Package:
    """Open a package and check who signed its list of contents. Raises a ``Refusal``."""
    if is_protected(file):
        file = _unprotected(file, name, passphrase)
    container = Container(file, name)
    said = container.read(MANIFEST)
    try:
        manifest = read(said)
    except NewerFormat as error:
        raise NewerPackage(file=name, app=error.app) from None
    except NotAManifest:
        raise DamagedPackage(file=name) from None
    if not signature_fits(said, manifest.giver, container.read(SIGNATURE)):
        raise ForgedPackage(file=name)
    if container.names != {MANIFEST, SIGNATURE, *(part.name for part in manifest.parts)}:
        raise DamagedPackage(file=name)
    return Package(name, manifest, container)


def _unprotected(file: BinaryIO, name: str, passphrase: str | None) -> BinaryIO:
    if passphrase is None:
        raise PassphraseOfPackage(file=name)
    if file.seek(0, 2) > limits.LARGEST_PROTECTED:
        raise NotANormalPackage(file=name, reason=f"{limits.LARGEST_PROTECTED // limits.MIB} MB")
    file.seek(0)
    return io.BytesIO(unprotect(file.read(), passphrase, name))
