"""Devices: a device is one working copy of a workspace on one computer, known by a key pair.

The private key lies in the user's config folder, in one small file a working copy, and the number of the last own
changeset beside it. A copied or restored workspace does not fit them any more and becomes a new device with its first
write; without that two laptops would write different things under the same number.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ucapdesk.base.files import has_fleeting_numbers
from ucapdesk.base.paths import config_dir
from ucapdesk.store.workspace.folder import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HEAD_DOMAIN = b"ucapx1-head\0"
KEY_BYTES = 32


@lru_cache(maxsize=4096)
def device_id_of(public_key: bytes) -> str:
    return base64.b32encode(hashlib.sha256(public_key).digest()).decode().lower()[:16]


def head_message(store_id: str, device_id: str, seq: int, chain: bytes) -> bytes:
    """Return the message of a head signature: this device's log up to ``seq`` has this chain hash."""
    return HEAD_DOMAIN + store_id.encode() + device_id.encode() + seq.to_bytes(8, "big") + chain


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)  # a package is looked at before it is taken in, and each names the heads of all laptops
def head_is_signed(public_key: bytes, signature: bytes, store_id: str, seq: int, chain: bytes) -> bool:
    return is_signed(public_key, signature, head_message(store_id, device_id_of(public_key), seq, chain))


class _Entry(NamedTuple):
    """The entry of one working copy in the config folder."""

    path: str
    dev: int
    ino: int
    workspace: str
    device: str
    key: str


@dataclass
class Identity:
    """The device this working copy writes as."""

    device_id: str
    _key: str
    succ_of: str | None = None  # The device whose work a new device continues
    _noted: int = 0

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(self._key))

    @property
    def public_key(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    def sign_head(self, store_id: str, device_id: str, seq: int, chain: bytes) -> bytes:
        return self.sign(head_message(store_id, device_id, seq, chain))

    def note_seq(self, seq: int) -> None:
        """Remember the last own changeset, after its commit.

        Some microseconds, so it can be said after every save. It is not forced to the disk, and nothing is said where the
        folder is gone: a number that is too small after a crash is put right at the next opening.
        """
        if seq > self._noted:
            self._noted = seq
            with suppress(OSError):
                _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
                flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
                handle = os.open(_seq_file(self.device_id), flags, 0o600)
                with os.fdopen(handle, "wb", buffering=0) as file:
                    file.write(b"%016d\n" % seq)  # always as long as before: never half a number


def identity_for(store: Path, workspace_id: str, held: Mapping[str, int], last: str | None = None) -> Identity:
    """Return the device that this working copy writes as.

    Args:
        store: Its ``store.db``.
        workspace_id: The id of the workspace.
        held: The last changeset held in it of each device.
        last: The device this store was last written as, whoever had it.

    Returns:
        The device of before, if this is its working copy, moved perhaps, and holds all it has written. Else a new one.
    """
    path, status = str(store.resolve()), store.stat()
    behind = None
    # After a return to an older state there are two of this place; the one that has written since goes on.
    for file, entry in sorted(_entries(workspace_id), key=lambda found: found[1].device != last):
        if not _is_same_copy(entry, path, status):
            continue
        seq = held.get(entry.device, 0)
        if seq < _noted(entry.device):
            behind = entry.device  # put back to an older state: its next numbers have been used already
            continue
        now = entry._replace(path=path, dev=status.st_dev, ino=status.st_ino)
        if now != entry:
            _write(file, now)
        known = Identity(entry.device, entry.key)
        known.note_seq(seq)
        return known
    return _new_identity(path, status, workspace_id, last or behind)


def moved(store: Path, successor: Path) -> None:
    """Keep the identity of a store that is about to be replaced by a file with the same contents."""
    path, was, now = str(store.resolve()), store.stat(), successor.stat()
    for file in sorted(_folder().glob("*.json")):
        entry = _read(file)
        if entry and (entry.path, entry.ino) == (path, was.st_ino):
            _write(file, entry._replace(dev=now.st_dev, ino=now.st_ino))


def known_identity(device: str) -> Identity | None:
    """Return a device that this computer has written as, by its id; None where its key is not here."""
    entry = _read(_folder() / f"{device}.json")
    return Identity(device, entry.key, None, _noted(device)) if entry else None


def successor(store: Path, workspace_id: str, device: str) -> Identity:
    return _new_identity(str(store.resolve()), store.stat(), workspace_id, device)


def forget_identity(device: str) -> None:
    """Never write as this device again: its numbers have been used elsewhere."""
    (_folder() / f"{device}.json").unlink(missing_ok=True)


def _new_identity(path: str, status: os.stat_result, workspace_id: str, succ_of: str | None) -> Identity:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    device = device_id_of(private.public_key().public_bytes_raw())
    key = base64.b64encode(private.private_bytes_raw()).decode()
    entry = _Entry(path, status.st_dev, status.st_ino, workspace_id, device, key)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / f"{device}.json", entry)
    return Identity(device, key, succ_of)


def _is_same_copy(entry: _Entry, path: str, status: os.stat_result) -> bool:
    if entry.path == path:
        # The number of the disk may change when the computer starts again; that of the file does not, but on sticks.
        return entry.ino == status.st_ino or has_fleeting_numbers(Path(path))
    if (entry.dev, entry.ino) != (status.st_dev, status.st_ino) or has_fleeting_numbers(Path(path)):
        return False
    try:
        old = Path(entry.path).stat()
    except OSError:
        return True  # moved: nothing is at its old place any more
    return (old.st_dev, old.st_ino) != (entry.dev, entry.ino)


def _folder() -> Path:
    return config_dir() / "devices"


def _entries(workspace_id: str) -> list[tuple[Path, _Entry]]:
    found = ((file, _read(file)) for file in sorted(_folder().glob("*.json")))
    return [(file, entry) for file, entry in found if entry and entry.workspace == workspace_id]


def _read(file: Path) -> _Entry | None:
    """None for one that is unreadable: that device is lost, the next write makes a new one."""
    try:
        entry = _Entry(**json.loads(file.read_text(encoding="utf-8")))
        return entry if len(base64.b64decode(entry.key)) == KEY_BYTES else None
    except (OSError, ValueError, TypeError):
        return None


def _write(file: Path, entry: _Entry) -> None:
    write_whole(file, json.dumps(entry._asdict(), indent=1).encode(), private=True)


def _seq_file(device: str) -> Path:
    return _folder() / f"{device}.seq"


def _noted(device: str) -> int:
    try:
        return int(_seq_file(device).read_bytes())
    except (OSError, ValueError):
        return 0
