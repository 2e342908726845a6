"""The status bar of an MoU: five steps, marked as past, present or ahead. Each can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.rules.agreement_rules import GROUPS, group_of
from ucapdesk.ui.home.home_parts import CardButton
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.plain_text import set_tool_tip

BEHIND, HERE, AHEAD = "✓", "●", "○"
"""Signs and words for past, present and future steps, so that the colour is not needed."""
SAID = {
    BEHIND: Message("mou", "{step}: passed"), HERE: Message("mou", "{step}: now"), AHEAD: Message("mou", "{step}: ahead"),
}  # fmt: skip


class LifecycleBar(QWidget):
    """Preparing · Ready · Signed · In force · Ended.

    Signals:
        chosen(str): the MoU is to be brought to this state.
    """

    chosen = Signal(str)

    def __init__(self, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mou.bar")
        self.setAccessibleName(tr("mou", "Progress"))
        self._status: str | None = None
        self.steps: dict[str, QPushButton] = {}
        row = FlowLayout(self, theme.GAP)
        for group in GROUPS:
            step = self.steps[group] = CardButton(parent=self)
            step.setObjectName(f"mou.bar.{group}")
            step.setProperty("role", "chip")
            step.setCheckable(True)
            step.setEnabled(not read_only)
            step.clicked.connect(lambda _=False, group=group: self._open(group))
            row.addWidget(step)

    def show_status(self, status: str | None) -> None:
        """Show the present status."""
        self._status = status
        here = GROUPS.index(group_of(status))
        for at, (group, step) in enumerate(self.steps.items()):
            sign = BEHIND if at < here else HERE if at == here else AHEAD
            label = code_label("agreement_group", group, language())
            step.setText(f"{sign} {label}".replace("&", "&&"))
            step.setChecked(at == here)
            step.setAccessibleName(SAID[sign].say().format(step=label))
            set_tool_tip(step, code_label("agreement_status", status, language()) if at == here and status else "")

    def _open(self, group: str) -> None:
        self.steps[group].setChecked(group == group_of(self._status))
        step = self.steps[group]
        self.make_menu(group).popup(step.mapToGlobal(QPoint(0, step.height())))

    def make_menu(self, group: str) -> QMenu:
        """Return a menu of the statuses of a step."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code in codes("agreement_status").values():
            if code.facts["group"] == group:
                action = menu.addAction(code.label(language()))
                action.setObjectName(f"status.{code.code}")
                action.setCheckable(True)
                action.setChecked(code.code == self._status)
                action.triggered.connect(lambda _=False, code=code.code: self.chosen.emit(code))
        return menu
