"""The window in one language more: its catalogue, its row in the list of languages, its manual; run by a test as a program of its own.

The catalogue says every text in a way that can be recognised. What the window does not say in that language it prints.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("no-fonts.conf"))

from tests.helpers.source_tree import ROOT
from ucapdesk.base import paths

LANG, NAME = "fr", "Français"
MARK = "‹fr›"


def add_files(folder: Path) -> None:
    """Write the data of the language beside that of the others, and let the program find it."""
    for name in ("resources", "docs", "db"):
        (folder / name).mkdir()
        _link(ROOT / name, folder / name, but=("locale", "reference", "manual"))
    for name in ("resources/locale", "resources/reference", "docs/manual"):
        (folder / name).mkdir()
        _link(ROOT / name, folder / name, but=("languages.json", "__pycache__"))
    listed = json.loads((ROOT / "resources" / "reference" / "languages.json").read_text(encoding="utf-8"))
    row = {"code": LANG, "labels": {"en": "French", "zh": "法文", LANG: NAME.lower()}}
    (folder / "resources" / "reference" / "languages.json").write_text(json.dumps([*listed, row]), encoding="utf-8")
    (folder / "docs" / "manual" / f"{LANG}.md").write_text(f"# {MARK} Manuel\n", encoding="utf-8")
    held: Any = paths
    held._root = lambda name: folder / name
    target = folder / "resources" / "locale" / LANG / "LC_MESSAGES"
    target.mkdir(parents=True)
    (target / "ucapdesk.mo").touch()  # by which it is known from the first import on
    _write_catalogue(target)


def _link(source: Path, target: Path, but: tuple[str, ...]) -> None:
    for each in source.iterdir():
        if each.name not in but:
            (target / each.name).symlink_to(each)


def _write_catalogue(target: Path) -> None:
    """Write a catalogue that says every text in a way that can be recognised."""
    spec = spec_from_file_location("catalogue_tool", ROOT / "resources" / "locale" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    tool: Any = module_from_spec(spec)
    sys.modules["catalogue_tool"] = tool
    spec.loader.exec_module(tool)
    with tool.po_file("zh").open("rb") as file:
        catalogue: Any = read_po(file, locale="zh")  # it holds every text, and takes less to read than all modules
    for message in catalogue:
        if message.id:
            several = isinstance(message.id, tuple)
            message.string = (MARK + message.id[-1],) if several else MARK + message.id
    (target / "ucapdesk.mo").write_bytes(tool.mo_bytes(catalogue))
    (target / "ucapdesk.po").write_bytes(tool.po_bytes(LANG, catalogue))


def look(folder: Path) -> list[str]:
    """Switch the window to it by its command, and say what is not in it."""
    from PySide6.QtWidgets import QApplication, QPushButton

    from ucapdesk.base import i18n, settings
    from ucapdesk.model.dates.formatting import say_date
    from ucapdesk.model.values import PartialDate
    from ucapdesk.papers import printing
    from ucapdesk.services.records import records
    from ucapdesk.services.workspaces import sample
    from ucapdesk.ui.toolkit.theme import apply_theme
    from ucapdesk.ui.window.commands import menu_commands
    from ucapdesk.ui.window.desk_window import DeskWindow
    from ucapdesk.ui.window.help_dialogs import pages_of

    chosen = settings.Settings(interface_language="en", theme="light", person="Ana")
    settings.save(chosen)
    app = QApplication([])
    apply_theme(app, chosen)
    with sample.make(folder / "sample") as desk:
        window = DeskWindow(desk, lambda _: None)
        window.resize(1400, 900)
        window.show()
        window.do(f"view.{LANG}")
        window.show_record(records.listing(desk, "meeting")[0])
        app.processEvents()
        names = set(i18n.LANGUAGE_NAMES.values())
        missed = [f"menu: {each.title.say()}" for each in menu_commands() if MARK not in each.title.say()]
        missed = [each for each in missed if each.removeprefix("menu: ") not in names]
        editors: Any = window.record.editors
        missed += [
            f"label: {editor.field.label()}" for editor in editors.values() if not editor.field.label().startswith(MARK)
        ]
        missed += [] if settings.load().interface_language == LANG else ["settings: not kept"]
        buttons = [each.text() for each in window.findChildren(QPushButton)]
        missed += [] if pages_of(LANG)[:2] == [f"{LANG}.md", "people.md"] else [f"manual: {pages_of(LANG)}"]
        day, told = say_date(PartialDate("2028-03-03")), say_date(PartialDate("2028~"))
        missed += [] if (day, told) == ("3 mars 2028", "about 2028") else [f"date: {day}, {told}"]
        paper = folder / "paper.pdf"
        printing.brief(desk, [records.listing(desk, "ucap")[0]], paper, languages=(LANG, "zh"))
        missed += [] if paper.stat().st_size > 10_000 else ["paper: not printed"]
        missed += [] if NAME in buttons else [f"status bar: {NAME} is not offered"]
        window.close()
        window.deleteLater()
        app.processEvents()
    return missed


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "config")
        add_files(Path(scratch))
        from tests.helpers.clock import stand_still

        stand_still()
        found = look(Path(scratch))
    print("\n".join(found) or "nothing is missing")
    sys.exit(bool(found))
