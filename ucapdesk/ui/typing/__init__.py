"""The boxes one types text into, for every page: they know when an input method composes, whose Ctrl+Z it is, what pastes."""

from ucapdesk.ui.typing.box import Box
from ucapdesk.ui.typing.boxes import Line, Lines

__all__ = ["Box", "Line", "Lines"]
