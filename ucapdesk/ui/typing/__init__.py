"""The boxes one types text into, for every page: they know when an input method composes, whose Ctrl+Z it is, what pastes."""

from ucapdesk.ui.typing.boxes import Box, Line, Lines

__all__ = ["Box", "Line", "Lines"]
