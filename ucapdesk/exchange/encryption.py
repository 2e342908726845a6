"""Protection of packages with a passphrase: the age format (age-encryption.org/v1) with its one recipient ``scrypt``.

Decrypted a piece at a time, where it is read: nothing of a protected package lies plain on a disk, or whole in memory.
"""

from __future__ import annotations

import base64
import hmac
import io
import re
import secrets
from typing import TYPE_CHECKING, BinaryIO, Self

from ucapdesk.base.files import FileInPieces
from ucapdesk.base.i18n import Message
from ucapdesk.exchange.errors import (
    NOT_A_NORMAL_PACKAGE,
    WRONG_PASSPHRASE_OF_PACKAGE,
    DamagedPackage,
)
from ucapdesk.store.workspace.protection import check_passphrase

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

# Work factor of scrypt: 128 MB and some tenths of a second for each guess; each step doubles time and memory. No file
# may ask for more.
WORK = 17
PIECE, TAG = 2**16, 16
_VERSION = b"age-encryption.org/v1\n"
_HEADER = re.compile(
    re.escape(_VERSION)
    + rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]{0,9})\n([A-Za-z0-9+/]{43})\n---(?= ([A-Za-z0-9+/]{43})\n)"
)
_LONGEST_HEADER = 200


class PackagePassphrase(str):
    """A passphrase as somebody gave it. Working out its key takes tenths of a second: that is done once for each package.

    ``keys`` holds those worked out, by salt and work.
    """

    __slots__ = ("keys",)
    keys: dict[tuple[bytes, int], bytes]

    def __new__(cls, passphrase: str) -> Self:
        made = super().__new__(cls, passphrase)
        made.keys = {}
        return made


def protect(data: bytes, passphrase: str, work: int = WORK) -> bytes:
    """Return the data encrypted. Raises EmptyPassphrase."""
    check_passphrase(passphrase)
    salt, nonce, file_key = (secrets.token_bytes(16) for _ in range(3))
    wrapped = _cipher(_stretched(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
    head = _VERSION + b"-> scrypt %s %d\n%s\n---" % (_text(salt), work, _text(wrapped))
    cipher = _cipher(_derived(file_key, nonce, b"payload"))
    pieces = [data[at : at + PIECE] for at in range(0, len(data), PIECE)] or [b""]
    sealed = (cipher.encrypt(_place(n, is_last=n == len(pieces) - 1), each, None) for n, each in enumerate(pieces))
    return b"".join((head, b" ", _text(_mac(file_key, head)), b"\n", nonce, *sealed))


def unprotect(file: BinaryIO, passphrase: str, name: str) -> io.BufferedReader:
    """Return a protected package as the file that it was; ``file`` stays open for it.

    Raises:
        WRONG_PASSPHRASE_OF_PACKAGE: It does not fit.
        DamagedPackage, NOT_A_NORMAL_PACKAGE: For what no version writes.
    """
    file.seek(0)
    found = _HEADER.match(head := file.read(_LONGEST_HEADER))
    if found is None:
        if head.startswith(_VERSION + b"-> ") and not head.startswith(_VERSION + b"-> scrypt "):
            raise NOT_A_NORMAL_PACKAGE(file=name, reason=Message("package", "an unknown way of packing"))
        raise DamagedPackage(file=name)
    salt, work, wrapped, mac = found.groups()
    if int(work) > WORK:
        raise NOT_A_NORMAL_PACKAGE(file=name, reason=Message("package", "a passphrase that takes hours to try"))
    file_key = _unwrapped(_stretched(passphrase, _bytes(salt), int(work)), _bytes(wrapped), name)
    if not hmac.compare_digest(_mac(file_key, found[0]), _bytes(mac)):
        raise DamagedPackage(file=name)
    return io.BufferedReader(_Unprotected(file, found.end() + 1 + len(mac) + 1, file_key, name), PIECE)


class _Unprotected(FileInPieces):
    """The plain bytes of a protected file: every piece is proven when it is read, the last one at once."""

    def __init__(self, file: BinaryIO, at: int, file_key: bytes, name: str) -> None:
        self._file, self._name, self._held = file, name, (-1, b"")
        length = file.seek(0, 2) - at - 16
        self._last = max(0, (length - 1) // (PIECE + TAG))
        size = length - TAG * (self._last + 1)
        super().__init__(size, PIECE)
        file.seek(at)
        self._cipher, self._begin = _cipher(_derived(file_key, file.read(16), b"payload")), at + 16
        if size < 0 or (self._last and size <= self._last * PIECE):
            raise DamagedPackage(file=name)
        self.piece(self._last)

    def piece(self, n: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._held[0] != n:
            self._file.seek(self._begin + n * (PIECE + TAG))
            sealed = self._file.read(PIECE + TAG)
            try:
                self._held = n, self._cipher.decrypt(_place(n, is_last=n == self._last), sealed, None)
            except InvalidTag:
                raise DamagedPackage(file=self._name) from None
        return self._held[1]


# -- the parts of the format --------------------------------------------------------------------------


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    keys = passphrase.keys if isinstance(passphrase, PackagePassphrase) else {}
    if (salt, work) not in keys:
        scrypt = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=2**work, r=8, p=1)
        keys[salt, work] = scrypt.derive(passphrase.encode(errors="surrogatepass"))
    return keys[salt, work]


def _unwrapped(key: bytes, wrapped: bytes, name: str) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(key).decrypt(bytes(12), wrapped, None)
    except InvalidTag:
        raise WRONG_PASSPHRASE_OF_PACKAGE(file=name) from None


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, None, b"header"), head, "sha256")


def _derived(file_key: bytes, salt: bytes | None, what: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, what).derive(file_key)


def _cipher(key: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key)


def _place(n: int, *, is_last: bool) -> bytes:
    """Return the nonce of a piece: its number, and whether it is the last, so none can be moved or left out."""
    return n.to_bytes(11, "big") + bytes([is_last])


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))
