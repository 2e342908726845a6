"""Opening a workspace from a folder or a file: the page of the first start, passphrases, and ways out where it cannot be opened.

The first page asks for the language, the user's name, and one of three ways to begin; all of it can be changed later.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

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
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, Message, language, latin_language, tr
from ucapdesk.services import Desk, WorkspaceLocked
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.settings.settings_dialog import pair_choices
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, ask_file, ask_folder
from ucapdesk.ui.toolkit.layouts import STRETCH, column, flow, form, framed, grow, panel, replace_page, row, scrolled
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.toolkit.widgets import ElidedButton, announce, ask, button, label, named, set_up
from ucapdesk.ui.window.background_jobs import Cancelled, Progress, wait_for

if TYPE_CHECKING:
    from ucapdesk.services.exchange.exchange_service import Manifest


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
        return " ".join(self._person.text().split()) or workspace_service.this_person()

    @property
    def name(self) -> str:
        return " ".join(self._name.text().split()) or tr("first", "My cooperation")

    def say(self, sentence: str) -> None:
        self._message.say(sentence)
        announce(self, sentence, urgent=True)
        self._area.ensureWidgetVisible(self._message)

    # -- laying out -------------------------------------------------------------------------------

    def _show(self) -> None:
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
        widest = max(made.sizeHint().width() for card in self._cards for made in card.findChildren(QPushButton))
        beside = self.width() >= len(self._cards) * (widest + 3 * theme.MARGIN) + 2 * theme.GROUPS
        self._ways.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _card(title: str, said: str, *parts: QWidget) -> QFrame:
    texts = label(title, "group"), label(said, "second")
    return framed(column(*texts, *parts, STRETCH, gap=theme.GAP, margins=theme.MARGIN), "card")


SAMPLE_NAME = "Liuzhou"
BACKUP, PACKAGE = ".ucapbackup", ".ucapx"
_SAMPLE = "sample"


class WorkspaceOpening:
    """Opens workspaces for one program. ``over`` returns the parent window of its dialogs, if there is one."""

    def __init__(self, app: QApplication, over: Callable[[], QWidget | None]) -> None:
        self._app, self._over = app, over

    def open(self, path: Path, *, read_only: bool | None = None, passphrase: str | None = None) -> Desk | None:
        """Open a workspace, asking for its passphrase where it is not known; where it cannot be opened, another one the user
        chooses.
        """

        def attempt(given: str | None) -> Desk:
            return workspace_service.open(path, passphrase=given, read_only=read_only)

        try:
            return self._with_passphrase(path, attempt, passphrase)
        except UserError as error:
            return self._instead(path, error)

    def _with_passphrase(
        self, path: Path, attempt: Callable[[str | None], Desk | None], passphrase: str | None = None
    ) -> Desk | None:
        """Attempt something, asking for the passphrase until it is the right one; None where the user gives none."""
        while True:
            try:
                return attempt(passphrase)
            except WorkspaceLocked as error:
                passphrase = self._passphrase(path, error if passphrase else None)
            if passphrase is None:
                return None

    def _passphrase(self, path: Path, wrong: UserError | None) -> str | None:
        from ucapdesk.ui.workspaces.workspace_dialogs import PassphraseDialog

        asked = tr("workspace", "“{name}” is protected. Its passphrase:", name=path.name)
        dialog = PassphraseDialog(path.name, asked, tr("workspace", "Open"), self._over())
        dialog.fail(wrong or "")
        answer, passphrase = dialog.ask(), dialog.line.text()
        return passphrase if answer else None

    # -- where it cannot be opened ----------------------------------------------------------------

    def _instead(self, path: Path, why: UserError) -> Desk | None:
        from ucapdesk.ui.workspaces.workspace_dialogs import StartDialog

        dialog = StartDialog(why, path, self._over())
        dialog.ask()
        match dialog.answer:
            case "read":
                return self.open(path, read_only=True)
            case "restore":
                return self.restored(Path(str(why.details["backup"])), path)
            case "backup":
                file = ask_file(self._over(), tr("workspace", "Restore a backup file…"), f"UCAPDesk (*{BACKUP})")
                return self._restored_file(file) if file else self._instead(path, why)
            case "other":
                folder = ask_folder(self._over(), tr("action", "Open workspace…"))
                return self.open(folder) if folder else self._instead(path, why)
            case "make":
                return self.make() or self._instead(path, why)
            case "sample":
                return self.sample()
        return None

    def restored(self, backup: Path, path: Path) -> Desk | None:

        def attempt(given: str | None) -> Desk | None:
            from ucapdesk.services.workspaces import maintenance

            was = maintenance.before(path, given)
            wait_for(
                tr("work", "Restoring {file}", file=backup.name),
                lambda progress: maintenance.restore_backup(backup, path, passphrase=given, progress=progress.step),
                self._over(),
            )
            desk = self.open(path, passphrase=given)
            if desk is not None:
                desk.said += [*maintenance.steps_gone(desk, was), *_people_back(desk, given)]
            return desk

        try:
            return self._with_passphrase(path, attempt)
        except Cancelled:
            return None
        except UserError as error:
            return self._instead(path, error)

    def asked_to_restore(self, file: Path) -> Desk | None:
        said = tr(
            "workspace",
            "“{file}” is a backup. Create a new workspace from it? Others stay as they are.",
            file=file.name,
        )
        answers = [tr("workspace", "Create a workspace from it"), tr("picker", "Cancel")]
        return self._restored_file(file) if ask(self._over(), "restore_file", said, answers) == 0 else None

    def _restored_file(self, file: Path) -> Desk | None:
        return self.restored(file, workspace_service.default_place(file.stem))

    # -- other ways to begin ----------------------------------------------------------------------

    def make(self) -> Desk | None:
        from ucapdesk.ui.workspaces.workspace_dialogs import NewWorkspaceDialog

        dialog = NewWorkspaceDialog(self._over())
        dialog.ask()
        return dialog.desk

    def sample(self) -> Desk | None:
        from ucapdesk.services.workspaces import sample

        kept = settings.load().window.get(_SAMPLE)
        if isinstance(kept, str) and (Path(kept) / workspace_service.INFO).is_file():
            return self.open(Path(kept))
        place = workspace_service.default_place(SAMPLE_NAME)
        try:
            desk = sample.make(place, living=True)
        except UserError as error:
            return self._instead(place, error)
        settings.keep(_SAMPLE, str(place))
        return desk

    def begin(self) -> Desk | None:
        page = FirstRun(self._app, self._over())
        desk = None
        while desk is None and page.exec():
            try:
                desk = self._begun(page)
            except UserError as error:
                page.say(error.say())
        page.deleteLater()
        return desk

    def _begun(self, page: FirstRun) -> Desk | None:
        match page.answer:
            case "sample":
                return self.sample()
            case "start":
                return workspace_service.new(
                    workspace_service.default_place(page.name), name=page.name, person=page.person
                )
            case "make":
                return self.make()
            case "folder":
                return self.open(page.file)
        if page.file.suffix.lower() == BACKUP:
            return self._restored_file(page.file)
        return self.joined(page.file, page.person)

    def joined(self, file: Path, person: str, receive: Callable[[Path], object] | None = None) -> Desk | None:
        """Return a workspace joined from a colleague's package; the user is asked who they are once its contents are shown.

        ``receive`` takes it into the user's workspace that it belongs to, where there is one; then none is joined.
        """
        from ucapdesk.services.exchange import exchange_service

        place, passphrase = workspace_service.default_place(file.stem), None

        def join(progress: Progress) -> None:
            exchange_service.join(
                place, file, person=person, package_passphrase=passphrase, progress=progress.step
            ).close()

        while True:
            try:
                manifest = exchange_service.look(file, passphrase)
                if receive and (home := next(workspace_service.known(manifest.store_id), None)):
                    receive(home)
                    return None
                wait_for(tr("exchange", "Receiving changes"), join, self._over())
                return self._settled(place, manifest, person)
            except Cancelled:
                return None
            except exchange_service.PackageLocked as error:
                if (given := self._passphrase(file, error if passphrase else None)) is None:
                    return None
                passphrase = exchange_service.PackagePassphrase(given)

    def _settled(self, place: Path, manifest: Manifest, person: str) -> Desk | None:
        """Ask who the user is; a workspace that was only looked at is removed."""
        from ucapdesk.ui.exchange.exchange_dialogs import JoinDialog

        desk = workspace_service.open(place)
        dialog = JoinDialog(desk, manifest, person, self._over())
        accepted, name = dialog.ask(), dialog.person
        if not accepted:
            desk.close()
            throw_away(place)
            return None
        if name:
            workspace_service.rename_person(desk, name)
            settings.save(settings.load().with_(person=name))
        return desk


def _people_back(desk: Desk, passphrase: str | None) -> list[Message]:
    """Return who is there again in a restored workspace, though their data was removed from it where it stands else."""
    from ucapdesk.services.workspaces import maintenance

    others = workspace_service.known(desk.workspace.id)
    removed = {id_ for path in others for id_ in maintenance.before(path, passphrase).removed}
    return maintenance.people_back(desk, removed)


def throw_away(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
