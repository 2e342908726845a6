"""Text boxes for every page, aware of input methods, of whose Ctrl+Z it is, and of what is pasted."""

from ucapdesk.ui.toolkit.inputs.text_edits import LineEdit, TextEdit, text_boxes
from ucapdesk.ui.toolkit.inputs.text_input import TextInput

__all__ = ["LineEdit", "TextEdit", "TextInput", "text_boxes"]
