"""A terminal shows what colleagues wrote and obeys none of it; and habits of Windows that the command line must not take over."""

from __future__ import annotations

import ast
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import ucapdesk.cli
from tests.helpers.chinese_records import fill_in
from tests.helpers.package_maker import Hand
from tests.journeys.conftest import run
from tests.unit.exchange.laptops import first_laptop, joined
from tests.unit.exchange.strangers import strange
from ucapdesk import cli
from ucapdesk.cli import command
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service

EVIL = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202egnp\u200f\u061c.exe"
OBEYED = "\x1b\x07\x9b\u202e\u200f\u061c"


@pytest.fixture
def folder(workspace_folder: Path) -> Path:
    """A workspace with such a title, and such a person's name."""
    made = run("add", workspace_folder, "meeting", f"title.en={EVIL}", "when.date=2026-11-24", "--json")
    assert made.exit_code == 0, made.output
    run("add", workspace_folder, "person", f"name.family={EVIL}")
    return workspace_folder


@dataclass
class Odd:
    """A workspace in which every text that can be is of this sort, and all that a command may need."""

    path: Path
    place: Path
    ids: dict[str, str]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odd]:
    """Made by two laptops: a question, a look-alike, packages that wait and that come, papers, a backup."""
    place = tmp_path_factory.mktemp("odd")
    ana = first_laptop(place / "ana", EVIL)
    with ana.here() as desk:
        fill_in(desk, EVIL, "en")
        ids = {kind: found[0] for kind in LISTED if (found := records.listing(desk, kind))}
        records.edit(desk, ids["visit"], parse_assignments(LISTED["visit"], ["dates=2026-11-24/2026-11-26"]))
        records.edit(
            desk, ids["itinerary_item"], parse_assignments(LISTED["itinerary_item"], ["when=2026-11-24 09:30"])
        )
    chen = joined(place / "chen", ana.give("join.ucapx"), EVIL)
    ana.receive(chen.give("hello.ucapx"))
    for laptop in (ana, chen):
        laptop.edit(ids["meeting"], f"title.en={EVIL} {laptop.folder.name}")
    ana.receive(chen.give("theirs.ucapx"))
    chen.add("meeting", f"title.en={EVIL}")
    chen.give("come.ucapx")
    ana.receive(strange(ana.desk.workspace.id, place, Hand(EVIL, "Laptop")), accept=False)
    strange(ana.desk.workspace.id, place, Hand(f"{EVIL} 2", "Other")).rename(place / f"{EVIL.replace('/', '')}.ucapx")
    (place / "cards.vcf").write_text(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{EVIL}\nN:{EVIL};;;;\nEND:VCARD\n", encoding="utf-8"
    )
    for laptop in (ana, chen):
        laptop.desk.close()
    with ana.here():
        yield Odd(ana.desk.workspace.path, place, ids)


COMMANDS: dict[str, Callable[[Odd], list[object]]] = {
    "new": lambda odd: [odd.place / f"new {EVIL}"],
    "sample": lambda odd: [odd.place / f"sample {EVIL}"],
    "passphrase": lambda odd: [odd.path],
    "import": lambda odd: [odd.path, odd.place / "cards.vcf", "--dry-run"],
    "kinds": lambda odd: [],
    "list": lambda odd: [odd.path, "meeting"],
    "show": lambda odd: [odd.path, odd.ids["meeting"]],
    "add": lambda odd: [odd.path, "meeting", f"title.en=Once more {EVIL}"],
    "edit": lambda odd: [odd.path, odd.ids["meeting"], f"summary.en={EVIL}"],
    "trash": lambda odd: [odd.path, odd.ids["place"]],
    "untrash": lambda odd: [odd.path, odd.ids["meeting"]],
    "attach": lambda odd: [odd.path, odd.ids["meeting"], odd.place / "cards.vcf"],
    "today": lambda odd: [odd.path],
    "log": lambda odd: [odd.path, f"title.en={EVIL}"],
    "itinerary": lambda odd: [odd.path, odd.ids["visit"]],
    "delay": lambda odd: [odd.path, odd.ids["itinerary_item"], "1:30", "--dry-run"],
    "sign": lambda odd: [odd.path, odd.ids["agreement"]],
    "reopen": lambda odd: [odd.path, odd.ids["agreement"]],
    "search": lambda odd: [odd.path, "red"],
    "history": lambda odd: [odd.path, odd.ids["meeting"]],
    "copy": lambda odd: [odd.path, odd.ids["meeting"], "2027-01-01"],
    "templates": lambda odd: [odd.path, odd.ids["meeting"]],
    "undo": lambda odd: [odd.path],
    "redo": lambda odd: [odd.path],
    "documents": lambda odd: [],
    "gaps": lambda odd: [odd.path, odd.ids["visit"]],
    "brief": lambda odd: [odd.path, odd.ids["meeting"], "-o", odd.place / f"{EVIL}.pdf"],
    "packs": lambda odd: [odd.path, odd.ids["meeting"]],
    "give": lambda odd: [odd.path, "-o", odd.place / f"given {EVIL}.ucapx"],
    "join": lambda odd: [odd.place / f"joined {EVIL}", odd.place / "come.ucapx", "--person", EVIL],
    "receive": lambda odd: [odd.path, *sorted(odd.place.glob("*gnp*.ucapx")), odd.place / "come.ucapx"],
    "conflicts": lambda odd: [odd.path],
    "decide": lambda odd: [odd.path, odd.ids["meeting"], EVIL, "--value", "x"],
    "devices": lambda odd: [odd.path],
    "waiting": lambda odd: [odd.path],
    "same": lambda odd: [odd.path, "--find"],
    "erase": lambda odd: [odd.path, odd.ids["person"], "--confirm", "somebody else"],
    "privacy": lambda odd: [odd.path],
    "export": lambda odd: [odd.path, "meeting", "-o", odd.place / f"{EVIL}.csv"],
    "translations": lambda odd: [odd.path],
    "digest": lambda odd: [odd.path],
    "check": lambda odd: [odd.path],
    "clock": lambda odd: [odd.path],
    "backup": lambda odd: [odd.path, "-o", odd.place / f"{EVIL}.ucapbackup"],
    "restore-backup": lambda odd: [odd.place / f"{EVIL}.none", odd.place / f"back {EVIL}"],
}


def test_every_command_is_tried() -> None:
    assert list(COMMANDS) == list(ucapdesk.cli.COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_a_sign_that_a_terminal_obeys(odd: Odd, command: str) -> None:
    result = run(command, *COMMANDS[command](odd))
    assert result.exit_code in (0, 1), result.output
    assert not any(sign in result.output for sign in OBEYED), result.output


def test_what_is_printed_shows_that_something_was_there(odd: Odd) -> None:
    for tried in ("list", "show", "history", "conflicts", "devices", "waiting", "receive", "privacy"):
        assert "gnp" in run(tried, *COMMANDS[tried](odd)).output, tried


def test_data_means_the_same(folder: Path) -> None:
    result = run("list", folder, "meeting", "--json")
    assert not any(sign in result.stdout for sign in OBEYED)
    assert json.loads(result.stdout)[0]["title"]["en"] == EVIL


def test_there_is_one_way_to_the_terminal() -> None:
    for file in Path(ucapdesk.cli.__file__).parent.glob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
        names = {ast.unparse(call) for call in calls}
        assert file.name == "output.py" or not names & {"click.echo", "print", "click.secho", "sys.stdout.write"}, file


PASSPHRASE = "雨落江上 ñandú"


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where click takes itself to be on Windows, and would expand what is typed."""
    like_windows = SimpleNamespace(**{name: getattr(os, name) for name in dir(os) if not name.startswith("__")})
    like_windows.name = "nt"
    monkeypatch.setattr(click.core, "os", like_windows)


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    code = ended.value.code
    return code if isinstance(code, int) else 0


def test_a_percent_sign_and_a_star_are_kept_as_typed(
    on_windows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET", "of the computer")
    (tmp_path / "notes.txt").touch()
    workspace_service.new(tmp_path / "desk", person="Ana").close()
    monkeypatch.setattr("sys.argv", ["ucapdesk", "add", "desk", "meeting", "title.en=100%SECRET% $SECRET *.txt"])
    with pytest.raises(SystemExit):
        cli.main()
    capsys.readouterr()
    assert _run("list", "desk", "meeting") == 0
    assert "100%SECRET% $SECRET *.txt" in capsys.readouterr().out
    for wrong in ("--help", "--nonsense"):
        _run("list", wrong, "--lang", "de")
        assert "Aufruf: ucapdesk list" in "".join(capsys.readouterr())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp936"])
def test_a_piped_passphrase_is_understood_in_utf_8_and_in_the_code_page(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "雨落江上" if encoding == "cp936" else PASSPHRASE
    piped = io.TextIOWrapper(io.BytesIO(f"{said}\r\n".encode(encoding)), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", piped)
    monkeypatch.setattr(command, "_code_pages", lambda: ["cp936", "cp437"])
    assert _run("new", str(tmp_path / "desk"), "--protect") == 0
    workspace_service.open(tmp_path / "desk", passphrase=said).close()


def test_bytes_that_are_no_text_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00\n"), encoding="utf-8"))
    monkeypatch.setattr(command, "_code_pages", list)
    assert _run("new", str(tmp_path / "desk"), "--protect") == 1
    assert "not readable text" in capsys.readouterr().err
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp936"])
def test_a_passphrase_file_is_understood_as_notepad_and_powershell_write_it(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pass.txt").write_bytes("雨落江上\r\n".encode(encoding))
    monkeypatch.setattr(command, "_code_pages", lambda: ["cp936", "cp437"])
    assert command.passphrase_in(tmp_path / "pass.txt") == "雨落江上"
