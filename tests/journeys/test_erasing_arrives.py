"""At the window: a package that removes somebody's data says whose, and is applied only after that was asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel

from tests.helpers.answers import answering
from tests.journeys.dialogs import dialogs
from tests.journeys.two_windows import AtWindow, Both, read_preview
from ucapdesk.base.i18n import tr
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records
from ucapdesk.ui.exchange.exchange_dialogs import ReceiveDialog
from ucapdesk.ui.window.commands.file_commands import receive_files


def apply(at: AtWindow, answer: str, *packages: Path) -> list[str]:
    """Look at packages and press Apply; what was asked then."""
    with at.laptop.here(), answering(tr("exchange", answer)) as said:
        with dialogs((ReceiveDialog, QDialog.accept)):
            receive_files(at.window.commands, list(packages))
        at.bot.waitUntil(lambda: not at.window.work.busy)
    return said


def test_whose_data_goes_is_said_and_asked(both: Both) -> None:
    anna, chen = both
    person = anna.laptop.add("person", "name.family=Zhang", "name.given=Wei")
    chen.laptop.receive(anna.laptop.give("1.ucapx"))
    with anna.laptop.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
    package = anna.laptop.give("2.ucapx")
    chen.come()
    assert any("Wei Zhang" in text for text in read_preview(chen, package))
    (said,) = apply(chen, "Not now", package)
    assert "Wei Zhang" in said
    assert person in records.listing(chen.laptop.desk, "person")
    (said,) = apply(chen, "Remove and apply", package)
    assert person not in records.listing(chen.laptop.desk, "person")
    assert chen.laptop.digest() == anna.laptop.digest()
    assert not chen.window.toast.button.isVisibleTo(chen.window), "there is nothing to undo it with"


def test_what_was_linked_meanwhile_is_told(both: Both) -> None:
    anna, chen = both
    person = anna.laptop.add("person", "name.family=Zhang", "name.given=Wei")
    visit = anna.laptop.add("visit", "title.en=Spring visit")
    chen.laptop.receive(anna.laptop.give("1.ucapx"))
    part = chen.laptop.add("participation", f"owner={visit}", "free_name.en=Mr Zhang", "diet=no fish")
    chen.laptop.edit(part, f"person={person}")
    with anna.laptop.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
    chen.come()
    package = anna.laptop.give("2.ucapx")
    cut = package.with_name("cut.ucapx")
    cut.write_bytes(package.read_bytes()[:-400])
    apply(chen, "Remove and apply", package, cut)
    (said,) = [each.text() for each in chen.window.notice.findChildren(QLabel)]
    assert "Spring visit" in said
    assert "cut.ucapx" in said, "what went wrong with another package is told beside it"
    assert records.get(chen.laptop.desk, part).diet is None  # type: ignore[attr-defined]
