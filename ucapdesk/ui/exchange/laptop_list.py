"""The dialog with a laptop's check number: to be read to a colleague, or compared before a laptop is accepted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ucapdesk.base.i18n import dotted, tr
from ucapdesk.services.exchange.exchange_service import Stranger
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.labels import label
from ucapdesk.ui.toolkit.layouts import column
from ucapdesk.ui.toolkit.plain_text import Label

OUT = ""
"""The result where nothing was chosen."""


class LaptopDialog(QDialog):
    """Shows the laptop, its number, and the choices. Neither Enter nor Space presses a button that was not focused by the user.

    ``answer`` is the name of what was chosen.
    """

    def __init__(
        self,
        laptop: Stranger,
        sentences: Sequence[str],
        choices: Sequence[tuple[str, str]],
        out: str,
        parent: QWidget | None = None,
    ) -> None:
        """Args:
        laptop: Which one.
        sentences: What is to be known before something is chosen.
        choices: Names and words of the buttons.
        out: The word of the way out.
        parent: The widget it stands over.
        """
        super().__init__(parent)
        self.answer = OUT
        self.setObjectName("laptop")
        self.setWindowTitle(tr("exchange", "Check number of a laptop"))
        layout = column(on=self, gap=theme.FIELDS)
        self._column = layout
        self._say(tr("exchange", "It calls itself"), "caption")
        self._say(dotted(laptop.person, laptop.label) or "—", "strong")
        self.number = self._field(laptop.number)
        for sentence in sentences:
            self._say(sentence)
        layout.addStretch(1)
        foot = ButtonBox(self, by_enter=False)
        for name, text in choices:
            foot.other(f"laptop.{name}", text, lambda name=name: self._choose(name))
        foot.out(out, "laptop.out")
        layout.addWidget(foot)
        fit(self, 560)
        self.number.setFocus()

    def _field(self, number: str) -> Label:
        """Return the number in large type, read aloud digit by digit."""
        heading = tr("exchange", "Check number")
        self._say(heading, "caption")
        field = label(number or "—", "number", name="laptop.number", wrap=False, parent=self)
        field.setAccessibleName(f"{heading}: {', '.join(' '.join(group) for group in number.split())}")
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        flags = Qt.TextInteractionFlag
        field.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column.addWidget(field)
        return field

    def _say(self, text: str, role: str = "") -> None:
        shown = label(breakable(text), role, parent=self)
        self._column.addWidget(shown)

    def _choose(self, name: str) -> None:
        self.answer = name
        self.accept()
