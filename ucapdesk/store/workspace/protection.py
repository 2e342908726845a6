"""Protection of a workspace: a random data key, wrapped by the passphrase.

The databases and all backups use the data key as it is, and a new passphrase comes with a new one (``rekey``). A forgotten
passphrase cannot be replaced. Keys are bytes that can be wiped, as far as Python lets them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
import secrets
import unicodedata
from typing import Any, NamedTuple

from ucapdesk.base.errors import UserError

KEY_BYTES = 32
COST = 2**17  # Cost of scrypt: 128 MB and some tenths of a second for each guess
BLOCK = 8
# Maximum product of n, r and p in a workspace.json; more would only be an attack on memory and patience.
MAX_COST = COST * BLOCK
LENGTHS = (16, 12, KEY_BYTES + 16)  # Bytes of salt, nonce and wrapped key


Key = bytearray


class WrongKeyError(ValueError):
    """The passphrase does not open this wrapping."""


class Wrapping(NamedTuple):
    """A wrapped data key, as ``workspace.json`` holds it. Bytes are base64."""

    salt: str
    n: int
    r: int
    p: int
    nonce: str
    key: str

    @property
    def tag(self) -> str:
        """Return a short name of this wrapping, and so of its data key."""
        return hashlib.sha256(self.salt.encode()).hexdigest()[:8]

    def as_json(self) -> dict[str, object]:
        return {"kdf": "scrypt", "cipher": "aes-256-gcm", **self._asdict()}


def wrapping_of(said: object) -> Wrapping:
    """Read ``as_json``'s form. Raises ValueError for anything else."""
    if not isinstance(said, dict) or not _is_understood(said):
        raise ValueError("a protection this version does not know")
    return Wrapping(**{name: said[name] for name in Wrapping._fields})


def _is_understood(said: dict[str, Any]) -> bool:
    numbers: list[Any] = [said.get(name) for name in ("n", "r", "p")]
    try:
        lengths = tuple(len(base64.b64decode(said[name], validate=True)) for name in ("salt", "nonce", "key"))
    except (KeyError, TypeError, ValueError):
        return False
    return (
        (said.get("kdf"), said.get("cipher")) == ("scrypt", "aes-256-gcm")
        and lengths == LENGTHS
        and all(type(number) is int and 0 < number <= MAX_COST for number in numbers)
        and math.prod(numbers) <= MAX_COST
        and said["n"].bit_count() == 1
    )


def check_passphrase(passphrase: str | None) -> None:
    """Check a passphrase that is to protect something, where one is given. Raises EmptyPassphrase."""
    if passphrase is not None and not passphrase.strip():
        raise UserError(
            "A passphrase cannot be empty. Nothing was changed; choose one that you can remember, it cannot be replaced.",
            code="empty-passphrase",
        )


def new_key() -> Key:
    return Key(secrets.token_bytes(KEY_BYTES))


def wipe(key: Key | None) -> None:
    if key is not None:
        key[:] = bytes(len(key))


def wrap(key: Key, passphrase: str, bound_to: str) -> Wrapping:
    """Wrap a data key; ``bound_to`` (the workspace's id) must be the same when it is unwrapped."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    stretched = _stretch(passphrase, salt, COST, BLOCK, 1)
    sealed = AESGCM(stretched).encrypt(nonce, key, bound_to.encode())
    wipe(stretched)
    return Wrapping(_text(salt), COST, BLOCK, 1, _text(nonce), _text(sealed))


def unwrap(wrapping: Wrapping, passphrase: str, bound_to: str) -> Key:
    """Return the data key. Raises WrongKeyError for another passphrase."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, sealed = (base64.b64decode(part) for part in (wrapping.salt, wrapping.nonce, wrapping.key))
    stretched, key = _stretch(passphrase, salt, wrapping.n, wrapping.r, wrapping.p), Key(KEY_BYTES)
    try:
        AESGCM(stretched).decrypt_into(nonce, sealed, bound_to.encode(), key)
    except InvalidTag as error:
        raise WrongKeyError from error
    finally:
        wipe(stretched)
    return key


def seal(text: str, key: Key, bound_to: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    return _text(nonce + AESGCM(_for_texts(key)).encrypt(nonce, text.encode(), bound_to.encode()))


def unseal(sealed: str, key: Key, bound_to: str) -> str:
    """Return the decrypted text. Raises WrongKeyError where it was altered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = base64.b64decode(sealed)
    try:
        return AESGCM(_for_texts(key)).decrypt(raw[:12], raw[12:], bound_to.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise WrongKeyError from error


def _for_texts(key: Key) -> bytes:
    return hmac.digest(key, b"ucapdesk text", "sha256")


def _stretch(passphrase: str, salt: bytes, n: int, r: int, p: int) -> Key:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same word typed on two systems may come composed or decomposed.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    stretched = Key(KEY_BYTES)
    Scrypt(salt=salt, length=KEY_BYTES, n=n, r=r, p=p).derive_into(typed, stretched)
    return stretched


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
