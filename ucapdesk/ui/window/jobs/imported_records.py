"""Imports what was chosen and tells of it; where the filter of the list hides some of the new records, that is said, with a way to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.files import incoming_files
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.records import records
from ucapdesk.ui.window.navigation.navigator import NavigableWindow


class ImportedRecords:
    """The records of a kind that are new since this was made, before the import was written."""

    def __init__(self, window: NavigableWindow, kind: str) -> None:
        self.window, self.kind = window, kind
        self._before = frozenset(self._listed())

    def tell(self, sentence: str) -> None:
        """Report the import, with Undo, or with a way to those that the filter hides."""
        window, new = self.window, [id_ for id_ in self._listed() if id_ not in self._before]
        hidden = [id_ for id_ in new if window.list.table.row_of(id_) < 0] if window.section == self.kind else []
        if not hidden:
            window.say_done(sentence)
            return
        why = ntr("window", "The filter hides {n} of them.", "The filter hides {n} of them.", len(hidden))
        window.say(f"{sentence} {why}")
        window.toast.say(f"{sentence} {why}", tr("window", "Show them"), lambda: self._show(hidden[0]))

    def _show(self, id_: str) -> None:
        """Clear the filter, and go to the first of them."""
        self.window.list.clear_filter()
        self.window.show_record(id_)
        self.window.focus_list()

    def _listed(self) -> list[str]:
        return records.listing(self.window.desk, self.kind) if self.kind in KINDS else []


def take_in(
    window: NavigableWindow, chosen: Sequence[tuple[Plan, list[int]]], say: Callable[[int], str],
    then: Callable[[], object] = lambda: None,
) -> None:  # fmt: skip
    """Import the chosen lines of proposals as one step; show them, ``say`` how many, and go on."""
    plans = [plan for plan, _ in chosen]
    imported = ImportedRecords(window, plans[0].kind)

    def done(n: int) -> None:
        show_imported(window, plans)
        imported.tell(say(n))
        then()

    title = tr("work", "Importing {file}", file=", ".join(plan.file for plan in plans))
    window.work.write(title, lambda _: incoming_files.take_all(window.desk, chosen), done)


def show_imported(window: NavigableWindow, plans: Sequence[Plan]) -> None:
    """Show the record that a proposal is about, else its list."""
    shown = next((plan.shows for plan in plans if plan.shows), "")
    if shown and window.desk.read.kind_of(shown):
        window.show_record(shown)
    elif window.section != plans[0].kind:
        window.show_section(plans[0].kind)
