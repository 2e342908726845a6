"""The dialogs about a workspace as a whole: create one, ask for or change its passphrase, and recover one that fails to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from ucapdesk.base.clock import local_time
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.text.format import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.services import DamagedWithoutBackup, DamagedWorkspace, Desk, SecondWriter
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.buttons import ButtonBox, button
from ucapdesk.ui.toolkit.captioned import captioned
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.labels import label
from ucapdesk.ui.toolkit.layouts import column, grow, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.window.external_programs import show_folder


def _label(text: str, role: str, parent: QWidget) -> QLabel:
    return label(text, role, parent=parent)


def _foot(dialog: QDialog, accept: str) -> ButtonBox:
    foot = ButtonBox(dialog)
    foot.main("go", accept, dialog.accept)
    foot.out(tr("picker", "Cancel"))
    return foot


class NewWorkspaceDialog(QDialog):
    """Asks for name, person, place and protection; ``desk`` is the workspace made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.setObjectName("new_workspace")
        self.setWindowTitle(tr("workspace", "New workspace"))
        self.name, self.person = LineEdit(self), LineEdit(self)
        self.person.setText(workspace_service.this_person())
        self.place, self._place_row = self._make_place()
        self.protect = QCheckBox(tr("workspace", "Protect it with a passphrase"), self)
        self.passphrase, self.again = LineEdit(self), LineEdit(self)
        form = QFormLayout()
        form.setSpacing(theme.FIELDS)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("workspace", "Name"), self.name)
        form.addRow(tr("workspace", "Who writes here"), self.person)
        form.addRow(tr("workspace", "Folder"), self._place_row)
        form.addRow("", self.protect)
        form.addRow(tr("workspace", "Passphrase"), self.passphrase)
        form.addRow(tr("workspace", "Once more"), self.again)
        self._form = form
        warning = tr(
            "workspace", "A forgotten passphrase cannot be replaced: without it nobody can open the workspace again."
        )
        self._warning, self.message = _label(warning, "second", self), _label("", "error", self)
        layout = column(form, on=self, margins=theme.MARGIN)
        for widget in (self._warning, self.message, _foot(self, tr("workspace", "Make workspace"))):
            layout.addWidget(widget)
        self.name.textChanged.connect(self._suggest_place)
        self.protect.toggled.connect(self._show_passphrase)
        self.protect.toggled.connect(self._suggest_place)
        for line in (self.passphrase, self.again):
            line.setEchoMode(LineEdit.EchoMode.Password)
        self._show_passphrase(False)
        self._suggest_place(None)

    def _make_place(self) -> tuple[LineEdit, QWidget]:
        line = QWidget(self)
        place = LineEdit(line)
        place.setAccessibleName(tr("workspace", "Folder"))
        choose = QPushButton(tr("form", "Choose…"), line)
        choose.clicked.connect(self._choose)
        row(grow(place), choose, on=line, margins=0)
        return place, line

    def _folder_name(self) -> str:
        """Return the workspace's name; of a protected one not even that is told to whoever looks at the disk."""
        return "" if self.protect.isChecked() else self.name.text().strip()

    def _suggest_place(self, _: object) -> None:
        if not self.place.isModified():
            self.place.setText(str(workspace_service.default_place(self._folder_name())))

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("workspace", "Folder"))
        if name:
            self.place.setText(str(Path(name) / (self._folder_name() or "UCAPDesk")))
            self.place.setModified(True)

    def _show_passphrase(self, shown: bool) -> None:
        self._form.setRowVisible(self.passphrase, shown)
        self._form.setRowVisible(self.again, shown)
        self._warning.setVisible(shown)
        fit(self, 560)

    def accept(self) -> None:
        """Create the workspace; errors are shown in the dialog."""
        passphrase = self.passphrase.text() if self.protect.isChecked() else None
        if passphrase is not None and passphrase != self.again.text():
            self.message.setText(tr("workspace", "The two passphrases differ. Nothing was made; type both again."))
            return
        try:
            self.desk = workspace_service.new(
                Path(self.place.text()).expanduser(),
                name=self.name.text().strip(),
                person=self.person.text().strip(),
                passphrase=passphrase,
            )
        except UserError as error:
            self.message.setText(error.say())
            return
        super().accept()


class PassphraseDialog(QDialog):
    """Asks for the passphrase of a workspace."""

    def __init__(self, path: Path, wrong: UserError | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passphrase")
        self.setWindowTitle(path.name)
        self.line = LineEdit(self)
        self.line.setEchoMode(LineEdit.EchoMode.Password)
        self.line.setAccessibleName(tr("workspace", "Passphrase"))
        column(
            _label(tr("workspace", "“{name}” is protected. Its passphrase:", name=path.name), "", self),
            self.line,
            _label(wrong.say() if wrong else "", "error", self),
            _foot(self, tr("workspace", "Open")),
            on=self,
        )
        fit(self, 440)


class NewPassphraseDialog(QDialog):
    """Asks for the passphrase of the open workspace and for another one; accepted once the two can be taken."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("new_passphrase")
        self.setWindowTitle(tr("settings", "Change the passphrase"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.old, self.new, self.again = LineEdit(self), LineEdit(self), LineEdit(self)
        heads = tr("workspace", "Passphrase until now"), tr("workspace", "New passphrase"), tr("workspace", "Once more")
        layout = column(on=self, gap=theme.GAP)
        for head, line in zip(heads, (self.old, self.new, self.again), strict=True):
            line.setEchoMode(LineEdit.EchoMode.Password)
            line.setAccessibleName(head)
            layout.addWidget(captioned(head, line))
        said = tr(
            "workspace",
            "A forgotten passphrase cannot be replaced. Backup files that were saved elsewhere keep the old one.",
        )
        self.message = _label("", "error", self)
        for widget in (_label(said, "second", self), self.message, _foot(self, tr("workspace", "Change it"))):
            layout.addWidget(widget)
        fit(self, 480)

    def accept(self) -> None:
        """Done here where they can be taken; what keeps them from it is said here."""
        said = ""
        if self.new.text() != self.again.text():
            said = tr("workspace", "The two passphrases differ. Nothing was changed; type both again.")
        else:
            try:
                workspace_service.refuse_passphrases(self._desk.workspace.path, self.old.text(), self.new.text())
            except UserError as error:
                said = error.say()
        self.message.setText(said)
        if said:
            fit(self, 480)
        else:
            super().accept()


OTHER, MAKE, SAMPLE, READ, RESTORE, BACKUP = "other", "make", "sample", "read", "restore", "backup"

WAYS = {
    READ: Message("workspace", "Open it for reading"),
    RESTORE: Message("workspace", "Restore the last backup"),
    BACKUP: Message("workspace", "Restore a backup file…"),
    OTHER: Message("workspace", "Open another workspace…"),
    MAKE: Message("workspace", "Make a new workspace…"),
    SAMPLE: Message("workspace", "Open the sample"),
}


class StartDialog(QDialog):
    """Says why a workspace is not open and offers ways out; ``way`` holds the choice, empty for none."""

    def __init__(self, why: UserError, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = ""
        self.setObjectName("start")
        self.setWindowTitle("UCAPDesk")
        layout = column(
            _label(tr("workspace", "“{name}” is not open", name=path.name), "page", self),
            on=self,
            gap=theme.GAP,
            margins=theme.GROUPS,
        )
        self.message = _label(breakable(why.say()), "", self)
        layout.addWidget(self.message)
        layout.addLayout(self._place(path))
        last = next((copy for copy in maintenance.copies(path) if copy.name == why.details.get("backup")), None)
        if last is not None:
            said = tr(
                "workspace",
                "The last backup is of {time}. When it is restored, what is damaged is kept beside it.",
                time=when_made(last),
            )
            layout.addWidget(_label(said, "second", self))
        layout.addSpacing(theme.GAP)
        for at, way in enumerate(ways(why, path)):
            made = button(f"start.{way}", WAYS[way].say(), role="main" if at == 0 else "", parent=self)
            made.setDefault(at == 0)
            if at == 0:
                made.setFocus()
            made.clicked.connect(lambda _=False, way=way: self._choose(way))
            layout.addWidget(made)
        fit(self, 520)

    def _place(self, path: Path) -> QHBoxLayout:
        """Return the folder of the workspace, with a button that opens it in the file manager."""
        where = named(_label(breakable(str(path)), "second", self), "start.place")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show = button("start.show", tr("workspace", "Show the folder"), role="quiet", parent=self)
        nearest = next((each for each in (path, *path.parents) if each.is_dir()), path)
        show.clicked.connect(lambda: show_folder(nearest))
        return row(grow(where), show)

    def _choose(self, way: str) -> None:
        self.way = way
        self.accept()


def when_made(copy: maintenance.Copy) -> str:
    """Return the time of a backup, in words and on this computer's clock."""
    made = local_time(copy.time)
    return f"{say_date(PartialDate(f'{made:%Y-%m-%d}'))} {made:%H:%M}"


def ways(why: UserError, path: Path) -> tuple[str, ...]:
    """Return the ways out of an error that kept the workspace at ``path`` from opening, the best first."""
    if isinstance(why, SecondWriter):
        return (READ, OTHER, MAKE)
    if isinstance(why, DamagedWorkspace):
        return (RESTORE, BACKUP, READ, OTHER, MAKE)
    if isinstance(why, DamagedWithoutBackup):
        return (BACKUP, READ, OTHER, MAKE)
    there = (READ,) if (path / workspace_service.INFO).is_file() else ()
    return (OTHER, MAKE, BACKUP, *there, SAMPLE)
