"""Commands of the command line on the sample: time of the processor from the first line of Python to the exit.

The peers are the smallest program of its kind, with click, the driver and one SELECT, and the same that has imported
SQLAlchemy's ORM, which any command that knows records needs. Every figure is of a process of its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rows import Row, row

TIMES = 8
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
COMMANDS = {
    "kinds": [],
    "documents": [],
    "list": ["ucap"],
    "list --json": ["visit"],
    "search": ["liuzhou"],
    "show": [":visit"],
    "history": [":visit"],
    "itinerary": [":visit"],
    "gaps": [":visit"],
    "today": [],
    "devices": [],
    "add": ["person", "email=a@example.org"],
    "undo": [],
    "export": ["person", "-o", ":file"],
}
WITHOUT_WORKSPACE = ("kinds", "documents")
ON_PURPOSE = {
    "devices": "a third of it are the check numbers of laptops, which are slow on purpose: nobody shall try out keys",
    "gaps": "the whole pack is made, of which the gaps are told, and the fonts are read for characters they lack",
    "export": "a fifth of it is the import of openpyxl, which writes the workbook",
    "today": "the records of seven kinds are read, each with its own mapping and question",
}


def _processor_ms(arguments: list[str]) -> float:
    """Return the shortest of several runs."""
    return min(_once(arguments) for _ in range(TIMES)) * 1000


def _once(arguments: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def run() -> list[Row]:
    """The rows of the command line."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "config")
        folder = Path(scratch) / "sample"
        subprocess.run([sys.executable, "main.py", "sample", str(folder)], stdout=subprocess.DEVNULL, check=True)
        listed = subprocess.run(
            [sys.executable, "main.py", "list", str(folder), "visit"], capture_output=True, text=True, check=True
        ).stdout
        known = {":visit": listed.split("\t")[0], ":file": str(Path(scratch) / "people.xlsx")}
        peer = _processor_ms(["-c", PEER, str(folder / "store.db")])
        with_orm = _processor_ms(["-c", f"import sqlalchemy.orm\n{PEER}", str(folder / "store.db")])
        rows = []
        for name, more in COMMANDS.items():
            command, *options = name.split()
            where = [] if command in WITHOUT_WORKSPACE else [str(folder)]
            given = [known.get(each, each) for each in more]
            ours = _processor_ms(["main.py", command, *where, *given, *options])
            rows.append(row(f"command: {name}", ours, PEER_NAME, peer, LIMIT) | {"note": ON_PURPOSE.get(name, "")})
            rows.append(row(f"command: {name}", ours, WITH_ORM, with_orm))
    return rows
