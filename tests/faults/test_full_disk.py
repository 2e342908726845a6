"""A disk that fills up during a save, a step back, while changes are received or a paper is imported: a sentence, nothing changed, and on it goes.

``receive`` is the merge of changesets; of whole packages on full disks ``test_packages`` tells.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.faults import steps
from tests.faults.database_copy import copy_of
from tests.faults.steps import state
from tests.helpers.clock import FrozenClock
from tests.helpers.disks import small_disk
from tests.helpers.marker_words import places
from ucapdesk.model.values import PersonName
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import DiskFull, LeftoversRemain
from ucapdesk.store.outcomes import ChangeEvent

EVERY = 1 if os.environ.get("UCAPDESK_SOAK") else 4  # Pages more at each try


@pytest.mark.parametrize("step", steps.STEPS)
def test_out_of_disk_at_any_page_nothing_is_changed_and_later_it_works(
    workspace_folder: Path, tmp_path: Path, clock: FrozenClock, step: str
) -> None:
    with Desk.open(workspace_folder, clock=clock) as desk:
        steps.fill(desk)
        steps.edit(desk)
        pages = desk.db.execute("PRAGMA page_count").fetchone()[0]
        told: list[ChangeEvent] = []
        desk.subscribe(told.append)
        old = state(copy_of(workspace_folder, tmp_path / "old"))
        vector, undoable = desk.log.vector(), desk.next_undo()
        said: list[DiskFull] = []
        for room in range(0, 100_000, EVERY):
            desk.db.execute(f"PRAGMA max_page_count={pages + room}")
            try:
                steps.STEPS[step](desk)
                break
            except DiskFull as error:
                said.append(error)
                assert state(copy_of(workspace_folder, tmp_path / f"full {room}")) == old
                assert (desk.log.vector(), desk.next_undo(), told) == (vector, undoable, [])
        assert said, "there was always room"
        assert told
        assert state(copy_of(workspace_folder, tmp_path / "new")) != old
        desk.db.execute("PRAGMA max_page_count=1000000")
        steps.go_on(desk)


def test_a_removal_says_what_is_left_and_the_next_opening_clears_it(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 12_000) as disk:
        scan, path, filler = tmp_path / "scan.bin", disk / "w", disk / "filler"
        scan.write_text("Quittengelee " * 60_000)
        with Desk.create(path, name="w", person="Ana") as desk:
            person = records.add(desk, "person", {"name": PersonName(family="Zwetschgen")})
            attached_files.attach(desk, person, [scan])
            told: list[ChangeEvent] = []
            desk.subscribe(told.append)
            for room in range(0, 4_000_000, 50_000):
                filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - room)))
                try:
                    privacy.erase(desk, person, "Zwetschgen")
                except (DiskFull, LeftoversRemain) as error:
                    said = error
                filler.unlink()
                if person not in desk.read.ids("person"):
                    break
            assert type(said) is LeftoversRemain
            assert told
        assert places([path], ["Quittengelee", "Zwetschgen"])
        with workspace_service.open(path) as desk:
            assert "safety copies" in desk.said[0].say("en")
        assert places([path], ["Quittengelee", "Zwetschgen"]) == []
