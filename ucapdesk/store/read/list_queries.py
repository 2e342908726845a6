"""The queries behind lists and records: sorted ids, filters (of merged records too), hidden records, references; answers kept until
something is written, since pages ask the same again for each of their parts.

SQLite takes the index of a list's order for any question about living records. Where another index leads there
sooner (an id, an owner, a link), ``+is_deleted`` keeps it from that; so also where rows must be looked at anyway, for
reading them in the order of the file and sorting what is left takes a third of the time.

The questions by which records are read are made once for each kind: to make one takes longer than to ask it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, ScalarSelect, Select, bindparam, func, select, text

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.json_text import dumps
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ANY_VISIT, EMPTY_FIELD, INCOMPLETE, ROLE, TEXTS, TRAVELS, Condition, is_date
from ucapdesk.model.record import Record, mapped
from ucapdesk.model.values import HanName, PartialDate
from ucapdesk.model.values.bilingual import TEXT_MARKS, BilingualType
from ucapdesk.model.values.cells import TextType
from ucapdesk.model.values.groups import GroupType
from ucapdesk.model.values.partial_date import PartialDateType
from ucapdesk.store.merge.row_state import ERASED
from ucapdesk.store.search.typed_query import IndexWords, everywhere, may_be_mistyped
from ucapdesk.store.workspace.database import Database, driver_of

T = TypeVar("T")
MOST = 500  # So many answers are kept at once


class UntilWritten:
    """Answers to questions about the records of a workspace."""

    def __init__(self) -> None:
        self._known: tuple[object, dict[object, Any]] = None, {}

    def get(self, db: Database, asked: object, make: Callable[[], T]) -> T:
        """Return the answer to a question, which ``make`` finds; ``db`` is a connection that reads."""
        now = _newest(db)
        known = self._known
        if known[0] != now or len(known[1]) >= MOST:
            known = self._known = now, {}
        if asked in known[1]:
            return known[1][asked]  # type: ignore[no-any-return]  # the question tells what it is
        made = make()
        if _newest(db) == now:
            known[1][asked] = made
        return made


def _newest(db: Database) -> Any:
    return db.execute("SELECT n, t, dev, seq FROM sync_changeset ORDER BY n DESC LIMIT 1").fetchone()


@cache
def by_id(cls: type[Record]) -> Select[Any]:
    """Return the question for records of a kind; ``ids`` is a JSON list of theirs."""
    return select(mapped(cls)).where(cls.id.in_(_listed("ids")))


@cache
def by_owner(cls: type[Record], order: tuple[str, ...]) -> Select[Any]:
    """Return the question for the parts of records; ``owners`` is a JSON list of ids, ``hidden`` 1 for what is in the Trash."""
    columns = mapped(cls).__table__.c
    wanted = select(cls).where(columns.owner.in_(_listed("owners")), text("+is_deleted = :hidden"))
    return wanted.order_by(*(columns[name] for name in order), columns.id)


def _listed(name: str) -> ScalarSelect[Any]:
    return select(func.json_each(bindparam(name)).table_valued("value").c.value).scalar_subquery()


SORT_KEYS = ("sort_en", "sort_zh")
# Orders that have an index; see ``Record.__table_args__``.
INDEXED = ("t.sort_en", "t.sort_zh", 't."when"', 't."dates"')
# What belongs to a record as it was written, and to all that are read as one.
ITS_OWN, OF_ALL = "= t.id", "IN (SELECT t.id UNION SELECT value FROM json_each(t.whole))"
IS_SHOWN = "coalesce(t.id = t.whole ->> '$[0]', 1)"  # Whether a record is shown, and not another one for it
_JOINED = re.compile(r'JOIN "(\w+)"')
_FURTHEST = 3  # a contact is called after its person; longer chains of titles there are none


class Trashed(NamedTuple):
    """A record in the Trash; what belongs to it went with it and comes back with it."""

    kind: str
    id: str
    time: int  # When, in microseconds since 1970; 0 if unknown
    person: str
    owner: str | None = None


class Use(NamedTuple):
    """A living record whose field links to another one."""

    kind: str
    id: str
    field: str


def matching(connection: Connection, kind: Kind, kept: UntilWritten, find: str, *, near: bool) -> set[str]:
    """Return the records of a kind that hold some words; ``near``: where none does, those that hold them mistyped."""
    sql = "SELECT r.id FROM search s JOIN sync_row r ON r.n = s.rowid WHERE search MATCH ? AND r.ent = ?"
    words = _question(connection, kept, find, near=False)
    hits = set(_column(connection, sql, (words, kind.name)) if words else ())
    if near and words and not hits and may_be_mistyped(find):
        hits = set(_column(connection, sql, (_question(connection, kept, find, near=True), kind.name)))
    return hits


def _question(connection: Connection, kept: UntilWritten, find: str, *, near: bool) -> str:
    """Return what is asked of the index for a text; lists of several kinds, and every page of them, ask the same."""
    words = IndexWords(connection, near=near)
    return kept.get(driver_of(connection), (everywhere, find, near), lambda: everywhere(find, words))


def _column(connection: Connection, sql: str, given: tuple[Any, ...]) -> list[str]:
    """Return the ids that a question finds, in its order; as one text, for handing out 100,000 rows takes longer than finding them.

    SQLite keeps the order of a subquery whose rows are put together like this.
    """
    (found,) = driver_of(connection).execute(f"SELECT group_concat(id, ' ') FROM ({sql})", given).fetchone()
    return str(found).split(" ") if found else []


def in_use(connection: Connection, kind: Kind, name: str, without: Collection[str]) -> list[tuple[Any, int]]:
    """Return what a field of living records holds, as it is stored, with how many hold it; not of some records."""
    sql = f"""SELECT "{name}", count(*) FROM "{kind.name}" WHERE +is_deleted = 0 AND "{name}" IS NOT NULL
        AND id NOT IN (SELECT value FROM json_each(?)) GROUP BY 1"""
    return [(stored, n) for stored, n in driver_of(connection).execute(sql, (dumps(list(without)),))]


def languages_written(connection: Connection, kind: Kind) -> dict[str, set[str]]:
    sql = f'SELECT DISTINCT m.key FROM "{kind.name}" t, json_each(t."{{}}") m'
    texts = [name for name, field in kind.fields.items() if isinstance(field.type, BilingualType)]
    return {name: set(connection.exec_driver_sql(sql.format(name)).scalars()) for name in texts}


def conditions_of(where: Mapping[str, object]) -> Iterator[Condition]:
    """Yield a condition for each field, which holds a value or one of several."""
    for name, value in where.items():
        values: Any = value if isinstance(value, list | tuple | set | frozenset) else (value,)
        yield Condition(name, tuple(values))


def in_order(
    connection: Connection, kind: Kind, order: str, conditions: Collection[Condition], lang: str,
    *, merged: Callable[[Kind], Sequence[Any]], descending: bool, hidden: bool,
) -> list[str]:  # fmt: skip
    """Return the ids of the records of a kind that meet all conditions, merged ones as they are read, in an order."""
    joins, key = _order(kind, order, lang)
    plain = "t.is_deleted = ?" if hidden or (key in INDEXED and not conditions) else "+t.is_deleted = ?"
    test, given = _all_tests(kind, conditions)
    one = {name: rows for name in (kind.name, *_JOINED.findall(joins)) if (rows := merged(KINDS[name]))}
    test = f"{test.replace(ITS_OWN, OF_ALL)} AND {IS_SHOWN}" if kind.name in one else test
    with_one = f"WITH {', '.join(_as_read(KINDS[name], f'{joins} {test} {key}') for name in one)} " if one else ""
    way = "DESC" if descending else "ASC"
    ordered = f"{key} {way} NULLS LAST, t.id {way}"
    sql = f'{with_one}SELECT t.id FROM "{kind.name}" t{joins} WHERE {plain} AND {test} ORDER BY {ordered}'
    return _column(connection, sql, (*map(dumps, one.values()), int(hidden), *given))


def _as_read(kind: Kind, asked: str) -> str:
    """Return a table that stands for that of a kind: merged records are as they are read, under each of their ids.

    It has those fields that ``asked`` names, the question put to it: with thousands of merges, each one takes its time.
    """
    types = {name: str(field.type.impl) for name, field in kind.fields.items() if name in asked}
    types |= {"is_deleted": "INTEGER", **dict.fromkeys(SORT_KEYS, "TEXT")}
    names = "".join(f', "{name}"' for name in types)
    read = "".join(f""", CAST(m.value ->> '$."{name}"' AS {type_})""" for name, type_ in types.items())
    return f"""{kind.name}_merged AS MATERIALIZED (SELECT w.value AS id, m.value ->> '$.whole' AS whole{read}
        FROM json_each(?) m, json_each(m.value, '$.whole') w),
        "{kind.name}"(id, whole{names}) AS (SELECT * FROM {kind.name}_merged UNION ALL
        SELECT id, NULL{names} FROM main."{kind.name}" WHERE id NOT IN (SELECT id FROM {kind.name}_merged))"""


def _all_tests(kind: Kind, conditions: Collection[Condition]) -> tuple[str, list[Any]]:
    tests, given = ["1"], list[Any]()
    for condition in conditions:
        test, values = _TESTS.get(condition.field, _test)(kind, condition)
        tests.append(f"NOT coalesce({test}, 0)" if condition.without else test)
        given += values
    return " AND ".join(tests), given


def _test(kind: Kind, condition: Condition) -> tuple[str, list[Any]]:
    field, column = kind.fields[condition.field], f't."{condition.field}"'
    if is_date(field):
        tests = [_period(field, column, value) for value in condition.values]
        return f"({' OR '.join(test for test, _ in tests)})", [each for _, given in tests for each in given]
    values = [value for value in condition.values if value != EMPTY_FIELD]
    some = "(SELECT value FROM json_each(?))"
    held = f"EXISTS(SELECT 1 FROM json_each({column}) WHERE value IN {some})" if field.is_set else f"{column} IN {some}"
    if len(values) == len(condition.values):
        return held, [dumps(values)]
    return f"({column} IS NULL OR {held})", [dumps(values)]


def _period(field: KindField, column: str, value: str) -> tuple[str, list[Any]]:
    """Test whether a date may lie in a period; with ``<`` before a day, whether it surely lies before that day."""
    if value == EMPTY_FIELD:
        return f"{column} IS NULL", []
    hours = not isinstance(field.type, PartialDateType)
    json = f"substr({column}, instr({column}, char(9)) + 1)"
    # A month of a list of hours sorts by its first day; -99 stands for its last.
    end = f"coalesce({json} ->> '$.end_date', {json} ->> '$.date')"
    last = f"(rtrim({end}, '~?%') || '-99')" if hours else f"substr({column}, 12, 10)"
    if value.startswith("<"):
        return f"{last} < ?", [value[1:]]
    low, high = PartialDate(value).bounds
    return f"(substr({column}, 1, 10) <= ? AND {last} >= ?)", [high, low]


# The tests for people without a form of their name that one language writes.
_NAMELESS = {
    f"{lang}.missing": f"""(t.{name} IS NULL AND coalesce(t.name_phonetic, '') NOT GLOB '*"{lang}":*')"""
    for lang, name in {**dict.fromkeys(LANGUAGES, "name"), "zh": "name_han"}.items()
}


def _text_test(kind: Kind, condition: Condition) -> tuple[str, list[Any]]:
    """Test whether some text of a record, or the name of a person, lacks a translation, or has one in such a state."""
    texts = [field for field in kind.fields.values() if isinstance(field.type, BilingualType)]
    tests = [
        _text_state(f't."{field.name}"', state)
        for state in condition.values
        for field in texts
        if not (field.meta.untranslated and state.endswith(".missing"))
    ]
    tests += [_NAMELESS[state] for state in condition.values if kind.name == "person" and state in _NAMELESS]
    return f"({' OR '.join(tests)})" if tests else "0", []


def _incomplete_test(kind: Kind, _: Condition) -> tuple[str, list[Any]]:
    """Test whether a record lacks needed fields; for somebody named only in passing also a family name, or a post."""
    tests = [f't."{field.name}" IS NULL' for field in kind.fields.values() if field.meta.needed]
    if kind.name == "person":
        posts = f"EXISTS(SELECT 1 FROM affiliation a WHERE a.owner {ITS_OWN} AND +a.is_deleted = 0)"
        named = """(t.name_han IS NOT NULL OR coalesce(instr(t.name, '"family"'), 0) > 0)"""
        tests = [f"NOT {named}", f"NOT {posts}"]
    return f"({' OR '.join(tests)})" if tests else "0", []


def _role_test(_: Kind, condition: Condition) -> tuple[str, list[Any]]:
    role = f"c.person {ITS_OWN} AND c.role IN (SELECT value FROM json_each(?)) AND +c.is_deleted = 0"
    return f"EXISTS(SELECT 1 FROM contact_role c WHERE {role})", [dumps(list(condition.values))]


def _travels_test(_: Kind, condition: Condition) -> tuple[str, list[Any]]:
    """Test whether somebody takes part in a visit: in any, or in one of some."""
    some = "p.owner IN (SELECT value FROM json_each(?))" if ANY_VISIT not in condition.values else "? != ''"
    visit = f"SELECT 1 FROM visit v WHERE v.id = p.owner AND {some} AND +v.is_deleted = 0"
    test = f"EXISTS(SELECT 1 FROM participation p WHERE p.person {ITS_OWN} AND +p.is_deleted = 0 AND EXISTS({visit}))"
    return test, [dumps(list(condition.values))]


# The tests for conditions on no field.
_TESTS: dict[str, Callable[[Kind, Condition], tuple[str, list[Any]]]] = {
    TEXTS: _text_test,
    INCOMPLETE: _incomplete_test,
    ROLE: _role_test,
    TRAVELS: _travels_test,
}


def _text_state(column: str, state: str) -> str:
    """Test a text in its stored spelling: a quote inside a text is escaped, so only a key looks like one. GLOB is the fastest."""
    lang, _, missing = state.partition(".")
    if missing and lang in LANGUAGES:
        other = f"EXISTS(SELECT 1 FROM json_each({column}) WHERE key NOT LIKE '%.state')"
        needed = f"""coalesce({column} ->> '$."{lang}.state"', '') NOT LIKE 'not_needed %'"""
        return f"""({column} NOT GLOB '*"{lang}":*' AND {needed} AND {other})"""
    if state not in TEXT_MARKS and state != "outdated":
        return "0"
    return f"""({column} GLOB '*.state":*' AND has_state({column}, '{state}'))"""


def _order(kind: Kind, order: str, lang: str) -> tuple[str, str]:
    title = kind.cls.title_fields[0]
    if order == title or order in SORT_KEYS:
        return _by_title(kind, "t", order.removeprefix("sort_") if order in SORT_KEYS else lang)
    field = kind.fields[order]
    value = f"""t."{order}" ->> '$[0]'""" if field.is_set else f't."{order}"'
    if field.meta.codes:
        places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes(field.meta.codes)))
        return "", f"CASE {value} {places} ELSE {value} END"
    if len(field.meta.kinds) == 1 and "*" not in field.meta.kinds:
        joins, key = _by_title(KINDS[field.meta.kinds[0]], "o", lang)
        return f' LEFT JOIN "{field.meta.kinds[0]}" o ON o.id = {value}{joins}', key
    if isinstance(field.type, BilingualType):
        return "", f"text_key({value}, '{lang}')"
    if isinstance(field.type, GroupType) and field.type.cls is HanName:
        return "", f"CASE WHEN {value} IS NULL THEN NULL ELSE t.sort_zh END"
    return "", f"{value} COLLATE NOCASE" if isinstance(field.type, TextType) or field.is_set else value


def _by_title(kind: Kind, alias: str, lang: str) -> tuple[str, str]:
    """Return the order by title; a record named after another is sorted by that one's title."""
    key = f"{alias}.sort_{'zh' if lang == 'zh' else 'en'}"
    title = kind.fields[kind.cls.title_fields[0]]
    if len(title.meta.kinds) != 1 or len(alias) > _FURTHEST:
        return "", key
    inner = f"{alias}_"
    joins, key_there = _by_title(KINDS[title.meta.kinds[0]], inner, lang)
    return f' LEFT JOIN "{title.meta.kinds[0]}" {inner} ON {inner}.id = {alias}."{title.name}"{joins}', (
        f"coalesce({key_there}, {key})"
    )


def hidden(connection: Connection, kind: Kind) -> Iterator[Trashed]:
    """Yield the hidden records of a kind, with when and by whom they were trashed; not those removed for good, or emptied."""
    values = [f't."{name}"' for name, field in kind.fields.items() if not field.meta.owner and name != "pos"]
    sql = f"""SELECT r.id, r.owner, c.t, c.person FROM "{kind.name}" t JOIN sync_row r ON r.id = t.id
        LEFT JOIN sync_changeset c ON c.dev = r.heads ->> '$."~"[0]' AND c.seq = r.heads ->> '$."~"[1]'
        WHERE t.is_deleted = 1 AND r.heads ->> '$."{ERASED}"' IS NULL AND coalesce({", ".join(values)}, NULL) IS NOT NULL"""
    for id_, owner, time, person in connection.exec_driver_sql(sql):
        yield Trashed(kind.name, id_, time or 0, person or "", owner)


def whole(connection: Connection, ids: Collection[str]) -> list[str]:
    sql = """WITH RECURSIVE down(id) AS (SELECT value FROM json_each(?)
        UNION SELECT r.id FROM down JOIN sync_row r ON r.owner = down.id) SELECT id FROM down"""
    return list(connection.exec_driver_sql(sql, (dumps(list(ids)),)).scalars())


def using(connection: Connection, ids: Collection[str], shown: Callable[[str], str]) -> list[Use]:
    """Return the living records that link to one of some records; of merged ones the one that is ``shown``."""
    asked = dumps(list(ids))
    found: list[Use] = []
    of = "SELECT DISTINCT ent FROM sync_row WHERE id IN (SELECT value FROM json_each(?))"
    ask = driver_of(connection).execute
    named = {kind for (kind,) in ask(of, (asked,)).fetchall()}
    for kind in KINDS.values():
        for field in kind.fields.values():
            if field.meta.owner or not named.intersection(field.meta.kinds):
                continue
            one_of = "IN (SELECT value FROM json_each(?))"
            sql = f'SELECT id FROM "{kind.name}" WHERE "{field.name}" {one_of} AND +is_deleted = 0 ORDER BY sort_en, id'
            if field.is_set:
                sql = f"""SELECT k.id FROM member m JOIN "{kind.name}" k ON k.id = m.owner
                    WHERE m.member {one_of} AND m.role = '{field.name}' AND m.is_deleted = 0 AND +k.is_deleted = 0
                    ORDER BY k.sort_en, k.id"""
            found += [Use(kind.name, shown(str(id_)), field.name) for (id_,) in ask(sql, (asked,)).fetchall()]
    return [*dict.fromkeys(found)]
