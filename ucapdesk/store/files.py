"""Attachments and received packages: bytes kept by their SHA-256 in ``files.db``, on a connection of their own.

Bytes are committed before the changeset that refers to them and never change. Whether they are here is a state of
the workspace, not an error: they may still be on their way in a colleague's package.
"""

from __future__ import annotations

import hashlib
import mimetypes
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.clock import Clock, system_clock
from ucapdesk.model.values.groups import FileRef
from ucapdesk.store.connection import APPLICATION_ID, Database, connect
from ucapdesk.store.errors import FileDamaged, FileMissing, FileTooBig, NewerWorkspace, told

LARGEST = 200 * 2**20
PART = 2**20
BIG = 8 * 2**20
"""From here on the write-ahead log is emptied afterwards, or it would stay as large as the file."""

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
        key: bytes | None = None,
        *,
        read_only: bool = False,
        immutable: bool = False,
        clock: Clock = system_clock,
    ) -> None:
        self.path = path
        self._clock = clock
        self._lock = threading.RLock()
        gone = not path.exists()
        if gone and (read_only or immutable):  # the records can be read all the same
            self.db: Database = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._make_tables()
            return
        self.db = connect(path, key, read_only=read_only, immutable=immutable, create=gone)
        version = self.db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            self.db.close()
            raise NewerWorkspace(path=path.parent)
        if version == 0 and not (read_only or immutable):
            self._make_tables()

    def _make_tables(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")
        for statement in TABLES:
            self.db.execute(statement)
        self.db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self.db.execute(f"PRAGMA user_version={VERSION}")
        self.db.execute("COMMIT")

    def put(self, source: Path | bytes, *, name: str | None = None, mime: str | None = None) -> FileRef:
        """Keep a file's bytes and commit them; the same bytes are kept once.

        Raises:
            FileTooBig: Beyond 200 MB.
        """
        name = name or (source.name if isinstance(source, Path) else "")
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        with told(self.path.parent, self.path.name), self._lock:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                sha256, size = self._write(_parts(source), name, mime)
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            if size >= BIG:
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return FileRef(sha256=sha256, name=name, mime=mime, size=size)

    def _write(self, parts: Iterable[bytes], name: str, mime: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        made = self.db.execute("INSERT INTO file(mime, at) VALUES(?, ?)", (mime, self._clock())).lastrowid
        for pos, part in enumerate(parts):
            digest.update(part)
            size += len(part)
            if size > LARGEST:
                raise FileTooBig(name=name, limit=LARGEST // 2**20)
            self.db.execute("INSERT INTO part VALUES(?, ?, ?)", (made, pos, part))
        sha256 = digest.hexdigest()
        if self.has(sha256):
            self.db.execute("DELETE FROM part WHERE file = ?", (made,))
            self.db.execute("DELETE FROM file WHERE n = ?", (made,))
        else:
            self.db.execute("UPDATE file SET sha256 = ?, size = ? WHERE n = ?", (sha256, size, made))
        return sha256, size

    def has(self, sha256: str) -> bool:
        """Whether these bytes are here."""
        with self._lock:
            return self.db.execute("SELECT 1 FROM file WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def parts(self, sha256: str) -> Iterator[bytes]:
        """The bytes in order, at most a megabyte at a time; checked when the last one has been given.

        Raises:
            FileMissing: They have not arrived here.
            FileDamaged: They are not what they were.
        """
        with self._lock:
            row = self.db.execute("SELECT n FROM file WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise FileMissing
        digest, pos = hashlib.sha256(), 0
        while True:
            with self._lock, told(self.path.parent, self.path.name):
                part = self.db.execute("SELECT bytes FROM part WHERE file = ? AND pos = ?", (row[0], pos)).fetchone()
            if part is None:
                break
            digest.update(part[0])
            pos += 1
            yield part[0]
        if digest.hexdigest() != sha256:
            raise FileDamaged(name=sha256[:12])

    def read(self, sha256: str) -> bytes:
        """All bytes of a file, checked."""
        return b"".join(self.parts(sha256))

    def all(self) -> list[str]:
        """The hashes of all files that are here."""
        with self._lock:
            return [row[0] for row in self.db.execute("SELECT sha256 FROM file ORDER BY sha256")]

    def damaged(self) -> list[str]:
        """The hashes of files whose bytes are not what they were; reads everything."""
        found = []
        for sha256 in self.all():
            try:
                for _ in self.parts(sha256):
                    pass
            except FileDamaged:
                found.append(sha256)
        return found

    def close(self) -> None:
        """Close the database."""
        self.db.close()


def _parts(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        for at in range(0, len(source), PART):
            yield source[at : at + PART]
        return
    with told(source), source.open("rb") as file:
        while part := file.read(PART):
            yield part
