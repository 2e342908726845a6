"""Asks in a window whether records are the same: possible duplicates, or any two that the user names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.record import Field
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values.cells import TextType
from ucapdesk.services.records import duplicates, link_choices, records
from ucapdesk.services.records.duplicates import Alike
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
from ucapdesk.ui.record.picker import MAX_CHOICES, Options, PickerDialog, label_of, options_of

if TYPE_CHECKING:
    from ucapdesk.services import Desk
    from ucapdesk.ui.window.navigation.navigator import NavigableWindow


def compare(window: NavigableWindow, pairs: Sequence[Alike]) -> None:
    """Compare pairs of records, and write the answers."""
    if not pairs:
        window.say(tr("same", "No duplicates found."))
        return
    dialog = DuplicatesDialog(window.desk, pairs, window)
    dialog.exec()
    said, look_at, answered = dialog.said(), dialog.look_at, dialog.answered
    dialog.deleteLater()
    if answered:
        window.say(said)
        window.toast.say(said, tr("action", "Undo"), lambda: window.do("edit.undo"))
    if look_at:
        window.show_record(look_at)
    window.exchange.refresh()


def look_alikes(window: NavigableWindow, id_: str) -> None:
    """Compare the possible duplicates of a record, and show those merged with it."""
    kind = kind_of(records.get(window.desk, id_)).name
    one = [Alike(kind, id_, other, ()) for other in duplicates.others(window.desk, id_)]
    compare(window, [*duplicates.find_of(window.desk, id_), *one])


def name_other(window: NavigableWindow, id_: str) -> None:
    """Ask which other record is the same; possible duplicates come first."""
    kind = kind_of(records.get(window.desk, id_))
    title = tr("same", "The same as which one?")
    dialog = PickerDialog(title, _others(window.desk, id_), [], several=False, parent=window)
    chosen = dialog.chosen if dialog.exec() else []
    dialog.deleteLater()
    if chosen:
        compare(window, [Alike(kind.name, min(id_, chosen[0]), max(id_, chosen[0]), ())])


def _others(desk: Desk, id_: str) -> Options:
    kind = kind_of(records.get(desk, id_)).name
    field = KindField(kind, "", Field("", kinds=(kind,)), TextType())
    known = options_of(desk, field)
    alike = [each.b if each.a == id_ else each.a for each in duplicates.find_of(desk, id_)]

    def options(find: str, chosen: Sequence[str]) -> dict[str, str]:
        first = [] if find.strip() else link_choices.named(desk, field, alike, details=True)
        found = {each.key: label_of(each) for each in first} | known(find, chosen)
        return {key: label for key, label in list(found.items())[:MAX_CHOICES] if key != id_}

    return options
