"""Writing a package: everything this workspace holds, in one file that is read back before it gets its name.

The complete log is given each time, so a file that never arrives costs nothing: the next one holds it all.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from ucapdesk import __version__
from ucapdesk.base.clock import moment
from ucapdesk.base.ids import new_id
from ucapdesk.base.json_text import dumps
from ucapdesk.exchange import devices, limits
from ucapdesk.exchange.container import BLOBS, CHANGES, MANIFEST, SIGNATURE, Container
from ucapdesk.exchange.errors import CouldNotGive, NotWhatWasWritten, Refusal, TooBigToProtect
from ucapdesk.exchange.manifest import LeftOut, Manifest, Part, Sender, Vector, signed_part
from ucapdesk.exchange.protect import protect
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.attachments import named_files
from ucapdesk.store.changeset import unpack
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import AlreadyThere, DiskFull, told
from ucapdesk.store.folder import sync_folder
from ucapdesk.store.migrate import SCHEMA

SUFFIX = ".ucapx"
WRITING, DONE, FAILED = "writing", "done", "failed"
Progress = Callable[[int, int], None]
"""Told of bytes done and of the whole. Raising in it cancels, and no file is left."""


@dataclass(frozen=True, slots=True)
class Given:
    """A package that was written and read back."""

    file: Path
    bundle_id: str
    changesets: int
    files: int
    left_out: int
    size: int


@dataclass(slots=True)
class _Contents:
    """What goes into one package, seen at one moment."""

    manifest: Manifest
    reader: Any
    blobs: list[FileRef]
    whole: int
    changesets: int = 0


def package_name(desk: Desk) -> str:
    """A name that says whose it is and of when; nothing is ever read from it."""
    words = [re.sub(r"[^\w.-]+", "-", word)[:40].strip("-") for word in (desk.workspace.name, desk.workspace.person)]
    return "_".join(filter(None, ["UCAP", *words, f"{moment(desk.workspace.clock()):%Y%m%d-%H%M%S}"])) + SUFFIX


def give(
    desk: Desk, target: Path, *, files: bool = True, passphrase: str | None = None, progress: Progress | None = None
) -> Given:
    """Write a package.

    Args:
        desk: Whose changes are given.
        target: The new file, or a folder for one with a name of ours.
        files: Whether the bytes of attachments go with it.
        passphrase: Protects it.
        progress: Told of bytes.

    Raises:
        AlreadyThere: A file is never written over.
        CouldNotGive: The medium went away or is full. No half file is left.
        TooBigToProtect: More than 200 MB with a passphrase.
    """
    target = (target / package_name(desk) if target.is_dir() else target).absolute()
    if target.exists():
        raise AlreadyThere(path=target)
    sweep(desk)
    with _contents(desk, files=files) as contents:
        _note(desk, contents.manifest, target)
        try:
            size, digest = _written(desk, contents, target, passphrase, progress or (lambda _done, _whole: None))
        except BaseException:
            _close_note(desk, contents.manifest.bundle_id, FAILED)
            raise
    _close_note(desk, contents.manifest.bundle_id, DONE, size, digest)
    m = contents.manifest
    return Given(target, m.bundle_id, contents.changesets, len(contents.blobs), len(m.left_out), size)


def sweep(desk: Desk) -> None:
    """Remove what a program that was ended left of a package."""
    with desk.alone():
        left = desk.db.execute("SELECT bundle_id, file FROM sync_export WHERE state = ?", (WRITING,)).fetchall()
    for bundle, file in left:
        with contextlib.suppress(OSError):
            _part_name(Path(file)).unlink(missing_ok=True)
        _close_note(desk, bundle, FAILED)


def _part_name(target: Path) -> Path:
    return target.with_name(target.name + ".part")


# -- what goes into it ------------------------------------------------------------------------------


@contextlib.contextmanager
def _contents(desk: Desk, *, files: bool) -> Iterator[_Contents]:
    """Everything of one moment: a reader that stays there, and what the manifest says of it."""
    connection = desk.workspace.readers.raw_connection()
    try:
        reader: Any = connection.driver_connection
        with desk.alone():
            reader.execute("BEGIN")
            changes = reader.execute("SELECT coalesce(sum(length(body)), 0) FROM sync_changeset").fetchone()[0]
            manifest = _manifest(desk, desk.log.vector())
            named = named_files(reader)
            known = _known(desk)
        here = [named[sha] for sha in desk.workspace.files.newest_first() if sha in named]
        blobs = _that_fit(here, limits.LARGEST_PACKAGE * 9 // 10 - changes) if files else []
        left = [LeftOut(ref.sha256 or "", ref.size or 0, ref.name or "") for ref in here if ref not in blobs]
        want = tuple(sorted(named.keys() - {ref.sha256 for ref in here}))
        manifest = _with(manifest, known=known, want=want, left_out=tuple(left))
        yield _Contents(manifest, reader, blobs, changes + sum(ref.size or 0 for ref in blobs))
    finally:
        with contextlib.suppress(Exception):
            connection.rollback()
        connection.close()


def _that_fit(files: list[FileRef], room: int) -> list[FileRef]:
    """The first of them, as many as one package may hold."""
    sizes = itertools.accumulate(ref.size or 0 for ref in files)
    return [ref for ref, so_far in zip(files, sizes, strict=True) if so_far <= room]


def _manifest(desk: Desk, head: Vector) -> Manifest:
    listed = devices.lines(desk)
    me = listed[0]
    time = f"{moment(desk.workspace.clock()):%Y-%m-%dT%H:%M:%SZ}"
    sender = Sender(me.id, me.person, me.label, __version__, SCHEMA, time)
    return Manifest(new_id(), desk.workspace.id, desk.workspace.name, sender, {}, head, tuple(listed))


def _with(manifest: Manifest, **changes: Any) -> Manifest:
    return replace(manifest, **changes)


def _known(desk: Desk) -> dict[str, Vector]:
    """What everybody is proved to hold, as far as it is known here."""
    found: dict[str, Vector] = {}
    query = (
        "SELECT d.device_id, o.device_id, p.seq FROM sync_peer p JOIN sync_device d ON d.ord = p.dev"
        " JOIN sync_device o ON o.ord = p.of WHERE p.seq > 0 ORDER BY p.dev, p.of"
    )
    for device, of, seq in desk.db.execute(query):
        found.setdefault(device, {})[of] = seq
    return found


# -- writing ----------------------------------------------------------------------------------------


def _written(
    desk: Desk, contents: _Contents, target: Path, passphrase: str | None, progress: Progress
) -> tuple[int, str]:
    """Write under a temporary name, read back, rename. Size and hash of the file."""
    part = _part_name(target)
    whole = contents.whole
    try:
        with told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        if passphrase is None:
            with told(target), part.open("wb+") as file:
                _fill(desk, contents, file, progress)
                _to_disk(file)
        else:
            data = protect(_in_memory(desk, contents, progress), passphrase)
            whole = len(data)
            with told(target), part.open("wb+") as file:
                file.write(data)
                _to_disk(file)
        digest = _read_back(part, contents.manifest if passphrase is None else data)
        if target.exists():
            raise AlreadyThere(path=target)
        size = part.stat().st_size
        part.replace(target)
        sync_folder(target.parent)
        return size, digest
    except (OSError, DiskFull) as error:
        done = part.stat().st_size if part.exists() else 0
        raise CouldNotGive(path=target, done=_mb(done), whole=_mb(max(whole, done))) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _mb(size: int) -> str:
    return f"{size / 10**6:.1f}"


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):  # what is read back comes from the medium then, not from memory
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _in_memory(desk: Desk, contents: _Contents, progress: Progress) -> bytes:
    """A protected workspace leaves no plain copy on any disk."""
    if contents.whole > limits.LARGEST_PROTECTED:
        raise TooBigToProtect(limit=limits.LARGEST_PROTECTED // limits.MIB)
    file = io.BytesIO()
    _fill(desk, contents, file, progress)
    return file.getvalue()


def _fill(desk: Desk, contents: _Contents, file: BinaryIO, progress: Progress) -> None:
    done = 0
    parts: list[Part] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        digest, size = hashlib.sha256(), 0
        with archive.open(_entry(CHANGES), "w", force_zip64=False) as out:
            for (body,) in contents.reader.execute("SELECT body FROM sync_changeset ORDER BY n"):
                data = ("\n".join(unpack(body)) + "\n").encode()
                out.write(data)
                digest.update(data)
                size += len(data)
                contents.changesets += 1
                done += len(body)
                progress(done, contents.whole)
        parts.append(Part(CHANGES, size, digest.hexdigest()))
        for ref in contents.blobs:
            sha256, size = str(ref.sha256), 0
            with archive.open(_entry(BLOBS + sha256, zipfile.ZIP_STORED), "w") as out:
                for piece in desk.workspace.files.parts(sha256):
                    out.write(piece)
                    size += len(piece)
                    progress(done + size, contents.whole)
            done += size
            parts.append(Part(BLOBS + sha256, size, sha256, ref.mime or ""))
        counts = {"changesets": contents.changesets, "files": len(contents.blobs)}
        contents.manifest = _with(contents.manifest, parts=tuple(parts), counts=counts)
        said = contents.manifest.to_bytes()
        archive.writestr(_entry(MANIFEST), said)
        archive.writestr(_entry(SIGNATURE, zipfile.ZIP_STORED), desk.me().sign(signed_part(said)))


def _entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # of 1980: the file says nothing of when it was made but what the manifest does
    entry.compress_type = method
    return entry


def _read_back(part: Path, expected: Manifest | bytes) -> str:
    """Whether the file holds what was meant to be written; its hash."""
    digest = hashlib.sha256()
    with part.open("rb") as file:
        while piece := file.read(limits.MIB):
            digest.update(piece)
        if isinstance(expected, bytes):
            if digest.digest() != hashlib.sha256(expected).digest():
                raise NotWhatWasWritten(path=part.parent)
            return digest.hexdigest()
        try:
            package = Container(file, part.name)
            for each in expected.parts:
                held = hashlib.sha256()
                for piece in package.pieces(each.name):
                    held.update(piece)
                if held.hexdigest() != each.sha256:
                    raise NotWhatWasWritten(path=part.parent)
            if package.read(MANIFEST) != expected.to_bytes():
                raise NotWhatWasWritten(path=part.parent)
        except Refusal:
            raise NotWhatWasWritten(path=part.parent) from None
    return digest.hexdigest()


# -- what was given -----------------------------------------------------------------------------------


def _note(desk: Desk, manifest: Manifest, target: Path) -> None:
    """Before a byte leaves: these numbers are in use from now on."""
    row = (manifest.bundle_id, desk.workspace.clock(), str(target), "changes", dumps({}), dumps(manifest.head), WRITING)
    with desk.transaction() as db:
        db.execute(
            "INSERT INTO sync_export(bundle_id, at, file, kind, base, head, state) VALUES(?, ?, ?, ?, ?, ?, ?)", row
        )


def _close_note(desk: Desk, bundle: str, state: str, size: int | None = None, digest: str | None = None) -> None:
    with desk.transaction() as db:
        db.execute(
            "UPDATE sync_export SET state = ?, bytes = ?, sha256 = ? WHERE bundle_id = ?", (state, size, digest, bundle)
        )
