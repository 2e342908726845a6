"""A partnership drawn: cities at both sides, themes and MoUs between them. What is in the picture can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base.i18n import dotted, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.papers.facts.partner_sides import RIGHT, PartnershipLink
from ucapdesk.services import Desk, ucap_overview
from ucapdesk.services.ucap_overview import Node
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.accessibility import named
from ucapdesk.ui.toolkit.dialogs import Dialog
from ucapdesk.ui.toolkit.labels import ElidedButton, label, set_tool_tip
from ucapdesk.ui.toolkit.layouts import grow, scrolled
from ucapdesk.ui.toolkit.row_delegate import Line, font_of

ROW, WIDE = 40, 0.26  # height of a row, and the share of the width that a column takes
THICKEST = 8
PRINT = "print"


class Picture(QWidget):
    def __init__(self, desk: Desk, ucap: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("partnership.picture")
        self.told = ucap_overview.partnership_of(desk, ucap)
        self.buttons: dict[str, QPushButton] = {}
        for node in self.told.nodes:
            self.buttons[node.id] = self._make(node)
        rows = max((sum(node.column == column for node in self.told.nodes) for column in range(RIGHT + 1)), default=0)
        self.setMinimumHeight(theme.px(ROW) * max(rows, 1) + theme.MARGIN)

    def _make(self, node: Node) -> QPushButton:
        button, role = ElidedButton(node.title.replace("&", "&&"), self), "token" if node.kind == "place" else "chip"
        others = [
            dotted(self._name(link, node.id), link.said) for link in self.told.links if node.id in (link.a, link.b)
        ]
        said = "\n".join((dotted(KINDS[node.kind].label(), node.title), *dict.fromkeys(others)))
        set_tool_tip(button, said)
        return named(button, f"partnership.{node.id}", said.replace("\n", "; "), role=role)

    def _name(self, link: PartnershipLink, of: str) -> str:
        other = link.b if link.a == of else link.a
        return next((node.title for node in self.told.nodes if node.id == other), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = round(self.width() * WIDE), theme.px(ROW)
        for column in range(RIGHT + 1):
            nodes = [node for node in self.told.nodes if node.column == column]
            step = self.height() / max(len(nodes), 1)
            left = round(column * (self.width() - wide) / RIGHT)
            for n, node in enumerate(nodes):
                top = round(step * (n + 0.5) - high / 2)
                self.buttons[node.id].setGeometry(QRect(left, top + 4, wide, high - 8))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = {node.id: node.column for node in self.told.nodes}
        most = max((link.met for link in self.told.links), default=1) or 1
        for link in sorted(self.told.links, key=lambda each: each.met):
            first, last = sorted((link.a, link.b), key=lambda id_: columns[id_])
            a, b = self.buttons[first].geometry(), self.buttons[last].geometry()
            start, end = QPoint(a.right(), a.center().y()), QPoint(b.left(), b.center().y())
            tokens = theme.tokens()
            thick = 1 + THICKEST * link.met // most if link.met else 1
            colour, dashes = (
                (tokens.accent, Qt.PenStyle.SolidLine) if link.met else (tokens.control, Qt.PenStyle.DotLine)
            )
            painter.setPen(QPen(QColor(colour), thick, dashes, Qt.PenCapStyle.RoundCap))
            painter.setOpacity(0.55 if link.met else 1)
            painter.drawLine(start, end)
            painter.setOpacity(1)
            if link.met:
                self._say(painter, end, f"{link.met}")
        painter.end()

    def _say(self, painter: QPainter, end: QPoint, text: str) -> None:
        painter.setFont(font_of(self.font(), Line("", small=True)))
        painter.setPen(QColor(theme.tokens().text))
        wide = painter.fontMetrics().horizontalAdvance(text) + 8
        painter.drawText(QRect(end.x() - wide - 4, end.y() - 20, wide, 18), Qt.AlignmentFlag.AlignRight, text)


class PartnershipDialog(Dialog):
    """Shows the picture. It is left for a record that is pressed, or with ``PRINT`` for the preview of the paper, which has the same picture."""

    def __init__(self, desk: Desk, ucap: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__("partnership", dotted(tr("partnership", "Partnership"), title), parent)
        self.picture = Picture(desk, ucap)
        for id_, button in self.picture.buttons.items():
            button.clicked.connect(lambda _=False, id_=id_: self.leave(look_at=id_))
        said = tr(
            "partnership",
            "Solid lines: meetings, the more the thicker. Dotted lines: themes and MoUs in which a city takes part.",
        )
        self.foot.main("partnership.print", tr("preview", "Print…"), lambda: self.leave(PRINT))
        self.foot.out(tr("notice", "Close"))
        self.lay_out(label(said, "hint"), grow(scrolled(self.picture, self, "partnership.area")), size=(1000, 640))
