"""Editors of field values: one for each shape of value, chosen from the declaration."""

from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.make_editor import editor_for

__all__ = ["Editor", "editor_for"]
