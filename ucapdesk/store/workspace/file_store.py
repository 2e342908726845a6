"""The bytes of attachments and received packages, kept by their SHA-256 in ``files.db``, on a connection of their own.

Bytes are committed before the changeset that refers to them and never change. Whether they are here is a state of
the workspace, not an error: they may still be on their way in a colleague's package.
"""

from __future__ import annotations

import hashlib
import io
import mimetypes
import threading
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from ucapdesk.base.clock import Clock, system_clock
from ucapdesk.base.errors import UserError
from ucapdesk.base.files import FileInPieces
from ucapdesk.base.json_text import dumps
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.errors import FILE_MISSING, FileDamaged, NewerWorkspace, translated_errors
from ucapdesk.store.workspace.connection import APPLICATION_ID, Database, connect, immediate, in_memory
from ucapdesk.store.workspace.protection import Key

MAX_FILE_BYTES = 200 * 2**20
PART = 2**20
BIG = 8 * 2**20
"""Size from which on the write-ahead log is emptied afterwards, or it would stay as large as the file."""

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
            raise NewerWorkspace(path=path.parent)
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
        """Remove the bytes of files, as far as they are there."""
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
        """Return whether these bytes are here."""
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
        """Return one part of a file, by its number here."""
        with self._lock, translated_errors(self.path.parent, self.path.name):
            row = self.db.execute("SELECT bytes FROM part WHERE file = ? AND pos = ?", (number, pos)).fetchone()
        return bytes(row[0]) if row else b""

    def read(self, sha256: str) -> bytes:
        """Return all bytes of a file, checked."""
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
        """Return the sizes of these files in bytes, as far as they are here."""
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
        """Close the database."""
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
