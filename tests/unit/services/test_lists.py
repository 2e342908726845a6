"""Lists with their conditions, order and saved views; search by words, their spellings and computed values."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.listing import (
    RELATIVE_PERIODS,
    TEXT_STATES,
    TEXTS,
    THIS_VISIT,
    TRAVELS,
    Condition,
    ListView,
    columns_of,
    facet_sort,
    facets,
    read_view,
)
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes
from ucapdesk.services import Desk
from ucapdesk.services.records import lists, records, search
from ucapdesk.services.records.lists import ADD, EMPTY, FILL, SET, TAKE, Bulk
from ucapdesk.services.workspaces import maintenance, workspace_service


def _add(desk: Desk, kind: str, *assignments: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def _get(desk: Desk, id_: str) -> Any:
    return records.get(desk, id_)


def _found(desk: Desk, kind: str, *conditions: Condition, **how: Any) -> list[str]:
    titles = records.titles(desk, records.listing(desk, kind), "en")
    return [titles[id_] for id_ in lists.ids(desk, ListView(kind, conditions=conditions, **how))]


def _text(**texts: str) -> Bilingual:
    return Bilingual(texts)


@pytest.fixture
def words(desk: Desk) -> Desk:
    """A glossary whose translations stand at every stage."""
    terms = {
        "both": _text(en="both", zh="两者"),
        "english": _text(en="english"),
        "not needed": _text(en="not needed").mark("zh", "not_needed"),
        "chinese": _text(zh="chinese 中"),
        "draft": _text(en="draft", zh="草稿").mark("zh", "draft"),
        "approved": _text(en="approved", zh="定稿").mark("zh", "approved"),
        "outdated": _text(en="before", zh="过时").mark("zh", "approved").put("en", "outdated"),
        "rewritten": _text(en="rewritten", zh="从前").mark("zh", "reviewed").put("zh", "重写"),
    }
    for term in terms.values():
        records.add(desk, "glossary_term", {"term": term})
    return desk


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("zh.missing", ["english"]),
        ("en.missing", ["chinese 中"]),
        ("draft", ["draft", "rewritten"]),
        ("outdated", ["outdated"]),
    ],
)
def test_a_list_is_narrowed_to_what_lacks_a_translation(words: Desk, state: str, found: list[str]) -> None:
    assert _found(words, "glossary_term", Condition(TEXTS, (state,))) == found
    term = {
        record.id: _get(words, record.id).term
        for record in records.page(words, "glossary_term", records.listing(words, "glossary_term"))
    }
    lang, _, missing = state.partition(".")
    expected = {
        id_ for id_, value in term.items()
        if (value.state(lang) == "missing" if missing else any(value.state(each) == state for each in ("en", "zh")))
    }  # fmt: skip
    assert set(lists.ids(words, ListView("glossary_term", conditions=(Condition(TEXTS, (state,)),)))) == expected


def test_people_without_a_name_in_a_language_lack_it(desk: Desk) -> None:
    for named in (
        ("name.family=Nowak", "name.given=Anna"), ("name_han.family=李", "name_han.given=翀"),
        ("name.family=Wu", "name_han.family=吴"), ("name.family=Gandara", "name_phonetic.zh=甘达拉"),
    ):  # fmt: skip
        _add(desk, "person", *named)
    assert _found(desk, "person", Condition(TEXTS, ("zh.missing",))) == ["Anna Nowak"]
    assert _found(desk, "person", Condition(TEXTS, ("en.missing",))) == ["李翀"]


@pytest.fixture
def year(desk: Desk, clock: FrozenClock) -> Desk:
    """Meetings, actions and visits around the day of the clock."""
    day = today(clock)
    now = day.isoformat()
    _add(desk, "visit", "title.en=Now", f"dates={now}/{day.year + 1}-01-01")
    _add(desk, "visit", "title.en=Long ago", "dates=2001-05")
    visit = records.listing(desk, "visit", "now")[0]
    _add(desk, "meeting", "title.en=today", f"when={now} 09:00-10:00", f"visit={visit}", "mode=online", "tags=a,b")
    _add(desk, "meeting", "title.en=that month", f"when={now[:7]}", "mode=hybrid", "tags=b")
    _add(desk, "meeting", "title.en=old", "when=2001-02-03", "mode=online")
    _add(desk, "meeting", "title.en=some day")
    _add(desk, "action_item", "text.en=late", "due=2001-02", "status=open")
    _add(desk, "action_item", "text.en=late, said nowhere", "due=2001-02-03")
    _add(desk, "action_item", "text.en=done", "due=2001-02-03", "status=done")
    _add(desk, "action_item", "text.en=in time", f"due={day.year + 1}", "status=open")
    return desk


def test_dates_are_narrowed_by_the_day_and_by_periods(year: Desk, clock: FrozenClock) -> None:
    this_year = str(today(clock).year)
    for value, found in {
        "@today": ["that month", "today"],
        "@month": ["that month", "today"],
        "@year": ["that month", "today"],
        "@past": ["old"],
        this_year: ["that month", "today"],
        "2001-02": ["old"],
        "../2001-02-03": ["old"],
        "2001-02-04/2001-03": [],
    }.items():
        assert sorted(_found(year, "meeting", Condition("when", (value,)))) == found, value
    assert _found(year, "meeting", Condition("when", ("",))) == ["some day"]
    assert _found(year, "action_item", Condition("due", ("@overdue",))) == ["late", "late, said nowhere"]


def test_chips_hold_together_and_values_of_one_field_stand_for_each_other(year: Desk) -> None:
    view = (
        ListView("meeting")
        .with_condition(Condition("mode", ("online",)))
        .with_condition(Condition("mode", ("hybrid",)))
    )
    assert view.conditions == (Condition("mode", ("online", "hybrid")),)
    assert len(lists.ids(year, view)) == 3
    both = view.with_condition(Condition("tags", ("a",))).with_condition(Condition("tags", ("b",)))
    assert [each.values for each in both.conditions] == [("online", "hybrid"), ("a",), ("b",)]
    assert len(lists.ids(year, both)) == 1
    assert lists.ids(year, both.without_condition(Condition("tags", ("a",)))) != lists.ids(year, both)
    assert _found(year, "meeting", Condition("mode", ("",))) == ["some day"]
    assert _found(year, "meeting", Condition("mode", ("online",)), find="today") == ["today"]


def test_this_visit_is_the_one_of_the_day(year: Desk) -> None:
    assert _found(year, "meeting", Condition("visit", (THIS_VISIT,))) == ["today"]
    visit = KINDS["meeting"].fields["visit"]
    assert lists.choices(year, KINDS["meeting"], visit)[0][:2] == (THIS_VISIT, "This visit")


def test_every_facet_of_every_kind_narrows_and_is_said_in_words(liuzhou: Desk) -> None:
    for kind in LISTED.values():
        for field in facets(kind):
            values = [value for value, _, _ in lists.choices(liuzhou, kind, field)] or ["", "2019"][
                : 1 + (facet_sort(field) == "dates")
            ]
            for value in values[:8]:
                condition = Condition(field.name, (value,))
                found = lists.ids(liuzhou, ListView(kind.name, conditions=(condition,)))
                counted = {v: n for v, _, n in lists.choices(liuzhou, kind, field)}.get(value, -1)
                assert counted in (-1, len(found)), (kind.name, field.name, value)
                assert lists.say_condition(liuzhou, kind, condition)
        for state in TEXT_STATES:
            lists.ids(liuzhou, ListView(kind.name, conditions=(Condition(TEXTS, (state,)),)))


def test_every_column_of_every_kind_sorts_both_ways(liuzhou: Desk) -> None:
    for kind in LISTED.values():
        for lang in ("en", "zh"):
            use_language(lang)
            for field in columns_of(kind):
                up = lists.ids(liuzhou, ListView(kind.name, order=field.name))
                down = lists.ids(liuzhou, ListView(kind.name, order=field.name, descending=True))
                assert sorted(up) == sorted(down)


@pytest.mark.rule("G6")
def test_titles_sort_by_the_readers_alphabet_and_chinese_by_pinyin(desk: Desk) -> None:
    for en, zh in (("Zebra", "安全"), ("Éclair", "重庆"), ("apple", "中心"), ("Énergie", "能源")):
        records.add(desk, "glossary_term", {"term": _text(en=en, zh=zh), "note": _text(en=zh, zh=zh)})
    assert _found(desk, "glossary_term", order="term") == ["apple", "Éclair", "Énergie", "Zebra"]
    use_language("zh")
    chinese = ["Zebra", "Éclair", "Énergie", "apple"]  # anquan, chongqing, nengyuan, zhongxin
    assert _found(desk, "glossary_term", order="term") == chinese
    assert _found(desk, "glossary_term", order="note") == chinese, "a text that is no title too"


def test_links_sort_by_what_they_are_called_in_the_readers_language(desk: Desk) -> None:
    a = _add(desk, "place", "name.en=Aachen", "name.zh=重庆")
    b = _add(desk, "place", "name.en=Zagreb", "name.zh=安庆")
    _add(desk, "organisation", "name.en=one", f"place={a}")
    _add(desk, "organisation", "name.en=two", f"place={b}")
    assert _found(desk, "organisation", order="place") == ["one", "two"]
    use_language("zh")
    assert _found(desk, "organisation", order="place") == ["two", "one"]


def test_a_contact_sorts_by_the_name_of_its_person(liuzhou: Desk) -> None:
    names = _found(liuzhou, "contact_role", order="sort_en")
    keys = [_get(liuzhou, id_).person for id_ in lists.ids(liuzhou, ListView("contact_role", order="sort_en"))]
    people = lists.ids(liuzhou, ListView("person", order="sort_en"))
    assert [people.index(key) for key in keys] == sorted(people.index(key) for key in keys)
    assert len(names) == len(set(keys))


# -- saved views ----------------------------------------------------------------------------------

VIEW = ListView(
    "meeting", "april", (Condition("when", ("@year",)), Condition(TEXTS, ("zh.missing",))), "mode", True, ("room",)
)


def test_a_view_is_kept_renamed_deleted_and_brought_back(desk: Desk) -> None:
    lists.keep_view(desk, "  Mine ", VIEW)
    assert [(each.name, each.view) for each in lists.saved_views(desk)] == [("Mine", VIEW)]
    with user_error("view-name-taken"):
        lists.keep_view(desk, "Mine", VIEW)
    with user_error("view-needs-name"):
        lists.keep_view(desk, " ", VIEW)
    lists.rename_view(desk, "Mine", "Ours")
    gone = lists.delete_view(desk, "Ours")
    assert lists.saved_views(desk) == []
    assert gone is not None
    lists.keep_view(desk, gone.name, gone.view)
    assert [each.name for each in lists.saved_views(desk)] == ["Ours"]


def test_views_belong_to_one_workspace_and_are_no_records(desk: Desk, tmp_path: Path) -> None:
    before = maintenance.digest(desk, log=True)
    lists.keep_view(desk, "Mine", VIEW)
    with workspace_service.new(tmp_path / "other", name="Other", person="Ana") as other:
        assert lists.saved_views(other) == []
    assert maintenance.digest(desk, log=True) == before


@pytest.mark.parametrize(
    "plain",
    [
        3,
        {},
        {"kind": "no such"},
        {"kind": "meeting", "conditions": 3, "columns": "x", "order": 4},
        {
            "kind": "meeting",
            "conditions": [["no such", "a"], [], ["mode"], [TEXTS, "no state"], 7],
            "columns": [1, "no"],
        },
    ],
)
def test_nonsense_in_the_settings_is_no_view_or_a_plain_one(plain: object) -> None:
    assert read_view(plain) in (None, ListView("meeting"))


def test_nonsense_in_place_of_all_views_is_no_view(desk: Desk) -> None:
    for nonsense in (3, {desk.workspace.id: 3}, {desk.workspace.id: {"a": 3}}):
        settings.save(settings.load().with_(window={"views": nonsense}))
        assert lists.saved_views(desk) == []
        lists.keep_view(desk, "x", VIEW)
        assert [each.name for each in lists.saved_views(desk)] == ["x"]


def test_a_view_says_what_it_would_be_called(desk: Desk) -> None:
    assert lists.suggested_view_name(desk, VIEW) == "Meetings: Date and time: This year, 中 missing, “april”"
    visit = records.add(desk, "visit", {"title": Bilingual(en="Delegation")})
    travels = (Condition(TRAVELS, (visit,)), Condition(TRAVELS, (THIS_VISIT, "nobody knows")))
    said = [lists.say_condition(desk, KINDS["person"], each) for each in travels]
    assert said == ["Delegation", "This visit, nobody knows"]
    lists.keep_view(desk, lists.suggested_view_name(desk, ListView("meeting")), VIEW)
    assert lists.suggested_view_name(desk, ListView("meeting")) == "Meetings 2"


# -- many records ---------------------------------------------------------------------------------


def _field(name: str) -> Any:
    return KINDS["meeting"].fields[name]


@pytest.mark.rule("V5", "U2")
def test_a_tag_is_added_to_many_records_and_replaces_none(liuzhou: Desk) -> None:
    ids = records.listing(liuzhou, "meeting")
    records.edit(liuzhou, ids[0], {"tags": Codes(["water"])})
    records.edit(liuzhou, ids[1], {"tags": Codes(["energy"])})
    before = maintenance.digest(liuzhou)
    change = Bulk(_field("tags"), ADD, Codes(["energy"]))
    assert lists.say(liuzhou, change, len(ids)) == "5 records: add “energy” to Tags"
    effects = lists.effects(liuzhou, ids, change)
    assert [(each.before, each.after) for each in effects] == [("water", "water, energy"), *[("", "energy")] * 3]
    assert maintenance.digest(liuzhou) == before, "told before it is done"
    assert lists.change(liuzhou, ids, change) == 4
    assert [_get(liuzhou, id_).tags for id_ in ids] == [("water", "energy"), *[("energy",)] * 4]
    liuzhou.undo()
    assert maintenance.digest(liuzhou) == before


def test_fields_are_set_filled_emptied_and_taken_out_of(liuzhou: Desk) -> None:
    ids = records.listing(liuzhou, "meeting")[:3]
    visit = records.listing(liuzhou, "visit")[0]
    lists.change(liuzhou, ids, Bulk(_field("status"), SET, "held"))
    assert lists.change(liuzhou, ids, Bulk(_field("status"), FILL, "closed")) == 0
    lists.change(liuzhou, ids, Bulk(_field("visit"), SET, visit))
    lists.change(liuzhou, ids, Bulk(_field("room"), FILL, "Sala 1"))
    lists.change(liuzhou, ids[:1], Bulk(_field("status"), EMPTY, None))
    lists.change(liuzhou, ids, Bulk(_field("tags"), ADD, Codes(["a", "b"])))
    lists.change(liuzhou, ids[:1], Bulk(_field("tags"), TAKE, Codes(["a", "z"])))
    found = [_get(liuzhou, id_) for id_ in ids]
    assert [(each.status, each.visit, each.room) for each in found] == [
        (None, visit, "Sala 1"),
        *[("held", visit, "Sala 1")] * 2,
    ]
    assert [each.tags for each in found] == [("b",), ("a", "b"), ("a", "b")]


def test_a_text_is_put_into_its_language_and_leaves_the_others(liuzhou: Desk) -> None:
    ids = records.listing(liuzhou, "meeting")[:2]
    titles = [_get(liuzhou, id_).title["en"] for id_ in ids]
    lists.change(liuzhou, ids, Bulk(_field("title"), SET, _text(zh="会议")))
    assert [dict(_get(liuzhou, id_).title) for id_ in ids] == [{"en": title, "zh": "会议"} for title in titles]


def test_one_record_that_cannot_be_changed_leaves_all_as_they_were(liuzhou: Desk) -> None:
    ids = records.listing(liuzhou, "meeting")
    records.trash(liuzhou, ids[2])
    before = maintenance.digest(liuzhou)
    with pytest.raises(Exception, match="Trash"):
        lists.change(liuzhou, ids, Bulk(_field("status"), SET, "held"))
    assert maintenance.digest(liuzhou) == before


def test_every_field_that_is_offered_can_be_changed_in_many(liuzhou: Desk) -> None:
    for kind in LISTED.values():
        for field in lists.fields_of(kind):
            assert not field.meta.owner
            assert not field.meta.local
            assert not field.by_program
            for how in lists.ways(field):
                assert lists.way_label(how)
                assert lists.say(liuzhou, Bulk(field, how, field.type.load(None)), 2)
    assert [field.name for field in lists.fields_of(KINDS["meeting"])][:4] == ["tags", "status", "visit", "ucap"]


def test_days_of_a_condition_are_all_known() -> None:
    assert set(RELATIVE_PERIODS) <= set(lists.CONDITION_NAMES)


def test_parts_are_shown_with_what_they_belong_to(desk: Desk) -> None:
    meeting = records.add(
        desk, "meeting", parse_assignments(KINDS["meeting"], ["title.en=Kick-off", "title.zh=启动会"])
    )
    said = [f"owner={meeting}", "title.en=Hydrogen"]
    topic = records.add(desk, "agenda_item", parse_assignments(KINDS["agenda_item"], said, new=True))
    assert search.find(desk, "hydro") == [search.Found("agenda_item", topic, "Hydrogen", "Kick-off")]
    assert search.find(desk, "启动", "zh") == [search.Found("meeting", meeting, "启动会", "")]
    assert [hit.id for hit in search.find(desk, "qidong")] == [meeting]
    assert search.hits_of(desk, "hydro", 50, 50, ["meeting"]) == {}
    assert search.find(desk, " … ") == []
    records.trash(desk, meeting)
    assert search.find(desk, "hydro") == []


@pytest.fixture
def mou(desk: Desk) -> str:
    """One whose end follows from its term: 2 March 2028 is its last day for notice."""
    said = ["title.en=Rail freight", "title.zh=铁路货运", "status=in_force", "signed=2026-06-01", "term_months=24",
            "renewal=automatic", "notice_days=91"]  # fmt: skip
    return records.add(desk, "agreement", parse_assignments(KINDS["agreement"], said, new=True))


def _best_ids(desk: Desk, text: str) -> list[str]:
    """What the box finds that is always at hand; the command and the filter of the list find the same."""
    ids = [hit.id for hit in search.best(desk, text).found]
    assert ids == [hit.id for hit in search.find(desk, text)]
    for kind in {hit.kind for hit in search.find(desk, text)} or {"agreement", "action_item", "person"}:
        assert set(lists.ids(desk, ListView(kind, find=text))) == set(records.listing(desk, kind, text)) <= set(ids)
    return ids


@pytest.mark.parametrize("text", ["1 June 2028", "2028年6月1日", "2028-06-01", "June 2028 rail", "铁路 2028年6月"])
def test_an_end_that_follows_from_the_term_is_found_by_its_day(desk: Desk, mou: str, text: str) -> None:
    assert search.find(desk, "May 2028") == []
    assert _best_ids(desk, text) == [mou]


def test_what_is_late_is_found_by_the_word_until_it_is_done(desk: Desk) -> None:
    late, other = (
        records.add(desk, "action_item", parse_assignments(KINDS["action_item"], [f"text.en={text}", f"due={due}"]))
        for text, due in (("Send the schema", "2026-10-01"), ("Book the hall", "2026-12-01"))
    )
    assert (
        _best_ids(desk, "overdue")
        == _best_ids(desk, "逾期")
        == _best_ids(desk, "over")
        == _best_ids(desk, "schema overd")
        == [late]
    )
    assert _best_ids(desk, "hall overdue") == []
    records.edit(desk, late, {"status": "done"})
    assert other not in _best_ids(desk, "overdue")
    assert _best_ids(desk, "overdue") == []


def test_what_needs_attention_is_found_by_the_words_of_the_list(desk: Desk) -> None:
    said = ["title.en=Shore power", "status=approved", "signing_planned=2026-10-01"]
    late = records.add(desk, "agreement", parse_assignments(KINDS["agreement"], said, new=True))
    assert (
        _best_ids(desk, "signature overdue")
        == _best_ids(desk, "签署逾期")
        == _best_ids(desk, "shore overdue")
        == [late]
    )


@pytest.mark.parametrize("text", ["Vice Mayor Gong", "Gong vice mayor", "龚副市长", "副市长 龚", "vice gong"])
def test_a_person_is_found_by_how_one_speaks_to_them(desk: Desk, text: str) -> None:
    said = ["name.family=Gong", "name.given=Yan", "name.order=family_first", "name_han.family=龚", "name_han.given=燕"]
    gong = records.add(desk, "person", parse_assignments(KINDS["person"], said, new=True))
    records.add(desk, "person", parse_assignments(KINDS["person"], ["name.family=Gong", "name.given=Li"], new=True))
    records.add(
        desk,
        "affiliation",
        parse_assignments(KINDS["affiliation"], [f"owner={gong}", "post_code=vice_mayor"], new=True),
    )
    assert _best_ids(desk, text) == [gong]
    records.trash(desk, gong)
    assert _best_ids(desk, text) == []


@pytest.fixture(scope="module")
def sample_read(sample_made: Path) -> Iterator[Desk]:
    """The sample: Liuzhou and its European partners."""
    with Desk.open(sample_made, read_only=True) as desk:
        yield desk


@pytest.fixture
def written(sample_made: Path, tmp_path: Path) -> Iterator[Desk]:
    """The sample, for a test that writes to it."""
    with Desk.open(shutil.copytree(sample_made, tmp_path / "w")) as desk:
        yield desk


def _titles(desk: Desk, typed: str) -> list[str]:
    """Everything found, in the command's order; the box shows the same, and the list of a kind its part."""
    found = search.find(desk, typed, limit=search.MAX_HITS_RANKED)
    best = search.best(desk, typed, shown=search.MAX_HITS_RANKED)
    assert {hit.id for hit in best.found} == {hit.id for hit in found}
    for kind in {hit.kind for hit in found}:
        assert set(lists.ids(desk, ListView(kind, find=typed))) == {hit.id for hit in found if hit.kind == kind}
    return [hit.title for hit in found]


# Titles that are found by what is typed.
SPELLED = {
    "發改委": "Development and Reform Commission",
    "發展和改革": "Development and Reform Commission",
    "Roma": "Rome",
    "Barcellona": "Barcelona",
    "Bruselas": "Brussels",
    "Alemania": "Germany",
    "2019-06": "2nd meeting, June 2019",
    "2019年6月": "2nd meeting, June 2019",
    "junio de 2019": "2nd meeting, June 2019",
    "SDG 11": "Cultural Heritage",
    "sdg11": "Cultural Heritage",
    "目标11": "Cultural Heritage",
    "startups": "Start-Ups",
    "startup": "Start-Ups",
    "吳文能": "Wu Wenneng",
    "吴文能": "Wu Wenneng",
    "Ziel 11": "Cultural Heritage",
    "obiettivo 11": "Cultural Heritage",
}


def test_the_first_story_is_found_by_other_spellings(sample_read: Desk) -> None:
    for typed, title in SPELLED.items():
        assert any(title in each for each in _titles(sample_read, typed)), (typed, _titles(sample_read, typed))
        assert not search.is_near(sample_read, typed), typed


@pytest.mark.parametrize(
    ("typed", "title"),
    [("Luizhou", "Liuzhou"), ("Stutgart", "Stuttgart"), ("Barselona", "Barcelona"), ("Benites", "Francisco Benítez")],
)
def test_a_slip_finds_the_name_first_and_says_so(sample_read: Desk, typed: str, title: str) -> None:
    assert _titles(sample_read, typed)[0] == title
    best = search.best(sample_read, typed)
    assert best.near
    assert best.found[0].title == title
    assert search.is_near(sample_read, typed)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("鄭州", "Zhengzhou"),
        ("Lodsch", "Łódź"),
        ("罗兹", "Łódź"),
        ("Salonicco", "Thessaloniki"),
        ("龔副市長", "Gong Yan"),
        ("037167181001", "Gong Yan"),
        ("+86 371 6718 1001", "Gong Yan"),
        ("外辦", "Foreign Affairs Office of Zhengzhou Municipal People's Government"),
        ("ODS 11", "Sponge city and urban water"),
        ("LO91", "LO 91"),
        ("4月12日", "LO 91"),
        ("12 April", "LO 91"),
        ("12. April", "LO 91"),
    ],
)
def test_the_second_story_is_found_by_other_spellings(second_desk: Desk, typed: str, title: str) -> None:
    assert any(title in each for each in _titles(second_desk, typed)), _titles(second_desk, typed)
    assert not search.is_near(second_desk, typed)


@pytest.mark.parametrize(("typed", "title"), [("Zhenzhou", "Zhengzhou"), ("Thesaloniki", "Thessaloniki")])
def test_a_slip_in_the_second_story(second_desk: Desk, typed: str, title: str) -> None:
    assert _titles(second_desk, typed)[0] == title


def test_what_is_typed_right_is_never_mixed_with_what_is_near(written: Desk) -> None:
    exact = _titles(written, "Rome")
    said = ["name.en=Romo", "type=city"]
    records.add(written, "place", parse_assignments(KINDS["place"], said, new=True))
    assert _titles(written, "Rome") == exact
    assert "Rome" not in _titles(written, "Romo")


def test_a_condition_that_leaves_out_all_that_is_exact_shows_nothing_near(sample_read: Desk) -> None:
    """Liuzhou is there, only not in the other type: a slip is no reason then."""
    near = records.listing(sample_read, "place", "Luizhou")
    assert near
    assert records.listing(sample_read, "place", "Liuzhou", where={"type": "venue"}) == []


def test_exact_names_stand_first_in_the_box_whatever_was_opened_last(written: Desk) -> None:
    said = ["name.en=Liuzhou East Station", "type=venue"]
    station = records.add(written, "place", parse_assignments(KINDS["place"], said, new=True))
    assert search.best(written, "liuzhou", recent=[station]).found[0].title == "Liuzhou"
    assert search.best(written, "liuzhou e", recent=[]).found[0].id == station


def test_places_of_the_reference_lists_are_found_by_every_name(written: Desk) -> None:
    said = {"Düsseldorf": "杜塞爾多夫", "Patras": "Patrasso", "Trieste": "Triest", "Toruń": "Thorn", "Graz": "格拉茨"}
    for name in said:
        records.add(written, "place", parse_assignments(KINDS["place"], [f"name.en={name}", "type=city"], new=True))
    for name, typed in said.items():
        assert _titles(written, typed)[0] == name


def test_an_office_with_an_english_name_alone_is_found_by_its_chinese_short_form(written: Desk) -> None:
    said = {
        "Wuhan Development and Reform Commission": ("發改委", "发改委", "发展和改革委员会"),
        "Wuhan Municipal Foreign Affairs Office": ("外办", "外辦"),
    }
    for name in said:
        records.add(written, "organisation", parse_assignments(KINDS["organisation"], [f"name.en={name}"], new=True))
    for name, typed in said.items():
        for each in typed:
            assert name in _titles(written, each), each


def test_an_office_stands_before_the_country_that_its_letters_stand_for_too(sample_read: Desk) -> None:
    assert search.best(sample_read, "DRC").found[0].title == "Development and Reform Commission DRC Liuzhou"
    assert search.best(sample_read, "Spain").found[0].title == "Spain"


def test_nothing_found_says_how_it_was_looked_for() -> None:
    assert search.say_nothing("xyzzy") == (
        "Nothing found for xyzzy.",
        "Also tried: pinyin and initials, one letter different.",
    )
    assert search.say_nothing("Siviglia")[1] == (
        "Also tried: pinyin and initials, other names (Seville, 塞维利亚, Sevilla), words together and apart, one letter different."
    )
    assert search.say_nothing("2031-06")[1] == "Also tried: other ways to write the date."
    assert search.say_nothing("139 3711 2345")[1] == "Also tried: the number with and without country code."
    assert search.say_nothing("12") == ("Nothing found for 12.",)
    use_language("zh")
    assert search.say_nothing("張偉") == ("未找到“張偉”。", "还试过：简体字和繁体字、拼音和首字母。")
