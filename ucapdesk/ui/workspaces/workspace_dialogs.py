"""The dialogs about a workspace as a whole: create one, ask for or change its passphrase, and recover one that fails to open."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QWidget,
)

from ucapdesk.base.clock import local_time
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.services import DAMAGED_WITHOUT_BACKUP, DAMAGED_WORKSPACE, Desk, SecondWriter
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, ask_folder, fit_dialog, show_folder
from ucapdesk.ui.toolkit.layouts import Part, captioned, column, form, grow, panel, row
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import breakable, button, label, named

_DIFFER = Message("workspace", "The two passphrases differ. Nothing was changed; type both again.")


def _secret(parent: QWidget, said: str = "") -> LineEdit:
    line = named(LineEdit(parent), "", said)
    line.setEchoMode(LineEdit.EchoMode.Password)
    return line


class _Asking(Dialog):
    def put(self, accept: str, *parts: Part, gap: int | None = None) -> None:
        self.foot.main("go", accept, self.accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(*parts, gap=gap)


class NewWorkspaceDialog(_Asking):
    """Asks for name, person, place and protection; ``desk`` is the workspace made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("new_workspace", tr("workspace", "New workspace"), parent)
        self.desk: Desk | None = None
        self.name, self.person = LineEdit(self), LineEdit(self, text=workspace_service.this_person())
        self.place = named(LineEdit(self), "", tr("workspace", "Folder"))
        choose = button("", tr("form", "Choose…"), self._choose)
        self.protect = QCheckBox(tr("workspace", "Protect it with a passphrase"), self)
        self.passphrase, self.again = _secret(self), _secret(self)
        self._form = form(
            (tr("workspace", "Name"), self.name),
            (tr("workspace", "Your name"), self.person),
            (tr("workspace", "Folder"), panel(row(grow(self.place), choose), self)),
            self.protect,
            (tr("workspace", "Passphrase"), self.passphrase),
            (tr("workspace", "Repeat passphrase"), self.again),
            gap=theme.FIELDS,
        )
        warning = tr(
            "workspace", "A forgotten passphrase cannot be replaced: without it nobody can open the workspace again."
        )
        self._warning = label(warning, "second")
        self.setTabOrder(self.place, choose)
        self.put(tr("workspace", "Create workspace"), self._form, self._warning)
        self.name.textChanged.connect(self._suggest_place)
        self.protect.toggled.connect(self._show_passphrase)
        self.protect.toggled.connect(self._suggest_place)
        self._show_passphrase(False)
        self._suggest_place(None)

    def _folder_name(self) -> str:
        """Return the workspace's name; of a protected one not even that is told to whoever looks at the disk."""
        return "" if self.protect.isChecked() else self.name.text().strip()

    def _suggest_place(self, _: object) -> None:
        if not self.place.isModified():
            self.place.setText(str(workspace_service.default_place(self._folder_name())))

    def _choose(self) -> None:
        if folder := ask_folder(self, tr("workspace", "Folder")):
            self.place.setText(str(folder / (self._folder_name() or "UCAPDesk")))
            self.place.setModified(True)

    def _show_passphrase(self, shown: bool) -> None:
        self._form.setRowVisible(self.passphrase, shown)
        self._form.setRowVisible(self.again, shown)
        self._warning.setVisible(shown)
        fit_dialog(self, 560)

    def accept(self) -> None:
        passphrase = self.passphrase.text() if self.protect.isChecked() else None
        if passphrase is not None and passphrase != self.again.text():
            self.fail(tr("workspace", "The two passphrases differ. Nothing was created; type both again."))
            return
        if self.attempt(lambda: self._make(passphrase)):
            super().accept()

    def _make(self, passphrase: str | None) -> None:
        place, name, person = Path(self.place.text()).expanduser(), self.name.text().strip(), self.person.text().strip()
        self.desk = workspace_service.new(place, name=name, person=person, passphrase=passphrase)


class PassphraseDialog(_Asking):
    """Asks for the passphrase of a workspace, a backup or a package; for a ``new`` one twice, as nobody sees what is typed."""

    def __init__(
        self, title: str, asked: str, accept: str, parent: QWidget | None = None, *, new: bool = False
    ) -> None:
        super().__init__("passphrase", title, parent)
        self.line = self.again = _secret(self, tr("workspace", "Passphrase"))
        if new:
            self.again = _secret(self, tr("workspace", "Repeat passphrase"))
        lines = [captioned(line.accessibleName(), line) for line in (self.line, self.again)] if new else [self.line]
        self.put(accept, label(breakable(asked)), *lines)
        fit_dialog(self, 440)

    def accept(self) -> None:
        if self.again.text() == self.line.text():
            super().accept()
        else:
            self.fail(_DIFFER.say())
            fit_dialog(self, 440)


class NewPassphraseDialog(_Asking):
    """Asks for the passphrase of the open workspace and for another one; accepted once the two can be taken."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("new_passphrase", tr("settings", "Change the passphrase"), parent)
        self._desk = desk
        self.old = _secret(self, tr("workspace", "Current passphrase"))
        self.new = _secret(self, tr("workspace", "New passphrase"))
        self.again = _secret(self, tr("workspace", "Repeat passphrase"))
        fields = [captioned(line.accessibleName(), line) for line in (self.old, self.new, self.again)]
        said = tr(
            "workspace",
            "A forgotten passphrase cannot be replaced. Backup files that were saved elsewhere keep the old one.",
        )
        self.put(tr("workspace", "Change it"), *fields, label(said, "second"), gap=theme.GAP)
        self.old.setFocus()
        fit_dialog(self, 480)

    def accept(self) -> None:
        if self.new.text() != self.again.text():
            self.fail(_DIFFER.say())
        elif self.attempt(self._refuse):
            super().accept()
            return
        fit_dialog(self, 480)

    def _refuse(self) -> None:
        workspace_service.refuse_passphrases(self._desk.workspace.path, self.old.text(), self.new.text())


OTHER, MAKE, SAMPLE, READ, RESTORE, BACKUP = "other", "make", "sample", "read", "restore", "backup"

WAYS = {
    READ: Message("workspace", "Open read-only"),
    RESTORE: Message("workspace", "Restore the last backup"),
    BACKUP: Message("workspace", "Restore a backup file…"),
    OTHER: Message("workspace", "Open another workspace…"),
    MAKE: Message("workspace", "Create a new workspace…"),
    SAMPLE: Message("workspace", "Open sample"),
}


class StartDialog(Dialog):
    """Says why a workspace is not open and offers ways out, one of which is its answer."""

    def __init__(self, why: UserError, path: Path, parent: QWidget | None = None) -> None:
        super().__init__("start", "UCAPDesk", parent)
        self.why = label(breakable(why.say()))
        head = label(tr("workspace", "“{name}” is not open", name=path.name), "page")
        parts: list[Part] = [head, self.why, self._place(path)]
        last = next((copy for copy in maintenance.copies(path) if copy.name == why.details.get("backup")), None)
        if last is not None:
            said = tr(
                "workspace",
                "The last backup is of {time}. When it is restored, what is damaged is kept beside it.",
                time=when_made(last),
            )
            parts.append(label(said, "second"))
        first, *others = (
            button(f"start.{way}", WAYS[way].say(), partial(self.leave, way), "" if at else "main")
            for at, way in enumerate(ways(why, path))
        )
        first.setDefault(True)
        column(*parts, theme.GAP, first, *others, on=self, gap=theme.GAP)
        first.setFocus()
        fit_dialog(self, 520)

    def _place(self, path: Path) -> QHBoxLayout:
        where = named(label(breakable(str(path)), "second"), "start.place")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        nearest = next((each for each in (path, *path.parents) if each.is_dir()), path)
        show = button("start.show", tr("workspace", "Show the folder"), lambda: show_folder(nearest), "quiet")
        return row(grow(where), show)


def when_made(copy: maintenance.AutomaticBackup) -> str:
    made = local_time(copy.time)
    return f"{say_date(PartialDate(f'{made:%Y-%m-%d}'))} {made:%H:%M}"


def ways(why: UserError, path: Path) -> tuple[str, ...]:
    """Return the ways out of an error that kept the workspace at ``path`` from opening, the best first."""
    if isinstance(why, SecondWriter):
        return (READ, OTHER, MAKE)
    if why.code == DAMAGED_WORKSPACE.code:
        return (RESTORE, BACKUP, READ, OTHER, MAKE)
    if why.code == DAMAGED_WITHOUT_BACKUP.code:
        return (BACKUP, READ, OTHER, MAKE)
    there = (READ,) if (path / workspace_service.INFO).is_file() else ()
    return (OTHER, MAKE, BACKUP, *there, SAMPLE)
