"""After an update a workspace shows what newer programs of colleagues had sent into it before."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from tests.property.world import OLDER_KINDS, TestDesk
from tests.unit.store.desks import add, put
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting
from ucapdesk.model.values import Bilingual, Codes, HanName, PersonName
from ucapdesk.store.desk import Desk
from ucapdesk.store.log import log
from ucapdesk.store.log.changeset import parse
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.safety.check import check
from ucapdesk.store.workspace import workspace
from ucapdesk.store.workspace.database import SCHEMA, connect

NEXT = SCHEMA + 1  # The schema of a newer program


@pytest.fixture
def behind(workspace_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose older program took in what it does not know."""
    newer = TestDesk("newer")
    with monkeypatch.context() as patch:
        patch.setattr(log, "SCHEMA", NEXT)
        meeting = add(newer, Meeting, title=Bilingual(en="Round table"))
        put(newer, meeting, mode="online", spoken=Codes(["zh"]))
        add(newer, AgendaItem, owner=meeting, title=Bilingual(en="Opening"))
    lines = [line for c in newer.lines_since({}) for line in c]
    newer.close()
    with contextlib.closing(connect(workspace_folder / "store.db")) as db:
        (id_,) = db.execute("SELECT v FROM sync_meta WHERE k = 'store_id'").fetchone()
        db.execute("BEGIN")
        Merge(Log(db, id_), OLDER_KINDS).apply(parse(lines))
        db.execute("COMMIT")
        assert db.execute("SELECT mode, spoken FROM meeting").fetchall() == [(None, None)]
        assert db.execute("SELECT id FROM agenda_item").fetchall() == []
    monkeypatch.setattr(workspace, "SCHEMA", NEXT)
    return workspace_folder


def test_it_is_all_there_at_the_first_opening_after_a_safety_copy(behind: Path) -> None:
    with Desk.open(behind) as desk:
        assert desk.db.execute("SELECT mode, spoken FROM meeting").fetchall() == [("online", '["zh"]')]
        assert len(desk.db.execute("SELECT id FROM agenda_item").fetchall()) == 1
        assert len(list(desk.workspace.backups.glob("*migration*"))) == 1


def test_it_is_done_once(behind: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Desk.open(behind).close()

    def never(self: Merge) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(Merge, "rebuild", never)
        again = Desk.open(behind)
    with contextlib.closing(again):
        assert check(again).findings == []


def test_if_it_fails_nothing_is_changed_and_the_next_opening_does_it(
    behind: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Merge, "_local_values", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Desk.open(behind)
    with Desk.open(behind) as desk:
        assert desk.db.execute("SELECT mode FROM meeting").fetchall() == [("online",)]


def test_a_workspace_that_holds_nothing_newer_is_only_marked(
    workspace_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "SCHEMA", NEXT)
    Desk.open(workspace_folder).close()
    with contextlib.closing(connect(workspace_folder / "store.db")) as db:
        assert db.execute("SELECT v FROM sync_meta WHERE k = 'shown'").fetchall() == [(NEXT,)]


def test_words_and_sort_keys_made_by_earlier_rules_are_made_again_once(workspace_folder: Path) -> None:
    with Desk.open(workspace_folder) as desk, desk.save(["test", {}]) as work:
        id_ = work.new(Person, name_han=HanName("茹科夫斯基", "卢卡什"), name=PersonName("Łaski", "Jan")).id
    with contextlib.closing(connect(workspace_folder / "store.db")) as db:
        before = db.execute("SELECT sort_en, sort_zh FROM person").fetchall()
        db.execute("UPDATE person SET sort_en = 'łaski jan'")
        db.execute("INSERT INTO search(search) VALUES('delete-all')")
        db.execute("UPDATE sync_meta SET v = 1 WHERE k = 'indexed'")
        log_before = db.execute("SELECT count(*), max(seq) FROM sync_changeset").fetchall()
    for _ in range(2):
        with Desk.open(workspace_folder) as desk:
            assert desk.db.execute("SELECT sort_en, sort_zh FROM person").fetchall() == before
            assert [hit.id for hit in desk.read.search("卢卡什·茹科夫斯基")] == [id_]
            assert [hit.id for hit in desk.read.search("laski")] == [id_]
            assert desk.db.execute("SELECT count(*), max(seq) FROM sync_changeset").fetchall() == log_before
            assert not list(desk.workspace.backups.glob("*migration*"))


def test_a_workspace_that_may_only_be_read_is_searched_by_the_present_rules_in_a_copy(workspace_folder: Path) -> None:
    with Desk.open(workspace_folder) as desk, desk.save(["test", {}]) as work:
        id_ = work.new(Organisation, name=Bilingual({"zh": "柳州市发展和改革委员会"})).id
    store = workspace_folder / "store.db"
    with contextlib.closing(connect(store)) as db:
        db.execute("INSERT INTO search(search) VALUES('delete-all')")
        db.execute("UPDATE sync_meta SET v = 3 WHERE k = 'indexed'")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = store.read_bytes()
    with Desk.open(workspace_folder, read_only=True) as desk:
        assert [hit.id for hit in desk.read.search("發改委")] == [id_]
    assert store.read_bytes() == before
