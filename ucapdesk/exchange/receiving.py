"""Receives packages: copied first, checked, then applied all together or not at all.

A preview is the same work inside a transaction that is rolled back, so what it counts is what will happen; a package that
waits and comes in with these is not counted. What a package would remove for good (whose data, which authors' names) is said
before, and nothing of it is done unasked. Where a laptop wrote twice under one name both are kept, and the copied one becomes a new
laptop. A whole receive can be undone as long as it is the newest thing that happened here: the backup is put back.

A new desk of a colleague's workspace is created from a complete package (``join``). It is made in a folder beside its place and
renamed when all is in it: ended at any moment there is never an empty one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from ucapdesk.base.clock import Clock, system_clock
from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.i18n import language
from ucapdesk.base.json_text import Json, loads
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.exchange import container, waiting_packages
from ucapdesk.exchange.arrival import (
    Arrival,
    MayRemove,
    Run,
    Settle,
    arrive,
    note_introductions,
    refuse,
    those_waiting,
    tidy,
)
from ucapdesk.exchange.container import opened
from ucapdesk.exchange.errors import (
    FORGED_PACKAGE,
    LOOSE_ENDS,
    MISSING_BEFORE,
    NOT_WHOLE_YET,
    REMOVES_RECORDS,
    DamagedPackage,
    Refusal,
    RemovesPeople,
)
from ucapdesk.exchange.manifest import Manifest
from ucapdesk.exchange.package import Package, Reading, check_heads, check_meeting, open_package
from ucapdesk.exchange.reports import (
    APPLIED,
    KNOWN,
    MOST_LINES,
    MOST_VALUES,
    NEW,
    SEPARATED,
    UPDATED,
    Report,
    WrittenRecord,
    note_devices,
    note_import,
)
from ucapdesk.exchange.reports import TRASHED as GONE
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.kinds.partnership_kinds import Country
from ucapdesk.model.kinds.people_kinds import Person, families_of, names_of
from ucapdesk.model.rules.limits import LONGEST_NAME
from ucapdesk.model.text.fields_in_words import own_title
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import LeftoversRemain, translated_errors
from ucapdesk.store.log.changeset import ON_BRANCH, Changeset, Row
from ucapdesk.store.log.log import Fork, MissingChanges
from ucapdesk.store.merge.branch_merge import BranchMeeting, keep_apart, reissue
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.row_state import ERASED, TRASHED, load_one
from ucapdesk.store.outcomes import Outcome
from ucapdesk.store.read.duplicate_records import LOOKED_AT, SAME, Sames, alike
from ucapdesk.store.read.titles import titles
from ucapdesk.store.refusals import Named, links_hold, note_links, whole_links
from ucapdesk.store.safety import leftovers
from ucapdesk.store.safety.check import Healing
from ucapdesk.store.safety.erase import (
    BlankedWithoutErasing,
    ErasesOthers,
    erased_names,
    forgotten,
    name_hash,
    names_in,
)
from ucapdesk.store.workspace import folder
from ucapdesk.store.workspace.database import SCHEMA
from ucapdesk.store.workspace.file_store import named_files
from ucapdesk.store.workspace.identity import Identity


class UnsharedTail(Exception):
    """Another laptop writes under this one's name, and nobody else can have own changesets from this one on."""

    def __init__(self, first: int, bundle: str) -> None:
        super().__init__(first, bundle)
        self.first, self.bundle = first, bundle


def meet_branches(run: Run, package: Package) -> BranchMeeting:
    """Combine a package with the log here. Raises a ``Refusal`` where its logs are not those that their authors signed."""
    meeting = BranchMeeting(run.desk.log, package.manifest.tree, package.changesets({}), package.manifest.base)
    check_meeting(meeting, package)
    return meeting


def note_tail(run: Run, meeting: BranchMeeting, bundle: str) -> None:
    """Note, of a package that can be taken in, from which own changeset on nobody has what another laptop wrote otherwise."""
    desk, me = run.desk, run.desk.me().device_id
    if me in meeting.whole.parted() and not run.dry and not run.reissued and run.tail is None:
        query = "SELECT head FROM sync_export"
        given = max((loads(head).get(me, 0) for (head,) in desk.db.execute(query).fetchall()), default=0)
        if first := meeting.first_unshared(me, given):
            run.tail = first, bundle


def write_tail_anew(run: Run, tail: UnsharedTail) -> None:
    """Write own changesets that nobody else can have again, under a new name; where others wrote upon them they stay as they are."""
    run.reissued = tail.bundle
    reissue(run.desk, {run.desk.me().device_id: tail.first})


def is_parted(desk: Desk) -> bool:
    return desk.me().device_id in desk.log.branches.parted()


def writing_device(run: Run) -> Identity:
    """Return the device that writes here: a new one, where the name of the old one was used by another laptop too."""
    if run.renewed and run.new is None:
        run.new = run.after.enter_context(run.desk.renewed_identity())
    return run.new or run.desk.me()


def write_branch_rows(run: Run, rows: Iterable[Row]) -> None:
    desk, me = run.desk, writing_device(run)
    desk.write_own([*rows], [ON_BRANCH, {}], me=me)
    run.after.callback(lambda: me.note_seq(desk.log.vector().get(me.device_id, 0)))


# The people to be removed, each by the merged records that share a name, and what these are called: one who was
# recorded twice is one person.
RemovedPeople = dict[tuple[str, ...], list[str]]


def note_removal(desk: Desk, id_: str, cells: Mapping[str, Json], report: Report, named: RemovedPeople) -> None:
    """Note what a removal is about, while it can still be said."""
    held = load_one(desk.db, id_) if cells.get("kind") == Person.__tablename__ else None
    if held and ERASED not in held.heads:
        called = titles(desk.db, [id_], language()).get(id_) or "—"
        names = dict[str, set[str]]()
        for person in desk.read.apart(desk.read.sames().whole(id_)):  # as it was before this transaction
            names[person.id] = {*names_of(person)}
            if person.id == id_:
                called = own_title(person, language()) or called
                report.gone |= names[id_] | {*families_of(person)}
        same = Sames((a, b) for a, b in combinations(names, 2) if names[a] & names[b])
        named.setdefault(same.whole(id_), []).append(called)
        report.erasing = tuple(" / ".join(dict.fromkeys(each)) for each in named.values())
    if hashes := names_in(cells):
        report.forgetting = tuple(dict.fromkeys((*report.forgetting, *_authors(desk, hashes))))


def _authors(desk: Desk, names: Collection[str]) -> list[str]:
    """Return who wrote here under one of these names, by their hashes, and is still named for it."""
    gone = forgotten(desk.log)
    written = desk.db.execute("SELECT DISTINCT dev, person FROM sync_changeset WHERE person <> ''").fetchall()
    said = ((dev, name, name_hash(name)) for dev, name in written)
    return [name for dev, name, hashed in said if hashed in names and not gone.covers(dev, hashed)]


def ask_removal(run: Run, reports: Sequence[Report]) -> None:
    """Ask whether it may be done. Raises RemovesPeople where it may not."""
    people = [name for report in reports for name in report.erasing]
    authors = [name for report in reports for name in report.forgetting]
    if run.may_remove and not run.agreed.issuperset((*people, *authors)) and not run.may_remove(people, authors):
        raise RemovesPeople(names=", ".join(dict.fromkeys((*people, *authors))))
    run.agreed |= {*people, *authors}


COUNTRY = Country.__tablename__
ODD_CLOCK = 10 * 60 * 10**6  # Microseconds by which another clock may be ahead before that is reported


@dataclass(slots=True)
class Written:
    """The contents of changesets, noted while they pass."""

    trashed: set[tuple[str, str]] = field(default_factory=set)
    listed: set[tuple[str, str]] = field(default_factory=set)
    # Of the countries those that the program lists, and those about which a person wrote something.
    said: set[tuple[str, str]] = field(default_factory=set)
    cells: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    erasing: RemovedPeople = field(default_factory=dict)
    named: Named = field(default_factory=dict)


def noted(
    run: Run, changesets: Iterator[Changeset], reading: Reading, written: Written, report: Report
) -> Iterator[Changeset]:
    now, before = run.desk.workspace.clock(), run.done
    for changeset in changesets:
        run.done = before + reading.changesets
        run.progress(run.done, max(run.whole, run.done))
        for ent, id_, cells in changeset.rows:
            note_links(written.named, ent, cells)
            if ent == ERASED:
                note_removal(run.desk, id_, cells, report, written.erasing)
            if ent == COUNTRY:
                (written.said if changeset.by_a_person else written.listed).add((ent, id_))
            if cells.get(TRASHED) == 1 and ent in LISTED:
                written.trashed.add((ent, id_))
            if run.dry:
                written.cells.setdefault(id_, set()).update(cells)
                if id_ in written.values or len(written.values) < MOST_VALUES:
                    written.values.setdefault(id_, {}).update(cells)
        if changeset.time > now + ODD_CLOCK:
            report.ahead = max(report.ahead, (changeset.time - now) // 10**6)
        yield changeset


def _is_hidden(desk: Desk, kind: str, id_: str) -> bool:
    row = desk.db.execute(f'SELECT is_deleted FROM "{LISTED[kind].name}" WHERE id = ?', (id_,)).fetchone()
    return bool(row and row[0])


def _was_merge(desk: Desk, kind: str, id_: str) -> bool:
    said = f'SELECT 1 FROM "{SAME}" WHERE id = ? AND NOT coalesce(differs, 0)'
    return kind == SAME and desk.db.execute(said, (id_,)).fetchone() is not None


def report_effects(run: Run, report: Report, outcome: Outcome, written: Written) -> None:
    desk = run.desk
    report.state = APPLIED if outcome.changesets or report.healed else KNOWN
    wrote = (outcome.new, outcome.updated - outcome.new)
    gone = {each for each in written.trashed if any(each in of_it for of_it in wrote) and _is_hidden(desk, *each)}
    left_out = gone | (written.listed - written.said) | {each for each in outcome.updated if each[1] in outcome.erased}
    came, changed = ([each for each in of_it if each[0] in LISTED and each not in left_out] for of_it in wrote)
    parted = {each for each in gone if _was_merge(desk, *each)}
    gone -= parted
    report.new, report.updated, report.trashed, report.separated = len(came), len(changed), len(gone), len(parted)
    report.merged, report.conflicts = len(outcome.merged), len(outcome.conflicts)
    report.kept = sum(cell == TRASHED for _, cell in outcome.conflicts)
    report.erased = sum(kind == "person" and id_ in outcome.gone for kind, id_ in outcome.updated)
    if run.dry:
        report.lines = tuple(_lines(desk, {NEW: came, UPDATED: changed, GONE: gone, SEPARATED: parted}, written))
        report.alike = _alike(desk, {id_ for kind, id_ in came if kind in LOOKED_AT})


def _lines(desk: Desk, by_what: Mapping[str, Collection[tuple[str, str]]], written: Written) -> Iterator[WrittenRecord]:
    for what, of_it in by_what.items():
        shown = sorted(of_it)[:MOST_LINES]
        called = titles(desk.db, [id_ for _, id_ in shown], language())
        for kind, id_ in shown:
            cells = tuple(sorted(written.cells.get(id_, ())))
            yield WrittenRecord(kind, id_, called.get(id_, ""), what, cells, written.values.get(id_, {}))


def _alike(desk: Desk, came: Collection[str]) -> tuple[str, ...]:
    pairs = alike(desk.db, came) if came else []
    here = {pair.a if pair.b in came else pair.b for pair in pairs if not {pair.a, pair.b} <= set(came)}
    return tuple(titles(desk.db, sorted(here), language()).values())


TakeIn = Callable[["Run", "Report", "Package", "Reading", "Written"], tuple[Outcome, BranchMeeting | None]]


class _Preview(Exception):
    """Ends the transaction of a preview."""


def receive(
    desk: Desk,
    files: Sequence[Path],
    *,
    accept: bool | Collection[str] = False,
    dry_run: bool = False,
    passphrase: str | None = None,
    progress: Progress = untold,
    may_remove: MayRemove | None = None,
    settle: Settle = lambda _outcome, _me: None,
) -> list[Report]:
    """Take packages in, in whatever order they fit; those that wait from before are tried again.

    Args:
        desk: Who receives.
        files: The packages.
        accept: Accept the givers of these packages that nobody here knows yet; or only those of these ids.
        dry_run: Only say what would happen.
        passphrase: For those that are protected.
        progress: Told of changesets.
        may_remove: Asked whether the data of people may go for good, with their names; without it that is so.
        settle: Called in the transaction, to write what follows from the changes.

    Raises:
        RemovesPeople: It may not, and nothing was taken in.

    Returns:
        A report for each file, in their order, then one for each waiting package that waits no longer, or whose laptop is
        accepted with this. One that came with the package that vouches for its laptop stands behind them.
    """
    run = Run(desk, accept, dry_run, may_remove, settle, progress)
    reports = _received(run, files, passphrase)
    if files and not dry_run and waiting_packages.has_one_of_a_known_laptop(desk):
        later = Run(desk, accept=False, dry=False, may_remove=may_remove, settle=settle, backup=run.backup)
        with contextlib.suppress(RemovesPeople):  # that is asked when somebody receives it; these files are in
            return _replaced(reports, _received(later, (), None))
    return reports


def _received(run: Run, files: Sequence[Path], passphrase: str | None) -> list[Report]:
    """Take in files and what waits, tell listeners, and return the reports worth telling."""
    try:
        arrivals = [arrive(run, file, passphrase) for file in files]
        run.accept_only_givers(arrivals)
        waiting = those_waiting(run)
        if todo := [each for each in (*arrivals, *waiting) if each.package is not None]:
            _take_in(run, todo)
    finally:
        run.opened.close()
        tidy(run)
    if not run.dry:
        _publish(run, [each.report for each in (*arrivals, *waiting) if each.report.state in (APPLIED, KNOWN)])
    told = [each for each in waiting if each.report.state in (APPLIED, KNOWN) or _is_accepted(each, run.accept)]
    return [each.report for each in (*arrivals, *told)]


def _replaced(reports: Sequence[Report], later: Sequence[Report]) -> list[Report]:
    """Return reports with those of packages for whose laptops one of the files vouched."""
    bundles = {each.manifest.bundle_id for each in later if each.manifest}
    return [*(each for each in reports if not each.manifest or each.manifest.bundle_id not in bundles), *later]


def _publish(run: Run, here: Sequence[Report]) -> None:
    """Tell listeners what was written, if anything was, and clear what is left of removed data."""
    wrote = run.outcome.new
    wrote |= run.outcome.updated  # and not a third set of what may be very many
    with contextlib.ExitStack() as committed, run.desk.alone():
        if wrote:
            committed.callback(run.desk.publish, wrote, ["receive", {}])
        try:
            run.desk.tidy(run.outcome)
        except LeftoversRemain as error:  # all of it stands, and is to be told
            here[-1].left = error


def _is_accepted(arrival: Arrival, accept: bool | Collection[str]) -> bool:
    manifest = arrival.report.manifest
    return not isinstance(accept, bool) and manifest is not None and manifest.sender.device in accept


# -- applying ----------------------------------------------------------------------------------------


def _take_in(run: Run, todo: list[Arrival]) -> None:
    desk, brought, held = run.desk, list[str](), run.desk.log.vector()
    heads = (head for each in todo if each.package for head in each.package.manifest.head.items())
    news = any(seq > held.get(device, 0) for device, seq in heads)
    if news and not run.dry and not (run.backup and run.backup.exists()):
        run.backup = desk.workspace.keep_copy("receive")
    try:
        if not run.dry:
            _bring_files(run, todo, brought)
        for _ in range(2):
            try:
                _write(run, todo)
                break
            except UnsharedTail as tail:
                write_tail_anew(run, tail)
            run.begin_again()
        if brought and erased_names(desk.log):  # of before somebody's data was removed, with files of theirs
            desk.workspace.files.drop(set(brought) - named_files(desk.db, trash=True).keys())
    except _Preview:
        pass
    except BaseException:
        desk.workspace.files.drop(brought)
        raise


def _write(run: Run, todo: list[Arrival]) -> None:
    desk = run.desk
    with run.after, whole_links(), desk.transaction():
        _apply_all(run, todo)
        if run.dry:
            raise _Preview
        ask_removal(run, [each.report for each in todo])
        if run.tail is not None:  # own changesets should go out under another name first
            raise UnsharedTail(*run.tail)
        me = writing_device(run)  # after all checks, and the key of before is forgotten only once this is committed
        for each in todo:
            note_import(desk, each.report, each.sha256, each.copy, run.backup)
        run.settle(run.outcome, me)
        run.after.callback(lambda: me.note_seq(desk.log.vector().get(me.device_id, 0)))
        leftovers.note(desk.db, run.outcome)


def _apply_all(run: Run, todo: list[Arrival]) -> None:
    """Apply what fits, and retry what builds upon that, until nothing moves."""
    left = list(todo)
    moved = True
    while left and moved:
        moved = False
        for arrival in list(left):
            refusal = _apply(run, arrival)
            moved |= refusal is None
            if refusal is None or refusal.code != MISSING_BEFORE.code:
                left.remove(arrival)


def _apply(run: Run, arrival: Arrival) -> UserError | None:
    """Apply one package inside the transaction; a refused one leaves no trace."""
    db, log = run.desk.db, run.desk.log
    assert arrival.package is not None
    db.execute("SAVEPOINT package")
    try:
        try:
            _merge(run, arrival.report, arrival.package, _taken_in)
        except (Fork, BlankedWithoutErasing, ErasesOthers):  # perhaps only as another past was passed over unread
            db.execute("ROLLBACK TO package")
            log.forget()
            _merge(run, arrival.report, arrival.package, _kept_apart)
    except (Refusal, Fork, MissingChanges, BlankedWithoutErasing, ErasesOthers) as error:
        db.execute("ROLLBACK TO package")
        db.execute("RELEASE package")
        log.forget()
        refusal = error if isinstance(error, Refusal) else _said(run.desk, arrival.package, error)
        refuse(arrival, refusal)
        return refusal
    db.execute("RELEASE package")
    arrival.report.why = None
    return None


def _taken_in(run: Run, report: Report, package: Package, reading: Reading, written: Written) -> tuple[Outcome, None]:
    """Apply the changes of a package whose laptops have the same past as here. Raises Fork otherwise."""
    desk = run.desk
    if not desk.log.branches.knows(package.manifest.tree):
        raise Fork(package.manifest.sender.device, 0)
    held = desk.log.vector()
    writer = _writer(run)
    healing = Healing(desk.log, writer.kinds)
    changesets = healing.beside(package.changesets(held, reading, healing.here), held)
    outcome = writer.apply(noted(run, changesets, reading, written, report), proven=True)
    check_heads(desk.log, package, held)
    report.healed = _heal(writer, healing, outcome)
    return outcome, None


def _kept_apart(
    run: Run, report: Report, package: Package, reading: Reading, written: Written
) -> tuple[Outcome, BranchMeeting]:
    """Apply the changes of a package where a laptop wrote twice under one name: both are kept."""
    log, writer = run.desk.log, _writer(run)
    before, meeting = log.branches.parted(), meet_branches(run, package)
    keep_apart(writer, meeting)
    healing = Healing(log, writer.kinds)
    changesets = healing.beside(meeting.placed(package.changesets({}, reading)), log.vector())
    outcome = writer.apply(noted(run, changesets, reading, written, report), proven=True)
    report.healed = _heal(writer, healing, outcome)
    reading.known = reading.changesets - outcome.changesets
    report.parted = tuple(sorted(meeting.whole.parted() - before))
    return outcome, meeting


def _writer(run: Run) -> Merge:
    return Merge(run.desk.log, run.desk.merge.kinds) if run.dry else run.desk.merge  # a preview needs no search index


def _merge(run: Run, report: Report, package: Package, take_in: TakeIn) -> None:
    desk, manifest = run.desk, package.manifest
    report.renewed, report.healed = False, 0  # a first look may have said so
    held = desk.log.vector()
    for device, seq in manifest.base.items():
        if held.get(device, 0) < seq:
            raise MissingChanges(device, held.get(device, 0) + 1, seq)
    reading, written = Reading(), Written()
    report.erasing, report.forgetting, report.parted, report.gone = (), (), (), set()
    me = desk.me().device_id  # asked before: it is by what is held that one knows oneself
    later = manifest.head.get(me, 0) > held.get(me, 0)  # an older copy was put back here
    outcome, meeting = take_in(run, report, package, reading, written)
    renewed = later or is_parted(desk)
    if not links_hold(desk.db, written.named):
        raise LOOSE_ENDS(file=package.name)
    run.renewed = run.renewed or renewed
    report.renewed = renewed or run.reissued == manifest.bundle_id
    note_introductions(desk, manifest, accepted=run.accepts(manifest.sender.device))
    note_devices(desk, manifest, meeting.at if meeting else {}, own_too=run.renewed)
    if meeting:
        note_tail(run, meeting, manifest.bundle_id)
    if meeting and meeting.to_be_said and not run.dry:
        write_branch_rows(run, meeting.to_be_said)
    report.already, report.newer = reading.known, manifest.sender.schema > SCHEMA
    report_effects(run, report, outcome, written)
    if run.outcome.changesets:
        run.outcome.add(outcome)
    else:
        run.outcome = outcome


def _heal(merge: Merge, healing: Healing, outcome: Outcome) -> int:
    """Put back lines that were left out on the way here and are complete in a package; return how many."""
    lines, records = healing.settle()
    if lines:
        merge.rebuild()
        outcome.updated |= records - outcome.new
    return lines


def _said(
    desk: Desk, package: Package, error: Fork | MissingChanges | BlankedWithoutErasing | ErasesOthers
) -> UserError:
    if isinstance(error, ErasesOthers):
        title = titles(desk.db, [error.id], language()).get(error.id) or error.id
        return REMOVES_RECORDS(file=package.name, title=title, person=package.manifest.sender.person or "—")
    if isinstance(error, BlankedWithoutErasing | Fork):
        return FORGED_PACKAGE(file=package.name)
    lines = {line.id: line for line in package.manifest.devices}
    line = lines.get(package.manifest.tree.device(error.device))
    person = (line.person if line else "") or "—"
    return MISSING_BEFORE(file=package.name, first=error.first, last=error.last, person=person)


def _bring_files(run: Run, todo: list[Arrival], brought: list[str]) -> None:
    """Store the files of these packages before the records that name them; return the hashes of new ones."""
    store = run.desk.workspace.files
    for arrival in todo:
        package = arrival.package
        for part in package.blobs if package else ():
            run.progress(run.done, run.whole)
            if store.has(part.sha256) or package is None:
                continue
            try:
                store.put(package.blob(part), mime=part.mime, largest=container.LARGEST_FILE)
                brought.append(part.sha256)
            except DamagedPackage:
                arrival.report.missing += 1


def last_receive(desk: Desk) -> str | None:
    """Return the package whose receive can be undone now, by its id."""
    with desk.alone():
        row = desk.db.execute(
            "SELECT bundle_id, head, backup FROM sync_import WHERE state = ? AND backup IS NOT NULL"
            " ORDER BY rowid DESC LIMIT 1",
            (APPLIED,),
        ).fetchone()
        if row is None or loads(row[1]) != desk.log.vector() or _wrote_last(desk):
            return None
        return str(row[0]) if (desk.workspace.backups / row[2]).exists() else None


def _wrote_last(desk: Desk) -> bool:
    """Return whether this laptop itself wrote with the receive: a number once used is never used again."""
    query = "SELECT device_id FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev ORDER BY n DESC LIMIT 1"
    row = desk.db.execute(query).fetchone()
    return row is not None and row[0] == desk.me().device_id


def take_back(desk: Desk, bundle: str) -> None:
    """Restore the workspace to before a package was received. Raises WrittenSinceReceived, with nothing changed."""
    if last_receive(desk) != bundle:
        raise UserError(
            "Something was written after this package was received, so receiving it cannot be undone as a whole. "
            "Nothing was changed; restore single fields from the history of each record.",
            code="written-since-received",
        )
    with desk.alone():
        (name,) = desk.db.execute("SELECT backup FROM sync_import WHERE bundle_id = ?", (bundle,)).fetchone()
        before = set(desk.db.execute("SELECT ent, id FROM sync_row").fetchall())
        with contextlib.closing(desk.workspace.open_copy(desk.workspace.backups / name)) as copy:
            copy.backup(desk.db)
        desk.log.forget()
    desk.publish({(ent, id_) for ent, id_ in before if not ent.startswith("~")}, ["receive.take_back", {}])


def look(file: Path, passphrase: str | None = None) -> Manifest:
    """Return the manifest of a package, its signature checked. Raises a ``Refusal``."""
    name = one_line(file.name, container.LONGEST_FILE_NAME)
    with translated_errors(file), opened(file, name) as whole:
        return open_package(whole, name, passphrase).manifest


def join(
    path: Path,
    file: Path,
    *,
    person: str,
    package_passphrase: str | None = None,
    passphrase: str | None = None,
    progress: Progress = untold,
    clock: Clock = system_clock,
) -> Desk:
    """Create a workspace with the contents of a package. Its giver, and all laptops it names, are trusted.

    Args:
        path: The new folder.
        file: A complete package.
        person: Who writes here.
        package_passphrase: Opens the package.
        passphrase: Protects the new workspace.
        progress: Told of changesets.
        clock: Where the time comes from.

    Raises:
        NotWholeYet: The package builds upon another one.
    """
    manifest = look(file, package_passphrase)
    if manifest.base:
        raise NOT_WHOLE_YET(file=file.name)
    path = path.absolute()
    name, id_ = manifest.store_name[:LONGEST_NAME], manifest.store_id
    with translated_errors(path):
        folder.refuse_taken(path)
    with folder.fresh_part(path) as part:
        with Desk.create(part, name=name, person=person, passphrase=passphrase, id_=id_, clock=clock) as desk:
            _fill(desk, file, manifest, package_passphrase, progress)
        with translated_errors(path):
            folder.put_in_place(part, path)
    return Desk.open(path, passphrase=passphrase, clock=clock)


def _fill(desk: Desk, file: Path, manifest: Manifest, passphrase: str | None, progress: Progress) -> None:
    (report,) = receive(desk, [file], accept=True, passphrase=passphrase, progress=progress)
    if report.state != APPLIED and manifest.head:
        raise report.why or NOT_WHOLE_YET(file=file.name)
