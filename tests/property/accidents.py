"""Scripts in which all goes wrong that can: laptops copied with their keys, blocked, retired, with wrong clocks; data
removed; input that is too large; an accepted laptop that forges.

The oracle knows the truth: who copied whom, and what each had really seen, under names of its own (*lineages*). What a
desk calls a branch, it learns from nobody but the chain of each changeset. So every desk must come to exactly what the
oracle says, with as many questions, although no header says which of two was meant.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from tests.property.forgers import FORGERIES
from tests.property.laptop_keys import Keys
from tests.property.oracle import ERASED, FIELDS, Dot, Fields, Oracle, View, Written
from tests.property.packages import PackageDesk, PackageWorld, template
from tests.property.script import WEIGHTS, Script, Step, draw
from tests.property.world import TestDesk, World
from ucapdesk.base.ids import new_id
from ucapdesk.exchange import devices, receiving
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED, Report
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules import limits
from ucapdesk.model.values import Bilingual
from ucapdesk.store import desk as desks
from ucapdesk.store.log.changeset import ON_BRANCH
from ucapdesk.store.workspace.identity import Identity
from ucapdesk.store.workspace.workspace import Workspace

ODD = ("give_odd", "give_one", "lose", "update", "part_to_other")
ACCIDENTS = {
    **{name: weight for name, weight in WEIGHTS.items() if name not in ODD},
    "erase": 3, "copy": 7, "block": 3, "retire": 3, "too_large": 3, "insider": 5, "give": 34, "fresh": 2, "rebuild": 0.5,
}  # fmt: skip
MOST_DESKS = 5
ROUNDS = 5  # After so many rounds of everybody's packages nobody has anything new to say


class AccidentDesk(PackageDesk):
    """A desk with a name of its own, whatever laptop it writes as."""

    def __init__(self, name: str, workspace: Workspace, me: Identity, clock: FrozenClock) -> None:
        self.name, self.own_clock = name, clock
        workspace._identity = me
        desks.Desk.__init__(self, workspace)
        self.db.execute("PRAGMA synchronous=OFF")
        self.kinds, self.fields = KINDS, FIELDS


class Truth(Oracle):
    """The oracle with lineages in place of devices: one for each laptop from when it was made or copied."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, int] = {}  # The number with which a lineage begins
        self.names: dict[Dot, str] = {}  # What the desk that is looked at calls the author of a changeset

    def view(self, held: Mapping[str, int], fields: Fields = FIELDS) -> View:
        """What is shown by a program that holds these changesets."""
        dots = [(d, s) for d, q in sorted(held.items()) for s in range(self.first[d], q + 1)]
        key = (tuple(dots), id(fields), tuple(self.names.get(dot) for dot in dots))
        if key not in self._views:
            found = {dot: replace(self.written[dot], author=self.names.get(dot, "")) for dot in dots}
            self._views[key] = View([*found.values()], fields, found)
        return self._views[key]


class AccidentWorld(PackageWorld):
    """Desks that may be copies of one another."""

    oracle: Truth

    def __init__(self, count: int, folder: Path, keys: Keys) -> None:
        World.__init__(self, 0)
        self.folder, self.laptops, self.oracle = folder, keys, Truth()
        self.by_chain: dict[bytes, Dot] = {}
        self.lineage: dict[str, str] = {}
        self.noted: dict[str, int] = {}
        self.wrote_as: dict[str, str] = {}
        self.keys_of: dict[str, set[str]] = {}
        self.blocked: dict[str, set[str]] = {}
        self.previewed: dict[Path, Report] = {}
        self.desks = []
        for n in range(count):
            self._open(template(), f"desk{n}", keys.new(), FrozenClock())

    def _open(self, folder: Path, name: str, me: Identity, clock: FrozenClock, like: str | None = None) -> TestDesk:
        path = self.folder / name
        shutil.copytree(folder, path, ignore=shutil.ignore_patterns("*.lock"))
        workspace = Workspace.open(path, clock=clock)
        workspace.person = f"Person {name}"
        desk = AccidentDesk(name, workspace, me, clock)
        self.desks.append(desk)
        self.oracle.new_desk(name, like)
        self.blocked[name] = set(self.blocked[like]) if like else set()
        self.keys_of[name] = set(self.keys_of[like]) if like else set()
        self._new_lineage(desk, self.noted[like] if like else 0)
        return desk

    def _new_lineage(self, desk: TestDesk, after: int) -> None:
        lineage = f"L{len(self.oracle.first)}"
        self.lineage[desk.name], self.noted[desk.name] = lineage, after
        self.oracle.first[lineage] = after + 1
        self.wrote_as[desk.name] = desk.me().device_id
        self.keys_of[desk.name].add(desk.me().device_id)

    def copy(self, desk: TestDesk) -> TestDesk:
        """The whole laptop once more, keys and all."""
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        desk.workspace.files.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        clock = FrozenClock()
        clock.now = desk.own_clock.now
        self.counts["copied"] += 1
        me = self.laptops.copied(desk.me().device_id)
        return self._open(desk.workspace.path, f"desk{len(self.desks)}", me, clock, desk.name)

    # -- what was written -----------------------------------------------------------------------------

    def note(self, desk: TestDesk) -> list[Written]:
        query = (
            "SELECT c.seq, c.chain FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev"
            " WHERE d.device_id = ? AND c.seq > ? ORDER BY c.seq"
        )
        rows = desk.db.execute(query, (desk.me().device_id, self.noted[desk.name])).fetchall()
        return [self.wrote(desk, seq, bytes(chain)) for seq, chain in rows]

    def wrote(self, desk: TestDesk, seq: int, chain: bytes, like: Written | None = None) -> Written:
        """Tell it of one changeset; ``like``: of which it is the same once more, as a new laptop's."""
        lineage = self.lineage[desk.name]
        lines = tuple(desk.log.read((desk.log.devices[desk.me().device_id].ord, seq)).lines)
        past = dict(self.oracle.held[desk.name])
        if like:
            past = {d: min(q, past.get(d, 0)) for d, q in like.past.items() if past.get(d)}
            past |= {lineage: seq - 1} if seq > 1 else {}
        rows = [row for row in map(json.loads, lines[1:]) if isinstance(row, list)]  # not those that were erased
        said = tuple((ent, id_, cells) for ent, id_, cells in rows if ent == ERASED or not ent.startswith("~"))
        if like:
            said = tuple(next((new for new in said if new[:2] == old[:2]), old) for old in like.rows)
        names = self._names(desk, seq, chain)
        new = Written((lineage, seq), json.loads(lines[0])["t"], past, said, lines, names=names)
        self.oracle.written[new.dot] = new
        self.oracle.held[desk.name][lineage] = self.noted[desk.name] = seq
        self.by_chain[chain] = new.dot
        return new

    def _names(self, desk: TestDesk, seq: int, chain: bytes) -> frozenset[str]:
        """What its device may be called: by its own name, or as the branch that any changeset up to it began."""
        device = desk.me().device_id
        before = self.by_chain.get(desk.log.chain_at(desk.log.devices[device], seq - 1))
        known = self.oracle.written[before].names if before else {device}
        branch = hashlib.sha256(b"ucapx1-branch\0" + device.encode() + chain).digest()
        return frozenset({*known, base64.b32encode(branch).decode().lower()[:16]})

    def view(self, desk: TestDesk) -> View:
        """What the oracle says of a desk, where equal times are settled by the names that this one has."""
        query = "SELECT c.chain, d.device_id FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev"
        held = self.oracle.held[desk.name]
        rows = desk.db.execute(query).fetchall()
        self.oracle.names = {self.by_chain[c]: d for c, d in rows if bytes(c) in self.by_chain}
        return self.oracle.view(held, desk.fields)

    def held_by(self, desk: TestDesk) -> set[Dot]:
        chains = {bytes(c) for (c,) in desk.db.execute("SELECT chain FROM sync_changeset").fetchall()}
        return {dot for chain, dot in self.by_chain.items() if chain in chains}

    def dots(self, held: Mapping[str, int]) -> set[Dot]:
        return {(d, s) for d, q in held.items() for s in range(self.oracle.first[d], q + 1)}

    # -- exchange -------------------------------------------------------------------------------------

    def give_to(self, taker: TestDesk, giver: TestDesk) -> None:
        """A complete package; what becomes of it is compared with what should."""
        file = give(giver, self.folder / f"{new_id()}.ucapx").file
        if giver.me().device_id in self.blocked[taker.name]:
            before = taker.everything()
            (report,) = receiving.receive(taker, [file], accept=True)
            assert (report.state, report.code) == (REFUSED, "E06")
            assert taker.everything() == before, "a blocked laptop left something behind"
            self.counts["blocked"] += 1
            return
        self.preview(taker, file)
        self.take_from(taker, file, dict(self.oracle.held[giver.name]))

    def preview(self, taker: TestDesk, file: Path) -> None:
        """Look at a package first; what is said of it is compared when it is taken in."""
        self.laptops.here = self.keys_of[taker.name]
        before = taker.everything()
        (self.previewed[file],) = receiving.receive(taker, [file], accept=True, dry_run=True)
        assert taker.everything() == before, "a preview wrote something"

    def take_from(self, taker: TestDesk, file: Path, theirs: Mapping[str, int]) -> None:
        self.laptops.here = self.keys_of[taker.name]
        (report,) = receiving.receive(taker, [file], accept=True)
        assert report.state in (APPLIED, KNOWN), report.why
        preview = self.previewed.pop(file, None)
        if preview and not report.renewed:
            assert report.to_json() == preview.to_json(), "the preview said something else"
        ours = self.oracle.held[taker.name]
        self.oracle.held[taker.name] = {d: max(q, ours.get(d, 0)) for d, q in {**theirs, **ours}.items()}
        for d, q in theirs.items():
            self.oracle.held[taker.name][d] = max(q, ours.get(d, 0))
        self.counts["received"] += 1
        self.counts["parted"] += bool(report.parted)
        self._who_writes_now(taker)
        self.note(taker)
        assert self.held_by(taker) == self.dots(self.oracle.held[taker.name]), "not what the package holds"

    def _who_writes_now(self, desk: TestDesk) -> None:
        """Where a desk goes on as a new laptop, what nobody had was written once more."""
        if desk.me().device_id == self.wrote_as[desk.name]:
            return
        self.counts["renewed"] += 1
        held = self.oracle.held[desk.name]
        own = "SELECT c.seq, c.chain, c.label FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev"
        rows = desk.db.execute(f"{own} WHERE d.device_id = ? ORDER BY c.seq", (desk.me().device_id,)).fetchall()
        gone = sorted(self.dots(held) - self.held_by(desk), key=lambda dot: dot[1])
        assert len(gone) <= len(rows), "own work was lost"
        assert all(ON_BRANCH in label for _, _, label in rows[len(gone) :]), "own work was written twice"
        self.counts["reissued"] += bool(gone)
        for lineage, seq in reversed(gone):
            held[lineage] = seq - 1
        self._new_lineage(desk, 0)
        for dot, (seq, chain, _) in zip(gone, rows, strict=False):
            self.wrote(desk, seq, bytes(chain), self.oracle.written[dot])

    def spread(self) -> None:
        """Everybody's packages in rounds, until nobody has anything new."""
        for desk in self.desks:
            for device in self.blocked[desk.name]:
                devices.accept(desk, device)
            self.blocked[desk.name].clear()
        for _ in range(ROUNDS):
            before = [desk.log.vector() for desk in self.desks]
            for giver in self.desks:
                file, theirs = give(giver, self.folder / f"{new_id()}.ucapx").file, dict(self.oracle.held[giver.name])
                for taker in self.desks:
                    if taker is not giver:
                        self.take_from(taker, file, theirs)
            if before == [desk.log.vector() for desk in self.desks]:
                return
        raise AssertionError("there is always something new")

    def check_held(self, desk: TestDesk) -> None:
        """A desk holds the changesets that the oracle says it does, whatever laptops they are of by now."""
        assert self.held_by(desk) == self.dots(self.oracle.held[desk.name])


class AccidentScript(Script):
    """The steps of a script in which all goes wrong."""

    world: AccidentWorld

    def do(self, step: Step) -> None:
        super().do(step)
        for n, desk in enumerate(self.world.desks):  # no two write at the same microsecond
            desk.own_clock.now = (desk.own_clock.now // 64 + 1) * 64 + n

    def _give(self, desk: TestDesk, r: Random) -> None:
        self.world.give_to(desk, self._other(desk, r))

    def _copy(self, desk: TestDesk, r: Random) -> None:
        """A laptop copied with its keys, or as it will be put back; both write at once, mostly."""
        if len(self.world.desks) == MOST_DESKS:
            return
        twin = self.world.copy(desk)
        for each in (desk, twin):
            for _ in range(r.choice((0, 1, 2))):
                getattr(self, "_" + r.choice(("edit", "edit", "make", "edit_text", "trash")))(each, r)
            others = [other for other in self.world.desks if other not in (desk, twin)]
            if r.random() < 0.7:
                self.world.give_to(r.choice(others), each)

    def _block(self, desk: TestDesk, r: Random) -> None:
        device = self._other(desk, r).me().device_id
        if device != desk.me().device_id and device in desk.log.devices:
            devices.block(desk, device)
            self.world.blocked[desk.name].add(device)

    def _retire(self, desk: TestDesk, r: Random) -> None:
        """Said to be no longer used, by somebody who is wrong: it goes on."""
        device = self._other(desk, r).me().device_id
        if device != desk.me().device_id and device in desk.log.devices:
            devices.retire(desk, device)
            self.world.counts["retired"] += 1
            self._told(desk, r)

    def _too_large(self, desk: TestDesk, r: Random) -> None:
        """More than a field takes is not saved; as much as it takes is received by everybody."""
        before = desk.log.vector()
        id_ = self.world.fresh_id()
        word = self._word()
        over = r.choice((1, 1000))
        with user_error("too-long"), desk.save(["record.make", {}]) as save:
            save.new(KINDS["visit"].cls, id_, title=Bilingual(en="x" * (limits.LONGEST_LINE + over)))
        assert desk.log.vector() == before
        self.world.counts["too large"] += 1
        with self._save(desk, r, "record.make") as save:
            text = f"{word} " + r.choice("xé城=") * (limits.LONGEST_LINE - len(word) - 1)
            save.new(KINDS["visit"].cls, id_, title=Bilingual(en=text))

    def _insider(self, desk: TestDesk, r: Random) -> None:
        """An accepted laptop forges: what it may not say is refused, and nothing of it stays."""
        giver = self._other(desk, r)
        if giver.me().device_id in self.world.blocked[desk.name] or giver.me().device_id == desk.me().device_id:
            return
        file = r.choice(FORGERIES)(self.world, giver, desk, r)
        if file is None:
            return
        before = desk.everything()
        (report,) = receiving.receive(desk, [file], accept=True)
        assert report.state == REFUSED, "a forgery was taken in"
        assert report.code in ("E03", "E04", "E15"), report.why
        assert desk.everything() == before, "a forgery left something behind"
        self.world.counts["forged"] += 1


def run(count: int, steps: Sequence[Step], folder: Path) -> World:
    """Do all of it, check after each step, bring everybody together, and check again."""
    keys = Keys()
    with keys.used():
        world = AccidentWorld(count, folder, keys)
        script = AccidentScript(world)
        try:
            for at, step in enumerate(steps):
                try:
                    script.do(step)
                except Exception as error:
                    error.add_note(f"at step {at}: {step} of {count} desks")
                    raise
            world.finish(sorted(script.words))
        finally:
            world.close()
    return world


def drawn(seed: int) -> tuple[int, list[Step]]:
    """A script for two or three desks, of which there will be more."""
    count, _, steps = draw(seed, 30 + seed % 12, ACCIDENTS)
    return min(count, 3), steps
