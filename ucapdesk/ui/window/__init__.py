"""The frame of the window: its parts, navigation, background jobs, and the registry of commands.

``program`` opens a ``desk_window.DeskWindow`` for a workspace. The rest of ``ui`` knows it as ``main_window.NavigableWindow``,
and long work goes through ``background_jobs``.
"""
