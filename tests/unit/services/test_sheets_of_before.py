"""Sheets that come back some time after they were exported, when the records have moved on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.workbooks import typed
from tests.unit.exchange.laptops import first_laptop, joined
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes, PersonName, Refs, When
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.records import duplicates, history, records
from ucapdesk.store.desk import Desk


@pytest.mark.parametrize("edited", [True, False])
def test_what_was_changed_here_after_the_sheet_was_made_is_not_taken_back(
    liuzhou: Desk, tmp_path: Path, *, edited: bool
) -> None:
    first, second, *_ = records.listing(liuzhou, "person")
    said = ["title.en=Talks", "title.zh=会谈", f"chair_a={first}", "tags=water", "status=scheduled"]
    meeting = records.add(
        liuzhou, "meeting", parse_assignments(KINDS["meeting"], [*said, "when=2027-04-12 09:00"], new=True)
    )
    file = _exported(liuzhou, tmp_path / "meetings.xlsx", meeting)
    now: dict[str, Any] = {"title": Bilingual(en="Round table", zh="会谈"), "chair_a": second, "tags": Codes(("energy",)),
           "status": "held", "when": When("2027-04-13", "10:00")}  # fmt: skip
    records.edit(liuzhou, meeting, now)
    report = import_sheet(liuzhou, typed(file, **{"Title · 中文": "会见" if edited else "会谈"}))
    assert (report.changed, report.same) == (int(edited), int(not edited))
    assert {each.column for each in report.troubles} == {
        "Title · English", "Chair, Chinese side", "Tags", "Status", "Date and time", "Date and time · ISO",
    }  # fmt: skip
    assert all("before it was changed here" in each.what for each in report.troubles)
    found = records.get(liuzhou, meeting)
    assert {name: getattr(found, name) for name in now} == now | {
        "title": now["title"].put("zh", "会见" if edited else "会谈")
    }


def test_a_sheet_that_does_not_say_what_its_maker_had_seen_takes_nothing_back(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.add(
        liuzhou, "meeting", {"title": Bilingual(en="Talks"), "when": When("2027-04-12"), "room": "12"}
    )
    heads = ["id", "title.en", "when.exact", "when", "room"]
    old = [meeting, "Talks", "2027-04-12", "12 Apr 2027", "12"]
    for title, room in (("Round table", "14"), ("Final talks", "")):
        records.edit(liuzhou, meeting, {"title": Bilingual(en=title), "when": When("2027-04-13"), "room": room or None})
    file = tmp_path / "m.csv"
    for said, left in (
        (old, {"Title · English", "Date and time · ISO", "Date and time"}),
        ([meeting, "Round table", "", "", ""], {"Title · English"}),
    ):
        file.write_text(f"{','.join(heads)}\n{','.join(said)}\n", encoding="utf-8")
        report = import_sheet(liuzhou, file)
        assert {each.column for each in report.troubles} >= left
        assert records.titles(liuzhou, [meeting]) == {meeting: "Final talks"}
    file.write_text(f"{','.join(heads)}\n{meeting},Dinner,2027-04-13,14 April 2027,\n", encoding="utf-8")
    for changed in (1, 0):  # one of the two columns of a date was edited, and the file comes twice
        assert import_sheet(liuzhou, file).changed == changed
        assert (
            vars(records.get(liuzhou, meeting)).items()
            >= {"title": Bilingual(en="Dinner"), "when": When("2027-04-14")}.items()
        )


def _exported(desk: Desk, file: Path, meeting: str) -> Path:
    export(desk, ListView("meeting"), file, all_fields=True, ids=[meeting])
    return file


def test_what_was_undone_here_after_the_sheet_was_made_stays_undone(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.add(liuzhou, "meeting", {"title": Bilingual(en="Talks"), "room": "12"})
    records.edit(liuzhou, meeting, {"room": "14"})
    file = _exported(liuzhou, tmp_path / "m.xlsx", meeting)
    history.undo(liuzhou)
    for room in ("12", "15"):
        records.edit(liuzhou, meeting, {"room": room})
        report = import_sheet(liuzhou, file)
        assert (report.changed, [each.column for each in report.troubles]) == (0, ["Room"])


def test_a_cell_that_was_not_changed_here_may_say_an_earlier_value_again(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.add(liuzhou, "meeting", {"title": Bilingual(en="Talks"), "room": "12"})
    records.edit(liuzhou, meeting, {"room": "14"})
    file = typed(_exported(liuzhou, tmp_path / "m.xlsx", meeting), Room="12")
    records.edit(liuzhou, meeting, {"title": Bilingual(en="Dinner")})
    report = import_sheet(liuzhou, file, doubtful=False)
    assert (report.changed, [each.column for each in report.troubles]) == (1, ["Title · English"])
    assert vars(records.get(liuzhou, meeting))["room"] == "12"


def test_what_was_changed_in_the_sheet_and_here_is_doubtful(liuzhou: Desk, tmp_path: Path) -> None:
    said = {"title": Bilingual(en="Talks", zh="会谈"), "room": "12", "status": "scheduled"}
    meeting = records.add(liuzhou, "meeting", said)
    changed = {"Room": "15", "Title · English": "Dinner"}
    file = typed(_exported(liuzhou, tmp_path / "m.xlsx", meeting), **changed)
    records.edit(liuzhou, meeting, {"title": Bilingual(en="Talks", zh="会见"), "room": "14", "status": "held"})
    (change,) = import_sheet(liuzhou, file, dry_run=True).changes
    assert (set(change.fields), change.both, change.doubtful) == ({"Title", "Room"}, ("Room",), True)
    report = import_sheet(liuzhou, file, doubtful=False)
    assert report.changed == 0
    assert ("Room", True) in [(each.column, "changed here too" in each.what) for each in report.troubles]
    history.undo(liuzhou)
    (change,) = import_sheet(liuzhou, file).changes
    assert change.both == (), "what was undone here is as the sheet had it"


def test_a_link_to_a_merged_record_was_not_changed_here(desk: Desk, tmp_path: Path) -> None:
    twice, shown, other = (records.add(desk, "person", {"name": PersonName(name)}) for name in ("Li", "Lee", "Wu"))
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Talks"), "chair_a": twice})
    duplicates.say_same(desk, twice, shown)
    file = typed(_exported(desk, tmp_path / "m.xlsx", meeting), **{"Chair, Chinese side": other})
    (change,) = import_sheet(desk, file, dry_run=True).changes
    assert (change.fields, change.both) == (("Chair, Chinese side",), ())


@pytest.mark.parametrize("part", [duplicates.undo_same, duplicates.say_different])
def test_what_was_read_from_a_duplicate_is_not_written_once_they_are_parted(
    desk: Desk, tmp_path: Path, part: Callable[[Desk, str, str], None]
) -> None:
    one, other = (
        records.add(desk, "person", {"name": PersonName("Li"), **said})
        for said in ({"email": "a@b.cn"}, {"mobile": "1"})
    )
    file = tmp_path / "p.xlsx"
    export(desk, ListView("person"), file, all_fields=True, ids=[duplicates.say_same(desk, one, other)])
    part(desk, one, other)
    report = import_sheet(desk, file)
    assert (report.changed, len(report.troubles)) == (0, 1)
    for mobile in (None, "1"):  # a sheet of afterwards may say it
        assert vars(records.get(desk, one))["mobile"] == mobile
        export(desk, ListView("person"), file, all_fields=True, ids=[one])
        import_sheet(desk, typed(file, **{"Mobile telephone": "1"}))


def test_what_a_sheet_shows_of_a_duplicate_was_changed_here_only_where_it_was(desk: Desk, tmp_path: Path) -> None:
    shown, hidden = sorted(records.add(desk, "person", {"name": PersonName("Surna")}) for _ in range(2))
    records.edit(desk, hidden, {"email": "surna@hohhot.cn", "mobile": "1"})
    duplicates.say_same(desk, shown, hidden)
    file = tmp_path / "p.xlsx"
    export(desk, ListView("person"), file, all_fields=True, ids=[shown])
    with desk.save(["record.edit", {"id": hidden, "kind": "person"}]) as work:  # by a laptop that has no merge yet
        work.edit(hidden, {"mobile": "2"})
    changed = {"E-mail": "surina@hohhot.cn"}
    report = import_sheet(desk, typed(file, **changed), doubtful=False)
    assert (report.changed, [each.column for each in report.troubles]) == (1, ["Mobile telephone"])
    assert [vars(records.get(desk, shown))[name] for name in ("email", "mobile")] == ["surina@hohhot.cn", "2"]


def test_of_two_rows_merged_since_the_second_changes_nothing_else(desk: Desk, tmp_path: Path) -> None:
    twice = [records.add(desk, "person", {"name": PersonName("Li"), "email": "a@b.cn"}) for _ in range(2)]
    file = tmp_path / "p.xlsx"
    export(desk, ListView("person"), file, all_fields=True, ids=twice)
    shown = duplicates.say_same(desk, *twice)
    for row in (2, 3):
        typed(file, row, **{"E-mail": f"{row}@b.cn"})
    report = import_sheet(desk, file)
    assert (report.changed, [each.row for each in report.troubles]) == (1, [3])
    assert vars(records.get(desk, shown))["email"] == "2@b.cn"


def test_hours_that_are_changed_in_a_sheet_stay_on_the_clock_of_their_visit(desk: Desk, tmp_path: Path) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit"), "time_zone": "Europe/Rome"})
    for clock, kept in ((None, None), ("Asia/Shanghai", "Asia/Shanghai")):
        iso = f"2027-04-15 11:30 {clock or 'Europe/Rome'}"
        words = f"15 April 2027, 11:30 ({'Beijing' if clock else 'Rome'} time)"
        for head, written in (("Date and time · ISO", iso), ("Date and time", words)):
            said = {"owner": visit, "title": Bilingual(en="Talks"), "when": When("2027-04-15", "11:00", tz=clock)}
            item = records.add(desk, "itinerary_item", said)
            export(desk, ListView("itinerary_item"), tmp_path / "i.xlsx", all_fields=True, ids=[item])
            import_sheet(desk, typed(tmp_path / "i.xlsx", **{head: written}))
            assert vars(records.get(desk, item))["when"] == When("2027-04-15", "11:30", tz=kept), written


def test_hours_of_a_sheet_that_is_older_than_the_clock_of_its_visit_are_on_that_of_now(
    desk: Desk, tmp_path: Path
) -> None:
    city = records.add(desk, "place", {"name": Bilingual(en="Kunming"), "type": "city", "time_zone": "Europe/Rome"})
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit"), "host_places": Refs([city])})
    said = {"owner": visit, "title": Bilingual(en="Talks"), "when": When("2027-04-15", "11:00")}
    item = records.add(desk, "itinerary_item", said)
    export(desk, ListView("itinerary_item"), tmp_path / "i.xlsx", all_fields=True)
    records.edit(desk, city, {"time_zone": "Asia/Shanghai"})
    import_sheet(desk, typed(tmp_path / "i.xlsx", **{"Date and time · ISO": "2027-04-15 11:30 Europe/Rome"}))
    assert vars(records.get(desk, item))["when"] == When("2027-04-15", "11:30")


def test_a_clock_that_was_entered_stays_beside_one_that_the_journey_tells(desk: Desk, tmp_path: Path) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit")})
    when = When("2027-04-15", "11:00", "15:00", tz="Europe/Rome")
    said = {"owner": visit, "mode": "flight", "arrives_at": Bilingual(en="Shanghai"), "when": when}
    leg = records.add(desk, "transport_leg", said)
    export(desk, ListView("transport_leg"), tmp_path / "l.xlsx", all_fields=True, ids=[leg])
    changed = '{"date":"2027-04-15","end":"15:00","end_tz":"Asia/Shanghai","start":"11:30","tz":"Europe/Rome"}'
    import_sheet(desk, typed(tmp_path / "l.xlsx", **{"Departure and arrival · ISO": changed}))
    assert vars(records.get(desk, leg))["when"] == replace(when, start="11:30")


def test_two_that_were_never_merged_may_come_to_say_the_same(desk: Desk, tmp_path: Path) -> None:
    said = {"name": PersonName("Li")}
    one, other = (records.add(desk, "person", each) for each in (said | {"mobile": "1"}, said))
    export(desk, ListView("person"), tmp_path / "p.xlsx", all_fields=True, ids=[other])
    duplicates.say_different(desk, one, other)
    assert import_sheet(desk, typed(tmp_path / "p.xlsx", **{"Mobile telephone": "1"})).troubles == ()


def test_a_workbook_that_says_nonsense_of_what_its_maker_had_seen_says_nothing(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.add(liuzhou, "meeting", {"title": Bilingual(en="Talks"), "room": "12"})
    records.edit(liuzhou, meeting, {"room": "14"})
    file = typed(_exported(liuzhou, tmp_path / "m.xlsx", meeting), Room="12")
    book = load_workbook(file)
    for said in ("[" * 100_000, "[1]", "7", '{"a":"b","c":null}', "x" * 1_000_000):
        book.properties.subject = f"ucapdesk meeting {said}"
        book.save(file)
        report = import_sheet(liuzhou, file)
        assert (report.changed, [each.column for each in report.troubles]) == (0, ["Room"])


def test_a_sheet_whose_maker_had_seen_all_may_bring_back_what_was_said_before(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.add(liuzhou, "meeting", {"title": Bilingual(en="Talks"), "room": "12"})
    records.edit(liuzhou, meeting, {"room": "14"})
    file = typed(_exported(liuzhou, tmp_path / "m.xlsx", meeting), Room="12")
    for changed in (1, 1, 0):
        if changed == 0:
            records.edit(liuzhou, meeting, {"room": "14"})
        elif vars(records.get(liuzhou, meeting))["room"] == "12":
            history.undo(liuzhou)
        assert import_sheet(liuzhou, file).changed == changed
    assert vars(records.get(liuzhou, meeting))["room"] == "14", "the file comes again after it was changed here"


def test_what_a_colleague_wrote_at_once_and_is_to_be_decided_is_not_brought_back(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    meeting = ana.add("meeting", "title.en=Talks", "room=12")
    chen = joined(tmp_path / "chen", ana.give("0.ucapx"), "Chen Yan")
    ana.edit(meeting, "room=13")
    chen.clock.now = ana.clock.now + 60_000_000
    chen.edit(meeting, "room=14")
    chen.receive(ana.give("1.ucapx"))
    file = tmp_path / "m.csv"
    file.write_text(f"id,room\n{meeting},13\n", encoding="utf-8")
    assert import_sheet(chen.desk, file).changed == 0
    assert chen.text(meeting, "room") == "14"
    for laptop in (ana, chen):
        laptop.desk.close()


def test_a_sheet_that_came_before_its_package_is_told(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    meeting = ana.add("meeting", "title.en=Talks", "room=12")
    chen = joined(tmp_path / "chen", ana.give("0.ucapx"), "Chen Yan")
    ana.edit(meeting, "room=13")
    export(ana.desk, ListView("meeting"), file := tmp_path / "m.xlsx", all_fields=True)
    report = import_sheet(chen.desk, file, dry_run=True)
    assert (report.changed, [each.what[:22] for each in report.troubles]) == (1, ["The sheet was made wit"])
    chen.receive(ana.give("1.ucapx"))
    report = import_sheet(chen.desk, file)
    assert (report.changed, report.troubles) == (0, ())
    for laptop in (ana, chen):
        laptop.desk.close()
