"""Writing a package: everything this workspace holds, in one file that is read back before it gets its name.

The complete log is given each time, so a file that never arrives costs nothing: the next one holds it all. The file is read again
as a receiver will.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ucapdesk import __version__
from ucapdesk.base.clock import moment
from ucapdesk.base.errors import UserError
from ucapdesk.base.files import move, unused_name
from ucapdesk.base.ids import new_id
from ucapdesk.base.json_text import dumps
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.exchange import container, devices
from ucapdesk.exchange.container import BLOBS, CHANGES, MANIFEST, SIGNATURE, Container
from ucapdesk.exchange.encryption import protect
from ucapdesk.exchange.errors import NOT_WHAT_WAS_WRITTEN, WOULD_BE_REFUSED, Refusal
from ucapdesk.exchange.manifest import LeftOut, Manifest, Part, Sender, Vector, short, signed_part
from ucapdesk.exchange.package import Package, check_heads, open_package
from ucapdesk.model.text.amounts import say_number
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import ALREADY_THERE, NOT_THERE, DiskFull, ReadOnlyWorkspace, translated_errors
from ucapdesk.store.log.changeset import unpack
from ucapdesk.store.log.log import Fork, Log, MissingChanges
from ucapdesk.store.merge.branch_merge import BranchMeeting
from ucapdesk.store.merge.row_state import ERASED
from ucapdesk.store.safety.erase import Removals, names_in
from ucapdesk.store.workspace.database import SCHEMA, Database, in_memory
from ucapdesk.store.workspace.file_store import named_files
from ucapdesk.store.workspace.folder import sync_folder


@dataclass(slots=True)
class Contents:
    """The contents of one package, read at one moment."""

    desk: Desk
    manifest: Manifest  # In the end as it stands in the file
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
            if container.is_too_dense(changes.size, packed):
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
            if size > container.LARGEST_CHANGES:
                raise UserError(
                    "The changes of this workspace are more than {limit} MB: too large for one package. Nothing was "
                    "written and nothing is lost; create a new workspace for further work, and keep this one for reading.",
                    code="too-large-to-give",
                    limit=container.LARGEST_CHANGES // container.MIB,
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
    if len(manifest.devices) > container.MOST_LISTED:
        raise UserError(
            "More laptops have written in this workspace than a package can list ({limit} at most). Nothing was "
            "written and nothing is lost; create a new workspace for further work, and keep this one for reading.",
            code="too-many-laptops",
            limit=container.MOST_LISTED,
        )
    for name in ("known", "left_out", "want"):
        while (held := getattr(manifest, name)) and len(manifest.to_bytes()) > container.LARGEST_MANIFEST:
            half = list(held.items() if name == "known" else held)[: len(held) // 2]
            manifest = replace(manifest, **{name: type(held)(half)})
    if len(manifest.to_bytes()) > container.LARGEST_MANIFEST:
        raise UserError(
            "The list of its files is more than {limit} MB: too large for one package. Nothing was written and "
            "nothing is lost; send it without files.",
            code="too-long-a-list",
            limit=container.LARGEST_MANIFEST // container.MIB,
        )
    return manifest


PACKAGE_SUFFIX = ".ucapx"
WRITING, DONE, FAILED = "writing", "done", "failed"
OF_THE_LOG = ("sync_device", "sync_vv", "sync_changeset", "sync_row", "sync_meta")


class Given(NamedTuple):
    """A package that was written and read back."""

    file: Path
    bundle_id: str
    changesets: int
    files: int
    left_out: int
    size: int


# Bytes of a name in the name of a package: systems take 255 for the whole, three of them for a Chinese character.
LONGEST_PART = 90


def package_name(desk: Desk) -> str:
    """Return a file name with the giver and the time; nothing is ever read from it."""
    names = (re.sub(r"[^\w.-]+", "-", name)[:40].encode() for name in (desk.workspace.name, desk.workspace.person))
    words = [name[:LONGEST_PART].decode(errors="ignore").strip("-") for name in names]
    return "_".join(filter(None, ["UCAP", *words, f"{moment(desk.workspace.clock()):%Y%m%d-%H%M%S}"])) + PACKAGE_SUFFIX


def give(
    desk: Desk, target: Path, *, files: bool = True, passphrase: str | None = None, progress: Progress = untold
) -> Given:
    """Write a package.

    Args:
        desk: Whose changes are given.
        target: The new file, or a folder for one with a name of ours.
        files: Whether the bytes of attachments go with it.
        passphrase: Protects it.
        progress: Told of bytes.

    Raises:
        ALREADY_THERE: A file is never written over.
        NOT_THERE: There is no such folder.
        CouldNotGive: The medium went away or is full. No half file is left.
        TooBigToProtect: More than 200 MB with a passphrase.
    """
    if target.is_dir():
        name = Path(package_name(desk))
        target = unused_name(target, name.stem, name.suffix)
    target = target.absolute()
    if target.exists():
        raise ALREADY_THERE(path=target)
    sweep(desk)
    with _contents(desk, files=files) as contents:
        _note(desk, contents.manifest, target)
        try:
            size, digest = _written(contents, target, passphrase, progress)
        except BaseException:
            _close_note(desk, contents.manifest.bundle_id, FAILED)
            raise
    _close_note(desk, contents.manifest.bundle_id, DONE, size, digest)
    m = contents.manifest
    return Given(target, m.bundle_id, m.counts["changesets"], len(contents.files), len(m.left_out), size)


def sweep(desk: Desk) -> None:
    for bundle, file in desk.ask("SELECT bundle_id, file FROM sync_export WHERE state = ?", WRITING):
        with contextlib.suppress(OSError):
            _part_name(Path(file)).unlink(missing_ok=True)
        _close_note(desk, bundle, FAILED)


def _part_name(target: Path) -> Path:
    return target.with_name(target.name + ".part")


# -- what goes into it ------------------------------------------------------------------------------


@contextlib.contextmanager
def _contents(desk: Desk, *, files: bool) -> Iterator[Contents]:
    """Read the contents at one moment: a reader that stays there, and the manifest."""
    connection = desk.workspace.readers.raw_connection()
    try:
        reader: Any = connection.driver_connection
        with desk.alone():
            reader.execute("BEGIN")
            query = "SELECT coalesce(sum(length(body)), 0), count(*) FROM sync_changeset"
            changes, count = reader.execute(query).fetchone()
            manifest = _manifest(desk)
            named = named_files(reader)
        here = [named[sha] for sha in desk.workspace.files.all() if sha in named]
        blobs = _that_fit(here, container.LARGEST_PACKAGE * 9 // 10 - changes) if files else []
        given = {ref.sha256 for ref in blobs}
        left = [LeftOut(ref.sha256 or "", ref.size or 0, short(ref.name)) for ref in here if ref.sha256 not in given]
        want, most = sorted(named.keys() - {ref.sha256 for ref in here}), container.MOST_FILES
        manifest = replace(manifest, want=tuple(want[:most]), left_out=tuple(left[:most]), counts={"changesets": count})
        yield Contents(desk, manifest, reader, blobs, changes + sum(ref.size or 0 for ref in blobs))
    finally:
        with contextlib.suppress(Exception):
            connection.rollback()
        connection.close()


def _that_fit(files: list[FileRef], room: int) -> list[FileRef]:
    """Return the first of them, as many as one package may hold."""
    sizes = itertools.accumulate(ref.size or 0 for ref in files)
    return [ref for ref, so_far in zip(files, sizes, strict=True) if so_far <= room][: container.MOST_FILES]


def _manifest(desk: Desk) -> Manifest:
    listed = devices.lines(desk)
    me = listed[0]
    time = f"{moment(desk.workspace.clock()):%Y-%m-%dT%H:%M:%SZ}"
    sender = Sender(me.id, me.person, me.label, __version__, SCHEMA, time)
    ours = new_id(), desk.workspace.id, short(desk.workspace.name)
    return Manifest(
        *ours, sender, {}, desk.log.vector(), tuple(listed), _known(desk), branches=tuple(devices.branches(desk))
    )


def _known(desk: Desk) -> dict[str, Vector]:
    """Return the proven vectors of all devices, as far as they are known here."""
    found: dict[str, Vector] = {}
    query = (
        "SELECT d.device_id, o.device_id, p.seq FROM sync_peer p JOIN sync_device d ON d.ord = p.dev"
        " JOIN sync_device o ON o.ord = p.of WHERE p.seq > 0 ORDER BY p.dev, p.of"
    )
    for device, of, seq in desk.db.execute(query):
        found.setdefault(device, {})[of] = seq
    return found


# -- writing ----------------------------------------------------------------------------------------


def _written(contents: Contents, target: Path, passphrase: str | None, progress: Progress) -> tuple[int, str]:
    """Write under a temporary name, read back, rename. Return size and hash of the file."""
    if not target.suffix:  # a folder, such as that of a USB stick
        raise NOT_THERE(path=target)
    part = _part_name(target)
    whole = contents.whole
    try:
        data = None if passphrase is None else protect(_in_memory(contents, progress), passphrase)
        whole = whole if data is None else len(data)
        with translated_errors(target), part.open("wb+") as file:
            if data is None:
                fill(contents, file, progress)
            else:
                file.write(data)
            _to_disk(file)
        digest = _read_back(contents, part, data)
        if target.exists():
            raise ALREADY_THERE(path=target)
        size = part.stat().st_size
        move(part, target)
        sync_folder(target.parent)
        return size, digest
    except (OSError, DiskFull) as error:
        done = part.stat().st_size if part.exists() else 0
        raise UserError(
            "Only {done} of {whole} MB could be written to {path}. Nothing is lost here and no incomplete "
            "package was left; check the USB stick or the folder and send again.",
            code="could-not-give",
            path=target,
            done=_mb(done),
            whole=_mb(max(whole, done)),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _mb(size: int) -> str:
    return say_number(f"{size / 10**6:.1f}")


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):  # so that it is read back from the medium, not from memory
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _in_memory(contents: Contents, progress: Progress) -> bytes:
    """Build the package in memory: a protected workspace leaves no plain copy on any disk."""
    if contents.whole > container.LARGEST_PROTECTED:
        raise UserError(
            "A package of more than {limit} MB cannot be protected. Nothing was written; send it without files, "
            "or without a passphrase.",
            code="too-big-to-protect",
            limit=container.LARGEST_PROTECTED // container.MIB,
        )
    file = io.BytesIO()
    fill(contents, file, progress)
    prove(file, "", contents.reader)
    return file.getvalue()


def _read_back(contents: Contents, part: Path, data: bytes | None) -> str:
    """Check that the file holds what was written, ``data`` of a protected one, and a colleague can receive it; return its hash."""
    with part.open("rb") as file:
        if data is not None:
            digest = hashlib.file_digest(file, "sha256")
            if digest.digest() != hashlib.sha256(data).digest():
                raise NOT_WHAT_WAS_WRITTEN(path=part.parent)
            return digest.hexdigest()
        if not _holds(file, part.name, contents.manifest):
            raise NOT_WHAT_WAS_WRITTEN(path=part.parent)
        return prove(file, part.name, contents.reader)


def _holds(file: BinaryIO, name: str, expected: Manifest) -> bool:
    try:
        package = Container(file, name)
        hashes = {each.name: hashlib.sha256() for each in expected.parts}
        for each, digest in hashes.items():
            for piece in package.pieces(each):
                digest.update(piece)
        said = package.read(MANIFEST)
    except Refusal:
        return False
    return said == expected.to_bytes() and all(hashes[each.name].hexdigest() == each.sha256 for each in expected.parts)


# -- what was given -----------------------------------------------------------------------------------


def _noting() -> contextlib.AbstractContextManager[None]:
    """Note the package where possible; a workspace that cannot be written is given all the same, to save the work."""
    return contextlib.suppress(DiskFull, ReadOnlyWorkspace)


def _note(desk: Desk, manifest: Manifest, target: Path) -> None:
    """Note, before a byte leaves, that these numbers are in use."""
    row = (manifest.bundle_id, desk.workspace.clock(), str(target), "changes", dumps({}), dumps(manifest.head), WRITING)
    sql = "INSERT INTO sync_export(bundle_id, at, file, kind, base, head, state) VALUES(?, ?, ?, ?, ?, ?, ?)"
    with _noting(), desk.transaction() as db:
        db.execute(sql, row)


def _close_note(desk: Desk, bundle: str, state: str, size: int | None = None, digest: str | None = None) -> None:
    sql = "UPDATE sync_export SET state = ?, bytes = ?, sha256 = ? WHERE bundle_id = ?"
    with _noting(), desk.transaction() as db:
        db.execute(sql, (state, size, digest, bundle))


# -- tried out ------------------------------------------------------------------------------------


def prove(file: io.BytesIO | io.BufferedReader, name: str, store: Database) -> str:
    """Read a complete package as on an empty desk with the tables of ``store``; return the hash of the file. Raises WouldBeRefused.

    That its files are what they should be was seen before.
    """
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256")
    try:
        package = open_package(file, name)
        try:
            removals, erased, names = _read_whole(package, store, apart=bool(package.manifest.branches))
        except Fork:  # its log speaks of branches that nobody has, so whoever receives it looks for them too
            removals, erased, names = _read_whole(package, store, apart=True)
    except (Refusal, Fork, MissingChanges) as error:
        raise WOULD_BE_REFUSED(file=name, why=error.message if isinstance(error, Refusal) else str(error)) from error
    if removals.people - erased or not removals.names_were_asked(names):
        raise WOULD_BE_REFUSED(file=name, why=", ".join(removals.people - erased) or "name")
    return digest.hexdigest()


def _read_whole(package: Package, store: Database, *, apart: bool) -> tuple[Removals, set[str], set[str]]:
    """Read all changes; return the removals they show, with the ids and names that were to be removed.

    ``apart``: find the branches of laptops first, as after a Fork.
    """
    removals, erased, names = Removals(), set[str](), set[str]()
    with contextlib.closing(in_memory(store, *OF_THE_LOG)) as db:
        log = Log(db, package.manifest.store_id)
        if apart:
            log.branches = BranchMeeting(log, package.manifest.tree, package.changesets({})).whole
        for changeset in package.changesets({}):
            log.accept(changeset)
            removals.note(changeset)
            for ent, id_, cells in changeset.rows:
                if ent == ERASED:
                    erased.add(id_)
                    names |= names_in(cells)
        check_heads(log, package, {})
    return removals, erased, names
