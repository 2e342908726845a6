"""The header of a record: its kind and title, the state of saving, and chips for gaps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ucapdesk.base.clock import local_now
from ucapdesk.base.i18n import LANGUAGES, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.record import Record
from ucapdesk.model.rules.record_rules import missing_fields, missing_languages
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records.contradictions import warnings_of
from ucapdesk.services.records.lists import language_mark
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import WrappingLabel
from ucapdesk.ui.toolkit.buttons import menu_tool, set_up
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, flow, grow, row
from ucapdesk.ui.toolkit.menu_choice import filled
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.text_label import label

MENU = (
    "record.duplicate", "record.same_as", "record.history", "file.print", "", "record.attach", "record.save_copy", "",
    "record.trash", "record.restore",
)  # fmt: skip
"""The commands that the ⋯ menu offers when they are available; an empty name is a separator."""
MAX_TITLE_CHARS = 201
"""Maximum length of the title in the header; the field has all of it."""
MISSING = {f"missing.{lang}": "gap" for lang in LANGUAGES}
CHIPS = {"draft": "draft", **MISSING, "alike": "gap", "compare": "quiet", "differs": "quiet"}
"""The chips under the title, in order, with their roles in the style sheet."""


class TopRow(QWidget):
    """The line that stays while the form scrolls: the owner of the record, its kind, the state of saving, and a menu."""

    def __init__(self, view: RecordPage) -> None:
        super().__init__(view)
        self._owner_id = ""
        owner = ElidedButton(parent=self)
        self._owner = set_up(owner, "record.owner", lambda: view.opened.emit(self._owner_id), "quiet")
        self._kind = label(role="caption", wrap=False, parent=self)
        self.state = label(role="caption", name="record.state", wrap=False, parent=self)
        self.menu = menu_tool("record.menu", tr("record", "More commands"), filled(QMenu(self), self._fill_menu), self)
        wide = grow(self._kind, 9)  # a label that wraps has the width it is given
        row(self._owner, wide, STRETCH, self.state, self.menu, on=self, gap=theme.GAP, margins=(theme.MARGIN, 4))

    def show_record(self, record: Record, owner: str, owner_title: str, *, made: bool) -> None:
        """Show another record, or new values of the same one."""
        self._kind.setText(kind_of(record).label())
        self._kind.setVisible(not owner)  # beside the owner there is no room for it; then it stands over the title
        self._owner_id = owner
        self._owner.setVisible(bool(owner))
        if owner:
            title = " ".join(owner_title.split())
            self._owner.setText(f"‹ {title}".replace("&", "&&"))
            set_tool_tip(self._owner, title)
            self._owner.setAccessibleName(tr("record", "Belongs to: {title}", title=title))
        self.menu.setVisible(made)

    def say_nothing(self) -> None:
        """Clear the state of saving when another record is shown."""
        self._say("", "caption")

    def say_saving(self) -> None:
        """Show that saving takes long."""
        self._say(tr("record", "Saving…"), "caption")
        self.state.repaint()

    def say_saved(self) -> None:
        """Show that everything is on the disk."""
        self._say(tr("window", "Saved {time}", time=local_now().strftime("%H:%M")), "caption")

    def say_not_saved(self) -> None:
        """Show that a text is still only in its field; the reason stands elsewhere."""
        self._say(tr("record", "Not saved"), "error")

    def _say(self, text: str, role: str) -> None:
        self.state.setText(text)
        if self.state.property("role") != role:
            theme.role(self.state, role)

    def _fill_menu(self, menu: QMenu) -> None:
        """Fill the menu with the window's own commands: the same words, keys and state as in its menu bar."""
        for name in MENU:
            action = self.window().findChild(QAction, name) if name else None
            if not name and menu.actions() and not menu.actions()[-1].isSeparator():
                menu.addSeparator()
            if isinstance(action, QAction) and action.isEnabled():
                menu.addAction(action)


class Header(QWidget):
    """The title in both languages, chips for gaps, and warnings of what cannot be right.

    Signals:
        parted(): the possible duplicate is a different thing.
    """

    parted = Signal()

    def __init__(self, view: RecordPage, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._view, self._desk = view, view.desk
        self.kind, self.title, self.second, self.warned = (WrappingLabel(self) for _ in range(4))
        shown = {self.kind: "second", self.title: "page", self.second: "second", self.warned: "warning"}
        for each, role in shown.items():
            each.setProperty("role", role)
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.warned.setObjectName("record.warnings")
        self._column = column(*shown, on=self, gap=2, margins=0)
        self._made: dict[str, QPushButton] = {}
        """The chips; a record that lacks nothing never needs them."""

    @property
    def _chips(self) -> dict[str, QPushButton]:
        if not self._made:
            around = self._around = QWidget(self)
            compare = partial(self._view.asked.emit, "record.compare", ())
            does: dict[str, Callable[[], object]] = {"alike": compare, "compare": compare, "differs": self.parted.emit}
            said = {"compare": tr("same", "Compare"), "differs": tr("same", "Not the same")}
            for name, role in CHIPS.items():
                chip = ElidedButton(said.get(name, "").replace("&", "&&"), around)
                self._made[name] = set_up(chip, f"record.{name}", does.get(name, partial(self._lead, name)), role)
                chip.hide()
            flow(*self._made.values(), on=around).setContentsMargins(0, 4, 0, 0)
            self._column.insertWidget(self._column.indexOf(self.warned), around)
        return self._made

    def _lead(self, chip: str) -> None:
        self._view.focus_field(str(self._made[chip].property("goal")))

    def show_record(self, record: Record, title: str, second: str, *, made: bool) -> None:
        """Show the title, the gaps and the warnings of a record."""
        kind = kind_of(record)
        self.kind.setText(kind.label())
        self.kind.setVisible(bool(getattr(record, "owner", None)))
        self.title.setText(cut(title, MAX_TITLE_CHARS) if made else tr("record", "New: {kind}", kind=kind.label()))
        self.second.say(cut(second, MAX_TITLE_CHARS) if made else "")
        lacking = [kind.fields[name] for name in missing_fields(record)]
        fields = tr("log", ", ").join(each.label() for each in lacking)
        said = tr("record", "Draft: {fields} missing", fields=fields) if lacking else ""
        tip = tr("record", "It is a draft until this is filled in. Press to go to the first.")
        self._set("draft", said, lacking[0].name if lacking else "", tip)
        gaps = missing_languages(record)
        for lang in LANGUAGES:
            where = [name for name, lacks in gaps.items() if lang in lacks]
            said = tr("record", "{language} missing {n}", language=language_mark(lang), n=len(where)) if where else ""
            whole = code_label("languages", lang)
            tip = tr("record", "Texts without {language}. Press to go to the first.", language=whole)
            self._set(f"missing.{lang}", said, f"{where[0]}.{lang}" if where else "", tip)
        warned = warnings_of(self._desk, record.id) if made else []
        self.warned.say("\n".join(each.say() for each in warned))

    def say_alike(self, text: str, tip: str, *, asks: bool = False) -> None:
        """Show the possible duplicate (with ``asks``, its answers too) or the merged records; an empty text hides the chip."""
        if not text and not self._made:
            return
        for name in ("compare", "differs"):
            self._chips[name].setVisible(asks)
        if text.replace("&", "&&") != self._chips["alike"].text():  # an unchanged text needs no new layout
            self._set("alike", text, "", tip)

    def _set(self, name: str, text: str, goal: str, tip: str) -> None:
        if not text and not self._made:
            return
        chip = self._chips[name]
        chip.setText(text.replace("&", "&&"))
        chip.setProperty("goal", goal)
        set_tool_tip(chip, tip)
        chip.setAccessibleDescription(tip)
        chip.setVisible(bool(text))
        self._around.setVisible(any(not each.isHidden() for each in self._made.values()))
