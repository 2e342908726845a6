"""Every command of the command line on the sample: time of the processor from the first line of Python to the exit.

The peers are the smallest program of its kind, with click, the driver and one SELECT, and the same that has imported
SQLAlchemy's ORM, which any command that knows records needs. Every figure is of a process of its own, on a workspace
that is as it was before.
"""

from __future__ import annotations

import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rows import Row, row

TIMES = 7
LIMIT = 350
PEER_NAME = "click, driver, one SELECT"
WITH_ORM = f"{PEER_NAME}, SQLAlchemy imported"
PEER = """
import click, json, sys
import sqlcipher3.dbapi2 as driver
@click.command()
@click.argument("store")
def command(store):
    db = driver.connect(store)
    click.echo(json.dumps(db.execute("SELECT id, title FROM visit").fetchall()))
command()
"""
COMMANDS = """
kinds
kinds --json
documents
documents --json
list {desk} ucap
list {desk} visit --json
list {desk} person --find liu
show {desk} {visit}
show {desk} {visit} --json
today {desk}
today {desk} --json
search {desk} liuzhou
history {desk} {visit}
history {desk} {visit} --json
itinerary {desk} {visit}
itinerary {desk} {visit} --json
templates {desk} {visit}
conflicts {desk}
conflicts {desk} --json
waiting {desk}
same {desk} --find
privacy {desk}
privacy {desk} {person}
digest {desk}
clock {desk}
add {desk} person email=a@example.org
edit {desk} {visit} notes.en=New
trash {desk} {person} --yes
untrash {desk} {gone}
attach {desk} {visit} {csv}
log {desk} title.en=Meeting
itinerary {desk} {visit} '1100-1200 port'
delay {desk} {point} 30
sign {desk} {mou} --incomplete
reopen {desk} {signed}
copy {desk} {visit} 2027-05-03
undo {desk}
redo {desk}
decide {desk} {visit} title.en --candidate 1
same {desk} {person} {other}
export {desk} person -o {out}.csv
export {desk} visit -o {out}.ics
give {desk} -o {out}.ucapx
receive {desk} {news}
backup {desk} -o {out}.ucapbackup
restore-backup {backup} {new}
"""
WORK = {
    "the whole paper is made, though not typeset: the records of some twenty kinds are read, and each kind is mapped": """
gaps {desk} {visit}
gaps {desk} {mou} --json
packs {desk} {visit}
""",
    "the texts of all kinds are read, and each kind is mapped": """
translations {desk}
translations {desk} --json
translations {desk} -o {out}.xlf
""",
    "most of it are the check numbers of laptops, which are slow on purpose: nobody shall try out keys": """
devices {desk}
devices {desk} --json
""",
    "the file is written by openpyxl, vobject or python-docx, whose import is most of it": """
export {desk} person -o {out}.xlsx
export {desk} person -o {out}.vcf
export {desk} meeting --id {meeting} -o {out}.docx
""",
    "a file may be a list, a programme or a paper, and whatever may read it is tried": """
import {desk} {csv} --dry-run
import {desk} {xlsx} --dry-run
import {desk} {vcf} --dry-run
import {desk} {ics} --dry-run
import {desk} {paper} --dry-run
""",
    "all tables are made by the steps of the migrations, and the names of countries are sorted by their pinyin": """
new {new}
join {new} {whole}
sample {new}
""",
    "everything is made again from the log and compared": """
check {desk}
""",
    "whatever holds the person is written anew: log, backups, files": """
erase {desk} {person} --confirm {name}
""",
    "a pack is typeset": """
brief {desk} {visit} -o {out}.pdf
brief {desk} {visit} -o {out}.docx
""",
}
"""Commands that do more than read or write some records, by what they spend their time on: they have no limit."""
OVER = {
    "show {desk} {visit}": (
        "what the sides of a visit are called follows from who takes part: the records of seven kinds are read"
    ),
    "today {desk}": "the records of seven kinds are read, each with its own mapping and question",
    "today {desk} --json": "the records of seven kinds are read, each with its own mapping and question",
    "privacy {desk} {person}": "a fifth of it is looking for the name in the texts of all kinds",
    "documents --json": "every name of a paper, section and option is told in the five languages of the window",
    "itinerary {desk} {visit} '1100-1200 port'": "a line is read with all names and words it may hold, and saved",
    "itinerary {desk} {visit}": "days and hours are said in words, on the clocks of their places",
    "receive {desk} {news}": "the package is opened, proved and kept, after a backup of the workspace",
}
"""Why some miss the limit where the computer is busy."""
CHANGED = ("desk", "config")
PAPER = "resources/sample/ucap-liuzhou.txt"


class Desks:
    """The sample of two colleagues, with all that the commands need, as it was before each of them."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.kept = scratch / "kept"
        files = {name: str(self.kept / f"file.{name}") for name in ("csv", "xlsx", "vcf", "ics")}
        desks = {name: str(scratch / name) for name in ("desk", "colleague")}
        packages = {name: str(self.kept / f"{name}.ucapx") for name in ("whole", "first", "news")}
        paths = {"backup": str(self.kept / "all.ucapbackup"), "new": str(scratch / "new"), "out": str(scratch / "out")}
        self.names = {**files, **desks, **packages, **paths, "paper": PAPER}
        self.kept.mkdir()
        self.fill()
        for name in CHANGED:
            shutil.copytree(scratch / name, self.kept / name)

    def fill(self) -> None:
        """Make the workspaces and files."""
        self.ask("new {desk}")
        self.ask("import {desk} {paper}")
        visits, people = (self.ask(f"list {{desk}} {kind}").splitlines() for kind in ("visit", "person"))
        self.names |= {"visit": visits[0].split("\t")[0], "name": people[0].split("\t")[1]}
        self.names |= dict(zip(("person", "other", "gone"), (each.split("\t")[0] for each in people), strict=False))
        self.names["meeting"] = self.ask("list {desk} meeting").split("\t")[0]
        self.names["mou"] = self.ask("add {desk} agreement title.en=MoU")
        self.names["signed"] = self.ask("add {desk} agreement title.en=Other status=drafting")
        self.ask("sign {desk} {signed} --incomplete")
        self.names["point"] = self.ask("itinerary {desk} {visit} '0930-1030 port' --day 2019-04-03").split("\t")[0]
        self.ask("brief {desk} {visit} -o {out}.pdf --keep")
        for kind, name in {"person": ("csv", "xlsx", "vcf"), "visit": ("ics",)}.items():
            for suffix in name:
                self.ask(f"export {{desk}} {kind} -o {{{suffix}}}")
        self.ask("give {desk} -o {whole}")
        self.ask("join {colleague} {whole}")
        self.ask("edit {colleague} {visit} title.en=Theirs")
        self.ask("give {colleague} -o {first}")
        self.ask("edit {desk} {visit} title.en=Ours")
        self.ask("receive {desk} {first} --accept-device")
        self.ask("edit {colleague} {visit} notes.en=News")
        self.ask("give {colleague} -o {news}")
        self.ask("trash {desk} {gone} --yes")
        self.ask("backup {desk} -o {backup}")
        self.ask("edit {desk} {person} notes=New")
        self.ask("undo {desk}")

    def ask(self, line: str) -> str:
        """Call a command and return what it says."""
        called = [sys.executable, "main.py", *self.words(line)]
        return subprocess.run(called, capture_output=True, text=True, check=True).stdout.strip()

    def words(self, line: str) -> list[str]:
        """Return a command line as its words."""
        return [word.format(**self.names) for word in shlex.split(line)]

    def put_back(self) -> None:
        """Have the workspace and the settings as they were, and no files that a command has written.

        Files are written again in place: a workspace knows its laptop by the number of its file.
        """
        for path in (*self.scratch.glob("out*"), *self.scratch.glob("new*")):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name in CHANGED:
            shutil.copytree(self.kept / name, self.scratch / name, dirs_exist_ok=True)

    def seconds(self, line: str) -> float:
        """Return the seconds of the processor of a command."""
        self.put_back()
        return once(["main.py", *self.words(line)])


def once(arguments: list[str]) -> float:
    """Return the seconds of the processor of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def run() -> list[Row]:
    """The rows of the command line."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["UCAPDESK_CONFIG"] = str(Path(folder) / "config")
        desks = Desks(Path(folder))
        store = str(desks.kept / "desk" / "store.db")
        lines = {line: note for note, group in {"": COMMANDS, **WORK}.items() for line in group.splitlines() if line}
        runs: dict[str, list[float]] = {line: [] for line in (PEER_NAME, WITH_ORM, *lines)}
        for _ in range(TIMES):  # one after another, so that a busy minute makes none of them look slow
            runs[PEER_NAME].append(once(["-c", PEER, store]))
            runs[WITH_ORM].append(once(["-c", f"import sqlalchemy.orm\n{PEER}", store]))
            for line in lines:
                runs[line].append(desks.seconds(line))
        best = {line: min(found) * 1000 for line, found in runs.items()}
        rows = [row(f"command: {WITH_ORM}", best[WITH_ORM], PEER_NAME, best[PEER_NAME])]
        for line, note in lines.items():
            found = row(f"command: {line}", best[line], WITH_ORM, best[WITH_ORM], 0 if note else LIMIT)
            rows.append(found | {"note": note or OVER.get(line, "")})
        return rows
