"""A workspace that was copied by hand: two desks, and neither is taken for the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.helpers.changesets import take_in
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import NothingToUndo


def _meeting(desk: Desk, title: str) -> str:
    with desk.save(["record.add", {}]) as save:
        return save.new(Meeting, title=Bilingual(en=title)).id


def test_a_copied_workspace_writes_as_another_laptop_and_both_come_together(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "ana", name="W", person="Ana") as ana:
        first = _meeting(ana, "Before the copy")
    shutil.copytree(tmp_path / "ana", tmp_path / "chen")
    with Desk.open(tmp_path / "ana") as ana, Desk.open(tmp_path / "chen") as chen:
        hers, his = _meeting(ana, "Ana's"), _meeting(chen, "Chen's")
        assert len(chen.log.vector()) == 2
        take_in(ana, chen.log.changesets())
        take_in(chen, ana.log.changesets())
        for desk in (ana, chen):
            assert [bool(desk.read.get(Meeting, id_)) for id_ in (first, hers, his)] == [True] * 3


def test_undo_in_a_copy_never_takes_back_the_other_laptops_work(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "ana", name="W", person="Ana") as ana:
        _meeting(ana, "Ana's")
        assert ana.next_undo() is not None
    shutil.copytree(tmp_path / "ana", tmp_path / "chen")
    with Desk.open(tmp_path / "chen") as chen, pytest.raises(NothingToUndo):
        chen.undo()


def test_undo_goes_on_after_a_restart(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "ana", name="W", person="Ana") as ana:
        id_ = _meeting(ana, "Once")
    with Desk.open(tmp_path / "ana") as ana:
        ana.undo()
    with Desk.open(tmp_path / "ana") as ana:
        record = ana.read.get(Meeting, id_)
        assert record is not None
        assert record.is_deleted
        ana.redo()
        record = ana.read.get(Meeting, id_)
        assert record is not None
        assert not record.is_deleted
