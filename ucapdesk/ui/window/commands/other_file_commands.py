"""Import and export of business cards and calendars."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.exchange import outgoing_files
from ucapdesk.services.records import records
from ucapdesk.ui.window.commands.command_area import Area
from ucapdesk.ui.window.jobs.job_runner import Progress

if TYPE_CHECKING:
    from ucapdesk.services.people.incoming_files import Plan


class NoCardCopied(UserError):
    """The clipboard holds no business card."""

    sentence = (
        "What was copied is no business card, nor the foot of a letter with an e-mail address. "
        "Nothing was changed; copy the whole card or signature first."
    )


class OtherFileCommands(Area):
    """Commands of the File menu, and the import of such files."""

    def readers(self) -> dict[str, str]:
        """Return the importable suffixes with those of cards and calendars added."""
        from ucapdesk.services.people import vcards
        from ucapdesk.services.visits import calendar_import

        before: Callable[[], dict[str, str]] = super().readers  # type: ignore[misc]
        return {**before(), vcards.SUFFIX: "import_others", calendar_import.SUFFIX: "import_others"}

    def import_others(self, paths: list[Path]) -> None:
        """Import cards and calendars, one after the other: the contents of each are previewed first."""
        record = self._window.record.record
        visit = record.id if record is not None and self._shown() and kind_of(record).name == "visit" else None
        for path in paths:
            self._window.work.run(
                tr("work", "Reading {file}", file=path.name), partial(self._plan, path, visit), self.offer_plan
            )

    def take_copied(self) -> None:
        """Import a business card, or a mail signature, from the clipboard: previewed as a file would be."""
        from ucapdesk.services.people import pasted_people, vcards

        text = QApplication.clipboard().text()
        rows = pasted_people.plan_people(self._desk, text) if "\t" in text else None
        plan = rows or vcards.plan_text(self._desk, text, tr("cards", "What was copied"))
        plan = plan or pasted_people.plan_people(self._desk, text)
        if plan is None:
            raise NoCardCopied
        self.offer_plan(plan)

    def _plan(self, path: Path, visit: str | None, _: Progress) -> Plan:
        from ucapdesk.services.people import vcards
        from ucapdesk.services.visits import calendar_import

        if path.suffix.lower() == vcards.SUFFIX:
            return vcards.plan_file(self._desk, path)
        return calendar_import.plan_file(self._desk, path, visit)

    def offer_plan(self, plan: Plan) -> None:
        """Preview the contents of a file, and import what stays ticked."""
        from ucapdesk.ui.lists.incoming_dialog import IncomingDialog

        dialog = IncomingDialog(plan, self._window)
        chosen = dialog.chosen if dialog.exec() else []
        dialog.deleteLater()
        if chosen:
            self._window.work.run(
                tr("work", "Importing {file}", file=plan.file),
                partial(self._take, plan, chosen),
                lambda n: self._done(plan, n),
            )

    def _take(self, plan: Plan, chosen: list[int], progress: Progress) -> int:
        from ucapdesk.services.people import incoming_files

        with progress.writing():
            return incoming_files.take(self._desk, plan, chosen)

    def _done(self, plan: Plan, n: int) -> None:
        from ucapdesk.services.people import incoming_files

        if self._window.section != plan.kind:
            self._window.show_section(plan.kind)
        self._tell_done(incoming_files.say_taken(plan, n))

    # -- out --------------------------------------------------------------------------------------

    def save_for_others(self) -> None:
        """Write the shown record, or the selected rows, as a card or a calendar."""
        from ucapdesk.ui.lists.export_form_dialog import OutgoingDialog

        ids = self._chosen()
        kind = kind_of(records.get(self._desk, ids[0])).name
        ids = [record.id for record in records.several(self._desk, ids) if kind_of(record).name == kind]
        title = records.titles(self._desk, ids[:1]).get(ids[0], "")
        dialog = OutgoingDialog(
            outgoing_files.forms_of(kind), title if len(ids) == 1 else self._count(kind, ids), self._window
        )
        wanted = (dialog.form, dialog.private) if dialog.exec() else None
        dialog.deleteLater()
        if wanted is None:
            return
        form, private = wanted
        suggested = "".join(" " if each in '/\\:*?"<>|' else each for each in " ".join(title.split()))[:80].strip()
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("action", "Save for other programs…"),
            f"{suggested or 'ucapdesk'}{form.suffix}",
            f"UCAPDesk (*{form.suffix})",
        )
        if name:
            target = Path(name) if Path(name).suffix.lower() == form.suffix else Path(name + form.suffix)
            written = outgoing_files.write(self._desk, kind, ids, target, private=private, form=form)
            self._window.say(outgoing_files.say(written, target))
            if written.left_out:
                self._window.toast.say(outgoing_files.say(written, target))

    @staticmethod
    def _count(kind: str, ids: list[str]) -> str:
        return f"{records.kind_named(kind).plural()}: {len(ids)}"
