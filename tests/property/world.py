"""Desks that exchange their changesets, each watched by the oracle after every step."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import permutations
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine

from db.migrations.declared_tables import beside_the_kinds, tables
from tests.helpers.changesets import since, take_in
from tests.helpers.clock import FrozenClock
from tests.property.oracle import BI, DATE, FIELDS, GROUP, LONG, SET, Fields, Oracle, View, Written
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.store import desk as desks
from ucapdesk.store import undo
from ucapdesk.store.log import changeset as changesets
from ucapdesk.store.log import log
from ucapdesk.store.merge import merge
from ucapdesk.store.search import full_text
from ucapdesk.store.workspace.file_store import Files
from ucapdesk.store.workspace.trusted_clock import BelievedClock

UNKNOWN_KIND, UNKNOWN_FIELDS = (
    "agenda_item",
    {"meeting": {"mode", "summary", "spoken"}, "participation": {"attendance"}},
)
# What an older version of the program knows.
OLDER_FIELDS: Fields = {
    kind: {name: type_ for name, type_ in fields.items() if name not in UNKNOWN_FIELDS.get(kind, ())}
    for kind, fields in FIELDS.items()
    if kind != UNKNOWN_KIND
}


def _older_kinds() -> Mapping[str, Kind]:
    found = {}
    for name, kind in KINDS.items():
        if name != UNKNOWN_KIND:
            fields = {n: f for n, f in kind.fields.items() if n not in UNKNOWN_FIELDS.get(name, ())}
            found[name] = Kind(kind.cls, name, MappingProxyType(fields), kind.children)
    return MappingProxyType(found)


OLDER_KINDS = _older_kinds()


@cache
def _template() -> Any:
    db = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: db, module=driver)
    tables().create_all(engine, tables=[t for t in tables().tables.values() if t.name in KINDS])
    for statement in beside_the_kinds():
        db.execute(statement)
    return db


class _Identity:
    """A device whose id the test chooses, without keys."""

    public_key, succ_of = b"", None

    def __init__(self, device: str) -> None:
        self.device_id = device

    def sign_head(self, *_: object) -> bytes:
        return b""

    def note_seq(self, seq: int) -> None:
        pass


class _Workspace:
    """An open workspace in memory."""

    id, readers, read_only, protected = "w", None, False, True
    path = backups = Path("nowhere")

    def __init__(self, device: str, clock: FrozenClock) -> None:
        self.db = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
        _template().backup(self.db)
        self.db.execute("PRAGMA foreign_keys=ON")
        self.clock, self.person, self._identity = BelievedClock(clock), f"Person {device}", _Identity(device)
        self.files = Files(Path("nowhere"), read_only=True)  # in memory

    def identity(self, held: Mapping[str, int], last: str | None = None) -> _Identity:
        return self._identity

    def keep_copy(self, why: str) -> Path:
        return Path("nowhere")

    def replace_copies(self, gone: Iterable[str]) -> None:
        """In memory there are none."""

    def refuse_removed(self) -> None:
        """There is no folder."""


class _Kinds:
    """The one thing a save asks of the readers; in memory there is only one connection."""

    def __init__(self, db: Any) -> None:
        self._db = db

    def kind_of(self, id_: str) -> str:
        return str(self._db.execute("SELECT ent FROM sync_row WHERE id = ?", (id_,)).fetchone()[0])


class TestDesk(desks.Desk):
    """A desk in memory, of this version of the program or of an older one."""

    __test__ = False

    def __init__(self, name: str, *, older: bool = False) -> None:
        self.name, self.own_clock = name, FrozenClock()
        super().__init__(_Workspace(name, self.own_clock))  # type: ignore[arg-type]
        self.read = _Kinds(self.db)  # type: ignore[assignment]
        self.kinds: Mapping[str, Kind] = KINDS
        self.fields: Fields = FIELDS
        if older:
            self._become(OLDER_KINDS, OLDER_FIELDS)

    def become_older(self) -> None:
        self._become(OLDER_KINDS, OLDER_FIELDS)

    def _become(self, kinds: Mapping[str, Kind], fields: Fields) -> None:
        self.kinds, self.fields = kinds, fields
        self.merge = merge.Merge(self.log, kinds, partial(full_text.index_rows, kinds=kinds))
        self._undo = undo.Undo(self.merge)

    @property
    def is_older(self) -> bool:
        return self.kinds is OLDER_KINDS

    def update(self) -> None:
        self._become(KINDS, FIELDS)
        with self.transaction():
            self.merge.rebuild()

    def lines_since(self, base: Mapping[str, int]) -> list[tuple[str, ...]]:
        return [tuple(c.lines) for c in since(self.log, base)]

    def close(self) -> None:
        self.db.close()

    # -- what it shows ----------------------------------------------------------------------------

    def tables(self) -> dict[tuple[str, str], dict[str, Any]]:
        found = {}
        for ent, fields in self.fields.items():
            columns = ", ".join(f'"{name}"' for name in fields)
            for id_, hidden, *stored in self.db.execute(f'SELECT id, is_deleted, {columns} FROM "{ent}"'):
                values = {n: _value(kind, s) for (n, kind), s in zip(fields.items(), stored, strict=True)}
                found[ent, id_] = {**values, "is_deleted": hidden}
        return found

    def bytes(self) -> dict[str, list[Any]]:
        """Every table of every kind as it is; most hold nothing, and one question tells which."""
        asked = " UNION ALL ".join(f"SELECT '{ent}' WHERE EXISTS (SELECT 1 FROM \"{ent}\")" for ent in self.kinds)
        filled = {ent for (ent,) in self.db.execute(asked)}
        return {
            ent: self.db.execute(f'SELECT * FROM "{ent}" ORDER BY id').fetchall() if ent in filled else []
            for ent in self.kinds
        }

    def open_questions(self) -> dict[tuple[str, str], str]:
        return {(q.id, q.cell): q.state for q in self.questions()}

    def found(self, word: str) -> set[str]:
        rows = self.db.execute(
            "SELECT r.ent, r.id FROM search JOIN sync_row r ON r.n = search.rowid WHERE search MATCH ?", (word,)
        ).fetchall()
        return {
            i for e, i in rows if not self.db.execute(f'SELECT is_deleted FROM "{e}" WHERE id=?', (i,)).fetchone()[0]
        }

    def heads_by_device(self) -> dict[str, Any]:
        names = {d.ord: d.id for d in self.log.devices.values()}
        return {
            id_: (ent, owner, {cell: sorted(zip([names[d] for d in h[::2]], h[1::2], strict=True))
                               for cell, h in json.loads(heads).items()})
            for id_, ent, owner, heads in self.db.execute("SELECT id, ent, owner, heads FROM sync_row")
        }  # fmt: skip

    def everything(self) -> dict[str, Any]:
        names = {d.ord: d.id for d in self.log.devices.values()}
        index = self.db.execute("SELECT r.id FROM search s JOIN sync_row r ON r.n = s.rowid ORDER BY r.id").fetchall()
        asked = "SELECT r.id, c.fld, c.kind FROM sync_conflict c JOIN sync_row r ON r.n = c.row ORDER BY 1, 2"
        log_rows = self.db.execute("SELECT dev, seq, t, body FROM sync_changeset ORDER BY n").fetchall()
        return {
            "tables": self.bytes(),
            "asked": self.db.execute(asked).fetchall(),
            "heads": self.heads_by_device(),
            "indexed": index,
            "log": [(names[d], s, t, bytes(b)) for d, s, t, b in log_rows],
            "vector": self.log.vector(),
            "seen": {d.id: {names[o]: q for o, q in d.seen.items()} for d in self.log.devices.values()},
        }


def pass_on(giver: TestDesk, *takers: TestDesk) -> None:
    for taker in takers:
        lines = [line for c in giver.lines_since({}) for line in c]
        take_in(taker, changesets.parse(lines))


def _value(kind: str, stored: Any) -> Any:
    if stored is None:
        return None
    if kind in (BI, LONG, SET):
        return json.loads(stored)
    if kind == GROUP:
        return json.loads(stored.split("\t", 1)[1])
    return stored.split(" ", 2)[2] if kind == DATE else stored


class World:
    """Some desks and the oracle; counts what happened, so that a dull run does not pass for a good one."""

    def __init__(self, count: int, *, older: bool = False) -> None:
        self.oracle = Oracle()
        self.desks = [TestDesk(f"dev{n}", older=older and n == 0) for n in range(count)]
        for desk in self.desks:
            self.oracle.new_desk(desk.name)
        self.counts: Counter[str] = Counter()
        self.asked: set[tuple[str, str]] = set()
        self.erased: set[str] = set()  # Words that stood in what was erased, and nowhere else
        self._ids = 0

    def close(self) -> None:
        for desk in self.desks:
            desk.close()

    def fresh_id(self) -> str:
        self._ids += 1
        return derived_id("test", str(self._ids))

    def view(self, desk: TestDesk) -> View:
        return self.oracle.view(self.oracle.held[desk.name], desk.fields)

    def note(self, desk: TestDesk) -> list[Written]:
        now = desk.workspace.clock()
        return [self.oracle.wrote(desk.name, lines, now) for lines in desk.lines_since(self.oracle.held[desk.name])]

    def words_of(self, desk: TestDesk, id_: str) -> set[str]:
        """The marked words that were ever written into a record; each is written once."""
        writes = self.view(desk).writes
        named = [row for row in writes.values() if any(value == id_ for _, value in row.get("person", ()))]
        cells = [of_cell for row in (writes[id_], *named) for of_cell in row.values()]
        said = json.dumps([value for of_cell in cells for _, value in of_cell], ensure_ascii=False)
        return set(re.findall(r"wort\d\d+", said))

    def check_erased(self, desk: TestDesk) -> None:
        names = [name for (name,) in desk.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for name in names:
            said = repr(desk.db.execute(f'SELECT * FROM "{name}"').fetchall())
            found = set(re.findall(r"wort\d\d+", said)) & self.erased
            assert not found, f"{found} were erased and still stand in {name}"
        for changeset in desk.log.changesets():
            found = set(re.findall(r"wort\d\d+", "".join(changeset.lines))) & self.erased
            assert not found, f"{found} were erased and are still in the log"

    # -- exchange ---------------------------------------------------------------------------------

    def deliver(self, desk: TestDesk, file: Sequence[Written]) -> bool:
        lines = [line for c in file for line in c.lines]
        expected = self.oracle.fits(desk.name, file)
        before = desk.everything() if expected is None else None
        try:
            take_in(desk, changesets.parse(lines))
        except log.MissingChanges:
            self.counts["refused"] += 1
            assert expected is None, "a file that fits was refused"
            assert desk.everything() == before, "a refused file left something behind"
            return False
        assert expected is not None, "a file was taken in although something before it is missing"
        self.counts["received"] += 1
        self.oracle.held[desk.name] = expected
        changes = desk.db.total_changes
        take_in(desk, changesets.parse(lines))
        assert desk.db.total_changes == changes, "the same file again wrote something"
        return True

    def file(self, desk: TestDesk, base: Mapping[str, int]) -> list[Written]:
        found = []
        for lines in desk.lines_since(base):
            header = json.loads(lines[0])
            known = self.oracle.written[header["d"], header["s"]]
            assert self.oracle.passed_on(desk.name, known) == lines, "a changeset is not passed on as it was written"
            found.append(known)
        return found

    def spread(self) -> None:
        """Complete files until every desk holds everything; then once more round, all of it is known."""
        for giver, taker in (
            *permutations(self.desks, 2),
            *zip(self.desks, self.desks[1:] + self.desks[:1], strict=True),
        ):
            if taker is not giver:
                assert self.deliver(taker, self.file(giver, {})), "a complete file does not fit"

    # -- what must hold ---------------------------------------------------------------------------

    def check_held(self, desk: TestDesk) -> None:
        assert desk.log.vector() == {d: q for d, q in self.oracle.held[desk.name].items() if q}

    def check(self, desk: TestDesk) -> None:
        view = self.view(desk)
        self.check_held(desk)
        equal(desk.tables(), view.tables, "tables")
        equal(desk.open_questions(), view.questions, "questions")
        self.asked |= view.questions.keys()
        for question in desk.questions():
            if question.cell != "~":
                said = sorted(json.dumps(c.value, sort_keys=True, ensure_ascii=False) for c in question.candidates)
                assert tuple(said) == view.cells[question.id][question.cell].candidates, "candidates"
        assert desk.db.execute("PRAGMA foreign_key_check").fetchall() == []

    def check_made(self, desk: TestDesk, kind: str, id_: str, given: Mapping[str, Any]) -> None:
        columns = desk.tables()[kind, id_]
        for name, value in columns.items():
            wanted = given.get(name)
            if name not in ("pos", "is_deleted"):
                assert value == (dict(wanted.cells) if isinstance(wanted, Bilingual) else wanted), (
                    f"new, but old {name}"
                )

    def check_saved(self, desk: TestDesk, kind: str, id_: str, wanted: Mapping[str, Any]) -> None:
        for name, value in wanted.items():
            stored = desk.db.execute(f'SELECT "{name}" FROM "{kind}" WHERE id = ?', (id_,)).fetchone()[0]
            held = desk.kinds[kind].fields[name].type.load(stored)
            assert held == value or (not value and held is None), f"{name} was saved as {value!r}, but holds {held!r}"

    def check_search(self, desk: TestDesk, words: Iterable[str]) -> None:
        shown = self.view(desk).words()
        for word in words:
            assert desk.found(word) == shown.get(word, set()), f"search for {word}"

    def check_history(self, desk: TestDesk) -> None:
        for id_, row in self.view(desk).writes.items():
            said = Counter((c.field, json.dumps(c.new, sort_keys=True)) for c in desk.history(id_))
            written = Counter(
                (cell, json.dumps(None if isinstance(v, dict) and "?" in v else v, sort_keys=True))
                for cell, writes in row.items()
                for _, v in writes
                if cell != "owner"
            )
            assert not written - said, "a value is not in the history"

    def check_rebuild(self, desk: TestDesk) -> None:
        """All that is derived comes out the same when made again from the log."""
        before = desk.everything()
        with desk.transaction():
            desk.merge.rebuild()
        after = desk.everything()
        for what, held in before.items():
            equal(after[what], held, f"{what} after a rebuild")

    def seen_by_a_person(self, desk: TestDesk) -> dict[Any, Any]:
        """Visible records and what must be decided; what a merge settled by itself is nobody's business."""
        shown = {key: columns for key, columns in desk.tables().items() if not columns["is_deleted"]}
        asked = {(q.id, q.cell): frozenset(map(str, q.candidates if q.cell != "~" else ()))
                 for q in desk.questions() if q.state == "decide"}  # fmt: skip
        return {**shown, **asked}

    def finish(self, words: Sequence[str]) -> None:
        """Everybody gets everything, and all desks are the same."""
        self.spread()
        for desk in self.desks:
            if desk.is_older:
                self.check(desk)
                desk.update()
            self.check(desk)
        first = self.desks[0]
        for desk in self.desks[1:]:
            equal(desk.bytes(), first.bytes(), f"tables of {desk.name} and {first.name}")
            equal(desk.heads_by_device(), first.heads_by_device(), f"heads of {desk.name} and {first.name}")
        self.counts["asked"] = len(self.asked)
        for desk in self.desks:
            self.check_search(desk, words)
            self.check_erased(desk)
        self.check_history(first)
        self.check_rebuild(self.desks[-1])
        self.check_rebuild(first)


def equal(got: Any, wanted: Any, what: str) -> None:
    if got != wanted:
        raise AssertionError(f"{what}: {differences(got, wanted)}")


def differences(got: Any, wanted: Any) -> str:
    if isinstance(got, dict) and isinstance(wanted, dict):
        return str({k: (got.get(k), wanted.get(k)) for k in {*got, *wanted} if got.get(k) != wanted.get(k)})
    return f"{got!r} instead of {wanted!r}"
