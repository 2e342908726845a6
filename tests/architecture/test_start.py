"""The first window and the answers of the command line are there soon: what they do without is not imported for them."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.source_tree import program

# Modules for papers, exchange, other people's files, the form of a record and the pages: each is imported when it is
# first needed.
LATER = ("ucapdesk.papers", "ucapdesk.briefing", "ucapdesk.exchange", "ucapdesk.formats.glance", "ucapdesk.formats.blocks",
         "ucapdesk.formats.phrases", "ucapdesk.formats.sheets",
         "ucapdesk.ui.record.form", "ucapdesk.ui.fields.editor_factory", "ucapdesk.ui.fields.token_field", "ucapdesk.ui.home",
         "ucapdesk.store.merge.merge3", "PySide6.QtNetwork")  # fmt: skip


LAYOUT = (
    "ucapdesk.briefing.pages.render",
    "ucapdesk.briefing.text.fonts",
    "ucapdesk.briefing.blocks.pictures",
)


def imported_for(*roots: str) -> dict[str, str]:
    """Return the modules that are imported with some of ours, each with the one that imports it."""
    modules = {module.name: module for module in program()}
    names = frozenset(modules)
    why = dict.fromkeys(roots, "")
    waiting = [*why]
    while waiting:
        name = waiting.pop()
        packages = (name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1))
        for found in (*(each.module for each in modules[name].first_imports(names)), *packages):
            if found in names and found not in why:
                why[found] = name
                waiting.append(found)
    return why


def early(later: tuple[str, ...], *roots: str) -> str:
    """Return the modules that are imported too early, a line each."""
    found = imported_for(*roots)
    return "\n".join(f"{name}, imported by {by}" for name, by in found.items() if name.startswith(later))


def test_a_window_without_a_record_imports_no_form_no_paper_and_no_exchange() -> None:
    assert not (found := early(LATER, "ucapdesk.app", "ucapdesk.ui.window.program")), found


def test_papers_are_listed_and_checked_without_layout() -> None:
    documents = [module.name for module in program() if module.name.startswith("ucapdesk.papers.documents")]
    readers = ("ucapdesk.papers.registry", "ucapdesk.papers.gaps", "ucapdesk.services.files.packs")
    assert not (found := early(LAYOUT, *documents, *readers)), found


def test_home_itineraries_cards_calendars_and_missing_texts_need_no_reader_of_papers() -> None:
    papers = (
        "ucapdesk.formats.glance",
        "ucapdesk.formats.lists",
        "ucapdesk.formats.blocks",
        "ucapdesk.formats.phrases",
    )
    names = ("home", "visits.visit_itinerary", "visits.calendars", "people.vcards")
    services = tuple(f"ucapdesk.services.{name}" for name in names)
    assert not (found := early(papers, *services, "ucapdesk.cli.cmd_files")), found


EXCHANGE = tuple(
    f"ucapdesk.exchange.{name}" for name in ("giving", "receiving", "arrival", "reports", "waiting_packages")
)


def test_conflicts_are_listed_without_what_writes_and_receives_packages() -> None:
    assert not (found := early(EXCHANGE, "ucapdesk.cli.cmd_conflicts")), found


def test_nor_does_it_when_the_commands_are_registered() -> None:
    code = (
        "import sys, ucapdesk.app; ucapdesk.app.load_services(); import ucapdesk.ui.window.program; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.startswith(LATER)] == []
