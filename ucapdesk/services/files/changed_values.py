"""The values of a proposal as they are typed, and read again where somebody changes them: also links, codes and times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.fold import fold
from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.formats.glance.glance_records import RecordDraft
from ucapdesk.formats.glance.paper_languages import plain_person
from ucapdesk.model.codes import code_label, find_code
from ucapdesk.model.errors import EntryError
from ucapdesk.model.kinds import KINDS, KindField
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.text.parse.typed_value import as_typed, read_day, read_typed
from ucapdesk.model.values import PartialDate, PersonName, When
from ucapdesk.model.values.partial_date import days_later
from ucapdesk.services.records.link_choices import offers
from ucapdesk.store.desk import Desk

VALUES_JOINED_BY = "; "
_ZONE = re.compile(r"\s+([A-Z]\w+(?:/\w+)+)\s*$")
_YES, _NO = Message("form", "Yes"), Message("form", "No")


@dataclass(frozen=True, slots=True)
class ChangedValues:
    """Types and reads the values of drafts; ``title`` gives the name of a record or a draft."""

    desk: Desk
    drafts: Mapping[str, RecordDraft]
    title: Callable[[str], str]

    def typed(self, field: KindField, value: Any, lang: str) -> str | None:
        """Return a value, or its text in a language, as it is typed; None for what no line can hold."""
        if lang:
            return str(value[lang])
        if isinstance(value, bool):
            return (_YES if value else _NO).say()
        if isinstance(value, When):
            return _typed_when(value)
        if isinstance(value, PersonName):
            return str(value)
        if field.meta.kinds or field.meta.codes:
            members = value if field.is_set else [value]
            return VALUES_JOINED_BY.join(
                self.title(each) if field.meta.kinds else code_label(field.meta.codes, each) for each in members
            )
        return None if isinstance(value, dict) else as_typed(value, language()) or None

    def read(self, kind: str, field: KindField, said: str, held: Any) -> Any:
        """Return the value of a typed text. Raises an ``EntryError`` where it cannot be read."""
        said = said.strip()
        if said in (_YES.say(), _NO.say()) and isinstance(held, bool):
            return said == _YES.say()
        if isinstance(held, When) and said:
            return self._read_when(said, held)
        if field.name == "name" and kind == "person":
            return field.type.read(plain_person(said).get("name"))
        if said and field.meta.kinds:
            ids = [self._linked(field, each) for each in (_parts(said) if field.is_set else [said])]
            return field.type.read(ids if field.is_set else ids[0])
        if said and field.meta.codes and field.is_set and not find_code(field.meta.codes, said):
            said = ",".join(find_code(field.meta.codes, each) or each for each in _parts(said))
        return read_typed(field, said, today(self.desk.workspace.clock), language(), held)

    def _read_when(self, said: str, held: When) -> When:
        zone = _ZONE.search(said)
        day, hours = read_day(_ZONE.sub("", said), today(self.desk.workspace.clock), language(), held)
        first, _, last = (day or "").partition("/")
        start, end = hours
        kept = held.end_date if first == held.date and end else None
        if start and end and end < start and is_day(first) and not (kept or held.end_tz):  # there it may be earlier
            kept = days_later(first, 1)
        return replace(held, date=first, start=start, end=end, end_date=last or kept, tz=zone[1] if zone else held.tz)

    def _linked(self, field: KindField, said: str) -> str:
        """Return the id of what is called so: in the file, else here; the only one whose name has these words will do."""
        wanted, any_kind = fold(said).strip(), "*" in field.meta.kinds
        for draft in self.drafts.values():
            if (any_kind or draft.kind in field.meta.kinds) and fold(self.title(draft.id)).strip() == wanted:
                return draft.id
        found = offers(self.desk, field, said)
        same = [each for each in found if wanted in (fold(each.name).strip(), fold(each.other).strip())] or found
        if len(same) != 1:
            kinds = tr("log", ", ").join(KINDS[kind].plural() for kind in field.meta.kinds if kind in KINDS)
            raise EntryError(
                "Nothing among {kinds}, here or in the file, is called “{said}”; nothing was changed. Type a name as its list has it, or leave this line.",
                code="no-such-name",
                kinds=kinds or field.label(),
                said=said,
            )
        return same[0].key


def _parts(said: str) -> Iterator[str]:
    return (part for part in re.split(r"\s*[;；\n]\s*", said) if part)


def _typed_when(when: When) -> str:
    days = f"{when.date}/{when.end_date}" if when.end_date and not when.start else when.date
    hours = "–".join(filter(None, (when.start, when.end)))
    return " ".join(filter(None, (say_date(PartialDate(days), language()) if days else "", hours, when.tz)))
