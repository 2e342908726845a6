"""The look of the window and its small widgets, free of any record.

``theme`` and ``fonts`` say how everything looks, ``layouts`` what stands where, ``dialogs`` what all dialogs share; labels,
buttons, text inputs and item views are made by the functions and classes here only, so that they look, elide and speak
to screen readers alike.
"""
