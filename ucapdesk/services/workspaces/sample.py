"""The sample workspace: the imported Liuzhou paper with unreviewed draft translations into Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ucapdesk.base.i18n import tr
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.desk import Desk

if TYPE_CHECKING:
    from ucapdesk.formats.glance.glance_records import RecordDraft

SAMPLE_MARK = "sample"
PAPER, ADDED = "sample/ucap-liuzhou.txt", "sample/liuzhou.json"


def make(path: Path, *, living: bool = False) -> Desk:
    """Create a workspace with the sample; return it open. ``living``: with a visit of this week."""
    from ucapdesk.formats.glance.additions import additions
    from ucapdesk.formats.glance.glance_table import read
    from ucapdesk.formats.glance.understand import understand  # only here: every window asks ``is_sample``
    from ucapdesk.services.files.imports import import_files

    desk = workspace_service.new(path, name=tr("sample", "Sample: Liuzhou"))
    try:
        desk.mark(SAMPLE_MARK)
        paper = resource(PAPER)
        import_files(desk, [paper])
        state, added = additions(understand(read(paper)), resource(ADDED))
        with desk.save(["sample.make", {}]) as work:
            for draft in added:
                record = work.new(KINDS[draft.kind].cls, draft.id)
                for name, value in _with_state(draft, record, state).items():
                    setattr(record, name, value)
        if living:
            from ucapdesk.services.workspaces import living_sample

            living_sample.add(desk)
    except BaseException:
        desk.close()
        raise
    return desk


def is_sample(desk: Desk) -> bool:
    """Return whether a workspace is the sample: invented data, kept apart, never to be given to anybody."""
    return bool(desk.marked(SAMPLE_MARK))


def _with_state(draft: RecordDraft, record: object, state: str) -> dict[str, Any]:
    """Return the values to add: texts beside existing ones, each with the same state.

    The names of a country are those of a reference list, not translations of ours.
    """
    from ucapdesk.services.files.draft_records import values_of

    values = values_of(draft)
    for name, added in values.items():
        if isinstance(added, Bilingual) and draft.kind != "country":
            held = getattr(record, name) or Bilingual()
            for lang, text in added.items():
                held = held.put(lang, text).mark(lang, state)
            values[name] = held
    return values
