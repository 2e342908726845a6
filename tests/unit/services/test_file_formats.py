"""A file format is its functions and one ``FileFormat``: import, export and the manual's table follow."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.helpers.source_tree import ROOT
from ucapdesk.base.i18n import Message
from ucapdesk.cli import cli
from ucapdesk.formats import sheets, whole_files
from ucapdesk.formats.glance.glance_table import kind_of_file, read_lines
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.values import PersonName
from ucapdesk.services.files import file_formats
from ucapdesk.services.files.file_formats import ENTRIES, FileFormat, WrittenFile
from ucapdesk.services.files.incoming_files import Plan, PlanLine
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save


def _read_names(_: Desk, path: Path, _visit: str | None) -> Plan:
    names = path.read_text("utf-8").splitlines()

    def write(work: Save, numbers: Collection[int]) -> None:
        for number in numbers:
            work.new(Person, name=PersonName(names[number - 1]))

    return Plan(path.name, "person", tuple(PlanLine(n, name, "new") for n, name in enumerate(names, 1)), write)


def _write_names(desk: Desk, ids: Sequence[str], target: Path, _private: bool) -> WrittenFile:
    target.write_text("\n".join(records.titles(desk, ids).values()), "utf-8")
    return WrittenFile(len(ids))


NAMES = FileFormat(Message("test", "List of names"), (".names",), ENTRIES, _read_names, {"person": _write_names})


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_formats, "FORMATS", (*file_formats.FORMATS, NAMES))


def test_a_format_that_is_declared_comes_in_and_goes_out(one_more: None, tmp_path: Path) -> None:
    desk, file, again = tmp_path / "desk", tmp_path / "guests.names", tmp_path / "again.names"
    file.write_text("Ramos\nSzczęsny", "utf-8")
    workspace_service.new(desk, person="Ana").close()
    taken = CliRunner().invoke(cli, ["import", str(desk), str(file), "--json"], catch_exceptions=False)
    assert json.loads(taken.output)[0]["taken"] == 2
    written = CliRunner().invoke(cli, ["export", str(desk), "person", "-o", str(again)], catch_exceptions=False)
    assert written.exit_code == 0
    assert sorted(again.read_text("utf-8").splitlines()) == ["Ramos", "Szczęsny"]


def test_suffixes_exports_and_the_table_of_formats_follow_from_the_declaration(one_more: None) -> None:
    assert ".names" in file_formats.incoming_suffixes()
    assert NAMES in file_formats.outgoing_formats("person")
    assert ("List of names", ".names", "yes", "People") in file_formats.table("en")


TABS = '''
"""Tables with tabs between their cells (.tsv)."""
from ucapdesk.formats.sheets.sheet import Sheet, rows_of
def read(name, file):
    return [Sheet(name, rows_of(name, (line.split("\\t") for line in file.read().decode().splitlines())))]
def write(target, title, heads, rows, subject):
    target.write_text("\\n".join("\\t".join(map(str, row)) for row in (heads, *rows)), "utf-8")
'''


@pytest.fixture
def one_more_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module put among those of tables, and its suffix."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "tsv_sheet.py").write_text(TABS, "utf-8")
    monkeypatch.setattr(sheets, "__path__", [*sheets.__path__, str(tmp_path / "modules")])
    monkeypatch.setitem(whole_files.SHEET_MODULES, ".tsv", "tsv_sheet")
    yield
    sys.modules.pop(f"{sheets.__name__}.tsv_sheet", None)


def test_a_format_of_tables_is_one_module_and_its_suffix(one_more_table: None, tmp_path: Path) -> None:
    desk, file, other = tmp_path / "desk", tmp_path / "people.tsv", tmp_path / "people.xyz"
    workspace_service.new(desk, person="Ana").close()

    def run(*words: object) -> str:
        done = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
        return done.output if done.exit_code == 0 else done.stderr

    run("add", desk, "person", "name.family=Szczęsny")
    assert "1 record" in run("export", desk, "person", "-o", file)
    file.write_text(file.read_text("utf-8").replace("Szczęsny", "Ramos"), "utf-8")
    run("import", desk, file)
    assert "Ramos" in run("list", desk, "person")
    assert ".xlsx, .csv, .tsv" in " ".join(run("export", desk, "person", "-o", other).split())
    assert file_formats.way_of(file) == file_formats.SHEETS
    assert file_formats.sheet_files() == "Spreadsheets (*.xlsx *.csv *.tsv)"
    assert ("Spreadsheet", ".xlsx .csv .tsv", "yes", "every list") in file_formats.table("en")


def test_every_format_of_documents_has_a_paper_that_is_read() -> None:
    papers = {path.suffix: path for path in (ROOT / "tests" / "data" / "papers").iterdir()}
    for suffix in {*file_formats.GLANCES} - {".htm"}:
        assert suffix in papers, f"put a paper of {suffix} into tests/data/papers"
        assert kind_of_file(papers[suffix].name, papers[suffix].read_bytes()) == suffix.removeprefix(".")
        assert read_lines(papers[suffix])


def test_an_unknown_file_goes_the_way_of_papers() -> None:
    assert file_formats.way_of(Path("song.mp3")) == file_formats.PAPERS
    assert file_formats.incoming_format(Path("CARD.VCF")) is not None
