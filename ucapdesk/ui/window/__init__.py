"""The frame of the window: its parts, navigation, background jobs, and the registry of commands.

``program`` opens a ``desk_window.DeskWindow`` for a workspace. The rest of ``ui`` knows it as ``main_window.NavigableWindow``,
and long work goes through ``background_jobs``.

A user is told what was done by ``say_done`` (with *Undo*) or ``say`` (at the foot). Tab follows the layouts in
reading order, and hidden or removed widgets hand the focus to the nearest one in view. Keys of a command stand with
the command; other keys somebody chose lie in the settings.
"""
