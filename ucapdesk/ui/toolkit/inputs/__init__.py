"""Text boxes for every page, aware of input methods, of whose Ctrl+Z it is, and of what is pasted."""

from ucapdesk.ui.toolkit.inputs.text_edits import LineEdit, TextEdit
from ucapdesk.ui.toolkit.inputs.text_input import TextInput

__all__ = ["LineEdit", "TextEdit", "TextInput"]
