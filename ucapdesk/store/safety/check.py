"""Checks a workspace for damage, compares it with another desk, and puts lines back that were taken out of a log on the way here.

``record_digest`` is one hash of what the records say; two desks that hold the same changesets have the same one.
``check`` looks through the database, the log with its chains and signatures and the files, and makes everything that
is derived from the log again on a copy: it must come out as it stands.

A chain of hashes holds with a line in place as with its hash in place of it, so whoever hands a log on can leave lines out
that nobody asked to be removed. What an author's header lists cannot be left out without being noticed (``whose``);
changesets of before say nothing of it. So what is missing here is looked for in every package, and what turns out to be
of nobody whose data is removed comes back as soon as anybody brings it whole.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ucapdesk.base.clock import system_clock
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message
from ucapdesk.base.json_text import dumps
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.log.branches import Branches
from ucapdesk.store.log.changeset import Changeset, first_chain, next_chain, pack, parse_body, person_of, unpack
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.row_state import ERASED, ERASED_HEADS, any_is_erased, is_of_the_log, load, load_one
from ucapdesk.store.safety.erase import (
    PERSON,
    Place,
    Removals,
    about,
    are_erased,
    forgotten,
    may_be_personal,
    name_hash,
    people_of,
    whose_data,
)
from ucapdesk.store.search.full_text import index_rows
from ucapdesk.store.workspace.database import Database, immediate, problems, stoppable
from ucapdesk.store.workspace.file_store import named_files
from ucapdesk.store.workspace.folder import STORE
from ucapdesk.store.workspace.identity import head_is_signed

if TYPE_CHECKING:
    from ucapdesk.store.desk import Desk


_INCOMPLETE = f"""SELECT d.device_id, c.body FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev
    WHERE c.person = '' OR c.n IN (SELECT t.n FROM sync_row r JOIN sync_touch t ON t.row = r.n WHERE r.heads LIKE '{ERASED_HEADS}')"""


def incomplete(db: Database) -> Iterator[Changeset]:
    if not any_is_erased(db):
        return
    for device, body in db.execute(_INCOMPLETE):
        changeset = parse_body(body, device)
        if changeset.nameless or changeset.blanked:
            yield changeset


def missing(db: Database) -> Iterator[tuple[str, int, list[int]]]:
    """Yield device, number and lines of each of these; 0 stands for the name of the author."""
    for each in sorted(incomplete(db), key=lambda changeset: (changeset.device, changeset.seq)):
        yield each.device, each.seq, [*([0] if each.nameless else []), *_gaps(each)]


def unasked(log: Log) -> Iterator[Changeset]:
    for each in incomplete(log.db):
        removals = Removals()
        removals.note(each)
        if not removals.were_asked(log):
            yield each


def _gaps(changeset: Changeset) -> list[int]:
    return [n for n, line in enumerate(changeset.lines) if n and line.startswith("{")]


class Healing:
    """Missing lines of a log, and the complete ones a package brings."""

    def __init__(self, log: Log, kinds: Mapping[str, Kind]) -> None:
        self.log, self.kinds = log, kinds
        self.here = {(each.device, each.seq): each for each in incomplete(log.db)}
        self.whole: list[Changeset] = []

    def beside(self, changesets: Iterable[Changeset], held: Mapping[str, int]) -> Iterator[Changeset]:
        """Yield the changesets of a package that are not held; held ones are checked for missing lines."""
        for changeset in changesets:
            if changeset.seq <= held.get(changeset.device, 0):
                self.offer(changeset)
            else:
                yield changeset

    def offer(self, changeset: Changeset) -> None:
        """Check another copy of a held changeset for missing lines."""
        if (here := self.here.get((changeset.device, changeset.seq))) is None:
            return
        device = self.log.devices[changeset.device]
        chain = next_chain(self.log.chain_at(device, changeset.seq - 1), changeset.lines)
        if chain == self.log.chain_at(device, changeset.seq) and len(changeset.lines) == len(here.lines):
            self.whole.append(changeset)

    def settle(self) -> tuple[int, set[tuple[str, str]]]:
        """Put back what nobody asked to be removed; return how many lines, and of which records. A rebuild must follow."""
        back, records, gone = 0, set[tuple[str, str]](), forgotten(self.log)
        places = {
            id_: (ent, owner)
            for each in self.whole
            for ent, id_, cells in each.rows
            if (owner := each.person_of(id_) if about(self.kinds, ent) else _owner(cells))
        }
        for changeset in self.whole:
            here = self.here[changeset.device, changeset.seq]
            lines = list(here.lines)
            rows = _rows(changeset)
            for n in _gaps(here):
                if (row := rows.get(n)) and not self._is_removed(changeset, n, row, places):
                    lines[n] = changeset.lines[n]
                    records.add(row[:2])
            ord_ = self.log.devices[changeset.device].ord
            if here.nameless and changeset.person and not gone.covers(ord_, name_hash(changeset.person)):
                lines[0] = changeset.lines[0]
            if put := sum(a != b for a, b in zip(lines, here.lines, strict=True)):
                back += put
                query = "UPDATE sync_changeset SET body = ? WHERE dev = ? AND seq = ?"
                self.log.db.execute(query, (pack(lines), ord_, changeset.seq))
        return back, records

    def _is_removed(self, changeset: Changeset, n: int, row: tuple[str, str], places: Mapping[str, Place]) -> bool:
        """Return whether a line is about somebody whose data is removed, or may be: of some nothing says whose part they are."""
        ent, id_ = row
        if is_of_the_log(ent) or not may_be_personal(self.kinds, ent):
            return False
        if changeset.whose is not None:
            person = person_of(changeset.whose, n)
        elif ent == PERSON:
            person = id_
        elif (held := load_one(self.log.db, id_)) and ERASED not in held.heads:
            return False  # it stays
        elif about(self.kinds, ent) or any(owner for _, owner in self._places([id_], places).values()):
            person = people_of(self.kinds, [id_], lambda ids: self._places(ids, places)).get(id_)
        else:
            return True
        return person is not None and are_erased(self.log.db, [person])

    def _places(self, ids: Collection[str], places: Mapping[str, Place]) -> dict[str, Place]:
        here = load(self.log.db, set(ids) - places.keys())
        held = {id_: (row.ent, whose_data(self.log, self.kinds, row)) for id_, row in here.items()}
        return held | {id_: places[id_] for id_ in ids if id_ in places}


def _owner(cells: Mapping[str, Any]) -> str | None:
    owner = cells.get("owner")
    return owner if isinstance(owner, str) else None


def _rows(changeset: Changeset) -> dict[int, tuple[str, str]]:
    whole = [n for n, line in enumerate(changeset.lines) if n and not line.startswith("{")]
    return {n: (ent, id_) for n, (ent, id_, _) in zip(whole, changeset.rows, strict=True)}


_AT_ONCE = 1000


class Finding(NamedTuple):
    """One problem. ``where``: database, log, signature, files, records or search."""

    where: str
    what: Message


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check.

    Attributes:
        findings: Problems; empty where all is well.
        counts: How many changesets, devices, records, files, and ``files_missing`` that are still on their way.
        digest: Of the records.
        log: Of the log.
        rebuilt: Whether all derived tables were made again.
    """

    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    log: str = ""
    rebuilt: bool = False

    @property
    def ok(self) -> bool:
        return not self.findings


def record_digest(db: Database) -> str:
    """Return one hash of all living records and their open questions, without fields that stay on this laptop."""
    return _hash(_living(db))


def _living(db: Database) -> Iterator[Any]:
    """Yield every living record of the kinds of this version, and every open question about one."""
    questions = "SELECT r.id, c.fld, c.kind FROM sync_conflict c JOIN sync_row r ON r.n = c.row ORDER BY r.id, c.fld"
    asked = grouped((question[0], question) for question in db.execute(questions))
    for kind in sorted(KINDS.values(), key=lambda kind: kind.name):
        if kind.cls.reserved:
            continue  # the members of sets: their owners' columns hold them
        names = sorted(name for name, each in kind.fields.items() if not each.meta.local)
        columns = ", ".join(f'"{name}"' for name in names)
        yield kind.name, names
        of_kind: list[Any] = []
        for record in db.execute(f'SELECT id, {columns} FROM "{kind.name}" WHERE is_deleted = 0 ORDER BY id'):
            yield record
            of_kind += asked.get(record[0], ())
        yield from of_kind


def log_digest(db: Database) -> str:
    """Return one hash of the changesets held, and of those parts of them that were removed."""
    held = db.execute("SELECT device_id, seq, hex(chain) FROM sync_device WHERE seq > 0 ORDER BY device_id")
    return _hash([*held, *missing(db)])


def derived_digest(db: Database) -> str:
    """Return one hash of everything derived from the log but the search index: also the Trash, and sort keys."""
    return _hash(_derived(db))


def _derived(db: Database) -> Iterator[Any]:
    yield from db.execute("SELECT id, ent, owner FROM sync_row ORDER BY id")
    yield from db.execute(
        "SELECT r.id, c.fld, c.kind FROM sync_conflict c JOIN sync_row r ON r.n = c.row WHERE r.ent NOT GLOB '~*'"
        " ORDER BY r.id, c.fld"
    )
    for name, kind in KINDS.items():
        names = ["is_deleted", "sort_en", "sort_zh", *kind.fields]
        columns = ", ".join(f'"{each}"' for each in names)
        yield from db.execute(f'SELECT id, {columns} FROM "{name}" ORDER BY id')


def search_digest(db: Database) -> str:
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, search, 'instance')")
    try:
        if not any_is_erased(db):
            return _hash(_many(db.execute("SELECT term, doc, col, offset FROM temp.search_words")))
        # a rebuild numbers erased rows later, and so everything after them
        by_id = (
            "SELECT w.term, r.id, w.col, w.offset FROM temp.search_words w JOIN sync_row r ON r.n = w.doc"
            " ORDER BY w.term, r.id, w.col, w.offset"
        )
        return _hash(_many(db.execute(by_id)))
    finally:
        db.execute("DROP TABLE temp.search_words")


def _many(found: Any) -> Iterator[Any]:
    """Return very many rows, which the driver gives faster in parts."""
    return chain.from_iterable(iter(lambda: found.fetchmany(_AT_ONCE), []))


def _hash(rows: Iterable[Any]) -> str:
    digest, left = hashlib.sha256(), iter(rows)
    while part := list(islice(left, _AT_ONCE)):
        digest.update(dumps(part).encode())
    return digest.hexdigest()


# -- the check ------------------------------------------------------------------------------------


def check(desk: Desk, *, rebuild: bool = False, progress: Progress = untold) -> CheckReport:
    """Check a workspace. It reads beside the writer, and sees one state from beginning to end.

    Args:
        desk: It; reading is enough unless it is to be rebuilt.
        rebuild: Also make everything that is derived from the log again, after a backup; unless the log is not whole.
        progress: Told of the steps done and of all; raising in it ends the work.
    """
    report = CheckReport()
    tell = _Steps(progress)
    with desk.workspace.sources() as databases:
        store = databases[STORE]
        for name, db in databases.items():
            with stoppable(db, tell.again):
                said = [Message("check", "the database reports: {said}", {"said": said}) for said in problems(db)]
            where = "database" if name == STORE else "files"
            report.findings.extend(Finding(where, each) for each in said)
            tell()
        whole = _read_through(desk, store, report, tell)
        rebuild = rebuild and whole
        if rebuild:
            desk.workspace.keep_copy("rebuild", lambda *_: tell.again())
            with desk.transaction() as db, stoppable(db, tell.again):
                desk.merge.rebuild()
        if whole:  # else nothing could be made of the log
            _look_at_derived(desk, store, report, tell)
        tell()
        return replace(report, digest=record_digest(store), log=log_digest(store), rebuilt=rebuild)


def _read_through(desk: Desk, db: Database, report: CheckReport, tell: _Steps) -> bool:
    with stoppable(db, tell.again):
        db.execute("BEGIN")
        for look in (_look_at_chains, _look_at_signatures, _look_at_what_is_missing, _look_at_files):
            look(desk, db, report)
            tell()
        db.execute("COMMIT")
    return not any(finding.where in ("database", "log") for finding in report.findings)


class _Steps:
    """Counts the steps of a check."""

    WHOLE = 8

    def __init__(self, progress: Progress) -> None:
        self._progress, self._done = progress, 0

    def __call__(self) -> None:
        self._done += 1
        self.again()

    def again(self) -> None:
        """Let the check be cancelled here too, without reporting a step."""
        self._progress(self._done, self.WHOLE)


def _look_at_chains(desk: Desk, db: Database, report: CheckReport) -> None:
    """Check each changeset's chain from its own lines, without a gap, up to the head of its device."""
    devices = db.execute("SELECT ord, device_id, seq, chain FROM sync_device ORDER BY ord").fetchall()
    branches = Branches.load(db)
    for ord_, device, last, head in devices:
        at, good = _before(desk, db, branches, device), branches.after(device)
        rows = db.execute("SELECT seq, chain, body FROM sync_changeset WHERE dev = ? ORDER BY seq", (ord_,))
        for seq, kept, body in rows:
            at = next_chain(at, _lines(body))
            if seq != good + 1 or bytes(kept) != at:
                break
            good = seq
        if good != last or at != bytes(head):
            args = {"seq": good + 1, "device": device}
            said = Message("check", "from changeset {seq} on the log of device {device} is not what it was", args)
            report.findings.append(Finding("log", said))
    (report.counts["changesets"],) = db.execute("SELECT count(*) FROM sync_changeset").fetchone()
    report.counts["devices"] = len(devices)


def _before(desk: Desk, db: Database, branches: Branches, id_: str) -> bytes:
    """Return the chain before the first changeset of a device or of a branch."""
    first = branches.after(id_)
    while id_ in branches.nodes and first <= branches.after(id_):
        id_ = branches.nodes[id_][0]
    sql = "SELECT c.chain FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev WHERE d.device_id = ? AND c.seq = ?"
    row = db.execute(sql, (id_, first)).fetchone()
    return bytes(row[0]) if row else first_chain(desk.workspace.id, id_)


def _lines(body: bytes | str) -> list[str]:
    try:
        return unpack(body)
    except (zlib.error, ValueError):  # the body was altered
        return []


def _look_at_signatures(desk: Desk, db: Database, report: CheckReport) -> None:
    rows = db.execute(
        "SELECT device_id, pubkey, head_sig, head_seq, head_chain, c.chain FROM sync_device d"
        " LEFT JOIN sync_changeset c ON c.dev = d.ord AND c.seq = d.head_seq WHERE head_sig IS NOT NULL"
    )
    for device, key, signature, seq, ends, held in rows.fetchall():
        stands = held if seq else first_chain(desk.workspace.id, device)  # 0: known, but has not written yet
        if ends != stands or not head_is_signed(bytes(key), bytes(signature), desk.workspace.id, seq, bytes(ends)):
            said = Message("check", "the signature of device {device} does not fit its log", {"device": device})
            report.findings.append(Finding("signature", said))


def _look_at_what_is_missing(desk: Desk, db: Database, report: CheckReport) -> None:
    if lines := sum(1 for _ in unasked(Log(db, desk.workspace.id, system_clock))):
        said = Message("check", "{n} changesets arrived incomplete although nobody removed anything; a "
                                "package from a colleague who has them whole completes them", {"n": lines})  # fmt: skip
        report.findings.append(Finding("signature", said))


def _look_at_files(desk: Desk, db: Database, report: CheckReport) -> None:
    """Check the bytes of every file, and list the files that records name but that have not arrived."""
    files = desk.workspace.files
    if files.broken:
        report.findings.append(Finding("files", files.broken.message))
    for sha256 in files.damaged():
        said = Message("check", "the bytes of the file {sha256} are not what they were", {"sha256": sha256[:12]})
        report.findings.append(Finding("files", said))
    held = set(files.all())
    report.counts.update(files=len(held), files_missing=len(named_files(db).keys() - held))


def _look_at_derived(desk: Desk, store: Database, report: CheckReport, tell: _Steps) -> None:
    questions: tuple[tuple[str, Message, Callable[[Database], str]], ...] = (
        ("records", Message("check", "the records are not what the log adds up to"), derived_digest),
        ("search", Message("check", "the search index does not fit the records"), search_digest),
    )
    with desk.workspace.throwaway_copy(store) as copy, stoppable(copy, tell.again):
        listed = [name for name, kind in KINDS.items() if not kind.cls.reserved]
        living = (copy.execute(f'SELECT count(*) FROM "{k}" WHERE is_deleted = 0').fetchone()[0] for k in listed)
        report.counts["records"] = sum(living)
        before = [(Finding(where, said), ask, ask(copy)) for where, said, ask in questions]
        merge = Merge(Log(copy, desk.workspace.id, system_clock), KINDS, index_rows)
        tell()
        with immediate(copy):
            merge.rebuild()
        report.findings.extend(finding for finding, ask, was in before if ask(copy) != was)
