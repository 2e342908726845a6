"""Bad words at the command line, and what is missing: a sentence each, and nothing changed."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.disks import fill, read_only_folder, small_disk
from tests.helpers.silence import LogWatch
from tests.journeys.conftest import PAPER, run
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.desk import Desk

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="session")
def _imported(_workspace_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(_workspace_template, tmp_path_factory.mktemp("bad-input") / "desk")
    assert run("import", folder, PAPER).exit_code == 0
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return folder


@pytest.fixture
def liuzhou(_imported: Path, tmp_path: Path) -> Path:
    """This test's own workspace that holds the Liuzhou paper."""
    return shutil.copytree(_imported, tmp_path / "desk")


def refused(*arguments: object) -> str:
    """The English sentence of a command that must be refused, in Chinese too; nothing else is printed."""
    said = {}
    for lang in ("en", "zh"):
        result = run("--lang", lang, *arguments)
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        said[lang] = result.stderr
        assert said[lang].count("\n") == 1
        assert said[lang].strip()
    assert HAN.search(said["zh"])
    assert said["zh"] != said["en"]
    return said["en"].strip()


def _digest(folder: Path, *options: object) -> object:
    result = run("digest", folder, "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _first(folder: Path, kind: str) -> str:
    return str(json.loads(run("list", folder, kind, "--json").stdout)[0]["id"])


# -- workspaces -----------------------------------------------------------------------------------

COMMANDS: tuple[tuple[object, ...], ...] = (("list", "ucap"), ("add", "meeting", "title.en=A"), ("check",), ("digest",))


def test_not_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x", "utf-8")
    for place in (tmp_path / "gone", tmp_path / "folder", tmp_path / "file"):
        for command, *rest in COMMANDS:
            assert "is not a workspace" in refused(command, place, *rest)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "config") == ["file", "folder"]


def test_a_workspace_of_a_newer_program(liuzhou: Path) -> None:
    with Desk.open(liuzhou) as desk:
        desk.db.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (liuzhou / "store.db").read_bytes()
    for command, *rest in COMMANDS:
        assert "was written by a newer UCAPDesk" in refused(command, liuzhou, *rest)
    assert (liuzhou / "store.db").read_bytes() == before
    info = json.loads((liuzhou / "workspace.json").read_text("utf-8"))
    (liuzhou / "workspace.json").write_text(json.dumps(info | {"format": 99}), "utf-8")
    assert "was written by a newer UCAPDesk" in refused("list", liuzhou, "ucap")


def _garbled(folder: Path) -> None:
    (folder / "store.db").write_bytes(b"garbled" * 1000)


def _holed(folder: Path) -> None:
    """Everything but the first pages: it opens, and reading fails."""
    store = folder / "store.db"
    data = store.read_bytes()
    store.write_bytes(data[: 4096 * 20] + b"\xff" * (len(data) - 4096 * 20))


@pytest.mark.parametrize("damage", [_garbled, _holed])
def test_a_damaged_workspace_offers_its_last_backup(liuzhou: Path, damage: Callable[[Path], None]) -> None:
    before = _digest(liuzhou)
    workspace_service.open(liuzhou, read_only=False).close()
    (backup,) = (liuzhou / "backups").glob("*.db")
    for kept in liuzhou.glob("store.db-*"):
        kept.unlink()
    damage(liuzhou)
    sentence = refused("list", liuzhou, "source_document")
    assert "is damaged" in sentence
    assert backup.name in sentence
    assert "is damaged" in refused("add", liuzhou, "meeting", "title.en=A")
    assert run("restore-backup", backup.name, liuzhou).exit_code == 0
    assert _digest(liuzhou) == before


def test_a_damaged_workspace_without_a_backup(liuzhou: Path) -> None:
    _garbled(liuzhou)
    assert "holds no backup of its own" in refused("show", liuzhou, "x")


def test_a_log_that_is_not_whole_is_told_by_check(liuzhou: Path) -> None:
    with Desk.open(liuzhou) as desk:
        desk.db.execute("UPDATE sync_changeset SET chain = zeroblob(32)")
    sentence = "The check of"
    result = run("check", liuzhou)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)
    result = run("check", liuzhou, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["ok"] is False


def test_a_file_for_a_stick_that_is_not_there_is_not_written_beside_it(liuzhou: Path, tmp_path: Path) -> None:
    stick, ucap = tmp_path / "media" / "stick", _first(liuzhou, "ucap")
    for command, name in (
        (["backup", liuzhou], "a.ucapbackup"), (["give", liuzhou], "a.ucapx"), (["give", liuzhou], ""),
        *((["export", liuzhou, "place"], f"a{suffix}") for suffix in (".xlsx", ".csv")),
        (["export", liuzhou, "person"], "a.vcf"),
        *((["brief", liuzhou, ucap], f"a{suffix}") for suffix in (".pdf", ".docx")),
    ):  # fmt: skip
        folder = stick if name else stick.parent
        said = f"There is no {folder}. Nothing was changed; check the name, and whether the USB stick or the folder is there."
        assert refused(*command, "-o", stick / name) == said
    stick.parent.mkdir()
    assert f"There is no {stick}." in refused("give", liuzhou, "-o", stick), "what has no ending is a folder"
    assert list(stick.parent.iterdir()) == []


def test_no_room_left_on_the_disk(liuzhou: Path, tmp_path: Path, log_watch: LogWatch) -> None:
    with small_disk(tmp_path / "disk", 8000) as disk:
        log_watch.expect("no backup of today")
        desk = shutil.copytree(liuzhou, disk / "desk")
        before = _digest(desk)
        meeting = _first(desk, "meeting")
        big = tmp_path / "big.bin"
        big.write_bytes(b"x" * 3_000_000)
        (tmp_path / "long.txt").write_text("word " * 39_000, "utf-8")
        filler = fill(disk, leave_kilobytes=100)
        assert "There is no room left" in refused("attach", desk, meeting, big)
        assert "There is no room left" in refused("edit", desk, meeting, f"summary.en=@{tmp_path / 'long.txt'}")
        assert "There is no room left" in refused("backup", desk, "-o", disk / "desk.ucapbackup")
        filler.unlink()
        assert _digest(desk) == before
        assert run("check", desk).exit_code == 0


def test_a_folder_that_can_only_be_read(liuzhou: Path) -> None:
    before, meeting = _digest(liuzhou), _first(liuzhou, "meeting")
    with read_only_folder(liuzhou) as desk:
        assert _digest(desk) == before
        assert run("search", desk, "liuzhou").exit_code == 0
        for command, *rest in (("edit", meeting, "room=1"), ("trash", meeting), ("import", PAPER), ("undo",)):
            assert "can only be read, not changed" in refused(command, desk, *rest)
        assert "does not allow" in refused("new", desk.parent / "other", "--person", "Ana")
        assert _digest(desk) == before


def test_a_second_writer(liuzhou: Path) -> None:
    before = _digest(liuzhou)
    with workspace_service.open(liuzhou, read_only=False):
        assert "is open in another UCAPDesk" in refused("add", liuzhou, "meeting", "title.en=A")
        assert _digest(liuzhou) == before


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    (tmp_path / "right").write_text("Liuzhou 2026\n", "utf-8")
    (tmp_path / "wrong").write_text("liuzhou 2026\n", "utf-8")
    (tmp_path / "empty").touch()
    assert run("new", tmp_path / "w", "--protect", "--password-file", tmp_path / "right").exit_code == 0
    return tmp_path / "w"


def test_a_wrong_or_missing_passphrase(protected: Path) -> None:
    folder = protected.parent
    before = _digest(protected, "--password-file", folder / "right")
    for command, *rest in COMMANDS:
        assert "--password-file" in refused(command, protected, *rest)
        wrong = refused(command, protected, *rest, "--password-file", folder / "wrong")
        assert "is not the passphrase" in wrong
    (folder / "endless").symlink_to("/dev/zero" if Path("/dev/zero").exists() else folder / "gone")
    for file in ("empty", "gone", "endless"):
        assert "could not be read from" in refused("list", protected, "ucap", "--password-file", folder / file)
    assert "cannot be empty" not in refused("new", folder / "x", "--protect", "--password-file", folder / "empty")
    assert _digest(protected, "--password-file", folder / "right") == before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_device_that_gives_bytes_without_end(liuzhou: Path, tmp_path: Path) -> None:
    meeting = run("list", liuzhou, "meeting").stdout.partition("\t")[0]
    assert "nothing was changed" in refused("edit", liuzhou, meeting, "notes.en=@/dev/zero")
    card = tmp_path / "cards.vcf"
    card.symlink_to("/dev/zero")
    assert "cards.vcf" in refused("import", liuzhou, card)


def test_a_place_that_is_taken_and_files_that_are_there(liuzhou: Path, tmp_path: Path) -> None:
    assert "already holds other files" in refused("new", liuzhou)
    assert "already holds other files" in refused("sample", liuzhou)
    (tmp_path / "there.ucapbackup").touch()
    assert "already there" in refused("backup", liuzhou, "-o", tmp_path / "there.ucapbackup")
    assert "is not a UCAPDesk backup" in refused("restore-backup", PAPER, tmp_path / "new")
    assert "is not a UCAPDesk backup" in refused("restore-backup", "20200101T000000Z-daily.db", liuzhou)
    assert run("new", tmp_path / "other").exit_code == 0
    assert run("backup", liuzhou, "-o", tmp_path / "desk.ucapbackup").exit_code == 0
    assert "holds a different workspace" in refused("restore-backup", tmp_path / "desk.ucapbackup", tmp_path / "other")


# -- files and values -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "is empty"),
        ("white.txt", b" \n\t\r\n", "is empty"),
        ("binary.txt", bytes(range(256)) * 20, "is not text"),
        ("picture.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "holds pictures of pages but no text"),
        ("zip.docx", b"PK\x03\x04 nothing more", "is damaged"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "is damaged"),
        ("letter.txt", b"Dear Ms Wang,\nthank you for your letter.\n", "is not a UCAP at a glance"),
        ("table.xlsx", b"PK\x03\x04", "cannot be read as a spreadsheet"),
        ("noname", b"Cities\tA\tB", "cannot be imported"),
        ("gone.txt", None, "could not be opened"),
    ],
)
def test_a_file_that_cannot_be_imported(
    liuzhou: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    before = _digest(liuzhou)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for more in ((), ("--dry-run",)):
        sentence = refused("import", liuzhou, tmp_path / name, *more)
        assert name in sentence
        assert said in sentence
    assert _digest(liuzhou) == before


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("when=2019-13", "cannot be the value of “when”"),
        ("when=2019-02-30", "cannot be the value of “when”"),
        ("ordinal=first", "cannot be the value of “ordinal”"),
        ("ordinal=1.5", "cannot be the value of “ordinal”"),
        ("mode=by_pigeon", "is not in the list of “mode”"),
        ("reported_participants={\"value\": 1.5}", "cannot be the value of “reported_participants”"),
        ("title={\"fr\": \"Réunion\"}", "cannot be the value of “title”"),
        ("title.fr=Réunion", "has no part “fr”"),
        ("title.zh.state=perfect", "is not in the list of “title.zh.state”"),
        ("chair_a=nobody", "cannot be the value of “chair_a”"),
        ("chair_a=11111111-1111-1111-1111-111111111111", "There is no record 11111111"),
        ("chair_a={self}", "takes a record of the kind person"),
        ("room+=2", "holds one value"),
        ("owner={self}", "has no field “owner”"),
        ("rooom=1", "nearest: room"),
        ("summary.en=@nowhere.txt", "cannot be read as text"),
        ("room", "is not of the form field=value"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be(liuzhou: Path, assignment: str, said: str) -> None:
    before, meeting = _digest(liuzhou), _first(liuzhou, "meeting")
    wanted = assignment.replace("{self}", meeting)
    assert said in refused("edit", liuzhou, meeting, "title.en=Changed", wanted)
    assert said in refused("add", liuzhou, "meeting", "title.en=New", wanted)
    assert _digest(liuzhou) == before


def test_unknown_kinds_ids_and_what_is_in_the_trash(liuzhou: Path, tmp_path: Path) -> None:
    meeting = _first(liuzhou, "meeting")
    assert run("trash", liuzhou, meeting).exit_code == 0
    assert run("add", liuzhou, "country", "alpha2=CN", "plugs=A, I").exit_code == 0
    before = _digest(liuzhou)
    for kind in ("meetings", "member", "会议"):
        assert "There is no kind of record" in refused("list", liuzhou, kind)
        assert "There is no kind of record" in refused("add", liuzhou, kind, "title.en=A")
    for command, *rest in (
        ("show",), ("edit", "room=1"), ("trash",), ("untrash",), ("history",), ("attach", PAPER),
        ("brief", "-o", tmp_path / "page.pdf"),
    ):  # fmt: skip
        assert "There is no record nobody" in refused(command, liuzhou, "nobody", *rest)
    assert "pass it as UTF-8" in refused("history", liuzhou, "\udcff")
    for command, *rest in (("edit", "room=1"), ("trash",), ("attach", PAPER), ("brief", "-o", tmp_path / "page.pdf")):
        assert re.search("in the Trash|No document of a record", refused(command, liuzhou, meeting, *rest))
    assert "in the Trash" in refused("add", liuzhou, "agenda_item", f"owner={meeting}", "title.en=A")
    assert "is not in the Trash" in refused("untrash", liuzhou, _first(liuzhou, "visit"))
    assert "always part of another" in refused("add", liuzhou, "agenda_item", "title.en=A")
    assert "What a record belongs to is never edited" in refused("edit", liuzhou, _first(liuzhou, "theme"), "owner=x")
    assert "stays on this computer" in refused("add", liuzhou, "person", "passport_number=E1")
    assert "already recorded" in refused("add", liuzhou, "country", "alpha2=CN")
    assert "There is no file" in refused("attach", liuzhou, _first(liuzhou, "visit"), tmp_path / "gone.pdf")
    assert _digest(liuzhou) == before
    assert not (tmp_path / "page.pdf").exists()


@pytest.mark.parametrize("name", ["people.csv", "paper.txt"])
def test_an_empty_file_is_told_as_empty_whatever_it_was_to_hold(liuzhou: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    said = f"The file {name} is empty. Nothing was changed; choose the file that holds what is to be imported."
    assert refused("import", liuzhou, tmp_path / name) == said


def test_files_that_cannot_be_exported_are_told_with_all_that_can(liuzhou: Path, tmp_path: Path) -> None:
    assert refused("export", liuzhou, "person", "-o", tmp_path / "a.ods").endswith(
        "cannot be exported as .ods files. Nothing was written; available: .vcf, .ics, .xlsx, .csv."
    )
    assert refused("export", liuzhou, "place", "-o", tmp_path / "a.ods").endswith("available: .xlsx, .csv.")
    assert refused("export", liuzhou, "meeting", "-o", tmp_path / "a").endswith("these: .ics, .docx, .xlsx, .csv.")


def test_papers_that_cannot_be_printed(liuzhou: Path, tmp_path: Path) -> None:
    ucap, page = _first(liuzhou, "ucap"), tmp_path / "page.pdf"
    assert "at_a_glance (ucap)" in refused("brief", liuzhou, _first(liuzhou, "theme"), "-o", page)
    assert "no document called" in refused("brief", liuzhou, ucap, "-o", page, "--document", "menu")
    assert "one or two of the languages" in refused("brief", liuzhou, ucap, "-o", page, "--languages", "fr")
    assert "has no editions" in refused("brief", liuzhou, ucap, "-o", page, "--edition", "media")
    assert "the paper of one record" in refused("brief", liuzhou, ucap, ucap, "-o", page)
    (tmp_path / "folder.pdf").mkdir()
    assert "could not be written" in refused("brief", liuzhou, ucap, "-o", tmp_path / "folder.pdf")
    assert not page.exists()


def test_nothing_to_undo(tmp_path: Path) -> None:
    assert run("new", tmp_path / "w").exit_code == 0
    assert "nothing to undo" in refused("undo", tmp_path / "w")
    assert "nothing to redo" in refused("redo", tmp_path / "w")


def _run(*words: str) -> tuple[int, str, str]:
    done = run(*words)
    return done.exit_code, done.stdout, done.stderr


def _without_files(workspace: Path) -> None:
    for file in workspace.glob("files.db*"):
        file.unlink()


def test_records_are_read_though_the_attachments_are_gone(workspace_folder: Path) -> None:
    code, made, _ = _run("add", str(workspace_folder), "meeting", "title.en=Opening")
    assert code == 0
    _without_files(workspace_folder)
    code, listed, said = _run("list", str(workspace_folder), "meeting")
    assert (code, said) == (0, "")
    assert made.strip() in listed
    assert _run("check", str(workspace_folder))[0] == 0


def test_a_workspace_goes_on_without_its_attachments(workspace_folder: Path) -> None:
    _without_files(workspace_folder)
    with Desk.open(workspace_folder) as desk:
        kept = desk.workspace.files.put(b"bytes", name="a.txt")
        assert desk.workspace.files.read(str(kept.sha256)) == b"bytes"


def test_a_passphrase_cannot_be_typed_without_a_terminal(tmp_path: Path) -> None:
    code, _, said = _run("new", str(tmp_path / "w"), "--protect")
    assert code == 1
    assert "--password-file" in said
    assert not (tmp_path / "w").exists()


def test_a_sign_that_cannot_be_stored_is_shown_by_its_number(workspace_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"a\0b")
    code, _, said = _run("add", str(workspace_folder), "meeting", f"title.en=@{tmp_path / 'odd.txt'}")
    assert code == 1
    assert "a[U+0000]b" in said


@pytest.mark.parametrize("word", ["--json", ""])
def test_characters_without_a_face_are_named_and_the_paper_is_printed(tmp_path: Path, word: str) -> None:
    workspace = str(tmp_path / "w")
    assert _run("sample", workspace)[0] == 0
    id_ = _run("list", workspace, "ucap")[1].split()[0]
    assert _run("edit", workspace, id_, "title.en=Hello 🙂")[0] == 0
    target = tmp_path / "page.pdf"
    code, _, said = _run(*filter(None, ("brief", workspace, id_, "-o", str(target), word)))
    assert code == 0
    assert "U+1F642" in said
    assert target.read_bytes().startswith(b"%PDF")
