"""The label above a field, with a mark where the field is private to the own side or to this laptop."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.layout_builder import flow
from ucapdesk.ui.toolkit.plain_text import PlainLabel, set_tool_tip
from ucapdesk.ui.toolkit.text_label import label

_SIDE, LINE = 14, 18


def field_head(field: KindField, parent: QWidget, *, text: str = "") -> QWidget:
    """Return the caption of a field, followed by a sign and a word where it is private; ``text`` replaces its label."""
    sign, word, why = _privacy(field)
    if not word:
        return Caption(text or field.label(), parent)
    head = QWidget(parent)
    picture = PlainLabel(parent=head)
    said = label(word, "caption", name=f"field.{field.name}.private", wrap=False, parent=head)
    picture.setMinimumHeight(theme.px(LINE))
    picture.setPixmap(icon(sign, _SIDE, "text2").pixmap(theme.px(_SIDE)))
    for each in (picture, said):
        set_tool_tip(each, why)
    flow(Caption(text or field.label(), head), picture, said, on=head, gap=4)
    return head


def _privacy(field: KindField) -> tuple[str, str, str]:
    """Return an icon, a word and a sentence; empty for fields everybody may see."""
    if field.meta.local:
        why = tr("form", "Stays on this laptop: it is never sent to others, and only a protected workspace holds it.")
        return "lock_closed", tr("form", "this laptop only"), why
    if field.meta.internal:
        why = tr("form", "For your own side: it is left out of papers for others.")
        return "eye_off", tr("form", "private"), why
    return "", "", ""
