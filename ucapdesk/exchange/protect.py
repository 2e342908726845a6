"""Encrypts packages with a passphrase (the age format). The library is not available for every computer."""

from __future__ import annotations

import re

from ucapdesk.base.i18n import Message
from ucapdesk.exchange.errors import NoProtectionHere, NotANormalPackage, WrongPassphraseOfPackage
from ucapdesk.store.errors import EmptyPassphrase

MOST_WORK = 20
"""Maximum work factor of scrypt. The library takes 18 to 20, a second's work; each step doubles time and memory."""
_WORK = re.compile(rb"\n-> scrypt \S+ (\d+)\n")


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
    work = _WORK.search(data[:1024])
    if work and (len(work[1]) > 2 or int(work[1]) > MOST_WORK):
        raise NotANormalPackage(file=name, reason=Message("package", "a passphrase that takes hours to try"))
    try:
        return bytes(age.decrypt(data, passphrase))
    except DecryptError:
        raise WrongPassphraseOfPackage(file=name) from None
