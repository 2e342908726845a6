"""A workspace as the services hold it: read, save, undo, history, questions, the digest.

``save`` is where an edit becomes a changeset: it collects what differs, and hands it to the one writer, ``Merge``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from typing import Any, ParamSpec

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message
from ucapdesk.base.json_text import Json
from ucapdesk.model.errors import LOCAL_FIELD
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.errors import LeftoversRemain, ReadOnlyWorkspace, StillWriting, refuse_long_names, translated_errors
from ucapdesk.store.log.changeset import OF_THE_PROGRAM, StepLabel
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.resolve import Liveness, candidates
from ucapdesk.store.merge.row_state import MEMBER, TRASHED, all_heads, load_one
from ucapdesk.store.outcomes import ChangeEvent, Outcome, Question, Undone, linked, owners_of_members
from ucapdesk.store.read.reader import CellChange, Reader, history
from ucapdesk.store.refusals import NOTHING_TO_REDO, NothingToUndo
from ucapdesk.store.safety import leftovers
from ucapdesk.store.safety.erase import places, said_of
from ucapdesk.store.save import Save, follow, refuse_unreadable
from ucapdesk.store.search.full_text import index_rows
from ucapdesk.store.undo import REDO, UNDO, Step, Undo
from ucapdesk.store.workspace.database import immediate
from ucapdesk.store.workspace.identity import Identity, forget_identity
from ucapdesk.store.workspace.trusted_clock import CONFIRMED
from ucapdesk.store.workspace.workspace import Workspace

log = logging.getLogger(__name__)

SITTING = 30 * 60 * 1_000_000  # Microseconds after which the author of a text no longer has it before their eyes
# Labels of steps in which texts are typed; copied, imported or undone texts were not written side by side.
TYPED = ("record.add", "record.edit")


P = ParamSpec("P")
Listener = Callable[[ChangeEvent], None]

PATIENCE = 0.08  # Seconds that the opening thread waits for another one that writes: the window must stay responsive


def _held(workspace: Callable[P, Workspace]) -> Callable[P, Desk]:
    """Return a function that makes the desk of a workspace that another opens; where there can be none, it is closed again."""

    def held(*args: P.args, **named: P.kwargs) -> Desk:
        opened = workspace(*args, **named)
        try:
            return Desk(opened)
        except BaseException:
            opened.close()
            raise

    return held


class Desk(AbstractContextManager["Desk"]):
    """One open workspace. Close it, or use ``with``."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.read = Reader(workspace.readers)
        self._lock, self._opener = threading.RLock(), threading.get_ident()
        self._saving = False
        self._listeners: dict[object, Listener] = {}
        self._own_reader = None if workspace.db else workspace.readers.raw_connection()
        self.db: Any = workspace.db or self._own_reader.driver_connection  # type: ignore[union-attr]
        self.log = Log(self.db, workspace.id, workspace.clock)
        self.merge = Merge(self.log, KINDS, index_rows)
        self._undo = Undo(self.merge)
        workspace.clock.learn(self.db)
        # Messages about what was done automatically at the opening, for the window to show.
        self.said: list[Message] = []

    # Open or make a workspace; arguments as ``Workspace.open`` and ``Workspace.create``.
    open, create = staticmethod(_held(Workspace.open)), staticmethod(_held(Workspace.create))

    def close(self) -> None:
        if self._own_reader:
            self._own_reader.close()
        self.workspace.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing ----------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], object]:
        """Call ``listener`` after the commit of every change; the returned function ends that."""
        key = object()
        self._listeners[key] = listener
        return partial(self._listeners.pop, key, None)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Reserve the writing connection. Raises StillWriting where that would mean a long wait."""
        if not self._lock.acquire(timeout=PATIENCE if threading.get_ident() == self._opener else -1):
            raise StillWriting
        try:
            yield
        finally:
            self._lock.release()

    def ask(self, sql: str, *given: object) -> list[Any]:
        """Return the rows that a question finds on the writing connection. Raises StillWriting."""
        with self.alone():
            return list(self.db.execute(sql, given).fetchall())

    @contextmanager
    def _reading(self) -> Iterator[Log]:
        """Return the log for reading; while another thread writes, its committed state on a read-only connection."""
        if self._lock.acquire(blocking=False):
            try:
                yield self.log
            finally:
                self._lock.release()
        else:
            with self.workspace.readers.connect() as connection, connection.begin():
                yield Log(connection.connection.driver_connection, self.workspace.id, self.workspace.clock)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """Open a transaction on the writing connection; it is rolled back unless the block ends well."""
        with self.alone(), translated_errors(self.workspace.path):
            if self.workspace.db is None:
                raise ReadOnlyWorkspace(path=self.workspace.path)
            self.workspace.refuse_removed()
            if self._saving:
                raise RuntimeError("saves are never nested")
            self._saving = True
            try:
                with immediate(self.db):
                    yield self.db
            except BaseException:
                self.log.forget()
                raise
            finally:
                self._saving = False

    @contextmanager
    def save(self, label: StepLabel, *, undoes: list[int] | None = None) -> Iterator[Save]:
        """Open a unit of work. What differs at the end of the block becomes one changeset; an exception writes nothing.

        Args:
            label: Key of a sentence and its arguments; may be filled in until the block ends.
            undoes: Own steps that this one takes back or does again.
        """
        outcome = Outcome()
        with ExitStack() as committed, self.alone():
            with self.transaction(), self.within(label, outcome, undoes) as work:
                yield work
            touched = {*outcome.touched, *((kind, id_) for kind, id_, _, _ in work.local)}
            committed.callback(self.publish, touched, label)
            if outcome.changesets:
                me = self.me()
                me.note_seq(self.log.devices[me.device_id].seq)
            self.tidy(outcome)

    @contextmanager
    def within(
        self, label: StepLabel, outcome: Outcome, undoes: list[int] | None = None, me: Identity | None = None
    ) -> Iterator[Save]:
        """Open a unit of work inside a transaction, and add to ``outcome`` what came of it; else as ``save`` and ``write_own``."""
        work = Save(self.log, self.merge.liveness, self.merge.kinds, self._just_typed)
        yield work
        follow(work)
        rows = work.close()
        self._write_local(work.local)
        if rows or undoes or work.local:  # a step that only this laptop knows is a step all the same
            outcome.add(self.write_own(rows, label, undoes, me))

    def _just_typed(self, dot: Dot) -> bool:
        """Return whether the user typed a changeset on this laptop, not long ago."""
        written = self.log.read(dot)
        mine = (written.device, written.person) == (self.me().device_id, self.workspace.person)
        return mine and written.label[0] in TYPED and 0 <= self.log.clock() - written.time <= SITTING

    def rename_person(self, name: str) -> None:
        """Change the user's name from now on; older changesets keep the name they were written under."""
        refuse_long_names(name)
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO sync_meta VALUES('person', ?)", (name,))
            me = "(SELECT v FROM sync_meta WHERE k = 'me')"
            db.execute(f"UPDATE sync_device SET person = ? WHERE device_id = {me}", (name,))
        self.workspace.person = name

    def mark(self, name: str, value: str | int = 1) -> None:
        """Note something of this copy alone: it is in no package, and no colleague sees it."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", (name, value))

    def confirm_clock(self) -> None:
        """Confirm that the computer's clock is right, whatever the log says."""
        self.mark(CONFIRMED, self.workspace.clock.computer())
        self.workspace.clock.learn(self.db)

    def marked(self, name: str) -> Any:
        """Return what was noted under a name; None for nothing."""
        with self.workspace.readers.connect() as connection:
            return connection.exec_driver_sql("SELECT v FROM sync_meta WHERE k = ?", (name,)).scalar()

    def write_own(
        self, rows: list[Any], label: StepLabel, undoes: list[int] | None = None, me: Identity | None = None
    ) -> Outcome:
        """Write the next own changeset, inside a transaction; ``me``: the device, where that is not committed yet."""
        me = me or self.me()
        person = "" if label[0] in OF_THE_PROGRAM else self.workspace.person
        whose = said_of(self.merge.kinds, person, rows, partial(places, self.log, self.merge.kinds))
        changeset = self.log.own(me.device_id, rows, label, person, undoes, whose=whose)
        refuse_unreadable(changeset)
        outcome = self.merge.apply([changeset])
        leftovers.note(self.db, outcome)
        self.note_head(me)
        return outcome

    def note_head(self, me: Identity) -> None:
        """Sign the head of the own log; a new device is entered first."""
        device = self.log.device(me.device_id)
        signature = me.sign_head(self.log.workspace, me.device_id, device.seq, device.chain)
        self.log.note_head(device.ord, device.seq, device.chain, signature)
        known = self.db.execute("SELECT pubkey FROM sync_device WHERE ord = ?", (device.ord,)).fetchone()
        if known[0] is None:
            self.db.execute("INSERT OR REPLACE INTO sync_meta VALUES('me', ?)", (me.device_id,))
            self.db.execute(
                "UPDATE sync_device SET pubkey = ?, person = ?, trust = 'me', first_seen = ?, succ_of = ? WHERE ord = ?",
                (me.public_key, self.workspace.person, self.workspace.clock(), me.succ_of, device.ord),
            )

    @contextmanager
    def renewed_identity(self) -> Iterator[Identity]:
        """Write as a new device from now on, as numbers of the old one have been used elsewhere.

        Entered in a transaction and left after it, so that the old key goes only where all is committed.
        """
        old, new = self.me().device_id, self.workspace.successor(self.me().device_id)
        try:
            self.note_head(new)
            yield new
        except BaseException:
            forget_identity(new.device_id)
            raise
        self.workspace.go_on_as(new, [old])

    def _write_local(self, local: list[tuple[str, str, str, Any]]) -> None:
        for kind, id_, name, value in local:
            if value is not None and not self.workspace.protected:
                raise LOCAL_FIELD(field=name)
            self.db.execute(f'INSERT INTO "{kind}"(id) VALUES(?) ON CONFLICT(id) DO NOTHING', (id_,))
            self.db.execute(f'UPDATE "{kind}" SET "{name}" = ? WHERE id = ?', (value, id_))

    def publish(self, records: set[tuple[str, str]], label: StepLabel) -> None:
        """Tell the listeners what a ``transaction`` that has ended wrote."""
        if not self._listeners:
            return
        concerned = {*owners_of_members(self.db, records), *linked(self.db, records)}
        told_of = frozenset((kind, id_) for kind, id_ in {*records, *concerned} if kind != MEMBER)
        for listener in list(self._listeners.values()) if told_of else ():
            try:
                listener(ChangeEvent(told_of, label))
            except Exception:  # the commit stands, and the other listeners are told
                log.exception("a listener failed")

    def tidy(self, outcome: Outcome) -> None:
        """Remove every trace of removed data. Raises LeftoversRemain where that must wait for the next opening."""
        try:
            with translated_errors(self.workspace.path):
                leftovers.clear(self.db, self.workspace, outcome)
        except UserError as error:
            raise LeftoversRemain(path=self.workspace.path) from error

    # -- undo -------------------------------------------------------------------------------------

    def undo(self) -> Undone:
        """Undo the newest own step that stands. Raises NothingToUndo."""
        return self._take_back(UNDO)

    def redo(self) -> Undone:
        """Redo the step that was undone last, as long as nothing was written since. Raises NOTHING_TO_REDO."""
        return self._take_back(REDO)

    def next_undo(self) -> StepLabel | None:
        return self._next(UNDO)

    def next_redo(self) -> StepLabel | None:
        return self._next(REDO)

    def _next(self, which: str) -> StepLabel | None:
        """None also while another thread writes: nothing can be taken back then; and none after an erasure."""
        try:
            step = self._step(which)
        except (StillWriting, NothingToUndo):
            return None
        return self._said(step) if step else None

    def _step(self, which: str) -> Step | None:
        if self.workspace.read_only:
            return None
        with self.alone():
            me = self.me().device_id
            return self._undo.last_done(me) if which == UNDO else self._undo.last_undone(me)

    def me(self) -> Identity:
        """Return the device that writes here. A copied workspace is a new device, so its undo never reaches another's work."""
        last = self.db.execute("SELECT v FROM sync_meta WHERE k = 'me'").fetchone()
        return self.workspace.identity(self.log.vector(), last[0] if last else None)

    def _said(self, step: Step) -> StepLabel:
        label = step.changeset.label
        return label[1]["of"] if label[0] in (UNDO, REDO) else label

    def _take_back(self, which: str) -> Undone:
        with self.alone():
            step = self._step(which)
            if step is None:
                raise NothingToUndo if which == UNDO else NOTHING_TO_REDO()
            rows, skipped = self._undo.rows(step)
            label: StepLabel = [which, {"of": self._said(step)}]
            with self.save(label, undoes=[step.marks]) as work:
                work.rows(rows)
        return Undone(label[1]["of"], frozenset((ent, id_) for ent, id_, _ in rows), tuple(skipped))

    # -- questions about the log --------------------------------------------------------------------

    def heads(self, id_: str) -> dict[str, list[int]]:
        """Return the heads of a record's cells; handed back with an edit as ``seen``."""
        with self._reading() as log:
            return all_heads(log.db, id_)

    def history(self, id_: str) -> list[CellChange]:
        """Return every value each field of a record ever had, oldest first."""
        with self._reading() as log:
            return history(log, id_)

    def questions(self) -> list[Question]:
        """Return the cells that several people wrote at once, of records outside the Trash; merged ones too."""
        with self._reading() as log:
            liveness = Liveness(log, self.merge.kinds)
            rows = log.db.execute(
                "SELECT r.ent, r.id, c.fld, c.kind FROM sync_conflict c JOIN sync_row r ON r.n = c.row"
                " WHERE r.ent NOT GLOB '~*' ORDER BY c.row, c.fld"
            ).fetchall()
            found = []
            for kind, id_, cell, state in rows:
                held = load_one(log.db, id_)
                if held and liveness.visible(held):
                    trash = cell == TRASHED
                    said = liveness.candidates(held) if trash else candidates(log, id_, cell, held.heads[cell])
                    found.append(Question(kind, id_, cell, state, tuple(said)))
            return found

    def decide(self, id_: str, cell: str, value: Json) -> None:
        said = {"id": id_, "cell": cell, "kind": self.read.kind_of(id_) or ""}
        with self.save(["decide", said]) as work:
            work.decide(id_, cell, value)
