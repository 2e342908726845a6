"""The commands of the program, declared once: menus, keys, the page of keys and the search are derived from this list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds import KINDS


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command. ``do`` names the method of ``Commands`` and ``on`` what it is given, if anything; ``needs`` what must
    be there, see ``Commands.can``. Any of the ``keys`` gives it.
    """

    name: str
    menu: str
    label: Message
    do: str
    keys: tuple[str, ...] = ()
    needs: str = ""
    separated: bool = False
    on: str = ""

    @property
    def writes(self) -> bool:
        """Whether the command may change records."""
        return self.needs in WRITING


WRITING = ("somebody", "occasion", "pattern", "write", "living", "same", "trashed", "files", "action")
"""The needs that include a writable workspace."""

MENUS = {
    "file": Message("menu", "&File"),
    "edit": Message("menu", "&Edit"),
    "view": Message("menu", "&View"),
    "go": Message("menu", "&Go"),
    "record": Message("menu", "&Record"),
    "help": Message("menu", "&Help"),
}


SECTION_KEYS = {2: "visit", 3: "meeting", 4: "action_item", 5: "person", 6: "ucap", 7: "agreement", 8: "pack"}
"""The lists opened by a digit key; 1 is Home, 9 is the exchange."""


def menu_name(menu: str) -> str:
    """Return the name of a menu without the mark of its access key."""
    return re.sub(r"\(&\w\)|&", "", MENUS[menu].say())


def _action(name: str, label: str, do: str, keys: str = "", needs: str = "", *, separated: bool = False) -> ActionSpec:
    """``keys`` are separated by spaces."""
    menu = name.partition(".")[0]
    return ActionSpec(name, menu, Message("action", label), do, tuple(keys.split()), needs, separated)


def _to_section(digit: int, kind: str) -> ActionSpec:
    label = Message("kind", KINDS[kind].cls.plural)
    return ActionSpec(f"go.{kind}", "go", label, "go_to", (f"Ctrl+{digit}",), on=kind)


TEXT_COMMANDS = {
    "cut": (Message("action", "Cut"), "Ctrl+X"),
    "copy": (Message("action", "Copy"), "Ctrl+C"),
    "paste": (Message("action", "Paste"), "Ctrl+V"),
    "selectAll": (Message("action", "Select all"), "Ctrl+A"),
}
"""The commands that a text box handles itself, by Qt's names, with the box's keys."""
TEXT_KEYS = {f"edit.{what.lower()}": key for what, (_, key) in TEXT_COMMANDS.items()}


def _on_text(what: str, label: Message) -> ActionSpec:
    return ActionSpec(f"edit.{what.lower()}", "edit", label, "edit_text", separated=what == "cut", on=what)


ACTIONS = (
    _action("file.new", "New workspace…", "new_workspace"),
    _action("file.open", "Open workspace…", "open_workspace"),
    _action("file.sample", "Look around in the sample", "open_sample"),
    _action("file.receive", "Receive a file…", "receive", "Ctrl+O", "write", separated=True),
    ActionSpec("file.give", "file", Message("action", "Give changes…"), "go_to", on=":exchange"),
    _action("file.copied", "Take in a copied card or signature…", "take_copied", "", "write"),
    _action("file.backup", "Save a backup…", "save_backup"),
    _action("file.check", "Check the workspace", "check"),
    _action("file.export", "Export list…", "export_list"),
    _action("file.outgoing", "Save for other programs…", "save_for_others", "", "outgoing"),
    _action("file.print", "Preview and print…", "preview", "Ctrl+P", separated=True),
    _action("file.tomorrow", "Print tomorrow's pack…", "print_tomorrow"),
    _action("file.settings", "Settings…", "show_settings", "Ctrl+,", separated=True),
    _action("file.close", "Close window", "close", "Ctrl+W", separated=True),
    _action("file.quit", "Quit", "close", "Ctrl+Q"),
    _action("edit.undo", "Undo", "undo", "Ctrl+Z", "write"),
    _action("edit.redo", "Redo", "redo", "Ctrl+Y Ctrl+Shift+Z", "write"),
    *(_on_text(what, label) for what, (label, _) in TEXT_COMMANDS.items()),
    _action("edit.search", "Search or command", "focus_search", "Ctrl+K", separated=True),
    _action("edit.filter", "Filter this list", "focus_filter", "Ctrl+F"),
    _action("edit.save", "Save now", "save_now", "Ctrl+S"),
    _action("edit.change_many", "Change the chosen records…", "change_many", "", "write"),
    _action("edit.record", "Into the record", "into_record", "F2", "form", separated=True),
    _action("edit.done", "Done here", "done_here", "Ctrl+Return Ctrl+Enter", "form"),
    _action("edit.other_language", "Same field, other language", "other_language", "Ctrl+L", "form"),
    _action("edit.text_state", "State of this text…", "text_state", "", "form"),
    _action("view.english", "English", "use_english"),
    _action("view.chinese", "中文", "use_chinese"),
    _action("view.pair", "Both languages, first, second", "cycle_languages", "Ctrl+T", "form"),
    _action("view.light", "Light", "use_light", separated=True),
    _action("view.dark", "Dark", "use_dark"),
    _action("view.system", "As the system", "use_system"),
    _action("view.larger", "Larger text", "larger", "Ctrl++ Ctrl+=", separated=True),
    _action("view.smaller", "Smaller text", "smaller", "Ctrl+-"),
    _action("view.normal", "Text of the usual size", "normal", "Ctrl+0"),
    _action("view.columns", "Columns…", "choose_columns", separated=True),
    _action("view.save", "Save this view…", "save_view"),
    _action("view.focus", "Whole width for the record", "focus_record", "", "record", separated=True),
    _action("view.reset", "Reset layout", "reset_layout", separated=True),
    _action("view.trash", "Show the Trash", "show_trash", separated=True),
    _action("go.back", "Back", "back", "Alt+Left", "back"),
    _action("go.forward", "Forward", "forward", "Alt+Right", "forward"),
    ActionSpec("go.home", "go", Message("section", "Home"), "go_to", ("Ctrl+1",), separated=True, on=":home"),
    *(_to_section(digit, kind) for digit, kind in SECTION_KEYS.items()),
    ActionSpec("go.exchange", "go", Message("section", "Exchange"), "go_to", ("Ctrl+9",), on=":exchange"),
    ActionSpec("go.week", "go", Message("action", "Calendar of the week"), "go_to", on=":week"),
    _action("go.date", "To a date…", "go_to_date", "Ctrl+G", separated=True),
    _action("go.review", "What is to be decided", "review", "Ctrl+R"),
    _action("go.translations", "Texts to translate…", "translate_all"),
    _action("go.retention", "Who is kept how long…", "show_retention"),
    _action("go.next_pane", "Next part of the window", "next_pane", "F6", separated=True),
    _action("go.previous_pane", "Previous part of the window", "previous_pane", "Shift+F6"),
    _action("record.new", "New", "new_record", "Ctrl+N", "write"),
    _action("record.meeting", "Log a meeting", "log_meeting", "Ctrl+M", "write"),
    _action("record.action", "New action", "new_action", "Ctrl+J", "write"),
    _action("record.duplicate", "Duplicate", "duplicate", "Ctrl+D", "living", separated=True),
    _action("record.translate", "Translate its texts…", "translate_record", "", "record"),
    _action("record.meet", "New meeting with this person", "meet_person", "", "somebody"),
    _action("record.copy_to_date", "Copy to another date…", "copy_to_date", "", "occasion"),
    _action("record.templates", "Templates…", "use_template", "", "pattern"),
    _action("record.tick", "Done, or open again", "tick", "", "action"),
    _action("record.attach", "Attach files…", "attach", "Ctrl+I", "files"),
    _action("record.save_copy", "Save a copy of the file…", "save_copy", "", "file"),
    _action("record.seating", "Seating…", "show_seating", "", "seated"),
    _action("record.history", "History", "show_history", "Ctrl+H", "record", separated=True),
    _action("record.same_as", "The same as another record…", "same_as", "", "same"),
    _action("record.person_data", "All data of this person…", "save_person_data", "", "person"),
    _action("record.trash", "Move to Trash", "trash_record", "", "living", separated=True),
    _action("record.restore", "Restore from Trash", "restore_record", "", "trashed"),
    _action("help.manual", "Manual", "show_manual"),
    _action("help.keys", "Keyboard", "show_keys", "F1"),
    _action("help.details", "Copy details for a question", "copy_details"),
    _action("help.about", "About UCAPDesk", "about", separated=True),
)

CHOICES = {
    "interface_language": {"en": "view.english", "zh": "view.chinese"},
    "theme": {"light": "view.light", "dark": "view.dark", "system": "view.system"},
}
"""The commands that set a setting to a value; the current one is ticked."""


class PlaceKey(NamedTuple):
    """A key that one part of the window handles itself."""

    key: str
    label: Message
    where: Message


PLACE_KEYS = (
    *(PlaceKey(key, label, Message("keys", "In a text")) for label, key in TEXT_COMMANDS.values()),
    PlaceKey("Return", Message("action", "Into the record"), Message("keys", "In a list")),
    PlaceKey("Space", Message("action", "Done, or open again"), Message("keys", "In the list of actions")),
    PlaceKey("Ctrl+Up", Message("keys", "Move the row up"), Message("keys", "In a list with an order")),
    PlaceKey("Ctrl+Down", Message("keys", "Move the row down"), Message("keys", "In a list with an order")),
    PlaceKey("Ctrl+Tab", Message("keys", "Next tab"), Message("keys", "In a record")),
    PlaceKey("Alt+Up", Message("keys", "Before the item above"), Message("keys", "In a programme")),
    PlaceKey("Alt+Down", Message("keys", "After the item below"), Message("keys", "In a programme")),
    PlaceKey("Ctrl+Up", Message("visit", "15 minutes earlier"), Message("keys", "In a programme")),
    PlaceKey("Ctrl+Down", Message("visit", "15 minutes later"), Message("keys", "In a programme")),
    PlaceKey("Ctrl+N", Message("visit", "Add an item in one line"), Message("keys", "In a programme")),
    PlaceKey("Del", Message("action", "Move to Trash"), Message("keys", "In a list")),
    PlaceKey("Esc", Message("keys", "Back to the list"), Message("keys", "In a record")),
    PlaceKey("Esc", Message("keys", "Close what was found"), Message("keys", "In the search")),
)
