"""The schema: the frozen steps make what the declarations say, and an older workspace is brought up to it."""

from __future__ import annotations

import ast
import contextlib
import re
import subprocess
import sys
import tempfile
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
from tests.helpers.newer_schema import become_newer, next_steps
from tests.helpers.source_tree import ROOT
from ucapdesk.base.ids import derived_id
from ucapdesk.base.json_text import dumps
from ucapdesk.base.paths import migrations
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.errors import DiskFull
from ucapdesk.store.log.changeset import parse
from ucapdesk.store.workspace import database as migrate
from ucapdesk.store.workspace.database import APPLICATION_ID, Database, connect, engine_for, problems
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
