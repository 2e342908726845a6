"""Packages with a passphrase: what ours are, and what a hostile one may take."""

from __future__ import annotations

import io
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from hypothesis import given
from hypothesis import strategies as st

from tests.property.fuzz import MEGABYTES, SECONDS, Memory
from tests.unit.exchange.laptops import Laptop, joined
from ucapdesk.exchange.encryption import PIECE, PackagePassphrase, protect, unprotect
from ucapdesk.exchange.errors import Refusal
from ucapdesk.exchange.reports import APPLIED, REFUSED

PASSPHRASE = "柳州 2026"


def asking(work: int, tail: bytes = bytes(200)) -> bytes:
    """A package whose passphrase takes 2 to the power of ``work`` kilobytes, and that none opens."""
    stanza = b"-> scrypt " + b"a" * 22 + b" %d\n" % work + b"b" * 43 + b"\n--- " + b"c" * 43 + b"\n"
    return b"age-encryption.org/v1\n" + stanza + tail


@pytest.mark.parametrize("work", [1, 14, 17, 18, 20])
def test_a_hostile_package_takes_a_second_and_200_mb_at_most(ana: Laptop, tmp_path: Path, work: int) -> None:
    package = tmp_path / "hostile.ucapx"
    package.write_bytes(asking(work, bytes(10**6)))
    memory, began = Memory(), time.thread_time()
    (report,) = ana.receive(package, passphrase="x")
    assert time.thread_time() - began <= SECONDS
    assert memory.more() <= MEGABYTES
    assert (report.state, report.code) == (REFUSED, "E14" if work > 17 else "E16")
    ana.check()


@pytest.mark.usefixtures("full_cost")
def test_one_of_ours_is_opened_within_the_same(ana: Laptop, chen: Laptop) -> None:
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("secret.ucapx", passphrase=PASSPHRASE)
    memory, began = Memory(), time.thread_time()
    (report,) = ana.receive(package, passphrase=PASSPHRASE)
    assert (report.state, memory.more() <= MEGABYTES) == (APPLIED, True)
    assert time.thread_time() - began <= SECONDS


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_000])
def test_what_is_protected_is_read_at_any_place(size: int) -> None:
    r = Random(size)
    data = r.randbytes(size)
    file = unprotect(io.BytesIO(protect(data, PASSPHRASE, 1)), PASSPHRASE, "x")
    assert file.read() == data
    for _ in range(20):
        at, many = r.randrange(size + 1), r.randrange(2 * PIECE)
        file.seek(at)
        assert file.read(many) == data[at : at + many]
    file.seek(-min(size, 5), io.SEEK_END)
    assert file.read() == data[max(0, size - 5) :]


@given(st.data())
def test_one_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    whole = protect(bytes(2 * PIECE + 9), PASSPHRASE, 1)
    at = data.draw(st.integers(0, len(whole) - 1))
    first = len(whole) - (2 * PIECE + 9 + 3 * 16)
    second, third = first + PIECE + 16, first + 2 * (PIECE + 16)
    match data.draw(st.sampled_from(("cut off", "flipped", "left out", "swapped"))):
        case "cut off":
            spoiled = whole[:at]
        case "flipped":
            spoiled = whole[:at] + bytes([whole[at] ^ data.draw(st.sampled_from((1, 64, 255)))]) + whole[at + 1 :]
        case "left out":
            spoiled = whole[:at] + whole[at + data.draw(st.sampled_from((1, 16, PIECE + 16))) :]
        case _:
            spoiled = whole[:first] + whole[second:third] + whole[first:second] + whole[third:]
    with pytest.raises(Refusal):
        unprotect(io.BytesIO(spoiled), PASSPHRASE, "x").read()


def test_its_key_is_worked_out_once_by_whoever_joins_and_by_whoever_looks_and_receives(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("secret.ucapx", passphrase=PASSPHRASE)
    worked_out: list[bytes] = []

    def noting(*, salt: bytes, **how: Any) -> Any:
        worked_out.append(salt)
        return Scrypt(salt=salt, **how)

    monkeypatch.setattr("cryptography.hazmat.primitives.kdf.scrypt.Scrypt", noting)
    passphrase = PackagePassphrase(PASSPHRASE)
    ana.receive(package, passphrase=passphrase, dry_run=True)
    (report,) = ana.receive(package, passphrase=passphrase)
    assert (report.state, len(worked_out)) == (APPLIED, 1)
    joined(tmp_path, package, "Eva", package_passphrase=PackagePassphrase(PASSPHRASE)).desk.close()
    assert len([salt for salt in worked_out if salt.startswith(b"age")]) == 2
