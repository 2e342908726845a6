"""The look of the window and its small widgets, free of any record.

``theme`` and ``fonts`` say how everything looks, ``layouts`` what stands where, ``dialogs`` what all dialogs share; labels,
buttons, text inputs and item views are made by the functions and classes here only, so that they look, elide and speak
to screen readers alike.

Pages have no colours of their own: a widget has a ``role``, coloured by ``window.qss`` with the values in ``LIGHT``
and ``DARK``. Text is never read as HTML. Wishes for contrast and stillness come from the settings, else from the
system.
"""
