"""Attachments: the files that records name, their bytes in ``files.db``, and copies opened in other programs.

The bytes of attachments and received packages are kept by their SHA-256, on a connection of their own. They are committed before the
changeset that refers to them and never change. Whether they are here is a state of
the workspace, not an error: they may still be on their way in a colleague's package.

Copies opened in other programs lie in a folder beside the settings and are removed when the workspace is closed. A lock says that an
opening still lives. What one left that was killed is taken away by whoever opens another workspace next;
the window of the same workspace goes on with it. A copy in which something was written since waits for that window.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import mimetypes
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

from ucapdesk.base.clock import Clock, system_clock
from ucapdesk.base.errors import UserError
from ucapdesk.base.files import FileInPieces
from ucapdesk.base.json_text import dumps
from ucapdesk.base.paths import config_dir
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.errors import FILE_MISSING, NEWER_WORKSPACE, FileDamaged, SecondWriter, translated_errors
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.resolve import candidates
from ucapdesk.store.merge.row_state import load_one
from ucapdesk.store.workspace.database import APPLICATION_ID, Database, connect, immediate, in_memory
from ucapdesk.store.workspace.folder import WriterLock
from ucapdesk.store.workspace.protection import Key


@cache
def _places() -> tuple[tuple[str, KindField], ...]:
    fields = ((name, field) for name, kind in KINDS.items() for field in kind.fields.values())
    return tuple((name, field) for name, field in fields if getattr(field.type, "cls", None) is FileRef)


def named_files(db: Database, *, trash: bool = False) -> dict[str, FileRef]:
    """Return the files of all living records, by their hash; with ``trash`` also of those in the Trash.

    Where several people put different files into one place all of them are named: until somebody decides, and then by
    whoever chooses another of them.
    """
    found: dict[str, FileRef] = {}
    asked = _asked(db)
    for name, field in _places():
        query = f'SELECT "{field.name}" FROM "{name}" WHERE "{field.name}" IS NOT NULL'
        query += "" if trash else " AND is_deleted = 0"
        stored = [field.type.load(value) for (value,) in db.execute(query)]
        stored += [field.type.load(field.type.column(value)) for value in asked[name, field.name]]
        found |= {value.sha256: value for value in stored if value is not None and value.sha256}
    return found


def _asked(db: Database) -> dict[tuple[str, str], list[object]]:
    """Return the values among which is still to be chosen, by the kind and the field that they are for."""
    found = {(name, field.name): list[object]() for name, field in _places()}
    sql = "SELECT r.ent, c.fld, r.id FROM sync_conflict c JOIN sync_row r ON r.n = c.row"
    for ent, cell, id_ in db.execute(sql).fetchall():
        held = load_one(db, id_) if (ent, cell) in found else None
        if held is not None:
            found[ent, cell] += (each.value for each in candidates(Log(db, ""), id_, cell, held.heads[cell]))
    return found


MAX_FILE_BYTES = 200 * 2**20
PART = 2**20
BIG = 8 * 2**20  # Size from which on the write-ahead log is emptied afterwards, or it would stay as large as the file

TABLES = (
    # In parts, so that a large file is written and read without being in memory as a whole.
    "CREATE TABLE file(n INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, size INTEGER, mime TEXT, at INTEGER)",
    "CREATE TABLE part(file INTEGER NOT NULL, pos INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(file, pos)) WITHOUT ROWID",
    # Received packages that must be kept: parked, refused or not yet confirmed. Their bytes are files as above.
    "CREATE TABLE package(sha256 TEXT PRIMARY KEY, name TEXT, at INTEGER, state TEXT, note TEXT) WITHOUT ROWID",
)
VERSION = 1


class Files:
    """The bytes of one workspace."""

    def __init__(
        self,
        path: Path,
        key: Key | None = None,
        *,
        read_only: bool = False,
        immutable: bool = False,
        broken: UserError | None = None,
        clock: Clock = system_clock,
    ) -> None:
        """``broken``: the error raised instead of giving or taking any bytes; the records can be used all the same."""
        self.path = path
        self._clock = clock
        self._lock = threading.RLock()
        self.broken = broken
        gone = not path.exists()
        if broken or (gone and (read_only or immutable)):
            self.db: Database = in_memory()
            self._make_tables()
            return
        self.db = connect(path, key, read_only=read_only, immutable=immutable, create=gone)
        version = self.db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            self.db.close()
            raise NEWER_WORKSPACE(path=path.parent)
        if version == 0 and not (read_only or immutable):
            self._make_tables()

    def _refuse_broken(self) -> None:
        if self.broken:
            raise self.broken

    def _make_tables(self) -> None:
        with immediate(self.db):
            for statement in TABLES:
                self.db.execute(statement)
            self.db.execute(f"PRAGMA application_id={APPLICATION_ID}")
            self.db.execute(f"PRAGMA user_version={VERSION}")

    def put(
        self,
        source: Path | bytes | Iterable[bytes],
        *,
        name: str | None = None,
        mime: str | None = None,
        largest: int | None = None,
    ) -> FileRef:
        """Keep a file's bytes and commit them; the same bytes are kept once. Parts of a source are of ``PART`` bytes.

        Raises:
            FileTooBig: Beyond ``largest`` bytes, by default 200 MB.
        """
        self._refuse_broken()
        name = name or (source.name if isinstance(source, Path) else "")
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        with translated_errors(self.path.parent, self.path.name), self._lock:
            with immediate(self.db):
                sha256, size = self._write(_parts(source), name, mime, largest or MAX_FILE_BYTES)
            if size >= BIG:
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return FileRef(sha256=sha256, name=name, mime=mime, size=size)

    def _write(self, parts: Iterable[bytes], name: str, mime: str, largest: int) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        made = self.db.execute("INSERT INTO file(mime, at) VALUES(?, ?)", (mime, self._clock())).lastrowid
        for pos, part in enumerate(parts):
            digest.update(part)
            size += len(part)
            if size > largest:
                raise UserError(
                    "{name} is larger than {limit} MB. Nothing was changed; attach a smaller copy of it.",
                    code="file-too-big",
                    name=name,
                    limit=largest // 2**20,
                )
            self.db.execute("INSERT INTO part VALUES(?, ?, ?)", (made, pos, part))
        sha256 = digest.hexdigest()
        if self.has(sha256):
            self._forget(made)
        else:
            self.db.execute("UPDATE file SET sha256 = ?, size = ? WHERE n = ?", (sha256, size, made))
        return sha256, size

    def _forget(self, number: int) -> None:
        self.db.execute("DELETE FROM part WHERE file = ?", (number,))
        self.db.execute("DELETE FROM file WHERE n = ?", (number,))

    def drop(self, hashes: Iterable[str]) -> None:
        query = "SELECT n FROM file WHERE sha256 IN (SELECT value FROM json_each(?))"
        with translated_errors(self.path.parent, self.path.name), self._lock:
            if there := self.db.execute(query, (dumps(list(hashes)),)).fetchall():  # else nothing is locked
                with immediate(self.db):
                    for (number,) in there:
                        self._forget(number)

    def compact(self) -> None:
        """Leave nothing of removed bytes between the pages."""
        with translated_errors(self.path.parent, self.path.name), self._lock:
            self.db.execute("VACUUM")
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def has(self, sha256: str) -> bool:
        with self._lock:
            return self.db.execute("SELECT 1 FROM file WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def parts(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes in order, at most a megabyte at a time; checked when the last one has been given.

        Raises:
            FileMissing: They have not arrived here.
            FileDamaged: They are not what they were.
        """
        number, _ = self._held(sha256)
        digest, pos = hashlib.sha256(), count()
        while part := self.part(number, next(pos)):
            digest.update(part)
            yield part
        if digest.hexdigest() != sha256:
            raise FileDamaged(name=sha256[:12])

    def open(self, sha256: str) -> io.BufferedReader:
        """Return a seekable file. Raises FileMissing."""
        return io.BufferedReader(_Stored(self, *self._held(sha256)), PART)

    def _held(self, sha256: str) -> tuple[int, int]:
        """Return number and size of a file that is here. Raises FileMissing."""
        self._refuse_broken()
        with self._lock:
            row = self.db.execute("SELECT n, size FROM file WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise FILE_MISSING()
        return row[0], row[1]

    def part(self, number: int, pos: int) -> bytes:
        with self._lock, translated_errors(self.path.parent, self.path.name):
            row = self.db.execute("SELECT bytes FROM part WHERE file = ? AND pos = ?", (number, pos)).fetchone()
        return bytes(row[0]) if row else b""

    def read(self, sha256: str) -> bytes:
        return b"".join(self.parts(sha256))

    def all(self) -> list[str]:
        """Return the hashes of all files that are here, the newest first."""
        with self._lock:
            return [row[0] for row in self.db.execute("SELECT sha256 FROM file ORDER BY n DESC")]

    def of(self, mime: str) -> list[str]:
        """Return the hashes of the files of one type, as given when they came."""
        with self._lock:
            return [row[0] for row in self.db.execute("SELECT sha256 FROM file WHERE mime = ?", (mime,))]

    def sizes(self, hashes: Iterable[str]) -> dict[str, int]:
        with self._lock:
            query = "SELECT sha256, size FROM file WHERE sha256 IN (SELECT value FROM json_each(?))"
            return dict(self.db.execute(query, (dumps(list(hashes)),)).fetchall())

    def damaged(self) -> list[str]:
        """Return the hashes of files whose bytes changed; reads everything."""
        found = []
        for sha256 in sorted(self.all()):
            try:
                for _ in self.parts(sha256):
                    pass
            except FileDamaged:
                found.append(sha256)
        return found

    def close(self) -> None:
        self.db.close()


class _Stored(FileInPieces):
    """A stored file as a Python file object."""

    def __init__(self, files: Files, number: int, size: int) -> None:
        super().__init__(size, PART)
        self._files, self._number = files, number

    def piece(self, n: int) -> bytes:
        return self._files.part(self._number, n)


def _parts(source: Path | bytes | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(source, bytes):
        for at in range(0, len(source), PART):
            yield source[at : at + PART]
        return
    if not isinstance(source, Path):
        yield from source
        return
    with translated_errors(source), source.open("rb") as file:
        while part := file.read(PART):
            yield part


FOLDER_ID_CHARS = 12  # How much of an attachment's id names the folder of its copy
# The suffix of the file beside a copy that is called as the attachment, holds the copy's name and has its time.
MARK = ".opened"

# Nanoseconds for which a changed copy waits for the window of its workspace: it may be of a protected one.
KEPT = 90 * 24 * 60 * 60 * 10**9


class CopiesOut:
    """The copies of one opening of a workspace."""

    def __init__(self, workspace: str) -> None:
        self._own = f"{_short(workspace)}-"
        self._held: dict[Path, WriterLock] = {}
        self._sweep()

    def place(self, attachment: str) -> Path:
        """Return the folder for the copy of one attachment; only this user may read it."""
        with translated_errors(_root()):
            place = self._made() / _short(attachment)
            place.mkdir(exist_ok=True)
        return place

    def _made(self) -> Path:
        while not (own := next(filter(Path.is_dir, self._held), None)):
            _root().mkdir(parents=True, exist_ok=True, mode=0o700)
            self._take(Path(tempfile.mkdtemp(prefix=self._own, dir=_root())))
        return own

    def _take(self, folder: Path) -> None:
        with contextlib.suppress(FileNotFoundError, SecondWriter):  # swept before it was locked
            self._held[folder] = WriterLock(folder)

    def go_on(self) -> None:
        """Take over what openings of this workspace left that were killed: another program may still show it."""
        for left in _root().glob(f"{self._own}*"):
            with contextlib.suppress(OSError):  # of another user
                self._take(left)

    def note(self, attachment: str, copy: Path, at: int | None = None) -> None:
        """Note a copy as it is, or was ``at`` a time: what is written into it later is a change."""
        mark = copy.with_name(f"{attachment}{MARK}")
        mark.write_text(copy.name, encoding="utf-8")
        os.utime(mark, ns=(0, at or copy.stat().st_mtime_ns))

    def changed(self) -> list[tuple[str, Path]]:
        """Return the copies that were changed, by attachment, the one that was changed last at the end."""
        found = sorted(each for folder in self._held for each in _changed(folder))
        return [(attachment, copy) for _, attachment, copy in found]

    def forget(self, attachment: str = "") -> None:
        """Remove every copy of one attachment, or all of this opening that nobody changed."""
        for place in _root().glob(f"*/{_short(attachment)}") if attachment else ():
            shutil.rmtree(place, ignore_errors=True)
        while self._held and not attachment:
            folder, lock = self._held.popitem()
            lock.release()
            _remove(folder)

    def _sweep(self) -> None:
        with contextlib.suppress(OSError):  # a disk that cannot be written has nothing to be swept
            for folder in [each for each in _root().glob("*/") if not each.name.startswith(self._own)]:
                with contextlib.suppress(SecondWriter, OSError):
                    WriterLock(folder).release()
                    _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder of copies, unless one of them was changed lately; one that another program holds stays whole."""
    with contextlib.suppress(OSError):
        lately = system_clock() * 1000 - folder.stat().st_mtime_ns < KEPT
        if not (lately and any(_changed(folder))):
            shutil.rmtree(folder.rename(folder.with_suffix(".gone")), ignore_errors=True)


def _changed(folder: Path) -> Iterator[tuple[int, str, Path]]:
    for mark in folder.glob(f"*/*{MARK}"):
        copy = mark.parent / mark.read_text(encoding="utf-8", errors="replace")  # of a full disk it may be empty
        if copy.is_file() and (at := copy.stat().st_mtime_ns) != mark.stat().st_mtime_ns:
            yield at, mark.stem, copy


def _short(id_: str) -> str:
    """Return a short name for a folder: Windows takes paths of 259 signs, and the name of the file is to fit in."""
    return id_[-FOLDER_ID_CHARS:]


def _root() -> Path:
    return config_dir() / "opened"
