"""The label above a field, with a mark where the field is private to the own side or to this laptop."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.plain_text import Label, set_tool_tip

_SIDE, LINE = 14, 18


class FieldHead(QWidget):
    """A caption, followed by a sign and a word where the field is private."""

    def __init__(self, field: KindField, parent: QWidget | None = None, *, text: str = "") -> None:
        """``text`` replaces the field's label."""
        super().__init__(parent)
        sign, word, why = _privacy(field)
        row = FlowLayout(self, 4) if word else _plain(self)
        self.caption = Caption(text or field.label(), self)
        row.addWidget(self.caption)
        if word:
            picture, said = Label(parent=self), Label(word, self)
            said.setProperty("role", "caption")
            picture.setMinimumHeight(theme.px(LINE))
            picture.setPixmap(icon(sign, _SIDE, "text2").pixmap(theme.px(_SIDE)))
            said.setObjectName(f"field.{field.name}.private")
            for each in (picture, said):
                set_tool_tip(each, why)
                row.addWidget(each)


def _plain(head: QWidget) -> QHBoxLayout:
    """Return the layout for a caption alone."""
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    return row


def _privacy(field: KindField) -> tuple[str, str, str]:
    """Return an icon, a word and a sentence; empty for fields everybody may see."""
    if field.meta.local:
        why = tr("form", "Stays on this laptop: it is never given to others, and only a protected workspace holds it.")
        return "lock_closed", tr("form", "this laptop only"), why
    if field.meta.internal:
        why = tr("form", "For your own side: it is left out of papers for others.")
        return "eye_off", tr("form", "private"), why
    return "", "", ""
