"""The settings of one user. Every choice is applied and kept at once; there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ucapdesk.base import logs, settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import (
    INTERFACE_LANGUAGES,
    LANGUAGE_NAMES,
    LANGUAGES,
    Message,
    dotted,
    language,
    latin_language,
    tr,
)
from ucapdesk.model.codes import folded
from ucapdesk.services import Desk
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, show_folder
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.layouts import captioned, column, replace_page, scrolled
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import ask, button, combo_box, label, named
from ucapdesk.ui.window.main_window import MainWindow
from ucapdesk.ui.workspaces.workspace_dialogs import NewPassphraseDialog, when_made

RECORDS = ("en", "zh")
PAIRS: tuple[tuple[str, ...], ...] = (
    (), RECORDS, ("zh", "en"), *((lang, "zh") for lang in LANGUAGES if lang not in RECORDS),
)  # fmt: skip


def pair_choices() -> list[tuple[str, tuple[str, ...]]]:
    """Return the usual choices, and the one in the settings, each after its name.

    Where the interface speaks neither English nor Chinese, no choice and English first are the same, and offered once.
    """
    chosen = settings.load().record_languages
    twice = () if chosen == RECORDS else RECORDS
    usual = PAIRS if language() in RECORDS else tuple(each for each in PAIRS if each != twice)
    return [(_in_order(languages), languages) for languages in dict.fromkeys((*usual, chosen))]


def _in_order(languages: tuple[str, ...]) -> str:
    if not languages and language() in RECORDS:
        return tr("settings", "Interface language first")
    return " · ".join(LANGUAGE_NAMES[lang] for lang in languages or RECORDS)


def language_choices() -> list[tuple[str, tuple[str, ...]]]:
    """Return the usual choices for English, the records and the reader, and that in the settings, after the languages' own names."""
    near = [lang for lang in LANGUAGES if lang != "zh" and lang in ("en", latin_language(), language())]
    usual = [each for lang in near for each in ((lang, "zh"), ("zh", lang), (lang,))]
    choices: dict[tuple[str, ...], None] = dict.fromkeys((*usual, ("zh",), settings.load().paper_languages))
    return [(" · ".join(LANGUAGE_NAMES[lang] for lang in languages), languages) for languages in choices]


WIDTH, HIGHEST, SCROLL_BAR = 600, 640, 16

COPIES = {
    "daily": Message("settings", "each day"),
    "receive": Message("settings", "before receiving changes"),
    "migration": Message("settings", "before an update of the program"),
    "restore": Message("settings", "kept when restoring"),
    "erase": Message("settings", "after the data of a person was removed"),
}


@dataclass(frozen=True, slots=True)
class SettingChoice:
    """A setting with a few values; ``options`` returns them, each after its label."""

    setting: str
    label: Message
    options: Callable[[], list[tuple[str, Any]]]


LANGUAGE = (
    SettingChoice("interface_language", Message("settings", "Interface language"),  # each by its own name: a lost user finds the way back
           lambda: [(LANGUAGE_NAMES[lang], lang) for lang in INTERFACE_LANGUAGES]),
    SettingChoice("record_languages", Message("settings", "Record languages"), pair_choices),
)  # fmt: skip
PRINTING = (
    SettingChoice("paper_languages", Message("settings", "Languages of papers, first on top"), language_choices),
)
REMINDERS = (
    SettingChoice("tray_notices", Message("settings", "Reminders shown"), lambda: [
        (tr("settings", "In the program and in the system’s tray"), True), (tr("settings", "In the program only"), False),
    ]),
)  # fmt: skip
LOOK = (
    SettingChoice("theme", Message("settings", "Colours"), lambda: [
        (tr("action", "Match system"), "system"), (tr("action", "Light"), "light"), (tr("action", "Dark"), "dark"),
    ]),
    SettingChoice("contrast", Message("settings", "Contrast"),
           lambda: [(tr("action", "Match system"), "system"), (tr("settings", "High contrast"), "high")]),
    SettingChoice("text_size", Message("settings", "Text size"), lambda: [(f"{n} %", n) for n in settings.TEXT_SIZES]),
    SettingChoice("density", Message("settings", "Row height"),
           lambda: [(tr("settings", "Comfortable"), "comfortable"), (tr("settings", "Compact"), "compact")]),
    SettingChoice("motion", Message("settings", "Movement"),
           lambda: [(tr("action", "Match system"), "system"), (tr("settings", "Nothing moves or blinks"), "none")]),
)  # fmt: skip


class SettingsDialog(Dialog):
    """One page with a search field: languages, the user, appearance, keys, printing, backups, about the program."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__("settings", "", window)
        self._desk, self._window = desk, window
        self._known_as = desk.workspace.person
        self.search = named(LineEdit(self), "settings.search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        above = column(self.search, margins=(theme.MARGIN, 0))
        self._area = scrolled(None, self)
        column(above, self._area, on=self, margins=(0, theme.FIELDS, 0, 0))
        self._show()
        self._fit()

    def _fit(self) -> None:
        room = self.screen().availableGeometry().size()
        width = min(theme.px(WIDTH), room.width() - 40)
        page = max(self._page.sizeHint().height(), self._page.heightForWidth(width - SCROLL_BAR))
        self.resize(width, min(page + self.search.height() + 2 * theme.GAP, theme.px(HIGHEST), room.height() - 80))

    def _show(self) -> None:
        self.setWindowTitle(tr("settings", "Settings"))
        self._page = named(QWidget(), "page")
        self._form = QFormLayout(self._page)
        self._form.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self._form.setSpacing(theme.GAP)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._groups: list[list[QWidget]] = []
        self._group(tr("settings", "Language"), LANGUAGE)
        self._group(tr("settings", "You"))
        self._add_person()
        self._group(tr("settings", "Appearance"), LOOK)
        self._group(tr("settings", "Reminders"), REMINDERS)
        self._group(tr("settings", "Keyboard"))
        self._add_command("keys", tr("settings", "See and change keys…"), "help.keys")
        self._group(tr("settings", "Printing"), PRINTING)
        self._add_command("house_style", tr("settings", "House style of papers…"), "file.house_style")
        self._group(tr("settings", "Safety"))
        self._add_safety()
        self._group(tr("settings", "Privacy"))
        self._add(label(self._privacy(), "second"))
        if self._desk.workspace.protected and not self._desk.workspace.read_only:
            self._add_button("passphrase", tr("settings", "Change the passphrase…"), self._ask_for_passphrase)
        self._group(tr("settings", "About"))
        self._add_about()
        self._nothing = label(tr("settings", "No setting matches."), "second")
        self._form.addRow(self._nothing)
        self.search.setPlaceholderText(tr("settings", "Find a setting"))
        self.search.setAccessibleName(tr("settings", "Find a setting"))
        replace_page(self._area, self._page)
        self._find(self.search.text())

    def _find(self, words: str) -> None:
        wanted = folded(words)
        found = False
        for head, *rows in self._groups:
            whole = wanted in folded(_text_of(head))
            shown = [row for row in rows if whole or wanted in folded(_text_of(row))]
            for row in rows:
                self._form.setRowVisible(row, row in shown)
            self._form.setRowVisible(head, bool(shown))
            found = found or bool(shown)
        self._form.setRowVisible(self._nothing, not found)

    # -- parts ------------------------------------------------------------------------------------

    def _group(self, title: str, choices: tuple[SettingChoice, ...] = ()) -> None:
        head = label(title, "group")
        head.setContentsMargins(0, theme.FIELDS if self._form.rowCount() else 0, 0, 0)
        self._groups.append([])
        self._add(head)
        for choice in choices:
            options = choice.options()
            box = combo_box("", "", options, getattr(settings.load(), choice.setting))
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.activated.connect(lambda at, name=choice.setting, all_=options: self._choose(name, all_[at][1]))
            self._field(choice.setting, choice.label.say(), box)

    def _add(self, row: QWidget) -> None:
        self._form.addRow(row)
        self._groups[-1].append(row)

    def _field(self, name: str, label: str, widget: QWidget) -> None:
        named(widget, f"settings.{name}", label)
        self._add(captioned(label, widget))

    def _add_person(self) -> None:
        self._person = LineEdit(text=self._desk.workspace.person)
        self._person.setReadOnly(self._desk.workspace.read_only)
        self._person.editingFinished.connect(self._rename)
        self._field("person", tr("settings", "Your name"), self._person)
        hint = tr("settings", "Colleagues read it in the history. What you wrote before keeps the name it has.")
        self._message = label(hint, "second")
        self._add(self._message)

    def _add_command(self, name: str, text: str, command: str) -> None:
        self._add_button(name, text, partial(self._window.do, command))

    def _add_button(self, name: str, text: str, do: Callable[[], object]) -> QPushButton:
        made = button(f"settings.{name}", text, do)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._add(made)
        return made

    def _add_safety(self) -> None:
        said = tr("settings", "A backup is made each day; the last 14 are kept in the folder of the workspace.")
        self._add(label(said, "second"))
        show = tr("workspace", "Show the folder")
        self._add_button("folder", show, lambda: show_folder(self._desk.workspace.backups))
        self._add_command("backup", tr("action", "Save a backup…"), "file.backup")
        self._copies = QListWidget()
        for copy in maintenance.copies(self._desk.workspace.path):
            why = COPIES.get(copy.why)
            said = dotted(when_made(copy), why.say() if why else "")
            self._copies.addItem(list_item(said, {Qt.ItemDataRole.UserRole: copy.name}))
        self._copies.setFixedHeight(theme.px(116))
        self._field("copies", tr("settings", "Backups"), self._copies)
        restore = self._add_button("restore", tr("settings", "Restore this backup…"), self._go_back)
        restore.setEnabled(False)
        writes = not self._desk.workspace.read_only
        self._copies.itemSelectionChanged.connect(
            lambda: restore.setEnabled(writes and bool(self._copies.selectedItems()))
        )

    def _go_back(self) -> None:
        """Restore the selected backup; the current workspace is kept beside it, so that even this can be undone."""
        item = self._copies.currentItem()
        said = tr(
            "settings",
            "The workspace is restored to {time}. What was written since is kept in the folder of the "
            "backups, and can be restored in the same way.",
            time=item.text(),
        )
        if ask(self, "go_back", said, [tr("settings", "Restore"), tr("settings", "Stay here")]) == 0:
            self.accept()
            self._window.restore_wanted.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _ask_for_passphrase(self) -> None:
        dialog = NewPassphraseDialog(self._desk, self)
        if dialog.ask():
            self.accept()
            self._window.passphrase_wanted.emit(dialog.old.text(), dialog.new.text())

    def _privacy(self) -> str:
        if self._desk.workspace.protected:
            return tr(
                "settings",
                "This workspace is protected by a passphrase: without it nobody can read it, nor its backups. Passport "
                "and visa numbers never leave this computer.",
            )
        return tr(
            "settings",
            "This workspace is not protected: whoever can use this computer can read it. A passphrase is chosen when a "
            "workspace is made. Passport and visa numbers can be kept in protected workspaces only.",
        )

    def _add_about(self) -> None:
        self._add(label(logs.about()))
        licence = tr("settings", "Free software under the MIT licence; its parts are listed in docs/LICENCES.md.")
        self._add(label(licence, "second"))
        self._add_button("copy_details", tr("action", "Copy support details"), self._copy)
        self._copied = label("", "second")
        self._add(self._copied)

    # -- doing ------------------------------------------------------------------------------------

    def _choose(self, setting: str, value: object) -> None:
        if value == getattr(settings.load(), setting):
            return
        self._rename()
        settings.save(settings.load().with_(**{setting: value}))
        at = self._area.verticalScrollBar().value()
        self._window.dress_anew()
        self._show()
        box = self.findChild(QWidget, f"settings.{setting}")
        if box is not None:
            box.setFocus()
        self._area.verticalScrollBar().setValue(at)

    def _rename(self) -> None:
        try:
            workspace_service.rename_person(self._desk, self._person.text())
        except UserError as error:
            self._message.setText(error.say())
            return
        before = self._desk.workspace.person
        if self._person.text() != before:
            self._person.setText(before)

    def _copy(self) -> None:
        QApplication.clipboard().setText(logs.details())
        self._copied.setText(tr("window", "The support details are in the clipboard."))

    def done(self, result: int) -> None:
        self._rename()
        if self._desk.workspace.person != self._known_as:
            self._window.dress_anew()
        super().done(result)


def _text_of(row: QWidget) -> str:
    said: list[str] = []
    for widget in (row, *row.findChildren(QWidget)):
        if isinstance(widget, QLabel | QPushButton):
            said.append(widget.text())
        elif isinstance(widget, QComboBox):
            said += [widget.itemText(at) for at in range(widget.count())]
        said.append(widget.accessibleName())
    return " ".join(said)
