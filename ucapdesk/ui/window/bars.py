"""The bars above the panes: read-only and sample notices, the clock warning, the search, packages found, errors."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.services.visits import clock_doubts
from ucapdesk.services.workspaces import sample
from ucapdesk.ui.record.message_bar import BarAnswer
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.layout_builder import add, grow, panel, row
from ucapdesk.ui.window.commands import CommandContext
from ucapdesk.ui.window.navigation.navigator import NavigableWindow
from ucapdesk.ui.window.notice import Notice
from ucapdesk.ui.window.record_deeds import offered
from ucapdesk.ui.window.search_box import SearchBox


class Bars:
    """The bars of one window, added to its main column from the top."""

    def __init__(self, window: NavigableWindow, over: QWidget, column: QVBoxLayout, commands: CommandContext) -> None:
        """``commands``: what can be done now."""
        self._window = window
        self.search = SearchBox(window.desk, over, window.others, commands.can, partial(offered, commands))
        do = partial(window.do, "file.print")
        self.print = button("record.print", tr("action", "Preview and print…"), do, "main")
        self.notice = Notice("notice", over)
        found, alike = window.exchange.make_banner(over), window.exchange.make_alike(over)
        desk = window.desk
        said = Notice("said", over, said="\n".join(message.say() for message in desk.said))  # of how it was opened
        clock, why = self._clock(over), desk.workspace.why_read_only
        read_only = Notice("read_only", over, said=why.say() if why else "", stays=True)
        head = panel(row(grow(self.search), self.print, gap=theme.GAP), over, margins=(theme.MARGIN, theme.GAP))
        add(column, read_only, self._sample(over), clock, said, head, found, alike, self.notice)

    def _clock(self, over: QWidget) -> Notice:
        """Return the bar that reports a wrong computer clock and lets the user say that it is right."""
        desk = self._window.desk

        def confirm() -> None:
            clock_doubts.confirm(desk)
            bar.hide()

        right, wrong = BarAnswer("right", tr("clock", "The clock is right"), confirm), clock_doubts.trouble(desk)
        bar = Notice("clock", over, right, said=wrong.say() if wrong else "")
        return bar

    def _sample(self, over: QWidget) -> Notice:
        """Return the bar that marks a sample, so that nobody takes it for their own data or leaves work in it."""
        do = self._window.do
        own = BarAnswer("own", tr("window", "Create your own…"), partial(do, "file.new"))
        away = BarAnswer("throw_away", tr("window", "Remove sample…"), partial(do, "sample.throw_away"))
        said = tr("window", "This is the sample, for trying things out. It is never mixed with your own records.")
        here = sample.is_sample(self._window.desk)
        return Notice("sample", over, own, away, said=said if here else "", level="info", stays=True)
