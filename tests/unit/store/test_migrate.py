"""Workspaces and packages of earlier versions: opened, brought up to date, received."""

from __future__ import annotations

import ast
import contextlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from db.migrations.declared_tables import beside_the_kinds, tables
from tests.helpers.clock import FrozenClock
from tests.helpers.disks import fill, read_only_folder, small_disk
from tests.helpers.golden import EXPECTED, GOLDEN, PACKAGE, WORKSPACE, expected, make
from tests.helpers.newer_schema import become_newer, next_steps
from tests.helpers.source_tree import ROOT
from tests.property.world import OLDER_KINDS, TestDesk
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from tests.unit.store.desks import add, put
from ucapdesk import __version__
from ucapdesk.base.ids import derived_id
from ucapdesk.base.json_text import dumps
from ucapdesk.base.paths import migrations
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting
from ucapdesk.model.values import Bilingual, Codes, HanName, PersonName
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import DiskFull
from ucapdesk.store.log import log
from ucapdesk.store.log.changeset import parse
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.safety.check import check
from ucapdesk.store.workspace import database as migrate
from ucapdesk.store.workspace import workspace
from ucapdesk.store.workspace.database import APPLICATION_ID, SCHEMA, Database, connect, engine_for, problems
from ucapdesk.store.workspace.workspace import Workspace


@pytest.fixture
def database(tmp_path: Path) -> Path:
    migrate.migrate(tmp_path / "store.db")
    return tmp_path / "store.db"


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Database]:
    with contextlib.closing(connect(path, read_only=True)) as db:
        yield db


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")  # their links go round in circles; no matter here
def test_the_steps_make_what_the_declarations_say(database: Path) -> None:
    def ours(_: Any, name: str | None, type_: str, *rest: Any) -> bool:
        return type_ != "table" or name in KINDS

    engine = engine_for(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, tables()) == [], "a declaration changed: `make migration NAME=…`"
    engine.dispose()


def test_later_steps_leave_the_tables_beside_the_kinds_as_they_are(database: Path) -> None:
    expected = driver.connect(":memory:")
    for statement in beside_the_kinds():
        expected.execute(statement)

    def schema(db: Database) -> dict[str, str]:
        rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL")
        return {name: " ".join(sql.split()) for name, sql in rows}

    with reading(database) as db:
        found = schema(db)
    for name, sql in schema(expected).items():
        assert found[name] == sql
    others = {name for name in set(found) - set(schema(expected)) if not name.startswith("ix_")}
    assert others == {*KINDS, "alembic_version"}
    expected.close()


def test_a_new_database_names_its_program_and_its_step(database: Path) -> None:
    with reading(database) as db:
        assert migrate.revision(db) == migrate.HEAD
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert db.execute("PRAGMA user_version").fetchone()[0] == int(migrate.HEAD)
        assert problems(db) == []


def test_the_newest_step_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_originals_that_were_a_field_for_each_language_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    migrate.migrate(path, target="0003")
    with contextlib.closing(connect(path)) as db:
        db.execute(
            "INSERT INTO agreement(id, is_deleted, originals_zh, originals_en) VALUES('a', 0, 2, 3), ('b', 0, NULL, NULL)"
        )
        db.execute(
            """INSERT INTO sync_row VALUES(1, 'a', 'agreement', NULL, '{"originals.en":[4,1],"originals_zh":[4,1]}')"""
        )
    migrate.migrate(path)
    with reading(path) as db:
        counted = db.execute("SELECT originals_by_language FROM agreement ORDER BY id").fetchall()
        heads = db.execute("SELECT heads FROM sync_row").fetchall()
    assert counted == [('{"en":3,"zh":2}',), (None,)]
    assert heads == [('{"originals.en":[4,1],"originals_by_language.zh":[4,1]}',)]


def test_a_line_of_the_log_keeps_the_former_names_of_its_cells_and_is_read_by_those_of_today() -> None:
    header = {"d": "d", "s": 1, "t": 1, "y": 3, "l": ["edit", {}], "n": 1}
    id_ = derived_id("test", "agreement")
    lines = [dumps(header), dumps(["agreement", id_, {"originals.en": "two", "originals_en": 2}])]
    (found,) = parse(lines)
    assert found.rows == [("agreement", id_, {"originals.en": "two", "originals_by_language.en": 2})]
    assert found.lines == lines


def test_a_changeset_names_the_newest_step_that_brought_kinds_or_fields() -> None:
    found = {
        int(path.name[:4])
        for path in (migrations() / "versions").glob("*.py")
        if path.with_suffix(".sql").exists() or re.search("add_column|create_table", path.read_text("utf-8"))
    }
    assert max(found) == migrate.SCHEMA


def test_steps_only_add() -> None:
    for path in (migrations() / "versions").glob("*.py"):
        called = {n.attr for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Attribute)}
        harmful = called & {"batch_alter_table", "drop_column", "drop_table", "alter_column", "rename_table"}
        assert not harmful, f"{path.name}: {harmful} would rebuild or lose records; only add tables, columns, indexes"
        imported = re.findall(r"(?:from|import) +(ucapdesk[\w.]*)", path.read_text("utf-8"))
        assert not imported, f"{path.name} imports {imported}: a step must stay as it was released"
    for path in (migrations() / "versions").glob("*.sql"):
        written = re.findall(r"^(?:CREATE|ALTER|DROP|DELETE|UPDATE|INSERT)\b.*", path.read_text("utf-8"), re.MULTILINE)
        others = [each for each in written if not re.match(r"CREATE |ALTER TABLE \w+ ADD COLUMN ", each)]
        assert not others, f"{path.name}: {others} would rebuild or lose records; only add tables, columns, indexes"


def test_opening_a_current_workspace_does_not_import_alembic(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "w", name="x", person="Ana").close()
    program = (
        "import sys; from pathlib import Path; from ucapdesk.store.workspace.workspace import Workspace\n"
        "Workspace.open(Path(sys.argv[1])).close()\n"
        "print([m for m in ('alembic', 'mako', 'cryptography', 'zipfile') if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "w")], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert "alembic" not in said.stdout
    assert "mako" not in said.stdout


@pytest.mark.row("M9")
@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_an_older_workspace_is_brought_up_to_date_after_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock, passphrase: str | None
) -> None:
    Workspace.create(tmp_path / "w", name="x", person="Ana", passphrase=passphrase, clock=clock).close()
    older, newer = migrate.HEAD, become_newer(tmp_path, monkeypatch)
    with Workspace.open(tmp_path / "w", passphrase=passphrase, clock=clock) as workspace:
        assert workspace.person == "Ana"
        assert workspace.db is not None
        assert migrate.revision(workspace.db) == newer
        assert workspace.db.execute("SELECT dress_code FROM meeting").fetchall() == []
        assert problems(workspace.db) == []
        (copy,) = workspace.backups.glob("*-migration.db")
    with Workspace.open(tmp_path / "w", passphrase=passphrase, clock=clock) as workspace:
        assert len(list(workspace.backups.glob("*-migration.db"))) == 1
    if passphrase is None:
        with reading(copy) as db:
            assert migrate.revision(db) == older


def test_an_older_workspace_can_be_read_where_it_cannot_be_updated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workspace.create(tmp_path / "w", name="x", person="Ana").close()
    with tempfile.TemporaryDirectory() as name, monkeypatch.context() as patch:
        Path(name).chmod(0o755)
        become_newer(Path(name), patch)
        migrate.migrate(tmp_path / "imported.db")  # what is imported once is imported before the user changes
        before = (tmp_path / "w" / "store.db").read_bytes()
        with read_only_folder(tmp_path / "w") as path, Workspace.open(path, read_only=None) as workspace:
            with workspace.readers.connect() as reader:
                assert reader.exec_driver_sql("SELECT dress_code FROM meeting").all() == []
            assert workspace.person == "Ana"
            assert (path / "store.db").read_bytes() == before
    become_newer(tmp_path, monkeypatch)
    with Workspace.open(tmp_path / "w", read_only=True) as workspace, workspace.readers.connect() as reader:
        assert reader.exec_driver_sql("SELECT dress_code FROM meeting").all() == []
    with reading(tmp_path / "w" / "store.db") as db:
        assert migrate.revision(db) != migrate.HEAD


def test_an_update_that_would_break_a_link_is_taken_back(tmp_path: Path, database: Path) -> None:
    broken = "op.execute(\"INSERT INTO meeting(id, source) VALUES('m', 'nowhere')\")"
    folder, revision = next_steps(tmp_path, broken)
    with pytest.raises(driver.IntegrityError, match="meeting"):
        migrate.migrate(database, folder=folder, target=revision)
    _is_as_before(database)


def test_an_update_that_fails_half_way_leaves_nothing(tmp_path: Path, database: Path) -> None:
    folder, revision = next_steps(tmp_path, "raise RuntimeError('half-way')")
    with pytest.raises(RuntimeError):
        migrate.migrate(database, folder=folder, target=revision)
    _is_as_before(database)


def test_without_room_for_the_copy_nothing_is_updated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    with small_disk(tmp_path / "disk", 3000) as disk:
        Workspace.create(disk / "w", name="x", person="Ana", clock=clock).close()
        become_newer(tmp_path, monkeypatch)
        filler = fill(disk, leave_kilobytes=200)
        with pytest.raises(DiskFull):
            Workspace.open(disk / "w", clock=clock)
        assert list((disk / "w" / "backups").iterdir()) == [disk / "w" / "backups" / "workspace.json"]
        _is_as_before(disk / "w" / "store.db")
        filler.unlink()
        Workspace.open(disk / "w", clock=clock).close()


def _is_as_before(database: Path, step: str = migrate.HEAD) -> None:
    with reading(database) as db:
        assert migrate.revision(db) == step
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'vehicle'").fetchone()[0] == 0
        assert "dress_code" not in [row[1] for row in db.execute("PRAGMA table_info(meeting)")]
        assert db.execute("SELECT count(*) FROM meeting").fetchone()[0] == 0
        assert problems(db) == []


RELEASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def opened(release: str, folder: Path) -> Laptop:
    with zipfile.ZipFile(GOLDEN / release / WORKSPACE) as packed:
        packed.extractall(folder / "workspace")
    laptop = Laptop("Ana Ferrer", folder, None, FrozenClock())  # type: ignore[arg-type]
    with laptop.here():
        laptop.desk = Desk.open(folder / "workspace", clock=laptop.clock)
    return laptop


def as_it_was(laptop: Laptop, release: str) -> None:
    """Everything it held then is there; a later version may say more of a record, never less."""
    wanted: dict[str, Any] = json.loads((GOLDEN / release / EXPECTED).read_text(encoding="utf-8"))
    found = json.loads(json.dumps(expected(laptop)))
    for id_, record in wanted.pop("records").items():
        there = found["records"].get(id_, {})
        assert {name: there.get(name) for name in record} == record
    asked = {(id_, cell, state): values for id_, cell, state, values in found.pop("questions")}
    for id_, cell, state, values in wanted.pop("questions"):
        assert set(asked.pop((id_, cell, state))) >= set(values)
    assert asked == {}
    assert {name: found[name] for name in wanted} == wanted
    laptop.check()


@pytest.mark.law("P10")
@pytest.mark.parametrize("release", RELEASES)
def test_a_workspace_of_an_earlier_release_is_opened_and_written_on(release: str, tmp_path: Path) -> None:
    laptop = opened(release, tmp_path)
    as_it_was(laptop, release)
    made = laptop.add("meeting", "title.en=Years later")
    assert laptop.text(made) == "Years later"
    laptop.check()
    laptop.desk.close()


@pytest.mark.parametrize("release", RELEASES)
def test_a_package_of_an_earlier_release_is_joined_and_received(release: str, tmp_path: Path) -> None:
    package = GOLDEN / release / PACKAGE
    new = joined(tmp_path / "new", package, "Bo")
    as_it_was(new, release)
    old = opened(release, tmp_path / "old")
    (report,) = old.receive(package)
    assert report.state == KNOWN
    new.add("meeting", "title.en=Years later")
    (report,) = old.receive(new.give("later.ucapx"))
    assert (report.state, report.new) == (APPLIED, 1)
    assert old.digest() == new.digest()
    for laptop in (new, old):
        laptop.desk.close()


def test_this_release_has_its_own() -> None:
    assert __version__ in RELEASES, "run `python -m tests.helpers.golden`"


def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    kept = tmp_path / "0.1.0"
    kept.mkdir()
    (kept / PACKAGE).write_bytes(b"of a release that is out")
    with pytest.raises(FileExistsError):
        make(kept)
    assert (kept / PACKAGE).read_bytes() == b"of a release that is out"


def test_a_package_says_what_it_is_in_a_way_that_stays(tmp_path: Path) -> None:
    """Names, keys and order of a package are a promise: what one version writes every later one reads."""
    ana = first_laptop(tmp_path / "ana")
    ana.add("meeting", "title.en=Opening")
    with zipfile.ZipFile(ana.give("1.ucapx")) as made, zipfile.ZipFile(GOLDEN / RELEASES[0] / PACKAGE) as first:
        manifests = [json.loads(each.read("manifest.json")) for each in (made, first)]
        assert set(first.namelist()) - {*made.namelist()} == {n for n in first.namelist() if n.startswith("blobs/")}
    assert set(manifests[1]) <= set(manifests[0])
    assert manifests[0]["min_reader"] == manifests[1]["min_reader"] == 1
    ana.desk.close()


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
