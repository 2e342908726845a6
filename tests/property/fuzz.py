"""Packages spoiled in every way one can think of: bytes, the zip file, the list of contents, the changes, signed anew or not.

``spoiled`` makes one from a number; ``look_at`` has a desk look at it and measures. The keys follow from numbers, so a
kept package can be looked at again by any run.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import re
import shutil
import struct
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from tests.property.forgeries import forged
from tests.property.packages import PackageDesk, PackageWorld
from ucapdesk.base.errors import UserError
from ucapdesk.exchange.container import CHANGES, MANIFEST, SIGNATURE
from ucapdesk.exchange.encryption import protect
from ucapdesk.exchange.errors import Refusal
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.manifest import signed_part
from ucapdesk.exchange.receiving import join, look, receive
from ucapdesk.exchange.reports import APPLIED, KNOWN, Report
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, PartialDate, PersonName, When
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import Damaged, first_chain, next_chain, parse
from ucapdesk.store.safety.check import check
from ucapdesk.store.workspace.identity import head_message

PASSPHRASE = "柳州 2026"
SECONDS, MEGABYTES = 1.0, 200  # What one package may take of the processor, and how much memory all of them
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2**31, 2**53, 2**63, 1e308, 0.5, "", "\0", "\ud800", "\u202e", "a" * 70_000, "柳州", "..", "~", "?",
    "'; DROP TABLE person; --", "00000000-0000-4000-8000-000000000000", [], {}, [[]], [{}], {"?": [["a", 1]]}, {"x": "0" * 64},
    [[[[[[[[[[[[]]]]]]]]]]]], {"~": 1}, {"owner": "x"}, ["~erase", "00000000-0000-4000-8000-000000000000", {"kind": "person"}],
    ["member", "00000000-0000-4000-8000-000000000000", {"owner": 7, "role": [], "member": {}}],
)  # fmt: skip


class Ground:
    """Two desks with a little of everything between them, and the package of the second for the first."""

    def __init__(self, folder: Path) -> None:
        self.world = PackageWorld(2, folder)
        self.desk, giver = self.world.desks
        self.giver = giver.name
        _write(giver)
        path = give(giver, folder / "whole.ucapx").file
        with zipfile.ZipFile(path) as opened:
            self.parts = {name: opened.read(name) for name in opened.namelist()}
        self.folder, self.whole = folder, path.read_bytes()

    def signed(self, parts: dict[str, bytes], *, heads: bool) -> bytes:
        """The parts as one package, with the signature of its giver, and of all authors if wished."""
        said = json.loads(parts[MANIFEST])
        if heads:
            self._sign_heads(said, parts[CHANGES])
        for part in said["parts"] if isinstance(said.get("parts"), list) else ():
            if isinstance(part, dict) and part.get("name") == CHANGES:
                part.update(sha256=hashlib.sha256(parts[CHANGES]).hexdigest(), size=len(parts[CHANGES]))
        data = json.dumps(said, ensure_ascii=False).encode(errors="surrogatepass")
        signature = self.world.keys[self.giver].sign(signed_part(data))
        return put_together({**parts, MANIFEST: data, SIGNATURE: signature})

    def _sign_heads(self, said: dict[str, Any], changes: bytes) -> None:
        store, chains, seqs = self.desk.workspace.id, dict[str, bytes](), dict[str, int]()
        try:
            for changeset in parse(changes.decode().removesuffix("\n").split("\n"), json.loads):
                device = changeset.device
                chains[device] = next_chain(chains.get(device, first_chain(store, device)), changeset.lines)
                seqs[device] = changeset.seq
        except (Damaged, ValueError):
            return
        for line in said["devices"]:
            if line["id"] in seqs:
                chain, seq = chains[line["id"]], seqs[line["id"]]
                sig = self.world.keys[line["id"]].sign(head_message(store, line["id"], seq, chain))
                line["head"] = {"seq": seq, "chain": chain.hex(), "sig": base64.b64encode(sig).decode()}
                said["head"][line["id"]] = seq

    def close(self) -> None:
        self.world.close()


def _write(desk: PackageDesk | Any) -> None:
    cls = {name: kind.cls for name, kind in KINDS.items()}
    with desk.save(["record.make", {}]) as save:
        person = save.new(cls["person"], name=PersonName("Rossi", "Marta"), tags=Codes(["a", "b"])).id
        visit = save.new(cls["visit"], title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-05")).id
        meeting = save.new(
            cls["meeting"], title=Bilingual(en="Opening", zh="开幕式"), when=When("2026-05-03", "09:00"), visit=visit,
            summary=Bilingual(zh="第一。第二。第三。"),
        ).id  # fmt: skip
        save.new(cls["agenda_item"], owner=meeting, title=Bilingual(en="Point"))
        save.new(cls["participation"], owner=meeting, person=person, role="guest")
    with desk.save(["record.edit", {}]) as save:
        save.get(cls["meeting"], meeting).mode = "online"
        trashed = save.new(cls["meeting"], title=Bilingual(en="Gone")).id
        gone = save.new(cls["person"], name=PersonName("Gone", "Gina")).id
    with desk.save(["record.trash", {}]) as save:
        save.trash(trashed)
    with desk.save(["erase", {}]) as save:
        save.rows([("~erase", gone, {"kind": "person", "names": ["0" * 64]})])


def put_together(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()


# -- ways to spoil one -------------------------------------------------------------------------------


def _bytes(ground: Ground, r: Random) -> bytes:
    return _spoiled_bytes(ground.whole, r)


def _spoiled_bytes(data: bytes, r: Random) -> bytes:
    whole = bytearray(data)
    for _ in range(r.choice((1, 1, 2, 5, 30))):
        at, size = r.randrange(len(whole) or 1), r.choice((1, 2, 4, 40, 400))
        match r.randrange(5):
            case 0:
                whole[at : at + 1] = bytes([r.randrange(256)])
            case 1:
                del whole[at : at + size]
            case 2:
                whole[at:at] = r.randbytes(size)
            case 3:
                other = r.randrange(len(whole) or 1)
                whole[at : at + size] = whole[other : other + size]
            case _:
                whole[at : at + 4] = struct.pack("<I", r.choice((0, 1, 2**31, 2**32 - 1, len(whole))))
    return bytes(whole)


def _directory(ground: Ground, r: Random) -> bytes:
    """The fields of the zip file's own headers."""
    whole = bytearray(ground.whole)
    for _ in range(r.choice((1, 1, 2, 3))):
        mark = r.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"))
        places = [found.start() for found in re.finditer(re.escape(mark), whole)]
        if places:
            field = r.choice((4, 6, 8, 10, 14, 18, 20, 24, 26, 28, 30, 38, 42))
            value = r.choice((0, 1, 8, 12, 99, 2**16 - 1))
            struct.pack_into("<H", whole, min(r.choice(places) + field, len(whole) - 2), value)
    return bytes(whole)


def _zip(ground: Ground, r: Random) -> bytes:
    parts = dict(ground.parts)
    for _ in range(r.choice((1, 1, 2))):
        name = r.choice([*parts])
        match r.randrange(6):
            case 0:
                parts.pop(name)
            case 1:
                parts[r.choice(("../x", "/etc/x", "a\0b", "blobs/" + "0" * 64, "MANIFEST.JSON", "é" * 200, "/"))] = (
                    b"x" * 99
                )
            case 2:
                parts[name] = bytes(r.choice((0, 1, 10, 10**6, 10**7)))
            case 3:
                other = r.choice([*parts])
                parts[name], parts[other] = parts[other], parts[name]
            case 4:
                parts[name] = parts[name][: 10**6] * r.choice((2, 30))  # what is measured is not the making of it
            case _:
                parts[name] = put_together(parts)
    return put_together(parts or {"x": b""}, r.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)))


def _in_json(value: Any, r: Random) -> Any:
    if not isinstance(value, list | dict) or not value or r.random() < 0.15:
        return r.choice(ODD)
    keys = list(range(len(value))) if isinstance(value, list) else list(value)
    key, copy = r.choice(keys), value.copy()
    match r.randrange(12):
        case 0:
            del copy[key]
        case 1 if isinstance(copy, dict):
            copy[r.choice(("x", "p", "~", "owner", "d", "n", "a" * 300, "title.zh.state", "\0"))] = copy[key]
        case 2 if isinstance(copy, list):
            copy *= r.choice((2, 600))
        case _:
            copy[key] = _in_json(value[key], r)
    return copy


def _list(ground: Ground, r: Random) -> bytes:
    said = json.loads(ground.parts[MANIFEST])
    for _ in range(r.choice((1, 1, 2))):
        said = _in_json(said, r)
    data = json.dumps(said, ensure_ascii=False).encode(errors="surrogatepass")
    signature = ground.world.keys[ground.giver].sign(signed_part(data))
    return put_together({**ground.parts, MANIFEST: data, SIGNATURE: signature})


def _changes(ground: Ground, r: Random) -> bytes:
    lines: list[Any] = ground.parts[CHANGES].decode().removesuffix("\n").split("\n")
    for _ in range(r.choice((1, 1, 2, 4))):
        at = r.randrange(len(lines))
        match r.randrange(12):
            case 0:
                lines.insert(at, lines[r.randrange(len(lines))])
            case 1:
                del lines[at]
            case 2:
                lines[at] = r.choice(
                    ("", "[", "{}", "[]", "null", "9" * 5000, "[" * 5000, '"' + "\\u0000" * 9 + '"', "NaN")
                )
            case _:
                try:
                    lines[at] = json.dumps(_in_json(json.loads(lines[at]), r), ensure_ascii=r.random() < 0.5, sort_keys=True,
                                           separators=(",", ":"))  # fmt: skip
                except (ValueError, RecursionError):
                    continue
        if not lines:
            break
    data = "".join(f"{line}\n" for line in lines).encode(errors="surrogatepass")
    return ground.signed({**ground.parts, CHANGES: data}, heads=r.random() < 0.9)


@cache
def _protected(whole: bytes, work: int) -> bytes:
    """Return a package with a passphrase; making it takes as long as opening it, so it is made once."""
    with patch("ucapdesk.exchange.encryption.secrets.token_bytes", Random(work).randbytes):
        return protect(whole, PASSPHRASE, work)


def _age(ground: Ground, r: Random) -> bytes:
    """One with a passphrase that takes any time to try, or with the right one and spoiled bytes."""
    if r.random() < 0.5:
        return _spoiled_bytes(_protected(ground.whole, r.choice((1, 8, 17))), r)
    text = (base64.b64encode(r.randbytes(n)).rstrip(b"=") for n in (16, 32, 32))
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n--- %s\n"
    salt, wrapped, mac = text
    return head % (salt, r.choice((1, 17, 18, 20, 40, 99)), wrapped, mac) + r.randbytes(r.choice((0, 40, 400)))


WAYS: tuple[Callable[[Ground, Random], bytes], ...] = (
    _bytes,
    _directory,
    _zip,
    _list,
    _list,
    _changes,
    _changes,
    _changes,
    _age,
    *[forged] * 9,
)


def spoiled(ground: Ground, seed: int) -> bytes:
    r = Random(seed)
    return r.choice(WAYS)(ground, r)


# -- looking at it -------------------------------------------------------------------------------------


def look_at(ground: Ground, file: Path) -> Report:
    """What a desk says of a package; fails where it takes too long or too much, raises, or changes anything."""
    desk, began = ground.desk, time.process_time()
    before = desk.log.vector(), desk.db.execute("SELECT count(*) FROM sync_row").fetchone()
    (report,) = receive(desk, [file], accept=True, dry_run=True, passphrase=PASSPHRASE)
    took = time.process_time() - began
    assert report.state in (APPLIED, KNOWN) or isinstance(report.why, Refusal), report.why
    assert (desk.log.vector(), desk.db.execute("SELECT count(*) FROM sync_row").fetchone()) == before
    assert took <= SECONDS, f"{took:.1f} seconds"
    with contextlib.suppress(UserError):
        look(file)
    return report


def take_in(ground: Ground, file: Path) -> None:
    """Take a package in for good, on a copy: whoever did goes on writing and giving, and all is as the log says."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "copy"
        ground.desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(ground.desk.workspace.path, place)
        with Desk.open(place, clock=ground.desk.own_clock) as desk:
            receive(desk, [file], accept=True, passphrase=PASSPHRASE)
            assert (found := check(desk).findings) == [], found
            with desk.save(["record.make", {}]) as save:
                save.new(KINDS["meeting"].cls, title=Bilingual(en="And so on"))
            given = give(desk, place.with_name("given.ucapx"))
        with join(place.with_name("joined"), given.file, person="Eva", clock=ground.desk.own_clock) as eva:
            assert (found := check(eva).findings) == [], found


class Memory:
    """The most that this process uses from now on, in megabytes, above what it has; 0 where the system does not tell."""

    def __init__(self) -> None:
        self._before = 0.0
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # count the highest anew
        self._before = self._highest()

    @staticmethod
    def _highest() -> float:
        try:
            found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
        except OSError:
            return 0.0
        return int(found[1]) / 1024 if found else 0.0

    def more(self) -> float:
        return self._highest() - self._before
