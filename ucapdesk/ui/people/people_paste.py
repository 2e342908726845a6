"""The preview of people pasted as rows of a table, and what is made of the ticked ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ucapdesk.ui.record.record_page import RecordPage


def paste_people(view: RecordPage, text: str, known: str, owner: Callable[[], str], values: Mapping[str, str]) -> bool:
    """Show what a pasted table of people would make, and make it as one step. Return False where the text is none.

    ``known`` is the record in which they take part, if it exists; ``owner`` gives it, and may make it.
    """
    from ucapdesk.services.files import incoming_files
    from ucapdesk.services.people.pasted_people import plan_people

    plan = plan_people(view.desk, text, known, values)
    if plan is None:
        return False
    from ucapdesk.ui.imports.import_page import ImportPage

    dialog = ImportPage(plan, view.window())
    chosen = dialog.chosen if dialog.exec() else []
    dialog.deleteLater()

    def take() -> None:
        wanted = plan if known else plan_people(view.desk, text, owner(), values)
        if wanted is not None:
            incoming_files.take(view.desk, wanted, chosen)

    if chosen and view.attempt(take):
        view.done.emit(incoming_files.say_taken(plan, len(chosen)))
    return True
