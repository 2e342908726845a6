"""The first window is there soon: what it does without is not imported for it."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.source_tree import program

LATER = ("ucapdesk.papers", "ucapdesk.briefing", "ucapdesk.exchange", "ucapdesk.formats.glance", "ucapdesk.formats.sheets",
         "ucapdesk.ui.record.form", "ucapdesk.ui.fields.make_editor", "ucapdesk.ui.home")  # fmt: skip
"""Modules for papers, exchange, other people's files, the form of a record and the pages: each is imported when it is first needed."""


def test_a_window_without_a_record_imports_no_form_no_paper_and_no_exchange() -> None:
    modules = {module.name: module for module in program()}
    names = frozenset(modules)
    why = {"ucapdesk.app": "", "ucapdesk.ui.window.program": ""}
    waiting = [*why]
    while waiting:
        name = waiting.pop()
        packages = (name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1))
        for found in (*(each.module for each in modules[name].first_imports(names)), *packages):
            if found in names and found not in why:
                why[found] = name
                waiting.append(found)
    early = [f"{name}, imported by {by}" for name, by in why.items() if name.startswith(LATER)]
    assert not early, "import these in the functions that need them:\n" + "\n".join(early)


def test_nor_does_it_when_the_commands_are_registered() -> None:
    code = (
        "import sys, ucapdesk.app; ucapdesk.app.load_services(); import ucapdesk.ui.window.program; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.startswith(LATER)] == []
