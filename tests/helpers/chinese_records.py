"""Records without a word of English, to see the window in Chinese alone."""

from __future__ import annotations

from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import TextType
from ucapdesk.model.values.groups import GroupType, HanName
from ucapdesk.services import Desk
from ucapdesk.services.records import records

TEXT = "柳州"  # The text of every text field


def fill_in_chinese(desk: Desk) -> None:
    """Create a record of every kind that can be, without a letter of the Latin alphabet."""
    fill_in(desk, TEXT, "zh")


def fill_in(desk: Desk, text: str, lang: str) -> None:
    """Create a record of every kind that can be, with ``text`` in one language in each text field."""
    for kind in sorted(LISTED.values(), key=lambda kind: len(kind.owners)):
        values: dict[str, Any] = {}
        for name, field in kind.fields.items():
            if isinstance(field.type, BilingualType):
                values[name] = Bilingual({lang: text})
            elif isinstance(field.type, TextType) and field.meta.kinds:
                linked = next((ids[0] for each in field.meta.kinds if (ids := records.listing(desk, each))), None)
                if linked:
                    values[name] = linked
            elif isinstance(field.type, TextType) and not field.meta.codes and not field.meta.local:
                values[name] = text
            elif isinstance(field.type, GroupType) and field.type.cls is HanName:
                values[name] = HanName("陈", "燕")
        try:
            records.add(desk, kind.name, values)
        except UserError:  # already recorded
            continue
