"""Commands that write, killed in the middle: what lies on the disk afterwards is the old state or the new one.

Run as a program, so that one start of Python serves all kills: each is a fork that kills itself at the n-th file or row that
is about to be written, or, with ``timed``, after some of the time that the whole takes. Windows has no forks: there each is a
start of its own, and none is timed.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ucapdesk
from tests.helpers.kills import ABRUPTLY, KILLED, kill_self
from tests.helpers.source_tree import ROOT
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base.paths import resource
from ucapdesk.cli import cli
from ucapdesk.exchange import devices, encryption
from ucapdesk.exchange.package import open_package
from ucapdesk.model.kinds import LISTED
from ucapdesk.services import WorkspaceLocked
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store.safety.restore import restore
from ucapdesk.store.workspace import database, protection

ALONE = "alone"
ENDS = {KILLED, -getattr(signal, "SIGPROF", ABRUPTLY)}  # How a process ends that was killed, by count or by time
DESKS = ("workspace", "undone", "asked", "protected")
OLD, NEW = "rain over the river", "snow on the hills"


@dataclass(frozen=True)
class Command:
    """One command. In its words ``{desk}``, ``{made}`` and so on stand for places beside the workspace that it is about."""

    words: str
    desk: str = "workspace"
    makes: str = ""  # A file or folder that is there whole afterwards, or not at all


COMMANDS: dict[str, Command] = {
    "new": Command("new {made} --name Made", makes="made"),
    "new protected": Command("new {made} --name Made --protect --password-file {old}", makes="made"),
    "add": Command("add {desk} meeting title.en=Added"),
    "add protected": Command("add {desk} meeting title.en=Added --password-file {old}", desk="protected"),
    "edit": Command("edit {desk} {meeting} title.en=Edited tags=water"),
    "trash": Command("trash {desk} {meeting} --yes"),
    "attach": Command("attach {desk} {meeting} {scan}"),
    "import": Command("import {desk} {paper}"),
    "undo": Command("undo {desk}"),
    "redo": Command("redo {desk}", desk="undone"),
    "copy": Command("copy {desk} {meeting} 2027-03-01"),
    "give": Command("give {desk} -o {made}.ucapx", makes="made.ucapx"),
    "give protected": Command(
        "give {desk} -o {made}.ucapx --password-file {old}", desk="protected", makes="made.ucapx"
    ),
    "join": Command("join {made} {package} --person Chen", makes="made"),
    "join protected": Command("join {made} {package} --person Chen --password-file {old}", makes="made"),
    "receive": Command("receive {desk} {back}"),
    "decide": Command("decide {desk} {meeting} title.en --value Decided", desk="asked"),
    "erase": Command("erase {desk} {person} --confirm Zhou"),
    "backup": Command("backup {desk} -o {made}.ucapbackup", makes="made.ucapbackup"),
    "restore": Command("restore-backup {backup} {made}", makes="made"),
    "restore over": Command("restore-backup {backup} {desk}", desk="undone"),
    "restore copy": Command("restore-backup {copy} {desk}", desk="undone"),
    "passphrase": Command("passphrase {desk} --password-file {old} --new-password-file {new}", desk="protected"),
    "rebuild": Command("check {desk} --rebuild"),
    "repair": Command("check {desk} --repair"),
}


# -- what there is before -------------------------------------------------------------------------------


def prepare(stage: Path) -> dict[str, str]:
    """Workspaces and files as they are before any command, in a folder; what the words of commands stand for."""
    ana = first_laptop(stage / "laptop")
    with ana.here() as desk:
        workspace_service.add_missing_countries(desk)  # else this is most of what each command writes
    meeting = ana.add("meeting", "title.en=Opening", "title.zh=开幕式", "tags=water")
    person = ana.add("person", "name.family=Zhou", "email=zhou@example.org")
    (stage / "scan.pdf").write_bytes(b"%PDF-1.7" + b"scan" * 100_000)
    with ana.here() as desk:
        attached_files.attach(desk, person, [stage / "scan.pdf"])
    package = ana.give("package.ucapx")
    chen = joined(stage / "chen", package, "Chen")
    chen.add("meeting", "title.en=Hello")
    ana.receive(chen.give("hello.ucapx"))
    chen.edit(meeting, "title.en=Hers", "title.zh=她的")
    for n in range(5):
        chen.add("meeting", f"title.en=Round {n}")
    back = chen.give("back.ucapx")
    chen.desk.close()
    ana.edit(meeting, "title.en=Once more")
    with ana.here() as desk:
        copy = desk.workspace.keep_copy("receive").name
        maintenance.backup(desk, stage / "all.ucapbackup")
    ana.desk.close()
    _variants(ana, stage, back)
    (stage / "old").write_text(OLD)
    (stage / "new").write_text(NEW)
    return {
        "meeting": meeting, "person": person, "package": str(package), "back": str(back), "copy": copy,
        "scan": str(stage / "scan.pdf"), "backup": str(stage / "all.ucapbackup"), "old": str(stage / "old"), "new": str(stage / "new"),
        "paper": str(resource("sample") / "ucap-liuzhou.txt"),
    }  # fmt: skip


def _variants(ana: Laptop, stage: Path, back: Path) -> None:
    for name in DESKS:
        home = stage / name
        if name == "protected":
            with at_home(home):
                restore(stage / "all.ucapbackup", home / "desk", protect=OLD)
                workspace_service.open(home / "desk", passphrase=OLD).close()
            continue
        twin = ana.cloned(home)
        twin.desk.close()
        (home / "workspace").rename(home / "desk")
        moved(home)
        with at_home(home), workspace_service.open(home / "desk") as desk:
            if name == "undone":
                desk.undo()
        if name == "asked":
            run(["receive", str(home / "desk"), str(back)], home)


def moved(home: Path) -> None:
    """The keys of a laptop fit the workspace that was copied with them."""
    status = (home / "desk" / "store.db").stat()
    for entry in (home / "config" / "devices").glob("*.json"):
        said = json.loads(entry.read_text())
        now = {"path": str((home / "desk" / "store.db").resolve()), "dev": status.st_dev, "ino": status.st_ino}
        entry.write_text(json.dumps(said | now))


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    os.environ["UCAPDESK_CONFIG"] = str(home / "config")
    yield


# -- running and killing --------------------------------------------------------------------------------

CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.chmod", "shutil.rmtree"}
READING = ("SELECT", "PRAGMA", "--", "WITH")
told = 0
left: int | None = None


def tick(*_: Any) -> None:
    """Something is about to be written; the last of it, perhaps."""
    global told
    told += 1
    if told == left:
        kill_self()


def heard(event: str, args: Any) -> None:
    writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in CHANGING:
        tick()


def hurry() -> None:
    """Let passphrases take little time."""
    protection.COST = devices.CHECK_COST = 2**10
    encryption.protect.__defaults__ = (10,)


def import_all() -> None:
    for module in pkgutil.walk_packages(ucapdesk.__path__, "ucapdesk."):
        if not module.name.startswith(("ucapdesk.ui", "ucapdesk.app", "ucapdesk.__main__")):
            importlib.import_module(module.name)


def watch() -> None:
    """Count what is written: files, and statements of the databases."""
    sys.dont_write_bytecode = True  # or importing would be most of what happens
    sys.addaudithook(heard)
    set_up = database._set_up

    def traced(db: Any, key: Any, **how: Any) -> None:
        set_up(db, key, **how)
        db.set_trace_callback(lambda statement: None if statement.startswith(READING) else tick())

    database._set_up = traced


def run(words: list[str], home: Path) -> None:
    with at_home(home):
        sys.stdout.flush()
        quiet = os.open(os.devnull, os.O_WRONLY)
        shown = os.dup(1)
        os.dup2(quiet, 1)
        try:
            if cli(words, standalone_mode=False):
                raise RuntimeError("refused")
        finally:
            sys.stdout.flush()
            os.dup2(shown, 1)
            os.close(quiet)
            os.close(shown)


def apart(words: list[str], home: Path, at: int | None, seconds: float | None) -> tuple[int, int, float]:
    """Run a command in a process of its own, to be killed at a count or after some time; its end, its count and its time."""
    end, said = forked(words, home, at, seconds) if hasattr(os, "fork") else started(words, home, at)
    if end == 1:
        raise SystemExit(f"{words}: {said}")
    count, took = said.split() if end == 0 else ("0", "0")
    return end, int(count), float(took)


def forked(words: list[str], home: Path, at: int | None, seconds: float | None) -> tuple[int, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if seconds is not None:
            signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which ends a process as abruptly
            signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            said = counted(words, home, at)
        except BaseException as error:  # noqa: BLE001 - told to the parent
            os.write(writing, f"{type(error).__name__}: {error}"[:300].encode())
            os._exit(1)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def started(words: list[str], home: Path, at: int | None) -> tuple[int, str]:
    alone = [sys.executable, "-X", "utf8", "-m", "tests.faults.kill_commands", ALONE]
    command = [*alone, json.dumps(words), str(home), str(at or 0)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout if done.returncode == 0 else done.stderr[-3000:]


def counted(words: list[str], home: Path, at: int | None) -> str:
    """Run a command; how much it wrote, and in which time."""
    global told, left
    told, left = 0, at
    begun = time.process_time()
    run(words, home)
    return f"{told} {time.process_time() - begun}"


# -- what there is afterwards ---------------------------------------------------------------------------


def state(folder: Path, home: Path, *, go_on: bool) -> str:
    """All that is in a workspace, but for what differs each time; it is whole, nobody holds it, and it can be written."""
    with at_home(home):
        for passphrase in (OLD, NEW, None):
            try:
                desk = workspace_service.open(folder, passphrase=passphrase, read_only=False)
                break
            except WorkspaceLocked:
                continue
        else:
            raise SystemExit(f"{folder}: no passphrase opens it")
        with desk:
            report = maintenance.check(desk)
            assert report.ok, report.findings
            titles = {kind: sorted(records.titles(desk, records.listing(desk, kind)).values()) for kind in LISTED}
            said = [
                {kind: names for kind, names in titles.items() if names}, desk.workspace.name, desk.workspace.person,
                sum(desk.log.vector().values()), len(desk.questions()), passphrase if desk.workspace.protected else "",
            ]  # fmt: skip
            if go_on:
                records.add(desk, "meeting", {})
                assert history.next_undo(desk)
    return json.dumps(said, ensure_ascii=False)


def made(home: Path, command: Command, *, go_on: bool) -> str:
    place = home / command.makes
    if not place.exists():
        return ""
    if place.is_dir():
        return state(place, home, go_on=go_on)
    if place.suffix == ".ucapx":
        with place.open("rb") as file:
            return open_package(file, place.name).manifest.store_name
    restore(place, home / "restored")
    return state(home / "restored", home, go_on=False)


@dataclass(frozen=True)
class Whole:
    """A command that ran to its end: how much happened, how long it took, and the states before and after."""

    count: int
    took: float
    before: tuple[str, str]
    after: tuple[str, str]


def outcome(home: Path, command: Command, *, go_on: bool) -> tuple[str, str]:
    return state(home / "desk", home, go_on=go_on), made(home, command, go_on=go_on) if command.makes else ""


def kills(stage: Path, many: int, seed: int, *, timed: bool) -> Iterator[str]:
    """Kill commands so many times, each in turn; a line for each, and an exception where a third state is found."""
    chosen = random.Random(seed)
    hurry()
    places = prepare(stage)
    befores = {name: state(stage / name / "desk", stage / name, go_on=False) for name in DESKS}
    import_all()
    gc.freeze()  # else every fork copies what the search for garbage looks at
    gc.set_threshold(50_000, 20, 50)
    watch()
    wholes: dict[str, Whole] = {}
    names = list(COMMANDS)
    for number in range(many):
        name = names[number % len(names)]
        command = COMMANDS[name]
        if name not in wholes:
            home, words = fresh(stage, command, places, f"{name} whole")
            _, count, took = apart(words, home, None, None)
            after = outcome(home, command, go_on=False)
            wholes[name] = Whole(count, took, (befores[command.desk], ""), after)
            shutil.rmtree(home)
        whole = wholes[name]
        home, words = fresh(stage, command, places, f"{name} {number}")
        at, seconds = chosen.randint(1, whole.count), chosen.uniform(0.001, whole.took)
        by_time = timed and number // len(names) % 2 == 1
        end, _, _ = apart(words, home, None if by_time else at, seconds if by_time else None)
        found = outcome(home, command, go_on=True)
        for part, old, new in zip(found, whole.before, whole.after, strict=True):
            if part not in (old, new) or (end == 0 and part != new):
                raise SystemExit(f"{name} at {at} or {seconds} of {whole}: a third state\n{part}\n{home}")
        shutil.rmtree(home)
        yield f"{name}\t{end}\t{'new' if found == whole.after else 'old'}"


def fresh(stage: Path, command: Command, places: dict[str, str], name: str) -> tuple[Path, list[str]]:
    home = stage / name.replace(" ", "_")
    shutil.copytree(stage / command.desk, home)
    moved(home)
    stands = {**places, "desk": str(home / "desk"), "made": str(home / "made")}
    return home, [word.format_map(stands) for word in command.words.split()]


def main(folder: str, many: str, seed: str, *timed: str) -> None:
    if folder == ALONE:
        hurry()
        watch()
        print(counted(json.loads(many), Path(seed), int(timed[0]) or None))
        return
    for line in kills(Path(folder), int(many), int(seed), timed=bool(timed)):
        print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
