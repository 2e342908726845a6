"""Say what a package would remove for good: whose data, and which authors' names; nothing of it is done unasked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from ucapdesk.base.i18n import language
from ucapdesk.base.json_text import Json
from ucapdesk.exchange.errors import RemovesPeople
from ucapdesk.exchange.receive.import_session import Run
from ucapdesk.exchange.receive.receive_report import Report
from ucapdesk.model.kinds.people_kinds import Person, families_of, names_of
from ucapdesk.model.text.format.fields_in_words import own_title
from ucapdesk.store.desk import Desk
from ucapdesk.store.merge.merged_records import Sames
from ucapdesk.store.merge.row_state import ERASED, load_one
from ucapdesk.store.read.titles import titles
from ucapdesk.store.safety.erase import forgotten, name_hash, names_in

Named = dict[tuple[str, ...], list[str]]
"""The people to be removed, each by the merged records that share a name, and what these are called: one who was recorded twice is one person."""


def note(desk: Desk, id_: str, cells: Mapping[str, Json], report: Report, named: Named) -> None:
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


def ask(run: Run, reports: Sequence[Report]) -> None:
    """Ask whether it may be done. Raises RemovesPeople where it may not."""
    people = [name for report in reports for name in report.erasing]
    authors = [name for report in reports for name in report.forgetting]
    if run.may_remove and not run.agreed.issuperset((*people, *authors)) and not run.may_remove(people, authors):
        raise RemovesPeople(names=", ".join(dict.fromkeys((*people, *authors))))
    run.agreed |= {*people, *authors}
