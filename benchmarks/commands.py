"""Commands of the command line on the sample: time of the processor from the first line of Python to the exit.

The peer is the smallest program of its kind: click, the driver, one SELECT. Every figure is of a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rows import Row, row

TIMES = 4
LIMIT = 350
PEER_NAME = "click, driver, one SELECT"
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


def _processor_ms(arguments: list[str]) -> float:
    """Return the shortest of several runs."""
    found = []
    for _ in range(TIMES):
        before = os.times()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        found.append(after.children_user - before.children_user + after.children_system - before.children_system)
    return min(found) * 1000


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
        rows = []
        for name, more in COMMANDS.items():
            command, *options = name.split()
            where = [] if command in WITHOUT_WORKSPACE else [str(folder)]
            given = [known.get(each, each) for each in more]
            ours = _processor_ms(["main.py", command, *where, *given, *options])
            rows.append(row(f"command: {name}", ours, PEER_NAME, peer, LIMIT))
    return rows
