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
from ucapdesk.ui.toolkit.plain_text import PlainLabel
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
        self.number = self._field(heading, laptop.number)
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

    @staticmethod
    def _field(heading: str, number: str) -> PlainLabel:
        """Return the number in large type, read aloud digit by digit."""
        field = label(number or "—", "number", name="laptop.number", wrap=False)
        field.setAccessibleName(f"{heading}: {', '.join(' '.join(group) for group in number.split())}")
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        flags = Qt.TextInteractionFlag
        field.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return field
