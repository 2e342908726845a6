"""The page of the first start: language, the user's name, and three ways to begin. All of it can be changed later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QFrame,
    QPushButton,
    QWidget,
)

from ucapdesk.base import settings
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, language, latin_language, tr
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.settings.record_languages import pair_choices
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.apply_theme import apply_theme
from ucapdesk.ui.toolkit.buttons import button, set_up
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.file_dialogs import ask_file, ask_folder
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.layout_builder import (
    STRETCH,
    column,
    flow,
    form,
    framed,
    grow,
    panel,
    replace_page,
    row,
    scrolled,
)
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

DIALOG_SIZE = (1040, 560)
PACKAGE_FILTER = "*.ucapx *.ucapbackup *.UCAPX *.UCAPBACKUP"


class FirstRun(Dialog):
    """``answer`` holds the choice: ``package`` or ``folder`` (with ``file``), ``sample``, ``start`` (with ``name``), ``make``.

    A language chosen here takes effect at once, so that nobody has to go on in a language they cannot read.
    """

    def __init__(self, app: QApplication, parent: QWidget | None = None) -> None:
        super().__init__("first", "", parent)
        self._app = app
        self.file = Path()
        self._typed = {"person": workspace_service.this_person(), "name": ""}
        self.setMinimumSize(640, 480)
        self._area = scrolled(None, self)
        column(self._area, on=self, margins=0)
        self._show()
        room = self.screen().availableGeometry().size()
        self.resize(min(theme.px(DIALOG_SIZE[0]), room.width() - 40), min(theme.px(DIALOG_SIZE[1]), room.height() - 60))
        self._focus("sample")

    @property
    def person(self) -> str:
        """The name of the user."""
        return " ".join(self._person.text().split()) or workspace_service.this_person()

    @property
    def name(self) -> str:
        """The name of the new workspace."""
        return " ".join(self._name.text().split()) or tr("first", "My cooperation")

    def say(self, sentence: str) -> None:
        """Show why a choice failed."""
        self._message.say(sentence)
        announce(self, sentence, urgent=True)
        self._area.ensureWidgetVisible(self._message)

    # -- laying out -------------------------------------------------------------------------------

    def _show(self) -> None:
        """Lay everything out in the current language."""
        self.setWindowTitle("UCAPDesk")
        self._message = label("", "error", name="first.message")
        self._message.hide()
        self._cards = (self._sample_card(), self._package_card(), self._empty_card())
        self._ways = row(*map(grow, self._cards), gap=theme.MARGIN)
        hint = tr("first", "Everything here can be changed later in Settings. Nothing leaves this computer by itself.")
        shown = column(
            label(tr("first", "Welcome to UCAPDesk"), "big"),
            self._languages(),
            self._questions(),
            self._message,
            self._ways,
            label(hint, "second"),
            STRETCH,
            gap=theme.MARGIN,
        )
        replace_page(self._area, panel(shown, name="page", margins=theme.GROUPS))
        self._arrange()

    def _languages(self) -> QWidget:
        """Offer each language by its own name; the one guessed from the system is selected."""
        group = QButtonGroup(self)
        for lang in INTERFACE_LANGUAGES:
            mark = "checkmark" if lang == language() else ""
            name, do = f"first.lang.{lang}", lambda lang=lang: self._use(lang)
            group.addButton(button(name, LANGUAGE_NAMES[lang], do, mark=mark, checked=bool(mark)))
        for other in group.buttons():
            if not other.isChecked():  # Qt lets Tab come to the first one until one of them has had the focus
                other.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return panel(flow(*group.buttons()))

    def _use(self, lang: str) -> None:
        """Switch the language at once; typed text stays."""
        self._typed = {"person": self._person.text(), "name": self._name.text()}
        settings.save(settings.load().with_(interface_language=lang))
        apply_theme(self._app, settings.load())
        self._show()
        self._focus(f"lang.{lang}")

    def _focus(self, name: str) -> None:
        found = self.findChild(QPushButton, f"first.{name}")
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _questions(self) -> QFormLayout:
        self._person = named(LineEdit(text=self._typed["person"]), "first.person", tr("settings", "Your name"))
        self._person.setMinimumWidth(theme.px(260))
        self._pairs = named(QComboBox(), "first.record_languages", tr("settings", "Record languages"))
        for at, (text, languages) in enumerate(pair_choices()):
            self._pairs.addItem(text)
            if languages == settings.load().record_languages:
                self._pairs.setCurrentIndex(at)
        self._pairs.activated.connect(self._choose_pair)
        questions = form(*[(box.accessibleName(), box) for box in (self._person, self._pairs)], gap=theme.GAP)
        questions.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        return questions

    def _choose_pair(self, at: int) -> None:
        settings.save(settings.load().with_(record_languages=pair_choices()[at][1]))
        apply_theme(self._app, settings.load())

    # -- three ways -------------------------------------------------------------------------------

    def _sample_card(self) -> QFrame:
        said = tr(
            "first", "A real cooperation plan of Liuzhou, for trying things out. It stays apart from your own records."
        )
        button = self._button("sample", tr("first", "Open sample"), lambda: self._go("sample"), "main")
        return _card(tr("first", "Try it out"), said, button)

    def _package_card(self) -> QFrame:
        said = tr("first", "You have a package from a colleague, a backup, or a workspace on a disk.")
        package = self._button("open", tr("first", "Open a package or backup…"), self._open_file)
        folder = self._button("folder", tr("action", "Open workspace…"), self._open_folder, "quiet")
        return _card(tr("first", "Continue existing work"), said, package, folder)

    def _empty_card(self) -> QFrame:
        line = LineEdit(text=self._typed["name"], hint=tr("first", "My cooperation"))
        self._name = named(line, "first.name", tr("first", "Name"))
        start = self._button("start", tr("first", "Start"), lambda: self._go("start"))
        more = self._button("make", tr("first", "More options…"), lambda: self._go("make"), "quiet")
        self._name.returnPressed.connect(start.click)
        return _card(tr("first", "Start empty"), tr("first", "Name"), self._name, start, more)

    def _button(self, name: str, text: str, do: Callable[[], object], role: str = "") -> QPushButton:
        made = set_up(ElidedButton(text), f"first.{name}", do, role)
        made.setAutoDefault(role == "main")
        return made

    def _open_file(self) -> None:
        if file := ask_file(self, tr("first", "Open a package or backup…"), f"UCAPDesk ({PACKAGE_FILTER})"):
            self.file = file
            self._go("package")

    def _open_folder(self) -> None:
        if folder := ask_folder(self, tr("action", "Open workspace…")):
            self.file = folder
            self._go("folder")

    def _go(self, way: str) -> None:
        self.say("")
        typed, chosen = " ".join(self._person.text().split()), settings.load()
        if set(chosen.paper_languages) == {"en", "zh"}:  # papers begin with the language of whoever makes them
            both = (latin_language(), "zh")
            chosen = chosen.with_(paper_languages=both[::-1] if chosen.interface_language == "zh" else both)
        settings.save(chosen.with_(person=typed) if typed else chosen)
        self.leave(way)

    def _arrange(self) -> None:
        """Place the three choices side by side where their texts have room."""
        widest = max(made.sizeHint().width() for card in self._cards for made in card.findChildren(QPushButton))
        beside = self.width() >= len(self._cards) * (widest + 3 * theme.MARGIN) + 2 * theme.GROUPS
        self._ways.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _card(title: str, said: str, *parts: QWidget) -> QFrame:
    texts = label(title, "group"), label(said, "second")
    return framed(column(*texts, *parts, STRETCH, gap=theme.GAP, margins=theme.MARGIN), "card")
