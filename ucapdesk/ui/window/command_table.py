"""The registry of the window's commands: menus, keys, the page of keys and the search are derived from it.

A command is a function of ``commands`` that takes the ``CommandContext`` and is declared by ``window_command``. ``MENUS`` says
in which order the menus list them; a command that no menu lists is run by a part of the window.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ucapdesk.base.i18n import INTERFACE_LANGUAGES, Message

Run = Callable[..., None]
Condition = Callable[[Any], bool]


def always(_: object) -> bool:
    return True


class Command(NamedTuple):
    """One command of the window.

    Attributes:
        name: Its name; what stands before the dot is its menu.
        title: What menus and search call it.
        run: Does it, given the ``CommandContext``.
        shortcuts: The keys that give it, unless the user chose others.
        enabled: Returns whether it is available now, given the ``CommandContext``.
    """

    name: str
    title: Message
    run: Run
    shortcuts: tuple[str, ...] = ()
    enabled: Condition = always

    @property
    def menu(self) -> str:
        return self.name.partition(".")[0]


COMMANDS: dict[str, Command] = {}  # All commands by name, once ``ucapdesk.ui.window.commands`` is imported


def register(name: str, title: Message, run: Run, shortcuts: str = "", enabled: Condition = always) -> None:
    """Declare a command; ``shortcuts`` are separated by spaces."""
    COMMANDS[name] = Command(name, title, run, tuple(shortcuts.split()), enabled)


def window_command(
    name: str, title: str = "", shortcuts: str = "", *, enabled: Condition = always
) -> Callable[[Run], Run]:
    """Declare the decorated function as a command, without a title where no menu lists it; arguments as those of ``register``."""

    def declare(run: Run) -> Run:
        register(name, Message("action", title), run, shortcuts, enabled)
        return run

    return declare


class SuggestedCommand(NamedTuple):
    """A command with what it is given: its title, and the record or the rule it is about."""

    title: str
    about: str
    command: str
    given: tuple[str, ...] = ()


class Menu(NamedTuple):
    """A menu: its title, and the names of its commands; ``|`` stands for a line between them."""

    title: Message
    commands: str


# The command that switches the window to a language.
LANGUAGE_COMMANDS = {
    lang: f"view.{ {'en': 'english', 'zh': 'chinese'}.get(lang, lang) }" for lang in INTERFACE_LANGUAGES
}
_LANGUAGES = " ".join(name.removeprefix("view.") for name in LANGUAGE_COMMANDS.values())

MENUS = {
    "file": Menu(
        Message("menu", "&File"),
        "new open sample | receive give copied backup check export outgoing | print tomorrow | settings house_style | close quit",
    ),
    "edit": Menu(
        Message("menu", "&Edit"),
        "undo redo | cut copy paste selectall | search filter save change_many | record done other_language text_state",
    ),
    "view": Menu(
        Message("menu", "&View"),
        f"{_LANGUAGES} pair | light dark system | larger smaller normal | columns save | focus | reset | trash",
    ),
    "go": Menu(
        Message("menu", "&Go"),
        "back forward | home visit meeting action_item person ucap agreement pack exchange week"
        " | date review translations retention | next_pane previous_pane",
    ),
    "record": Menu(
        Message("menu", "&Record"),
        "new meeting action | duplicate translate meet copy_to_date templates tick attach save_copy seating partnership"
        " | history same_as person_data | trash restore",
    ),
    "help": Menu(Message("menu", "&Help"), "manual keys details | drafts | about"),
}


def menu_commands() -> tuple[Command, ...]:
    return tuple(
        COMMANDS[f"{menu}.{name}"] for menu, (_, names) in MENUS.items() for name in names.split() if name != "|"
    )


# The lists opened by a digit key; 1 is Home, 9 is the exchange.
SECTION_KEYS = {2: "visit", 3: "meeting", 4: "action_item", 5: "person", 6: "ucap", 7: "agreement", 8: "pack"}


def menu_name(menu: str) -> str:
    return re.sub(r"\(&\w\)|&", "", MENUS[menu].title.say())


# The commands that a text box handles itself, by Qt's names, with the box's keys.
TEXT_COMMANDS = {
    "cut": (Message("action", "Cut"), "Ctrl+X"),
    "copy": (Message("action", "Copy"), "Ctrl+C"),
    "paste": (Message("action", "Paste"), "Ctrl+V"),
    "selectAll": (Message("action", "Select all"), "Ctrl+A"),
}
TEXT_KEYS = {f"edit.{what.lower()}": key for what, (_, key) in TEXT_COMMANDS.items()}


# The commands that set a setting to a value; the current one is ticked.
CHOICES = {
    "interface_language": LANGUAGE_COMMANDS,
    "theme": {"light": "view.light", "dark": "view.dark", "system": "view.system"},
}


class PlaceKey(NamedTuple):
    """A key that one part of the window handles itself."""

    key: str
    label: Message
    where: Message


PLACE_KEYS = (
    *(PlaceKey(key, label, Message("keys", "In a text")) for label, key in TEXT_COMMANDS.values()),
    PlaceKey("Return", Message("action", "Go to record"), Message("keys", "In a list")),
    PlaceKey("Space", Message("action", "Mark as done or open"), Message("keys", "In the list of actions")),
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
    PlaceKey("Esc", Message("keys", "Close the results"), Message("keys", "In the search")),
)
