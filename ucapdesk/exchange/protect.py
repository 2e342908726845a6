"""Packages that only a passphrase opens (the age format). The library is not to be had for every computer."""

from __future__ import annotations

from ucapdesk.exchange.errors import NoProtectionHere, WrongPassphraseOfPackage
from ucapdesk.store.errors import EmptyPassphrase


def protect(data: bytes, passphrase: str) -> bytes:
    """Encrypt; takes seconds and half a gigabyte of memory, which is what makes guessing slow."""
    if not passphrase.strip():
        raise EmptyPassphrase
    try:
        from pyrage import passphrase as age
    except ImportError:
        raise NoProtectionHere from None
    return bytes(age.encrypt(data, passphrase))


def unprotect(data: bytes, passphrase: str, name: str) -> bytes:
    """Decrypt. Raises WrongPassphraseOfPackage, also for a file that is damaged: the two cannot be told apart."""
    try:
        from pyrage import DecryptError
        from pyrage import passphrase as age
    except ImportError:
        raise NoProtectionHere from None
    try:
        return bytes(age.decrypt(data, passphrase))
    except DecryptError:
        raise WrongPassphraseOfPackage(file=name) from None
