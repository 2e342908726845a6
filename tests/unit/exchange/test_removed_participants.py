"""What is said of removed people elsewhere goes with them; lines that somebody left out come back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from tests.helpers.marker_words import places
from tests.helpers.package_maker import Hand, Log, Opened, Parcel, blanked, nameless, sha256, spelled
from tests.unit.exchange.insider import Insider, erase
from tests.unit.exchange.laptops import Laptop, agree, joined, sentence, told
from tests.unit.exchange.participants import DIET, ROOM, WORDS, remove, shown, takes_part
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.errors import FORGED_PACKAGE, REMOVES_RECORDS
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED
from ucapdesk.model.kinds.visit_kinds import Participation, Visit
from ucapdesk.papers.facts.participants import people_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.visits import visits
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.log.changeset import unpack
from ucapdesk.store.merge import merge
from ucapdesk.store.merge.branch_merge import reissue
from ucapdesk.store.safety.erase import RemovalJudge, name_hash
from ucapdesk.store.workspace import workspace


def test_no_byte_is_left_here_at_colleagues_or_in_packages(
    ana: Laptop, chen: Laptop, visit: str, wei: str, tmp_path: Path
) -> None:
    part = takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(part, f"seat={ROOM}")
    remove(ana, wei)
    (report,) = chen.receive(ana.give("2.ucapx"))
    assert (report.state, report.erasing) == (APPLIED, ("Wei Zhang",))
    (report,) = ana.receive(chen.give("3.ucapx"))
    assert report.state == APPLIED, report.why
    eva = joined(tmp_path / "eva", ana.give("4.ucapx"), "Eva")
    for each in (ana, chen, eva):
        assert shown(each, visit) == []
        assert history.of(each.desk, part) == []
        each.check()
        assert each.digest() == ana.digest()
    given = [tmp_path / name for name in ("2.ucapx", "3.ucapx", "4.ucapx")]
    for each in (ana, chen, eva):
        each.desk.close()
    left = places([ana.folder, chen.folder, eva.folder, *given], WORDS)
    assert not left, "\n".join(left)


def test_who_joins_a_large_workspace_has_no_empty_row_of_who_was_removed(
    ana: Laptop, visit: str, wei: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is taken in at once is in parts there: the removal does not come with what it is about."""
    takes_part(ana, visit, f"person={wei}")
    ana.add("meeting", "title.en=Meanwhile")
    remove(ana, wei)
    monkeypatch.setattr(merge, "GROUP_ROWS", 1)
    eva = joined(tmp_path / "eva", ana.give("1.ucapx"), "Eva")
    assert shown(eva, visit) == []
    agree(ana, eva)
    eva.desk.close()


def test_what_a_colleague_says_meanwhile_goes_as_well(ana: Laptop, chen: Laptop, visit: str, wei: str) -> None:
    """Chen puts them on the list, with the diet, and has not heard of the removal."""
    chen.receive(ana.give("1.ucapx"))
    part = takes_part(chen, visit, f"person={wei}")
    remove(ana, wei)
    (report,) = ana.receive(chen.give("2.ucapx"))
    assert report.state == APPLIED, report.why
    chen.receive(ana.give("3.ucapx"))
    for each in (ana, chen):
        assert (shown(each, visit), history.of(each.desk, part)) == ([], [])
        each.check()
    assert chen.digest() == ana.digest()


@pytest.mark.parametrize("head", [False, True])
def test_every_surface_counts_who_is_left(ana: Laptop, visit: str, wei: str, head: bool) -> None:
    takes_part(ana, visit, f"person={wei}", "side=A")
    other = ana.add("person", "name.family=Rossi", "name.given=Anna")
    kept = takes_part(ana, visit, f"person={other}", "side=A")
    ana.edit(visit, "travelling_side=A", *([f"head={wei}"] if head else []))

    def counted() -> tuple[int, int, int]:
        record = records.get(ana.desk, visit)
        assert isinstance(record, Visit)
        listed = visits.people(ana.desk, visit, visits.DELEGATION)
        return len(visits.travellers(ana.desk, record)), len(listed), len(people_of(RedactedReader(ana.desk), record))

    assert counted() == (2, 2, 2)
    remove(ana, wei)
    assert counted() == (1, 1, 1)
    assert shown(ana, visit) == [kept]
    assert records.get(ana.desk, kept).diet == DIET  # type: ignore[attr-defined]


def test_a_participant_who_became_somebody_else_keeps_their_place(ana: Laptop, visit: str, wei: str) -> None:
    other = ana.add("person", "name.family=Rossi", "name.given=Anna")
    part = takes_part(ana, visit, f"person={wei}")
    ana.edit(part, f"person={other}", "diet=vegan")
    remove(ana, wei)
    (now,) = shown(ana, visit)
    row = records.get(ana.desk, now)
    assert (now != part, row.person, row.diet) == (True, other, "vegan")  # type: ignore[attr-defined]
    assert history.of(ana.desk, part) == []
    ana.check()


def test_two_participants_who_changed_places_are_told_apart(ana: Laptop, visit: str, wei: str) -> None:
    other = ana.add("person", "name.family=Rossi", "name.given=Anna")
    first, second = takes_part(ana, visit, f"person={wei}"), takes_part(ana, visit, f"person={other}")
    ana.edit(first, f"person={other}", "diet=vegan")
    ana.edit(second, f"person={wei}")
    remove(ana, wei)
    (now,) = shown(ana, visit)
    row = records.get(ana.desk, now)
    assert (row.person, row.diet, row.room) == (other, "vegan", ROOM)  # type: ignore[attr-defined]
    ana.check()


def test_a_second_place_of_somebody_else_does_not_replace_their_first(ana: Laptop, visit: str, wei: str) -> None:
    other = ana.add("person", "name.family=Rossi", "name.given=Anna")
    kept = takes_part(ana, visit, f"person={other}")
    ana.edit(takes_part(ana, visit, f"person={wei}"), f"person={other}", "diet=vegan")
    remove(ana, wei)
    assert {each: records.get(ana.desk, each).diet for each in shown(ana, visit)}[kept] == DIET  # type: ignore[attr-defined]
    assert len(shown(ana, visit)) == 2


@pytest.mark.parametrize("said", [("Ms Li, interpreter", True), ("Dr Wei Zhang", False), ("", False)])
def test_a_participant_who_became_somebody_by_name_keeps_their_place(
    ana: Laptop, chen: Laptop, visit: str, wei: str, said: tuple[str, bool]
) -> None:
    now, stays = said
    part = takes_part(ana, visit, f"person={wei}")
    ana.edit(part, "person=", f"free_name.en={now}", "diet=vegan")
    chen.receive(ana.give("1.ucapx"))
    for each in (ana, chen):  # neither knows of the other
        remove(each, wei)
    chen.receive(ana.give("2.ucapx"))
    ana.receive(chen.give("3.ucapx"))
    for each in (ana, chen):
        rows = [records.get(each.desk, id_) for id_ in shown(each, visit)]
        assert [(row.free_name["en"], row.diet) for row in rows] == [(now, "vegan")] * stays  # type: ignore[attr-defined]
        assert history.of(each.desk, part) == []
        each.check()
    assert ana.digest() == chen.digest()


def test_what_cannot_be_erased_is_emptied_and_named(ana: Laptop, chen: Laptop, visit: str, wei: str) -> None:
    """Somebody on the list by name alone was linked later: nothing signed says that the values are theirs."""
    part = takes_part(ana, visit, "free_name.en=Mr Zhang")
    ana.edit(part, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    said = told(ana, "erase", wei, "--confirm", "Wei Zhang")
    assert f"What “Spring visit” ({visit})" in said
    chen.receive(ana.give("2.ucapx"))
    for each in (ana, chen):
        assert shown(each, visit) == []
        assert each.desk.read.trash() == []
        row = records.get(each.desk, part)
        assert not any((row.diet, row.room, row.remarks, row.free_name, row.person))  # type: ignore[attr-defined]
        each.check()


@pytest.mark.parametrize("again", [(), ("redo",)])
def test_a_step_of_which_a_removal_left_nothing_is_passed_over_by_undo(
    ana: Laptop, chen: Laptop, wei: str, again: tuple[str, ...]
) -> None:
    chen.receive(ana.give("1.ucapx"))
    meeting = chen.add("meeting", "title.en=Talks")
    for email in ("a@b.cn", "c@d.cn"):
        chen.edit(wei, f"email={email}")
    for command in ("undo", *again):
        told(chen, command)
    remove(ana, wei)
    chen.receive(ana.give("2.ucapx"))
    assert "Talks" in told(chen, "undo")
    assert meeting not in chen.desk.read.ids("meeting")


def test_what_is_linked_without_knowing_of_the_removal_is_emptied_as_well(
    ana: Laptop, chen: Laptop, visit: str, wei: str, tmp_path: Path
) -> None:
    chen.receive(ana.give("1.ucapx"))
    part = takes_part(chen, visit, "free_name.en=Mr Zhang")
    chen.edit(part, f"person={wei}")
    linked = chen.give("2.ucapx")
    remove(ana, wei)
    bo = joined(tmp_path / "bo", ana.give("3.ucapx"), "Bo")
    for each, package in ((ana, linked), (bo, linked), (chen, tmp_path / "3.ucapx")):
        with each.here() as desk:
            (report,) = exchange_service.receive(desk, [package], accept=True, dry_run=True)
            assert [*report.say_consequences()] == []
            (report,) = exchange_service.receive(desk, [package], accept=True)
            if each is not chen:
                assert (report.emptied, records.get(desk, part).diet) == ((), DIET)  # type: ignore[attr-defined]
                continue
            assert report.emptied == ("Spring visit",)
            (said,) = report.say_consequences()
            assert "is emptied too, but stays in the history: Spring visit." in said
            assert exchange_service.undoable(desk) is None
            with user_error("erased-for-good"):
                desk.undo()
    for each in (chen, ana, bo):
        for package in [other.give(f"{other.name} for {each.name}.ucapx") for other in (ana, chen, bo)]:
            with each.here() as desk:
                (report,) = exchange_service.receive(desk, [package], accept=True)
                assert (report.conflicts, report.emptied, report.erased) == (0, (), 0)
    for each in (ana, chen, bo):
        row = records.get(each.desk, part)
        assert (shown(each, visit), row.is_deleted) == ([], True)
        assert not any((row.diet, row.room, row.remarks, row.free_name, row.person))  # type: ignore[attr-defined]
        each.check()
    assert len({each.digest() for each in (ana, chen, bo)}) == 1


@pytest.mark.parametrize("restored", [False, True])
def test_who_was_put_in_their_place_without_knowing_of_the_removal_stays(
    ana: Laptop, chen: Laptop, visit: str, wei: str, restored: bool
) -> None:
    """Also where the laptop that did so was put back to an older state since, and goes on as a new one."""
    other = ana.add("person", "name.family=Rossi", "name.given=Anna")
    part = takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(part, f"person={other}", "diet=vegan")
    if restored:
        before = shutil.copytree(chen.desk.workspace.path, chen.folder / "before")
        chen.add("meeting", "title.en=Since")
        chen.moved_back_to(before)
    remove(ana, wei)
    with chen.here() as desk:
        for name in ("2.ucapx", "3.ucapx"):
            exchange_service.receive(desk, [ana.give(name)])
    with ana.here() as desk:
        exchange_service.receive(desk, [chen.give("4.ucapx")], accept=True)
    for each in (ana, chen):
        (now,) = shown(each, visit)
        row = records.get(each.desk, now)
        assert (row.person, row.diet) == (other, "vegan")  # type: ignore[attr-defined]
        assert history.of(each.desk, part) == []
        each.check()
    assert ana.digest() == chen.digest()


def test_a_participant_of_others_is_not_put_under_an_invented_person(
    ana: Laptop, chen: Laptop, visit: str, tmp_path: Path
) -> None:
    named = takes_part(ana, visit, "free_name.en=Ms Li")
    li = ana.add("person", "name.family=Li", "name.given=Na")
    linked = takes_part(ana, visit, f"person={li}")
    chen.receive(ana.give("1.ucapx"))
    for n, part in enumerate((named, linked)):
        for how in ("linked", "asked", "blanked"):
            insider, invented = Insider(ana, chen, tmp_path / f"{how}{n}"), new_id()
            link = ["participation", part, {"person": invented}]
            insider.log.save(["person", invented, {"email": "x@example.org"}], link, e={invented: [1, 2]})
            rows = [erase(invented), *([erase(part, "participation")] if how == "asked" else [])]
            if how == "blanked":
                line = blanked(spelled(["participation", part, {"seat": "1"}]), "participation", part)
                (report,) = ana.receive(insider.package(line, *rows))
                assert report.state == REFUSED, how
            else:
                with ana.here() as desk:
                    (report,) = exchange_service.receive(desk, [insider.package(*rows)], accept=True)
                refused = (REFUSED, REMOVES_RECORDS.sentence) if how == "asked" else (APPLIED, "")
                assert (report.state, sentence(report)) == refused, how
            row = records.get(ana.desk, part)
            assert row.diet == DIET, how  # type: ignore[attr-defined]
            ana.check()


def test_who_heard_of_a_removal_before_the_update_removes_the_participants_with_it(
    ana: Laptop, chen: Laptop, visit: str, wei: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an earlier version takes a removal in: the person alone."""
    takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    remove(ana, wei)
    package = ana.give("2.ucapx")
    with monkeypatch.context() as earlier:
        earlier.setattr(Participation, "about", "")
        earlier.setattr(RemovalJudge, "concerned", lambda self: iter(()))
        chen.receive(package)
        assert len(shown(chen, visit)) == 1
    chen.desk.mark(workspace.REMOVED, workspace.REMOVES - 1)
    path = chen.desk.workspace.path
    chen.desk.close()
    with chen.here():
        chen.desk = workspace_service.open(path)
    assert shown(chen, visit) == []
    chen.check()
    chen.desk.close()
    assert places([chen.folder], WORDS) == []


def test_a_contact_of_a_ucap_goes_too_and_who_signed_stays(ana: Laptop, wei: str, tmp_path: Path) -> None:
    ucap = ana.add("ucap", "title.en=Green district")
    contact = ana.add("contact_role", f"owner={ucap}", f"person={wei}", f"print={DIET}", f"note.en={ROOM}")
    agreement = ana.add("agreement", "title.en=Memorandum")
    signed = ana.add("signatory", f"owner={agreement}", f"person={wei}", "signed=2026-05-03")
    remove(ana, wei)
    assert (records.children(ana.desk, ucap).get("contact_role", []), history.of(ana.desk, contact)) == ([], [])
    assert [each.id for each in records.children(ana.desk, agreement)["signatory"]] == [signed]
    package = ana.give("1.ucapx")
    ana.desk.close()
    assert places([ana.folder, package], WORDS) == []


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
