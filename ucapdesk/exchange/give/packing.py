"""Writes the parts of a package into a file, and reads that file again as a receiver will."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from ucapdesk.base.errors import UserError
from ucapdesk.base.progress import Progress
from ucapdesk.exchange import package_limits
from ucapdesk.exchange.container import BLOBS, CHANGES, MANIFEST, SIGNATURE
from ucapdesk.exchange.manifest import Manifest, Part, short, signed_part
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import unpack


@dataclass(slots=True)
class Contents:
    """The contents of one package, read at one moment."""

    desk: Desk
    manifest: Manifest
    """In the end as it stands in the file."""
    reader: Any
    files: list[FileRef]
    whole: int

    def bodies(self) -> Iterator[tuple[str, int]]:
        """Yield for each changeset its lines as one text, and how many bytes of the whole that is."""
        before = {branch.id: f"{branch.id} " for branch in self.manifest.branches}
        query = "SELECT device_id, body FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev ORDER BY n"
        for device, body in self.reader.execute(query):
            yield before.get(device, "") + "\n".join(unpack(body)), len(body)


def fill(contents: Contents, file: BinaryIO, progress: Progress) -> None:
    """Write everything; again without compression where a reader would take the first result for a zip bomb."""
    sign = contents.desk.me().sign  # of the giver that the manifest names
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        file.seek(0)
        file.truncate()
        with zipfile.ZipFile(file, "w", method, compresslevel=6) as archive:
            changes, packed, done = _changes(contents, archive, method, progress)
            if package_limits.is_too_dense(changes.size, packed):
                continue
            parts = (changes, *_files(contents, archive, done, progress))
            counts = {**contents.manifest.counts, "files": len(contents.files)}
            contents.manifest = that_may_be_given(replace(contents.manifest, parts=parts, counts=counts))
            said = contents.manifest.to_bytes()
            archive.writestr(_entry(MANIFEST), said)
            archive.writestr(_entry(SIGNATURE, zipfile.ZIP_STORED), sign(signed_part(said)))
        break


def _changes(contents: Contents, archive: zipfile.ZipFile, method: int, progress: Progress) -> tuple[Part, int, int]:
    """Write the changes; return their entry in the manifest, and the bytes written so far."""
    digest, size, done = hashlib.sha256(), 0, 0
    entry = _entry(CHANGES, method)
    with archive.open(entry, "w", force_zip64=False) as out:
        for text, share in contents.bodies():
            data = f"{text}\n".encode()
            size += len(data)
            if size > package_limits.LARGEST_CHANGES:
                raise UserError(
                    "The changes of this workspace are more than {limit} MB: too large for one package. Nothing was "
                    "written and nothing is lost; create a new workspace for further work, and keep this one for reading.",
                    code="too-large-to-give",
                    limit=package_limits.LARGEST_CHANGES // package_limits.MIB,
                )
            out.write(data)
            digest.update(data)
            done += share
            progress(done, contents.whole)
    return Part(CHANGES, size, digest.hexdigest()), entry.compress_size, done


def _files(contents: Contents, archive: zipfile.ZipFile, done: int, progress: Progress) -> Iterator[Part]:
    for ref in contents.files:
        sha256, size = str(ref.sha256), 0
        with archive.open(_entry(BLOBS + sha256, zipfile.ZIP_STORED), "w") as out:
            for piece in contents.desk.workspace.files.parts(sha256):
                out.write(piece)
                size += len(piece)
                progress(done + size, contents.whole)
        done += size
        yield Part(BLOBS + sha256, size, sha256, short(ref.mime))


def _entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # dated 1980: only the manifest tells when the file was made
    entry.compress_type = method
    return entry


def that_may_be_given(manifest: Manifest) -> Manifest:
    """Return the manifest; entries that only tell who has what are cut to the room there is.

    Raises TooManyLaptops or TooLongAList where the rest alone is more than readers take.
    """
    if len(manifest.devices) > package_limits.MOST_LISTED:
        raise UserError(
            "More laptops have written in this workspace than a package can list ({limit} at most). Nothing was "
            "written and nothing is lost; create a new workspace for further work, and keep this one for reading.",
            code="too-many-laptops",
            limit=package_limits.MOST_LISTED,
        )
    for name in ("known", "left_out", "want"):
        while (held := getattr(manifest, name)) and len(manifest.to_bytes()) > package_limits.LARGEST_MANIFEST:
            half = list(held.items() if name == "known" else held)[: len(held) // 2]
            manifest = replace(manifest, **{name: type(held)(half)})
    if len(manifest.to_bytes()) > package_limits.LARGEST_MANIFEST:
        raise UserError(
            "The list of its files is more than {limit} MB: too large for one package. Nothing was written and "
            "nothing is lost; send it without files.",
            code="too-long-a-list",
            limit=package_limits.LARGEST_MANIFEST // package_limits.MIB,
        )
    return manifest
