"""The exchange commands of a window: write packages, preview, apply, decide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, sentences, tr
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.exchange.exchange_service import (
    APPLIED,
    OF_NEW_LAPTOPS,
    PACKAGE_OF_OTHER_WORKSPACE,
    Given,
    PackageLocked,
    Report,
    Stranger,
)
from ucapdesk.services.people import privacy
from ucapdesk.services.records import duplicates
from ucapdesk.services.records.duplicates import Alike
from ucapdesk.services.workspaces import sample
from ucapdesk.ui.exchange import exchange_words
from ucapdesk.ui.exchange.duplicates_dialog import compare
from ucapdesk.ui.exchange.exchange_dialogs import JOIN, ConflictDialog, LaptopDialog, ReceiveDialog
from ucapdesk.ui.exchange.watched_places import share, shared_folder
from ucapdesk.ui.toolkit.dialogs import ask_folder, ask_where
from ucapdesk.ui.toolkit.widgets import ask
from ucapdesk.ui.window.background_jobs import Progress
from ucapdesk.ui.window.main_window import NavigableWindow
from ucapdesk.ui.workspaces.workspace_dialogs import PassphraseDialog


@dataclass(frozen=True)
class _Coming:
    """Packages to be received.

    Attributes:
        files: The packages, besides those that wait.
        passphrase: For those that are protected.
        answered: The laptops that were asked about, and whether they are accepted.
    """

    files: Sequence[Path]
    passphrase: str | None = None
    answered: Mapping[str, bool] = field(default_factory=dict)

    @property
    def accepted(self) -> list[str]:
        return [device for device, yes in self.answered.items() if yes]


class ExchangeController(QObject):
    def __init__(self, window: NavigableWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk

    # -- giving -----------------------------------------------------------------------------------

    def give_to(self, folder: Path) -> None:
        said = tr("exchange", "Written and checked. You can remove the USB stick.")
        self._give(partial(exchange_service.give, self._desk, folder), said)

    def save(self) -> None:
        window, page = self._window, self._window.exchange.page
        passphrase = None
        if page is not None and page.protect is not None and page.protect.isChecked():
            passphrase = self._ask_passphrase(
                tr("exchange", "Passphrase for this package. Tell it to your colleagues in another way."),
                tr("exchange", "Save package…"),
                new=True,
            )
            if not passphrase:
                return
        name, forms = exchange_service.package_name(self._desk), f"UCAPDesk (*{exchange_service.PACKAGE_SUFFIX})"
        if target := ask_where(window, tr("exchange", "Save package…"), name, forms):
            self._give(partial(exchange_service.give, self._desk, target, passphrase=passphrase))

    def give_folder(self) -> None:
        if folder := shared_folder(self._desk):
            self._give(partial(exchange_service.give_into, self._desk, folder))

    def _give(self, write: Callable[..., Given], said: str = "") -> None:
        self._window.record.save_now()
        self._window.work.run(
            tr("exchange", "Writing a package"),
            lambda progress: write(progress=progress.step),
            lambda given: self._given(said or tr("exchange", "Written and checked: {file}", file=given.file.name)),
            self.failed,
        )

    def _given(self, said: str) -> None:
        self._window.say(said)
        self._window.toast.say(said)
        self._window.exchange.refresh()

    def failed(self, error: UserError) -> None:
        self._window.notice.say(error.say())
        self._window.exchange.refresh()

    def share(self) -> None:
        folder = ask_folder(self._window, tr("exchange", "Choose a shared folder…"))
        if folder is None:
            return
        if folder.resolve() in (own := self._desk.workspace.path.resolve(), *own.parents):
            inside = tr(
                "exchange",
                "This workspace is in that folder itself, and would be synchronised while it is written. "
                "Nothing was changed; choose a separate folder for packages.",
            )
            self._window.notice.say(inside)
            return
        share(self._desk, folder)
        self._window.exchange.refresh()

    def unshare(self) -> None:
        """Stop watching the folder; its packages stay there."""
        share(self._desk, None)
        self._window.exchange.refresh()

    # -- receiving --------------------------------------------------------------------------------

    def open(self) -> None:
        self._window.do("file.receive")

    def receive(self, files: Sequence[Path]) -> None:
        """Preview packages, waiting ones included, and apply those the user accepts."""
        if sample.is_sample(self._desk) and files:  # which is not exchanged: what came is somebody's own workspace
            self._window.record.save_now()
            self._open_apart(files[0])
        else:
            self._look(_Coming(files))

    def _look(self, coming: _Coming) -> None:
        desk = self._desk
        self._window.record.save_now()

        def look(progress: Progress) -> tuple[list[Report], list[Stranger]]:
            with progress.writing():
                reports = exchange_service.receive(
                    desk,
                    coming.files,
                    accept=coming.accepted,
                    dry_run=True,
                    passphrase=coming.passphrase,
                    progress=progress.step,
                )
            return reports, exchange_service.strangers(desk, reports)

        said = tr("exchange", "Checking packages")
        self._window.work.run(said, look, lambda looked: self._ask(coming, *looked))

    def _ask(self, coming: _Coming, reports: list[Report], strangers: Sequence[Stranger]) -> None:
        locked = next((r.why for r in reports if isinstance(r.why, PackageLocked)), None)
        if locked is not None:
            if said := self._ask_passphrase(locked.say(), tr("workspace", "Open")):
                self._look(replace(coming, passphrase=exchange_service.PackagePassphrase(said)))
            return
        new = {each.device: self._is_the_same(each) for each in strangers if each.device not in coming.answered}
        if any(new.values()):
            self._look(replace(coming, answered={**coming.answered, **new}))
            return
        told = [each for each in reports if each.code not in OF_NEW_LAPTOPS]
        files = [file for file, each in zip(coming.files, reports, strict=False) if each in told]
        if not told:
            return
        dialog = ReceiveDialog(self._desk, told, self._window)
        accepted = dialog.ask()
        if dialog.answer == JOIN:
            whose = [each.code == PACKAGE_OF_OTHER_WORKSPACE.code for each in told]
            self._open_apart(files[whose.index(True)])
            return
        people = [name for report in reports for name in report.erasing]
        authors = [name for report in reports for name in report.forgetting]
        if accepted and self._may_remove(people, authors):
            self._apply(replace(coming, files=files), {*people, *authors})

    def _is_the_same(self, laptop: Stranger) -> bool:
        """Ask whether the number of a new laptop is the one that its person reads out."""
        sentences = [
            laptop.why or tr("exchange", "This laptop is new here: nobody has confirmed yet whose it is."),
            tr(
                "exchange",
                "Call the person, at a number you know from elsewhere, and have the check number read out: it stands on their page "
                "“Exchange”, under “Laptops”.",
            ),
            tr("exchange", "Accept only if all twelve figures are the same."),
            tr("exchange", "An accepted laptop can change everything here, and brings in the laptops it knows."),
        ]
        choices = [("accept", tr("exchange", "Accept this laptop"))]
        return self._about(laptop, sentences, choices, tr("exchange", "Not now")) == "accept"

    def _about(self, laptop: Stranger, sentences: Sequence[str], choices: Sequence[tuple[str, str]], out: str) -> str:
        dialog = LaptopDialog(laptop, sentences, choices, out, self._window)
        dialog.ask()
        return dialog.answer

    def _may_remove(self, people: Sequence[str], authors: Sequence[str]) -> bool:
        if not people and not authors:
            return True
        answers = [tr("exchange", "Remove and apply"), tr("exchange", "Not now")]
        return ask(self._window, "erase", privacy.say_removal(people, authors), answers, default=1) == 0

    def _open_apart(self, package: Path) -> None:
        """Open the workspace of a package in place of this one, once everything here has ended."""
        QTimer.singleShot(0, self._window, lambda: self._window.open_other(package))

    def accept(self, package: str) -> None:
        """Accept a waiting package, if the check number of its laptop is right; ``package``: its hash."""
        desk = self._desk

        def accepted(laptop: Stranger) -> None:
            if self._is_the_same(laptop):
                self._look(_Coming([], answered={laptop.device: True}))

        said, look = tr("exchange", "Checking packages"), exchange_service.waiting_packages.stranger_of
        self._window.work.run(said, lambda _: look(desk, package), accepted)

    def discard(self, package: str) -> None:
        """Discard a waiting package, by its hash, if the user confirms."""
        why = tr(
            "exchange",
            "The package is removed from this laptop. It can be received again from the file, if that is still there.",
        )
        if ask(self._window, "discard", why, [tr("exchange", "Discard"), tr("exchange", "Keep")]) == 0:
            exchange_service.waiting_packages.discard(self._desk, package)
            self._window.exchange.refresh()

    def _apply(self, coming: _Coming, may_go: Collection[str]) -> None:
        """``may_go``: the people and authors who were asked about, whose data is removed; of others nothing is."""
        desk = self._desk

        def apply(progress: Progress) -> tuple[list[Report], list[Alike]]:
            known = {(pair.a, pair.b) for pair in duplicates.find(desk)}
            with progress.writing():
                reports = exchange_service.receive(
                    desk,
                    coming.files,
                    accept=coming.accepted,
                    passphrase=coming.passphrase,
                    progress=progress.step,
                    may_remove=lambda people, authors: {*people, *authors} <= set(may_go),
                )
                if any(report.forgetting for report in reports):
                    privacy.agree(desk)
            return reports, [pair for pair in duplicates.find(desk) if (pair.a, pair.b) not in known]

        self._window.work.run(tr("exchange", "Receiving changes"), apply, lambda done: self._applied(*done))

    def _applied(self, reports: list[Report], alike: list[Alike]) -> None:
        window = self._window
        applied = [report for report in reports if report.state == APPLIED]
        n = sum(report.written for report in applied)
        why = next((report.why for report in reports if report.why is not None), None)
        told = [why.say() if why is not None else exchange_words.damaged(reports)]
        told += [said for each in reports for said in each.say_consequences()]
        if said := sentences(*told):
            window.notice.say(said)
        if applied:
            said = ntr("exchange", "{n} change applied", "{n} changes applied", n)
            window.say(said)
            back = (tr("action", "Undo"), self.take_back) if exchange_service.undoable(self._desk) else ()
            window.toast.say(said, *back)
        elif why is None:
            window.say(tr("exchange", "You already have all of this."))
        window.exchange.looked_at()
        window.show_views()
        if alike:
            window.exchange.offer_alike(alike)

    def take_back(self) -> None:
        try:
            exchange_service.undo_receive(self._desk, exchange_service.undoable(self._desk) or "")
        except UserError as error:
            self._window.notice.say(error.say())
            return
        self._window.say(tr("exchange", "Undone; everything is as it was before."))
        self._window.exchange.refresh()

    def compare(self, pairs: Sequence[Alike] | None = None) -> None:
        self._window.record.save_now()
        compare(self._window, duplicates.find(self._desk) if pairs is None else pairs)

    def decide(self) -> None:
        window = self._window
        waiting = conflicts.conflicts(self._desk)
        if not waiting:
            window.say(tr("window", "Nothing to decide."))
            return
        window.record.save_now()
        dialog = ConflictDialog(self._desk, waiting, window)
        dialog.ask()
        if dialog.decided:
            window.say(dialog.said())
        if dialog.look_at:
            window.show_record(dialog.look_at)
        window.exchange.refresh()

    # -- laptops ----------------------------------------------------------------------------------

    def about_device(self, device: str, trust: str) -> None:
        desk = self._desk
        self._window.work.run(
            tr("exchange", "Working out a check number"),
            lambda _: exchange_service.devices.described(desk, device),
            lambda laptop: self._own(laptop) if trust == exchange_service.devices.ME else self._other(laptop, trust),
        )

    def _own(self, laptop: Stranger) -> None:
        said = tr(
            "exchange",
            "Read this number to a colleague who asks for it, by telephone: it shows that a package is yours.",
        )
        self._about(laptop, [said], [], tr("notice", "Close"))

    def _other(self, laptop: Stranger, trust: str) -> None:
        why = tr(
            "exchange",
            "Packages of a blocked laptop are refused here. Nobody waits for one that is no longer used.",
        )
        blocked = trust == exchange_service.devices.BLOCKED
        first = ("accept", tr("exchange", "Accept again")) if blocked else ("block", tr("exchange", "Block"))
        choices = [first, ("retire", tr("exchange", "No longer used"))]
        answer = self._about(laptop, [why], choices, tr("notice", "Close"))
        if answer:
            devices = exchange_service.devices
            do = {"accept": devices.accept, "block": devices.block, "retire": devices.retire}[answer]
            do(self._desk, laptop.device)
        self._window.exchange.refresh()

    def tell(self, sentence: str) -> None:
        self._window.say(sentence)

    def _ask_passphrase(self, said: str, accept: str, *, new: bool = False) -> str:
        dialog = PassphraseDialog(tr("exchange", "Passphrase"), said, accept, self._window, new=new)
        return dialog.line.text() if dialog.ask() else ""
