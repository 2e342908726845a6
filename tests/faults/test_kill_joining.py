"""A program killed at any moment of joining leaves no workspace or the whole one, and joining again works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.exchange.give import give
from ucapdesk.exchange.join import join
from ucapdesk.model.kinds.meetings import Meeting
from ucapdesk.model.values import Bilingual
from ucapdesk.services import records
from ucapdesk.store.desk import Desk

KILLS = 400 if os.environ.get("UCAPDESK_SOAK") else 14
MEETINGS = 3

JOINED = """
import os, signal, sys
from ucapdesk.cli import cli
package, kills, *folders = sys.argv[1:]
told = 0
left = None

def heard(event, _):
    global told
    if event == "open" or event.startswith("os."):
        told += 1
        if told == left:
            os.kill(os.getpid(), signal.SIGKILL)

def joined(folder):
    try:
        cli(["join", folder, package, "--person", "Chen"], standalone_mode=False)
    finally:
        sys.stdout.flush()

joined(folders[0])  # everything is imported now
sys.addaudithook(heard)
joined(folders[1])
whole = told
for number, folder in enumerate(folders[2:], 1):
    if os.fork() == 0:
        told, left = 0, max(1, whole * number // int(kills))
        joined(folder)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_while_joining_there_is_no_workspace_or_the_whole_one(workspace_folder: Path, tmp_path: Path) -> None:
    with Desk.open(workspace_folder) as desk:
        with desk.save(["record.make", {}]) as save:
            for n in range(MEETINGS):
                save.new(Meeting, title=Bilingual(en=f"Round table {n}"))
        package = give(desk, tmp_path / "all.ucapx").file
    folders = [tmp_path / f"joined {n}" / "desk" for n in range(KILLS + 2)]
    said = subprocess.run(
        [sys.executable, "-c", JOINED, str(package), str(KILLS), *map(str, folders)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    ends = [int(line) for line in said.stdout.split("\n") if line.lstrip("-").isdigit()]
    assert ends.count(-signal.SIGKILL) >= KILLS - 2
    whole = [folder for folder in folders[2:] if folder.exists()]
    assert len(whole) < KILLS
    for folder in folders[2:]:
        if folder not in whole:
            join(folder, package, person="Chen").close()
        assert list(folder.parent.iterdir()) == [folder]
        with Desk.open(folder) as desk:
            assert len(records.listing(desk, "meeting")) == MEETINGS
            records.add(desk, "meeting", {"title": Bilingual(en="Hers")})
