"""The sample workspace: the imported Liuzhou paper with unreviewed draft translations into Chinese."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import tr
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.partnership_kinds import Place, Ucap
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import Bilingual
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.desk import Desk

if TYPE_CHECKING:
    from ucapdesk.formats.glance.record_drafts import RecordDraft
    from ucapdesk.formats.paper_contents import Glance

SAMPLE_MARK = "sample"
PAPER, ADDED = "sample/ucap-liuzhou.txt", "sample/liuzhou.json"
LIVING = "sample/living.json"
_DAY = re.compile(r"\{(-?\d+)\}")


def make(path: Path, *, living: bool = False) -> Desk:
    """Create a workspace with the sample; return it open. ``living``: with a visit of this week."""
    from ucapdesk.formats.glance.extract import understand  # only here: every window asks ``is_sample``
    from ucapdesk.formats.glance.glance_table import read
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
            _add_visit(desk)
    except BaseException:
        desk.close()
        raise
    return desk


def is_sample(desk: Desk) -> bool:
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


def additions(glance: Glance, path: Path) -> tuple[str, list[RecordDraft]]:
    """Return the state of the texts in a file of additions, and the additions as drafts with no other contents.

    The texts are drafts until a translator has read them; the file says so. Countries named by a place and not by the paper
    come first, as records of their own.
    """
    from ucapdesk.formats.glance.record_drafts import RecordDraft, country_draft, drafts

    kept: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    made = {f"{draft.kind}/{draft.position}": draft for draft in drafts(glance)}
    added: list[RecordDraft] = []
    countries: dict[str, RecordDraft] = {}
    for key, values in kept["records"].items():
        draft, said = made[key], dict(values)
        if code := said.get("country"):
            said["country"] = derived_id("country", code)
            if f"country/{code}" not in made:
                countries[code] = country_draft(code)
        added.append(RecordDraft(draft.kind, draft.id, draft.position, said))
    return str(kept["state"]), [*countries.values(), *added]


def _add_visit(desk: Desk) -> None:
    from ucapdesk.services.visits.visit_itinerary import week_of

    monday = week_of(today(desk.workspace.clock))
    known = {title_of(each, "en"): each.id for each in desk.read.listed(Place)}
    known["ucap"] = desk.read.ids(Ucap)[0]
    told = json.loads(resource(LIVING).read_text(encoding="utf-8"))["records"]
    made = {key: new_id() for _, key, _ in told if key}
    names = {f"#{name}": id_ for name, id_ in known.items()} | {f"@{key}": id_ for key, id_ in made.items()}
    with desk.save(["sample.make", {}]) as work:
        for name, key, values in told:
            kind = KINDS[name]
            said = {field: kind.fields[field].type.read(_put(value, names, monday)) for field, value in values.items()}
            work.new(kind.cls, *([made[key]] if key else ()), **said)


def _put(value: Any, names: Mapping[str, str], monday: date) -> Any:
    if isinstance(value, dict):
        return {key: _put(each, names, monday) for key, each in value.items()}
    if isinstance(value, list):
        return [_put(each, names, monday) for each in value]
    if not isinstance(value, str) or value in names:
        return names.get(value, value) if isinstance(value, str) else value
    return _DAY.sub(lambda day: (monday + timedelta(int(day[1]))).isoformat(), value)
