"""The dialog with a laptop's check number: to be read to a colleague, or compared before a laptop is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import dotted, tr
from ucapdesk.services.exchange.exchange_service import Stranger
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.layout_builder import STRETCH
from ucapdesk.ui.toolkit.text_label import label


class LaptopDialog(Dialog):
    """Shows the laptop, its number, and the choices. Neither Enter nor Space presses a button that was not focused by the user."""

    by_enter = False

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
        super().__init__("laptop", tr("exchange", "Check number of a laptop"), parent)
        for name, text in choices:
            self.foot.other(f"laptop.{name}", text, partial(self.leave, name))
        self.foot.out(out, "laptop.out")
        heading = tr("exchange", "Check number")
        self.number = label(laptop.number or "—", "number", name="laptop.number", wrap=False)
        figures = ", ".join(" ".join(group) for group in laptop.number.split())  # to be read aloud one by one
        self.number.setAccessibleName(f"{heading}: {figures}")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        flags = Qt.TextInteractionFlag
        self.number.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lay_out(
            label(tr("exchange", "It calls itself"), "caption"),
            label(breakable(dotted(laptop.person, laptop.label) or "—"), "strong"),
            label(heading, "caption"),
            self.number,
            *(label(breakable(sentence)) for sentence in sentences),
            STRETCH,
            size=(560, 0),
        )
        self.number.setFocus()
