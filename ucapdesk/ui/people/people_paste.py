"""The preview of people, programmes and minutes that are pasted on a page, and what is made of the ticked lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ucapdesk.ui.record.record_page import RecordPage

if TYPE_CHECKING:  # most pages are opened without anything pasted
    from ucapdesk.services.files.incoming_files import Plan


def paste_people(
    view: RecordPage, text: str, known: str, owner: Callable[[], str], values: Mapping[str, str], *, day: str = ""
) -> bool:
    """Show what pasted people or a programme would make, and make it as one step. Return False where the text is none.

    ``known`` is the record in which they take part, if it exists; ``owner`` gives it, and may make it; ``day`` is that
    of hours before any day.
    """
    from ucapdesk.services.people.pasted_people import plan_people

    return paste_plan(
        view,
        lambda: plan_people(view.desk, text, known, values, day),
        None if known else lambda: plan_people(view.desk, text, owner(), values, day),
    )


def paste_minutes(view: RecordPage, text: str, *, whole: bool) -> bool:
    """Show what pasted minutes would make in the meeting of the page, and make it as one step; ``whole``: each line is a part of them.

    Return False where the text is no minutes.
    """
    from ucapdesk.services.people.pasted_people import plan_minutes

    return paste_plan(view, lambda: plan_minutes(view.desk, text, view.make_now, whole=whole))


def paste_plan(
    view: RecordPage, read: Callable[[], Plan | None], again: Callable[[], Plan | None] | None = None
) -> bool:
    """Show the plan of what was pasted, and write its ticked lines. Return False where there is none.

    ``again`` reads it once more before it is written.
    """
    from ucapdesk.services.files import incoming_files

    found = view.made(lambda: [read()])
    if found is None:
        return True  # the page says why
    plan = found[0]
    if plan is None:
        return False
    from ucapdesk.ui.imports.import_page import ImportPage

    dialog = ImportPage(plan, view.window())
    chosen = dialog.chosen if dialog.ask() else []

    def take() -> int:
        wanted = again() if again else plan
        return incoming_files.take(view.desk, wanted, chosen) if wanted is not None else 0

    taken = view.made(take) if chosen else None
    if taken is not None:
        view.done.emit(incoming_files.say_taken(plan, taken))
    return True
