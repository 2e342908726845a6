"""The same fact on every surface: window, lists, papers and calendars ask one function, and so they agree."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.visit_kinds import Meeting, Visit
from ucapdesk.model.listing import Condition, ListView, awaited_ones, facets, not_called_off, open_ones, read_view
from ucapdesk.model.rules.sides import DELEGATION, HOSTS
from ucapdesk.model.rules.status import is_awaited, is_called_off, is_open, lateness
from ucapdesk.model.serialize import describe_kinds
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Codes, PartialDate, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.partner_sides import sides_of
from ucapdesk.papers.facts.seats import Wanted, seats_of
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.meeting_parts import open_before
from ucapdesk.services import Desk, home, meetings
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.home import happenings
from ucapdesk.services.records import lists, records, related
from ucapdesk.services.visits import calendars, visits
from ucapdesk.ui.lists.list_views import wording_of

# The clock of these tests stands on Monday 2 November 2026.


def _add(desk: Desk, kind: str, *said: str, **values: object) -> str:
    return records.add(desk, kind, {**parse_assignments(KINDS[kind], said, new=True), **values})


STATUSES = [
    (kind, code)
    for kind in sorted(LISTED) if "status" in LISTED[kind].fields
    for code in (None, *codes(LISTED[kind].fields["status"].meta.codes))
]  # fmt: skip


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in STATUSES} | {"checklist_item", "agenda_item"}))
def test_a_list_is_narrowed_to_what_a_record_says_of_itself(desk: Desk, kind: str) -> None:
    owners = KINDS[kind].owners
    whole = (f"owner={_add(desk, owners[0], 'title.en=Whole')}",) if owners else ()
    _add(desk, kind, f"{KINDS[kind].cls.title_fields[0]}.en=Without a status", *whole)
    for code in (code for of, code in STATUSES if of == kind and code):
        _add(desk, kind, f"status={code}", *whole)
    if "done" in KINDS[kind].fields:
        _add(desk, kind, "done=yes", *whole)
    found = records.page(desk, kind, desk.read.ids(kind))
    assert len(found) > 1
    for conditions, says in ((open_ones, is_open), (awaited_ones, is_awaited), (not_called_off, _holds)):
        narrowed = desk.read.ids(kind, conditions=conditions(kind))
        assert set(narrowed) == {each.id for each in found if says(each)}


def _holds(record: object) -> bool:
    return not is_called_off(record)


@pytest.mark.parametrize("status", codes("action_status"))
def test_every_surface_agrees_whether_an_action_is_open_and_late(desk: Desk, status: str) -> None:
    ucap = _add(desk, "ucap", "title.en=Green cities")
    visit = _add(desk, "visit", "title.en=Study visit", "dates=2026-11-23/2026-11-26", f"ucaps={ucap}")
    before = _add(desk, "meeting", "title.en=First", f"ucap={ucap}", when=When("2026-10-01"))
    after = _add(desk, "meeting", "title.en=Second", f"ucap={ucap}", f"visit={visit}", when=When("2026-11-24"))
    person = _add(desk, "person", "name.family=Chen", "name.given=Yan")
    action = _add(
        desk, "action_item", f"owner={before}", "text.en=Send data", f"person={person}", "due=2026-10-20",
        f"status={status}",
    )  # fmt: skip
    record = records.get(desk, action)
    open_, awaited = is_open(record), is_awaited(record)
    facts = VisitFacts(RedactedReader(desk), Request("pack", (visit,)), visit)
    seen: dict[str, bool] = {
        "home": bool(home.page(desk).actions),
        "surroundings": any(each.open for each in related.around(desk, person).rows),
        "the next meeting": bool(meetings.carried_over(desk, records.get(desk, after))),
        "the pack": bool(facts.open_actions),
    }
    assert seen == dict.fromkeys(seen, open_)
    late: dict[str, bool] = {
        "home": any(each.overdue for each in home.page(desk).actions),
        "its list": bool(lists.ids(desk, ListView("action_item", conditions=(Condition("due", ("@overdue",)),)))),
        "its row": lateness(record, "due", today(desk.workspace.clock)) == "overdue",
        "the calendar": bool(calendars.of(desk, "action_item", [action]).events),
    }
    assert late == dict.fromkeys(late, awaited)


def test_on_the_first_page_what_was_put_off_comes_after_what_is_due(desk: Desk) -> None:
    put_off = _add(desk, "action_item", "text.en=Later", "due=2026-10-01", "status=deferred")
    due = _add(desk, "action_item", "text.en=Now", "due=2026-11-20", "status=open")
    assert [each.id for each in home.page(desk).actions] == [due, put_off]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_visit_that_was_called_off_is_not_the_next_one(desk: Desk, status: str) -> None:
    off = _add(desk, "visit", "title.en=Off", "dates=2026-11-03/2026-11-05", f"status={status}")
    on = _add(desk, "visit", "title.en=On", "dates=2026-11-23/2026-11-26", "status=confirmed")
    page = home.page(desk, with_month=True)
    assert page.visit is not None
    assert page.month is not None
    assert page.visit.id == on
    assert all(off not in day.visits for week in page.month.weeks for day in week)


def test_an_mou_whose_day_of_signing_has_passed_is_late_however_far_its_text_is(desk: Desk) -> None:
    _add(desk, "agreement", "title.en=Pilot", "signing_planned=2026-10-12", "status=drafting")
    assert any("was planned" in need.sentence for need in home.page(desk).needs)


@pytest.mark.parametrize("common", ["ucap", "visit", "next_meeting"])
def test_what_earlier_meetings_left_open_is_one_answer_for_window_agenda_and_pack(desk: Desk, common: str) -> None:
    visit = _add(desk, "visit", "title.en=Study visit", "dates=2026-11-02/2026-11-26")
    ucap = _add(desk, "ucap", "title.en=Green cities")
    shared = {"ucap": [f"ucap={ucap}"], "visit": [f"visit={visit}"], "next_meeting": []}[common]
    after = _add(desk, "meeting", "title.en=Now", *shared, when=When("2026-11-24"))
    link = [f"next_meeting={after}"] if common == "next_meeting" else []
    for title, day, *more in (
        ("Long ago", "2026-11-02"), ("Just before", "2026-11-10"), ("Called off", "2026-11-12", "status=postponed"),
    ):  # fmt: skip
        before = _add(desk, "meeting", f"title.en={title}", *shared, *link, *more, when=When(day))
        _add(desk, "action_item", f"owner={before}", f"text.en={title}", f"due={day}")
        _add(desk, "action_item", f"owner={before}", "text.en=Done", "status=done")
    meeting = records.get(desk, after)
    expected = ["Long ago", "Just before"]
    assert [each.text["en"] for each in meetings.carried_over(desk, meeting) if each.text] == expected
    reader = RedactedReader(desk)
    left = open_before(reader, reader.get(Meeting, after))
    assert [each.text["en"] for each in left if each.text] == expected


def test_what_is_computed_is_told_alike_by_list_sheet_json_command_line_and_pack(desk: Desk, tmp_path: Path) -> None:
    ucap = _add(desk, "ucap", "title.en=Green cities")
    visit = _add(desk, "visit", "title.en=Study visit", "dates=2026-11-23/2026-11-26", f"ucaps={ucap}")
    mou = _add(
        desk, "agreement", "title.en=Pilot", f"ucap={ucap}", "status=in_force", "signed=2024-12-15", "term_months=24",
        "renewal=automatic", "notice_days=30",
    )  # fmt: skip
    record = records.get(desk, mou)
    now = today(desk.workspace.clock)
    kind = KINDS["agreement"]
    assert [kind.shown[name].value(record, now) for name in ("expires", "attention", "notice_by")] == [
        PartialDate("2026-12-15"), Codes(["expiring", "notice_window"]), PartialDate("2026-11-15"),
    ]  # fmt: skip
    plain = records.as_json(desk, record)
    assert plain["expires"] is None, "what was entered"
    assert plain["computed"] == {
        "expires": "2026-12-15", "attention": ["expiring", "notice_window"], "notice_by": "2026-11-15",
    }  # fmt: skip
    wording = wording_of(desk, kind, now, [record], kind.shown.values())
    assert wording.cell(record, kind.shown["expires"]).text == "15 December 2026, by its term"
    assert wording.cell(record, kind.shown["notice_by"]).text == "15 November 2026"
    export(desk, ListView("agreement"), tmp_path / "mous.csv", all_fields=True)
    heads, row = csv.reader((tmp_path / "mous.csv").read_text(encoding="utf-8-sig").splitlines())
    told = dict(zip(heads, row, strict=True))
    assert told["Expires"] == "15 December 2026"
    assert told["Last day for notice"] == "15 November 2026"
    assert told["Needs attention"] == "End near or past; Notice period open"
    dates = calendars.of(desk, "agreement", [mou]).events
    assert {str(each.when.date) for each in dates} == {"2026-12-15", "2026-11-15"}
    pack = papers.paper(desk, [visit], document="visit_pack", edition="principal")
    assert "15 Dec 2026" in {words.text.get("en") for words, _ in all_words(pack)}


@pytest.mark.parametrize("ids", [True, False])
def test_what_is_computed_is_never_taken_in_from_a_sheet(desk: Desk, tmp_path: Path, ids: bool) -> None:
    file = tmp_path / "mous.csv"
    mou = _add(desk, "agreement", "title.en=Pilot", "status=in_force", "signed=2024-12-15", "term_months=24")
    export(desk, ListView("agreement"), file, all_fields=True)
    if not ids:
        file.write_text(file.read_text(encoding="utf-8-sig").replace(mou, ""), encoding="utf-8-sig")
    report = import_sheet(desk, file)
    assert not report.troubles
    assert not report.unmapped
    assert (report.new, report.changed) == ((0, 0) if ids else (1, 0))
    for id_ in records.listing(desk, "agreement"):
        plain = records.as_json(desk, records.get(desk, id_))
        assert (plain["expires"], plain["term_months"]) == (None, 24)
    if ids:  # nor what followed before from other values
        records.edit(desk, mou, {"term_months": 36})
        assert import_sheet(desk, file).changed == 0
        assert records.as_json(desk, records.get(desk, mou))["expires"] is None


def test_a_list_is_narrowed_and_sorted_by_what_is_computed(desk: Desk) -> None:
    late = _add(desk, "agreement", "title.en=Late", "status=drafting", "signing_planned=2026-10")
    ends = _add(desk, "agreement", "title.en=Ends", "status=in_force", "expires=2026-12")
    calm = _add(desk, "agreement", "title.en=Calm", "status=in_force", "expires=2040")
    field = KINDS["agreement"].shown["attention"]
    assert field in facets(KINDS["agreement"])
    offered = {value: n for value, _, n in lists.choices(desk, KINDS["agreement"], field)}
    assert offered == {"expiring": 1, "overdue_signature": 1}
    view = ListView("agreement", conditions=(Condition("attention", ("overdue_signature",)),))
    assert lists.ids(desk, view) == [late]
    assert read_view(view.plain()) == view
    nothing = ListView("agreement", conditions=(Condition("attention", ("",)),))
    assert lists.ids(desk, nothing) == [calm]
    assert lists.ids(desk, ListView("agreement", order="expires")) == [ends, calm, late]


def test_the_command_line_names_what_is_computed(desk: Desk) -> None:
    (mou,) = [each for each in describe_kinds() if each["kind"] == "agreement"]
    fields: list[dict[str, object]] = mou["fields"]
    said = {each["name"]: each.get("computed") for each in fields}
    assert (said["title"], said["expires"], said["attention"]) == (None, "if_empty", "always")
    with pytest.raises(UserError):
        parse_assignments(KINDS["agreement"], ["attention=expiring"], new=True)


def test_the_size_of_a_delegation_is_one_number_without_hosts_and_those_who_declined(desk: Desk) -> None:
    head = _add(desk, "person", "name.family=Li", "name.given=Mingyu")
    visit = _add(
        desk, "visit", "title.en=Study visit", "dates=2026-11-23/2026-11-26", "travelling_side=A", f"head={head}"
    )
    for name, *said in (
        ("Chen", "side=A"), ("Wu", "side=A", "role=interpreter"), ("Luo",), ("Zhang", "side=A", "attendance=declined"),
        ("Host", "side=B", "role=host"), ("Other host", "role=host"), ("Driver", "side=B", "role=driver"),
    ):  # fmt: skip
        person = _add(desk, "person", f"name.family={name}")
        _add(desk, "participation", f"owner={visit}", f"person={person}", *said)
    _add(desk, "participation", f"owner={visit}", "free_name.en=Somebody", "side=A")
    talks = _add(desk, "meeting", "title.en=Talks", f"visit={visit}")
    gone = _add(desk, "person", "name.family=Gone")
    _add(desk, "participation", f"owner={visit}", f"person={gone}", "side=A")
    records.trash(desk, gone)
    assert gone not in {each.person for each in meetings.expected(desk, talks)}
    record = desk.read.get(Visit, visit)
    assert record is not None
    page = home.page(desk)
    assert page.visit is not None
    facts = VisitFacts(RedactedReader(desk), Request("pack", (visit,)), visit)
    assert len(visits.travellers(desk, record)) == page.visit.people == len(facts.delegation) == 5


ROLES = st.sampled_from((None, *codes("participation_role")))


@settings(max_examples=15)
@given(st.lists(st.tuples(ROLES, st.sampled_from((None, "A", "B"))), max_size=7))
def test_window_and_papers_have_one_order_and_one_delegation(
    desk: Desk, people: list[tuple[str | None, str | None]]
) -> None:
    visit = _add(desk, "visit", "title.en=Study visit", "travelling_side=A")
    for n, (role, side) in enumerate(people):
        said = [f"role={role}"] * bool(role) + [f"side={side}"] * bool(side)
        _add(desk, "participation", f"owner={visit}", f"free_name.en=Guest {n}", *said)
    facts = VisitFacts(RedactedReader(desk), Request("pack", (visit,)), visit)
    assert [each.id for each in facts.delegation] == [each.id for each in visits.people(desk, visit, DELEGATION)]
    record = desk.read.get(Visit, visit)
    assert record is not None
    assert len(visits.travellers(desk, record)) == len(facts.delegation)


@pytest.mark.parametrize("told", ["by the host city", "by the head", "by a host", "not at all"])
def test_who_is_at_home_is_one_answer_in_window_and_papers(desk: Desk, told: str) -> None:
    city, ucap = _add(desk, "place", "name.en=Zhengzhou"), _add(desk, "ucap", "title.en=Plan")
    _add(desk, "ucap_place", f"owner={ucap}", f"place={city}", "side=A", "role=partner")
    where = [f"host_places={city}"] * (told == "by the host city")
    visit = _add(desk, "visit", "title.en=Study visit", "dates=2026-11-23/2026-11-26", f"ucaps={ucap}", *where)
    guest = f"role={'head' if told == 'by the head' else 'delegate'}"
    first = ["side=A"] * (told != "not at all")
    for name, *said in (("Host", "side=A"), ("Guest", "side=B", guest), ("Principal", "role=principal_host", *first)):
        person = _add(desk, "person", f"name.family={name}")
        _add(desk, "participation", f"owner={visit}", f"person={person}", *said)
    record, reader = desk.read.get(Visit, visit), RedactedReader(desk)
    assert record is not None
    facts = VisitFacts(reader, Request("pack", (visit,)), visit)
    seats = seats_of(reader, record, Wanted("talks"))
    window = {each: [part.id for part in visits.people(desk, visit, each)] for each in (DELEGATION, HOSTS)}
    assert [each.id for each in facts.delegation] == window[DELEGATION]
    assert [each.id for each in facts.hosts] == window[HOSTS], "the principal host stands first on both"
    known = told != "not at all"
    assert len(window[HOSTS]) == (2 if known else 1)
    assert set(window[HOSTS]) <= set(seats.hosts.people), "whoever is a host sits as one"
    assert list(seats.hosts.people) == window[HOSTS] or not known
    assert facts.travellers == visits.preset(desk, record, DELEGATION).get("side", "") == ("B" if known else "")
    assert (
        sides_of(reader, record).hosts == visits.preset(desk, record, HOSTS).get("side", "") == ("A" if known else "")
    )


def test_a_meeting_with_minutes_is_not_offered_to_be_logged(desk: Desk) -> None:
    meeting = _add(desk, "meeting", "title.en=Talks", when=When("2026-11-02", "08:00", "09:30", tz="UTC"))
    now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def offered(at: datetime) -> list[bool]:
        return [each.to_log for each in happenings(desk, at, meetings.near(desk, at.date()), "en")]

    assert offered(now) == [True]
    entry = _add(desk, "minute_entry", f"owner={meeting}", "text.en=We agreed")
    assert offered(now) == [False]
    running = meetings.meeting_to_log(desk, now)
    assert running is not None, "while it runs its minutes are written on"
    assert meetings.meeting_to_log(desk, now.replace(minute=45)) is None
    records.trash(desk, entry)
    assert meetings.meeting_to_log(desk, now.replace(minute=45)) is not None
