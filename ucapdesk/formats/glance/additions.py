"""Additions to a UCAP paper, kept in a file beside it: translations and facts by kind and position.

The sample's Chinese texts come this way. They are drafts until a translator has read them; the file says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ucapdesk.base.ids import derived_id
from ucapdesk.formats.glance.glance_parts import Glance
from ucapdesk.formats.glance.glance_records import RecordDraft, country_draft, drafts


def additions(glance: Glance, path: Path) -> tuple[str, list[RecordDraft]]:
    """Return the state of the texts in a file of additions, and the additions as drafts with no other contents.

    Countries named by a place and not by the paper come first, as records of their own.
    """
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
