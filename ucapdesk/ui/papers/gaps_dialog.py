"""The list of gaps in a paper before it is printed, each with the way to it. No gap prevents printing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds import KINDS
from ucapdesk.papers.gap import Gap
from ucapdesk.papers.printing import RenderReport
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.layout_builder import grow
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable


class GapsDialog(Dialog):
    """The list of gaps; ``chosen`` is the one to fill, once the dialog was accepted."""

    def __init__(self, gaps: Sequence[Gap], parent: QWidget | None = None) -> None:
        super().__init__("lacking", tr("preview", "Check"), parent)
        self.chosen: Gap | None = None
        said = tr("preview", "The paper can be printed as it is. Enter leads to the record.")
        heads = (tr("preview", "Check"), (tr("exchange", "Kind"), 150))
        self.table = TextTable("lacking.table", self.windowTitle(), heads, self)
        self.table.fill([(gap.text, KINDS[gap.kind].label() if gap.kind else "–") for gap in gaps], gaps)
        self.table.itemDoubleClicked.connect(self._open)
        self.table.currentCellChanged.connect(self._follow)
        self._go = self.foot.main("lacking.open", tr("exchange", "Open the record"), self._open)
        self.foot.out(tr("notice", "Close"), "lacking.close")
        self.lay_out(label(said, "second"), grow(self.table), size=(720, 460), gap=None)
        self.table.selectRow(0)
        self.table.setFocus()

    def _follow(self) -> None:
        found = self.table.data_of(self.table.currentRow())
        self.chosen = found if isinstance(found, Gap) and found.id else None
        self._go.setEnabled(self.chosen is not None)

    def _open(self) -> None:
        if self.chosen is not None:
            self.accept()


def texts_missing(lang: str, n: int) -> str:
    """Return how many texts lack a language, in words; empty where none does."""
    name = code_label("languages", lang)
    return ntr("preview", "{n} text missing in {name}", "{n} texts missing in {name}", n, name=name) if n else ""


def summary(report: RenderReport) -> str:
    """Return the facts to know before printing: pages, draft translations, characters no font has."""
    notes = [ntr("preview", "{n} page", "{n} pages", report.pages)]
    if report.drafts:
        notes.append(ntr("preview", "{n} draft translation", "{n} draft translations", report.drafts))
    if report.missing_glyphs:
        signs = " ".join(dict.fromkeys(sign for sign, _ in report.missing_glyphs))
        notes.append(tr("preview", "cannot print: {signs}", signs=signs))
    return " · ".join(notes)
