"""Opens a workspace from a folder or a file: asks for passphrases, and offers ways out where it cannot be opened."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base import settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, tr
from ucapdesk.services import Desk, PassphraseNeeded, WrongPassphrase
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.toolkit.plain_text import ask
from ucapdesk.ui.window.jobs.job_runner import Cancelled, Progress

if TYPE_CHECKING:
    from ucapdesk.services.exchange.exchange_service import Manifest
    from ucapdesk.ui.workspaces.first_run import FirstRun

SAMPLE_NAME = "Liuzhou"
BACKUP, PACKAGE = ".ucapbackup", ".ucapx"
_SAMPLE = "sample"
"""The name under which the settings keep the path of the sample."""


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
            except (PassphraseNeeded, WrongPassphrase) as error:
                passphrase = self._passphrase(path, error if isinstance(error, WrongPassphrase) else None)
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
        """Show why a workspace cannot be opened, and do what the user chooses."""
        from ucapdesk.ui.toolkit.file_dialogs import ask_file, ask_folder
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
        """Return a workspace restored from a backup, asking for its passphrase."""

        def attempt(given: str | None) -> Desk | None:
            from ucapdesk.services.workspaces import maintenance
            from ucapdesk.ui.window.jobs.wait_dialog import wait_for

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
        """Return a new workspace made of a backup file, if the user wants one."""
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
        """Return a new workspace, after asking for its options."""
        from ucapdesk.ui.workspaces.workspace_dialogs import NewWorkspaceDialog

        dialog = NewWorkspaceDialog(self._over())
        dialog.ask()
        return dialog.desk

    def sample(self) -> Desk | None:
        """Return the sample: the existing one, else a new one."""
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
        """Show the page of the first start until a workspace is open or the user leaves."""
        from ucapdesk.ui.workspaces.first_run import FirstRun

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
        from ucapdesk.ui.window.jobs.wait_dialog import wait_for

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
            except (exchange_service.PassphraseOfPackage, exchange_service.WrongPassphraseOfPackage) as told:
                wrong = told if isinstance(told, exchange_service.WrongPassphraseOfPackage) else None
                if (given := self._passphrase(file, wrong)) is None:
                    return None
                passphrase = exchange_service.given_after(told, given)

    def _settled(self, place: Path, manifest: Manifest, person: str) -> Desk | None:
        """Ask who the user is; a workspace that was only looked at is removed."""
        from ucapdesk.ui.exchange.join_dialog import JoinDialog

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
    """Remove a closed workspace with everything in its folder."""
    shutil.rmtree(path, ignore_errors=True)
