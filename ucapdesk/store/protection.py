"""Protection of a workspace: a random data key, wrapped by the passphrase.

The databases and all backups use the data key as it is; a new passphrase only wraps the key anew. A forgotten one
cannot be replaced.
"""

from __future__ import annotations

import base64
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

KEY_BYTES = 32
COST = 2**17
"""Of scrypt: 128 MB and some tenths of a second for each guess."""
LARGEST = (2**20, 16, 16)
"""What a workspace.json may ask for n, r and p; more would only be an attack on the memory."""
LENGTHS = (16, 12, KEY_BYTES + 16)
"""Bytes of salt, nonce and wrapped key."""


class WrongKeyError(ValueError):
    """The passphrase does not open this wrapping."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A wrapped data key, as ``workspace.json`` holds it. Bytes are base64."""

    salt: str
    n: int
    r: int
    p: int
    nonce: str
    key: str

    def as_json(self) -> dict[str, object]:
        """For ``workspace.json``."""
        return {"kdf": "scrypt", "cipher": "aes-256-gcm", **asdict(self)}


def wrapping_of(said: object) -> Wrapping:
    """Read ``as_json``'s form. Raises ValueError for anything else."""
    if not isinstance(said, dict) or not _is_understood(said):
        raise ValueError("a protection this version does not know")
    return Wrapping(**{name: said[name] for name in Wrapping.__slots__})


def _is_understood(said: dict[str, Any]) -> bool:
    numbers = [said.get(name) for name in ("n", "r", "p")]
    try:
        lengths = tuple(len(base64.b64decode(said[name], validate=True)) for name in ("salt", "nonce", "key"))
    except (KeyError, TypeError, ValueError):
        return False
    return (
        (said.get("kdf"), said.get("cipher")) == ("scrypt", "aes-256-gcm")
        and lengths == LENGTHS
        and all(isinstance(number, int) and 0 < number <= most for number, most in zip(numbers, LARGEST, strict=True))
        and said["n"].bit_count() == 1
    )


def new_key() -> bytes:
    """A data key for a new workspace."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(key: bytes, passphrase: str, bound_to: str) -> Wrapping:
    """Wrap a data key; ``bound_to`` (the workspace's id) must be the same when it is unwrapped."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_stretch(passphrase, salt, COST, 8, 1)).encrypt(nonce, key, bound_to.encode())
    return Wrapping(_text(salt), COST, 8, 1, _text(nonce), _text(sealed))


def unwrap(wrapping: Wrapping, passphrase: str, bound_to: str) -> bytes:
    """The data key. Raises WrongKeyError for another passphrase."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, sealed = (base64.b64decode(part) for part in (wrapping.salt, wrapping.nonce, wrapping.key))
    try:
        stretched = _stretch(passphrase, salt, wrapping.n, wrapping.r, wrapping.p)
        return AESGCM(stretched).decrypt(nonce, sealed, bound_to.encode())
    except InvalidTag as error:
        raise WrongKeyError from error


def _stretch(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same word typed on two systems may come composed or decomposed.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return Scrypt(salt=salt, length=KEY_BYTES, n=n, r=r, p=p).derive(typed)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
