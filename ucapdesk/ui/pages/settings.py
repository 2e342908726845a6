"""What one person can choose. Every choice is applied and kept at once; there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base import logs, settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, Message, tr
from ucapdesk.services import Desk, workspaces
from ucapdesk.ui.look import theme
from ucapdesk.ui.pages.paper_languages import in_words, language_choices
from ucapdesk.ui.typing import Line

WIDTH, SCROLL_BAR = 560, 16


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting that takes one of a few values; ``options`` gives them with what they are called."""

    setting: str
    label: Message
    options: Callable[[], list[tuple[Any, str]]]


def _languages() -> list[tuple[Any, str]]:
    """Each by its own name, so that somebody lost can get back."""
    return [(lang, LANGUAGE_NAMES[lang]) for lang in INTERFACE_LANGUAGES]


def _papers() -> list[tuple[Any, str]]:
    return [(languages, in_words(languages)) for languages in language_choices()]


def _themes() -> list[tuple[Any, str]]:
    return [("system", tr("action", "As the system")), ("light", tr("action", "Light")), ("dark", tr("action", "Dark"))]


def _sizes() -> list[tuple[Any, str]]:
    return [(size, f"{size} %") for size in settings.TEXT_SIZES]


def _densities() -> list[tuple[Any, str]]:
    return [("comfortable", tr("settings", "Comfortable")), ("compact", tr("settings", "Compact"))]


LANGUAGE = (
    Choice("interface_language", Message("settings", "Language of the program"), _languages),
    Choice("paper_languages", Message("settings", "Languages of papers, the first on top"), _papers),
)
LOOK = (
    Choice("theme", Message("settings", "Colours"), _themes),
    Choice("text_size", Message("settings", "Size of text"), _sizes),
    Choice("density", Message("settings", "Rows of lists"), _densities),
)


class SettingsDialog(QDialog):
    """One page: languages, the person, the look, and what program this is.

    ``apply`` shows the windows behind it as the settings now say.
    """

    def __init__(self, desk: Desk, apply: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._apply = desk, apply
        self._known_as = desk.workspace.person
        self.setObjectName("settings")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._area)
        self._show()
        self._fit()

    def _fit(self) -> None:
        """As large as the page, as far as the screen allows."""
        page, room = self._page.sizeHint(), self.screen().availableGeometry().size()
        width = min(theme.px(WIDTH), room.width() - 40)
        self.resize(
            width, min(max(page.height(), self._page.heightForWidth(width - SCROLL_BAR)) + 4, room.height() - 80)
        )

    def _show(self) -> None:
        """Lay the page out in the language and the size that are now in force."""
        self.setWindowTitle(tr("settings", "Settings"))
        self._page = QWidget()
        self._page.setObjectName("page")
        self._form = QFormLayout(self._page)
        self._form.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self._form.setSpacing(theme.GAP)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._group(tr("settings", "Language"))
        self._add_choices(LANGUAGE)
        self._group(tr("settings", "You"))
        self._add_person()
        self._group(tr("settings", "Look"))
        self._add_choices(LOOK)
        self._group(tr("settings", "About"))
        self._add_about()
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()  # the box whose choice led here is in it, and still at work
        self._area.setWidget(self._page)

    # -- parts ------------------------------------------------------------------------------------

    def _group(self, title: str) -> None:
        head = _label(title, "group")
        head.setContentsMargins(0, theme.FIELDS if self._form.rowCount() else 0, 0, 0)
        self._form.addRow(head)

    def _field(self, name: str, label: str, widget: QWidget) -> None:
        widget.setObjectName(f"settings.{name}")
        widget.setAccessibleName(label)
        self._form.addRow(label, widget)

    def _add_choices(self, choices: tuple[Choice, ...]) -> None:
        chosen = settings.load()
        for choice in choices:
            box, options = QComboBox(), choice.options()
            for value, label in options:
                box.addItem(label, value)
            box.setCurrentIndex([value for value, _ in options].index(getattr(chosen, choice.setting)))
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.activated.connect(
                lambda at, choice=choice, options=options: self._choose(choice.setting, options[at][0])
            )
            self._field(choice.setting, choice.label.say(), box)

    def _add_person(self) -> None:
        self._person = Line()
        self._person.setText(self._desk.workspace.person)
        self._person.setReadOnly(self._desk.workspace.read_only)
        self._person.editingFinished.connect(self._rename)
        self._field("person", tr("settings", "Your name"), self._person)
        hint = tr("settings", "Colleagues read it in the history. What you wrote before keeps the name it has.")
        self._message = _label(hint, "second")
        self._form.addRow(self._message)

    def _add_about(self) -> None:
        self._form.addRow(_label(logs.about(), ""))
        licence = tr("settings", "Free software under the MIT licence; its parts are listed in docs/LICENCES.md.")
        self._form.addRow(_label(licence, "second"))
        copy = QPushButton(tr("action", "Copy details for a question"))
        copy.setObjectName("settings.copy_details")
        copy.clicked.connect(self._copy)
        copy.setAutoDefault(False)
        copy.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._form.addRow(copy)
        self._copied = _label("", "second")
        self._form.addRow(self._copied)

    # -- doing ------------------------------------------------------------------------------------

    def _choose(self, setting: str, value: object) -> None:
        if value == getattr(settings.load(), setting):
            return
        self._rename()
        settings.save(settings.load().with_(**{setting: value}))
        at = self._area.verticalScrollBar().value()
        self._apply()
        self._show()
        box = self.findChild(QWidget, f"settings.{setting}")
        if box is not None:
            box.setFocus()
        self._area.verticalScrollBar().setValue(at)

    def _rename(self) -> None:
        """Keep the name; one that says nothing is put back."""
        try:
            workspaces.rename_person(self._desk, self._person.text())
        except UserError as error:
            self._message.setText(error.say())
            return
        before = self._desk.workspace.person
        if self._person.text() != before:
            self._person.setText(before)

    def _copy(self) -> None:
        QApplication.clipboard().setText(logs.details())
        self._copied.setText(tr("window", "Details for a question about the program are in the clipboard."))

    def done(self, result: int) -> None:
        """Whatever way it is left, the name is kept, and the window behind shows it."""
        self._rename()
        if self._desk.workspace.person != self._known_as:
            self._apply()
        super().done(result)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
