"""The same scripts with real workspaces and real packages between them: late, twice, cut, forged, previewed, taken back.

The oracle is told what each file holds. What a desk keeps for later, and tries again with every file that comes, is
counted here as it should be; the desk's own answer is compared with that.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.helpers.clock import FrozenClock
from tests.property.oracle import FIELDS, Dot, Written
from tests.property.script import WEIGHTS, Script, Step, draw
from tests.property.world import TestDesk, World
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.base.json_text import dumps
from ucapdesk.base.paths import config_dir
from ucapdesk.exchange import manifest as manifests
from ucapdesk.exchange import receiving
from ucapdesk.exchange.container import CHANGES, MANIFEST, SIGNATURE
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.manifest import DeviceLine, Head, Manifest, Part, Sender
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED, WAITING
from ucapdesk.model.kinds import KINDS
from ucapdesk.store import desk as desks
from ucapdesk.store.log.changeset import blank, first_chain, next_chain
from ucapdesk.store.workspace.identity import Identity, device_id_of, head_message
from ucapdesk.store.workspace.workspace import Workspace

# How often what is done, in scripts of real packages.
SWAPPING = {
    **WEIGHTS,
    "erase": 3,
    "take_back": 12,
    "give_bad": 9,
    "give_several": 9,
    "give_one": 12,
    "rebuild": 0.3,
    "fresh": 1,
}


@cache
def template() -> Path:
    folder = Path(mkdtemp(prefix="ucapdesk-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Workspace.create(folder / "w", name="W", person="P", id_=derived_id("test", "w"), clock=FrozenClock()).close()
    return folder / "w"


class PackageDesk(TestDesk):
    """A desk with a workspace on disk, and a key that follows from its number."""

    def __init__(self, folder: Path, number: int, *, older: bool = False) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"desk {number}".encode()).digest())
        self.name, self.own_clock = device_id_of(self.key.public_key().public_bytes_raw()), FrozenClock()
        path = folder / f"desk{number}"
        shutil.copytree(template(), path)
        workspace = Workspace.open(path, clock=self.own_clock)
        workspace.person = f"Person {self.name}"
        (config_dir() / "devices").mkdir(parents=True, exist_ok=True)
        secret = base64.b64encode(self.key.private_bytes_raw()).decode()
        workspace._identity = Identity(self.name, secret)
        desks.Desk.__init__(self, workspace)
        self.db.execute("PRAGMA synchronous=OFF")
        self.kinds, self.fields = KINDS, FIELDS
        if older:
            self.become_older()

    def everything(self) -> dict[str, Any]:
        found = super().everything()
        return {**found, "seen": {device: seen for device, seen in found["seen"].items() if device in found["vector"]}}

    def close(self) -> None:
        desks.Desk.close(self)


class PackageWorld(World):
    """Desks, a stick, and what waits on each of them."""

    def __init__(self, count: int, folder: Path, *, older: bool = False) -> None:
        super().__init__(0)
        self.folder = folder
        self.desks = [PackageDesk(folder, n, older=older and n == 0) for n in range(count)]
        # Each desk accepts all the others: of those whose packages wait too.
        self.keys = {desk.name: desk.key for desk in self.desks if isinstance(desk, PackageDesk)}
        self.waiting: dict[str, dict[str, list[Written]]] = {}
        self.before: dict[str, tuple[dict[str, int], dict[str, list[Written]]]] = {}
        self.left_out: dict[str, dict[Dot, set[str]]] = {}  # By file: whose data is left out of which changesets in it
        for desk in self.desks:
            self.oracle.new_desk(desk.name)
            self.waiting[desk.name] = {}

    # -- files ----------------------------------------------------------------------------------------

    def complete(self, giver: TestDesk) -> tuple[Path, list[Written]]:
        file = give(giver, self.folder / f"{new_id()}.ucapx").file
        with zipfile.ZipFile(file) as opened:
            lines = opened.read(CHANGES).decode().removesuffix("\n").split("\n")
        held = self.file(giver, {})
        assert (
            lines == [*filter(None, "\n".join("\n".join(self.lines_of(giver, c)) for c in held).split("\n"))]
            or not held
        )
        return file, held

    def lines_of(self, giver: TestDesk, written: Written) -> tuple[str, ...]:
        return self.oracle.passed_on(giver.name, written)

    def packed(
        self,
        giver: TestDesk,
        file: Sequence[Written],
        change: Callable[[dict[str, Any]], None] | None = None,
        *,
        changed: Written | None = None,
        key: str | None = None,
    ) -> Path:
        """Any changesets in any order, with everything signed as if their authors had given them so far.

        Args:
            giver: Whose package it is.
            file: The changesets.
            change: Changes the manifest before it is signed.
            changed: One whose lines are not those of its author.
            key: Whose key signs the head of that one, over the lines as they are.
        """
        head: dict[str, int] = {}
        base: dict[str, int] = {}
        for c in file:
            device, seq = c.dot
            head[device] = max(seq, head.get(device, 0))
            base[device] = min(seq - 1, base.get(device, seq))
        given = {c.dot: c.lines if c is changed else self.lines_of(giver, c) for c in file}
        data = "".join(f"{line}\n" for c in file for line in given[c.dot]).encode()
        devices = [self._line(device, head.get(device, 0)) for device in sorted({*head, giver.name})]
        if key and changed:
            devices = [
                self._line(device.id, device.head.seq, {changed.dot: changed.lines}, key)
                if device.id == changed.dot[0] else device for device in devices
            ]  # fmt: skip
        said = Manifest(
            new_id(), giver.workspace.id, "W", Sender(giver.name, "P", "L", "1", 1, "2026-01-01T00:00:00Z"),
            {d: q for d, q in base.items() if q}, head, tuple(devices), counts={"changesets": len(file)},
            parts=(Part(CHANGES, len(data), hashlib.sha256(data).hexdigest()),),
        )  # fmt: skip
        manifest = json.loads(said.to_bytes())
        if change:
            change(manifest)
        path = self.folder / f"{new_id()}.ucapx"
        said_of = {dot: [json.loads(line) for line in lines[1:]] for dot, lines in given.items()}
        self.left_out[str(path)] = {
            dot: {each["of"] for each in lines if isinstance(each, dict)} for dot, lines in said_of.items()
        }
        signed = dumps(manifest).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(CHANGES, data)
            made.writestr(MANIFEST, signed)
            made.writestr(SIGNATURE, self.keys[giver.name].sign(manifests.signed_part(signed)))
        return path

    def _line(
        self, device: str, seq: int, others: Mapping[Dot, Sequence[str]] | None = None, signer: str | None = None
    ) -> DeviceLine:
        """A signed head; over other lines here and there, and by another, for forgers."""
        chain, store = first_chain(self.desks[0].workspace.id, device), self.desks[0].workspace.id
        for number in range(1, seq + 1):
            chain = next_chain(chain, (others or {}).get((device, number), self.oracle.written[device, number].lines))
        key = self.keys[device]
        signature = self.keys[signer or device].sign(head_message(store, device, seq, chain))
        public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        return DeviceLine(device, public, "P", "L", Head(seq, chain.hex(), base64.b64encode(signature).decode()))

    # -- what should become of them -------------------------------------------------------------------

    def deliver(self, desk: TestDesk, file: Sequence[Written]) -> bool:
        giver = self.desks[(self.desks.index(desk) + 1) % len(self.desks)]
        return self.take(desk, [(self.packed(giver, file), list(file))])[0]

    def take(self, desk: TestDesk, files: Sequence[tuple[Path, list[Written]]]) -> list[bool]:
        """A desk looks at packages, then takes them in; everything is compared with what the oracle expects."""
        states, held, still = self._expected(desk, files)
        before, wrote = desk.everything(), desk.db.total_changes
        paths = [path for path, _ in files]
        preview = receiving.receive(desk, paths, accept=self.keys, dry_run=True)
        assert desk.everything() == before, "a preview wrote something"
        reports = receiving.receive(desk, paths, accept=self.keys)
        assert [r.to_json() for r in reports] == [r.to_json() for r in preview], "the preview said something else"
        assert [(r.state, r.code) for r in reports[: len(files)]] == states
        if any(report.state == APPLIED for report in reports):
            self.before[desk.name] = dict(self.oracle.held[desk.name]), dict(self.waiting[desk.name])
        else:
            assert desk.everything() == before, "a refused package left something behind"
        self.oracle.held[desk.name], self.waiting[desk.name] = held, still
        self.counts["received"] += len(files)
        self.counts["refused"] += sum(state == WAITING for state, _ in states)
        self.counts["waited"] += sum(r.state == APPLIED for r in reports[len(files) :])
        known = [path for path, (state, _) in zip(paths, states, strict=True) if state in (APPLIED, KNOWN)]
        wrote = desk.db.total_changes
        again = receiving.receive(desk, known, accept=self.keys)
        assert {r.state for r in again[: len(known)]} <= {KNOWN}
        assert {r.state for r in again[len(known) :]} <= {WAITING}, "what waited was not tried with what it waited for"
        assert not known or still or desk.db.total_changes == wrote, "the same file again wrote something"
        return [state in (APPLIED, KNOWN) for state, _ in states]

    def _expected(
        self, desk: TestDesk, files: Sequence[tuple[Path, list[Written]]]
    ) -> tuple[list[tuple[str, str | None]], dict[str, int], dict[str, list[Written]]]:
        real, states = self.oracle.held[desk.name], dict[str, tuple[str, str | None]]()
        states.update({str(path): (WAITING, "E10") for path, _ in files})
        left = {**{str(path): held for path, held in files}, **self.waiting[desk.name]}
        moved = True
        try:
            while moved:
                moved = False
                for name, file in [*left.items()]:
                    now = self.oracle.fits(desk.name, file)
                    if now is not None and self._lacks_removal(desk, name, now):
                        states[name] = (REFUSED, "E04")
                        del left[name]
                    elif now is not None:
                        states[name] = (APPLIED if now != self.oracle.held[desk.name] else KNOWN, None)
                        self.oracle.held[desk.name] = now
                        del left[name]
                        moved = True
            return [states[str(path)] for path, _ in files], self.oracle.held[desk.name], left
        finally:
            self.oracle.held[desk.name] = real

    def _lacks_removal(self, desk: TestDesk, file: str, now: Mapping[str, int]) -> bool:
        """Whether a file brings changesets without the data of somebody whose removal neither it nor the desk knows."""
        held = self.oracle.held[desk.name]
        new = (people for (by, n), people in self.left_out.get(file, {}).items() if n > held.get(by, 0))
        return bool(set().union(*new) - self.oracle.view(now).erased.keys())

    def refuse(self, desk: TestDesk, path: Path, held: list[Written], *, always: bool = False) -> None:
        """A package that is not in order is refused with nothing written, or (unless always) does what its true twin would."""
        before = desk.everything()
        (report, *_) = receiving.receive(desk, [path], accept=self.keys)
        if always or report.state == REFUSED:
            assert report.state == REFUSED
            assert report.code in ("E02", "E03", "E04", "E11", "E14", "E15"), report.why
            assert desk.everything() == before, "a refused package left something behind"
            self.counts["bad"] += 1
        else:
            _, self.oracle.held[desk.name], self.waiting[desk.name] = self._expected(desk, [(path, held)])
            self.before.pop(desk.name, None)
        self.check(desk)

    def spread(self) -> None:
        for _ in range(2):
            files = [self.complete(desk) for desk in self.desks]
            for n, taker in enumerate(self.desks):
                assert all(self.take(taker, [*files[n + 1 :], *files[:n]]))


class PackageScript(Script):
    """The steps of a script where files are packages."""

    world: PackageWorld

    def _give(self, desk: TestDesk, r: Random) -> None:
        giver = self._other(desk, r)
        assert self.world.take(desk, [self.world.complete(giver)])[0], "a complete package does not fit"

    def _give_several(self, desk: TestDesk, r: Random) -> None:
        """Several files at once: complete ones, some since a moment, one of them twice perhaps."""
        files = []
        for _ in range(r.choice((2, 3))):
            giver = self._other(desk, r)
            if r.random() < 0.4:
                files.append(self.world.complete(giver))
            else:
                file = self.world.file(giver, r.choice(self.moments))
                files.append((self.world.packed(giver, file), file))
        r.shuffle(files)
        self.world.take(desk, files)

    def _give_bad(self, desk: TestDesk, r: Random) -> None:
        giver = self._other(desk, r)
        file = self.world.file(giver, {})
        if not file:
            return
        BAD[r.choice(sorted(BAD))](self.world, desk, giver, file, r)

    def _take_back(self, desk: TestDesk, r: Random) -> None:
        bundle = receiving.last_receive(desk)
        if bundle is None or desk.name not in self.world.before:  # the one before it is the older copy's affair
            return
        receiving.take_back(desk, bundle)
        held, waiting = self.world.before.pop(desk.name)
        self.world.oracle.held[desk.name], self.world.waiting[desk.name] = held, waiting
        self.world.counts["taken back"] += 1


Bad = Callable[[PackageWorld, TestDesk, TestDesk, list[Written], Random], None]
BAD: dict[str, Bad] = {}  # Ways in which a package can be wrong


def _bad(way: Bad) -> Bad:
    BAD[way.__name__] = way
    return way


def _other_bytes(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The package with other parts, put together again."""
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


@_bad
def cut_off(world: PackageWorld, desk: TestDesk, giver: TestDesk, file: list[Written], r: Random) -> None:
    path, held = world.complete(giver)
    path.write_bytes(path.read_bytes()[: r.randrange(1, path.stat().st_size)])
    world.refuse(desk, path, held)


@_bad
def a_part_changed(world: PackageWorld, desk: TestDesk, giver: TestDesk, file: list[Written], r: Random) -> None:
    path, held = world.complete(giver)

    def change(parts: dict[str, bytes]) -> None:
        parts[CHANGES] = parts[CHANGES].replace(b"wort", b"Wort")

    world.refuse(desk, _other_bytes(path, change), held)


@_bad
def the_list_changed(world: PackageWorld, desk: TestDesk, giver: TestDesk, file: list[Written], r: Random) -> None:
    path, held = world.complete(giver)

    def change(parts: dict[str, bytes]) -> None:
        parts[MANIFEST] = parts[MANIFEST].replace(b'"person":"', b'"person":"X')

    world.refuse(desk, _other_bytes(path, change), held, always=True)


@_bad
def words_of_another_changed(
    world: PackageWorld, desk: TestDesk, giver: TestDesk, file: list[Written], r: Random
) -> None:
    """The giver signs a list of changed words, some of them not his own; sometimes heads too, with the key he has."""
    held = world.oracle.held[desk.name]
    news = [at for at, c in enumerate(file) if c.dot[1] > held.get(c.dot[0], 0)]
    at = r.choice([at for at in news if file[at].dot[0] != giver.name] or news or range(len(file)))
    old = file[at]
    lines = tuple(line.replace("wort", "Wort").replace('"P', '"Q') for line in old.lines)
    forged = Written(old.dot, old.time, old.past, old.rows, lines)
    key = giver.name if old.dot[0] != giver.name and r.random() < 0.6 else None
    path = world.packed(giver, [*file[:at], forged, *file[at + 1 :]], changed=forged, key=key)
    world.refuse(desk, path, file)


@_bad
def lines_left_out(world: PackageWorld, desk: TestDesk, giver: TestDesk, file: list[Written], r: Random) -> None:
    """As if the data of somebody had been removed, which nobody has signed."""
    at = r.randrange(len(file))
    old = file[at]
    lines = [
        blank(line, (ent, id_, {}), id_)
        for line, (ent, id_, _) in zip(old.lines[1:], old.rows, strict=True)
    ]  # fmt: skip
    forged = Written(old.dot, old.time, old.past, old.rows, (old.lines[0], *lines))
    world.refuse(desk, world.packed(giver, [*file[:at], forged, *file[at + 1 :]], changed=forged), file)


@_bad
def more_than_was_signed(world: PackageWorld, desk: TestDesk, giver: TestDesk, file: list[Written], r: Random) -> None:
    """Heads that speak of less than is there: what comes after them nobody has signed."""
    last = max(file, key=lambda c: c.dot[1]).dot

    def less(said: dict[str, Any]) -> None:
        line = world._line(last[0], last[1] - 1)
        said["head"].pop(last[0])
        said["head"].update({last[0]: last[1] - 1} if last[1] > 1 else {})
        said["devices"] = [d for d in said["devices"] if d["id"] != last[0]]
        said["devices"].append({
            "id": line.id, "pubkey": line.pubkey, "person": "P", "label": "L", "succ_of": None,
            "head": {"seq": line.head.seq, "chain": line.head.chain, "sig": line.head.sig},
        })  # fmt: skip

    world.refuse(desk, world.packed(giver, file, less), file)


def run(count: int, older: bool, steps: Sequence[Step], folder: Path) -> World:
    """Do all of it, check after each step, bring everybody together, and check again."""
    world = PackageWorld(count, folder, older=older)
    script = PackageScript(world)
    try:
        for at, step in enumerate(steps):
            try:
                script.do(step)
            except Exception as error:
                error.add_note(f"at step {at}: {step} of {count} desks, older: {older}")
                raise
        world.finish(sorted(script.words))
    finally:
        world.close()
    return world


def drawn(seed: int) -> tuple[int, bool, list[Step]]:
    """A script for two or three desks, shorter than those without packages."""
    count, older, steps = draw(seed, 34 + seed % 12, SWAPPING)
    return min(count, 3), older, steps
