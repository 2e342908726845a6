"""A visit of the present week in the sample: delegation, programme, meeting, MoU and actions, so that a newcomer sees all of them at work."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.ids import new_id
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.ucap_kinds import Ucap
from ucapdesk.model.text.format import title_of
from ucapdesk.services.visits.visits_week import week_of
from ucapdesk.store.desk import Desk

LIVING = "sample/living.json"
_DAY = re.compile(r"\{(-?\d+)\}")


def add(desk: Desk) -> None:
    """Add it as one step."""
    monday = week_of(today(desk.workspace.clock))
    known = {title_of(each, "en"): each.id for each in desk.read.page(Place, desk.read.ids(Place))}
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
    """Return a value with days and records in place of what stands for them."""
    if isinstance(value, dict):
        return {key: _put(each, names, monday) for key, each in value.items()}
    if isinstance(value, list):
        return [_put(each, names, monday) for each in value]
    if not isinstance(value, str) or value in names:
        return names.get(value, value) if isinstance(value, str) else value
    return _DAY.sub(lambda day: (monday + timedelta(int(day[1]))).isoformat(), value)
