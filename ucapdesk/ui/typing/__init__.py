"""Text boxes for every page, aware of input methods, of whose Ctrl+Z it is, and of what is pasted."""

from ucapdesk.ui.typing.box import Box
from ucapdesk.ui.typing.boxes import Line, Lines

__all__ = ["Box", "Line", "Lines"]
