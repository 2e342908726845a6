"""Laptops with real workspaces and config folders of their own, which hand one another files."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tests.helpers.clock import FrozenClock
from tests.helpers.package_maker import Hand, Opened, Parcel
from ucapdesk.base.errors import UserError
from ucapdesk.cli import cli
from ucapdesk.exchange.giving import Given, give
from ucapdesk.exchange.receiving import join, receive
from ucapdesk.exchange.reports import REFUSED, Report
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk


def sentence(report: Report) -> str:
    """The English sentence of a refusal, with its placeholders: two may have one code."""
    return report.why.sentence if report.why else ""


class Laptop:
    """One laptop: a workspace, a config folder, a person."""

    def __init__(self, name: str, folder: Path, desk: Desk, clock: FrozenClock) -> None:
        self.name, self.folder, self.desk, self.clock = name, folder, desk, clock

    @property
    def config(self) -> Path:
        return self.folder / "config"

    @contextmanager
    def here(self) -> Iterator[Desk]:
        before = os.environ.get("UCAPDESK_CONFIG")
        os.environ["UCAPDESK_CONFIG"] = str(self.config)
        try:
            yield self.desk
        finally:
            os.environ["UCAPDESK_CONFIG"] = before or ""

    def add(self, kind: str, *assignments: str) -> str:
        with self.here() as desk:
            self.clock.tick(1)
            return records.add(desk, kind, parse_assignments(LISTED[kind], assignments, new=True))

    def edit(self, id_: str, *assignments: str) -> None:
        with self.here() as desk:
            self.clock.tick(1)
            records.edit(desk, id_, parse_assignments(kind_of(records.get(desk, id_)), assignments))

    def trash(self, id_: str) -> None:
        with self.here() as desk:
            records.trash(desk, id_)

    def give(self, name: str, **choices: Any) -> Path:
        with self.here() as desk:
            return self.given(desk, name, **choices).file

    def given(self, desk: Desk, name: str, **choices: Any) -> Given:
        self.clock.tick(1)
        return give(desk, self.folder.parent / name, **choices)

    def receive(self, *files: Path, accept: bool | Collection[str] = True, **choices: Any) -> list[Report]:
        with self.here() as desk:
            return receive(desk, files, accept=accept, **choices)

    def digest(self) -> str:
        return str(maintenance.digest(self.desk)["digest"])

    def log(self) -> str:
        return str(maintenance.digest(self.desk, log=True)["log"])

    def check(self) -> None:
        with self.here() as desk:
            report = maintenance.check(desk)
        assert report.ok, report.findings

    def text(self, id_: str, cell: str = "title.en") -> Any:
        name, _, lang = cell.partition(".")
        value = getattr(records.get(self.desk, id_), name)
        return value.get(lang) if lang and value else value

    def reopen(self) -> None:
        path = self.desk.workspace.path
        self.desk.close()
        with self.here():
            self.desk = Desk.open(path, clock=self.clock)

    def moved_back_to(self, copy: Path) -> None:
        """As if an older copy of the workspace's folder had been put in its place."""
        path = self.desk.workspace.path
        self.desk.close()
        shutil.rmtree(path)
        shutil.copytree(copy, path)
        with self.here():
            self.desk = Desk.open(path, clock=self.clock)

    def cloned(self, folder: Path) -> Laptop:
        """The whole computer once more, keys and all; this one is closed."""
        path = self.desk.workspace.path
        shutil.copytree(self.folder, folder)
        store = folder / path.name / "store.db"
        for entry in (folder / "config" / "devices").glob("*.json"):
            said = json.loads(entry.read_text())
            entry.write_text(json.dumps({**said, "path": str(store.resolve()), "ino": store.stat().st_ino}))
        twin = Laptop(self.name, folder, self.desk, FrozenClock())
        twin.clock.now = self.clock.now
        with twin.here():
            twin.desk = Desk.open(store.parent, clock=twin.clock)
        return twin


def first_laptop(folder: Path, person: str = "Ana") -> Laptop:
    clock = FrozenClock()
    laptop = Laptop(person, folder, None, clock)  # type: ignore[arg-type]
    with laptop.here():
        laptop.desk = Desk.create(folder / "workspace", name="Liuzhou", person=person, clock=clock)
    return laptop


def joined(folder: Path, package: Path, person: str, **choices: Any) -> Laptop:
    clock = FrozenClock()
    laptop = Laptop(person, folder, None, clock)  # type: ignore[arg-type]
    with laptop.here():
        laptop.desk = join(folder / "workspace", package, person=person, clock=clock, **choices)
    return laptop


def later_one(chen: Laptop, folder: Path) -> tuple[str, Path, Path, Parcel]:
    """A record of Chen's, his package with its first text, and one that builds upon that."""
    made = chen.add("meeting", "title.en=First")
    first = chen.give("1.ucapx")
    chen.edit(made, "title.en=Second")
    opened, hand = Opened(chen.give("2.ucapx")), Hand.of(chen.config, "Chen Yan")
    log = opened.log_of(hand)
    builds_on = opened.with_log(hand, log)
    builds_on.said["base"] = {hand.id: 1}
    builds_on.with_lines(log.changesets[-1])
    return made, first, builds_on.write(folder / "2 alone.ucapx"), builds_on


def told(laptop: Laptop, *command: str) -> str:
    """What the command line says on a laptop whose window is closed meanwhile."""
    path = laptop.desk.workspace.path
    with laptop.here():
        laptop.desk.close()
        try:
            done = CliRunner().invoke(cli, [command[0], str(path), *command[1:], "--lang", "en"])
        finally:
            laptop.reopen()
    assert done.exit_code == 0, done.output
    return done.output


def refused(laptop: Laptop, package: Path, code: str | None, state: str = REFUSED) -> UserError:
    before = laptop.digest(), laptop.log()
    for _ in range(2):
        (report,) = laptop.receive(package)
        assert (report.state, report.code) == (state, code), report.why
        assert (laptop.digest(), laptop.log()) == before
    assert report.why is not None
    assert report.why.say("zh") != ""
    laptop.check()
    return report.why


def only(laptop: Laptop, kind: str = "meeting") -> str:
    (found,) = records.listing(laptop.desk, kind)
    return found


def agree(*laptops: Laptop) -> None:
    assert len({laptop.digest() for laptop in laptops}) == 1
    assert len({laptop.log() for laptop in laptops}) == 1
    for laptop in laptops:
        laptop.check()
