"""Pictures of two colleagues who swap their work, for the manual: giving, looking at what came, deciding, comparing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QApplication, QDialog

from tests.helpers.picture_languages import LOOKS
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base import settings
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.records import duplicates
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
from ucapdesk.ui.exchange.exchange_dialogs import ConflictDialog, ReceiveDialog
from ucapdesk.ui.exchange.watched_places import Drive
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.sections import EXCHANGE

DAY = 86_400
MINUTES = "Both sides agree to test open parking data."


def draw_exchange(folder: Path) -> None:
    """``exchange-give``, ``-receive``, ``-decide`` and ``-same``, in each language of the manual."""
    before, app = os.environ.get("UCAPDESK_CONFIG", ""), QApplication.instance()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as scratch, patch("platform.node", return_value="ThinkPad"):
        anna, chen = _both(Path(scratch))
        package = chen.give("from-chen-yan.ucapx")
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "pictures")
        for lang, name in LOOKS:
            settings.save(settings.Settings(interface_language=lang, theme="light", person="Anna Ferrer"))
            apply_theme(app, settings.load())
            _draw(app, anna, package, folder, name)
        anna.receive(package)
        for lang, name in LOOKS:
            settings.save(settings.Settings(interface_language=lang, theme="light", person="Anna Ferrer"))
            apply_theme(app, settings.load())
            _save(app, ConflictDialog(anna.desk, conflicts.conflicts(anna.desk)), folder / f"exchange-decide{name}.png")
            _save(app, DuplicatesDialog(anna.desk, duplicates.find(anna.desk)), folder / f"exchange-same{name}.png")
        for each in (anna, chen):
            each.desk.close()
    os.environ["UCAPDESK_CONFIG"] = before


def _both(folder: Path) -> tuple[Laptop, Laptop]:
    """Anna Ferrer and Chen Yan after two days in which each worked alone."""
    anna = first_laptop(folder / "anna", "Anna Ferrer")
    anna.clock.tick(20 * DAY + 34_000)
    meeting = anna.add(
        "meeting", "title.en=Smart mobility pilot", "title.zh=智慧出行试点", f"summary.en={MINUTES}", "room=12"
    )
    anna.add("organisation", "name.en=Liuzhou Foreign Affairs Office", "name.zh=柳州市外事办公室")
    chen = joined(folder / "chen", anna.give("joining.ucapx"), "Chen Yan 陈燕")
    chen.clock.tick(20 * DAY + 34_060)
    anna.receive(chen.give("hello.ucapx"))
    anna.give("last.ucapx")
    anna.clock.tick(DAY + 60_000)
    anna.edit(meeting, f"summary.en={MINUTES.removesuffix('.')} from March.")
    chen.clock.tick(DAY + 60_500)
    chen.edit(meeting, f"summary.en={MINUTES.removesuffix('.')}; Liuzhou names a data owner.")
    anna.add("person", "name.family=Zhang", "name.given=Wei", "email=zhang.wei@example.cn", "mobile=+86 138 0000 0000")
    chen.add("person", "name_han.family=张", "name_han.given=伟", "email=zhang.wei@example.cn", "wechat=zhangwei_lz")
    for title, han in (("Courtesy call", "礼节性拜会"), ("Visit to the hydrogen depot", "参观氢能公交站")):
        chen.add("meeting", f"title.en={title}", f"title.zh={han}")
    anna.add("meeting", "title.en=Round table with the port", "title.zh=港口圆桌会议")
    return anna, chen


def _draw(app: QApplication, anna: Laptop, package: Path, folder: Path, name: str) -> None:
    window = DeskWindow(anna.desk, lambda _: None)
    window.resize(1180, 640)
    window.exchange.places.stop()
    window.exchange.places.drives = [Drive("KINGSTON", folder, 12_000_000_000)]
    window.enter_section(EXCHANGE)
    window.show()
    _settle(app)
    window.exchange.refresh()
    _settle(app)
    window.grab().save(str(folder / f"exchange-give{name}.png"))
    with anna.here() as desk:
        reports = exchange_service.receive(desk, [package], dry_run=True)
    _save(app, ReceiveDialog(anna.desk, reports, window), folder / f"exchange-receive{name}.png")
    window.close()
    window.deleteLater()
    _settle(app)


def _save(app: QApplication, page: QDialog, file: Path) -> None:
    page.show()
    _settle(app)
    page.grab().save(str(file))
    page.close()
    page.deleteLater()
    _settle(app)


def _settle(app: QApplication) -> None:
    for _ in range(40):
        app.processEvents()
