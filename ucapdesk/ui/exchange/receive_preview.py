"""The preview of packages before they are applied: the giver, what is new, and conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.exchange.exchange_service import (
    APPLIED,
    KNOWN,
    WAITING,
    PackageOfOtherWorkspace,
    Report,
)
from ucapdesk.ui.exchange.exchange_words import counts, hints, made
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, grow, panel, scrolled
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

JOIN = "join"


class ReceiveDialog(Dialog):
    """The chosen packages, and what of them can be applied now.

    It is left with ``JOIN`` where one of another workspace is to be opened as that. About laptops that nobody knows it was
    asked before.
    """

    def __init__(self, desk: Desk, reports: Sequence[Report], parent: QWidget | None = None) -> None:
        super().__init__("receive", tr("exchange", "Receive changes"), parent)
        self._desk = desk
        told = [label(breakable(text), role, selectable=True) for report in reports for text, role in _told(report)]
        lists = any(report.lines for report in reports)
        page = panel(column(*told, grow(self._table(reports)) if lists else STRETCH, gap=theme.FIELDS), name="page")
        area = scrolled(page, self)  # before the buttons: what comes first has the focus first
        self._add_buttons(reports)
        self.lay_out(grow(area), size=(880, 520 if lists else 320), gap=None)
        let_grow(page)

    def _table(self, reports: Sequence[Report]) -> TextTable:
        what = {
            "new": tr("exchange", "New"),
            "updated": tr("exchange", "Updated"),
            "trashed": tr("exchange", "To the Trash"),
            "separated": tr("exchange", "Separated again"),
        }
        heads = (
            (tr("exchange", "What"), 100), (tr("exchange", "Kind"), 120), tr("exchange", "Record"), (tr("history", "Field"), 330),
        )  # fmt: skip
        table = TextTable("receive.records", tr("exchange", "What will change"), heads, self)
        table.setMinimumHeight(theme.px(200))
        rows = []
        for line in (line for report in reports for line in report.lines):
            changes = exchange_service.changes(self._desk, line) if line.what == "updated" else []
            rows.append((what[line.what], KINDS[line.kind].label(), line.title or "—", "\n".join(changes)))
        table.fill(rows)
        return table

    def _add_buttons(self, reports: Sequence[Report]) -> None:
        foot = self.foot
        news = [report for report in reports if report.state == APPLIED]
        foot.out(tr("exchange", "Not now") if news else tr("notice", "Close"), "receive.later")
        if not news and any(isinstance(each.why, PackageOfOtherWorkspace) for each in reports):
            foot.main("receive.join", tr("exchange", "Open as a workspace of its own…"), partial(self.leave, JOIN))
        if news:
            n = sum(report.written for report in news)
            foot.main("receive.apply", ntr("exchange", "Apply {n} change", "Apply {n} changes", n), self.accept)


def _told(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what is said of a package, each sentence with its role."""
    manifest = report.manifest
    if manifest is not None:
        who = dotted(manifest.sender.person, manifest.sender.label)
        yield tr("exchange", "Package from {who}", who=who or "—"), "page"
        yield tr("exchange", "{file} · made {time} · checked", file=report.file, time=made(manifest)), "second"
    else:
        yield report.file, "page"
    if report.state == APPLIED:
        yield counts(report), "strong"
        yield from ((hint, "") for hint in hints(report))
    elif report.state == KNOWN:
        yield tr("exchange", "You already have all of this."), ""
    elif report.why is not None:
        yield report.why.say(), "warning" if report.state == WAITING else "error"
