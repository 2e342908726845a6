"""Sets right which participants this laptop linked, without knowing of it, to and from people whose data was removed elsewhere.

Each laptop answers for its own links alone: else whoever links others to an invented person, and removes that one, would have
every laptop empty them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from ucapdesk.base.i18n import language
from ucapdesk.base.json_text import Json
from ucapdesk.model.record import Record
from ucapdesk.services.privacy.privacy import NotAPerson, again_id, all_names, emptied, make_again, names_another
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.data_owner import PERSON, about, whose_data
from ucapdesk.store.merge.outcome import Outcome
from ucapdesk.store.merge.row_state import ERASED, ERASED_HEADS, Held, dots, erased_ids, load, load_one
from ucapdesk.store.read.titles import titles
from ucapdesk.store.refusals import InTrash, NoSuchRecord
from ucapdesk.store.workspace.identity import Identity

_LINKED_TO_ERASED = """SELECT k.id, p.id FROM "{0}" k JOIN sync_row p ON p.id = k."{1}" WHERE p.heads LIKE ?"""
_LINKED_AGAIN = """SELECT k.id, k."{1}" FROM "{0}" k JOIN sync_row r ON r.id = k.id
    JOIN sync_changeset c ON c.n = (SELECT min(n) FROM sync_touch WHERE row = r.n)
    WHERE k.is_deleted = 0 AND r.heads -> '$.{1}' IS NOT NULL AND json_array(c.dev, c.seq) IS NOT r.heads -> '$.{1}'"""


def given_to_others(desk: Desk) -> list[Record]:
    """Return the records that were made for one person and that this laptop gave to another, as they are now."""
    with desk.alone():
        ours = _ours(desk, desk.me(), _LINKED_AGAIN)
        made = {row.id: (whose_data(desk.log, desk.merge.kinds, row), now) for row, now in ours}
    found = desk.read.many([id_ for id_, (of, now) in made.items() if of not in (None, now)])
    return [each for each in found if made[each.id][1] or names_another(each, _names(desk, str(made[each.id][0])))]


def _names(desk: Desk, person: str) -> list[str]:
    with suppress(NoSuchRecord, NotAPerson):
        return all_names(desk, person)
    return []


def set_right(desk: Desk, given: Sequence[Record], outcome: Outcome, me: Identity) -> tuple[str, ...]:
    """Do, as packages come in, what ``erase`` does where it knows of these links; return in which records something was emptied.

    Args:
        desk: Where data of people may be removed by now.
        given: What ``given_to_others`` said before: a record that is removed with whom it was made for is made again for
            whom it names.
        outcome: Told of what is written.
        me: Who writes it.
    """
    gone = erased_ids(desk.db) if given else set()
    for other in given:
        if other.id in gone and getattr(other, desk.merge.kinds[other.__tablename__].cls.about) not in gone:
            with suppress(InTrash):  # what it belongs to
                _make_again(desk, other, outcome, me)
    return _empty(desk, outcome, me)


def _make_again(desk: Desk, other: Record, outcome: Outcome, me: Identity) -> None:
    said: dict[str, Json] = {"kind": other.__tablename__}
    with desk.within(["record.add", said], outcome, me=me) as work:
        held = load_one(desk.db, again_id(other))
        wrote = {dot for heads in held.heads.values() for dot in dots(heads)} if held else ()
        if len(wrote) <= 1:  # whoever made it already went on with it otherwise
            said["id"] = make_again(desk, work, other)


def _empty(desk: Desk, outcome: Outcome, me: Identity) -> tuple[str, ...]:
    """Empty what was linked here to a person whose data is removed; return the titles of what the records belong to.

    With the new rows stands the removal once more: it cannot be undone.
    """
    found = {row.id: (row, person) for row, person in _ours(desk, me, _LINKED_TO_ERASED, ERASED_HEADS)}
    if not found:
        return ()
    desk.db.executemany("DELETE FROM draft WHERE id = ?", [(id_,) for id_ in found])
    with desk.within(["erase", {}], outcome, me=me) as work:
        work.rows([emptied(row) for row, _ in found.values()])
        people = sorted({str(person) for _, person in found.values()})
        work.rows([(ERASED, person, {"kind": PERSON, "names": []}) for person in people])
    return tuple(titles(desk.db, [row.owner for row, _ in found.values() if row.owner], language()).values())


def _ours(desk: Desk, me: Identity, query: str, *values: str) -> Iterator[tuple[Held, str | None]]:
    """Yield the records whose link this laptop wrote as it is, and whom they name.

    What others wrote beside it without knowing of it, and what is shown in its place, is theirs.
    """
    for name in desk.merge.kinds:
        link = about(desk.merge.kinds, name)
        linked = dict(desk.db.execute(query.format(name, link), values).fetchall()) if link else {}
        for row in load(desk.db, linked).values():
            own = [dot for dot in dots(row.heads[link]) if desk.log.laptop(dot[0]) in (me.device_id, me.succ_of)]
            if linked[row.id] in [desk.log.read(dot).cells_of(row.id).get(link) for dot in own]:
                yield row, linked[row.id]
