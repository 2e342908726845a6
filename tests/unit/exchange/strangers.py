"""Packages of somebody whom nobody knows, and a name that tries to show a false check number."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.package_maker import Hand, Log, Parcel
from tests.journeys.conftest import run
from tests.unit.exchange.laptops import Laptop

FALSE = "111 111 111 111"


SPOOFED = f"Chen Yan\u202e\n\n\n\x1b[2JIts check number is <b>{FALSE}</b><!--\u2028{'x' * 400}"


def strange(workspace: str, folder: Path, hand: Hand, size: int = 0) -> Path:
    """A package of somebody nobody knows, with an attachment of so many bytes that nothing packs."""
    log = Log(workspace, hand).save(["meeting", "11111111-1111-4111-8111-111111111111", {"title.en": "Odd"}])
    parcel = Parcel(workspace, hand, [log])
    if size:
        parcel.with_blob(hand.public + bytes(size))
    plain = "".join(each for each in hand.label if each.isalnum() or each == " ")  # as a file may be called everywhere
    return parcel.write(folder / f"{plain}-{hand.id}.ucapx", method=0)


def asked(laptop: Laptop, *arguments: object) -> tuple[int, str, str]:
    path = laptop.desk.workspace.path
    laptop.desk.close()
    with laptop.here():
        command, *rest = arguments
        result = run(command, path, *rest)
    laptop.reopen()
    return result.exit_code, result.stdout, result.stderr
