"""A visit apart from its programme: delegation and hosts in order of protocol, names of the sides, checklist, status.

Papers say what a side is called (a chair, a choice of sides, who leads); they are loaded when a name is asked for,
since that takes long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ucapdesk.base import clock
from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Affiliation, Person
from ucapdesk.model.kinds.visit_kinds import ChecklistItem, Meeting, Participation, Visit
from ucapdesk.model.rules import sides as rules
from ucapdesk.model.rules.itinerary import due_on
from ucapdesk.model.rules.status import is_called_off, is_open, is_overdue
from ucapdesk.model.text.typed_text import in_languages
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.services.errors import NOTHING_SAID
from ucapdesk.services.meetings import in_trash, to_come
from ucapdesk.services.records.records import add, edit, get, make
from ucapdesk.store.desk import Desk
from ucapdesk.store.merge import positions
from ucapdesk.store.outcomes import ChangeEvent
from ucapdesk.store.read.derived_values import side_at_home, travelling_side
from ucapdesk.store.refusals import NoSuchRecord

if TYPE_CHECKING:
    from ucapdesk.model.rules.sides import Sides

NAMING = frozenset({"organisation", "place", "ucap_side"})  # The kinds whose texts name a side


def sides_may_differ(change: ChangeEvent) -> bool:
    """Return whether a side may be called otherwise after a change: not where texts were edited that name none."""
    what, told = change.source[0], change.source[-1]
    if what != "record.edit" or change.kinds & NAMING or not told.get("fields"):
        return True
    fields = (KINDS[told["kind"]].fields.get(cell.partition(".")[0]) for cell in told["fields"])
    return not all(field and isinstance(field.type, BilingualType) for field in fields)


def side_names(desk: Desk, id_: str | None) -> Sides:
    from ucapdesk.papers.facts.partner_sides import sides_of_id
    from ucapdesk.papers.redacted_reader import RedactedReader

    asked = side_names, id_, today(desk.workspace.clock)  # posts end
    return desk.read.remembered(asked, lambda: sides_of_id(RedactedReader(desk), id_))


def fields_by_side_name(desk: Desk, fields: Iterable[KindField], id_: str | None) -> list[KindField]:
    """Return the fields of a record or of its parts; ``id_`` is the record, or the owner of a new one."""
    found = list(fields)
    if not any(field.tells_sides for field in found):
        return found
    known = side_names(desk, id_)
    return [field.among(known) if field.tells_sides else field for field in found]


def parted_by_side(
    desk: Desk, visit_id: str, parts: Sequence[Participation], side: str
) -> list[tuple[str, list[Participation]]]:
    """Return the people of a side under the names of their parties; under no name where they are of one.

    ``side``: of those of whom nobody said it.
    """
    from ucapdesk.briefing.blocks.elements import NO_WORDS
    from ucapdesk.papers.facts.participants import Participant, participants
    from ucapdesk.papers.facts.partner_sides import by_party, sides_of_id
    from ucapdesk.papers.redacted_reader import RedactedReader

    reader = RedactedReader(desk)
    known = {each.id: each for each in participants(reader, visit_id, absent=True)}
    people = [known.get(part.id) or Participant(part.id, NO_WORDS, NO_WORDS) for part in parts]
    people = [replace(each, side=each.side or side) for each in people]
    found = by_party(reader, sides_of_id(reader, visit_id), people)
    if len(found) < 2:
        return [("", list(parts))]
    by_id = {part.id: part for part in parts}
    return [(words.said(language()), [by_id[each.id] for each in members]) for words, members in found]


DELEGATION, HOSTS = rules.DELEGATION, rules.HOSTS
ONLINE = "moved_online"


# -- people -------------------------------------------------------------------------------------------


def people(desk: Desk, visit_id: str, group: str) -> list[Participation]:
    visit, there = get_visit(desk, visit_id), desk.read.children(visit_id, Participation)
    side = travelling_side(desk, visit)
    mine = [each for each in there if rules.group_of(each, side) == group]
    posts = _main_posts(desk, [each.person for each in mine if each.person]) if group == HOSTS else {}
    placed = [_Placed(each, _standing(each, posts, visit), each.role, group == HOSTS) for each in mine]
    return [each.part for each in rules.in_order(placed)]


class _Placed(NamedTuple):
    """A participation as those are put in order who take part."""

    part: Participation
    rank: tuple[int, ...]
    role: str | None
    at_home: bool


def by_party(
    desk: Desk, visit_id: str, group: str, parts: Sequence[Participation]
) -> list[tuple[str, list[Participation]]]:
    return parted_by_side(desk, visit_id, parts, preset(desk, get_visit(desk, visit_id), group).get("side", ""))


def travellers(desk: Desk, visit: Visit) -> set[str]:
    """Return who comes with a visit; as on papers, who is in the Trash or whose data was removed is none of them."""
    head = desk.read.get(Person, visit.head) if visit.head else None
    parts = desk.read.children(visit.id, Participation)
    gone = in_trash(desk, parts)
    there = [each for each in parts if each.person not in gone]
    return rules.travellers(visit.head if head and not head.is_deleted else None, there, travelling_side(desk, visit))


def still_to_do(desk: Desk, visit_id: str) -> int:
    return sum(is_open(item) for item in desk.read.children(visit_id, ChecklistItem))


def preset(desk: Desk, visit: Visit, group: str) -> dict[str, str]:
    side = (travelling_side if group == DELEGATION else side_at_home)(desk, visit)
    return {"role": "delegate" if group == DELEGATION else "host", **({"side": side} if side else {})}


def add_person(desk: Desk, visit_id: str, group: str, *, key: str = "", name: str = "") -> str:
    """Add a person: one on record, or a new one by name. Their rank decides the position; return the participation's id. One step.

    Who is in the visit already is not added again.
    """
    from ucapdesk.services.people import new_person  # much is imported for it

    visit = get_visit(desk, visit_id)
    there = desk.read.children(visit_id, Participation)
    known = next((each for each in there if key and each.person == key), None)
    if known is not None:
        return known.id
    if not key and not any(map(str.isalnum, name)):
        raise NOTHING_SAID()
    label: list[Any] = ["record.add", {"kind": Participation.__tablename__}]
    values = preset(desk, visit, group)
    new = [] if key else new_person.records_for_line(desk, name)
    with desk.save(label) as work:
        make(work, new)
        person = key or new[0].id
        place = _place(desk, visit, there, group, person)
        made = work.new(Participation, owner=visit_id, person=person, pos=place, **values)
        label[1]["id"] = made.id
    return str(made.id)


def _place(desk: Desk, visit: Visit, there: Sequence[Participation], group: str, person: str) -> str:
    """Return the position before the first of the group with a lower rank, else at the end."""
    posts = _main_posts(desk, [person, *(each.person for each in there if each.person)])
    mine, side = rules.standing(None, posts[person]), travelling_side(desk, visit)
    of_group = ((at, each) for at, each in enumerate(there) if rules.group_of(each, side) == group)
    members = ((at, each) for at, each in of_group if rules.protocol_of(each.role) >= rules.MEMBER)
    at = next((at for at, each in members if _standing(each, posts, visit) > mine), len(there))
    return positions.between(there[at - 1].pos if at else None, there[at].pos if at < len(there) else None)


def _standing(each: Participation, posts: Mapping[str, Affiliation | None], visit: Visit) -> tuple[int, ...]:
    place, *rank = rules.standing(each.role, posts.get(each.person or ""))
    return (0 if each.person and each.person == visit.head else place, *rank)


def _main_posts(desk: Desk, persons: Sequence[str]) -> dict[str, Affiliation | None]:
    posts, now = desk.read.children_of(persons, Affiliation), clock.today(desk.workspace.clock)
    return {id_: rules.main_post(own, now) for id_, own in posts.items()}


def in_order_of_rank(desk: Desk, visit_id: str, group: str) -> None:
    """Sort a group: heads, then by rank, helpers last, ties as they stood. One step."""
    visit = get_visit(desk, visit_id)
    there = desk.read.children(visit_id, Participation)
    posts = _main_posts(desk, [each.person for each in there if each.person])
    side = travelling_side(desk, visit)
    mine = [each for each in there if rules.group_of(each, side) == group]
    wanted = sorted(mine, key=lambda each: _standing(each, posts, visit))
    if wanted == mine:
        return
    others = iter(wanted)
    whole = [next(others) if each in mine else each for each in there]
    with desk.save(["visit.rank", {"id": visit_id}]) as work:
        for each, place in zip(whole, positions.in_order(len(whole)), strict=True):
            work.get(Participation, each.id).pos = place


# -- what is to prepare -------------------------------------------------------------------------------


class ChecklistToDo(NamedTuple):
    """A checklist item. ``due``: its own day, else the one computed from the dates of the visit."""

    item: ChecklistItem
    due: PartialDate | None
    overdue: bool


def checklist(desk: Desk, visit_id: str, today: date) -> list[ChecklistToDo]:
    visit = get_visit(desk, visit_id)
    dated = ((item, due_of(item, visit)) for item in desk.read.children(visit_id, ChecklistItem))
    off = is_called_off(visit)
    found = [ChecklistToDo(item, due, is_overdue(item, today, due) and not off) for item, due in dated]
    return sorted(found, key=lambda each: (each.due is None, each.due.bounds if each.due else ("", "")))


def due_of(item: ChecklistItem, visit: Visit) -> PartialDate | None:
    if item.due is not None:
        return item.due
    day = due_on(item.offset_days, visit.dates)
    return PartialDate(day) if day else None


def add_to_do(desk: Desk, visit_id: str, offset: int | None, text: str) -> str:
    if not text.strip():
        raise UserError(
            "The line does not say what is to be prepared. Nothing was added; write for example “Gifts, 14 days before”.",
            code="nothing-to-do",
        )
    values = {"owner": visit_id, "text": in_languages(" ".join(text.split())), "offset_days": offset}
    return add(desk, ChecklistItem.__tablename__, values)


def tick(desk: Desk, id_: str) -> bool:
    """Mark an item as done, or as open again; return whether it is done now."""
    item: Any = get(desk, id_)
    edit(desk, id_, {"done": not item.done})
    return not item.done


# The usual checklist of a visit; its Chinese is a draft.
USUAL_CHECKLIST: tuple[tuple[int, str, str], ...] = (
    (-90, "Send the invitation letter", "发出邀请函"),
    (-60, "Visa letters and travel approval", "签证函及出访批件"),
    (-30, "Book hotel, cars and interpreters", "预订酒店、车辆和译员"),
    (-14, "Gifts", "礼品"),
    (-7, "Programme agreed by all sides", "各方确认日程"),
    (-2, "Print packs, place cards and badges", "打印访问手册、席卡和胸卡"),
    (7, "Thank-you letters", "感谢信"),
    (14, "Visit report", "访问总结"),
)


def add_usual(desk: Desk, visit_id: str) -> int:
    there = {(item.text or Bilingual()).get("en") for item in desk.read.children(visit_id, ChecklistItem)}
    fresh = [each for each in USUAL_CHECKLIST if each[1] not in there]
    if fresh:
        with desk.save(["visit.checklist", {"id": visit_id}]) as work:
            for offset, en, zh in fresh:
                text = Bilingual(en=en, zh=zh).mark("zh", "draft", "en")
                work.new(ChecklistItem, owner=visit_id, offset_days=offset, text=text)
    return len(fresh)


# -- how far it is ------------------------------------------------------------------------------------


def next_steps(visit: Visit) -> list[str]:
    """Return the statuses that usually follow; the first one where there is none."""
    known = codes("visit_status")
    now = known.get(visit.status or "")
    return [code for code in now.facts.get("next", ()) if code in known] if now else list(known)[:2]


def set_status(desk: Desk, visit_id: str, status: str) -> int:
    """Set the status of a visit. Where it moves online, so do its coming meetings; return how many. One step."""
    there = to_come(desk, visit_id) if status == ONLINE else ()
    meetings = [each.id for each in there if each.mode != "online"]
    label: list[Any] = ["record.edit", {"id": visit_id, "kind": "visit", "fields": ["status"]}]
    if meetings:
        label = ["visit.online", {"id": visit_id, "n": len(meetings)}]
    with desk.save(label) as work:
        work.get(Visit, visit_id).status = status
        for id_ in meetings:
            work.get(Meeting, id_).mode = "online"
    return len(meetings)


def get_visit(desk: Desk, visit_id: str) -> Visit:
    visit = desk.read.get(Visit, visit_id)
    if visit is None:
        raise NoSuchRecord(id=visit_id)
    return visit
