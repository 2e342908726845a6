"""The exchange of one window: its page, its entry in the status bar, and the bars for packages and duplicates found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import sample
from ucapdesk.ui.exchange.watched_places import WatchedPlaces
from ucapdesk.ui.record.record_page import BarAnswer
from ucapdesk.ui.toolkit.signals import ChangeListener, single_shot
from ucapdesk.ui.toolkit.widgets import ElidedButton, icon, set_up
from ucapdesk.ui.window.notifications import Notice

if TYPE_CHECKING:
    from ucapdesk.services.records.duplicates import Alike
    from ucapdesk.ui.exchange.exchange_page import ExchangePage

COUNT_DELAY_MS = 300  # Milliseconds after a change before the changes to give are counted


class Exchange(QObject):
    """The exchange of a window; its widgets are rebuilt with every language or look, before anything is shown in them."""

    chip: QPushButton
    banner: Notice
    alike: Notice

    def __init__(self, desk: Desk, do: Callable[..., object], parent: QObject) -> None:
        """``do`` runs a command of ``ExchangeWork`` by its name, with what it is given."""
        super().__init__(parent)
        self._desk, self._do = desk, do
        self.is_on = not (sample.is_sample(self._desk) or self._desk.workspace.read_only)
        self.places = WatchedPlaces(self._desk, self)
        self.places.found.connect(self._found)
        self.places.torn.connect(partial(do, "failed"))
        self.places.changed.connect(self.refresh)
        self.waiting: list[Path] = []
        self.page: ExchangePage | None = None
        self._soon = single_shot(self, COUNT_DELAY_MS, self.refresh)
        ChangeListener(desk, lambda _: self._soon.start(), self)
        if not self.is_on:
            self.places.stop()

    # -- what is seen -----------------------------------------------------------------------------

    def make_page(self, parent: QWidget) -> ExchangePage:
        from ucapdesk.ui.exchange.exchange_page import ExchangePage

        self.page = ExchangePage(self._desk, self.places, self.waiting, self._do, parent)
        return self.page

    def make_chip(self, show: Callable[[], object]) -> QPushButton:
        self.chip = set_up(ElidedButton(tr("section", "Exchange")), "status.exchange", show, "quiet")
        self.chip.setProperty("level", "low")
        self._soon.start()
        return self.chip

    def make_banner(self, over: QWidget) -> Notice:
        review = BarAnswer("review", tr("exchange", "Review"), lambda: self._do("receive", list(self.waiting)))
        self.banner = Notice("banner.package", over, review, level="info")
        return self.banner

    def make_alike(self, over: QWidget) -> Notice:
        compare = BarAnswer("compare", tr("same", "Compare"), self._compare)
        self.alike = Notice("banner.alike", over, compare, level="info")
        return self.alike

    def offer_alike(self, pairs: Sequence[Alike]) -> None:
        from ucapdesk.ui.exchange import exchange_words

        names = records.titles(self._desk, [pair.a for pair in pairs])
        who = tr("log", ", ").join([*dict.fromkeys(names.values())][: exchange_words.MAX_NAMES_IN_SENTENCE])
        said = ntr(
            "same",
            "{who} may have been recorded twice now.",
            "{n} may have been recorded twice now: {who}.",
            len(pairs),
            who=who,
        )
        self.alike.say(said)

    def _compare(self) -> None:
        self.alike.hide()
        self._do("compare")

    # -- keeping up -------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._soon.stop()
        if self.page is not None and self.page.isVisible():
            self.page.refresh()
        if not self.is_on:
            self.chip.hide()
            return
        from ucapdesk.services.exchange import exchange_service
        from ucapdesk.ui.exchange import exchange_words

        try:
            standing = exchange_service.standing(self._desk)
        except UserError:  # it is just being written
            self._soon.start()
            return
        text, mark, level = exchange_words.chip(standing, len(self.waiting))
        self.chip.setText(text)
        self.chip.setIcon(icon(mark, 16, level or "text2"))
        self.chip.setAccessibleName(f"{tr('section', 'Exchange')}: {text}")

    def looked_at(self) -> None:
        self.waiting.clear()
        self.banner.hide()
        self.refresh()

    def _found(self, files: list[Path]) -> None:
        self.waiting += [file for file in files if file not in self.waiting]
        n, file = len(self.waiting), self.waiting[-1].name
        said = ntr(
            "exchange",
            "{file} is here: a package of a colleague.",
            "{n} packages of colleagues are here.",
            n,
            file=file,
        )
        self.banner.say(said)
        self.refresh()
