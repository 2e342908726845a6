"""Text boxes for every page, aware of input methods, of whose Ctrl+Z it is, and of what is pasted."""

from ucapdesk.ui.toolkit.inputs.text_edits import Line, Lines
from ucapdesk.ui.toolkit.inputs.text_input import Box

__all__ = ["Box", "Line", "Lines"]
