"""What can be done, declared once: menus, keys and later a palette are made from this list."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.base.i18n import Message


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command. ``do`` names the method of ``Commands``, ``needs`` what must be there, see ``Commands.can``."""

    name: str
    menu: str
    label: Message
    do: str
    key: str = ""
    needs: str = ""
    separated: bool = False


MENUS = {
    "file": Message("menu", "&File"),
    "edit": Message("menu", "&Edit"),
    "record": Message("menu", "&Record"),
    "view": Message("menu", "&View"),
    "help": Message("menu", "&Help"),
}


def _action(name: str, label: str, do: str, key: str = "", needs: str = "", *, separated: bool = False) -> ActionSpec:
    return ActionSpec(name, name.partition(".")[0], Message("action", label), do, key, needs, separated)


ACTIONS = (
    _action("file.new", "New workspace…", "new_workspace"),
    _action("file.open", "Open workspace…", "open_workspace", "Ctrl+O"),
    _action("file.import", "Import a UCAP document…", "import_paper", "", "write", separated=True),
    _action("file.backup", "Save a backup…", "save_backup"),
    _action("file.print", "Preview and print…", "preview", "Ctrl+P", "paper", separated=True),
    _action("file.settings", "Settings…", "show_settings", "Ctrl+,", separated=True),
    _action("file.quit", "Quit", "close", "Ctrl+Q", separated=True),
    _action("edit.undo", "Undo", "undo", "Ctrl+Z", "write"),
    _action("edit.redo", "Redo", "redo", "Ctrl+Y", "write"),
    _action("edit.search", "Search", "focus_search", "Ctrl+K", separated=True),
    _action("edit.filter", "Filter this list", "focus_filter", "Ctrl+F"),
    _action("edit.save", "Save now", "save_now", "Ctrl+S"),
    _action("record.new", "New", "new_record", "Ctrl+N", "write"),
    _action("record.attach", "Attach files…", "attach", "Ctrl+I", "files"),
    _action("record.save_copy", "Save a copy of the file…", "save_copy", "", "file"),
    _action("record.history", "History", "show_history", "Ctrl+H", "record", separated=True),
    _action("record.trash", "Move to Trash", "trash_record", "", "living", separated=True),
    _action("record.restore", "Restore from Trash", "restore_record", "", "trashed"),
    _action("view.english", "English", "use_english"),
    _action("view.chinese", "中文", "use_chinese"),
    _action("view.light", "Light", "use_light", separated=True),
    _action("view.dark", "Dark", "use_dark"),
    _action("view.system", "As the system", "use_system"),
    _action("view.larger", "Larger text", "larger", "Ctrl++", separated=True),
    _action("view.smaller", "Smaller text", "smaller", "Ctrl+-"),
    _action("view.normal", "Text of the usual size", "normal", "Ctrl+0"),
    _action("view.trash", "Show the Trash", "show_trash", separated=True),
    _action("help.details", "Copy details for a question", "copy_details"),
    _action("help.about", "About UCAPDesk", "about", separated=True),
)

CHOICES = {
    "interface_language": {"en": "view.english", "zh": "view.chinese"},
    "theme": {"light": "view.light", "dark": "view.dark", "system": "view.system"},
}
"""Commands that choose the value of a setting; the one in force is ticked."""
