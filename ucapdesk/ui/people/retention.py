"""The dialog of retention periods of people's data, ended ones first. It only reports; nothing is removed from here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.services.files import file_formats
from ucapdesk.services.privacy import personal_data
from ucapdesk.services.privacy.personal_data import Kept
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.file_dialogs import ask_where
from ucapdesk.ui.toolkit.layout_builder import grow, left
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable


class RetentionDialog(Dialog):
    """The list, which is left for a person."""

    def __init__(self, kept: Sequence[Kept], parent: QWidget | None = None) -> None:
        super().__init__("retention", tr("personal", "Data retention"), parent)
        self._all, self.kept = list(kept), list(kept)
        self._count = label("", "strong")
        self.due = named(QCheckBox(tr("personal", "Only ended or ending soon"), self), "retention.due")
        self.due.clicked.connect(self.refresh)
        heads = personal_data.retention_heads()[:-1]
        self.table = TextTable("retention.people", tr("personal", "Data retention"), heads, self)
        self.table.share(theme.px(140), 0, theme.px(130), theme.px(130), 0)
        self.table.itemActivated.connect(lambda item: self.leave(look_at=self.kept[item.row()].id))
        hint = tr(
            "personal", "Enter shows a person. The day is the field “Keep data until”; nothing is removed by itself."
        )
        self.foot.beside("retention.save", tr("personal", "Save list…"), self._save)
        self.foot.out(tr("notice", "Close"), role="main")
        self.refresh()
        self.lay_out(self._count, left(self.due), grow(self.table), label(hint, "second"), size=(860, 520))
        self.table.setFocus()

    def refresh(self) -> None:
        """Show everybody, or only those whose period has ended or ends soon."""
        self.kept = [each for each in self._all if not self.due.isChecked() or each.state in personal_data.DUE]
        self.table.fill([row[:-1] for row in personal_data.rows(self.kept)], [each.id for each in self.kept])
        self._count.setText(personal_data.say_over(self._all))

    def _save(self) -> None:
        name = f"{tr('personal', 'Personal data')}.xlsx"
        if path := ask_where(self, tr("personal", "Save list…"), name, file_formats.sheet_files()):
            self.attempt(lambda: personal_data.write_retention(self.kept, path))
