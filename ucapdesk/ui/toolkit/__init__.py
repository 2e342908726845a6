"""The look of the window: colours, sizes, fonts, and small widgets."""
