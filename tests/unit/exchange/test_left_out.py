"""Whoever hands packages on cannot leave out of them what others wrote; and what was left out once comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from tests.helpers.package_maker import Hand, Log, Opened, Parcel, blanked, nameless, sha256
from tests.unit.exchange.laptops import Laptop, joined, sentence
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.errors import FORGED_PACKAGE
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, records
from ucapdesk.store.log.changeset import unpack
from ucapdesk.store.merge.branch_merge import reissue
from ucapdesk.store.safety.erase import name_hash


class Relay:
    """Chen, who hands Ana's changes on to Eva, and leaves out what he likes. Somebody's data was removed before."""

    def __init__(self, ana: Laptop, chen: Laptop, folder: Path) -> None:
        self.ana, self.chen, self.folder = ana, chen, folder
        self.person = ana.add("person", "name.family=Zhang", "name.given=Wei", "tags=water")
        (self.meeting,) = records.listing(ana.desk, "meeting")
        ana.edit(self.meeting, "title.en=Opening again")
        with ana.here() as desk:
            privacy.erase(desk, self.person, "Wei Zhang")
        chen.receive(ana.give("1.ucapx"))
        chen.add("meeting", "title.en=His own")
        self.whole = chen.give("whole.ucapx")
        self.hand = Hand.of(chen.config, "Chen Yan")

    def stripped(self, *, of: str = "", claim: str = "") -> Path:
        return self._written(lambda line: self._without(line, of or self.person, claim), "stripped.ucapx")

    def nameless(self) -> Path:
        return self._written(without_name, "nameless.ucapx")

    def _without(self, line: str, of: str, claim: str) -> str:
        if not line.startswith("[") or json.loads(line)[1] != self.meeting:
            return line
        return blanked(line, "person" if claim else json.loads(line)[0], claim or self.meeting, of)

    def _written(self, change: object, name: str) -> Path:
        opened = Opened(self.whole)
        opened.changesets = [[change(line) for line in each] for each in opened.changesets]  # type: ignore[operator]
        return opened.with_log(self.hand, opened.log_of(self.hand)).write(self.folder / name)


def without_name(line: str) -> str:
    if not line.startswith("{") or '"l":' not in line:
        return line
    said = json.loads(line)
    return nameless(line) if said["p"] == "Ana" else line


@pytest.fixture
def relay(ana: Laptop, chen: Laptop, tmp_path: Path) -> Relay:
    return Relay(ana, chen, tmp_path)


@pytest.mark.parametrize("claimed", [False, True])
def test_nobody_joins_from_a_package_with_lines_left_out(relay: Relay, tmp_path: Path, claimed: bool) -> None:
    for package in (relay.stripped(claim=relay.person if claimed else ""), relay.nameless()):
        with user_error("E04"):
            joined(tmp_path / "eva", package, "Eva")
    eva = joined(tmp_path / "eva", relay.whole, "Eva")
    assert (eva.digest(), eva.log()) == (relay.chen.digest(), relay.chen.log())
    eva.check()
    eva.desk.close()


def test_nor_does_a_desk_that_has_the_beginning(relay: Relay, tmp_path: Path) -> None:
    eva = joined(tmp_path / "eva", relay.whole, "Eva")
    relay.ana.edit(relay.meeting, "title.en=Opening for the third time")
    relay.chen.receive(relay.ana.give("2.ucapx"))
    relay.whole = relay.chen.give("whole 2.ucapx")
    (report,) = eva.receive(relay.stripped())
    assert (report.state, sentence(report)) == (REFUSED, FORGED_PACKAGE.sentence)
    (report,) = eva.receive(relay.whole)
    assert (report.state, eva.text(relay.meeting)) == (APPLIED, "Opening for the third time")
    eva.desk.close()


# -- changesets that do not say whose data they hold: of an earlier version ---------------------------------


class Earlier:
    """Li, whose program is of before, with a meeting, a person with a part, and the removal of that person."""

    def __init__(self, workspace: str) -> None:
        self.hand, self.log = Hand("Li"), Log(workspace, Hand("Li"))
        self.meeting, self.person, self.part, self.late = (new_id() for _ in range(4))
        self.log.save(["meeting", self.meeting, {"title.en": "Opening", "title.zh": "开幕式"}])
        self.log.save(["person", self.person, {"email": "a@example.org"}])
        self.log.save(["affiliation", self.part, {"owner": self.person, "post_code": "mayor"}])
        self.log.save(["meeting", self.meeting, {"title.en": "Opening again"}])
        self.log.save(["~erase", self.person, {"kind": "person", "names": [sha256("gone").hex()]}])

    def package(self, folder: Path, giver: Hand, *left_out: str, name: bool = False) -> Path:
        log = Log(self.log.workspace, self.hand)
        for header, *rows in self.log.changesets:
            log.put(nameless(header) if name else header, *(self._line(row, left_out) for row in rows))
        return Parcel(log.workspace, giver, [log]).write(folder / f"{new_id()}.ucapx")

    def _line(self, line: str, left_out: tuple[str, ...]) -> str:
        kind, id_, _ = json.loads(line)
        gone = kind != "~erase" and id_ in (self.person, self.part, *left_out)
        return blanked(line, kind, id_, self.person) if gone else line


@pytest.fixture
def earlier(ana: Laptop, tmp_path: Path) -> Iterator[tuple[Earlier, Laptop, Hand]]:
    """Li's log, Eva who gets it from Mo with lines left out, and Mo."""
    li, mo = Earlier(ana.desk.workspace.id), Hand("Mo")
    with_eva = joined(tmp_path / "eva", li.package(tmp_path, mo, li.meeting, name=True), "Eva")
    ana.receive(li.package(tmp_path, mo))
    yield li, with_eva, mo
    with_eva.desk.close()


def test_what_was_left_out_shows_when_two_desks_are_compared(
    ana: Laptop, earlier: tuple[Earlier, Laptop, Hand], tmp_path: Path
) -> None:
    li, eva, mo = earlier
    other = joined(tmp_path / "other", li.package(tmp_path, mo), "Other")
    assert other.digest() != eva.digest()
    assert other.log() != eva.log()
    other.desk.close()


def test_a_whole_line_from_anybody_heals(earlier: tuple[Earlier, Laptop, Hand], tmp_path: Path) -> None:
    li, eva, _ = earlier
    assert li.meeting not in records.listing(eva.desk, "meeting")
    whole = li.package(tmp_path, Hand("Zhao"))
    (report,) = eva.receive(whole, dry_run=True)
    assert (report.healed, report.updated) == (7, 1)
    (report,) = eva.receive(whole)
    assert (report.state, report.say_healed()) == (
        APPLIED,
        "7 lines that somebody had left out on the way to you are put back.",
    )
    assert eva.text(li.meeting) == "Opening again"
    other = joined(tmp_path / "other", whole, "Other")
    assert (eva.digest(), eva.log()) == (other.digest(), other.log())
    assert li.person not in records.listing(eva.desk, "person")
    eva.check()
    other.desk.close()


@pytest.mark.parametrize("both", [False, True])
def test_a_whole_line_heals_in_a_package_where_its_author_wrote_twice_too(
    earlier: tuple[Earlier, Laptop, Hand], tmp_path: Path, both: bool
) -> None:
    """Li's laptop was copied before the removal; who brings the other history brings the missing lines."""
    li, eva, _ = earlier
    late = new_id()
    whole = li.package(tmp_path, Hand("Zhao"))
    log = Opened(whole).log_of(li.hand) if both else li.log
    twin = log.branch(4).save(["meeting", late, {"title.en": "Of the twin"}])
    package = Parcel(twin.workspace, Hand("Zhao"), [twin, *([log] if both else [])]).write(tmp_path / "twin.ucapx")
    (report,) = eva.receive(package, dry_run=True)
    assert (report.healed, report.parted) == (7 if both else 6, (li.hand.id,)), report.why
    (report,) = eva.receive(package)
    assert (report.state, report.healed) == (APPLIED, 7 if both else 6)
    assert (eva.text(li.meeting), eva.text(late)) == ("Opening again", "Of the twin")
    assert li.person not in records.listing(eva.desk, "person")
    assert not eva.desk.db.execute("SELECT 1 FROM affiliation WHERE post_code IS NOT NULL").fetchone()
    eva.check()
    (report,) = eva.receive(whole)
    assert report.healed == (0 if both else 1)
    other = joined(tmp_path / "other", eva.give("all.ucapx"), "Other")
    assert (eva.digest(), eva.log()) == (other.digest(), other.log())
    other.desk.close()


def test_what_was_removed_rightly_does_not_come_back(earlier: tuple[Earlier, Laptop, Hand], tmp_path: Path) -> None:
    li, eva, mo = earlier
    eva.receive(li.package(tmp_path, mo))
    before = eva.digest(), eva.log()
    late = Parcel(li.log.workspace, Hand("Zhao"), [li.log]).write(tmp_path / "late.ucapx")
    (report,) = eva.receive(late)
    assert (report.state, report.healed) == (KNOWN, 0)
    assert (eva.digest(), eva.log()) == before
    assert not eva.desk.db.execute("SELECT 1 FROM affiliation WHERE post_code IS NOT NULL").fetchone()


# -- what a header says --------------------------------------------------------------------------------------


def whose(laptop: Laptop) -> dict[str, list[int]]:
    """What the header of the newest changeset says of its lines, without the name of its author."""
    (body,) = laptop.desk.db.execute("SELECT body FROM sync_changeset ORDER BY n DESC LIMIT 1").fetchone()
    said = json.loads(unpack(body)[0])["e"]
    assert said.pop("p") == name_hash(laptop.name)[:16]
    return dict(said)


def test_a_header_lists_the_lines_of_a_person_and_of_what_belongs_to_them(ana: Laptop) -> None:
    person = ana.add("person", "name.family=Zhang", "name.given=Wei", "tags=water")
    assert whose(ana) == {person: [1, 2]}
    organisation = ana.add("organisation", "name.en=Hall")
    assert whose(ana) == {}
    post = ana.add("affiliation", f"owner={person}", f"organisation={organisation}")
    assert whose(ana) == {person: [1]}
    ana.edit(post, "rank=bureau")
    assert whose(ana) == {person: [1]}
    with ana.here() as desk:
        attached_files.attach_bytes(desk, person, "scan.txt", b"passport")
        assert whose(ana) == {person: [1]}
        attached_files.attach_bytes(desk, organisation, "hall.txt", b"hall")
        assert whose(ana) == {}
        reissue(desk, {desk.me().device_id: desk.log.devices[desk.me().device_id].seq - 1})
    assert [json.loads(unpack(body)[0])["e"] for (body,) in ana.desk.db.execute("SELECT body FROM sync_changeset ORDER BY n DESC LIMIT 2")] == [
        {"p": name_hash("Ana")[:16]}, {"p": name_hash("Ana")[:16], person: [1]},
    ]  # fmt: skip
