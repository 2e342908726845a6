"""Statuses, deadlines and the rules of the MoU register: what is open, overdue, expiring or in need of attention.

The lists in ``resources/reference`` say what a status means. ``closed``: nothing more is waited for. ``called_off``: the dates on
record no longer hold, for good (cancelled) or for now (postponed, deferred). ``held``: a meeting or a visit took place.
``online``: nobody travels. ``signed`` and ``drafted``: how far an agreement came. A record is open until it is closed, and so is
one whose status is missing or of a newer program.

``is_overdue`` tells it of a record; Home, pages, papers and the computed field ``overdue`` ask it. ``lateness`` tells it of one date
field, for the chips of lists, in which the end of an MoU and a late signature count too. Conditions of lists and searches ask
``overdue_ones`` in ``model/listing.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.model.codes import Code, code_label, codes
from ucapdesk.model.kind import Kind
from ucapdesk.model.values import Bilingual, Codes, PartialDate
from ucapdesk.model.values.partial_date import LATEST_DAY, days_later, months_later

Fact = Literal["closed", "called_off", "held", "online", "signed", "drafted"]


def codes_with(name: str, *facts: Fact) -> tuple[str, ...]:
    return tuple(code.code for code in codes(name).values() if any(code.facts.get(fact) for fact in facts))


def status_of(record: Any) -> Code | None:
    """Return the status of a record; None where it has none, or one of a newer program."""
    column = type(record).__table__.columns.get("status")
    return None if column is None else codes(column.info["field"].codes).get(record.status or "")


def has(record: Any, fact: Fact) -> bool:
    """Return whether a fact is true of the status of a record; never for a kind without one."""
    known = status_of(record)
    return known is not None and bool(known.facts.get(fact))


def is_closed(record: Any) -> bool:
    """Return whether a record is closed; a checklist item is closed by its tick."""
    return has(record, "closed") or getattr(record, "done", None) is True


def is_open(record: Any) -> bool:
    return not is_closed(record)


def is_called_off(record: Any) -> bool:
    """Return whether its dates no longer hold: cancelled, postponed, deferred."""
    return has(record, "called_off")


def called_off_in(*around: Any) -> Any | None:
    """Return the first of some records that is called off: if the meeting or the visit of an item is, so is the item."""
    return next((each for each in around if each is not None and is_called_off(each)), None)


def is_held(record: Any) -> bool:
    """Return whether a meeting or a visit took place."""
    return has(record, "held")


def is_awaited(record: Any) -> bool:
    """Return whether it is open and its date holds: only then can it be late."""
    return is_open(record) and not is_called_off(record)


def is_travelled(record: Any) -> bool:
    """Return whether people travel on the dates of a visit: it is neither called off nor moved online."""
    return not is_called_off(record) and not has(record, "online")


# The status groups of the register's bar; labels in the list ``agreement_group``.
GROUPS = ("preparing", "ready", "signed", "in_force", "ended")
HAN_NUMERALS = "一两三四五六七八九十"  # Chinese numerals for the count of originals: 一式两份
AWAITING = ("preparing", "ready")  # Groups of agreements not signed by everybody yet
PARTLY = "partly_signed"  # Statuses in which some have signed, on the day on record
NOTICE_LEAD = 60  # Days of reminder before the last day for notice
LEAD_DAYS = 180  # Days before its end from which on an agreement counts as expiring, unless it says otherwise


def group_of(status: str | None) -> str:
    known = codes("agreement_status").get(status or "")
    return str(known.facts["group"]) if known else GROUPS[0]


def state_label(status: str | None, lang: str | None = None) -> str:
    """Return the label of a status; without one, that of its group."""
    return code_label("agreement_status", status, lang) if status else code_label("agreement_group", GROUPS[0], lang)


def is_party(party: Any) -> bool:
    """Return whether an organisation signs an agreement; others witness or support it."""
    return party.role in ("party", None)


def signs(signatory: Any) -> bool:
    """Return whether somebody signs an agreement; others assist or witness."""
    return signatory.role in ("signatory", None)


def is_signed(agreement: Any) -> bool:
    """Return whether all have signed: its status says so, or a day of signing is on record."""
    dated = agreement.signed is not None and agreement.status != PARTLY and not is_called_off(agreement)
    return dated or has(agreement, "signed")


def awaits_signature(agreement: Any) -> bool:
    """Return whether it is still to be signed; an agreement that was only reported is not."""
    return group_of(agreement.status) in AWAITING and not is_signed(agreement)


def is_signing_off(agreement: Any, meeting: Any) -> bool:
    """Return whether its planned day is that of its signing, this meeting, which was called off."""
    when = meeting.when if meeting is not None and is_called_off(meeting) else None
    return when is not None and agreement.signing_planned == when.day


def runs(agreement: Any) -> bool:
    """Return whether it is signed and has not ended, according to its status."""
    return has(agreement, "signed") and is_open(agreement)


def expiry(agreement: Any) -> PartialDate | None:
    """Return its end: as recorded, else by its term."""
    return agreement.expires if agreement.expires is not None else end_of_term(agreement)


def end_of_term(agreement: Any, today: date | None = None) -> PartialDate | None:  # noqa: ARG001 - asked like all that follows
    """Return the end of its term after entry into force or signing, as precise as these are known.

    A term of 18 months from "2019" ends within ``2020-07/2021-06``: then the interval means some day between.
    """
    start: PartialDate | None = agreement.in_force or agreement.signed
    if agreement.term_months is None or start is None or ".." in start.edtf:
        return None
    mark = start.edtf[-1] if start.edtf[-1] in "~?%" else ""
    first, last = (end.rstrip("~?%") for end in start.ends)
    if agreement.term_months % 12:
        first, last = first + "-01" * (len(first) == 4), last + "-12" * (len(last) == 4)
    ends = [end + mark for each in (first, last) if (end := months_later(each, agreement.term_months))]
    return PartialDate("/".join(dict.fromkeys(ends))) if len(ends) == 2 else None  # it may end beyond the calendar


def originals_text(agreement: Any) -> Bilingual:
    """Return how many originals there are, as a paper says it: in the recorded words, else by their number."""
    counted = {lang: n for lang, n in (agreement.originals_by_language or {}).items() if n}
    if agreement.originals or not counted:
        return agreement.originals or Bilingual()
    return Bilingual({lang: _originals(counted, lang) for lang in LANGUAGES})


def _originals(counted: Mapping[str, int], lang: str) -> str:
    names = {each: code_label("languages", each, lang) for each in counted}
    numbers = {
        n: HAN_NUMERALS[n - 1] if lang == "zh" and 0 < n <= len(HAN_NUMERALS) else str(n) for n in counted.values()
    }
    if len(numbers) > 1 or len(counted) == 1:
        said = (
            tr("paper", "{n} in {language}", lang, n=numbers[n], language=names[each]) for each, n in counted.items()
        )
        return tr("log", ", ", lang).join(said)
    ((count, n),) = numbers.items()
    listed = tr("log", ", ", lang).join(names.values())
    if count > 1:
        return tr("paper", "{n} originals in each language: {languages}", lang, n=n, languages=listed)
    return tr("paper", "one original in each language: {languages}", lang, languages=listed)


def agreement_flags(agreement: Any, today: date, attachments: Iterable[Any] = ()) -> tuple[str, ...]:
    """Return the flags that apply: codes of the list ``agreement_flag``, in its order.

    Args:
        agreement: A record of the kind agreement.
        today: The day of the question.
        attachments: Its attachments.
    """
    files = list(attachments)
    lacking = {
        "missing_scan": missing_scan(agreement, files),
        "missing_language": _lacks_language(agreement, files),
    }
    return (*attention(agreement, today), *(flag for flag, held in lacking.items() if held))


def attention(agreement: Any, today: date) -> Codes:
    """Return the flags that follow from the agreement alone: which of its days are near or past."""
    holds = {
        "expiring": _expiring(agreement, today),
        "overdue_signature": _overdue_signature(agreement, today),
        "notice_window": _notice_window(agreement, today),
    }
    return Codes(flag for flag, held in holds.items() if held)


def _lacks_language(agreement: Any, attachments: Iterable[Any]) -> bool:
    """Return whether English or Chinese has neither text nor file, from the status on in which there should be one."""
    there = {*(agreement.text or ()), *(file.language for file in attachments)}
    return has(agreement, "drafted") and not agreement.placeholder and not {"en", "zh"} <= there


def _expiring(agreement: Any, today: date) -> bool:
    """Return whether it may end within the reminder period, or has ended with an open status."""
    ends = expiry(agreement)
    if not runs(agreement) or ends is None:
        return False
    lead = LEAD_DAYS if agreement.lead_days is None else agreement.lead_days
    return ends.bounds[0] <= _moved(today, lead)


def _overdue_signature(agreement: Any, today: date) -> bool:
    planned: PartialDate | None = agreement.signing_planned
    return awaits_signature(agreement) and planned is not None and planned.bounds[1] < today.isoformat()


def _notice_window(agreement: Any, today: date) -> bool:
    """Return whether notice can still be given but soon no longer; then the agreement renews itself."""
    ends = expiry(agreement)
    if ends is None or notice_by(agreement, today) is None:
        return False
    days = agreement.notice_days
    return ends.bounds[0] <= _moved(today, days + NOTICE_LEAD) and _moved(today, days) <= ends.bounds[1]


def notice_by(agreement: Any, today: date | None = None) -> PartialDate | None:  # noqa: ARG001 - asked like all that follows
    """Return the last day for notice of an agreement that renews itself, as exactly as its end is known."""
    ends = expiry(agreement)
    renews = runs(agreement) and agreement.renewal == "automatic"
    if not renews or ends is None or agreement.notice_days is None or agreement.notice_given is not None:
        return None
    first, last = (_moved(date.fromisoformat(day), -agreement.notice_days) for day in ends.bounds)
    return PartialDate(first if first == last else f"{first}/{last}")


def missing_scan(agreement: Any, files: Iterable[Any]) -> bool:
    """Return whether it is signed, and none of its files is the signed one."""
    due = has(agreement, "signed") and not agreement.placeholder
    return due and not any(file.type == "signed_scan" for file in files)


def _moved(day: date, days: int) -> str:
    return days_later(day, days) or LATEST_DAY


OVERDUE, EXPIRING = "overdue", "expiring"
# The words for both, in lists and papers.
WORDS: Mapping[str, Message] = {OVERDUE: Message("paper", "overdue"), EXPIRING: Message("paper", "expiring")}
_AGREEMENT = {"expires": ("expiring", EXPIRING), "signing_planned": ("overdue_signature", OVERDUE)}


def due_field(kind: Kind) -> str:
    """Return the field by which a record of a kind must be done; empty where there is none."""
    return "due" if "due" in kind.fields else ""


def due_by(record: Any) -> str:
    """Return the last day by which a record must be done, to sort by; without one it comes last."""
    return record.due.bounds[1] if record.due else "9999"


def is_overdue(record: Any, today: date, due: PartialDate | None = None) -> bool:
    """Return whether a record is still open after its last possible day; ``due`` where that day is computed."""
    due = due or getattr(record, "due", None)
    return due is not None and due.bounds[1] < today.isoformat() and is_awaited(record)


def lateness(record: Any, field: str, today: date) -> str:
    """Return ``overdue``, ``expiring`` or nothing for the date in a field on a day."""
    if type(record).__tablename__ == "agreement" and field in _AGREEMENT:
        flag, word = _AGREEMENT[field]
        return word if flag in attention(record, today) else ""
    return OVERDUE if field == "due" and is_overdue(record, today) else ""
